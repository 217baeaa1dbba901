"""Listings across cases, from the tables; and where the journal ends."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.capabilities import Capability
from api.opening import reader_of
from api.parameters import Parameter, ParameterKind
from api.problems import Problem, invalid
from api.reading import CURSOR, LIMIT, LIMIT_DEFAULT, MIN_POSITION, await_position, next_link
from api.responses import json_answer
from domain.accesses import Reading
from domain.cases.history import CaseStatus
from domain.cases.phases import Phase, Urgency
from domain.personal import Personal
from projections.tables.asked import CaseOrder, CasesAsked
from projections.tables.balances import BALANCES
from projections.tables.caseload import CASELOAD
from projections.tables.pages import BadCursor, BalanceRow, CaseloadRow, Page

TOGETHER: Final = 8
"""Streams of clients that one page reads at the same time."""

CASELOAD_PARAMETERS: Final = (
    Parameter(
        name="status",
        kind=ParameterKind.CHOICE,
        choices=(CaseStatus.OPEN, CaseStatus.CLOSED),
        description="Only cases of this status.",
    ),
    Parameter(
        name="adviser",
        kind=ParameterKind.TEXT,
        description="Only cases that this member is in charge of.",
    ),
    Parameter(
        name="phase",
        kind=ParameterKind.CHOICE,
        choices=tuple(Phase),
        description="Only cases in this phase of work.",
    ),
    Parameter(
        name="urgency",
        kind=ParameterKind.CHOICE,
        choices=tuple(Urgency),
        description="Only cases for which this urgency was set.",
    ),
    Parameter(
        name="lender",
        kind=ParameterKind.TEXT,
        description="Only cases with a loan of this lender, by its whole name.",
    ),
    Parameter(
        name="overdue",
        kind=ParameterKind.FLAG,
        description="`true`: only cases in which something is known to be in arrears; `false`: "
        "in which nothing is. Where the record cannot tell, neither.",
    ),
    Parameter(
        name="next_before",
        kind=ParameterKind.DAY,
        description="Only cases whose next action has to be done before this day, or was missed.",
        example="2026-03-08",
    ),
    Parameter(
        name="changed_since",
        kind=ParameterKind.KNOWN_AT,
        description="Only cases in which something was recorded after this journal position, or "
        "after this instant.",
        example="1234",
    ),
    Parameter(
        name="order",
        kind=ParameterKind.CHOICE,
        choices=tuple(CaseOrder),
        description="`newest` (default): those opened last first; `next`: by what is to be done "
        "next, missed first, then soonest, then what has no day, then cases without any action.",
    ),
    Parameter(
        name="names",
        kind=ParameterKind.FLAG,
        description="`true`: the clients' names, too, for who may read clients; goes on record.",
    ),
    CURSOR,
    LIMIT,
    MIN_POSITION,
)
BALANCE_PARAMETERS: Final = (
    Parameter(name="case_id", kind=ParameterKind.UUID, description="Only loans of this case."),
    CURSOR,
    LIMIT,
    MIN_POSITION,
)


class CaseloadPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of cases, in the order asked for."""

    items: tuple[CaseloadRow, ...]
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
    """Cases that answer the question and are not shown, because the client is erased."""
    names: dict[UUID, Personal[str]] | None
    """Names by client id, where they were asked for."""


class BalancesPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of loans with what is owed on each, by case and loan id."""

    items: tuple[BalanceRow, ...]
    next: str | None
    """Address of the next page; null on the last."""
    as_of: date | None
    """Every row is at least as young as this day; null before the first was made."""
    position: int
    """Everything up to this journal position is in the rows."""
    state: str
    """`running`; `stopped` when the table could not go on; `missing` before its first row."""


class JournalHead(msgspec.Struct, frozen=True, kw_only=True):
    """Where the journal ends."""

    position: int
    recorded_at: datetime | None


async def list_cases(call: Call) -> Answered:
    """`GET /v1/cases`."""
    await await_table(call, CASELOAD.name)
    asked = await _cases_asked(call)
    order = CaseOrder(call.query.get("order", CaseOrder.NEWEST))
    try:
        page = await call.services.tables.caseload(
            call.organisation, asked, order=order, **page_asked(call)
        )
    except BadCursor:
        raise invalid("cursor", "not a cursor that was given out") from None
    names = await _names(call, page.items) if call.query.get("names") else None
    return listing(call, page, CaseloadPage, rules=page.rules, omitted=page.omitted, names=names)


async def _cases_asked(call: Call) -> CasesAsked:
    since: int | datetime | None = call.query.get("changed_since")
    if isinstance(since, datetime):
        since = await call.services.casework.log.position_at(call.organisation, since)
    filters = ("status", "adviser", "phase", "urgency", "lender", "overdue", "next_before")
    chosen = {name: call.query.get(name) for name in filters}
    return CasesAsked(**chosen, changed_since=since)


async def _names(call: Call, rows: Sequence[CaseloadRow]) -> dict[UUID, Personal[str]]:
    """The names on a page: one event for the whole list, before any is opened."""
    if Capability.CLIENT_READ not in call.caller.capabilities:
        raise Problem("capability-missing", f"names need the capability `{Capability.CLIENT_READ}`")
    ids = sorted({row.client_id for row in rows})
    casework = call.services.casework
    await casework.accesses.names(reader_of(call), len(ids), Reading.CASELOAD)
    names: dict[UUID, Personal[str]] = {}
    for start in range(0, len(ids), TOGETHER):
        some = ids[start : start + TOGETHER]
        clients = await asyncio.gather(*(casework.client(call.organisation, one) for one in some))
        names |= {
            client.client_id: client.details.name
            for client in clients
            if client.details and not client.erased
        }
    return names


async def list_balances(call: Call) -> Answered:
    """`GET /v1/balances`."""
    await await_table(call, BALANCES.name)
    try:
        page = await call.services.tables.balances(
            call.organisation, case_id=call.query.get("case_id"), **page_asked(call)
        )
    except BadCursor:
        raise invalid("cursor", "not a cursor that was given out") from None
    return listing(call, page, BalancesPage)


async def read_head(call: Call) -> Answered:
    """`GET /v1/journal/head`."""
    await await_position(call)
    head = await call.services.casework.log.head(call.organisation)
    return json_answer(
        JournalHead(position=head.position, recorded_at=head.recorded_at),
        headers={"Mingzhang-Position": str(head.position)},
    )


async def await_table(call: Call, name: str) -> None:
    """Wait until the table has come to `min_position`, which the journal has to reach first."""
    await await_position(call)
    wanted = call.query.get("min_position")
    if wanted and not await call.services.tables.wait_for(
        call.organisation, name, wanted, call.services.wait_seconds
    ):
        raise Problem("not-yet", f"the table `{name}` is not there yet", field="min_position")


def page_asked(call: Call) -> dict[str, Any]:
    """Cursor and limit."""
    return {
        "cursor": call.query.get("cursor"),
        "limit": call.query.get("limit", LIMIT_DEFAULT),
    }


def listing(call: Call, page: Page[Any], kind: type[Any], **more: Any) -> Answered:
    """A page as an answer of this kind, with the address of the next."""
    following = None if page.next_cursor is None else next_link(call, page.next_cursor)
    value = kind(
        items=page.items,
        next=following,
        as_of=page.as_of,
        position=page.position,
        state=page.state,
        **more,
    )
    return json_answer(value, headers={"Mingzhang-Position": str(page.position)})
