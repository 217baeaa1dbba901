"""Logs of calls and messages: looking at a file, taking it in, going on where it broke off."""

from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid5

import msgspec

from api.call import Answered, Call
from api.imports_custody import file_of, took_in
from api.imports_form import LogMetadata, log_form
from api.imports_judging import Judging, judging, opened_start, setting_for, setting_of
from api.opening import refuse_erased
from api.orders import command_id_of, expected_version, is_dry_run, order_of
from api.outcomes import answer, settled
from api.problems import Problem, refused
from api.reading import LIMIT_DEFAULT, Known, known_case, subject_of
from api.responses import json_answer
from domain.cases.contacts import ContactPointNoted
from domain.cases.deciding.common import need
from domain.cases.evidence import EvidenceAdded
from domain.cases.history import CaseStatus, History
from domain.cases.imported import ImportStatus, chunks_of, import_states, status_of
from domain.cases.imports import (
    CHUNK_ROWS_MAX,
    ImportedParty,
    ImportFinished,
    ImportStarted,
)
from domain.cases.lending import LoanTaken
from domain.casework import case_zone
from domain.importing.chunks import chunk_of
from domain.importing.rows import Counts, Setting, Taken
from domain.importing.session import ImportSession
from domain.importing.verdicts import Verdict
from domain.personal import Personal
from domain.refusals import Code, Refusal

VERDICTS_SHOWN: Final = 200
"""Most verdicts in an answer to an import; the preview shows all of them by pages."""


class ColumnFound(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a log."""

    column: str
    place: int
    """Place in the row, counted from one."""
    heading: str


class RowCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows of a file became what."""

    rows: int
    """Rows below the header that are not empty."""
    taken: int
    flagged: int
    """Of those that are taken."""
    left_out: int
    codes: dict[str, int]
    """Verdicts of each code."""
    first: datetime | None
    """The earliest moment of a row that is taken."""
    last: datetime | None


class ImportPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What an import of a file would take in; nothing was kept."""

    header_row: int
    sheet: str | None
    """Part of the workbook that holds the log; null for CSV."""
    columns: tuple[ColumnFound, ...]
    ignored: tuple[str, ...]
    """Headings of columns that are not used."""
    counts: RowCounts
    verdicts: tuple[Verdict, ...]
    """In the order of the rows."""
    next_after_row: int | None
    """The `after_row` of the next page; null on the last."""


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """An import that is finished."""

    import_id: UUID
    item_id: UUID
    """The file in custody."""
    status: ImportStatus
    chunks: int
    rows: int
    """Rows that count as contacts now."""
    counts: RowCounts
    """Of the file as it was judged just now."""
    verdicts: tuple[Verdict, ...]
    """The first of them; a preview shows all."""
    version: int
    position: int
    repeated: bool
    """Whether it was there before, under the same Idempotency-Key."""


async def preview_log(call: Call) -> Answered:
    """`POST .../import-previews`: nothing is kept and nothing recorded."""
    known = await _open_case(call)
    form = await log_form(call)
    _check_named(known.history, form.metadata)
    file = await judging(form.data, await setting_for(call, known.history, form.metadata))
    after, limit = call.query.get("after_row", 0), call.query.get("limit", LIMIT_DEFAULT)
    counts, shown, following = Counts(), list[Verdict](), None
    async for batch in file.batches():
        for judged in batch:
            counts.add(judged)
            if following is not None or not judged.verdicts or judged.verdicts[0].row <= after:
                continue
            if len(shown) + len(judged.verdicts) > limit and shown:
                following = shown[-1].row
            else:
                shown.extend(judged.verdicts)
    preview = ImportPreview(
        header_row=file.columns.header_row,
        sheet=file.sheet,
        columns=_columns(file),
        ignored=file.columns.ignored,
        counts=_counted(counts),
        verdicts=tuple(shown),
        next_after_row=following,
    )
    return json_answer(preview)


async def import_log(call: Call) -> Answered:
    """`POST .../imports`: the file goes into custody, then its rows come in chunk by chunk."""
    expected_version(call)
    command_id = command_id_of(call)
    known = await _open_case(call)
    form = await log_form(call)
    _check_named(known.history, form.metadata)
    begun = await _begun(call, command_id)
    setting = await setting_for(call, known.history, form.metadata)
    weighed = await _weighed(form.data, setting)
    if not weighed.counts.taken and begun is None:
        raise Problem("import-nothing-new", field="file")
    content = b"\0".join([form.raw, sha256(form.data).hexdigest().encode()])
    order = order_of(call, command_id, content)
    custody = await took_in(call, order, form, subject_of(known.history))
    if is_dry_run(call):
        return await answer(call, custody)
    run = _Run(call, known.history, weighed, setting)
    import_id = begun or await run.start(command_id, custody.entry_ids[0], form.metadata)
    return json_answer(await run.finish(import_id, form.data), status=201, headers=run.headers())


async def resume_import(call: Call) -> Answered:
    """`POST .../imports/{import_id}/resumptions`: goes on with the file that is in custody."""
    known = await _open_case(call)
    history, import_id = known.history, call.id("import_id")
    sealed = history.get(import_id, ImportStarted)
    item = history.get(sealed.item_id, EvidenceAdded) if sealed else None
    if sealed is None or item is None:
        raise Problem("not-found", f"this case has no import {import_id}")
    start = await opened_start(call, import_id, sealed)
    setting = setting_of(call, history, start)
    data = await file_of(call, item, subject_of(history))
    run = _Run(call, history, await _weighed(data, setting), setting)
    return json_answer(await run.finish(import_id, data), headers=run.headers())


class _Weighed(msgspec.Struct, frozen=True):
    """A file that was judged to its end before a row of it is recorded."""

    counts: Counts
    shown: tuple[Verdict, ...]


async def _weighed(data: bytes, setting: Setting) -> _Weighed:
    counts, shown = Counts(), list[Verdict]()
    file = await judging(data, setting)
    async for batch in file.batches():
        for judged in batch:
            counts.add(judged)
            if len(shown) < VERDICTS_SHOWN:
                shown.extend(judged.verdicts)
    return _Weighed(counts, tuple(shown[:VERDICTS_SHOWN]))


class _Run:
    """One import on its way, from wherever it stands."""

    def __init__(self, call: Call, history: History, weighed: _Weighed, setting: Setting) -> None:
        """Go on from a history with all its rows, which say what came in before."""
        self._call, self._before, self._weighed, self._setting = call, history, weighed, setting
        casework, actor = call.services.casework, call.caller.actor
        self._session = ImportSession(casework, call.organisation, actor, history)

    async def start(self, command_id: UUID, item_id: UUID, metadata: LogMetadata) -> UUID:
        """Record that it began; its id. Once for each command."""
        start = ImportStarted(
            grade=metadata.grade,
            note=metadata.note,
            kind=metadata.kind,
            item_id=item_id,
            contact_point_id=metadata.contact_point_id,
            zone=self._setting.zone.key,
            parties=metadata.parties,
            rest=metadata.rest,
            digest_key=Personal(None, self._setting.key.decode()),
        )
        outcome = settled(await self._session.record(_start_id(command_id), start))
        return outcome.entry_ids[0]

    async def finish(self, import_id: UUID, data: bytes) -> Imported:
        """Bring in what is missing and say that it is whole; nothing where it is whole already."""
        start = self._before.get(import_id, ImportStarted)
        status = status_of(self._session.history, import_id)
        if status is ImportStatus.DROPPED:
            raise refused(Refusal(code=Code.IMPORT_OVER, detail=f"import {import_id} is dropped"))
        if status is ImportStatus.RUNNING:
            await self._bring_in(import_id, data)
            await self._close(import_id)
        state = next(s for s in import_states(self._session.history) if s.import_id == import_id)
        return Imported(
            import_id=import_id,
            item_id=state.item_id,
            status=state.status,
            chunks=state.chunks,
            rows=state.rows,
            counts=_counted(self._weighed.counts),
            verdicts=self._weighed.shown,
            version=self._session.history.version,
            position=self._session.history.position,
            repeated=start is not None and status is ImportStatus.FINISHED,
        )

    async def _bring_in(self, import_id: UUID, data: bytes) -> None:
        """Every row of the file that did not come in before it broke off."""
        own = {row.digest for c in chunks_of(self._before, import_id) for row in c.rows}
        waiting: list[Taken] = []
        file = await judging(data, self._setting)
        async for batch in file.batches():
            waiting.extend(j.taken for j in batch if j.taken and j.taken.digest not in own)
            while len(waiting) >= CHUNK_ROWS_MAX:
                await self._send(import_id, waiting[:CHUNK_ROWS_MAX])
                del waiting[:CHUNK_ROWS_MAX]
        if waiting:
            await self._send(import_id, waiting)

    async def _send(self, import_id: UUID, rows: list[Taken]) -> None:
        sequence = len(chunks_of(self._session.history, import_id)) + 1
        chunk = chunk_of(import_id, sequence, rows)
        settled(await self._session.record(self._call.services.new_id(), chunk))
        await self._session.catch_up()

    async def _close(self, import_id: UUID) -> None:
        services, chunks = self._call.services, chunks_of(self._session.history, import_id)
        finished = ImportFinished(
            import_id=import_id,
            imported_on=services.today(case_zone(self._session.history)),
            chunks=len(chunks),
            rows=sum(len(chunk.rows) for chunk in chunks),
        )
        settled(await self._session.record(services.new_id(), finished))
        await self._session.catch_up()

    def headers(self) -> dict[str, str]:
        """The version and the position after it."""
        history = self._session.history
        return {"ETag": f'"{history.version}"', "Mingzhang-Position": str(history.position)}


async def _begun(call: Call, command_id: UUID) -> UUID | None:
    """The import that the same command began before."""
    log = call.services.casework.log
    appended = await log.find_command(call.organisation, _start_id(command_id))
    return appended.events[0].event_id if appended else None


def _start_id(command_id: UUID) -> UUID:
    return uuid5(command_id, "import-started")


async def _open_case(call: Call) -> Known:
    """The case, which must be open, before a single byte is taken."""
    known = await known_case(call)
    await refuse_erased(call, known)
    if known.history.status is CaseStatus.CLOSED:
        raise refused(Refusal(code=Code.CASE_CLOSED, detail=str(known.history.case_id)))
    return known


def _check_named(history: History, metadata: LogMetadata) -> None:
    """What the form names is in the case: said before a file is taken in."""
    point = metadata.contact_point_id
    refusal = need(history, point, ContactPointNoted, "metadata/contact_point_id")
    for index, party in enumerate(metadata.parties):
        field = f"metadata/parties/{index}/loan_ids"
        refusal = refusal or _check_loans(history, party, field)
    if metadata.rest:
        refusal = refusal or _check_loans(history, metadata.rest, "metadata/rest/loan_ids")
    if refusal:
        raise refused(refusal)


def _check_loans(history: History, party: ImportedParty, field: str) -> Refusal | None:
    found = (need(history, loan_id, LoanTaken, field) for loan_id in party.loan_ids)
    return next((refusal for refusal in found if refusal), None)


def _columns(file: Judging) -> tuple[ColumnFound, ...]:
    return tuple(
        ColumnFound(column=column.value, place=place + 1, heading=file.columns.headings[column])
        for column, place in sorted(file.columns.places.items(), key=lambda each: each[1])
    )


def _counted(counts: Counts) -> RowCounts:
    return RowCounts(
        rows=counts.rows,
        taken=counts.taken,
        flagged=counts.flagged,
        left_out=counts.left_out,
        codes=dict(sorted(counts.codes.items())),
        first=counts.first,
        last=counts.last,
    )
