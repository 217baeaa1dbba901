"""Commands on the way to forgetting a client: requests, decisions, holds, the erasure itself."""

from typing import Any
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.decoding import decode
from api.orders import command_id_of, expected_version, order_of
from api.outcomes import answer, settled
from domain.clients import RecordOnClient
from domain.facts import Fact
from domain.forgetting import Forgetting
from domain.organisation import RetentionRuleSet


class Erasure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Carry out the decision that a client is to be forgotten. It cannot be undone."""

    decision_id: UUID
    """Entry id of the `erasure-granted`."""


def recording_on_client(kind: type[Fact]) -> Any:
    """The handler that records facts of one kind in a client's stream."""

    async def record(call: Call) -> Answered:
        expected_version(call)
        body = await call.body()
        command = RecordOnClient(decode(body, kind))  # type: ignore[arg-type]
        order = order_of(call, command_id_of(call), body)
        client_id = call.id("client_id")
        said = await call.services.casework.client_command(order, client_id, command)
        return await answer(call, settled(said))

    return record


async def erase_client(call: Call) -> Answered:
    """`POST /v1/clients/{client_id}/erasure`."""
    expected_version(call)
    body = await call.body()
    decision_id = decode(body, Erasure).decision_id
    order = order_of(call, command_id_of(call), body)
    forgetting = Forgetting(call.services.casework, call.services.evidence)
    said = await forgetting.erase(order, call.id("client_id"), decision_id)
    return await answer(call, settled(said))


async def set_retention_rule(call: Call) -> Answered:
    """`POST /v1/retention-rules`."""
    body = await call.body()
    rule = decode(body, RetentionRuleSet)
    order = order_of(call, command_id_of(call), body)
    return await answer(
        call, settled(await call.services.casework.organisation_command(order, rule))
    )
