"""Legal hold: while one stands, nothing of the client may be destroyed."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Fact
from domain.personal import Personal


class HeldFor(StrEnum):
    """For whose sake the records are kept."""

    COURT = "court"
    ARBITRATION = "arbitration"
    REGULATOR = "regulator"
    POLICE = "police"
    COMPLAINT = "complaint"
    OWN_CLAIM = "own-claim"
    OTHER = "other"


class LegalHoldPlaced(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="legal-hold-placed"):
    """The client's records must be kept until the hold is lifted. Its entry id is the hold's id."""

    placed_on: date
    held_for: HeldFor
    review_on: date
    """By when somebody looks whether it is still needed. It does not end by itself that day."""
    reason: Personal[str]

    def happened(self) -> date:
        """The day it was placed."""
        return self.placed_on


class LegalHoldLifted(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="legal-hold-lifted"):
    """A hold is over."""

    hold_id: UUID
    """Entry id of the `legal-hold-placed`."""
    lifted_on: date
    reason: Personal[str]

    def happened(self) -> date:
        """The day it was lifted."""
        return self.lifted_on
