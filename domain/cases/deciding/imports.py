"""When an import may begin, go on, end or be dropped, and its rows be corrected."""

import re
from collections.abc import Iterator
from typing import Final, assert_never
from uuid import UUID

from domain.cases.contacts import ContactPointNoted, ContactsFoundSame
from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_loans
from domain.cases.deciding.contacts import DURATION_MAX, check_contact
from domain.cases.evidence import EvidenceAdded
from domain.cases.history import History
from domain.cases.imported import (
    ImportStatus,
    chunks_of,
    imported_contacts,
    row_id,
    status_of,
)
from domain.cases.imports import (
    CHUNK_ROWS_MAX,
    ImportChunk,
    ImportDropped,
    ImportedParty,
    ImportedRow,
    ImportFact,
    ImportFinished,
    ImportFixed,
    ImportRowCorrected,
    ImportRowWithdrawn,
    ImportStarted,
)
from domain.refusals import Code, Refusal

_DIGEST: Final = re.compile(r"[0-9a-f]{32}")


def check(history: History, fact: ImportFact | ImportFixed, rules: Rules) -> Refusal | None:
    """Whether a step of an import may be recorded."""
    match fact:
        case ImportStarted():
            return _check_start(history, fact, rules)
        case ImportChunk():
            return _need_running(history, fact.import_id) or _check_chunk(history, fact)
        case ImportFinished():
            return _need_running(history, fact.import_id) or _check_whole(history, fact)
        case ImportDropped():
            return _check_drop(history, fact)
        case ImportRowCorrected():
            return _check_row(history, fact) or _under(
                "replacement", check_contact(history, fact.replacement, rules)
            )
        case ImportRowWithdrawn():
            return _check_row(history, fact) or _check_kept(history, {fact.row_id}, "row_id")
        case _:
            assert_never(fact)


def _check_start(history: History, fact: ImportStarted, rules: Rules) -> Refusal | None:
    if fact.zone not in rules.zones:
        return Refusal(code=Code.ZONE_UNKNOWN, field="zone", detail=fact.zone[:40])
    if not fact.parties and fact.rest is None:
        detail = "say who is at the other end: list their numbers, or give `rest`"
        return Refusal(code=Code.LIST_EMPTY, field="parties", detail=detail)
    return (
        need(history, fact.item_id, EvidenceAdded, "item_id")
        or need(history, fact.contact_point_id, ContactPointNoted, "contact_point_id")
        or next(_wrong_parties(history, fact), None)
    )


def _wrong_parties(history: History, fact: ImportStarted) -> Iterator[Refusal]:
    seen: set[str] = set()
    for index, party in enumerate(fact.parties):
        field = f"parties/{index}"
        if not party.numbers:
            detail = "list the numbers of this party; the others' party is `rest`"
            yield Refusal(code=Code.LIST_EMPTY, field=f"{field}/numbers", detail=detail)
        for place, each in enumerate(party.numbers):
            number = each.number.value
            if number is not None and number in seen:
                yield Refusal(code=Code.LIST_REPEATS, field=f"{field}/numbers/{place}")
            seen.add(number or "")
        yield from _wrong_loans(history, party, field)
    if fact.rest is not None:
        if fact.rest.numbers:
            detail = "the rest is who has no listed number"
            yield Refusal(code=Code.AMOUNT_INCONSISTENT, field="rest/numbers", detail=detail)
        yield from _wrong_loans(history, fact.rest, "rest")


def _wrong_loans(history: History, party: ImportedParty, field: str) -> Iterator[Refusal]:
    refusal = _under(field, need_loans(history, party.loan_ids, {}))
    if refusal:
        yield refusal


def _need_running(history: History, import_id: UUID) -> Refusal | None:
    refusal = need(history, import_id, ImportStarted, "import_id")
    if refusal or status_of(history, import_id) is ImportStatus.RUNNING:
        return refusal
    detail = f"import {import_id} is {status_of(history, import_id)}"
    return Refusal(code=Code.IMPORT_OVER, field="import_id", detail=detail)


def _check_chunk(history: History, fact: ImportChunk) -> Refusal | None:
    following = len(chunks_of(history, fact.import_id)) + 1
    if fact.sequence != following:
        detail = f"chunk {following} comes next, not {fact.sequence}"
        return Refusal(code=Code.IMPORT_SEQUENCE, field="sequence", detail=detail)
    if not 1 <= len(fact.rows) <= CHUNK_ROWS_MAX:
        return _unfit("rows", f"{len(fact.rows)} rows; from 1 to {CHUNK_ROWS_MAX}")
    start = history.get(fact.import_id, ImportStarted)
    if start is None:
        return None
    return next(_wrong_rows(start, fact), None)


def _wrong_rows(start: ImportStarted, chunk: ImportChunk) -> Iterator[Refusal]:
    seen: set[str] = set()
    for index, row in enumerate(chunk.rows):
        if not _DIGEST.fullmatch(row.digest):
            yield _unfit(f"rows/{index}/digest", "32 hex digits")
        if row.digest in seen:
            yield Refusal(code=Code.LIST_REPEATS, field=f"rows/{index}", detail="the same digest")
        seen.add(row.digest)
        yield from _wrong_row(start, chunk, row, index)


def _wrong_row(
    start: ImportStarted, chunk: ImportChunk, row: ImportedRow, index: int
) -> Iterator[Refusal]:
    if not 0 <= row.number < len(chunk.numbers):
        yield _unfit(f"rows/{index}/number", f"the chunk has {len(chunk.numbers)} numbers")
    if row.party is None:
        if start.rest is None:
            yield _unfit(f"rows/{index}/party", "the import names no party for the rest")
    elif not 0 <= row.party < len(start.parties):
        yield _unfit(f"rows/{index}/party", f"the import has {len(start.parties)} parties")
    if row.duration_seconds is not None and not 0 <= row.duration_seconds <= DURATION_MAX:
        yield _unfit(f"rows/{index}/duration_seconds", f"from 0 to {DURATION_MAX}")
    if row.line < 1:
        yield _unfit(f"rows/{index}/line", "rows of a file are counted from 1")


def _check_whole(history: History, fact: ImportFinished) -> Refusal | None:
    chunks = chunks_of(history, fact.import_id)
    rows = sum(len(chunk.rows) for chunk in chunks)
    if (len(chunks), rows) == (fact.chunks, fact.rows) and rows:
        return None
    detail = f"{fact.chunks} chunks with {fact.rows} rows; {len(chunks)} with {rows} came in"
    return Refusal(code=Code.IMPORT_INCOMPLETE, field="rows", detail=detail)


def _check_drop(history: History, fact: ImportDropped) -> Refusal | None:
    refusal = need(history, fact.import_id, ImportStarted, "import_id")
    if refusal:
        return refusal
    if status_of(history, fact.import_id) is ImportStatus.DROPPED:
        detail = f"import {fact.import_id} is dropped"
        return Refusal(code=Code.IMPORT_OVER, field="import_id", detail=detail)
    rows = {
        row_id(fact.import_id, row.digest)
        for chunk in chunks_of(history, fact.import_id)
        for row in chunk.rows
    }
    return _check_kept(history, rows, "import_id")


def _check_row(history: History, fact: ImportRowCorrected | ImportRowWithdrawn) -> Refusal | None:
    refusal = need(history, fact.import_id, ImportStarted, "import_id")
    if refusal:
        return refusal
    if any(
        row.row_id == fact.row_id and row.import_id == fact.import_id
        for row in imported_contacts(history)
    ):
        return None
    detail = f"no row {fact.row_id} of import {fact.import_id} counts"
    return Refusal(code=Code.IMPORT_ROW_UNKNOWN, field="row_id", detail=detail)


def _check_kept(history: History, rows: set[UUID], field: str) -> Refusal | None:
    """A row that was kept of several found to be one contact may not go: none of them would."""
    held = tuple(
        str(entry_id)
        for entry_id, found in history.standing(ContactsFoundSame)
        if found.kept_id in rows
    )
    if not held:
        return None
    detail = f"{len(held)} entries keep a row of it instead of others"
    return Refusal(code=Code.ENTRY_IN_USE, field=field, detail=detail, entries=held[:20])


def _unfit(field: str, detail: str) -> Refusal:
    return Refusal(code=Code.IMPORT_ROWS_UNFIT, field=field, detail=detail)


def _under(prefix: str, refusal: Refusal | None) -> Refusal | None:
    if refusal is None:
        return None
    return Refusal(
        code=refusal.code,
        field=f"{prefix}/{refusal.field}",
        detail=refusal.detail,
        entries=refusal.entries,
    )
