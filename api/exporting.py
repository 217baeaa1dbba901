"""Case files: `POST .../exports` records that one is given out, `GET .../bundle` fetches it."""

from collections.abc import AsyncGenerator
from typing import Final
from uuid import UUID

from litestar.response import Stream

from api.call import Answered, Call
from api.decoding import decode
from api.opening import reader_of, refuse_erased
from api.orders import command_id_of, expected_version, order_of
from api.outcomes import answer, settled
from api.parameters import Parameter, ParameterKind
from api.problems import Problem, refused
from api.reading import known_case, subject_of
from api.responses import SECURITY_HEADERS
from domain.accesses import Reading
from domain.cases.exporting import CaseExported
from domain.cases.history import History
from domain.clients.client import replay_client
from domain.clients.deciding import check_case_may_open
from domain.exports import ExportCase, ExportGone, ExportOutdated, NoSuchExport
from domain.giving_out import give_out

ZIP: Final = "application/zip"
EXPORT: Final = Parameter(
    name="export",
    kind=ParameterKind.UUID,
    description="Entry id of the export, as its POST answered. Default: the newest of the case.",
)


async def export_case(call: Call) -> Answered:
    """`POST .../exports`: what is given out is settled here, and never changes after."""
    expected_version(call)
    body = await call.body()
    services, asked = call.services, decode(body, ExportCase)
    order = order_of(call, command_id_of(call), body)
    files = services.case_files
    case_id = (await _on_record(call)).case_id
    try:
        said = await give_out(services.casework, files, order, case_id, asked, services.today)
    except ExportGone as error:
        raise Problem("export-gone", str(error)) from None
    return await answer(call, settled(said))


async def read_bundle(call: Call) -> Answered:
    """`GET .../bundle?export=`: never shown by a browser, only saved."""
    history = await _on_record(call)
    case_id, export_id = history.case_id, call.query.get("export") or _newest(history)
    pieces = call.services.case_files.write(call.organisation, case_id, export_id)
    try:
        # The first piece before the answer begins: whatever is wrong shows with it.
        first = await anext(pieces)
    except NoSuchExport as error:
        raise Problem("not-found", str(error)) from None
    except ExportOutdated as error:
        raise Problem("export-outdated", str(error)) from None
    except ExportGone as error:
        raise Problem("export-gone", str(error)) from None
    name = f"mingzhang-case-{case_id}-{export_id}.zip"
    return Stream(
        _after(first, pieces),
        media_type=ZIP,
        headers={**SECURITY_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _on_record(call: Call) -> History:
    """The case whose personal values are about to leave the house; refused once erased."""
    known = await known_case(call)
    reader = reader_of(call)
    await refuse_erased(call, known)
    history, casework = known.history, call.services.casework
    # An erasure that was granted is under way: nothing more leaves the house.
    stands = await casework.events(call.organisation, subject_of(history))
    under_way = check_case_may_open(replay_client(subject_of(history), stands))
    if under_way is not None:
        raise refused(under_way)
    accesses = casework.accesses
    await accesses.reading(reader, subject_of(history), Reading.EXPORT, history.case_id)
    return history


def _newest(history: History) -> UUID:
    exports = [export_id for export_id, _ in history.standing(CaseExported)]
    if not exports:
        raise Problem("not-found", "no case file was given out yet: POST .../exports makes one")
    return exports[-1]


async def _after(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    yield first
    async for piece in rest:
        yield piece
