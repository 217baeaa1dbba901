"""How a case stands with its check for conflicts of interest. Pure."""

from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.conflicts import ConflictAnswer, ConflictChecked, ConflictFound
from domain.cases.guarantees import GuaranteeGiven
from domain.cases.helpers import HelpPledged
from domain.cases.history import Entry, History
from domain.cases.lending import LoanTaken
from domain.cases.parties import PartyNamed
from domain.facts import Fact

NAMING: Final[tuple[type[Fact], ...]] = (LoanTaken, GuaranteeGiven, HelpPledged, PartyNamed)
"""Facts of a case that bring somebody new into it."""


class CheckState(StrEnum):
    """How far it has come."""

    MISSING = "missing"
    """Nobody has looked."""
    STALE = "stale"
    """Somebody came into the case since it was looked through."""
    CHECKED = "checked"


class ConflictStanding(msgspec.Struct, frozen=True, kw_only=True):
    """The last check of a case by a day."""

    state: CheckState
    entry_id: UUID | None = None
    checked_on: date | None = None
    known_at: int | None = None
    answer: ConflictAnswer | None = None
    found: tuple[ConflictFound, ...] = ()
    since: tuple[UUID, ...] = ()
    """Entries recorded after it that name a lender, a guarantor, a helper or a party."""


def conflict_standing(history: History, as_of: date) -> ConflictStanding:
    """The check that stands on `as_of`: the one recorded last of those by that day."""
    checks = [
        (entry_id, fact)
        for entry_id, fact in history.standing(ConflictChecked)
        if fact.checked_on <= as_of
    ]
    if not checks:
        return ConflictStanding(state=CheckState.MISSING)
    entry_id, last = checks[-1]
    since = tuple(
        entry.entry_id
        for entry in history.entries.values()
        if not entry.is_withdrawn
        and isinstance(entry.fact, NAMING)
        and _said_at(entry) > last.known_at
    )
    return ConflictStanding(
        state=CheckState.STALE if since else CheckState.CHECKED,
        entry_id=entry_id,
        checked_on=last.checked_on,
        known_at=last.known_at,
        answer=last.answer,
        found=last.found,
        since=since,
    )


def _said_at(entry: Entry) -> int:
    """Position of the entry, or of its last correction: that may name somebody else."""
    return max(entry.stamp.position, *(change.stamp.position for change in entry.changes), 0)
