"""From rows that come in to the facts that are recorded of them."""

from collections.abc import Sequence
from uuid import UUID

from domain.cases.imports import ImportChunk, ImportedNumber, ImportedRow
from domain.importing.rows import REST, Taken
from domain.personal import Personal


def chunk_of(import_id: UUID, sequence: int, taken: Sequence[Taken]) -> ImportChunk:
    """One chunk; every number is in it once, for each is sealed by itself."""
    places = {number: at for at, number in enumerate(dict.fromkeys(t.number for t in taken))}
    return ImportChunk(
        import_id=import_id,
        sequence=sequence,
        numbers=tuple(ImportedNumber(number=Personal(None, number)) for number in places),
        rows=tuple(_row(each, places[each.number]) for each in taken),
    )


def _row(taken: Taken, number: int) -> ImportedRow:
    return ImportedRow(
        line=taken.line,
        digest=taken.digest,
        occurred_at=taken.occurred_at,
        direction=taken.direction,
        party=None if taken.party == REST else taken.party,
        number=number,
        connected=taken.connected,
        duration_seconds=taken.duration_seconds,
        summary=None if taken.text is None else Personal(None, taken.text),
    )
