"""What every calculator shares: the organisation's books, what was asked, and what it rests on."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, TypeVar

import msgspec

from api.call import Call
from api.decoding import decode, leaves
from api.problems import invalid
from api.ruled_readings import books_for as books_at
from domain.figures.figure import Unknown
from domain.rules.book import NOT_REVIEWED, Mark, RulePack
from domain.rules.books import Books

FIRST_DAY: Final = date(1949, 10, 1)
LAST_DAY: Final = date(2149, 12, 31)
"""Days that a calculator takes; schedules of fifty years and periods of twenty stay in range."""

HOME_ZONE: Final = "Asia/Shanghai"
"""Days of the rules are local days in China."""

T = TypeVar("T")


class CitedRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that an answer rests on, with the clause behind it."""

    rule_id: str
    title_zh: str
    title_en: str
    code: str
    """The instrument."""
    article: str
    zh: str
    en: str
    mark: Mark
    """How well the wording is established: T read, S stated by a page that was read, K memory."""
    in_force_from: date
    in_force_to: date | None


class Computed(msgspec.Struct, frozen=True, kw_only=True):
    """What every calculator's answer says of itself."""

    pack: str | None
    """Name and version of the rule pack, with the switches that are on; null while none is."""
    data: str | None
    """Version of the published rows."""
    reviewed: str
    rules: tuple[CitedRule, ...]
    unknown: Unknown | None
    """Why there is no figure, and what would settle it."""


async def books_for(call: Call) -> Books | Unknown:
    """The organisation's books as they stand, or with `?pack=`; Problem for an unknown pack."""
    named: str | None = call.query.get("pack")
    # An unescaped `+` reaches us as a space; so is what it stands for.
    return await books_at(call, None, named and named.replace(" ", "+"))


async def asked(call: Call, kind: type[T]) -> T:
    """The body as a struct, all its days in range; Problem otherwise."""
    question = decode(await call.body(), kind)
    for path, leaf in leaves(question):
        if isinstance(leaf, date) and not FIRST_DAY <= leaf <= LAST_DAY:
            raise invalid(path, f"a day from {FIRST_DAY} to {LAST_DAY}")
    return question


def day_or_today(call: Call, day: date | None) -> date:
    """The day asked for, or today where the rules are at home."""
    return day or call.services.today(HOME_ZONE)


def said_of(
    books: Books | Unknown, rule_ids: Iterable[str] = (), unknown: Unknown | None = None
) -> dict[str, Any]:
    """The fields of `Computed`: pack, data, every rule once in the order of `rule_ids`.

    Without a pack no rule is cited: what rests on one says by `unknown` that there is none.
    """
    if isinstance(books, Unknown):
        none = {"pack": None, "data": None, "reviewed": NOT_REVIEWED, "rules": ()}
        return {**none, "unknown": unknown}
    return {
        "pack": books.pack.reference,
        "data": books.data.version,
        "reviewed": books.pack.reviewed,
        "rules": tuple(_cited(books.pack, rule_id) for rule_id in dict.fromkeys(rule_ids)),
        "unknown": unknown,
    }


def _cited(pack: RulePack, rule_id: str) -> CitedRule:
    rule = pack.rule(rule_id)
    return CitedRule(
        rule_id=rule.rule_id,
        title_zh=rule.title_zh,
        title_en=rule.title_en,
        code=rule.citation.code,
        article=rule.citation.article,
        zh=rule.citation.zh,
        en=rule.citation.en,
        mark=rule.citation.mark,
        in_force_from=rule.in_force_from,
        in_force_to=rule.in_force_to,
    )
