"""Deadlines of negotiating: a lender's answer, papers that were asked for, a plan's review."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from domain.cases.history import History
from domain.cases.plans import PlanAgreed
from domain.deadlines.deadline import Deadline, Obliged, State, Words
from domain.figures.figure import Unknown
from domain.figures.negotiation_reading import (
    LoanAnswer,
    PapersStanding,
    ProposalStanding,
    Standing,
    papers,
    proposals,
)
from domain.figures.plan_progress import PlanProgress, plan_progress
from domain.figures.workdays import calendar_of
from domain.rules.books import Books

_ANSWER: Final = Words(zh="出借方答复还款方案", en="The lender answers the proposal")
_ANSWER_NEXT: Final = Words(
    zh="书面催复，并保留记录；仍不答复的，可作为投诉材料",
    en="Ask again in writing and keep a record; silence can go into a complaint",
)
_PAPERS: Final = Words(zh="向出借方提交所要求的材料", en="Hand in the papers asked for")
_PAPERS_NEXT: Final = Words(zh="请求延期，并说明缺少哪些材料", en="Ask for more time, and say why")
_REVIEW: Final = Words(zh="与客户复核还款计划", en="Review the plan with the client")


def deadlines(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    """What is waited for, and what is to be handed in and reviewed. Pure."""
    for proposal in proposals(history, as_of, calendar_of(books)):
        for number, loan in enumerate(proposal.loans, start=1):
            yield _answer(proposal, loan, number)
    for asked in papers(history, as_of):
        if asked.due_on is not None:
            yield _papers(asked, asked.due_on, as_of)
    for plan in plan_progress(history, as_of):
        yield from _reviews(history, plan, as_of)


def _answer(proposal: ProposalStanding, loan: LoanAnswer, number: int) -> Deadline:
    open_states = {Standing.WAITING: State.OPEN, Standing.HOLDING: State.OPEN}
    ended = State.MET_LATE if loan.days_late else State.MET
    state = open_states.get(loan.standing, ended)
    if loan.standing is Standing.SILENT:
        state = State.MISSED
    elif loan.standing is Standing.WITHDRAWN:
        state = State.FALLEN_AWAY
    is_met = state in (State.MET, State.MET_LATE)
    is_late = state in (State.MET_LATE, State.MISSED)
    return Deadline(
        key=f"{proposal.proposal_id}/proposal-answer/{number}",
        kind="proposal-answer",
        what=_ANSWER,
        obliged=Obliged.LENDER,
        entry_id=proposal.proposal_id,
        starts_on=proposal.sent_on,
        due_on=loan.clock.wanted_by,
        provisional=loan.clock.provisional,
        state=state,
        met_by=loan.answer_id if is_met else None,
        days_late=loan.days_late if is_late else None,
        next_step=_ANSWER_NEXT,
    )


def _papers(asked: PapersStanding, due_on: date, as_of: date) -> Deadline:
    state = State.OPEN if as_of <= due_on else State.MISSED
    if asked.complete_on is not None:
        state = State.MET_LATE if asked.days_late else State.MET
    return Deadline(
        key=f"{asked.asked_id}/papers",
        kind="papers",
        what=_PAPERS,
        obliged=Obliged.CLIENT,
        entry_id=asked.asked_id,
        starts_on=asked.asked_on,
        due_on=due_on,
        state=state,
        met_by=asked.hand_ins[-1] if asked.complete_on else None,
        days_late=asked.days_late,
        next_step=_PAPERS_NEXT,
    )


def _reviews(history: History, plan: PlanProgress, as_of: date) -> Iterator[Deadline]:
    """Each day that the plan, or a review of it, named for the next review."""
    agreed = history.get(plan.plan_id, PlanAgreed)
    first = agreed.review_on if agreed else None
    named = [(plan.plan_id, plan.agreed_on, first)]
    named += [(each.entry_id, each.on, each.review_on) for each in plan.reviews]
    for at, (entry_id, on, due_on) in enumerate(named):
        if due_on is None:
            continue
        met = plan.reviews[at] if at < len(plan.reviews) else None
        end = met.on if met else as_of
        late = (end - due_on).days
        fallen = met is None and plan.ended_on is not None
        state = State.MISSED if late > 0 else State.OPEN
        if met is not None:
            state = State.MET_LATE if late > 0 else State.MET
        if fallen:
            state = State.FALLEN_AWAY
        yield Deadline(
            key=f"{entry_id}/plan-review",
            kind="plan-review",
            what=_REVIEW,
            obliged=Obliged.ADVISER,
            entry_id=entry_id,
            starts_on=on,
            due_on=due_on,
            state=state,
            met_by=met.entry_id if met else plan.ended_by if fallen else None,
            days_late=late if state in (State.MET_LATE, State.MISSED) else None,
        )
