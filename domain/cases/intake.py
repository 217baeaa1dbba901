"""Intake: opening, closing and reopening a case."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Fact
from domain.personal import Personal


class CloseReason(StrEnum):
    """Why work on a case ended. The debt may live on; its figures stay answerable."""

    SETTLED = "settled"
    PLAN_COMPLETED = "plan-completed"
    WRITTEN_OFF = "written-off"
    REFERRED = "referred"
    CLIENT_WITHDREW = "client-withdrew"
    CONTACT_LOST = "contact-lost"
    OTHER = "other"


class CaseOpened(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="case-opened"):
    """Work for a client on one or more debts began."""

    client_id: UUID
    opened_on: date
    zone: str = "Asia/Shanghai"
    """IANA name; every local day in the case is a day there."""
    adviser: str | None = None
    """Member id of the caseworker; never a name."""
    summary: Personal[str] | None = None

    def happened(self) -> date:
        """The day it was opened."""
        return self.opened_on


class CaseClosed(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="case-closed"):
    """Work on the case ended."""

    closed_on: date
    outcome: CloseReason
    reason: Personal[str]

    def happened(self) -> date:
        """The day it was closed."""
        return self.closed_on


class CaseReopened(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="case-reopened"):
    """Work on a closed case was taken up again."""

    reopened_on: date
    reason: Personal[str]

    def happened(self) -> date:
        """The day it was reopened."""
        return self.reopened_on


IntakeFact = CaseOpened | CaseClosed | CaseReopened
