"""Deadlines across cases, and the workload of each member. Nothing personal is in either."""

from datetime import date
from typing import Final

import msgspec

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.listings import await_table, listing, page_asked
from api.parameters import Parameter, ParameterKind
from api.problems import invalid
from api.reading import CURSOR, LIMIT, MIN_POSITION
from domain.cases.history import CaseStatus
from domain.deadlines import Obliged, State
from projections.tables.asked import DeadlinesAsked
from projections.tables.caseload import CASELOAD
from projections.tables.deadlines import DEADLINES
from projections.tables.pages import BadCursor, DeadlineRow, WorkloadRow

_DEADLINE_PARAMETERS: Final = (
    Parameter(
        name="adviser",
        kind=ParameterKind.TEXT,
        description="Only those that this member has to see to.",
    ),
    Parameter(
        name="from",
        kind=ParameterKind.DAY,
        description="Only those that end on this day or later.",
        example="2026-03-01",
    ),
    Parameter(
        name="to",
        kind=ParameterKind.DAY,
        description="Only those that end on this day or before.",
        example="2026-03-31",
    ),
    Parameter(
        name="state",
        kind=ParameterKind.CHOICE,
        choices=tuple(State),
        description="Only those that stand so.",
    ),
    Parameter(
        name="obliged",
        kind=ParameterKind.CHOICE,
        choices=tuple(Obliged),
        description="Only those of whom this side has to act.",
    ),
    Parameter(
        name="provisional",
        kind=ParameterKind.FLAG,
        description="`true`: only those whose day may still move, because the calendar of its "
        "year is not published.",
    ),
    Parameter(
        name="status",
        kind=ParameterKind.CHOICE,
        choices=(CaseStatus.OPEN, CaseStatus.CLOSED),
        description="Only those of cases of this status.",
    ),
    CURSOR,
    LIMIT,
    MIN_POSITION,
)


class DeadlinesPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of deadlines by day, those without one last."""

    items: tuple[DeadlineRow, ...]
    next: str | None
    """Address of the next page; null on the last."""
    as_of: date | None
    """Every row is at least as young as this day; null before the first was made."""
    position: int
    """Everything up to this journal position is in the rows."""
    rules: str | None
    """Pack and data that every row was made with, or since with later ones; null before the first
    was made."""
    state: str
    """`running`; `stopped` when the table could not go on; `missing` before its first row."""
    omitted: int
    """Deadlines that answer the question and are not shown, because the client is erased."""


class WorkloadPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of members with their open cases; cases that nobody has come first."""

    items: tuple[WorkloadRow, ...]
    next: str | None
    """Address of the next page; null on the last."""
    as_of: date | None
    """Every row behind it is at least as young as this day; null before the first was made."""
    position: int
    """Everything up to this journal position is in it."""
    rules: str | None
    """Pack and data that every row was made with, or since with later ones; null before the first
    was made."""
    state: str
    """`running`; `stopped` when the table could not go on; `missing` before its first row."""
    omitted: int
    """Open cases that are not counted, because the client is erased."""


async def list_deadlines(call: Call) -> Answered:
    """`GET /v1/deadlines`."""
    await await_table(call, DEADLINES.name)
    filters = ("adviser", "state", "obliged", "provisional", "status")
    asked = DeadlinesAsked(
        first_day=call.query.get("from"),
        last_day=call.query.get("to"),
        **{name: call.query.get(name) for name in filters},
    )
    if asked.first_day and asked.last_day and asked.last_day < asked.first_day:
        raise invalid("to", "ends before it begins")
    try:
        page = await call.services.tables.deadlines(call.organisation, asked, **page_asked(call))
    except BadCursor:
        raise invalid("cursor", "not a cursor that was given out") from None
    return listing(call, page, DeadlinesPage, rules=page.rules, omitted=page.omitted)


async def list_workload(call: Call) -> Answered:
    """`GET /v1/workload`."""
    await await_table(call, CASELOAD.name)
    try:
        page = await call.services.tables.workload(call.organisation, **page_asked(call))
    except BadCursor:
        raise invalid("cursor", "not a cursor that was given out") from None
    return listing(call, page, WorkloadPage, rules=page.rules, omitted=page.omitted)


WORK_LISTINGS: Final = (
    Route(
        method="GET",
        path="/v1/deadlines",
        capability=Capability.TABLES_READ,
        summary="Deadlines across cases, by day.",
        description="What each asks for in words, with its clause, is in the reading of its case.",
        handle=list_deadlines,
        answer=DeadlinesPage,
        parameters=_DEADLINE_PARAMETERS,
    ),
    Route(
        method="GET",
        path="/v1/workload",
        capability=Capability.TABLES_READ,
        summary="Open cases of each member, by what is to be done in them.",
        handle=list_workload,
        answer=WorkloadPage,
        parameters=(CURSOR, LIMIT, MIN_POSITION),
    ),
)
"""Those listings."""
