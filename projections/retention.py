"""Retention: whose records may go, on what day, by which rule, and what still holds them.

Computed from the journal whenever it is asked for. Nothing here needs a key: days, outcomes and
rules are never personal.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.erasing import CaseErased
from domain.cases.history import CaseStatus, History, replay
from domain.cases.intake import CaseClosed, CaseOpened, CaseReopened, CloseReason
from domain.clients import Client, ClientRegistered, replay_client
from domain.clients.client import ErasureState
from domain.clients.erasure import ClientErased, ErasureGranted, ErasureRefused, ErasureRequested
from domain.clients.holds import HeldFor, LegalHoldLifted, LegalHoldPlaced
from domain.organisation import Organisation, RetentionRuleSet
from domain.recorded import Recorded

TOPICS: Final = tuple(
    fact.TOPIC
    for fact in (
        ClientRegistered,
        LegalHoldPlaced,
        LegalHoldLifted,
        ErasureRequested,
        ErasureGranted,
        ErasureRefused,
        ClientErased,
        CaseOpened,
        CaseClosed,
        CaseReopened,
        CaseErased,
        EntryCorrected,
        EntryWithdrawn,
    )
)
"""What the lists below are computed from, beside the organisation's own stream."""

HOLD_TOPICS: Final = tuple(
    fact.TOPIC for fact in (ClientRegistered, LegalHoldPlaced, LegalHoldLifted, ClientErased)
)
"""What the list of holds alone is computed from."""


class HoldLine(msgspec.Struct, frozen=True, kw_only=True):
    """A legal hold in force."""

    hold_id: UUID
    client_id: UUID
    held_for: HeldFor
    placed_on: date
    review_on: date
    is_due: bool
    """Whether the day to review it has come."""


class RuleBehind(msgspec.Struct, frozen=True, kw_only=True):
    """The rule that gives a day."""

    event_id: UUID
    position: int
    outcome: CloseReason | None
    years: int
    legal_basis: str


class RetentionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A client all of whose cases are closed."""

    client_id: UUID
    cases: int
    last_closed_on: date
    due_on: date | None
    """From this day on the records may go; None where no rule covers one of the cases."""
    case_id: UUID
    """The case that has the day, or that lacks a rule."""
    rule: RuleBehind | None
    is_due: bool
    """Whether the day has come and nothing holds the records."""
    holds: tuple[HoldLine, ...]
    erasure: ErasureState


class RetentionList(msgspec.Struct, frozen=True, kw_only=True):
    """Every client: those that are over, by day, and how many are not."""

    as_of: date
    lines: tuple[RetentionLine, ...]
    open: int
    """Clients with a case that is not closed."""
    without_case: int
    erased: int


class _Clients(msgspec.Struct):
    clients: list[Client]
    cases: dict[UUID, list[History]]


def retention(events: Iterable[Recorded], organisation: Organisation, as_of: date) -> RetentionList:
    """The list of a day, from the events of TOPICS in journal order. Pure."""
    found = _sorted_out(events)
    lines: list[RetentionLine] = []
    counts = dict.fromkeys(("open", "without_case", "erased"), 0)
    for client in found.clients:
        cases = found.cases.get(client.client_id, [])
        kind = _kind(client, cases)
        if kind is None:
            lines.append(_line(client, cases, organisation, as_of))
        else:
            counts[kind] += 1
    lines.sort(key=sort_key)
    return RetentionList(as_of=as_of, lines=tuple(lines), **counts)


def sort_key(line: RetentionLine) -> tuple[date, UUID]:
    """By day, those without one at the end."""
    return line.due_on or date.max, line.client_id


def holds(events: Iterable[Recorded], as_of: date) -> tuple[HoldLine, ...]:
    """Every hold in force, by the day to review it. Pure."""
    lines = [line for client in _sorted_out(events).clients for line in hold_lines(client, as_of)]
    return tuple(sorted(lines, key=lambda line: (line.review_on, line.hold_id)))


def hold_lines(client: Client, as_of: date) -> tuple[HoldLine, ...]:
    """A client's holds in force."""
    return tuple(
        HoldLine(
            hold_id=hold_id,
            client_id=client.client_id,
            held_for=hold.held_for,
            placed_on=hold.placed_on,
            review_on=hold.review_on,
            is_due=hold.review_on <= as_of,
        )
        for hold_id, hold in client.holds.items()
    )


def _sorted_out(events: Iterable[Recorded]) -> _Clients:
    streams: dict[UUID, list[Recorded]] = defaultdict(list)
    for event in events:
        streams[event.originator_id].append(event)
    found = _Clients([], defaultdict(list))
    for stream, own in streams.items():
        if isinstance(own[0].fact, ClientRegistered):
            found.clients.append(replay_client(stream, own))
        elif isinstance(own[0].fact, CaseOpened):
            found.cases[own[0].fact.client_id].append(replay(stream, own))
    return found


def _kind(client: Client, cases: list[History]) -> str | None:
    """Under which count a client falls; None for one that has a line."""
    if client.erased is not None:
        return "erased"
    if not cases:
        return "without_case"
    is_open = any(case.status is not CaseStatus.CLOSED for case in cases)
    return "open" if is_open else None


def _line(
    client: Client, cases: list[History], organisation: Organisation, as_of: date
) -> RetentionLine:
    ends = [(*_end(case, organisation), case.case_id) for case in cases]
    # A case without a rule stands for all; else the one whose records must be kept longest.
    due_on, rule, _, case_id = max(ends, key=lambda end: (end[0] or date.max, end[3]))
    held = hold_lines(client, as_of)
    return RetentionLine(
        client_id=client.client_id,
        cases=len(cases),
        last_closed_on=max(end[2] for end in ends),
        due_on=due_on,
        case_id=case_id,
        rule=rule,
        is_due=due_on is not None and due_on <= as_of and not held,
        holds=held,
        erasure=client.erasure,
    )


def _end(case: History, organisation: Organisation) -> tuple[date | None, RuleBehind | None, date]:
    closing = [fact for _, fact in case.standing(CaseClosed)][-1]
    event = organisation.retention.get(closing.outcome) or organisation.retention.get(None)
    if event is None or not isinstance(event.fact, RetentionRuleSet):
        return None, None, closing.closed_on
    rule = RuleBehind(
        event_id=event.event_id,
        position=event.position,
        outcome=event.fact.outcome,
        years=event.fact.years,
        legal_basis=event.fact.legal_basis,
    )
    return years_after(closing.closed_on, rule.years), rule, closing.closed_on


def years_after(day: date, years: int) -> date:
    """The corresponding day; where the month has none, its last (民法典 art. 202)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
