"""The position of one loan, from its entries."""

from datetime import date
from typing import Final
from uuid import UUID

from domain.cases.history import Entry
from domain.cases.lending import LenderClaimed, LoanDisbursed, LoanTaken
from domain.cases.plans import PlanAgreed
from domain.figures import arrears as behindhand
from domain.figures import ledger
from domain.figures.arrears import Behind
from domain.figures.figure import Figure, Part, Unknown, of_parts, sum_of
from domain.figures.ledger import Movement, Use
from domain.figures.reading import Claimed, LoanPosition
from domain.money import Money


def taken(entry: Entry) -> LoanTaken:
    """The loan of an entry that is one; TypeError otherwise."""
    if not isinstance(entry.fact, LoanTaken):
        raise TypeError(entry.fact.TOPIC)
    return entry.fact


def loan_position(
    entry: Entry,
    entries: list[Entry],
    payments: ledger.Payments,
    plans: list[Entry],
    as_of: date,
    renewed: Entry | None = None,
    open_fact: Unknown | None = None,
) -> LoanPosition:
    """The position on `as_of` of the loan in `entry`, whose standing entries are `entries`.

    `renewed` is the loan that took it over by then; `open_fact` what would have to be known to
    say how much was paid on it.
    """
    loan = taken(entry)
    currency = loan.face_amount.currency
    moved = [*ledger.owed_movements(entries, as_of), *ledger.renewal_movements(entry, renewed)]
    movements = [movement for movement in moved if movement.on <= as_of]
    uses, surplus = ledger.allocate([*movements, *payments.credited], order_of(loan))
    figures = {bucket: _bucket(uses, held, currency) for bucket, held in _SHOWN.items()}
    lent = of_parts(_parts([u for u in uses if u.what == "lent"], currency), currency)
    overpaid = of_parts(_parts(surplus, currency), currency)
    if not lent.parts and loan.renews is None:
        missing = Unknown(
            reason="no disbursement is on record", settled_by="what reached the client, and when"
        )
        lent = figures[ledger.PRINCIPAL] = overpaid = Figure(unknown=missing)
    if open_fact is not None:
        figures = dict.fromkeys(figures, Figure(unknown=open_fact))
        overpaid = Figure(unknown=open_fact)
    owed = sum_of({name: figures[name] for name in _SHOWN}, currency)
    late = _behind(plans, entry, payments.credited, owed, as_of, _start(loan, entries))
    if renewed is not None and late.basis != "plan":
        late = behindhand.taken_over(late, currency)
    return LoanPosition(
        loan_id=entry.entry_id,
        lender=loan.lender,
        currency=currency,
        lent=lent,
        withheld=_withheld(entries, currency, as_of),
        principal=figures[ledger.PRINCIPAL],
        interest=figures[ledger.INTEREST],
        penalty=figures[ledger.PENALTY],
        fees=figures[ledger.FEES],
        owed=owed,
        paid=_moved(payments.credited, "paid", currency),
        pending=_moved(payments.pending, "sent", currency),
        overpaid=overpaid,
        arrears=late.arrears,
        arrears_basis=late.basis,
        arrears_since=late.since,
        arrears_days=late.days,
        claimed=_claimed(entries, as_of),
    )


def order_of(loan: LoanTaken) -> tuple[str, ...]:
    """The order in which payments on a loan are used: agreed, or by statute."""
    return tuple(part.value for part in loan.terms.payment_order) or ledger.ALLOCATION


_SHOWN: Final = {
    ledger.PRINCIPAL: (ledger.PRINCIPAL,),
    ledger.INTEREST: (ledger.INTEREST,),
    ledger.PENALTY: (ledger.PENALTY,),
    ledger.FEES: (ledger.COSTS, ledger.FEES),
}
"""The figures of a position, and the buckets that each is made of."""


def _bucket(uses: list[Use], held: tuple[str, ...], currency: str) -> Figure:
    return of_parts(_parts([use for use in uses if use.bucket in held], currency), currency)


def _parts(uses: list[Use], currency: str) -> list[Part]:
    return [
        Part(
            entry_id=use.entry_id,
            on=use.on,
            amount=Money(use.minor, currency),
            what=use.what,
            grade=use.grade,
        )
        for use in uses
    ]


def _moved(movements: tuple[Movement, ...], what: str, currency: str) -> Figure:
    ordered = sorted(movements, key=lambda m: (m.on, m.minor, m.entry_id))
    uses = [Use("", m.on, m.minor, m.entry_id, what, m.grade) for m in ordered]
    return of_parts(_parts(uses, currency), currency)


def _withheld(entries: list[Entry], currency: str, as_of: date) -> Figure:
    found = [
        Use("", fact.occurred_on, fact.withheld.minor, entry.entry_id, "withheld", fact.grade)
        for entry in entries
        if isinstance(fact := entry.fact, LoanDisbursed)
        and fact.withheld is not None
        and fact.occurred_on <= as_of
    ]
    found.sort(key=lambda use: (use.on, use.minor, use.entry_id))
    return of_parts(_parts(found, currency), currency)


def _claimed(entries: list[Entry], as_of: date) -> Claimed | None:
    claims = [
        (fact.claimed_as_of, fact.occurred_on, entry.entry_id, fact)
        for entry in entries
        if isinstance(fact := entry.fact, LenderClaimed) and fact.occurred_on <= as_of
    ]
    if not claims:
        return None
    claimed_as_of, _, entry_id, claim = max(claims, key=lambda found: found[:3])
    itemised = sum(item.amount.minor for item in claim.items)
    return Claimed(
        entry_id=entry_id,
        claimed_as_of=claimed_as_of,
        itemised=Money(itemised, claim.items[0].amount.currency),
        stated_total=claim.stated_total,
    )


def _behind(
    plans: list[Entry],
    entry: Entry,
    credited: tuple[Movement, ...],
    owed: Figure,
    as_of: date,
    start: date,
) -> Behind:
    loan = taken(entry)
    currency = loan.face_amount.currency
    plan = behindhand.plan_of(plans, entry.entry_id, as_of)
    if plan is not None and isinstance(plan.fact, PlanAgreed):
        if len(plan.fact.loan_ids) > 1:
            return _shared_plan(plan.entry_id)
        due = behindhand.due_by_plan(plan, plan.fact)
        return behindhand.behind(due, credited, as_of, currency)
    contract = behindhand.due_by_contract(entry.entry_id, loan, start)
    if contract is not None:
        return behindhand.behind(contract, credited, as_of, currency)
    if loan.terms.due_on is not None:
        return behindhand.after_last_day(loan.terms.due_on, owed, as_of, currency)
    return behindhand.no_basis()


def _start(loan: LoanTaken, entries: list[Entry]) -> date:
    """The day the money came, from which the contract's first period runs."""
    days = [e.fact.occurred_on for e in entries if isinstance(e.fact, LoanDisbursed)]
    return min(days, default=loan.occurred_on)


def _shared_plan(plan_id: UUID) -> Behind:
    reason = f"plan {plan_id} covers several loans together; its arrears stand under plans"
    unknown = Unknown(reason=reason, settled_by="a plan for this loan alone")
    return Behind(arrears=Figure(unknown=unknown), basis="plan")
