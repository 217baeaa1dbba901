"""Erasures: what was destroyed, when, by whom, on what ground; and what had left the house before.

No personal value is in any of it: ids, days, coded grounds and provisions.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from domain.clients.erasure import ClientErased, ErasureGranted, ErasureRefused, ErasureRequested
from domain.clients.holds import LegalHoldLifted, LegalHoldPlaced
from domain.facts import Fact
from domain.log import StoredEvent
from domain.recorded import Recorded

REPORTED: Final = (ErasureRequested.TOPIC, ErasureGranted.TOPIC, ClientErased.TOPIC)
"""What the destruction report is computed from."""

GIVEN_OUT: Final = ("case-exported", "figures-stated")
"""Topics of a case that say something left the house, by name: a release may lack one."""

_STEPS: Final = (
    ErasureRequested,
    ErasureGranted,
    ErasureRefused,
    ClientErased,
    LegalHoldPlaced,
    LegalHoldLifted,
)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One event on the way to an erasure, or a hold that stood in it."""

    event_id: UUID
    position: int
    recorded_at: datetime
    actor: str
    topic: str
    day: date
    ground: str | None
    legal_basis: str | None


class ErasureLine(msgspec.Struct, frozen=True, kw_only=True):
    """One client who was erased."""

    client_id: UUID
    erased: Step
    decision: Step | None
    request: Step | None
    cases: tuple[UUID, ...]
    files: int
    """Evidence files that were destroyed."""


class GivenOut(msgspec.Struct, frozen=True, kw_only=True):
    """Something that left the house before: it cannot be erased from here."""

    case_id: UUID
    event_id: UUID
    position: int
    recorded_at: datetime
    actor: str
    topic: str
    on: date | None
    to: str | None
    """To what kind of recipient; who it was is sealed, and gone with the client."""


def erasure_report(events: Iterable[Recorded]) -> tuple[ErasureLine, ...]:
    """The destruction report, in the order of recording, from the events of REPORTED. Pure."""
    steps: dict[UUID, Step] = {}
    requests: dict[UUID, Step] = {}
    lines: list[ErasureLine] = []
    for event in events:
        step = _step(event)
        steps[event.event_id] = step
        if isinstance(event.fact, ErasureRequested):
            requests[event.originator_id] = step
        if isinstance(event.fact, ClientErased):
            lines.append(
                ErasureLine(
                    client_id=event.originator_id,
                    erased=step,
                    decision=steps.get(event.fact.decision_id),
                    request=requests.get(event.originator_id),
                    cases=event.fact.cases,
                    files=len(event.fact.files),
                )
            )
    return tuple(lines)


def steps_of(events: Iterable[Recorded]) -> tuple[Step, ...]:
    """The steps in a client's own stream, in order."""
    return tuple(_step(event) for event in events if isinstance(event.fact, _STEPS))


def given_out(events: Sequence[StoredEvent]) -> tuple[GivenOut, ...]:
    """What of a case left the house, from its stored events. Pure.

    Read as JSON and not as facts: an export may have been recorded by a newer release.
    """
    return tuple(_given(event) for event in events if event.topic in GIVEN_OUT)


def _given(event: StoredEvent) -> GivenOut:
    body: dict[str, Any] = msgspec.json.decode(event.body)
    on = body.get("exported_on") or body.get("stated_on")
    return GivenOut(
        case_id=event.stream,
        event_id=event.event_id,
        position=event.position,
        recorded_at=event.recorded_at,
        actor=event.actor,
        topic=event.topic,
        on=date.fromisoformat(on) if on else None,
        to=body.get("exported_to") or body.get("stated_to"),
    )


def _step(event: Recorded) -> Step:
    fact: Fact = event.fact
    day = fact.happened()
    if event.recorded_at is None or not isinstance(day, date):
        raise ValueError(f"event {event.event_id} is no step of an erasure that was recorded")
    ground = getattr(fact, "ground", None) or getattr(fact, "held_for", None)
    return Step(
        event_id=event.event_id,
        position=event.position,
        recorded_at=event.recorded_at,
        actor=event.actor,
        topic=fact.TOPIC,
        day=day,
        ground=None if ground is None else str(ground),
        legal_basis=getattr(fact, "legal_basis", None),
    )
