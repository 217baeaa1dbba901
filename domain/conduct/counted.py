"""Checks that count over a local day: effective calls, attempts at one point, visits."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.complaints import Ground
from domain.cases.contacts import Agreed, ContactChannel, ContactParty
from domain.conduct.consents import Said
from domain.conduct.seen import Seen
from domain.figures.figure import Unknown
from domain.rules.cn import conduct as rules
from domain.rules.cn.conduct import ConductRule

MAY_BE_DOUBLES: Final = Unknown(
    reason="some entries may be one contact in the records of two phones",
    settled_by="saying which are the same (`contacts-found-same`), or that they are not",
)
UNCLEAR: Final = Unknown(
    reason="whether some calls were connected, or which number was called, is not on record",
    settled_by="the call log of the phone that was called",
)


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts of one creditor on one day that a rule counts together."""

    rule: ConductRule
    ground: Ground
    threshold: int
    sure: tuple[Seen, ...]
    """Those that certainly count."""
    unclear: tuple[Seen, ...]
    """Those that may."""


Counts = Callable[[Seen], bool | None]
"""Whether a contact counts; None where the record does not say."""


def counts(contacts: Iterable[Seen], said: Said) -> Iterator[Count]:
    """Every day on which more was counted than allowed, doubles and unclear ones included."""
    theirs = [each for each in contacts if each.is_theirs]
    to_client = [each for each in theirs if each.fact.reached is ContactParty.CLIENT]
    calls = [each for each in to_client if each.is_call]
    few = [each for each in calls if not said.agreed(each, Agreed.MORE_CALLS)]
    yield from _over(
        few, _lender_day, lambda each: each.fact.connected, rules.CALLS, rules.CALLS_A_DAY
    )
    yield from _attempts(theirs, said)
    visits = [each for each in to_client if each.fact.channel is ContactChannel.VISIT]
    yield from _over(visits, _lender_day, lambda _: True, rules.VISITS, rules.VISITS_A_DAY)


def _attempts(theirs: Iterable[Seen], said: Said) -> Iterator[Count]:
    """Attempts at a point that is named; those that name none may all be at different ones."""
    tried = [
        each for each in theirs if each.is_call and not said.agreed(each, Agreed.MORE_ATTEMPTS)
    ]

    def unanswered(each: Seen) -> bool | None:
        if each.fact.connected is None or each.fact.connected:
            return None if each.fact.connected is None else False
        return True if each.fact.contact_point_id is not None else None

    yield from _over(tried, _point_day, unanswered, rules.ATTEMPTS, rules.ATTEMPTS_A_DAY)


def _lender_day(each: Seen) -> tuple[object, ...]:
    return (each.lender, each.day)


def _point_day(each: Seen) -> tuple[object, ...]:
    return (each.lender, each.day, each.fact.contact_point_id or each.fact.reached)


def _over(
    contacts: Iterable[Seen],
    key: Callable[[Seen], tuple[object, ...]],
    counted: Counts,
    rule: ConductRule,
    threshold: int,
) -> Iterator[Count]:
    groups: dict[tuple[object, ...], tuple[list[Seen], list[Seen]]] = {}
    for each in contacts:
        does = counted(each)
        if does is not False:
            sure, unclear = groups.setdefault(key(each), ([], []))
            (unclear if does is None else sure).append(each)
    for sure, unclear in groups.values():
        if len(sure) + len(unclear) > threshold:
            yield Count(
                rule=rule,
                ground=Ground.HARASSMENT,
                threshold=threshold,
                sure=tuple(sure),
                unclear=tuple(unclear),
            )


def at_least(count: Count, groups: Iterable[tuple[UUID, ...]]) -> int:
    """How many they are when doubles count once and unclear ones not at all."""
    first = {entry_id: group[0] for group in groups for entry_id in group}
    return len({first.get(each.entry_id, each.entry_id) for each in count.sure})
