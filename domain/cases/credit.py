"""The credit record: reports obtained, what they say, what was disputed, and the answers."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal


class CreditReportObtained(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="credit-report-obtained"
):
    """The client's credit report was obtained on `occurred_on`."""

    bureau: str
    is_free: bool = True
    """One of the two free ones a year (征信业管理条例 17)."""


class CreditEntrySeen(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="credit-entry-seen"
):
    """What a report says of one debt; `occurred_on` is the day of the report."""

    report_id: UUID
    provider: str
    """The lender that reported it."""
    loan_id: UUID | None = None
    """The loan of this case that it is about; None: not one of the client's, as far as known."""
    overdue: Money | None = None
    overdue_since: date | None = None
    default_ended_on: date | None = None
    """The day the default ended, as the report says."""
    text: Personal[str] | None = None


class DisputedBefore(StrEnum):
    """Who was asked to correct an entry."""

    BUREAU = "bureau"
    PROVIDER = "provider"


class DisputeGround(StrEnum):
    """Why an entry is said to be wrong."""

    NOT_MINE = "not-mine"
    PAID = "paid"
    AMOUNT = "amount"
    DATES = "dates"
    TOO_OLD = "too-old"
    NOT_NOTIFIED = "not-notified"
    OTHER = "other"


class CreditEntryDisputed(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="credit-entry-disputed"
):
    """An objection to an entry was handed in (征信业管理条例 25)."""

    credit_entry_id: UUID
    grounds: tuple[DisputeGround, ...]
    before: DisputedBefore = DisputedBefore.BUREAU
    statement: Personal[str] | None = None


class DisputeOutcome(StrEnum):
    """What an objection came to."""

    CORRECTED = "corrected"
    DELETED = "deleted"
    KEPT = "kept"
    ANNOTATED = "annotated"


class CreditDisputeAnswered(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="credit-dispute-answered"
):
    """The written answer to an objection came."""

    dispute_id: UUID
    outcome: DisputeOutcome
    summary: Personal[str] | None = None


CreditFact = CreditReportObtained | CreditEntrySeen | CreditEntryDisputed | CreditDisputeAnswered
