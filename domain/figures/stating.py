"""Giving figures out: the fact that says what was said, and from what it can be made again."""

from datetime import date

import msgspec

from domain.cases.history import History
from domain.cases.stating import FiguresStated, StatedFigure, StatedTo
from domain.figures.figure import RULES
from domain.figures.rechecking import answer_digest, owed_by_line
from domain.personal import Personal
from domain.rules.books import Books

NO_DATA = "none"


class StateFigures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The wish to give a position out and to have that on record."""

    stated_to: StatedTo
    as_of: date
    known_at: int | None = None
    """Journal position; None: as known now."""
    purpose: Personal[str] | None = None


def statement(
    history: History,
    asked: StateFigures,
    books: Books | None,
    stated_on: date,
) -> FiguresStated:
    """The fact that a case's figures were given out, as recorded and by every line of the books."""
    owed = owed_by_line(history, asked.as_of, books)
    figures = tuple(
        StatedFigure(loan_id=loan_id, line=line, owed=amount)
        for (loan_id, line), amount in owed.items()
    )
    return FiguresStated(
        stated_on=stated_on,
        stated_to=asked.stated_to,
        as_of=asked.as_of,
        known_at=history.position,
        pack=books.pack.reference if books else RULES,
        data=books.data.version if books else NO_DATA,
        digest=answer_digest(history, asked.as_of),
        figures=figures,
        purpose=asked.purpose,
    )
