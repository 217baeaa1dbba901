"""Due lists: whose records may go, which holds to look at, what was destroyed."""

from datetime import date
from typing import Final, TypeVar
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.parameters import Parameter, ParameterKind
from api.problems import invalid
from api.reading import LIMIT_DEFAULT, await_position, next_link
from api.responses import json_answer
from domain.casework import HOME_ZONE
from domain.organisation import replay_organisation
from projections import retention as due
from projections.erasures import REPORTED, ErasureLine, erasure_report
from projections.retention import HoldLine, RetentionLine, retention
from projections.tables.pages import BadCursor, decode_cursor, encode_cursor

T = TypeVar("T")

ON: Final = Parameter(
    name="on",
    kind=ParameterKind.DAY,
    description="The day for which it is asked what is due. Default: today.",
    example="2031-03-01",
)


class RetentionPage(msgspec.Struct, frozen=True, kw_only=True):
    """Clients all of whose cases are closed, by the day from which their records may go."""

    on: date
    items: tuple[RetentionLine, ...]
    next: str | None
    """Address of the next page; null on the last."""
    open: int
    """Clients with a case that is not closed."""
    without_case: int
    without_rule: int
    """Clients for whom no day is known, because no rule covers one of their cases."""
    erased: int


class HoldList(msgspec.Struct, frozen=True, kw_only=True):
    """Every legal hold in force, by the day to review it."""

    on: date
    items: tuple[HoldLine, ...]


class ErasureReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was destroyed, when, by whom, on what ground. Nothing personal is in it."""

    items: tuple[ErasureLine, ...]
    next: str | None
    """Address of the next page; null on the last."""


async def list_retention(call: Call) -> Answered:
    """`GET /v1/retention`: walks the journal, for a list that is asked for now and then."""
    await await_position(call)
    casework = call.services.casework
    events = await casework.journal(call.organisation, due.TOPICS)
    own = await casework.events(call.organisation, call.organisation)
    found = retention(events, replay_organisation(call.organisation, own), _day(call))
    after = _after(call, tuple[date, UUID])
    lines = [line for line in found.lines if after is None or due.sort_key(line) > after]
    limit = call.query.get("limit", LIMIT_DEFAULT)
    more = len(lines) > limit
    page = RetentionPage(
        on=found.as_of,
        items=tuple(lines[:limit]),
        next=next_link(call, encode_cursor(due.sort_key(lines[limit - 1]))) if more else None,
        open=found.open,
        without_case=found.without_case,
        without_rule=sum(line.due_on is None for line in found.lines),
        erased=found.erased,
    )
    return json_answer(page)


async def list_holds(call: Call) -> Answered:
    """`GET /v1/legal-holds`."""
    await await_position(call)
    events = await call.services.casework.journal(call.organisation, due.HOLD_TOPICS)
    on = _day(call)
    return json_answer(HoldList(on=on, items=due.holds(events, on)))


async def list_erasures(call: Call) -> Answered:
    """`GET /v1/erasures`: the destruction report, oldest first."""
    await await_position(call)
    events = await call.services.casework.journal(call.organisation, REPORTED)
    after = _after(call, int) or 0
    lines = [line for line in erasure_report(events) if line.erased.position > after]
    limit = call.query.get("limit", LIMIT_DEFAULT)
    more = len(lines) > limit
    page = ErasureReport(
        items=tuple(lines[:limit]),
        next=next_link(call, encode_cursor(lines[limit - 1].erased.position)) if more else None,
    )
    return json_answer(page)


def _day(call: Call) -> date:
    day: date = call.query.get("on") or call.services.today(HOME_ZONE)
    return day


def _after(call: Call, kind: type[T]) -> T | None:
    cursor = call.query.get("cursor")
    try:
        return None if cursor is None else decode_cursor(cursor, kind)
    except BadCursor:
        raise invalid("cursor", "not a cursor that was given out") from None
