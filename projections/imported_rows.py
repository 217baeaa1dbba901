"""Rows of imports as entries of their own, for readings that show contacts one by one."""

import msgspec

from domain.cases.corrections import EntryCorrected
from domain.cases.history import Change, Entry, History
from domain.cases.imported import ImportedContact, imported_contacts
from domain.cases.imports import ImportFinished, ImportRowCorrected


def with_rows(history: History, *, every: bool) -> History:
    """The history with rows of finished imports among its entries, recorded when those were.

    All of them, or only those that somebody corrected: a log of thousands is one line otherwise.
    """
    if not every and not any(history.standing(ImportRowCorrected)):
        return history
    finished = {
        entry.fact.import_id: entry
        for entry in history.entries.values()
        if isinstance(entry.fact, ImportFinished)
    }
    entries = dict(history.entries)
    for row in imported_contacts(history):
        if every or row.corrections:
            entries[row.row_id] = _entry(history, finished[row.import_id], row)
    return msgspec.structs.replace(history, entries=entries)


def _entry(history: History, finished: Entry, row: ImportedContact) -> Entry:
    return Entry(
        entry_id=row.row_id,
        stamp=finished.stamp,
        recorded=row.contact,
        fact=row.contact,
        changes=tuple(_changes(history, row)),
    )


def _changes(history: History, row: ImportedContact) -> list[Change]:
    changes: list[Change] = []
    for entry_id in row.corrections:
        entry = history.entries[entry_id]
        if isinstance(entry.fact, ImportRowCorrected):
            said = EntryCorrected(
                entry_id=row.row_id, replacement=entry.fact.replacement, reason=entry.fact.reason
            )
            changes.append(Change(event_id=entry_id, stamp=entry.stamp, fact=said))
    return changes
