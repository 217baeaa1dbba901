"""Commands: decode the body, give the order, answer with what it led to. One way for all."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid5

import msgspec

from api.call import Answered, Call
from api.decoding import decode
from api.orders import command_id_of, expected_version, order_of
from api.outcomes import CaseWritten, ClientWritten, answer, settled
from domain.cases.corrections import Correctable
from domain.cases.deciding import Command, Correct, Record, Withdraw
from domain.cases.intake import CaseOpened
from domain.clients import ClientRegistered, CorrectClient, RegisterClient
from domain.facts import Fact
from domain.personal import Personal

Handler = Callable[[Call], Awaitable[Answered]]


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
