"""A payment that could be for any of several debts to one creditor (民法典 art. 560).

Where the client named a debt when paying, the payment is that debt's, and nothing here is asked.
Else the rule ranks the debts; the payment goes to the first until nothing of it is open, then to
the next, and within one rank in proportion to what is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

import msgspec

from domain.cases.history import Entry
from domain.cases.lending import LoanCalledDue, LoanTaken
from domain.cases.payments import PaymentMade
from domain.facts import Grade
from domain.figures.calculation.shares import shares
from domain.figures.figure import Unknown
from domain.figures.promised import annual, due_days
from domain.rules.cn.payment_order import Debt, debts_in_order

CURRENCY = "CNY"
DAYS_A_YEAR = 365


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """A credited payment, and the debts that it could be for."""

    on: date
    minor: int
    entry_id: UUID
    grade: Grade
    loan_ids: tuple[UUID, ...]
    is_anew: bool = False
    """It names a loan that took another over on the same day: it was paid after that."""


class Book(Protocol):
    """One debt while it is run."""

    def open_on(self, day: date) -> int:
        """What is open of it in minor units, everything included."""
        ...


def shared_payment(entry: Entry, day: date, minor: int) -> Shared | None:
    """The payment as one for several debts; None where it names its debt."""
    fact = entry.fact
    if not isinstance(fact, PaymentMade) or not fact.also_for:
        return None
    return Shared(
        on=day,
        minor=minor,
        entry_id=entry.entry_id,
        grade=fact.grade,
        loan_ids=(fact.loan_id, *fact.also_for),
    )


def ranked(
    shared: Shared, loans: Mapping[UUID, LoanTaken], called: Iterable[LoanCalledDue] = ()
) -> tuple[tuple[UUID, ...], ...] | Unknown:
    """Groups of its debts in the order of the rule; Unknown where a fact that decides is missing.

    A debt counts as due from the first day on which anything of it falls due, `called` due
    early by then included.
    """
    early = _called_due(called, shared.on)
    known = {loan_id: loans[loan_id] for loan_id in shared.loan_ids if loan_id in loans}
    if any(loan.face_amount.currency != CURRENCY for loan in known.values()):
        return Unknown(
            reason=f"payment {shared.entry_id} names none of several debts in another currency",
            settled_by="which debt the client named, or the law that governs them",
        )
    debts = [_debt(*each, early.get(each[0])) for each in known.items()]
    found = debts_in_order(debts, shared.on)
    if isinstance(found, Unknown):
        return Unknown(
            reason=f"payment {shared.entry_id} could be for several debts: {found.reason}",
            settled_by=f"which debt the client named; or {found.settled_by}",
        )
    return found


def _called_due(called: Iterable[LoanCalledDue], on: date) -> dict[UUID, date]:
    """By loan, the first last day that the lender set by `on`."""
    found: dict[UUID, date] = {}
    for call in called:
        if call.occurred_on <= on:
            found[call.loan_id] = min(call.due_on, found.get(call.loan_id, call.due_on))
    return found


def _debt(loan_id: UUID, loan: LoanTaken, called_on: date | None) -> Debt:
    days = [*due_days(loan.terms), *([called_on] if called_on else [])]
    terms = loan.terms
    rates = [
        rate
        for rate in (
            annual(terms.rate_pct, terms.rate_period, DAYS_A_YEAR),
            annual(terms.overdue_rate_pct, terms.overdue_rate_period, DAYS_A_YEAR),
        )
        if rate is not None
    ]
    burden = max(rates, default=None)
    return Debt(
        loan_id=loan_id,
        due_on=min(days, default=None),
        security=loan.security,
        burden_pct=None
        if burden is None
        else Decimal(burden.numerator * 100) / Decimal(burden.denominator),
    )


def heirs(standing: Iterable[Entry], as_of: date) -> dict[UUID, UUID]:
    """By loan taken over by a day, the loan that holds its debt now."""
    taken = [
        (entry.fact.occurred_on, entry.entry_id, entry.fact.renews.loan_id)
        for entry in standing
        if isinstance(entry.fact, LoanTaken)
        and entry.fact.renews is not None
        and entry.fact.occurred_on <= as_of
    ]
    later: dict[UUID, UUID] = {}
    for _, new, old in sorted(taken):
        later.setdefault(old, new)
    found: dict[UUID, UUID] = {}
    for old, new in later.items():
        passed = {old}
        while new in later and new not in passed:
            passed.add(new)
            new = later[new]
        found[old] = new
    return found


def inherited(shared: Shared, heir: Mapping[UUID, UUID]) -> Shared:
    """The payment with loans that were taken over replaced by those that hold their debts."""
    (ids,) = passed_on((shared.loan_ids,), heir)
    return msgspec.structs.replace(shared, loan_ids=ids)


def passed_on(
    groups: Sequence[Sequence[UUID]], heir: Mapping[UUID, UUID]
) -> tuple[tuple[UUID, ...], ...]:
    """The same groups with each loan's heir in its place, each named once, where it ranks first."""
    seen: set[UUID] = set()
    found: list[tuple[UUID, ...]] = []
    for group in groups:
        new = list(dict.fromkeys(heir.get(old, old) for old in group))
        found.append(tuple(each for each in new if each not in seen))
        seen.update(new)
    return tuple(found)


def used_on(
    shared: Shared, groups: Sequence[Sequence[UUID]], books: Mapping[UUID, Book]
) -> dict[UUID, int]:
    """How much of a payment goes to each debt; what is over stays with the one it was sent on."""
    left = shared.minor
    used = dict.fromkeys(shared.loan_ids, 0)
    for group in groups:
        open_minor = [books[loan_id].open_on(shared.on) for loan_id in group]
        taken = min(left, sum(open_minor))
        for loan_id, minor in zip(group, shares(taken, open_minor), strict=True):
            used[loan_id] += minor
        left -= taken
    used[shared.loan_ids[0]] += left
    return {loan_id: minor for loan_id, minor in used.items() if minor}


def connected(loan_id: UUID, payments: Iterable[Shared]) -> list[UUID]:
    """The loans that share payments with this one, directly or through others, itself first."""
    found, todo = [loan_id], list(payments)
    grew = True
    while grew:
        grew = False
        for shared in todo:
            if set(shared.loan_ids) & set(found):
                more = [other for other in shared.loan_ids if other not in found]
                found.extend(more)
                grew = grew or bool(more)
    return found
