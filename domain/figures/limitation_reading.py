"""The limitation clock of one loan, from the entries of its case (law/cn.md 1.8).

Which entries move the clock is `limitation_events`' matter; what they do to it, the pack's.
"""

from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.lending import LoanCalledDue, LoanTaken, Terms
from domain.figures.figure import Unknown
from domain.figures.limitation_events import LeftOut, events_of, left_out
from domain.figures.promised import due_days
from domain.rules.books import Books
from domain.rules.cn.limitation import LimitationKind, LimitationQuestion, limitation
from domain.rules.cn.limitation_facts import Limitation, LimitationState
from domain.rules.cn.lines import CURRENCY
from domain.rules.cn.promise_warning import PromiseWarning, warning_before_promise

LAST_YEAR: Final = 9900
"""Beyond it no period of limitation can be counted within the calendar."""


class LimitationReading(msgspec.Struct, frozen=True, kw_only=True):
    """Where the clock of a loan stands on a day, and what an act of the client would do to it."""

    case_id: UUID
    loan_id: UUID
    as_of: date
    known_at: int
    """Position of the case's last entry that was taken into account."""
    version: int
    pack: str | None
    data: str | None
    reviewed: str | None
    """What the pack says of its review by a lawyer."""
    due_dates: tuple[date, ...]
    """By the contract; the clock starts from the last."""
    limitation: Limitation
    left_out: tuple[LeftOut, ...]
    """Entries that look as if they moved the clock and do not, each with its reason."""
    promise_today: PromiseWarning | None
    """What a promise on `as_of` would do; None where no clock can be counted."""
    part_payment_today: PromiseWarning | None


def limitation_reading(
    history: History, loan_id: UUID, as_of: date, books: Books | Unknown
) -> LimitationReading:
    """The clock of a loan on `as_of`, as the case is known. Pure.

    Due dates are the contract's; a plan agreed later is consent that restarts the clock and no due
    date. Unknown without books, for a loan in a currency that the pack is not for, before the
    contract, without a due date, and wherever the pack's clock is. LookupError when the case has
    no such loan.
    """
    loan = history.get(loan_id, LoanTaken)
    if loan is None:
        raise LookupError(f"no loan {loan_id}")
    due_dates = due_dates_of(loan.terms)
    found = _clock(history, loan_id, loan, as_of, books)
    may_warn = (
        isinstance(books, Books)
        and as_of.year <= LAST_YEAR
        and loan.face_amount.currency == CURRENCY
    )
    acts = (LimitationKind.PROMISE, LimitationKind.PART_PAYMENT)
    warnings = [warning_before_promise(found, act, as_of) if may_warn else None for act in acts]
    return LimitationReading(
        case_id=history.case_id,
        loan_id=loan_id,
        as_of=as_of,
        known_at=history.position,
        version=history.version,
        pack=books.pack.reference if isinstance(books, Books) else None,
        data=books.data.version if isinstance(books, Books) else None,
        reviewed=books.pack.reviewed if isinstance(books, Books) else None,
        due_dates=due_dates,
        limitation=found,
        left_out=left_out(history, loan_id, loan, as_of),
        promise_today=warnings[0],
        part_payment_today=warnings[1],
    )


def due_dates_of(terms: Terms) -> tuple[date, ...]:
    """The days on which the contract has something fall due, each once, in order."""
    days = set(due_days(terms))
    if terms.due_on is not None:
        days.add(terms.due_on)
    return tuple(sorted(days))


def _called_in_on(history: History, loan_id: UUID, as_of: date) -> date | None:
    """The day to which the lender called the whole loan in, as far as it had by `as_of`."""
    days = [
        called.due_on
        for _, called in history.standing(LoanCalledDue)
        if called.loan_id == loan_id and called.occurred_on <= as_of
    ]
    return min(days, default=None)


def _clock(
    history: History, loan_id: UUID, loan: LoanTaken, as_of: date, books: Books | Unknown
) -> Limitation:
    if isinstance(books, Unknown):
        return _unknown(books)
    if loan.face_amount.currency != CURRENCY:
        return _unknown(
            Unknown(
                reason=f"{books.pack.reference} has no rule for loans in "
                f"{loan.face_amount.currency}",
                settled_by="a rule pack for the law that governs the loan",
            )
        )
    if loan.occurred_on > as_of:
        return _unknown(
            Unknown(
                reason=f"the contract is of {loan.occurred_on}, after the day asked about",
                settled_by=f"asking for {loan.occurred_on} or a later day",
            )
        )
    question = LimitationQuestion(
        due_dates=due_dates_of(loan.terms),
        events=events_of(history, loan_id, loan, as_of),
        as_of=as_of,
        called_in_on=_called_in_on(history, loan_id, as_of),
    )
    return limitation(question, books.data.calendar, books.pack)


def _unknown(why: Unknown) -> Limitation:
    return Limitation(
        state=LimitationState.UNKNOWN,
        expires_on=None,
        provisional=None,
        unknown=why,
        chain=(),
        rule_ids=(),
    )
