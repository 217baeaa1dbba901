"""The audit trail: every entry of a case, what changed in it, who recorded it, when, and why.

One line for each recorded event, in the order of recording. Nothing is merged: the same outcome
logged twice is two lines, and each step of a chain of corrections is a line of its own.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.deciding.common import leaves
from domain.cases.history import stamp_of
from domain.cases.imports import ImportChunk
from domain.clients import ClientCorrected
from domain.clients.entries import ClientEntryWithdrawn
from domain.facts import Fact
from domain.personal import Personal
from domain.recorded import Recorded
from projections.days import day_of, zone_of


class Done(StrEnum):
    """What a line did to its entry."""

    RECORDED = "recorded"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """One field before and after; None where there was, or is, nothing."""

    field: str
    """Path inside the fact, `/` between steps: `items/0/amount`."""
    old: Any
    new: Any


class AuditLine(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded event."""

    position: int
    version: int
    event_id: UUID
    entry_id: UUID
    """The entry it is about: itself, or the one that it corrects or withdraws."""
    topic: str
    """The entry's topic; a correction of a payment stands under `payment-made`."""
    recorded_at: datetime
    actor: str
    occurred: date | datetime | None
    """When it happened in the world, as said from this line on."""
    done: Done
    changes: tuple[FieldChange, ...]
    """A new entry: all its fields. A correction: those that differ from what stood right before.
    A withdrawal: all that stood, with nothing after it."""
    reason: Personal[str] | None
    command_id: UUID | None
    causation_id: UUID | None


class AuditTrail(msgspec.Struct, frozen=True, kw_only=True):
    """The record of a case or a client, line by line."""

    case_id: UUID | None
    """Id of the case or client; None where nothing is recorded yet."""
    position: int
    """Of the last event taken into account, whether `as_of` shows it or not."""
    version: int
    as_of: date | None
    lines: tuple[AuditLine, ...]


def audit_trail(events: Sequence[Recorded], *, as_of: date | None = None) -> AuditTrail:
    """The trail of one stream's events, which come in the order of recording. Pure.

    `as_of` leaves out entries that were never said to have happened by that day. An entry that
    was moved across the day by a correction keeps all its lines: they say why it counts or not.
    """
    lines = tuple(_lines(events))
    if as_of is not None:
        kept = _happened_by(events, as_of)
        lines = tuple(line for line in lines if line.entry_id in kept)
    last = events[-1] if events else None
    return AuditTrail(
        case_id=last.originator_id if last else None,
        position=last.position if last else 0,
        version=last.originator_version if last else 0,
        as_of=as_of,
        lines=lines,
    )


def _lines(events: Sequence[Recorded]) -> Iterator[AuditLine]:
    stands: dict[UUID, Fact] = {}
    for event in events:
        match event.fact:
            case EntryCorrected() as change:
                before = stands.get(change.entry_id)
                stands[change.entry_id] = change.replacement
                yield _line(
                    event, change.entry_id, Done.CORRECTED, before, change.replacement, change
                )
            case EntryWithdrawn() | ClientEntryWithdrawn() as change:
                before = stands.get(change.entry_id)
                yield _line(event, change.entry_id, Done.WITHDRAWN, before, None, change)
            case ClientCorrected() as change:
                first = next(iter(stands), event.event_id)
                before = stands.get(first)
                stands[first] = change.replacement
                yield _line(event, first, Done.CORRECTED, before, change.replacement, change)
            case fact:
                stands[event.event_id] = fact
                yield _line(event, event.event_id, Done.RECORDED, None, fact, None)


def _line(
    event: Recorded,
    entry_id: UUID,
    done: Done,
    before: Fact | None,
    after: Fact | None,
    change: EntryCorrected | EntryWithdrawn | ClientEntryWithdrawn | ClientCorrected | None,
) -> AuditLine:
    speaks = after or before or event.fact
    stamp = stamp_of(event)
    return AuditLine(
        position=stamp.position,
        version=stamp.version,
        event_id=event.event_id,
        entry_id=entry_id,
        topic=speaks.TOPIC,
        recorded_at=stamp.recorded_at,
        actor=stamp.actor,
        occurred=speaks.happened(),
        done=done,
        changes=_changes(before, after),
        reason=change.reason if change else None,
        command_id=event.command_id,
        causation_id=event.causation_id,
    )


def _told(fact: Fact | None) -> dict[str, Any]:
    """What a fact says by path; of a chunk of an import only how many rows it brought."""
    if isinstance(fact, ImportChunk):
        head = {"import_id": fact.import_id, "sequence": fact.sequence}
        return {**head, "numbers": len(fact.numbers), "rows": len(fact.rows)}
    return dict(leaves(fact))


def _changes(before: Fact | None, after: Fact | None) -> tuple[FieldChange, ...]:
    old, new = _told(before), _told(after)
    # Fields keep the order of the fact; what the newer one lacks comes last.
    return tuple(
        FieldChange(field=path, old=old.get(path), new=new.get(path))
        for path in {**new, **old}
        if not _same(old.get(path), new.get(path))
    )


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, Personal) and isinstance(new, Personal):
        if old.value is not None and new.value is not None:
            return bool(old.value == new.value)
        # Unread: each event seals with a new salt, so only the very same sealed value is alike.
        return old.commitment == new.commitment
    return bool(old == new)


def _happened_by(events: Sequence[Recorded], as_of: date) -> set[UUID]:
    """Entries of which some version has no day, or one up to `as_of`."""
    zone = zone_of(event.fact for event in events)
    kept: set[UUID] = set()
    for event in events:
        match event.fact:
            case EntryCorrected(entry_id=entry_id, replacement=fact):
                pass
            case EntryWithdrawn():
                continue
            case fact:
                entry_id = event.event_id
        day = day_of(fact, zone)
        if day is None or day <= as_of:
            kept.add(entry_id)
    return kept
