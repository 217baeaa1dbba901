"""Findings: what a court or a person decides and a program cannot."""

from enum import StrEnum
from uuid import UUID

from domain.facts import Dated
from domain.personal import Personal


class Finding(StrEnum):
    """What was found."""

    LOAN_VOID = "loan-void"
    """The contract is void (规定 art. 13): interest falls away."""
    TAKEN_BACK = "taken-back"
    """A charge or payment was a take-back at disbursement: it reduces what was lent."""
    COUNTS_AS_COST = "counts-as-cost"
    """A charge by whomever is a cost of the loan and counts into the cap."""
    NOT_A_COST = "not-a-cost"
    """A charge is no cost of the loan."""


class FoundBy(StrEnum):
    """Whose finding it is."""

    COURT = "court"
    REGULATOR = "regulator"
    PARTIES = "parties"
    ADVISER = "adviser"


class FindingRecorded(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="finding-recorded"):
    """Somebody found something about a loan on `occurred_on`."""

    loan_id: UUID
    finding: Finding
    found_by: FoundBy
    about_id: UUID | None = None
    """The charge or payment that it is about, where it is about one."""
    reason: Personal[str] | None = None


FindingFact = FindingRecorded
