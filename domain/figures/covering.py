"""Which payments covered which instalments: the earliest instalment first, day by day."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.lending import Instalment
from domain.figures.ledger import Movement
from domain.money import Money


class InstalmentState(StrEnum):
    """How an instalment stands on a day."""

    MET = "met"
    LATE = "late"
    """Paid in full, after its day."""
    PARTIAL = "partial"
    """Its day has passed, and it is paid in part."""
    MISSED = "missed"
    """Its day has passed, and nothing is paid of it."""
    AHEAD = "ahead"
    """Paid in full before its day, which is still to come."""
    TO_COME = "to-come"
    """Its day has not passed; something may be paid of it."""


UNPAID = frozenset({InstalmentState.PARTIAL, InstalmentState.MISSED})
PAID = frozenset({InstalmentState.MET, InstalmentState.LATE, InstalmentState.AHEAD})


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """One instalment against what was paid."""

    number: int
    """From 1."""
    due_on: date
    amount: Money
    credited: Money
    state: InstalmentState
    met_on: date | None = None
    """The day on which the last of it was credited."""
    margin_days: int | None = None
    """Days between that day and its own: above 0 where it came early, below 0 where late."""
    days_behind: int | None = None
    """Days since its own day, while something of it is unpaid."""
    payments: tuple[UUID, ...] = ()
    """Entry ids of the payments that covered it."""


def cover(
    instalments: Sequence[Instalment], paid: Iterable[Movement], as_of: date
) -> tuple[tuple[Covered, ...], int]:
    """Each instalment as it stands, and the minor units paid beyond all of them.

    An instalment due on `as_of` itself is not missed yet. In whatever order payments come, those
    of one day count by amount and id.
    """
    queue = sorted(paid, key=lambda each: (each.on, each.minor, each.entry_id))
    left = [movement.minor for movement in queue]
    found, at = [], 0
    for number, instalment in enumerate(instalments, start=1):
        open_minor, used = instalment.amount.minor, []
        while open_minor and at < len(queue):
            take = min(open_minor, left[at])
            open_minor -= take
            left[at] -= take
            used.append(queue[at])
            at += not left[at]
        found.append(_covered(number, instalment, open_minor, used, as_of))
    return tuple(found), sum(left)


def _covered(
    number: int,
    instalment: Instalment,
    open_minor: int,
    used: Sequence[Movement],
    as_of: date,
) -> Covered:
    credited = instalment.amount.minor - open_minor
    met_on = None if open_minor else used[-1].on
    is_past = instalment.due_on < as_of
    return Covered(
        number=number,
        due_on=instalment.due_on,
        amount=instalment.amount,
        credited=Money(credited, instalment.amount.currency),
        state=_state(instalment, credited, met_on, as_of),
        met_on=met_on,
        margin_days=(instalment.due_on - met_on).days if met_on else None,
        days_behind=(as_of - instalment.due_on).days if is_past and open_minor else None,
        payments=tuple(dict.fromkeys(movement.entry_id for movement in used)),
    )


def _state(
    instalment: Instalment, credited: int, met_on: date | None, as_of: date
) -> InstalmentState:
    if met_on is not None and met_on > instalment.due_on:
        return InstalmentState.LATE
    if met_on is not None:
        is_early = instalment.due_on > as_of
        return InstalmentState.AHEAD if is_early else InstalmentState.MET
    if instalment.due_on >= as_of:
        return InstalmentState.TO_COME
    return InstalmentState.PARTIAL if credited else InstalmentState.MISSED
