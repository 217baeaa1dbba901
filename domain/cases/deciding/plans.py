"""When plans, and what became of them, may be recorded."""

from collections.abc import Iterator
from typing import assert_never
from uuid import UUID

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_loans
from domain.cases.deciding.paying import check_days, check_order
from domain.cases.deciding.plan_shares import check_shares, share_warnings
from domain.cases.deciding.promising import need_statement, promise_warnings, surplus_warnings
from domain.cases.history import History
from domain.cases.negotiating import ProposalMade
from domain.cases.plans import (
    PlanAgreed,
    PlanBroken,
    PlanCompleted,
    PlanEnded,
    PlanFact,
    PlanReviewed,
)
from domain.figures.offers import most_a_month
from domain.figures.plan_progress import plan_progress
from domain.refusals import Code, Refusal
from domain.warnings import RaisedWarning, WarningCode


def check(history: History, fact: PlanFact, rules: Rules) -> Refusal | None:
    """Whether a plan, or what became of it, may be recorded."""
    match fact:
        case PlanAgreed():
            return check_plan(history, fact)
        case PlanReviewed():
            return _check_after(history, fact) or check_order(
                "review_on", fact.review_on, fact.occurred_on, "the review"
            )
        case PlanBroken():
            return _check_after(history, fact)
        case PlanCompleted() | PlanEnded():
            return _check_after(history, fact) or _check_not_over(history, fact.plan_id)
        case _:
            assert_never(fact)


def warnings(history: History, fact: PlanFact, rules: Rules) -> Iterator[RaisedWarning]:
    """What a plan promises, and whether a completed one is paid."""
    match fact:
        case PlanAgreed():
            yield from share_warnings(fact)
            yield from promise_warnings(history, fact.loan_ids, fact.occurred_on, rules)
            yield from surplus_warnings(
                history, fact.statement_id, fact.occurred_on, most_a_month(fact.instalments)
            )
        case PlanCompleted():
            yield from _unpaid(history, fact)
        case _:
            pass


def check_plan(history: History, fact: PlanAgreed) -> Refusal | None:
    """A plan is for loans of this case and has instalments in the order of their days."""
    if not fact.loan_ids:
        return Refusal(code=Code.LIST_EMPTY, field="loan_ids", detail="name the loans it covers")
    if not fact.instalments:
        return Refusal(code=Code.LIST_EMPTY, field="instalments", detail="a plan has instalments")
    days = [instalment.due_on for instalment in fact.instalments]
    if days != sorted(days):
        return Refusal(code=Code.DATE_ORDER, field="instalments", detail="in the order of days")
    if days[0] < fact.occurred_on:
        detail = f"first due {days[0]}, agreed {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="instalments/0/due_on", detail=detail)
    amounts = {
        f"instalments/{index}/amount": instalment.amount
        for index, instalment in enumerate(fact.instalments)
    }
    return (
        need_loans(history, fact.loan_ids, {**amounts, "waived": fact.waived})
        or check_shares(fact)
        or check_days("balance_check_days", fact.balance_check_days)
        or check_order("review_on", fact.review_on, fact.occurred_on, "the plan")
        or _check_proposal(history, fact)
        or need_statement(history, fact.statement_id)
    )


def _check_proposal(history: History, fact: PlanAgreed) -> Refusal | None:
    if fact.proposal_id is None:
        return None
    proposal = history.get(fact.proposal_id, ProposalMade)
    if proposal is None:
        return need(history, fact.proposal_id, ProposalMade, "proposal_id")
    return check_order("occurred_on", fact.occurred_on, proposal.occurred_on, "the proposal")


def _check_after(
    history: History, fact: PlanBroken | PlanReviewed | PlanCompleted | PlanEnded
) -> Refusal | None:
    """What becomes of a plan happens after it was agreed."""
    plan = history.get(fact.plan_id, PlanAgreed)
    if plan is None:
        return need(history, fact.plan_id, PlanAgreed, "plan_id")
    return check_order("occurred_on", fact.occurred_on, plan.occurred_on, "the plan")


def _check_not_over(history: History, plan_id: UUID) -> Refusal | None:
    over: list[tuple[UUID, PlanCompleted | PlanEnded]] = [
        *history.standing(PlanCompleted),
        *history.standing(PlanEnded),
    ]
    for entry_id, other in over:
        if other.plan_id == plan_id:
            detail = f"plan {plan_id}: {other.TOPIC} on {other.occurred_on}"
            entries = (str(entry_id),)
            return Refusal(code=Code.PLAN_OVER, field="plan_id", detail=detail, entries=entries)
    return None


def _unpaid(history: History, fact: PlanCompleted) -> Iterator[RaisedWarning]:
    for plan in plan_progress(history, fact.occurred_on):
        if plan.plan_id == fact.plan_id and plan.left.minor:
            yield RaisedWarning(
                code=WarningCode.PLAN_UNPAID,
                field="plan_id",
                detail=f"{plan.left.text()} {plan.left.currency} of {plan.promised.text()} is left",
                entries=(str(fact.plan_id),),
            )
