"""What a write is answered with: what it led to, or would lead to, or why it was not done."""

from typing import Any, Literal, cast
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.capabilities import Capability
from api.orders import is_dry_run
from api.problems import Problem, refused
from api.responses import json_answer
from domain.cases.corrections import CaseFact
from domain.cases.history import replay
from domain.casework import Answer, Outcome, Stale, case_zone
from domain.clients import ClientFact
from domain.facts import Fact
from domain.figures.position import Position, position
from domain.members import MemberFact
from domain.organisation import RetentionRuleSet
from domain.recorded import Recorded
from domain.refusals import Refusal


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
    facts: tuple[CaseFact | ClientFact | RetentionRuleSet | MemberFact, ...]
    position: Position | None
    """The case's position after it, as of today; null for a client, and without `case:read`."""


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
    # Figures are a reading of the whole case: a right to write gives no right to see them.
    may_read = Capability.CASE_READ in call.caller.capabilities
    if may_read and call.route.path.startswith("/v1/cases"):
        figures = await _figures_after(call, outcome)
    facts = cast("tuple[CaseFact | ClientFact | RetentionRuleSet | MemberFact, ...]", outcome.facts)
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
