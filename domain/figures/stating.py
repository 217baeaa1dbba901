"""Giving figures out: the fact that says what was said, and from what it can be made again."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256

import msgspec

from domain.cases.history import History
from domain.cases.stating import FiguresStated, StatedFigure, StatedTo
from domain.figures.figure import RULES
from domain.figures.position import position
from domain.figures.rechecking import owed_by_line
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
    encode: Callable[[object], bytes],
) -> FiguresStated:
    """The fact that a case's figures were given out, as recorded and by every line of the books.

    `encode` writes the position as it was given out; no personal value is in it.
    """
    given = position(history, asked.as_of)
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
        digest=sha256(encode(given)).hexdigest(),
        figures=figures,
        purpose=asked.purpose,
    )
