"""A plan against what was paid: every instalment, every loan, and what became of it.

What is behind here is the arrears of the position, to the cent: both count the same payments.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import Entry, History
from domain.cases.lending import LoanTaken
from domain.cases.plans import (
    PlanAgreed,
    PlanBroken,
    PlanCompleted,
    PlanEnded,
    PlanReviewed,
)
from domain.figures.covering import UNPAID, Covered, InstalmentState, cover
from domain.figures.figure import RULES, Unknown
from domain.figures.ledger import Movement
from domain.figures.plan_standing import (
    Breach,
    LoanProgress,
    PlanProgress,
    PlansReading,
    PlanState,
    Review,
)
from domain.figures.plan_windows import Window, windows_of
from domain.figures.position import payments_by_loan
from domain.money import Money

__all__ = ["PlanProgress", "PlanState", "PlansReading", "plan_progress", "plans_reading"]


def plans_reading(history: History, as_of: date) -> PlansReading:
    """Every plan agreed by `as_of`, in the order in which they were agreed. Pure."""
    return PlansReading(
        case_id=history.case_id,
        as_of=as_of,
        known_at=history.position,
        version=history.version,
        rules=RULES,
        plans=plan_progress(history, as_of),
    )


def plan_progress(history: History, as_of: date) -> tuple[PlanProgress, ...]:
    """Each plan agreed by `as_of` against what was credited while it was in force."""
    payments, open_facts = payments_by_loan(history, as_of)
    credited = {loan_id: held.credited for loan_id, held in payments.items()}
    return tuple(
        _progress(history, entry, plan, windows_of(history, entry, as_of), credited, open_facts,
                  as_of)
        for entry, plan in agreed_plans(history, as_of)
    )  # fmt: skip


def agreed_plans(history: History, as_of: date) -> list[tuple[Entry, PlanAgreed]]:
    """The plans agreed by a day, by day, sum and id."""
    found = [
        (entry, entry.fact)
        for entry in history.entries.values()
        if not entry.is_withdrawn
        and isinstance(entry.fact, PlanAgreed)
        and entry.fact.occurred_on <= as_of
    ]
    return sorted(found, key=lambda each: (each[1].occurred_on, _sum(each[1]), each[0].entry_id))


def _progress(
    history: History,
    entry: Entry,
    plan: PlanAgreed,
    windows: dict[UUID, Window],
    credited: dict[UUID, tuple[Movement, ...]],
    open_facts: dict[UUID, Unknown],
    as_of: date,
) -> PlanProgress:
    currency = plan.instalments[0].amount.currency
    own = {loan_id: windows[loan_id].of(credited.get(loan_id, ())) for loan_id in plan.loan_ids}
    over = _over(history, entry.entry_id, windows, as_of)
    # What falls due after a plan was given up is owed by it no more.
    last = over.on if over and over.state is not PlanState.COMPLETED else as_of
    rows, beyond = cover(plan.instalments, [m for each in own.values() for m in each], last)
    unpaid = [row for row in rows if row.state in UNPAID]
    ahead = next((row for row in rows if row.met_on is None and row.due_on >= as_of), None)
    ahead = None if over else ahead
    breaches = _breaches(history, entry.entry_id, as_of)
    reviews = _reviews(history, entry.entry_id, as_of)
    unknown = _unknown(entry.entry_id, plan, windows, over, open_facts)
    promised, paid = _sum(plan), sum(row.credited.minor for row in rows)
    met = [row.met_on for row in rows if row.met_on]
    return PlanProgress(
        plan_id=entry.entry_id,
        agreed_on=plan.occurred_on,
        loan_ids=plan.loan_ids,
        state=over.state if over else _state(windows, rows, is_broken=bool(breaches)),
        ended_on=over.on if over else None,
        ended_by=over.entry_id if over else None,
        promised=Money(promised, currency),
        credited=Money(paid + beyond, currency),
        behind=None if unknown else Money(_behind(rows), currency),
        behind_since=unpaid[0].due_on if unpaid and not unknown else None,
        left=Money(promised - paid, currency),
        beyond=Money(beyond, currency),
        missed=sum(row.state is InstalmentState.MISSED for row in rows),
        partial=sum(row.state is InstalmentState.PARTIAL for row in rows),
        late=sum(row.state is InstalmentState.LATE for row in rows),
        next_due_on=ahead.due_on if ahead else None,
        next_due=ahead.amount - ahead.credited if ahead else None,
        paid_on=max(met) if promised == paid else None,
        next_review_on=_next_review(plan, reviews, over),
        proposal_id=plan.proposal_id,
        statement_id=plan.statement_id,
        instalments=rows,
        loans=tuple(_loan(history, plan, loan_id, own[loan_id], last) for loan_id in own),
        breaches=breaches,
        reviews=reviews,
        unknown=unknown,
    )


def _loan(
    history: History, plan: PlanAgreed, loan_id: UUID, paid: Sequence[Movement], as_of: date
) -> LoanProgress:
    loan = history.get(loan_id, LoanTaken)
    currency = plan.instalments[0].amount.currency
    total = Money(sum(movement.minor for movement in paid), currency)
    lender = loan.lender if loan else ""
    share = next((each for each in plan.shares if each.loan_id == loan_id), None)
    if share is None:
        return LoanProgress(loan_id=loan_id, lender=lender, credited=total)
    by_day = sorted(share.instalments, key=lambda each: each.due_on)
    rows, _ = cover(by_day, paid, as_of)
    return LoanProgress(
        loan_id=loan_id,
        lender=lender,
        credited=total,
        promised=Money(sum(each.amount.minor for each in by_day), currency),
        behind=Money(_behind(rows), currency),
        instalments=rows,
    )


def _behind(rows: Sequence[Covered]) -> int:
    return sum(row.amount.minor - row.credited.minor for row in rows if row.state in UNPAID)


def _sum(plan: PlanAgreed) -> int:
    return sum(each.amount.minor for each in plan.instalments)


class _Over(msgspec.Struct, frozen=True):
    """That a plan is in force no more, from when, and which entry did it."""

    state: PlanState
    on: date
    entry_id: UUID


def _over(
    history: History, plan_id: UUID, windows: dict[UUID, Window], as_of: date
) -> _Over | None:
    for entry_id, ended in history.standing(PlanEnded):
        if ended.plan_id == plan_id and ended.occurred_on <= as_of:
            return _Over(PlanState.ENDED, ended.occurred_on, entry_id)
    for entry_id, done in history.standing(PlanCompleted):
        if done.plan_id == plan_id and done.occurred_on <= as_of:
            return _Over(PlanState.COMPLETED, done.occurred_on, entry_id)
    ends = [
        (window.before, window.ended_by)
        for window in windows.values()
        if window.before is not None and window.ended_by is not None
    ]
    if len(ends) < len(windows):
        return None
    on, newer = max(ends)
    return _Over(PlanState.REPLACED, on, newer)


def _state(windows: dict[UUID, Window], rows: Sequence[Covered], *, is_broken: bool) -> PlanState:
    if any(window.before is not None for window in windows.values()):
        return PlanState.PARTLY_REPLACED
    if all(row.met_on for row in rows):
        return PlanState.PAID
    return PlanState.BREACH_DECLARED if is_broken else PlanState.RUNNING


def _unknown(
    plan_id: UUID,
    plan: PlanAgreed,
    windows: dict[UUID, Window],
    over: _Over | None,
    open_facts: dict[UUID, Unknown],
) -> Unknown | None:
    if over is None and any(window.before is not None for window in windows.values()):
        return Unknown(
            reason=f"some loans of plan {plan_id} have a newer plan",
            settled_by="a plan for the loans that are left",
        )
    return next((open_facts[each] for each in plan.loan_ids if each in open_facts), None)


def _next_review(plan: PlanAgreed, reviews: Sequence[Review], over: _Over | None) -> date | None:
    if over:
        return None
    return reviews[-1].review_on if reviews else plan.review_on


def _breaches(history: History, plan_id: UUID, as_of: date) -> tuple[Breach, ...]:
    found = [
        Breach(
            entry_id=entry_id,
            on=fact.occurred_on,
            declared_by=fact.declared_by,
            consequence=fact.consequence,
        )
        for entry_id, fact in history.standing(PlanBroken)
        if fact.plan_id == plan_id and fact.occurred_on <= as_of
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.entry_id)))


def _reviews(history: History, plan_id: UUID, as_of: date) -> tuple[Review, ...]:
    found = [
        Review(
            entry_id=entry_id,
            on=fact.occurred_on,
            outcome=fact.outcome,
            review_on=fact.review_on,
        )
        for entry_id, fact in history.standing(PlanReviewed)
        if fact.plan_id == plan_id and fact.occurred_on <= as_of
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.entry_id)))
