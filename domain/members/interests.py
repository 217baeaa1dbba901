"""Interests: what ties a member to a lender, so that they keep out of its cases.

The company stands in clear, as a lender does in a loan. Through whom the tie runs is sealed under
the member's own key, for their stream is about them.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Fact, register
from domain.personal import Personal


class InterestKind(StrEnum):
    """What the tie is."""

    STAFF = "staff"
    """They, or the person named, work there or did."""
    KIN = "kin"
    """The person named is of their family."""
    SHAREHOLDING = "shareholding"
    DEBT = "debt"
    """They owe the company something themselves."""
    OTHER = "other"


class InterestDeclared(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="interest-declared"
):
    """A member said what ties them to a company. Its entry id is the interest's id."""

    member: str
    """Member id."""
    declared_on: date
    kind: InterestKind
    company: str
    person: Personal[str] | None = None
    """Through whom; None: the member themselves."""
    note: Personal[str] | None = None

    def happened(self) -> date:
        """The day it was said."""
        return self.declared_on


class InterestEnded(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="interest-ended"):
    """What tied a member to a company is over."""

    member: str
    interest_id: UUID
    """Entry id of the `interest-declared`."""
    ended_on: date
    reason: Personal[str] | None = None

    def happened(self) -> date:
        """The day it ended."""
        return self.ended_on


class InterestWithdrawn(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="interest-withdrawn"
):
    """An interest counts no more: it should never have been recorded."""

    member: str
    interest_id: UUID
    reason: Personal[str]


MemberFact = InterestDeclared | InterestEnded | InterestWithdrawn
register(InterestDeclared, InterestEnded, InterestWithdrawn)
