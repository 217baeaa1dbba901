"""Rows of imports as contacts: which ones count, and what each says now."""

from collections.abc import Iterator
from enum import StrEnum
from uuid import UUID, uuid5

import msgspec

from domain.cases.contacts import ContactChannel, ContactLogged, ContactParty, ContactPointNoted
from domain.cases.history import History
from domain.cases.imports import (
    ImportChunk,
    ImportDropped,
    ImportedRow,
    ImportFinished,
    ImportRowCorrected,
    ImportRowWithdrawn,
    ImportStarted,
    LogKind,
    RowDirection,
)


class ImportStatus(StrEnum):
    """How far an import is."""

    RUNNING = "running"
    """Begun, and neither finished nor dropped: it can be resumed."""
    FINISHED = "finished"
    DROPPED = "dropped"


class ImportState(msgspec.Struct, frozen=True, kw_only=True):
    """One import of a case."""

    import_id: UUID
    status: ImportStatus
    kind: LogKind
    item_id: UUID
    contact_point_id: UUID
    chunks: int
    rows: int
    """Rows that came in."""
    next_sequence: int | None
    """The chunk that comes next; None where none can come."""


class ImportedContact(msgspec.Struct, frozen=True, kw_only=True):
    """One row that counts as a contact."""

    row_id: UUID
    import_id: UUID
    line: int
    """Row of the file, counted from one."""
    contact: ContactLogged
    corrections: tuple[UUID, ...] = ()
    """Entries that replaced what it says."""


def row_id(import_id: UUID, digest: str) -> UUID:
    """The id under which a row is a contact, for ever."""
    return uuid5(import_id, digest)


def import_states(history: History) -> list[ImportState]:
    """Every import of the case, in the order in which they began."""
    return [_state(history, import_id, start) for import_id, start in standing_starts(history)]


def standing_starts(history: History) -> list[tuple[UUID, ImportStarted]]:
    """Id and beginning of every import."""
    return list(history.standing(ImportStarted))


def _state(history: History, import_id: UUID, start: ImportStarted) -> ImportState:
    chunks = chunks_of(history, import_id)
    status = status_of(history, import_id)
    return ImportState(
        import_id=import_id,
        status=status,
        kind=start.kind,
        item_id=start.item_id,
        contact_point_id=start.contact_point_id,
        chunks=len(chunks),
        rows=sum(len(chunk.rows) for chunk in chunks),
        next_sequence=len(chunks) + 1 if status is ImportStatus.RUNNING else None,
    )


def status_of(history: History, import_id: UUID) -> ImportStatus:
    """How far an import is; dropping wins over finishing, in whatever order they stand."""
    if any(fact.import_id == import_id for _, fact in history.standing(ImportDropped)):
        return ImportStatus.DROPPED
    if any(fact.import_id == import_id for _, fact in history.standing(ImportFinished)):
        return ImportStatus.FINISHED
    return ImportStatus.RUNNING


def chunks_of(history: History, import_id: UUID) -> list[ImportChunk]:
    """The chunks of an import by their sequence."""
    own = [chunk for _, chunk in history.standing(ImportChunk) if chunk.import_id == import_id]
    return sorted(own, key=lambda chunk: chunk.sequence)


def known_digests(history: History, contact_point_id: UUID) -> set[str]:
    """Digests of every row that a finished import of this phone brought, withdrawn ones too."""
    return {
        row.digest
        for import_id, start in _finished(history)
        if start.contact_point_id == contact_point_id
        for chunk in chunks_of(history, import_id)
        for row in chunk.rows
    }


def imported_contacts(history: History) -> Iterator[ImportedContact]:
    """Every row that counts, by import and then by row of the file.

    A row that two imports of one phone brought counts once, as the first one finished has it.
    """
    finished = _finished(history)
    if not finished:
        return
    changes = _Changes(history)
    seen: set[tuple[UUID, str]] = set()
    for import_id, start in finished:
        owner = _owner(history, start)
        for chunk in chunks_of(history, import_id):
            for row in chunk.rows:
                key = (start.contact_point_id, row.digest)
                if key not in seen:
                    seen.add(key)
                    found = row_id(import_id, row.digest)
                    if found not in changes.withdrawn:
                        contact = _contact(start, chunk, row, owner)
                        yield changes.applied(found, import_id, row.line, contact)


def _finished(history: History) -> list[tuple[UUID, ImportStarted]]:
    """Finished imports, in the order in which they were finished."""
    dropped = {fact.import_id for _, fact in history.standing(ImportDropped)}
    ids = [fact.import_id for _, fact in history.standing(ImportFinished)]
    starts = ((each, history.get(each, ImportStarted)) for each in ids if each not in dropped)
    return [(import_id, start) for import_id, start in starts if start is not None]


class _Changes:
    """What was corrected and withdrawn row by row."""

    def __init__(self, history: History) -> None:
        self.withdrawn = {fact.row_id for _, fact in history.standing(ImportRowWithdrawn)}
        self._corrected: dict[UUID, list[tuple[UUID, ContactLogged]]] = {}
        for entry_id, fact in history.standing(ImportRowCorrected):
            self._corrected.setdefault(fact.row_id, []).append((entry_id, fact.replacement))

    def applied(
        self, found: UUID, import_id: UUID, line: int, contact: ContactLogged
    ) -> ImportedContact:
        corrected = self._corrected.get(found, [])
        return ImportedContact(
            row_id=found,
            import_id=import_id,
            line=line,
            contact=corrected[-1][1] if corrected else contact,
            corrections=tuple(entry_id for entry_id, _ in corrected),
        )


def _owner(history: History, start: ImportStarted) -> ContactParty:
    point = history.get(start.contact_point_id, ContactPointNoted)
    return point.whose if point else ContactParty.CLIENT


def _contact(
    start: ImportStarted, chunk: ImportChunk, row: ImportedRow, owner: ContactParty
) -> ContactLogged:
    other = start.rest if row.party is None else start.parties[row.party]
    is_incoming = row.direction is RowDirection.INCOMING
    party = other.party if other else ContactParty.OTHER
    is_call = start.kind is LogKind.CALLS
    return ContactLogged(
        grade=start.grade,
        evidence=(start.item_id,),
        occurred_at=row.occurred_at,
        zone=start.zone,
        channel=ContactChannel.CALL if is_call else ContactChannel.SMS,
        initiated_by=party if is_incoming else owner,
        reached=owner if is_incoming else party,
        on_behalf_of=other.company if other else None,
        agency=other.agency if other else None,
        loan_ids=other.loan_ids if other else (),
        connected=row.connected,
        duration_seconds=row.duration_seconds,
        counterpart=chunk.numbers[row.number].number,
        summary=row.summary,
        contact_point_id=start.contact_point_id,
    )
