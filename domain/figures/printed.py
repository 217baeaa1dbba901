"""The parts of a loan's line that a letter can print, as known at a position, for a day."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.letters import FigurePart
from domain.figures.figure import AS_RECORDED, Figure, Unknown, sum_of
from domain.figures.line import Line
from domain.figures.position import position
from domain.figures.reading import LoanPosition
from domain.figures.ruled import ruled
from domain.money import Money
from domain.rules.books import Books

Parts = Mapping[FigurePart, Money | Unknown]


class PrintedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of one loan."""

    zh: str
    en: str
    parts: Parts


Lines = Mapping[tuple[UUID, str], PrintedLine]
"""By loan and line."""

_NONE: Final[Parts] = {}


def lines_of(history: History, as_of: date, books: Books | Unknown | None) -> Lines:
    """Every line of every loan of a case on a day; what was paid is a record in all of them."""
    recorded = position(history, as_of).loans
    found = {(loan.loan_id, AS_RECORDED): _as_recorded(loan) for loan in recorded}
    if not isinstance(books, Books):
        return found
    paid = {loan.loan_id: _known(loan.paid) for loan in recorded}
    for loan in ruled(history, as_of, books).loans:
        for line in loan.lines:
            parts = {**_ruled(line), FigurePart.PAID: paid[loan.loan_id]}
            key = (loan.loan_id, line.line_id)
            found[key] = PrintedLine(zh=line.title_zh, en=line.title_en, parts=parts)
    return found


def amount_of(lines: Lines, loan_id: UUID, line: str, part: FigurePart) -> Money | None:
    """One part's amount; None where it is Unknown or not there."""
    found = parts_of(lines, loan_id, line).get(part)
    return found if isinstance(found, Money) else None


def parts_of(lines: Lines, loan_id: UUID, line: str) -> Parts:
    """The parts of one line; none where the loan has no such line."""
    found = lines.get((loan_id, line))
    return found.parts if found else _NONE


def _as_recorded(loan: LoanPosition) -> PrintedLine:
    costs = {"interest": loan.interest, "penalty": loan.penalty, "fees": loan.fees}
    figures = {
        FigurePart.OWED: loan.owed,
        FigurePart.PRINCIPAL: loan.principal,
        FigurePart.COST: sum_of(costs, loan.currency),
        FigurePart.INTEREST: loan.interest,
        FigurePart.PENALTY: loan.penalty,
        FigurePart.FEES: loan.fees,
        FigurePart.PAID: loan.paid,
        FigurePart.OVERPAID: loan.overpaid,
    }
    parts = {part: _known(figure) for part, figure in figures.items()}
    return PrintedLine(zh="记录所载", en="As recorded", parts=parts)


def _ruled(line: Line) -> dict[FigurePart, Money | Unknown]:
    figures = {
        FigurePart.OWED: line.owed,
        FigurePart.PRINCIPAL: line.principal,
        FigurePart.COST: line.cost,
        FigurePart.APART: line.apart,
        FigurePart.OVERPAID: line.overpaid,
    }
    return {part: _known(figure) for part, figure in figures.items()}


def _known(figure: Figure) -> Money | Unknown:
    if figure.amount is not None:
        return figure.amount
    return figure.unknown or Unknown(reason="no reason was given", settled_by="")
