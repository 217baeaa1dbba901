"""Balances: what is owed on each loan of each case, on a day."""

from datetime import date
from typing import Final

from domain.cases.history import CaseStatus, History
from domain.cases.lending import LenderClass, LoanTaken
from domain.figures.figure import RULES, Unknown
from domain.figures.position import LoanPosition, position
from domain.rules.books import Books
from projections.tables.definition import CaseTable, Row

FIGURES: Final = (
    "principal",
    "interest",
    "penalty",
    "fees",
    "owed",
    "paid",
    "pending",
    "arrears",
)
"""Figures of a loan that have a column, in minor units of the loan's currency."""

NOT_BEGUN: Final = "the loan begins after this day"


def rows(history: History, as_of: date, _books: Books | Unknown) -> list[Row]:
    """One row for each loan, also for one that begins after `as_of`: its figures are unknown.

    A case is found again by its rows when the day changes, so none may be left without one.
    """
    if history.status is CaseStatus.NONE:
        return []
    figures = position(history, as_of)
    end = (figures.rules, as_of, history.position)
    found = [
        (
            history.case_id,
            loan.loan_id,
            loan.lender,
            _lender_class(history, loan),
            loan.currency,
            *_amounts(loan),
            _unknown(loan),
            *end,
        )
        for loan in figures.loans
    ]
    begun = {loan.loan_id for loan in figures.loans}
    for loan_id, taken in history.standing(LoanTaken):
        if loan_id not in begun:
            found.append((history.case_id, loan_id, *_not_begun(taken), *end))
    return found


def _not_begun(loan: LoanTaken) -> Row:
    """Its columns from `lender` to `unknown`."""
    who = (loan.lender, loan.lender_class.value, loan.face_amount.currency)
    return (*who, *[None] * len(FIGURES), NOT_BEGUN)


def _lender_class(history: History, loan: LoanPosition) -> str:
    taken = history.get(loan.loan_id, LoanTaken)
    return (taken.lender_class if taken else LenderClass.UNKNOWN).value


def _amounts(loan: LoanPosition) -> list[int | None]:
    amounts = [getattr(loan, name).amount for name in FIGURES]
    return [amount.minor if amount else None for amount in amounts]


def _unknown(loan: LoanPosition) -> str | None:
    """Which figures are unknown and why, for people; the position has it in parts."""
    said = [
        f"{name}: {figure.unknown.reason}"
        for name in FIGURES
        if (figure := getattr(loan, name)).unknown is not None
    ]
    return "; ".join(said) or None


BALANCES: Final = CaseTable(
    name="balances",
    version=1,
    columns=(
        "case_id",
        "loan_id",
        "lender",
        "lender_class",
        "currency",
        *(f"{name}_minor" for name in FIGURES),
        "unknown",
        "rules",
        "as_of",
        "position",
    ),
    rows=rows,
    # Entries as recorded, by no pack at all.
    label=lambda _: RULES,
)
