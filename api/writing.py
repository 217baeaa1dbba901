"""Commands: decode the body, give the order, answer with what it led to. One way for all."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal, cast
from uuid import UUID, uuid5

import msgspec

from api.call import Answered, Call
from api.decoding import decode
from api.orders import command_id_of, expected_version, is_dry_run, order_of
from api.problems import Problem, refused
from api.responses import json_answer
from domain.cases.corrections import CaseFact, Correctable
from domain.cases.deciding import Command, Correct, Record, Withdraw
from domain.cases.history import replay
from domain.cases.intake import CaseOpened
from domain.casework import Answer, Outcome, Stale, case_zone
from domain.clients import ClientFact, ClientRegistered, CorrectClient, RegisterClient
from domain.facts import Fact
from domain.figures.position import Position, position
from domain.personal import Personal
from domain.recorded import Recorded
from domain.refusals import Refusal

Handler = Callable[[Call], Awaitable[Answered]]


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What a write led to."""

    stream: UUID
    version: int
    position: int
    """Journal position; a read with `min_position` of it sees this write."""
    entry_id: UUID
    entry_ids: tuple[UUID, ...]
    repeated: bool
    """Whether it was there before, under the same Idempotency-Key."""


class ClientWritten(Written, frozen=True, kw_only=True):
    """A client was registered."""

    client_id: UUID


class CaseWritten(Written, frozen=True, kw_only=True):
    """A case was opened."""

    case_id: UUID


class Rehearsed(msgspec.Struct, frozen=True, kw_only=True):
    """What a write would lead to; nothing was written."""

    dry_run: Literal[True] = True
    version: int
    """The stream's version after it."""
    facts: tuple[CaseFact | ClientFact, ...]
    position: Position | None
    """The case's position after it, as of today; null for a client."""


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Replace what an entry says by a whole fact of the same topic."""

    entry_id: UUID
    replacement: Correctable
    reason: Personal[str]


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say that an entry should never have been recorded."""

    entry_id: UUID
    reason: Personal[str]


class ClientCorrection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Replace what we hold on a client."""

    replacement: ClientRegistered
    reason: Personal[str]


async def register_client(call: Call) -> Answered:
    """`POST /v1/clients`."""
    body = await call.body()
    command_id = command_id_of(call)
    client_id = uuid5(command_id, "client")
    details = decode(body, ClientRegistered)
    order = order_of(call, command_id, body)
    outcome = settled(
        await call.services.casework.client_command(order, client_id, RegisterClient(details))
    )
    headers = {"Location": f"/v1/clients/{client_id}"}
    return await answer(call, outcome, ClientWritten, {"client_id": client_id}, headers)


async def correct_client(call: Call) -> Answered:
    """`POST /v1/clients/{client_id}/corrections`."""
    expected_version(call)
    body = await call.body()
    correction = decode(body, ClientCorrection)
    command = CorrectClient(replacement=correction.replacement, reason=correction.reason)
    order = order_of(call, command_id_of(call), body)
    return await answer(
        call,
        settled(await call.services.casework.client_command(order, call.id("client_id"), command)),
    )


async def open_case(call: Call) -> Answered:
    """`POST /v1/cases`."""
    body = await call.body()
    command_id = command_id_of(call)
    case_id = uuid5(command_id, "case")
    command = Record(decode(body, CaseOpened))
    order = order_of(call, command_id, body)
    outcome = settled(await call.services.casework.case_command(order, case_id, command))
    headers = {"Location": f"/v1/cases/{case_id}"}
    return await answer(call, outcome, CaseWritten, {"case_id": case_id}, headers)


def recording(kind: type[Fact]) -> Handler:
    """The handler that records facts of one kind in a case."""

    async def record(call: Call) -> Answered:
        return await _case_command(call, kind, Record)

    return record


async def correct_entry(call: Call) -> Answered:
    """`POST .../corrections`."""
    return await _case_command(call, Correction, _correct)


async def withdraw_entry(call: Call) -> Answered:
    """`POST .../withdrawals`."""
    return await _case_command(call, Withdrawal, _withdraw)


def _correct(said: Correction) -> Correct:
    return Correct(entry_id=said.entry_id, replacement=said.replacement, reason=said.reason)


def _withdraw(said: Withdrawal) -> Withdraw:
    return Withdraw(entry_id=said.entry_id, reason=said.reason)


async def _case_command(call: Call, kind: type[Any], made: Callable[[Any], Command]) -> Answered:
    expected_version(call)
    body = await call.body()
    command = made(decode(body, kind))
    order = order_of(call, command_id_of(call), body)
    case_id = call.id("case_id")
    return await answer(
        call, settled(await call.services.casework.case_command(order, case_id, command))
    )


def settled(said: Answer) -> Outcome:
    """The outcome, or its problem: a refusal, or 412 when the version seen is not the newest."""
    if isinstance(said, Refusal):
        raise refused(said)
    if isinstance(said, Stale):
        detail = f"you saw version {said.expected}; it is at {said.actual} now"
        raise Problem("version-stale", detail, field="If-Match")
    return said


async def answer(
    call: Call,
    outcome: Outcome,
    kind: type[Written] = Written,
    more: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Answered:
    """What a write is answered with."""
    if is_dry_run(call):
        return await _rehearsal(call, outcome)
    if outcome.position is None:
        raise ValueError("an outcome that was recorded has a position")
    written = kind(
        stream=outcome.stream,
        version=outcome.version,
        position=outcome.position,
        entry_id=outcome.entry_ids[0],
        entry_ids=outcome.entry_ids,
        repeated=outcome.repeated,
        **(more or {}),
    )
    said = {"ETag": f'"{outcome.version}"', "Mingzhang-Position": str(outcome.position)}
    if outcome.repeated:
        said["Idempotency-Replayed"] = "true"
    return json_answer(written, status=201, headers=said | (headers or {}))


async def _rehearsal(call: Call, outcome: Outcome) -> Answered:
    figures = None
    if call.route.path.startswith("/v1/cases"):
        figures = await _figures_after(call, outcome)
    facts = cast("tuple[CaseFact | ClientFact, ...]", outcome.facts)
    return json_answer(
        Rehearsed(version=outcome.version, facts=facts, position=figures),
        headers={"ETag": f'"{outcome.version - len(outcome.facts)}"'},
    )


async def _figures_after(call: Call, outcome: Outcome) -> Position:
    services = call.services
    before = outcome.version - len(outcome.facts)
    stored = await services.casework.events(call.organisation, outcome.stream)
    # Someone may have recorded more meanwhile; the figures go with the facts shown.
    events = [event for event in stored if event.originator_version <= before]
    head = await services.casework.log.head(call.organisation)
    for number, fact in enumerate(outcome.facts, 1):
        events.append(_imagined(call, outcome, before + number, head.position + number, fact))
    history = replay(outcome.stream, events)
    return position(history, services.today(case_zone(history)))


def _imagined(call: Call, outcome: Outcome, version: int, place: int, fact: Fact) -> Recorded:
    return Recorded(
        originator_id=outcome.stream,
        originator_version=version,
        event_id=call.services.new_id(),
        position=place,
        recorded_at=call.services.clock(),
        actor=call.caller.actor,
        fact=fact,
    )
