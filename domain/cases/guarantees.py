"""Guarantees: who stands in for a debt, how far, and what reached them."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Dated
from domain.personal import Personal


class GuaranteeForm(StrEnum):
    """General: the debtor is sued first. Joint: the creditor may choose."""

    GENERAL = "general"
    JOINT = "joint"


class GuaranteeGiven(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="guarantee-given"):
    """Somebody guaranteed a loan on `occurred_on`; its entry id is the guarantee's id."""

    loan_id: UUID
    form: GuaranteeForm | None = None
    """As stated; None where the contract states none."""
    until: date | None = None
    """Agreed end of the guarantee period; None where none, or none clear, was agreed."""
    guarantor: Personal[str] | None = None


class GuarantorCalled(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="guarantor-called"):
    """A demand of the creditor, or its suit, reached the guarantor on `occurred_on`."""

    guarantee_id: UUID


GuaranteeFact = GuaranteeGiven | GuarantorCalled
