"""Who read whose data: a client's own history, and the lists of names that were read."""

from datetime import datetime
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.opening import reader_of
from api.parameters import POSITION_MAX
from api.problems import Problem, invalid
from api.reading import LIMIT_DEFAULT, next_link
from api.responses import json_answer
from domain.accesses import (
    NamesListed,
    PersonalDataRead,
    Purpose,
    Reading,
    accesses_of,
    list_accesses_of,
)
from domain.clients import ClientRegistered
from domain.recorded import Recorded
from projections.tables.pages import BadCursor, decode_cursor, encode_cursor


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """One access, which may stand for further ones of the same kind up to `covers_until`."""

    event_id: UUID
    position: int
    recorded_at: datetime
    actor: str
    reading: Reading
    purpose: Purpose
    covers_until: datetime
    case_id: UUID | None
    clients: int
    """How many clients' data it was: 1, or as many as a list named."""


class ClientAccesses(msgspec.Struct, frozen=True, kw_only=True):
    """Who was given one client's data, oldest first; what a client can be shown of it."""

    client_id: UUID
    items: tuple[Access, ...]
    next: str | None
    """Address of the next page; null on the last."""
    lists_of_names: int
    """Lists of names read since the client was registered: their name may have been among them."""


class ListAccesses(msgspec.Struct, frozen=True, kw_only=True):
    """Lists of names that were given out, oldest first."""

    items: tuple[Access, ...]
    next: str | None
    """Address of the next page; null on the last."""


async def read_accesses(call: Call) -> Answered:
    """`GET /v1/clients/{client_id}/accesses`: reading it is itself on record, and in it."""
    client_id = call.id("client_id")
    after, reader = _after(call), reader_of(call)
    casework = call.services.casework
    registered = await casework.events(call.organisation, client_id)
    if not registered or not isinstance(registered[0].fact, ClientRegistered):
        raise Problem("client-unknown", f"no client {client_id}")
    await casework.accesses.reading(reader, client_id, Reading.ACCESSES)
    items, following = await _page(call, accesses_of(client_id), after)
    lists = await casework.events(call.organisation, list_accesses_of(call.organisation))
    since = registered[0].position
    return json_answer(
        ClientAccesses(
            client_id=client_id,
            items=items,
            next=following,
            lists_of_names=sum(event.position > since for event in lists),
        )
    )


async def read_list_accesses(call: Call) -> Answered:
    """`GET /v1/accesses`."""
    stream = list_accesses_of(call.organisation)
    items, following = await _page(call, stream, _after(call))
    return json_answer(ListAccesses(items=items, next=following))


async def _page(call: Call, stream: UUID, after: int) -> tuple[tuple[Access, ...], str | None]:
    events = await call.services.casework.events(call.organisation, stream)
    later = [event for event in events if event.originator_version > after]
    limit = call.query.get("limit", LIMIT_DEFAULT)
    shown = later[:limit]
    more = len(later) > limit
    following = next_link(call, encode_cursor(shown[-1].originator_version)) if more else None
    return tuple(_access(event) for event in shown), following


def _access(event: Recorded) -> Access:
    fact = event.fact
    if not isinstance(fact, PersonalDataRead | NamesListed) or event.recorded_at is None:
        raise TypeError(f"event {event.position} is no access")
    return Access(
        event_id=event.event_id,
        position=event.position,
        recorded_at=event.recorded_at,
        actor=event.actor,
        reading=fact.reading,
        purpose=fact.purpose,
        covers_until=fact.covers_until,
        case_id=fact.case_id if isinstance(fact, PersonalDataRead) else None,
        clients=fact.clients if isinstance(fact, NamesListed) else 1,
    )


def _after(call: Call) -> int:
    cursor = call.query.get("cursor")
    try:
        version = 0 if cursor is None else decode_cursor(cursor, int)
    except BadCursor:
        version = -1
    if not 0 <= version <= POSITION_MAX:
        raise invalid("cursor", "not a cursor that was given out")
    return version
