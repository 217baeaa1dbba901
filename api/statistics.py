"""Statistics over all cases, as figures and as a workbook."""

from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.parameters import Parameter, ParameterKind
from api.problems import invalid
from api.reading import KNOWN_AT, MIN_POSITION, await_position, known_at
from api.responses import SECURITY_HEADERS, json_answer
from api.ruled_readings import PACK, books_for
from api.workbooks import workbook
from domain.cases.intake import CaseOpened
from domain.casework import HOME_ZONE
from domain.rules.books import Books
from domain.statistics import Period, Statistics, Sums, counted, statistics
from projections.tables.folding import histories

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARAMETERS: Final = (
    Parameter(
        name="from",
        kind=ParameterKind.DAY,
        description="First day of the period. Default: the first of the year.",
        example="2026-01-01",
    ),
    Parameter(
        name="to",
        kind=ParameterKind.DAY,
        description="Last day of the period, in it. Default: today.",
        example="2026-06-30",
    ),
    Parameter(
        name="suppress",
        kind=ParameterKind.FLAG,
        description="`false`: show lines that rest on fewer than five cases, too.",
    ),
    KNOWN_AT,
    MIN_POSITION,
    PACK,
)


async def read_statistics(call: Call) -> Answered:
    """`GET /v1/statistics`."""
    return json_answer(await _statistics(call))


async def read_workbook(call: Call) -> Answered:
    """`GET /v1/statistics/workbook`."""
    made = await _statistics(call)
    name = f"statistics-{made.first_day}-{made.last_day}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(workbook(made), media_type=XLSX, headers={**SECURITY_HEADERS, **headers})


async def _statistics(call: Call) -> Statistics:
    """One case after another is read, counted and let go."""
    period = _period(call)
    await await_position(call)
    log = call.services.casework.log
    at = await known_at(call)
    position = at if at is not None else (await log.head(call.organisation)).position
    books = await books_for(call, position, call.query.get("pack"))
    rules = books if isinstance(books, Books) else None
    sums = Sums()
    async for history in histories(log, call.organisation, await _cases(call, position), position):
        sums.add(counted(history, period, rules))
    named = (rules.pack.reference, rules.data.version) if rules else (None, None)
    hide = call.query.get("suppress", True)
    return statistics(sums, period, position, named, hide=hide)


async def _cases(call: Call, position: int) -> list[UUID]:
    found: list[UUID] = []
    after, log = 0, call.services.casework.log
    while page := await log.read_journal(
        call.organisation,
        after_position=after,
        up_to_position=position,
        topics=(CaseOpened.TOPIC,),
    ):
        found += [event.stream for event in page]
        after = page[-1].position
    return found


def _period(call: Call) -> Period:
    today = call.services.clock().astimezone(ZoneInfo(HOME_ZONE)).date()
    last: date = call.query.get("to", today)
    first: date = call.query.get("from", last.replace(month=1, day=1))
    try:
        return Period(first, last)
    except ValueError as error:
        raise invalid("to", str(error)) from error


STATISTICS: Final = (
    Route(
        method="GET",
        path="/v1/statistics",
        capability=Capability.TABLES_READ,
        summary="Figures for funders over all cases: what was done in a period.",
        description="Nothing personal is opened. Every case is read anew, so a large caseload "
        "takes its time. Lines that rest on fewer than five cases are left out unless "
        "`suppress=false`; comparing overlapping periods can still tell what was left out.",
        handle=read_statistics,
        answer=Statistics,
        parameters=_PARAMETERS,
    ),
    Route(
        method="GET",
        path="/v1/statistics/workbook",
        capability=Capability.TABLES_READ,
        summary="The same as a workbook (XLSX).",
        handle=read_workbook,
        answer_media=XLSX,
        parameters=_PARAMETERS,
    ),
)
"""Those readings."""
