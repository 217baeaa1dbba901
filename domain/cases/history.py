"""The history of a case: its entries as they stand, with what they said before.

One fold serves deciding and reading. An entry keeps its id for ever; corrections change what it
says and withdrawals whether it counts, and nothing is lost.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, TypeVar, cast
from uuid import UUID

import msgspec

from domain.cases.corrections import CaseFact, EntryCorrected, EntryWithdrawn, Recordable
from domain.cases.erasing import CaseErased
from domain.cases.intake import CaseClosed, CaseOpened, CaseReopened
from domain.facts import Fact
from domain.recorded import Recorded, Stamp

F = TypeVar("F", bound=Fact)


class CaseStatus(StrEnum):
    """Whether a case can be worked on."""

    NONE = "none"
    OPEN = "open"
    CLOSED = "closed"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A correction or withdrawal of an entry."""

    event_id: UUID
    stamp: Stamp
    fact: EntryCorrected | EntryWithdrawn


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a case."""

    entry_id: UUID
    stamp: Stamp
    recorded: Fact
    """What it said when it was recorded."""
    fact: Fact
    """What it says after every correction."""
    changes: tuple[Change, ...] = ()
    is_withdrawn: bool = False


class History(msgspec.Struct, kw_only=True):
    """A case up to a position. Treat it as a value: `evolve` gives a new one."""

    case_id: UUID
    client_id: UUID | None = None
    status: CaseStatus = CaseStatus.NONE
    version: int = 0
    position: int = 0
    entries: dict[UUID, Entry] = msgspec.field(default_factory=dict)
    """By entry id, in the order of recording."""
    erased_at: int | None = None
    """Position of the event that ended it because its client was forgotten; None while not."""

    def standing(self, kind: type[F]) -> Iterator[tuple[UUID, F]]:
        """Entry id and fact of every entry of a kind that was not withdrawn."""
        for entry in self.entries.values():
            if not entry.is_withdrawn and isinstance(entry.fact, kind):
                yield entry.entry_id, entry.fact

    def get(self, entry_id: UUID, kind: type[F]) -> F | None:
        """The fact of a standing entry of this kind, if there is one."""
        entry = self.entries.get(entry_id)
        if entry is None or entry.is_withdrawn or not isinstance(entry.fact, kind):
            return None
        return entry.fact


def replay(case_id: UUID, events: Iterable[Recorded]) -> History:
    """The history after these events of one stream, in version order."""
    history = History(case_id=case_id)
    for event in events:
        _apply(history, event)
    return history


def evolve(history: History, event: Recorded) -> History:
    """The history after one more event; the one given stays as it was. Total, never failing."""
    after = msgspec.structs.replace(history, entries=dict(history.entries))
    _apply(after, event)
    return after


def _apply(history: History, event: Recorded) -> None:
    """One step of the fold, in place: `replay` over n events must not copy n histories."""
    fact = cast("CaseFact", event.fact)
    match fact:
        case EntryCorrected() | EntryWithdrawn():
            _change(history, event, fact)
        case CaseErased():
            history.erased_at = event.position
        case _:
            _open_or_close(history, fact)
            _add(history, event)
    history.version = event.originator_version
    history.position = event.position


def _open_or_close(history: History, fact: Recordable) -> None:
    if isinstance(fact, CaseOpened):
        history.client_id = fact.client_id
    if isinstance(fact, CaseOpened | CaseReopened):
        history.status = CaseStatus.OPEN
    elif isinstance(fact, CaseClosed):
        history.status = CaseStatus.CLOSED


def stamp_of(event: Recorded) -> Stamp:
    """Who recorded it, when and where; a Recorded from the log always has its moment."""
    if event.recorded_at is None:
        raise ValueError(f"event {event.event_id} was never recorded")
    return Stamp(
        position=event.position,
        version=event.originator_version,
        recorded_at=event.recorded_at,
        actor=event.actor,
    )


def _add(history: History, event: Recorded) -> None:
    history.entries[event.event_id] = Entry(
        entry_id=event.event_id, stamp=stamp_of(event), recorded=event.fact, fact=event.fact
    )


def _change(history: History, event: Recorded, fact: EntryCorrected | EntryWithdrawn) -> None:
    entry = history.entries.get(fact.entry_id)
    if entry is None:
        # Decided against an entry that is there; a stream cut by a date range may lack it.
        return
    change = Change(event_id=event.event_id, stamp=stamp_of(event), fact=fact)
    after: dict[str, Any] = {"changes": (*entry.changes, change)}
    if isinstance(fact, EntryCorrected):
        after["fact"] = fact.replacement
    else:
        after["is_withdrawn"] = True
    history.entries[fact.entry_id] = msgspec.structs.replace(entry, **after)
