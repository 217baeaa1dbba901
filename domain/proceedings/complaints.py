"""Complaints on a day: steps done, clocks, what they lack, and where they can go next."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.complaints import (
    ComplaintAnswered,
    ComplaintChannel,
    ComplaintExtended,
    ComplaintFact,
    ComplaintFiled,
    ComplaintMerged,
    ComplaintOutcome,
    ComplaintPassedOn,
    ComplaintReceived,
    ComplaintWithdrawn,
    Ground,
    ReviewAsked,
    ReviewDecided,
)
from domain.cases.evidence import EvidenceLinked
from domain.cases.history import History
from domain.deadlines.clock import Event
from domain.deadlines.complaints import complaint_deadlines
from domain.deadlines.deadline import Deadline, State, Words
from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.rules.cn.channels import CHANNELS, Channel, Needed


class ComplaintState(StrEnum):
    """How far a complaint has come."""

    SENT = "sent"
    RECEIVED = "received"
    HELD = "held"
    """A holding letter came."""
    PASSED_ON = "passed-on"
    ANSWERED = "answered"
    UNDER_REVIEW = "under-review"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a complaint."""

    on: date
    entry_id: UUID
    topic: str


class ComplaintReading(msgspec.Struct, frozen=True, kw_only=True):
    """One complaint."""

    complaint_id: UUID
    channel: ComplaintChannel
    addressee: Words
    respondent: str
    grounds: tuple[Ground, ...]
    filed_on: date
    state: ComplaintState
    outcome: ComplaintOutcome | None
    steps: tuple[Step, ...]
    deadlines: tuple[Deadline, ...]
    escalates: UUID | None
    escalated_to: tuple[UUID, ...]
    """Later complaints that take this one further."""
    merged_into: UUID | None
    evidence: tuple[UUID, ...]
    """Items that it names, or that are linked to it."""
    needs: tuple[Needed, ...]
    """What a complaint by this channel has to hold (办法 13, 14); empty: not established."""
    lacks: tuple[str, ...]
    """Codes of `needs` that the record does not show for this complaint."""
    next_channels: tuple[Words, ...]
    """Where it can go, once it was refused or its clock has run out."""


class Complaints(msgspec.Struct, frozen=True, kw_only=True):
    """A case's complaints on a day, oldest first."""

    case_id: UUID
    position: int
    as_of: date
    pack: str | None
    data: str | None
    complaints: tuple[ComplaintReading, ...]


def complaints(history: History, as_of: date, books: Books | Unknown) -> Complaints:
    """How each complaint stands on `as_of`. Pure."""
    filed = [
        (complaint_id, fact)
        for complaint_id, fact in history.standing(ComplaintFiled)
        if fact.occurred_on <= as_of
    ]
    filed.sort(key=lambda each: (each[1].occurred_on, each[0].int))
    running = tuple(complaint_deadlines(history, as_of, books))
    return Complaints(
        case_id=history.case_id,
        position=history.position,
        as_of=as_of,
        pack=None if isinstance(books, Unknown) else books.pack.reference,
        data=None if isinstance(books, Unknown) else books.data.version,
        complaints=tuple(_reading(history, as_of, running, *each) for each in filed),
    )


_STEPS = (
    ComplaintReceived
    | ComplaintExtended
    | ComplaintPassedOn
    | ComplaintAnswered
    | ReviewAsked
    | ComplaintWithdrawn
    | ComplaintMerged
)

_STATE: dict[str, ComplaintState] = {
    "complaint-filed": ComplaintState.SENT,
    "complaint-received": ComplaintState.RECEIVED,
    "complaint-extended": ComplaintState.HELD,
    "complaint-passed-on": ComplaintState.PASSED_ON,
    "complaint-answered": ComplaintState.ANSWERED,
    "review-asked": ComplaintState.UNDER_REVIEW,
    "review-decided": ComplaintState.REVIEWED,
    "complaint-withdrawn": ComplaintState.WITHDRAWN,
    "complaint-merged": ComplaintState.MERGED,
}
_RANK = {topic: rank for rank, topic in enumerate(_STATE)}


def _facts(history: History, complaint_id: UUID, as_of: date) -> list[tuple[Event, ComplaintFact]]:
    """What happened to a complaint by day; on one day in the order in which it can happen."""
    found: list[tuple[Event, ComplaintFact]] = []
    own: set[UUID] = set()
    for kind in (_STEPS, ReviewDecided):
        for entry in history.entries.values():
            fact = entry.fact
            if entry.is_withdrawn or not isinstance(fact, kind) or fact.occurred_on > as_of:
                continue
            about = fact.review_id if isinstance(fact, ReviewDecided) else fact.complaint_id
            if about == complaint_id or about in own:
                found.append((Event(fact.occurred_on, entry.entry_id), fact))
                if isinstance(fact, ReviewAsked):
                    own.add(entry.entry_id)
    return sorted(found, key=lambda each: (each[0].on, _RANK[each[1].TOPIC], each[0].entry_id.int))


def _reading(
    history: History,
    as_of: date,
    running: tuple[Deadline, ...],
    complaint_id: UUID,
    fact: ComplaintFiled,
) -> ComplaintReading:
    steps = _facts(history, complaint_id, as_of)
    own = {complaint_id, *(event.entry_id for event, _ in steps)}
    deadlines = tuple(each for each in running if each.entry_id in own)
    outcomes = [s.outcome for _, s in steps if isinstance(s, ComplaintAnswered | ReviewDecided)]
    merged = [s.into_id for _, s in steps if isinstance(s, ComplaintMerged)]
    channel, items = CHANNELS[fact.channel], _evidence(history, complaint_id, fact)
    state = _STATE[steps[-1][1].TOPIC] if steps else ComplaintState.SENT
    return ComplaintReading(
        complaint_id=complaint_id,
        channel=fact.channel,
        addressee=Words(channel.zh, channel.en),
        respondent=fact.respondent,
        grounds=fact.grounds,
        filed_on=fact.occurred_on,
        state=state,
        outcome=outcomes[-1] if outcomes else None,
        steps=tuple(
            Step(on=event.on, entry_id=event.entry_id, topic=s.TOPIC) for event, s in steps
        ),
        deadlines=deadlines,
        escalates=fact.escalates,
        escalated_to=_escalated(history, complaint_id, as_of),
        merged_into=merged[-1] if merged else None,
        evidence=items,
        needs=channel.needs,
        lacks=tuple(_lacks(fact, items, channel)),
        next_channels=_next(channel, state, outcomes, deadlines),
    )


def _evidence(history: History, complaint_id: UUID, fact: ComplaintFiled) -> tuple[UUID, ...]:
    linked = [
        link.item_id
        for _, link in history.standing(EvidenceLinked)
        if link.entry_id == complaint_id
    ]
    return tuple(dict.fromkeys([*fact.evidence, *sorted(linked)]))


def _escalated(history: History, complaint_id: UUID, as_of: date) -> tuple[UUID, ...]:
    return tuple(
        sorted(
            other_id
            for other_id, other in history.standing(ComplaintFiled)
            if other.escalates == complaint_id and other.occurred_on <= as_of
        )
    )


def _lacks(fact: ComplaintFiled, items: tuple[UUID, ...], channel: Channel) -> list[str]:
    """What the record shows to be missing; identity and authority are in the letter itself."""
    missing = {"facts": fact.statement is None, "request": fact.statement is None}
    missing["grounds"] = not items
    return [need.code for need in channel.needs if missing.get(need.code)]


def _next(
    channel: Channel,
    state: ComplaintState,
    outcomes: list[ComplaintOutcome],
    deadlines: tuple[Deadline, ...],
) -> tuple[Words, ...]:
    is_over = state in (ComplaintState.WITHDRAWN, ComplaintState.MERGED)
    refused = (
        ComplaintOutcome.REFUSED,
        ComplaintOutcome.PARTLY_UPHELD,
        ComplaintOutcome.NOT_ACCEPTED,
    )
    is_silent = not outcomes and any(each.state is State.MISSED for each in deadlines)
    if is_over or not (is_silent or (outcomes and outcomes[-1] in refused)):
        return ()
    return tuple(Words(CHANNELS[each].zh, CHANNELS[each].en) for each in channel.next)
