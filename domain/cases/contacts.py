"""Contacts: every call, message, letter and visit between lender, client and us."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.facts import Observed
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

    def happened(self) -> datetime:
        """The moment."""
        return self.occurred_at


ContactFact = ContactLogged
