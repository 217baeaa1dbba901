"""Court: suits over a debt, with the two days that rules turn on.

The day of suing (起诉) and the day the court accepted the case (立案) decide which cap applies
(law/cn.md 1.2); neither is ever inferred from the other.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Dated
from domain.personal import Personal


class Claimant(StrEnum):
    """Who sues."""

    LENDER = "lender"
    CLIENT = "client"
    ASSIGNEE = "assignee"
    GUARANTOR = "guarantor"


class SuitFiled(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="suit-filed"):
    """A suit or application was handed in; `occurred_on` is the day of suing."""

    loan_ids: tuple[UUID, ...]
    claimant: Claimant
    accepted_on: date | None = None
    """The day the first-instance court accepted it, where known already."""
    court: str | None = None
    case_number: Personal[str] | None = None


class SuitAccepted(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="suit-accepted"):
    """The court accepted a suit on `occurred_on`."""

    suit_id: UUID


class SuitDecided(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="suit-decided"):
    """The court decided a suit for good on `occurred_on`: a later change of rules passes it by."""

    suit_id: UUID


CourtFact = SuitFiled | SuitAccepted | SuitDecided
