"""Which cases changed since a position or a day, from the journal itself, page by page."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.listings import await_table
from api.parameters import Parameter, ParameterKind
from api.problems import invalid
from api.reading import CURSOR, KNOWN_AT, LIMIT, LIMIT_DEFAULT, MIN_POSITION, known_at, next_link
from api.responses import json_answer
from api.since import SINCE, since
from domain.casework import HOME_ZONE
from domain.changes import CaseMoved, Walk
from domain.log import StoredEvent
from projections.tables.caseload import CASELOAD
from projections.tables.pages import BadCursor, decode_cursor, encode_cursor

EVENTS_AT_ONCE: Final = 200
"""Held at a time, bodies and all."""
EVENTS_MAX: Final = 10_000
"""Walked along for one answer: a member with few cases gets short pages, never a long wait."""

ADVISER: Final = Parameter(
    name="adviser",
    kind=ParameterKind.TEXT,
    description="Only cases of this member, as the caseload has it now.",
)


class ChangesPage(msgspec.Struct, frozen=True, kw_only=True):
    """Cases that something was recorded in, in the order in which the journal comes to them.

    A page is a stretch of the journal. A case has one item in it, and may come again on the next.
    """

    items: tuple[CaseMoved, ...]
    """There may be none though there is a next page: nothing in this stretch was asked for."""
    since: int
    """The stretch begins after this position,"""
    up_to: int
    """and ends with this one."""
    position: int
    """Where the whole listing ends: later events are not in it, on any page."""
    state: str
    """Of the caseload, which says what a case is: `running`; `stopped` or `missing` where it
    could not go on, and the listing ends where it stands."""
    next: str | None
    """Address of the next page; null on the last."""


async def list_changes(call: Call) -> Answered:
    """`GET /v1/changes`."""
    await await_table(call, CASELOAD.name)
    reached, state = await _caseload(call)
    after, end = await _stretch(call, reached)
    items, up_to = await _walk(call, after, end)
    page = ChangesPage(
        items=items,
        since=after,
        up_to=up_to,
        position=end,
        state=state,
        next=next_link(call, encode_cursor((up_to, end))) if up_to < end else None,
    )
    return json_answer(page, headers={"Mingzhang-Position": str(end)})


async def _caseload(call: Call) -> tuple[int, str]:
    """How far the caseload is, and how it fares."""
    for table in await call.services.tables.lag(call.organisation):
        if table.name == CASELOAD.name:
            return table.position, table.state
    return 0, "missing"


async def _stretch(call: Call, reached: int) -> tuple[int, int]:
    """After which position a page begins, and where the listing ends."""
    cursor = call.query.get("cursor")
    if cursor is None:
        asked = await known_at(call)
        head = (await call.services.casework.log.head(call.organisation)).position
        after = await since(call, HOME_ZONE, head if asked is None else asked) or 0
        # What the caseload does not know yet could not be told apart from what is no case.
        end = min(reached, head if asked is None else asked)
        return after, max(after, end)
    try:
        after, end = decode_cursor(cursor, tuple[int, int])
    except BadCursor:
        raise invalid("cursor", "not a cursor that was given out") from None
    if not 0 <= after <= end <= reached:
        raise invalid("cursor", "not a cursor that was given out")
    return after, end


async def _walk(call: Call, after: int, end: int) -> tuple[tuple[CaseMoved, ...], int]:
    """The cases of a page, and where its stretch ends."""
    walk = Walk(call.query.get("limit", LIMIT_DEFAULT))
    position, last = after, min(end, after + EVENTS_MAX)
    while position < last:
        events = await call.services.casework.log.read_journal(
            call.organisation, after_position=position, up_to_position=last, limit=EVENTS_AT_ONCE
        )
        wanted = await _wanted(call, events)
        for event in events:
            if event.stream in wanted and not walk.take(event):
                return walk.cases(), position
            position = event.position
        if not events:
            break
    return walk.cases(), last


async def _wanted(call: Call, events: Sequence[StoredEvent]) -> set[UUID]:
    """Of the streams of some events, those that are cases which were asked for."""
    adviser = call.query.get("adviser")
    owners = await call.services.tables.owners(
        call.organisation, {event.stream for event in events}
    )
    return {case_id for case_id, owner in owners.items() if adviser in (None, owner)}


CHANGES: Final = (
    Route(
        method="GET",
        path="/v1/changes",
        capability=Capability.TABLES_READ,
        summary="Which cases changed since a position or a day, with what was recorded in each.",
        description="Without `since_position` and `since_on`: since the first event. It names "
        "cases and topics and tells nothing of anybody. Given `since_position` and `known_at`, "
        "and no `adviser`, the same bytes for ever; who is in charge may change. Go on with "
        "`next`, or later with `since_position` set to `position`: nothing is left out.",
        handle=list_changes,
        answer=ChangesPage,
        parameters=(*SINCE, ADVISER, KNOWN_AT, CURSOR, LIMIT, MIN_POSITION),
    ),
)
"""That listing."""
