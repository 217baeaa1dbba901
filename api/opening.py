"""Personal data on their way out: refused once the client is erased, and put on record before.

Every reading that opens a sealed value comes through here.
"""

from collections.abc import Sequence
from uuid import UUID

from api.call import Call
from api.problems import ErasureReference, Problem, invalid
from api.reading import Known, subject_of
from domain.accesses import Purpose, Reader, Reading
from domain.clients import Client, replay_client
from domain.personal import Personal, map_personal
from domain.recorded import Recorded


def reader_of(call: Call) -> Reader:
    """Who reads, and what for: the header Purpose, by default casework."""
    given = call.request.headers.getall("purpose", [])
    try:
        purpose = Purpose(given[0]) if given else Purpose.CASEWORK
    except ValueError:
        purpose = None
    if purpose is None or len(given) > 1:
        raise invalid("Purpose", f"one of: {', '.join(Purpose)}")
    return Reader(organisation=call.organisation, actor=call.caller.actor, purpose=purpose)


async def gone(call: Call, client_id: UUID) -> Problem:
    """The problem that answers for an erased client, with the event it rests on."""
    events = await call.services.casework.events(call.organisation, client_id)
    return gone_problem(replay_client(client_id, events))


def gone_problem(client: Client) -> Problem:
    """The same for a client who was read already."""
    if client.erased is None:
        # The key is gone and the journal does not say why: an older copy of it runs here.
        return Problem("client-erased", f"the data key of client {client.client_id} is destroyed")
    reference = ErasureReference(
        client_id=client.client_id,
        event_id=client.erased.event_id,
        position=client.erased.position,
    )
    detail = f"client {client.client_id} was erased at position {reference.position}"
    return Problem("client-erased", detail, erasure=reference)


async def refuse_erased(call: Call, known: Known) -> None:
    """410 for a case whose client is erased: before anything is compared or opened."""
    if known.is_erased:
        raise await gone(call, subject_of(known.history))


async def open_case(
    call: Call, known: Known, reading: Reading, events: Sequence[Recorded] | None = None
) -> list[Recorded]:
    """A case's facts, or some of them, with personal values open; the access is on record."""
    reader = reader_of(call)
    await refuse_erased(call, known)
    client_id, case_id = subject_of(known.history), known.history.case_id
    await call.services.casework.accesses.reading(reader, client_id, reading, case_id)
    return await _opened(call, known.events if events is None else events, client_id)


async def open_client(
    call: Call, client: Client, reading: Reading, events: Sequence[Recorded]
) -> list[Recorded]:
    """A client's facts with personal values open; the access is on record."""
    reader = reader_of(call)
    if client.erased is not None:
        raise gone_problem(client)
    await call.services.casework.accesses.reading(reader, client.client_id, reading)
    return await _opened(call, events, client.client_id)


async def _opened(call: Call, events: Sequence[Recorded], client_id: UUID) -> list[Recorded]:
    opened = await call.services.casework.open(call.organisation, events)
    # Erased between our look and our opening: nothing of it is shown, not even its gaps.
    if _is_gone(opened, client_id):
        raise await gone(call, client_id)
    return opened


def _is_gone(events: Sequence[Recorded], client_id: UUID) -> bool:
    """Whether the client's key is destroyed: one value tells, for there is one key."""
    found: list[bool] = []

    def look(_: str, personal: Personal[str]) -> Personal[str]:
        if personal.subject == client_id:
            found.append(personal.erased)
        return personal

    for event in events:
        map_personal(event.fact, look)
        if found:
            return found[0]
    return False
