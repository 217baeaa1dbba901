"""A client as they stand: the fold over their stream."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, assert_never, cast, get_args
from uuid import UUID

import msgspec

from domain.clients.entries import ClientEntry, ClientEntryWithdrawn
from domain.clients.erasure import (
    ClientErased,
    ErasureGranted,
    ErasureRefused,
    ErasureRequested,
)
from domain.clients.holds import LegalHoldLifted, LegalHoldPlaced
from domain.clients.identity import ClientCorrected, ClientRegistered
from domain.facts import register
from domain.recorded import Recorded

ClientFact = (
    ClientRegistered
    | ClientCorrected
    | ErasureRequested
    | ErasureGranted
    | ErasureRefused
    | ClientErased
    | LegalHoldPlaced
    | LegalHoldLifted
    | ClientEntry
    | ClientEntryWithdrawn
)
register(*get_args(ClientFact))


class ErasureState(StrEnum):
    """How far the forgetting of a client has come."""

    NONE = "none"
    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    ERASED = "erased"


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A client as they stand."""

    client_id: UUID
    version: int = 0
    position: int = 0
    details: ClientRegistered | None = None
    """None: no such client."""
    erasure: ErasureState = ErasureState.NONE
    granted: tuple[UUID, ErasureGranted] | None = None
    """The decision in force that they are to be forgotten, with its event id."""
    erased: Recorded | None = None
    """The `client-erased`, once there is one: what a 410 refers to."""
    holds: dict[UUID, LegalHoldPlaced] = {}
    """Legal holds that stand, by their event id, oldest first."""
    entries: dict[UUID, ClientEntry] = {}
    """Consents, authorities, wishes and households that were not withdrawn, in the order of
    recording."""


def replay_client(client_id: UUID, events: Iterable[Recorded]) -> Client:
    """The client after these events of their stream."""
    client = Client(client_id=client_id)
    for event in events:
        client = evolve_client(client, event)
    return client


def evolve_client(client: Client, event: Recorded) -> Client:
    """The client after one more event. Total, never failing."""
    return msgspec.structs.replace(
        client,
        version=event.originator_version,
        position=event.position,
        **_changes(client, event),
    )


def _changes(client: Client, event: Recorded) -> dict[str, Any]:
    fact = cast("ClientFact", event.fact)
    if isinstance(fact, ClientEntry | ClientEntryWithdrawn):
        return {"entries": _entries(client, event.event_id, fact)}
    match fact:
        case ClientRegistered():
            return {"details": fact}
        case ClientCorrected():
            return {"details": fact.replacement}
        case ErasureRequested():
            return {"erasure": ErasureState.REQUESTED, "granted": None}
        case ErasureGranted():
            return {"erasure": ErasureState.GRANTED, "granted": (event.event_id, fact)}
        case ErasureRefused():
            return {"erasure": ErasureState.REFUSED, "granted": None}
        case ClientErased():
            return {"erasure": ErasureState.ERASED, "erased": event}
        case LegalHoldPlaced():
            return {"holds": {**client.holds, event.event_id: fact}}
        case LegalHoldLifted():
            left = {hold: placed for hold, placed in client.holds.items() if hold != fact.hold_id}
            return {"holds": left}
        case _:
            assert_never(fact)


def _entries(
    client: Client, event_id: UUID, fact: ClientEntry | ClientEntryWithdrawn
) -> dict[UUID, ClientEntry]:
    if isinstance(fact, ClientEntryWithdrawn):
        return {key: entry for key, entry in client.entries.items() if key != fact.entry_id}
    return {**client.entries, event_id: fact}
