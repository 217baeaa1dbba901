"""Case files given out: what was in one, what was left out, for whom and what for."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.stating import StatedTo
from domain.facts import Fact
from domain.personal import Personal


class Chapter(StrEnum):
    """What a case file can be narrowed down to; a correction belongs to what it corrects."""

    INTAKE = "intake"
    LENDING = "lending"
    PAYMENTS = "payments"
    CONTACTS = "contacts"
    PLANS = "plans"
    COMPLAINTS = "complaints"
    COURT = "court"
    BUDGET = "budget"
    HELPERS = "helpers"
    CREDIT = "credit"
    INSOLVENCY = "insolvency"
    FINDINGS = "findings"
    EVIDENCE = "evidence"
    STATEMENTS = "statements"
    """Figures and case files given out before."""
    NEGOTIATING = "negotiating"
    LETTERS = "letters"
    WORK = "work"


class Opens(StrEnum):
    """Kinds of personal values that a case file can show."""

    NAMES = "names"
    """Names of people and lenders."""
    NUMBERS = "numbers"
    """Contract, account, case and reference numbers."""
    TEXTS = "texts"
    """Free text: notes, summaries, statements, reasons, purposes."""
    FILES = "files"
    """Names and digests of evidence files."""


class Span(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A run of versions of the case's stream, both ends in it."""

    first: int
    last: int


class CaseExported(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="case-exported"):
    """A case file was given out; it ends with this event (`ops/docs/case-file.md`)."""

    exported_on: date
    exported_to: StatedTo
    as_of: date
    """The day that its readings are for."""
    known_at: int
    """Journal position up to which the record was read."""
    pack: str
    """Rule pack and version that its claim checks were made by."""
    data: str
    """Version of the reference data."""
    first_day: date | None = None
    """First day of recording that was asked for, in the case's zone."""
    last_day: date | None = None
    chapters: tuple[Chapter, ...] = ()
    """Empty: all."""
    left_out: tuple[Span, ...] = ()
    """Versions of which only header and digest were given."""
    opens: tuple[Opens, ...] = ()
    opened: int = 0
    """How many personal values of earlier entries were opened."""
    evidence_items: tuple[UUID, ...] = ()
    """Entry ids of the files that were given."""
    purpose: Personal[str]
    recipient: Personal[str] | None = None
    files: Personal[str]
    """Digest and path of every reading and evidence file, line by line, sorted by path."""

    def happened(self) -> date:
        """The day it was given out."""
        return self.exported_on


ExportFact = CaseExported
