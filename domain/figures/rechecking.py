"""Rechecking: figures that were given out, against what their own facts give again.

A statement names the day, the journal position, the pack and the data it was made with. Made
again from these it must come out the same; where it does not, the difference is listed and never
smoothed over.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.stating import FiguresStated, StatedFigure
from domain.codec import edge_out
from domain.figures.figure import AS_RECORDED, RULES
from domain.figures.position import position
from domain.figures.printed import lines_of
from domain.figures.ruled import Ruled, ruled
from domain.money import Money
from domain.rules.books import Books

PART: Final = "/"
"""Between a line and a part of it, where a letter prints more than what is owed."""


class Outcome(StrEnum):
    """How a figure given out compares with the same figure made again."""

    SAME = "same"
    DIFFERS = "differs"
    GONE = "gone"
    """There is no such loan or line any more."""


class Rechecked(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of one statement."""

    statement_id: UUID
    stated_on: date
    as_of: date
    known_at: int
    loan_id: UUID
    line: str
    stated: Money | None
    """None: it was given out as Unknown."""
    again: Money | None
    verdict: Outcome


class RecheckedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of an answer that was given out, beside those it is made of again.

    Where they differ and every figure is the same, the form of the answer has changed since.
    """

    statement_id: UUID
    stated: str
    """SHA-256, lower-case hex."""
    again: str
    verdict: Outcome


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A line that two packs answer differently."""

    loan_id: UUID
    line: str
    owed: Money | None
    against: Money | None
    why: str


def recheck(
    statement_id: UUID, stated: FiguresStated, then: History, books: Books | None
) -> Iterator[Rechecked]:
    """Every figure of a statement beside the same figure made again.

    `then` is the case as known at the statement's own position; `books` are those it was made
    with, None for figures as recorded.
    """
    used = books if stated.pack != RULES else None
    again = owed_by_line(then, stated.as_of, used)
    if any(PART in figure.line for figure in stated.figures):
        again |= _parts(then, stated.as_of, used)
    for figure in stated.figures:
        found = (figure.loan_id, figure.line)
        yield Rechecked(
            statement_id=statement_id,
            stated_on=stated.stated_on,
            as_of=stated.as_of,
            known_at=stated.known_at,
            loan_id=figure.loan_id,
            line=figure.line,
            stated=figure.owed,
            again=again.get(found),
            verdict=_verdict(figure, again),
        )


def answer_digest(history: History, as_of: date) -> str:
    """SHA-256 in lower-case hex of a position as it is given out; no personal value is in it."""
    answer = msgspec.json.encode(position(history, as_of), enc_hook=edge_out)
    return sha256(answer).hexdigest()


def recheck_answer(statement_id: UUID, stated: FiguresStated, then: History) -> RecheckedAnswer:
    """The digest of a statement's answer beside that of the same answer made again."""
    again = answer_digest(then, stated.as_of)
    verdict = Outcome.SAME if again == stated.digest else Outcome.DIFFERS
    return RecheckedAnswer(
        statement_id=statement_id, stated=stated.digest, again=again, verdict=verdict
    )


def _verdict(figure: StatedFigure, again: dict[tuple[UUID, str], Money | None]) -> Outcome:
    key = (figure.loan_id, figure.line)
    if key not in again:
        return Outcome.GONE
    return Outcome.SAME if again[key] == figure.owed else Outcome.DIFFERS


def owed_by_line(
    history: History, as_of: date, books: Books | None
) -> dict[tuple[UUID, str], Money | None]:
    """What is owed by loan and line; None where it is Unknown."""
    found: dict[tuple[UUID, str], Money | None] = {
        (loan.loan_id, AS_RECORDED): loan.owed.amount for loan in position(history, as_of).loans
    }
    if books is not None:
        found |= _lines(ruled(history, as_of, books))
    return found


def _parts(
    history: History, as_of: date, books: Books | None
) -> dict[tuple[UUID, str], Money | None]:
    """What a letter can print, by loan and `line/part`."""
    return {
        (loan_id, f"{line}{PART}{part.value}"): amount if isinstance(amount, Money) else None
        for (loan_id, line), printed in lines_of(history, as_of, books).items()
        for part, amount in printed.parts.items()
    }


def _lines(answer: Ruled) -> dict[tuple[UUID, str], Money | None]:
    return {
        (loan.loan_id, line.line_id): line.owed.amount
        for loan in answer.loans
        for line in loan.lines
    }


def moved(history: History, as_of: date, books: Books, against: Books) -> list[Moved]:
    """Lines that come out otherwise by another pack or other data, and why each stands there."""
    ours, theirs = ruled(history, as_of, books), ruled(history, as_of, against)
    other = _lines(theirs)
    why = {(loan.loan_id, line.line_id): line.why for loan in theirs.loans for line in loan.lines}
    found = []
    for (loan_id, line), owed in _lines(ours).items():
        if other.get((loan_id, line)) != owed:
            found.append(
                Moved(
                    loan_id=loan_id,
                    line=line,
                    owed=owed,
                    against=other.get((loan_id, line)),
                    why=why.get((loan_id, line), "the other pack has no such line"),
                )
            )
    return found
