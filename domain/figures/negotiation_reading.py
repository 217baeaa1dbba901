"""Negotiations on a day: proposals with their clocks, answers and silence; papers and gaps."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.negotiating import (
    AnswerKind,
    Offer,
    PaperKind,
    PapersAsked,
    PapersHandedIn,
    ProposalAnswered,
    ProposalKind,
    ProposalMade,
    ProposalWithdrawn,
)
from domain.cases.plans import PlanAgreed
from domain.figures.figure import Unknown
from domain.figures.negotiation_clock import AnswerClock, answer_clock
from domain.figures.offers import offered
from domain.figures.workdays import calendar_of
from domain.money import Money
from domain.rules.books import Books
from domain.rules.reference import Calendar


class Standing(StrEnum):
    """How a proposal stands for one loan."""

    WAITING = "waiting"
    SILENT = "silent"
    """The last day for an answer has passed without one."""
    HOLDING = "holding"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    COUNTER = "counter"
    WITHDRAWN = "withdrawn"


class LoanAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as it stands for one of its loans."""

    loan_id: UUID
    lender: str
    offer: Offer | None
    standing: Standing
    clock: AnswerClock
    answer_id: UUID | None
    """The latest answer for this loan."""
    answered_on: date | None
    days_late: int | None
    """Days from the last day for an answer to it, or to `as_of` while there is none."""
    counter: Offer | None
    answers: tuple[UUID, ...]
    """Every answer for this loan, by day."""


class ProposalStanding(msgspec.Struct, frozen=True, kw_only=True):
    """One proposal on a day."""

    proposal_id: UUID
    kind: ProposalKind
    sent_on: date
    available: Money | None
    offered: Money | None
    statement_id: UUID | None
    withdrawn_on: date | None
    plan_ids: tuple[UUID, ...]
    """Plans that came from it."""
    loans: tuple[LoanAnswer, ...]


class PapersStanding(msgspec.Struct, frozen=True, kw_only=True):
    """One request for papers on a day."""

    asked_id: UUID
    lender: str
    loan_ids: tuple[UUID, ...]
    asked_on: date
    due_on: date | None
    handed_in: tuple[PaperKind, ...]
    missing: tuple[PaperKind, ...]
    complete_on: date | None
    """The day on which the last of them was handed in."""
    days_late: int | None
    hand_ins: tuple[UUID, ...]


class NegotiationsReading(msgspec.Struct, frozen=True, kw_only=True):
    """The negotiations of a case on a day, and what the answer was made with."""

    case_id: UUID
    as_of: date
    known_at: int
    version: int
    pack: str | None
    data: str | None
    proposals: tuple[ProposalStanding, ...]
    papers: tuple[PapersStanding, ...]


def negotiations_reading(
    history: History, as_of: date, books: Books | Unknown
) -> NegotiationsReading:
    """Every proposal and request for papers by `as_of`, by day. Pure."""
    calendar = calendar_of(books)
    return NegotiationsReading(
        case_id=history.case_id,
        as_of=as_of,
        known_at=history.position,
        version=history.version,
        pack=books.pack.reference if isinstance(books, Books) else None,
        data=books.data.version if isinstance(books, Books) else None,
        proposals=tuple(proposals(history, as_of, calendar)),
        papers=tuple(papers(history, as_of)),
    )


def proposals(
    history: History, as_of: date, calendar: Calendar | Unknown
) -> Iterator[ProposalStanding]:
    """Each proposal that went out by `as_of`, by day and id."""
    made = [
        (fact.occurred_on, entry_id, fact)
        for entry_id, fact in history.standing(ProposalMade)
        if fact.occurred_on <= as_of
    ]
    for _, proposal_id, fact in sorted(made, key=lambda each: each[:2]):
        withdrawn_on = _withdrawn_on(history, proposal_id, as_of)
        plans = [
            (plan.occurred_on, plan_id)
            for plan_id, plan in history.standing(PlanAgreed)
            if plan.proposal_id == proposal_id and plan.occurred_on <= as_of
        ]
        yield ProposalStanding(
            proposal_id=proposal_id,
            kind=fact.kind,
            sent_on=fact.occurred_on,
            available=fact.available,
            offered=offered(fact.offers),
            statement_id=fact.statement_id,
            withdrawn_on=withdrawn_on,
            plan_ids=tuple(plan_id for _, plan_id in sorted(plans)),
            loans=tuple(
                _loan(history, proposal_id, fact, loan_id, calendar, withdrawn_on, as_of)
                for loan_id in fact.loan_ids
            ),
        )


def _loan(
    history: History,
    proposal_id: UUID,
    proposal: ProposalMade,
    loan_id: UUID,
    calendar: Calendar | Unknown,
    withdrawn_on: date | None,
    as_of: date,
) -> LoanAnswer:
    answers = sorted(
        (
            (fact.occurred_on, entry_id, fact)
            for entry_id, fact in history.standing(ProposalAnswered)
            if fact.proposal_id == proposal_id
            and loan_id in fact.loan_ids
            and fact.occurred_on <= as_of
        ),
        key=lambda each: each[:2],
    )
    put_off = [each.due_on for _, _, each in answers if each.answer is AnswerKind.HOLDING]
    clock = answer_clock(proposal, calendar, max((d for d in put_off if d), default=None))
    final = next((each for each in answers if each[2].answer is not AnswerKind.HOLDING), None)
    latest = answers[-1] if answers else None
    until = final[0] if final else withdrawn_on or as_of
    late = (until - clock.wanted_by).days
    loan = history.get(loan_id, LoanTaken)
    return LoanAnswer(
        loan_id=loan_id,
        lender=loan.lender if loan else "",
        offer=_of(proposal.offers, loan_id),
        standing=_standing(latest[2] if latest else None, withdrawn_on, is_late=late > 0),
        clock=clock,
        answer_id=latest[1] if latest else None,
        answered_on=latest[0] if latest else None,
        days_late=late if late > 0 else None,
        counter=_of(latest[2].counter, loan_id) if latest else None,
        answers=tuple(entry_id for _, entry_id, _ in answers),
    )


def _standing(
    latest: ProposalAnswered | None, withdrawn_on: date | None, *, is_late: bool
) -> Standing:
    if latest is not None and latest.answer is not AnswerKind.HOLDING:
        return Standing(latest.answer.value)
    if withdrawn_on is not None:
        return Standing.WITHDRAWN
    if is_late:
        return Standing.SILENT
    return Standing.HOLDING if latest else Standing.WAITING


def _of(offers: Sequence[Offer], loan_id: UUID) -> Offer | None:
    return next((offer for offer in offers if offer.loan_id == loan_id), None)


def _withdrawn_on(history: History, proposal_id: UUID, as_of: date) -> date | None:
    days = [
        fact.occurred_on
        for _, fact in history.standing(ProposalWithdrawn)
        if fact.proposal_id == proposal_id and fact.occurred_on <= as_of
    ]
    return min(days, default=None)


def papers(history: History, as_of: date) -> Iterator[PapersStanding]:
    """Each request for papers by `as_of`, by day and id, with what is still missing."""
    asked = [
        (fact.occurred_on, entry_id, fact)
        for entry_id, fact in history.standing(PapersAsked)
        if fact.occurred_on <= as_of
    ]
    for _, asked_id, fact in sorted(asked, key=lambda each: each[:2]):
        handed = sorted(
            (hand.occurred_on, entry_id, hand)
            for entry_id, hand in history.standing(PapersHandedIn)
            if hand.asked_id == asked_id and hand.occurred_on <= as_of
        )
        first = _first_days(fact, handed)
        missing = tuple(kind for kind in fact.papers if kind not in first)
        complete_on = None if missing else max(first.values())
        late = ((complete_on or as_of) - fact.due_on).days if fact.due_on else 0
        yield PapersStanding(
            asked_id=asked_id,
            lender=fact.lender,
            loan_ids=fact.loan_ids,
            asked_on=fact.occurred_on,
            due_on=fact.due_on,
            handed_in=tuple(kind for kind in fact.papers if kind in first),
            missing=missing,
            complete_on=complete_on,
            days_late=late if late > 0 else None,
            hand_ins=tuple(entry_id for _, entry_id, _ in handed),
        )


def _first_days(
    asked: PapersAsked, handed: Sequence[tuple[date, UUID, PapersHandedIn]]
) -> dict[PaperKind, date]:
    """For each paper asked for, the day on which it was first handed in."""
    found: dict[PaperKind, date] = {}
    for day, _, hand in handed:
        for paper in hand.papers:
            if paper.kind in asked.papers:
                found.setdefault(paper.kind, day)
    return found
