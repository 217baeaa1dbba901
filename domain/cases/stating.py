"""Figures given out: what we told whom, so that a later recheck can compare."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.facts import Fact
from domain.money import Money
from domain.personal import Personal


class StatedTo(StrEnum):
    """Who was given the figures."""

    CLIENT = "client"
    LENDER = "lender"
    REGULATOR = "regulator"
    COURT = "court"
    MEDIATOR = "mediator"
    COLLEAGUE = "colleague"
    OTHER = "other"


class StatedFigure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One main figure as it was given out."""

    loan_id: UUID
    line: str
    """Which labelled line."""
    owed: Money | None
    """None: it was given out as Unknown."""


class FiguresStated(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="figures-stated"):
    """A position was given out, with everything that makes it again."""

    stated_on: date
    stated_to: StatedTo
    as_of: date
    known_at: int
    """Journal position up to which the case was read."""
    pack: str
    """Rule pack and version: `cn@2026.1`."""
    data: str
    """Version of the reference data."""
    digest: str
    """SHA-256 of the answer's bytes without its personal values, lower-case hex."""
    figures: tuple[StatedFigure, ...]
    purpose: Personal[str] | None = None

    def happened(self) -> date:
        """The day it was given out."""
        return self.stated_on


StatementFact = FiguresStated
"""Given out: no correction may touch it."""
