"""Entries that were recorded, corrected or withdrawn after a position, in the order of the journal.

An entry that was recorded and then corrected has a line for each.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.cases.corrections import EntryCorrected
from domain.cases.deciding.common import leaves
from domain.cases.history import Entry, History
from domain.facts import Fact
from domain.letters.comparing import Did, loans_of
from domain.personal import Personal
from domain.recorded import Stamp


class EntryChange(msgspec.Struct, frozen=True, kw_only=True):
    """One event that added an entry, or changed what one says or whether it counts."""

    entry_id: UUID
    topic: str
    """The entry's own topic, also of a correction or withdrawal."""
    did: Did
    position: int
    recorded_at: datetime
    actor: str
    happened: date | datetime | None
    """When it happened in the world, as the entry says from here on."""
    fields: tuple[str, ...] = ()
    """Of a correction: paths of the plain values that it changed. What it changed in names and
    texts stands in the audit trail."""
    loan_ids: tuple[UUID, ...] = ()
    """Loans that it speaks of, before or after."""


def entries_since(history: History, since: int) -> tuple[EntryChange, ...]:
    """Every change to the entries of a case after position `since`."""
    found = [each for entry in history.entries.values() for each in _of(entry, history, since)]
    return tuple(sorted(found, key=lambda each: each.position))


def _of(entry: Entry, history: History, since: int) -> Iterator[EntryChange]:
    said = entry.recorded
    if entry.stamp.position > since:
        yield _line(entry, history, entry.stamp, Did.RECORDED, (said,))
    for change in entry.changes:
        did, says = Did.WITHDRAWN, said
        if isinstance(change.fact, EntryCorrected):
            did, says = Did.CORRECTED, change.fact.replacement
        if change.stamp.position > since:
            yield _line(entry, history, change.stamp, did, (said, says))
        said = says


def _line(
    entry: Entry, history: History, stamp: Stamp, did: Did, facts: tuple[Fact, ...]
) -> EntryChange:
    """`facts`: what the entry said before, if it did, and what it says from here on."""
    loans = {loan for fact in facts for loan in loans_of(history, entry.entry_id, fact)}
    return EntryChange(
        entry_id=entry.entry_id,
        topic=entry.recorded.TOPIC,
        did=did,
        position=stamp.position,
        recorded_at=stamp.recorded_at,
        actor=stamp.actor,
        happened=facts[-1].happened(),
        fields=_changed(*facts) if did is Did.CORRECTED else (),
        loan_ids=tuple(sorted(loans)),
    )


def _changed(before: Fact, after: Fact) -> tuple[str, ...]:
    old, new = _plain(before), _plain(after)
    return tuple(path for path in {**new, **old} if old.get(path) != new.get(path))


def _plain(fact: Fact) -> dict[str, Any]:
    """Values by path, personal ones left out: sealed, none of them is ever like another."""
    return {path: value for path, value in leaves(fact) if not isinstance(value, Personal)}
