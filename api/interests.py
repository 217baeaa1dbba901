"""What ties members to lenders: declared, ended, withdrawn, and listed without any name."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.decoding import decode
from api.orders import command_id_of, order_of
from api.outcomes import answer, settled
from api.reading import await_position
from api.responses import json_answer
from domain.members import InterestDeclared, InterestEnded, InterestWithdrawn
from domain.members.interests import InterestKind
from domain.recorded import Recorded


class InterestLine(msgspec.Struct, frozen=True, kw_only=True):
    """A tie of a member; through whom it runs stays sealed."""

    interest_id: UUID
    member: str
    kind: InterestKind
    company: str
    declared_on: date
    ended_on: date | None


class Interests(msgspec.Struct, frozen=True, kw_only=True):
    """Ties that were not withdrawn, in the order of recording."""

    items: tuple[InterestLine, ...]


def recording_interest(kind: type[Any]) -> Any:
    """The handler that records facts of one kind in a member's stream."""

    async def record(call: Call) -> Answered:
        body = await call.body()
        fact = decode(body, kind)
        order = order_of(call, command_id_of(call), body)
        return await answer(call, settled(await call.services.casework.member_command(order, fact)))

    return record


async def list_interests(call: Call) -> Answered:
    """`GET /v1/interests`."""
    await await_position(call)
    kinds = (InterestDeclared, InterestEnded, InterestWithdrawn)
    topics = [kind.TOPIC for kind in kinds]
    events = await call.services.casework.journal(call.organisation, topics)
    return json_answer(Interests(items=interest_lines(events)))


def interest_lines(events: Iterable[Recorded]) -> tuple[InterestLine, ...]:
    """The ties in events of members' streams, sealed as they are."""
    lines: dict[UUID, InterestLine] = {}
    for event in events:
        match event.fact:
            case InterestDeclared() as fact:
                lines[event.event_id] = InterestLine(
                    interest_id=event.event_id,
                    member=fact.member,
                    kind=fact.kind,
                    company=fact.company,
                    declared_on=fact.declared_on,
                    ended_on=None,
                )
            case InterestEnded() as fact:
                line = lines[fact.interest_id]
                lines[fact.interest_id] = msgspec.structs.replace(line, ended_on=fact.ended_on)
            case InterestWithdrawn() as fact:
                lines.pop(fact.interest_id, None)
    return tuple(lines.values())
