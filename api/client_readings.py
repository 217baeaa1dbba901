"""Readings of one client: who they are, what was held before, how far their erasure has come."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.opening import open_client
from api.problems import Problem
from api.reading import await_position, known_at, read_answer, unchanged
from domain.accesses import Reading
from domain.casework import HOME_ZONE
from domain.clients import Client, ClientRegistered, replay_client
from domain.clients.client import ErasureState
from domain.clients.erasure import ClientErased
from domain.forgetting import Forgetting
from domain.recorded import Recorded
from projections.audit_trail import audit_trail
from projections.erasures import GivenOut, Step, given_out, steps_of
from projections.retention import HoldLine, hold_lines


class ClientView(msgspec.Struct, frozen=True, kw_only=True):
    """A client as they stand."""

    client_id: UUID
    version: int
    position: int
    details: ClientRegistered


class Destroyed(msgspec.Struct, frozen=True, kw_only=True):
    """What an erasure destroyed."""

    is_key_destroyed: bool
    """Whether the key store says so now; it does once the request was answered."""
    cases: tuple[UUID, ...]
    """Cases whose personal values are gone; their figures stand."""
    files: tuple[UUID, ...]
    """Evidence files that are gone, by their place in the store."""


class ErasureReading(msgspec.Struct, frozen=True, kw_only=True):
    """How far the erasure of a client has come, and what it could not reach."""

    client_id: UUID
    version: int
    """The client's version, for If-Match."""
    position: int
    state: ErasureState
    steps: tuple[Step, ...]
    """Every event on the way, legal holds included."""
    holds: tuple[HoldLine, ...]
    """Legal holds in force: while there is one, nothing is destroyed."""
    destroyed: Destroyed | None
    given_out: tuple[GivenOut, ...]
    """What left the house before and cannot be erased from here."""


async def read_client(call: Call) -> Answered:
    """`GET /v1/clients/{client_id}`."""
    await await_position(call)
    client, events = await client_asked(call)
    tag = f'"{events[-1].originator_version}"'
    same = None if client.erased else unchanged(call, tag)
    if same:
        return same
    client_id = client.client_id
    known = replay_client(client_id, await open_client(call, client, Reading.DETAILS, events))
    if known.details is None:
        raise ValueError("a registered client has details")
    view = ClientView(
        client_id=client_id,
        version=known.version,
        position=known.position,
        details=known.details,
    )
    return read_answer(view, tag, known.position)


async def read_client_trail(call: Call) -> Answered:
    """`GET /v1/clients/{client_id}/audit-trail`: what was held on them before, and why not now."""
    client, events = await client_asked(call)
    trail = audit_trail(await open_client(call, client, Reading.DETAILS_TRAIL, events))
    return read_answer(trail, f'"{trail.version}"', trail.position)


async def read_erasure(call: Call) -> Answered:
    """`GET /v1/clients/{client_id}/erasure`: nothing personal is in it, before or after."""
    await await_position(call)
    client, events = await client_asked(call)
    today = call.services.today(HOME_ZONE)
    log = call.services.casework.log
    left: list[GivenOut] = []
    for case_id in await _cases(call, client):
        left += given_out(await log.read_stream(call.organisation, case_id))
    reading = ErasureReading(
        client_id=client.client_id,
        version=client.version,
        position=client.position,
        state=client.erasure,
        steps=steps_of(events),
        holds=hold_lines(client, today),
        destroyed=await _destroyed(call, client),
        given_out=tuple(sorted(left, key=lambda one: one.position)),
    )
    return read_answer(reading, f'"{client.version}"', client.position)


async def _cases(call: Call, client: Client) -> Sequence[UUID]:
    if client.erased is not None and isinstance(client.erased.fact, ClientErased):
        return client.erased.fact.cases
    forgetting = Forgetting(call.services.casework, call.services.evidence)
    found = await forgetting.cases_of(call.organisation, client.client_id)
    return [case.case_id for case in found]


async def _destroyed(call: Call, client: Client) -> Destroyed | None:
    if client.erased is None or not isinstance(client.erased.fact, ClientErased):
        return None
    found = await call.services.casework.client(call.organisation, client.client_id)
    return Destroyed(
        is_key_destroyed=found.details is not None and found.details.name.erased,
        cases=client.erased.fact.cases,
        files=client.erased.fact.files,
    )


async def client_asked(call: Call) -> tuple[Client, list[Recorded]]:
    """The client as they stand now, and their events as known then."""
    client_id = call.id("client_id")
    stands = await call.services.casework.events(call.organisation, client_id)
    position = await known_at(call) if call.query.has("known_at") else None
    events = [event for event in stands if position is None or event.position <= position]
    if not events or not isinstance(events[0].fact, ClientRegistered):
        raise Problem("client-unknown", f"no client {client_id}")
    return replay_client(client_id, stands), events
