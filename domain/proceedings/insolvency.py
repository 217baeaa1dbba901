"""Personal insolvency: who may petition where, as a checklist that never fills a gap.

Each condition is met, not met, or not known with what would settle it. There is no overall yes
unless every condition is met, and no yes at all from this program on what a court decides.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.insolvency import (
    Cause,
    InsolvencyDecided,
    InsolvencyFactsNoted,
    InsolvencyPetitioned,
    PetitionResult,
    Place,
)
from domain.deadlines.deadline import Words
from domain.figures.figure import Unknown
from domain.figures.position import position
from domain.money import Money
from domain.proceedings.complaints import Step
from domain.rules.book import Citation
from domain.rules.books import Books
from domain.rules.cn import procedure_ids as ids
from domain.rules.cn import terms_of_law as law
from domain.rules.cn.counting import after_years

START: Final = {Place.SHENZHEN: law.SHENZHEN_FROM, Place.XIAMEN: law.XIAMEN_FROM}
"""First day on which each law was in force."""


Found = bool | Unknown
Own = Literal["needed", "to-know"]


class Met(StrEnum):
    """Whether a condition is met."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """One condition of one place."""

    code: str
    what: Words
    met: Met
    unknown: Unknown | None = None
    rule_id: str
    citation: Citation | None
    entry_id: UUID | None
    """The entry it was read from."""
    needed_for_client: bool = True
    """Whether the client's own petition turns on it; else it is for information."""


class PlaceReading(msgspec.Struct, frozen=True, kw_only=True):
    """One place."""

    place: Place
    conditions: tuple[Condition, ...]
    all_met: bool | None
    """Whether every condition of the client's own petition is met; None while one is unknown."""
    missing: tuple[str, ...]
    """Codes of the conditions that are not met or not known."""


class InsolvencyReading(msgspec.Struct, frozen=True, kw_only=True):
    """Insolvency on a day: both places, and the petitions there were."""

    case_id: UUID
    position: int
    as_of: date
    pack: str | None
    data: str | None
    places: tuple[PlaceReading, ...]
    petitions: tuple[tuple[Step, ...], ...]
    """Each petition with what the court decided, oldest first."""
    examination_ends_on: date | None
    """Shenzhen: three years from the declaration of bankruptcy, as counted."""


def insolvency(history: History, as_of: date, books: Books | Unknown) -> InsolvencyReading:
    """The checklist and the petitions on `as_of`. Pure."""
    petitions = tuple(_petitions(history, as_of))
    return InsolvencyReading(
        case_id=history.case_id,
        position=history.position,
        as_of=as_of,
        pack=None if isinstance(books, Unknown) else books.pack.reference,
        data=None if isinstance(books, Unknown) else books.data.version,
        places=tuple(_place(history, place, as_of, books) for place in Place),
        petitions=petitions,
        examination_ends_on=_examination(history, as_of),
    )


def _noted(
    history: History, place: Place, as_of: date
) -> tuple[UUID | None, InsolvencyFactsNoted | None]:
    found = [
        (fact.occurred_on, entry.stamp.position, entry.entry_id, fact)
        for entry in history.entries.values()
        if not entry.is_withdrawn
        and isinstance(fact := entry.fact, InsolvencyFactsNoted)
        and fact.place is place
        and fact.occurred_on <= as_of
    ]
    if not found:
        return None, None
    _, _, entry_id, fact = max(found, key=lambda each: each[:2])
    return entry_id, fact


def _place(history: History, place: Place, as_of: date, books: Books | Unknown) -> PlaceReading:
    conditions = tuple(_conditions(history, place, as_of, books))
    own = [each for each in conditions if each.needed_for_client]
    unknown = any(each.met is Met.UNKNOWN for each in own)
    failed = any(each.met is Met.NO for each in own)
    return PlaceReading(
        place=place,
        conditions=conditions,
        all_met=False if failed else None if unknown else True,
        missing=tuple(each.code for each in own if each.met is not Met.YES),
    )


def _conditions(
    history: History, place: Place, as_of: date, books: Books | Unknown
) -> Iterator[Condition]:
    entry_id, noted = _noted(history, place, as_of)
    who = ids.SHENZHEN_WHO if place is Place.SHENZHEN else ids.XIAMEN_WHO
    creditor = ids.SHENZHEN_CREDITOR if place is Place.SHENZHEN else ids.XIAMEN_CREDITOR
    exempt = ids.SHENZHEN_EXEMPT if place is Place.SHENZHEN else ids.XIAMEN_EXEMPT

    def condition(
        code: str, zh: str, en: str, found: Found, rule_id: str, own: Own = "needed"
    ) -> Condition:
        unknown = found if isinstance(found, Unknown) else None
        return Condition(
            code=code,
            what=Words(zh, en),
            met=Met.UNKNOWN if unknown else Met.YES if found else Met.NO,
            unknown=unknown,
            rule_id=rule_id,
            citation=_citation(books, rule_id),
            entry_id=entry_id,
            needed_for_client=own == "needed",
        )

    yield condition("in-force", "条例已施行", "The law is in force", as_of >= START[place], who)
    yield from (condition(*each, who) for each in _ties(place, noted, as_of))
    yield condition(
        "cause",
        "因生产经营或生活消费丧失清偿能力",
        "Insolvent from business or living",
        _cause(noted),
        who,
    )
    yield condition(
        "insolvent", "资产不足以清偿债务", "Assets do not cover the debts",
        _insolvent(history, noted, as_of), who,
    )  # fmt: skip
    yield condition(
        "creditor-threshold", "债权人申请门槛", "A creditor's petition would reach its threshold",
        _threshold(history, place, noted, as_of), creditor, own="to-know",
    )  # fmt: skip
    yield condition(
        "exempt-within", "豁免财产不超过上限", "Exempt property stays within its limit",
        _exempt(place, noted), exempt,
    )  # fmt: skip


def _citation(books: Books | Unknown, rule_id: str) -> Citation | None:
    if isinstance(books, Unknown) or not books.pack.applies(rule_id):
        return None
    return books.pack.rule(rule_id).citation


def _lacking(what: str, settled_by: str) -> Unknown:
    return Unknown(reason=f"{what} is not on record", settled_by=settled_by)


_Tie = tuple[str, str, str, bool | Unknown]


def _ties(place: Place, noted: InsolvencyFactsNoted | None, as_of: date) -> Iterator[_Tie]:
    if place is Place.SHENZHEN:
        lives = noted.resident_since if noted else None
        known = _lacking("since when the client lives in Shenzhen", "the residence permit")
        yield (
            "resident",
            "在深圳居住",
            "Lives in Shenzhen",
            known if lives is None else (lives <= as_of),
        )
        since = noted.insured_since if noted else None
        words = ("深圳社保连续满三年", "Three years running in Shenzhen social insurance")
        lack = _lacking("the run of social insurance in Shenzhen", "the insurance record")
        yield "insured", *words, _long(since, law.SHENZHEN_INSURED_YEARS, as_of, lack)
        return
    days = [noted.resident_since, noted.business_since] if noted else []
    since = min((day for day in days if day is not None), default=None)
    words = ("在厦门连续居住或经营满五年", "Lived or did business in Xiamen five years running")
    lack = _lacking("since when the client lives or does business in Xiamen", "the permit")
    yield "five-years", *words, _long(since, law.XIAMEN_YEARS, as_of, lack)


def _long(since: date | None, years: int, as_of: date, lack: Unknown) -> bool | Unknown:
    return lack if since is None else after_years(since, years) <= as_of


def _cause(noted: InsolvencyFactsNoted | None) -> bool | Unknown:
    if noted is None or not noted.causes:
        return _lacking("what made the client insolvent", "the client's account and statements")
    if Cause.OTHER in noted.causes and len(noted.causes) == 1:
        return Unknown(
            reason="whether another cause counts is for the court",
            settled_by="the court's decision",
        )
    return any(cause in (Cause.BUSINESS, Cause.LIVING) for cause in noted.causes)


def _owed(history: History, as_of: date) -> Money | Unknown:
    """All that is owed as recorded, in CNY; Unknown where one loan's figure is."""
    total = 0
    for loan in position(history, as_of).loans:
        if loan.owed.amount is None or loan.currency != "CNY":
            return _lacking(f"what is owed on loan {loan.loan_id}", "the entries it lacks")
        total += max(0, loan.owed.amount.minor)
    return Money(total, "CNY")


def _insolvent(history: History, noted: InsolvencyFactsNoted | None, as_of: date) -> bool | Unknown:
    owed = _owed(history, as_of)
    if noted is None or noted.assets is None:
        return _lacking("what the client owns", "a list of assets")
    if isinstance(owed, Unknown):
        return owed
    return sum(asset.worth.minor for asset in noted.assets if not asset.is_exempt) < owed.minor


def _income(noted: InsolvencyFactsNoted | None) -> Money | Unknown:
    if noted is None or noted.income_per_head is None:
        return _lacking(
            "last year's disposable income per head", "the figure that the statistics office gave"
        )
    return noted.income_per_head


def _threshold(
    history: History, place: Place, noted: InsolvencyFactsNoted | None, as_of: date
) -> bool | Unknown:
    owed = _owed(history, as_of)
    if isinstance(owed, Unknown):
        return owed
    if place is Place.SHENZHEN:
        return owed.minor >= law.SHENZHEN_CREDITOR.minor
    income = _income(noted)
    return (
        income
        if isinstance(income, Unknown)
        else owed.minor > law.XIAMEN_CREDITOR_INCOMES * income.minor
    )


def _exempt(place: Place, noted: InsolvencyFactsNoted | None) -> bool | Unknown:
    if noted is None or noted.assets is None:
        return _lacking("what the client owns", "a list of assets")
    claimed = sum(asset.worth.minor for asset in noted.assets if asset.is_exempt)
    if claimed == 0 or place is Place.SHENZHEN:
        return claimed <= law.SHENZHEN_EXEMPT.minor
    income = _income(noted)
    if isinstance(income, Unknown):
        return income
    return claimed <= law.XIAMEN_EXEMPT_INCOMES * income.minor


def _petitions(history: History, as_of: date) -> Iterator[tuple[Step, ...]]:
    filed = [
        (entry_id, fact)
        for entry_id, fact in history.standing(InsolvencyPetitioned)
        if fact.occurred_on <= as_of
    ]
    for petition_id, fact in sorted(filed, key=lambda each: (each[1].occurred_on, each[0].int)):
        steps = [Step(on=fact.occurred_on, entry_id=petition_id, topic=fact.TOPIC)]
        steps += [
            Step(on=decided.occurred_on, entry_id=entry_id, topic=decided.TOPIC)
            for entry_id, decided in history.standing(InsolvencyDecided)
            if decided.petition_id == petition_id and decided.occurred_on <= as_of
        ]
        yield tuple(sorted(steps, key=lambda step: (step.on, step.topic, step.entry_id.int)))


def _examination(history: History, as_of: date) -> date | None:
    for _, decided in history.standing(InsolvencyDecided):
        petition = history.get(decided.petition_id, InsolvencyPetitioned)
        if (
            decided.result is PetitionResult.BANKRUPTCY_DECLARED
            and decided.occurred_on <= as_of
            and petition is not None
            and petition.place is Place.SHENZHEN
        ):
            return after_years(decided.occurred_on, law.SHENZHEN_EXAMINATION_YEARS)
    return None
