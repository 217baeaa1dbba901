"""Authority to act: what a member may do in a client's name, towards whom, and until when."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Fact
from domain.personal import Personal


class AuthorityScope(StrEnum):
    """What may be done in the client's name."""

    NEGOTIATE = "negotiate"
    COMPLAIN = "complain"
    COURT = "court"
    COLLECT_PAPERS = "collect-papers"


class AuthorityForm(StrEnum):
    """What the client signed."""

    LETTER = "letter"
    NOTARISED = "notarised"
    COURT_POWER = "court-power-of-attorney"
    """A power of attorney handed to a court (民事诉讼法 art. 62)."""


class AuthorityGiven(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="authority-given"):
    """A client gave a member authority to act for them. Its entry id is the authority's id."""

    scopes: tuple[AuthorityScope, ...]
    towards: str | None = None
    """The company, authority or court, in clear; None: towards all."""
    given_on: date
    ends_on: date | None = None
    """The last day it holds; None: until it is ended."""
    form: AuthorityForm
    holder: str
    """Member id of who may act."""
    note: Personal[str] | None = None

    def happened(self) -> date:
        """The day it was given."""
        return self.given_on


class AuthorityEndCause(StrEnum):
    """Why an authority is over before its last day."""

    CLIENT_REVOKED = "client-revoked"
    GIVEN_UP = "given-up"
    """The holder gave it up, or left."""
    MATTER_OVER = "matter-over"
    OTHER = "other"


class AuthorityEnded(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="authority-ended"):
    """An authority is over: it holds no more from that day on."""

    authority_id: UUID
    """Entry id of the `authority-given`."""
    ended_on: date
    cause: AuthorityEndCause
    reason: Personal[str] | None = None

    def happened(self) -> date:
        """The day from which it holds no more."""
        return self.ended_on


AuthorityFact = AuthorityGiven | AuthorityEnded
