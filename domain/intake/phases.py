"""The phases of a case and its urgency, on a day. Pure."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.phases import Phase, PhaseBegun, Urgency, UrgencySet


class PhaseSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A phase with its days."""

    phase: Phase
    entry_id: UUID
    begun_on: date
    ended_on: date | None
    """The day on which the next one began; None for the phase that the case is in."""
    days: int
    """Whole days from its beginning to its end, or to `as_of`."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How pressing a case is."""

    level: Urgency
    entry_id: UUID
    set_on: date
    review_on: date | None


def phases_of(history: History, as_of: date) -> tuple[PhaseSpan, ...]:
    """The phases begun by `as_of`, by day; of one day, in the order of recording."""
    begun = sorted(
        (fact.begun_on, order, entry_id, fact.phase)
        for order, (entry_id, fact) in enumerate(history.standing(PhaseBegun))
        if fact.begun_on <= as_of
    )
    ends: Sequence[date | None] = [*(one[0] for one in begun[1:]), None]
    return tuple(
        PhaseSpan(
            phase=phase,
            entry_id=entry_id,
            begun_on=on,
            ended_on=end,
            days=((end or as_of) - on).days,
        )
        for (on, _, entry_id, phase), end in zip(begun, ends, strict=False)
    )


def phase_on(history: History, as_of: date) -> PhaseSpan | None:
    """The phase that the case is in; None before any began."""
    spans = phases_of(history, as_of)
    return spans[-1] if spans else None


def urgency_on(history: History, as_of: date) -> Standing | None:
    """The urgency set last by `as_of`; None where nobody has set one."""
    found = [
        (fact.set_on, order, entry_id, fact)
        for order, (entry_id, fact) in enumerate(history.standing(UrgencySet))
        if fact.set_on <= as_of
    ]
    if not found:
        return None
    _, _, entry_id, fact = max(found, key=lambda each: each[:2])
    return Standing(
        level=fact.level, entry_id=entry_id, set_on=fact.set_on, review_on=fact.review_on
    )
