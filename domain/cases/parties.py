"""The parties of a debt beside borrower and lender, and which notices reached whom."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Dated
from domain.personal import Personal


class PartyRole(StrEnum):
    """What somebody is to a debt."""

    CO_DEBTOR = "co-debtor"
    GUARANTOR = "guarantor"
    SPOUSE = "spouse"
    ASSIGNEE = "assignee"
    """Who took the claim over."""
    COLLECTOR = "collector"
    """Appointed to collect; the claim stays with the creditor."""
    PLATFORM = "platform"
    """Brokered or services the loan."""
    FUND_PROVIDER = "fund-provider"
    LAWYER = "lawyer"
    """Of the creditor."""
    OTHER = "other"


class PartyNamed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="party-named"):
    """Somebody is a party to debts of the case from `occurred_on` on; its entry names the party."""

    loan_ids: tuple[UUID, ...]
    role: PartyRole
    company: str | None = None
    """A company's name; it stands in clear, as a lender's does."""
    person: Personal[str] | None = None
    """A natural person's name. Either this or `company`."""
    id_number: Personal[str] | None = None
    phones: tuple[Personal[str], ...] = ()
    by_id: UUID | None = None
    """The party that appointed them or assigned to them; None: the lender."""
    guarantee_id: UUID | None = None
    """Of a guarantor, the guarantee."""


class PartyLeft(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="party-left"):
    """A party is one no more from `occurred_on` on: an appointment ended, a claim went back."""

    party_id: UUID
    reason: Personal[str] | None = None


class NoticeKind(StrEnum):
    """What a notice says."""

    ASSIGNMENT = "assignment"
    """The claim went over to the party (民法典 546)."""
    COLLECTOR_APPOINTED = "collector-appointed"
    ACCOUNT_CHANGED = "account-changed"
    """Payments are to go elsewhere."""
    OTHER = "other"


class NoticeWay(StrEnum):
    """How a notice came."""

    LETTER = "letter"
    SMS = "sms"
    EMAIL = "email"
    APP_MESSAGE = "app-message"
    CALL = "call"
    IN_PERSON = "in-person"
    COURT = "court"
    PUBLICATION = "publication"
    OTHER = "other"


class NoticeReached(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="notice-reached"):
    """A notice reached somebody on `occurred_on`. Each whom it reached is an entry of its own."""

    kind: NoticeKind
    loan_ids: tuple[UUID, ...]
    party_id: UUID | None = None
    """The party that it is about; needed for an assignment and for a collector's appointment."""
    recipient_id: UUID | None = None
    """The party whom it reached; None: the borrower."""
    sent_on: date | None = None
    """The day that it bears, or on which it was sent."""
    way: NoticeWay


PartyFact = PartyNamed | PartyLeft | NoticeReached
