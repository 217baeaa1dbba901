"""Giving figures out: the fact that says what was said, and from what it can be made again."""

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.letters import Addressee, FigurePart, LetterDrafted
from domain.cases.stating import FiguresStated, StatedFigure, StatedTo
from domain.figures.figure import RULES
from domain.figures.rechecking import PART, answer_digest, owed_by_line
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


_STATED_TO: Final = {
    Addressee.LENDER: StatedTo.LENDER,
    Addressee.COLLECTOR: StatedTo.LENDER,
    Addressee.REGULATOR: StatedTo.REGULATOR,
    Addressee.COURT: StatedTo.COURT,
    Addressee.MEDIATOR: StatedTo.MEDIATOR,
    Addressee.CLIENT: StatedTo.CLIENT,
}


def statements(history: History) -> Iterator[tuple[UUID, FiguresStated]]:
    """What was given out in a case, and what its letters say: all that a recheck makes again."""
    yield from history.standing(FiguresStated)
    for letter_id, letter in history.standing(LetterDrafted):
        yield letter_id, _stated_in(letter)


def _stated_in(letter: LetterDrafted) -> FiguresStated:
    """A letter's frozen figures in the form of a statement."""
    printed = tuple(
        StatedFigure(
            loan_id=each.loan_id, line=f"{each.line}{PART}{each.part.value}", owed=each.amount
        )
        for each in letter.frozen
        if each.part is not FigurePart.OWED
    )
    return FiguresStated(
        stated_on=letter.drafted_on,
        stated_to=_STATED_TO.get(letter.addressee_kind, StatedTo.OTHER),
        as_of=letter.as_of,
        known_at=letter.known_at,
        pack=letter.pack,
        data=letter.data,
        digest=letter.digest,
        figures=letter.figures + printed,
    )
