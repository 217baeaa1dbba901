"""Evidence: items with their digest, source and custody, and what each one shows; notes."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Fact
from domain.personal import Personal


class EvidenceSource(StrEnum):
    """Where an item comes from (证据规定 art. 19: each item states its source)."""

    CLIENT_PHONE = "client-phone"
    CLIENT_PAPERS = "client-papers"
    LENDER_APP = "lender-app"
    LENDER = "lender"
    BANK = "bank"
    PAYMENT_SERVICE = "payment-service"
    COURT = "court"
    REGULATOR = "regulator"
    CREDIT_BUREAU = "credit-bureau"
    THIRD_PARTY = "third-party"
    OTHER = "other"


class EvidenceAdded(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="evidence-added"):
    """A file was taken into custody. Its entry id is the item's id."""

    file_id: UUID
    """Where the sealed file lies in the evidence store."""
    name: Personal[str]
    """The original file name."""
    sha256: Personal[str]
    """Hex digest of the file; personal, since it can identify a known document."""
    size_bytes: int
    media_type: str
    source: EvidenceSource
    obtained_on: date
    obtained_by: Personal[str] | None = None
    """Who obtained it."""
    description: Personal[str] | None = None

    def happened(self) -> date:
        """The day it was obtained."""
        return self.obtained_on


class EvidenceLinked(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="evidence-linked"):
    """An item was found to show an entry."""

    item_id: UUID
    entry_id: UUID
    shows: Personal[str] | None = None
    """What it shows, in words."""


class NoteAdded(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="note-added"):
    """A caseworker wrote something down."""

    noted_on: date
    text: Personal[str]
    entry_id: UUID | None = None
    """The entry that it is about."""

    def happened(self) -> date:
        """The day it speaks of."""
        return self.noted_on


EvidenceFact = EvidenceLinked | NoteAdded
"""What a correction may touch; a file in custody is not among them, for its digest stands."""
