"""The client: a person, in a stream of their own, so that they can be forgotten as one."""

from collections.abc import Iterable
from typing import assert_never, cast
from uuid import UUID

import msgspec

from domain.cases.deciding.commands import Rules
from domain.facts import Fact, bind, register
from domain.personal import Personal, map_personal
from domain.recorded import Recorded
from domain.refusals import Code, Refusal


class ClientRegistered(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="client-registered"
):
    """A person became a client. All of it is personal; the stream's id is the client's id."""

    name: Personal[str]
    id_number: Personal[str] | None = None
    phones: tuple[Personal[str], ...] = ()
    address: Personal[str] | None = None
    note: Personal[str] | None = None


class ClientCorrected(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="client-corrected"):
    """What we hold on a client was wrong or has changed; the earlier entry stays on record."""

    replacement: ClientRegistered
    reason: Personal[str]


ClientFact = ClientRegistered | ClientCorrected
register(ClientRegistered, ClientCorrected)


class RegisterClient(msgspec.Struct, frozen=True):
    """Take a person on as a client."""

    details: ClientRegistered


class CorrectClient(msgspec.Struct, frozen=True, kw_only=True):
    """Replace what we hold on a client."""

    replacement: ClientRegistered
    reason: Personal[str]


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A client as they stand."""

    client_id: UUID
    version: int = 0
    position: int = 0
    details: ClientRegistered | None = None
    """None: no such client."""


def replay_client(client_id: UUID, events: Iterable[Recorded]) -> Client:
    """The client after these events of their stream."""
    client = Client(client_id=client_id)
    for event in events:
        client = evolve_client(client, event)
    return client


def evolve_client(client: Client, event: Recorded) -> Client:
    """The client after one more event. Total, never failing."""
    fact = cast("ClientFact", event.fact)
    match fact:
        case ClientRegistered():
            details = fact
        case ClientCorrected():
            details = fact.replacement
        case _:
            assert_never(fact)
    return Client(
        client_id=client.client_id,
        version=event.originator_version,
        position=event.position,
        details=details,
    )


def decide_client(
    client: Client, command: RegisterClient | CorrectClient, rules: Rules
) -> tuple[ClientFact, ...] | Refusal:
    """The facts for a command on a client, or why not. Pure."""
    match command:
        case RegisterClient():
            if client.details is not None:
                return Refusal(code=Code.CLIENT_EXISTS, detail=str(client.client_id))
            fact: ClientFact = command.details
        case CorrectClient():
            if client.details is None:
                return Refusal(code=Code.CLIENT_UNKNOWN, detail=f"no client {client.client_id}")
            if not (command.reason.value or "").strip():
                return Refusal(code=Code.REASON_MISSING, field="reason")
            fact = ClientCorrected(replacement=command.replacement, reason=command.reason)
        case _:
            assert_never(command)
    return _check_texts(fact, rules) or (bind(fact, client.client_id),)


def _check_texts(fact: ClientFact, rules: Rules) -> Refusal | None:
    found: list[Refusal] = []

    def look(path: str, personal: Personal[str]) -> Personal[str]:
        text = personal.value or ""
        if not text.strip():
            found.append(Refusal(code=Code.TEXT_EMPTY, field=path))
        elif "\0" in text:
            found.append(Refusal(code=Code.TEXT_UNUSABLE, field=path))
        elif len(text) > rules.personal_chars_max:
            detail = f"{len(text)} characters; at most {rules.personal_chars_max}"
            found.append(Refusal(code=Code.TEXT_TOO_LONG, field=path, detail=detail))
        return personal

    map_personal(fact, look)
    return found[0] if found else None
