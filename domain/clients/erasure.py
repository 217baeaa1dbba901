"""Erasure: asked for, decided, done (个人信息保护法 arts. 15, 47 and 50).

A reason in words is sealed under the client and goes with them; the coded ground and the legal
basis stand in clear and stay, so that a report can say later why somebody was forgotten.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Fact
from domain.personal import Personal


class RequestedBy(StrEnum):
    """Who asks for it."""

    CLIENT = "client"
    REPRESENTATIVE = "representative"
    RELATIVE = "relative"
    """Of a client who has died (个人信息保护法 art. 49)."""
    AUTHORITY = "authority"
    OURSELVES = "ourselves"
    """The house itself, such as when the retention period is over."""


class ErasureGround(StrEnum):
    """Why a client is forgotten (个人信息保护法 art. 47)."""

    PURPOSE_ACHIEVED = "purpose-achieved"
    RETENTION_OVER = "retention-over"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    UNLAWFUL = "unlawful"
    OTHER_LAW = "other-law"


class RefusalGround(StrEnum):
    """Why a client is not forgotten now."""

    LEGAL_HOLD = "legal-hold"
    RETENTION_RUNNING = "retention-running"
    """A law has the records kept for longer (个人信息保护法 art. 47, last paragraph)."""
    CLAIM_PENDING = "claim-pending"
    IDENTITY_UNPROVEN = "identity-unproven"
    REQUEST_WITHDRAWN = "request-withdrawn"
    OTHER_LAW = "other-law"


class ErasureRequested(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="erasure-requested"
):
    """Somebody asked that the client be forgotten."""

    requested_on: date
    requested_by: RequestedBy
    reason: Personal[str] | None = None

    def happened(self) -> date:
        """The day it was asked for."""
        return self.requested_on


class ErasureGranted(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="erasure-granted"):
    """It was decided that the client is to be forgotten; no case can be opened for them now."""

    decided_on: date
    ground: ErasureGround
    legal_basis: str
    """The provision it rests on, in clear: `个人信息保护法 art. 47`. Never about the person."""
    reason: Personal[str] | None = None
    """Absent only where the key is destroyed already, and a restore lost the erasure's event."""

    def happened(self) -> date:
        """The day it was decided."""
        return self.decided_on


class ErasureRefused(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="erasure-refused"):
    """It was decided that the client is not to be forgotten now."""

    decided_on: date
    ground: RefusalGround
    legal_basis: str
    """The provision it rests on, in clear. Never about the person."""
    reason: Personal[str]

    def happened(self) -> date:
        """The day it was decided."""
        return self.decided_on


class ClientErased(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="client-erased"):
    """The client is forgotten: from this event on nothing of theirs is given out.

    Their data key and these files are destroyed right after it; a crash in between is finished
    at the next start. Nothing in it is personal.
    """

    erased_on: date
    ground: ErasureGround
    legal_basis: str
    decision_id: UUID
    """The `erasure-granted` it carries out."""
    cases: tuple[UUID, ...] = ()
    """Every case of theirs; each has a `case-erased` from the same command."""
    files: tuple[UUID, ...] = ()
    """Evidence files of these cases, by their place in the evidence store."""

    def happened(self) -> date:
        """The day it was done."""
        return self.erased_on
