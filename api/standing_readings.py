"""How a client stands on a day: consents, authorities, wishes, household, and what is missing."""

from datetime import date
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.client_readings import client_asked
from api.opening import gone_problem, open_client
from api.reading import AXES, await_position, read_answer, unchanged
from domain.accesses import Reading
from domain.casework import HOME_ZONE
from domain.clients import replay_client
from domain.clients.standing import Standing, standing

FORM: Final = "standing/1"


class StandingReading(msgspec.Struct, frozen=True, kw_only=True):
    """A client as they stand on a day, as known at a position."""

    client_id: UUID
    version: int
    """The client's version, for If-Match."""
    position: int
    as_of: date
    standing: Standing


async def read_standing(call: Call) -> Answered:
    """`GET /v1/clients/{client_id}/standing`."""
    await await_position(call)
    client, events = await client_asked(call)
    if client.erased is not None:
        raise gone_problem(client)
    as_of: date = call.query.get("as_of") or call.services.today(HOME_ZONE)
    last = events[-1]
    said = (FORM, client.client_id, last.originator_version, last.position, as_of)
    tag = f'"{sha256(msgspec.json.encode(said)).hexdigest()[:32]}"'
    same = unchanged(call, tag)
    if same:
        return same
    opened = await open_client(call, client, Reading.STANDING, events)
    known = replay_client(client.client_id, opened)
    answer = StandingReading(
        client_id=client.client_id,
        version=known.version,
        position=known.position,
        as_of=as_of,
        standing=standing(known.entries, as_of),
    )
    return read_answer(answer, tag, known.position)


STANDING: Final = (
    Route(
        method="GET",
        path="/v1/clients/{client_id}/standing",
        capability=Capability.CLIENT_READ,
        summary="What a client agreed to and until when, how to reach them, and what is missing.",
        handle=read_standing,
        answer=StandingReading,
        is_personal=True,
        is_reading=True,
        parameters=AXES,
        problems=("client-unknown",),
    ),
)
"""That reading."""
