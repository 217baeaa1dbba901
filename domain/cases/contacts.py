"""Contacts: every call, message, letter and visit between lender, client and us."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.facts import Dated, Observed
from domain.money import Money
from domain.personal import Personal


class ContactChannel(StrEnum):
    """How contact was made."""

    CALL = "call"
    ROBOT_CALL = "robot-call"
    SMS = "sms"
    WECHAT = "wechat"
    APP_MESSAGE = "app-message"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    OTHER = "other"


class ContactParty(StrEnum):
    """Who began it, or who was reached."""

    CLIENT = "client"
    LENDER = "lender"
    COLLECTOR = "collector"
    ADVISER = "adviser"
    FAMILY = "family"
    FRIEND = "friend"
    EMPLOYER = "employer"
    GUARANTOR = "guarantor"
    CO_DEBTOR = "co-debtor"
    STRANGER = "stranger"
    AUTHORITY = "authority"
    OTHER = "other"


class ContactOutcome(StrEnum):
    """What came of it."""

    NO_ANSWER = "no-answer"
    MESSAGE_LEFT = "message-left"
    TALKED = "talked"
    PROMISE = "promise"
    REFUSED = "refused"
    OFFER = "offer"
    THREAT = "threat"
    INFORMATION = "information"


class ContactFlag(StrEnum):
    """What was said or done in a contact."""

    DEBT_DISCLOSED = "debt-disclosed"
    THREAT = "threat"
    INSULT = "insult"
    FORCED_ENTRY = "forced-entry"
    POSED_AS_AUTHORITY = "posed-as-authority"
    INVENTED_BLACKLIST = "invented-blacklist"
    POSTED_NOTICE = "posted-notice"
    URGED_BORROWING = "urged-borrowing"
    PRIVATE_ACCOUNT = "private-account"
    """A private phone or social account was used."""
    NO_IDENTITY = "no-identity"
    ASKED_FOR_DETAILS = "asked-for-details"
    MESSAGE_ONLY = "message-only"


class ContactLogged(Observed, frozen=True, kw_only=True, omit_defaults=True, tag="contact-logged"):
    """A contact took place. The same outcome twice in a day is two contacts."""

    occurred_at: datetime
    """The moment, with its own offset: 2026-03-01T21:59:00+08:00."""
    zone: str = "Asia/Shanghai"
    """IANA name of the place where it was received."""
    channel: ContactChannel
    initiated_by: ContactParty
    reached: ContactParty
    on_behalf_of: str | None = None
    """Company for which a lender's or collector's caller spoke."""
    loan_ids: tuple[UUID, ...] = ()
    connected: bool | None = None
    duration_seconds: int | None = None
    counterpart: Personal[str] | None = None
    """Name or number at the other end."""
    outcome: ContactOutcome | None = None
    promised: Money | None = None
    """Amount that was promised, by whoever promised it."""
    promised_on: date | None = None
    """The day for which it was promised."""
    summary: Personal[str] | None = None
    agency: str | None = None
    """Company that collected for the creditor, where another one did."""
    contact_point_id: UUID | None = None
    """The number or address that was used, of `contact-point-noted`."""
    flags: tuple[ContactFlag, ...] = ()
    """What was said or done."""
    persons: int | None = None
    """How many came, of a visit."""

    def happened(self) -> datetime:
        """The moment."""
        return self.occurred_at


class PointKind(StrEnum):
    """What a contact point is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    WORK_PHONE = "work-phone"
    WECHAT = "wechat"
    EMAIL = "email"
    ADDRESS = "address"


class ContactPointNoted(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="contact-point-noted"
):
    """A number, account or address at which somebody was reached; its entry id names it."""

    kind: PointKind
    whose: ContactParty
    number: Personal[str]
    invalid_since: date | None = None
    """From this day on it reaches nobody."""


class Agreed(StrEnum):
    """What somebody agreed to."""

    NIGHT = "night"
    MORE_CALLS = "more-calls"
    MORE_ATTEMPTS = "more-attempts"


class ContactConsented(
    Observed, frozen=True, kw_only=True, omit_defaults=True, tag="contact-consented"
):
    """The client agreed to be contacted otherwise than the rules allow."""

    occurred_at: datetime
    to: str | None = None
    """The creditor; None: all of them."""
    what: tuple[Agreed, ...]
    until: date | None = None
    """Last day, in the contact's zone."""

    def happened(self) -> datetime:
        """The moment."""
        return self.occurred_at


class ContactConsentEnded(
    Observed, frozen=True, kw_only=True, omit_defaults=True, tag="contact-consent-ended"
):
    """The client took such a consent back."""

    occurred_at: datetime
    consent_id: UUID

    def happened(self) -> datetime:
        """The moment."""
        return self.occurred_at


class ContactObjected(
    Observed, frozen=True, kw_only=True, omit_defaults=True, tag="contact-objected"
):
    """Somebody said that they want no more of it."""

    occurred_at: datetime
    by: ContactParty
    to: str | None = None
    """The creditor; None: all of them."""
    contact_point_id: UUID | None = None
    """Where they are reached: it tells one relative from another."""

    def happened(self) -> datetime:
        """The moment."""
        return self.occurred_at


class ContactsFoundSame(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="contacts-found-same"
):
    """Entries from two records are one contact: the others count no more, and stay on record."""

    kept_id: UUID
    same_ids: tuple[UUID, ...]


ContactFact = (
    ContactLogged
    | ContactPointNoted
    | ContactConsented
    | ContactConsentEnded
    | ContactObjected
    | ContactsFoundSame
)
