"""The position: what is owed on a day, as known at a position, with the entries behind it.

Here from the entries as recorded: what reached the client, what was charged, what was credited,
allocated to costs, interest and principal in that order. Nothing accrues and no cap is applied;
`rules` names this arithmetic.
"""

from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import Entry, History
from domain.cases.lending import (
    ChargeMade,
    LenderClaimed,
    LoanCalledDue,
    LoanDisbursed,
    LoanTaken,
)
from domain.cases.payments import PaymentMade
from domain.cases.plans import PlanAgreed, PlanEnded
from domain.facts import Dated
from domain.figures import arrears as behindhand
from domain.figures import ledger
from domain.figures.figure import RULES, Figure, Unknown, sum_of
from domain.figures.loan import loan_position, order_of, taken
from domain.figures.reading import LoanPosition, PlanPosition, Position, Total
from domain.figures.several import Shared, connected, ranked

__all__ = ["LoanPosition", "PlanPosition", "Position", "Total", "position"]


class _Sorted(msgspec.Struct):
    """A case's standing entries by what they speak of, sorted once."""

    by_loan: dict[UUID, list[Entry]]
    loans: list[Entry]
    plans: list[Entry]
    known: ledger.Outcomes
    shared: list[Shared]
    called: list[LoanCalledDue]
    """What was called due early."""
    ended: frozenset[UUID]
    """Plans that were ended. What they had replaced does not come back."""

    def plan_of(self, loan_id: UUID, as_of: date) -> Entry | None:
        """The plan in force for a loan, if there is one."""
        latest = behindhand.plan_of(self.plans, loan_id, as_of)
        return None if latest is None or latest.entry_id in self.ended else latest


def position(history: History, as_of: date) -> Position:
    """The position of a case on `as_of`, from its history. Pure."""
    by, payments, renewed, open_facts = _counted(history, as_of)
    loans = tuple(
        loan_position(
            loan,
            by.by_loan[loan.entry_id],
            payments[loan.entry_id],
            [plan for plan in [by.plan_of(loan.entry_id, as_of)] if plan],
            as_of,
            renewed.get(loan.entry_id),
            open_facts.get(loan.entry_id),
        )
        for loan in by.loans
    )
    plans = _plans(by, payments, as_of)
    return Position(
        case_id=history.case_id,
        as_of=as_of,
        known_at=history.position,
        version=history.version,
        rules=RULES,
        loans=loans,
        plans=plans,
        totals=_totals(loans, plans),
    )


def payments_by_loan(
    history: History, as_of: date
) -> tuple[dict[UUID, ledger.Payments], dict[UUID, Unknown]]:
    """The payments of each loan as a position counts them, and the loans where that is Unknown."""
    _, payments, _, open_facts = _counted(history, as_of)
    return payments, open_facts


def _counted(
    history: History, as_of: date
) -> tuple[_Sorted, dict[UUID, ledger.Payments], dict[UUID, Entry], dict[UUID, Unknown]]:
    """Payments shared out among the loans that they are for, and passed on to renewed ones."""
    by = _sort(history, as_of)
    payments = {
        loan.entry_id: ledger.payments_of(by.by_loan[loan.entry_id], by.known, as_of)
        for loan in by.loans
    }
    renewed = _renewed(by.loans, as_of)
    open_facts = _share_out(by, payments, as_of, renewed)
    for loan in by.loans:
        if loan.entry_id in renewed:
            _pass_on(payments, loan.entry_id, renewed[loan.entry_id])
    return by, payments, renewed, open_facts


def _share_out(
    by: _Sorted,
    payments: dict[UUID, ledger.Payments],
    as_of: date,
    renewed: dict[UUID, Entry],
) -> dict[UUID, Unknown]:
    """Spread payments that name no debt over the debts; gives the loans where that is Unknown."""
    if not by.shared:
        return {}
    loans = {loan.entry_id: taken(loan) for loan in by.loans}
    lost: dict[UUID, Unknown] = {}
    known: list[tuple[Shared, tuple[tuple[UUID, ...], ...]]] = []
    for shared in by.shared:
        groups = ranked(shared, loans, by.called)
        if isinstance(groups, Unknown):
            reached = connected(shared.loan_ids[0], by.shared)
            lost |= dict.fromkeys(_with_heirs(reached, shared.on, renewed), groups)
        else:
            known.append((shared, groups))
    ids = {shared.entry_id for shared in by.shared}
    for loan_id, held in payments.items():
        named = tuple(movement for movement in held.credited if movement.entry_id not in ids)
        payments[loan_id] = msgspec.structs.replace(held, credited=named)
    running = {
        loan.entry_id: (_movements(loan, by, payments, as_of), order_of(taken(loan)))
        for loan in by.loans
    }
    for loan_id, made in ledger.share_out(running, known).items():
        held = payments[loan_id]
        payments[loan_id] = msgspec.structs.replace(held, credited=(*held.credited, *made))
    return lost


def _with_heirs(loan_ids: list[UUID], on: date, renewed: dict[UUID, Entry]) -> list[UUID]:
    """The loans, and those that had taken one of them over before a day."""
    found = list(loan_ids)
    for loan_id in found:  # grows while it is read: a loan taken over may be taken over again
        later = renewed.get(loan_id)
        if later and taken(later).occurred_on < on and later.entry_id not in found:
            found.append(later.entry_id)
    return found


def _movements(
    loan: Entry, by: _Sorted, payments: dict[UUID, ledger.Payments], as_of: date
) -> list[ledger.Movement]:
    owed = ledger.owed_movements(by.by_loan[loan.entry_id], as_of)
    carried = [m for m in ledger.renewal_movements(loan, None) if m.on <= as_of]
    return [*owed, *carried, *payments[loan.entry_id].credited]


def _renewed(loans: list[Entry], as_of: date) -> dict[UUID, Entry]:
    """By loan, the first one that took it over by `as_of`."""
    found: dict[UUID, Entry] = {}
    for entry in loans:
        loan = taken(entry)
        if loan.renews is not None and loan.occurred_on <= as_of:
            found.setdefault(loan.renews.loan_id, entry)
    return found


def _pass_on(payments: dict[UUID, ledger.Payments], earlier: UUID, later: Entry) -> None:
    """What was paid on a loan after another took it over counts for that one."""
    day, credited = taken(later).occurred_on, payments[earlier].credited
    kept = tuple(movement for movement in credited if movement.on <= day)
    if len(kept) == len(credited):
        return
    passed = tuple(movement for movement in credited if movement.on > day)
    mine, theirs = payments[earlier], payments[later.entry_id]
    replace = msgspec.structs.replace
    payments[earlier] = replace(mine, credited=kept)
    payments[later.entry_id] = replace(theirs, credited=(*theirs.credited, *passed))


def _sort(history: History, as_of: date) -> _Sorted:
    standing = [entry for entry in history.entries.values() if not entry.is_withdrawn]
    by_loan: dict[UUID, list[Entry]] = {}
    loans: list[Entry] = []
    plans: list[Entry] = []
    for entry in standing:
        fact = entry.fact
        if isinstance(fact, LoanTaken):
            by_loan.setdefault(entry.entry_id, [])
            loans.append(entry)
        elif isinstance(fact, LoanDisbursed | ChargeMade | PaymentMade | LenderClaimed):
            by_loan.setdefault(fact.loan_id, []).append(entry)
        elif isinstance(fact, PlanAgreed):
            plans.append(entry)
    loans = [loan for loan in loans if _begins(loan, by_loan[loan.entry_id]) <= as_of]
    loans.sort(key=_loan_order)
    known = ledger.outcomes(standing, as_of)
    shared = list(ledger.shared_payments(standing, known, as_of))
    called = [entry.fact for entry in standing if isinstance(entry.fact, LoanCalledDue)]
    over = [entry.fact for entry in standing if isinstance(entry.fact, PlanEnded)]
    ended = frozenset(fact.plan_id for fact in over if fact.occurred_on <= as_of)
    return _Sorted(by_loan, loans, plans, known, shared, called, ended)


def _begins(loan: Entry, entries: list[Entry]) -> date:
    """The first day that anything is known of a loan: money may come before the contract."""
    days = [e.fact.occurred_on for e in entries if isinstance(e.fact, Dated)]
    return min([taken(loan).occurred_on, *days])


def _loan_order(entry: Entry) -> tuple[date, str, int, UUID]:
    loan = taken(entry)
    return loan.occurred_on, loan.lender, loan.face_amount.minor, entry.entry_id


def _plans(
    by: _Sorted, payments: dict[UUID, ledger.Payments], as_of: date
) -> tuple[PlanPosition, ...]:
    found: dict[UUID, PlanPosition] = {}
    for loan in by.loans:
        entry = by.plan_of(loan.entry_id, as_of)
        if entry is None or entry.entry_id in found or not isinstance(entry.fact, PlanAgreed):
            continue
        latest = [by.plan_of(loan_id, as_of) for loan_id in entry.fact.loan_ids]
        whole = all(plan is not None and plan.entry_id == entry.entry_id for plan in latest)
        found[entry.entry_id] = _plan(entry, entry.fact, payments, as_of, whole=whole)
    return tuple(found.values())


def _plan(
    entry: Entry,
    plan: PlanAgreed,
    payments: dict[UUID, ledger.Payments],
    as_of: date,
    *,
    whole: bool,
) -> PlanPosition:
    """A plan against what was paid; `whole`: it is still the latest for each of its loans."""
    credited = [
        movement
        for loan_id in plan.loan_ids
        if loan_id in payments
        for movement in payments[loan_id].credited
    ]
    currency = plan.instalments[0].amount.currency
    late = behindhand.behind(behindhand.due_by_plan(entry, plan), credited, as_of, currency)
    if not whole:
        late = behindhand.outgrown(entry.entry_id)
    ahead = next((i for i in plan.instalments if i.due_on >= as_of), None)
    return PlanPosition(
        plan_id=entry.entry_id,
        loan_ids=plan.loan_ids,
        agreed_on=plan.occurred_on,
        arrears=late.arrears,
        arrears_since=late.since,
        next_due_on=ahead.due_on if ahead else None,
        next_due=ahead.amount if ahead else None,
    )


def _totals(loans: tuple[LoanPosition, ...], plans: tuple[PlanPosition, ...]) -> tuple[Total, ...]:
    currencies = sorted({loan.currency for loan in loans})
    return tuple(_total(currency, loans, plans) for currency in currencies)


def _total(
    currency: str, loans: tuple[LoanPosition, ...], plans: tuple[PlanPosition, ...]
) -> Total:
    mine = [loan for loan in loans if loan.currency == currency]
    shared = [plan for plan in plans if len(plan.loan_ids) > 1]
    covered = {loan_id for plan in shared for loan_id in plan.loan_ids}

    def together(name: str) -> Figure:
        return sum_of({str(loan.loan_id): getattr(loan, name) for loan in mine}, currency)

    late = {str(loan.loan_id): loan.arrears for loan in mine if loan.loan_id not in covered}
    here = {loan.loan_id for loan in mine}
    late |= {str(plan.plan_id): plan.arrears for plan in shared if here & set(plan.loan_ids)}
    return Total(
        currency=currency,
        principal=together("principal"),
        interest=together("interest"),
        penalty=together("penalty"),
        fees=together("fees"),
        owed=together("owed"),
        paid=together("paid"),
        pending=together("pending"),
        overpaid=together("overpaid"),
        arrears=sum_of(late, currency),
    )
