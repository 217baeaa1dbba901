"""Giving figures out: the fact that says what was said, and from what it can be made again."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256

import msgspec

from domain.cases.stating import FiguresStated, StatedFigure, StatedTo
from domain.figures.reading import Position
from domain.personal import Personal

AS_RECORDED = "as-recorded"
NO_DATA = "none"


class StateFigures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The wish to give a position out and to have that on record."""

    stated_to: StatedTo
    as_of: date
    known_at: int | None = None
    """Journal position; None: as known now."""
    purpose: Personal[str] | None = None


def digest_of(position: Position, encode: Callable[[object], bytes]) -> str:
    """SHA-256 of a position as the edge writes it, lower-case hex. No personal value is in it."""
    return sha256(encode(position)).hexdigest()


def statement(
    position: Position, digest: str, asked: StateFigures, stated_on: date
) -> FiguresStated:
    """The fact that these figures were given out."""
    figures = tuple(
        StatedFigure(loan_id=loan.loan_id, line=AS_RECORDED, owed=loan.owed.amount)
        for loan in position.loans
    )
    return FiguresStated(
        stated_on=stated_on,
        stated_to=asked.stated_to,
        as_of=position.as_of,
        known_at=position.known_at,
        pack=position.rules,
        data=NO_DATA,
        digest=digest,
        figures=figures,
        purpose=asked.purpose,
    )
