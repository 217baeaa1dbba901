"""Consent: what a client agreed to, until when, and that they took it back.

The purposes follow 个人信息保护法: consent to the work itself (art. 13), a separate one for
sensitive data such as accounts and health (art. 29), and a separate one for each handing over to
somebody else (art. 23). Consent can be taken back at any time (art. 15).
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Fact
from domain.personal import Personal


class ConsentPurpose(StrEnum):
    """What the client agreed to."""

    CASEWORK = "casework"
    SENSITIVE_DATA = "sensitive-data"
    SHARING_WITH_LENDER = "sharing-with-lender"
    SHARING_WITH_AUTHORITY = "sharing-with-authority"
    SHARING_WITH_COURT = "sharing-with-court"
    SHARING_WITH_HELPERS = "sharing-with-helpers"
    """Family and friends who lend or give."""
    RECORDING = "recording"
    """Calls and talks with us."""
    STATISTICS = "statistics"


class ConsentWay(StrEnum):
    """How the client said so."""

    PAPER = "paper"
    VOICE = "voice"
    ELECTRONIC = "electronic"


class ConsentGiven(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="consent-given"):
    """A client agreed to something. Its entry id is the consent's id."""

    purpose: ConsentPurpose
    given_on: date
    ends_on: date | None = None
    """The last day it holds; None: until it is taken back."""
    way: ConsentWay
    to_whom: str | None = None
    """The company or authority that may receive data, in clear; None: not limited to one."""
    note: Personal[str] | None = None
    """What shows it: the form, the recording, the message."""

    def happened(self) -> date:
        """The day it was given."""
        return self.given_on


class ConsentWithdrawn(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="consent-withdrawn"
):
    """A client took a consent back: it holds no more from that day on."""

    consent_id: UUID
    """Entry id of the `consent-given`."""
    withdrawn_on: date
    reason: Personal[str] | None = None

    def happened(self) -> date:
        """The day it was taken back."""
        return self.withdrawn_on


ConsentFact = ConsentGiven | ConsentWithdrawn
