"""Arrears: what should have been paid by a day and was not. Not the balance.

The latest agreed plan decides; without one the contract's printed schedule; without that the
contract's last day. Where none of them is on record the arrears are Unknown.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import Entry
from domain.cases.lending import Instalment, LoanTaken
from domain.cases.plans import PlanAgreed
from domain.facts import Grade
from domain.figures.figure import Figure, Part, Unknown, of_parts
from domain.figures.ledger import Movement
from domain.figures.promised import instalments
from domain.money import Money


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """What obliges the client to pay, and when."""

    basis: str
    """`plan`, `schedule`."""
    entry_id: UUID
    grade: Grade
    instalments: tuple[Instalment, ...]
    paid_from: date | None = None
    """Payments credited from this day count against it; None for all of them."""


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """How far behind the client is on a day."""

    arrears: Figure
    basis: str | None = None
    since: date | None = None
    """Due day of the oldest instalment that is not fully paid."""
    days: int | None = None
    """Days from `since` to the day asked about."""


def plan_of(plans: Sequence[Entry], loan_id: UUID, as_of: date) -> Entry | None:
    """The latest plan agreed by `as_of` that covers a loan."""
    covering = [
        entry
        for entry in plans
        if isinstance(entry.fact, PlanAgreed)
        and loan_id in entry.fact.loan_ids
        and entry.fact.occurred_on <= as_of
    ]
    return max(covering, key=agreed_order, default=None)


def agreed_order(entry: Entry) -> tuple[date, int, UUID]:
    """Which of two plans is the later; TypeError for an entry that is none."""
    fact = entry.fact
    if not isinstance(fact, PlanAgreed):
        raise TypeError(fact.TOPIC)
    return fact.occurred_on, sum(i.amount.minor for i in fact.instalments), entry.entry_id


def due_by_plan(entry: Entry, plan: PlanAgreed) -> Due:
    """What a plan obliges to; payments before it was agreed do not count against it."""
    return Due(
        basis="plan",
        entry_id=entry.entry_id,
        grade=plan.grade,
        instalments=plan.instalments,
        paid_from=plan.occurred_on,
    )


def due_by_contract(loan_id: UUID, loan: LoanTaken, start: date) -> Due | None:
    """What the contract's schedule obliges to: as printed, else made from its terms.

    `start` is the day the money came. None where the terms do not say enough for a schedule.
    """
    found = instalments(loan.terms, loan.face_amount, start)
    if isinstance(found, Unknown):
        return None
    return Due(basis="schedule", entry_id=loan_id, grade=loan.grade, instalments=found)


def behind(due: Due, payments: Sequence[Movement], as_of: date, currency: str) -> Behind:
    """Instalments whose day has passed, less what was paid, oldest first.

    An instalment due on `as_of` itself is not in arrears yet.
    """
    paid = sum(p.minor for p in payments if due.paid_from is None or p.on >= due.paid_from)
    parts: list[Part] = []
    for instalment in due.instalments:
        if instalment.due_on >= as_of:
            break
        covered = min(paid, instalment.amount.minor)
        paid -= covered
        if covered < instalment.amount.minor:
            parts.append(_unpaid(due, instalment, covered))
    since = parts[0].on if parts else None
    return Behind(
        arrears=of_parts(parts, currency),
        basis=due.basis,
        since=since,
        days=(as_of - since).days if since else None,
    )


def _unpaid(due: Due, instalment: Instalment, covered: int) -> Part:
    return Part(
        entry_id=due.entry_id,
        on=instalment.due_on,
        amount=Money(instalment.amount.minor - covered, instalment.amount.currency),
        what="due",
        grade=due.grade,
    )


def after_last_day(last_day: date, owed: Figure, as_of: date, currency: str) -> Behind:
    """With only a last day in the contract, nothing is in arrears before it and all after."""
    if as_of <= last_day:
        return Behind(arrears=Figure(amount=Money.zero(currency)), basis="last-day")
    arrears = Figure(amount=owed.amount, unknown=owed.unknown, sum_of=("owed",))
    is_owing = owed.amount is None or owed.amount.minor > 0
    return Behind(
        arrears=arrears,
        basis="last-day",
        since=last_day if is_owing else None,
        days=(as_of - last_day).days if is_owing else None,
    )


def outgrown(plan_id: UUID) -> Behind:
    """Some loans of a plan have a newer one: what was paid on them is not this plan's any more."""
    reason = f"some loans of plan {plan_id} have a newer plan"
    unknown = Unknown(reason=reason, settled_by="a plan for the loans that are left")
    return Behind(arrears=Figure(unknown=unknown), basis="plan")


def taken_over(late: Behind, currency: str) -> Behind:
    """Once another contract took the debt over, nothing falls due by this one."""
    return Behind(arrears=Figure(amount=Money.zero(currency)), basis=late.basis)


def no_basis() -> Behind:
    """Nothing on record says what was due when."""
    return Behind(
        arrears=Figure(
            unknown=Unknown(
                reason="no plan, schedule or last day is on record",
                settled_by="the contract's schedule, its last day, or an agreed plan",
            )
        )
    )
