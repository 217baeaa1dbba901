"""Letters: drafted with their figures frozen, approved, sent, delivered, answered, each a fact."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.stating import StatedFigure
from domain.facts import Dated, Fact, Observed
from domain.money import Money
from domain.personal import Personal
from domain.warnings import AnsweredWarning


class Addressee(StrEnum):
    """Kinds of recipients."""

    LENDER = "lender"
    COLLECTOR = "collector"
    REGULATOR = "regulator"
    CREDIT_BUREAU = "credit-bureau"
    COURT = "court"
    MEDIATOR = "mediator"
    EMPLOYER = "employer"
    HELPER = "helper"
    """Family and friends who lend or give."""
    GUARANTOR = "guarantor"
    """Guarantors and co-debtors."""
    CLIENT = "client"


class Language(StrEnum):
    """Languages that a template is written in."""

    ZH = "zh"
    EN = "en"


class FigurePart(StrEnum):
    """Parts of a loan's line that a letter can print."""

    OWED = "owed"
    PRINCIPAL = "principal"
    COST = "cost"
    """Interest, penalty and fees together."""
    INTEREST = "interest"
    PENALTY = "penalty"
    FEES = "fees"
    APART = "apart"
    """Costs of realising the claim, outside the cost."""
    PAID = "paid"
    OVERPAID = "overpaid"


class FrozenFigure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One figure as the letter prints it."""

    loan_id: UUID
    line: str
    part: FigurePart
    amount: Money | None
    """None: printed as not known, with the reason."""


class LetterDrafted(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="letter-drafted"):
    """A letter was filled in from a template. Its entry id is the letter's id.

    It keeps everything that makes its figures again, as `figures-stated` does.
    """

    drafted_on: date
    template: str
    template_version: int
    language: Language
    addressee_kind: Addressee
    addressee: str | None = None
    """The company or authority, in clear."""
    addressee_name: Personal[str] | None = None
    """A person's name."""
    loan_ids: tuple[UUID, ...] = ()
    about_id: UUID | None = None
    """The complaint, proposal, plan or objection that it belongs to."""
    replaces_id: UUID | None = None
    """The earlier draft that it takes the place of."""
    as_of: date
    """The day that its figures are for."""
    known_at: int
    """Journal position up to which the case was read."""
    pack: str
    """Rule pack and version: `cn@2026.1`."""
    data: str
    """Version of the reference data."""
    digest: str
    """SHA-256 of the whole position's bytes without personal values, lower-case hex."""
    figures: tuple[StatedFigure, ...] = ()
    """What was owed by each line of its loans."""
    frozen: tuple[FrozenFigure, ...] = ()
    """What the text prints, in its order."""
    answer_wanted_on: date | None = None
    """The day by which it asks for an answer."""
    is_promise: bool = False
    """Whether it offers or promises payment."""
    text: Personal[str]

    def happened(self) -> date:
        """The day it was drafted."""
        return self.drafted_on


class LetterApproved(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="letter-approved"):
    """Whoever recorded it approved the letter as it stands."""

    letter_id: UUID
    approved_on: date
    answered: tuple[AnsweredWarning, ...] = ()

    def happened(self) -> date:
        """The day it was approved."""
        return self.approved_on


class DispatchChannel(StrEnum):
    """How a letter goes out."""

    REGISTERED_MAIL = "registered-mail"
    COURIER = "courier"
    MAIL = "mail"
    EMAIL = "email"
    FAX = "fax"
    APP_MESSAGE = "app-message"
    ONLINE_FORM = "online-form"
    BY_HAND = "by-hand"
    OTHER = "other"


class LetterSent(Observed, frozen=True, kw_only=True, omit_defaults=True, tag="letter-sent"):
    """An approved letter went out; that it arrived is another fact."""

    letter_id: UUID
    channel: DispatchChannel
    sent_on: date
    reference: Personal[str] | None = None
    """Number of the mail item or of the receipt."""
    answered: tuple[AnsweredWarning, ...] = ()

    def happened(self) -> date:
        """The day it went out."""
        return self.sent_on


class DeliveryShownBy(StrEnum):
    """What the delivery is known from."""

    SIGNED_RECEIPT = "signed-receipt"
    TRACKING = "tracking"
    READ_MARK = "read-mark"
    ACKNOWLEDGED = "acknowledged"
    """The addressee said so."""
    HANDED_OVER = "handed-over"
    OTHER = "other"


class LetterDelivered(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="letter-delivered"):
    """A letter reached its addressee on `occurred_on`."""

    letter_id: UUID
    shown_by: DeliveryShownBy


class ReturnReason(StrEnum):
    """Why a letter came back."""

    REFUSED = "refused"
    MOVED = "moved"
    ADDRESS_UNKNOWN = "address-unknown"
    NOT_COLLECTED = "not-collected"
    BOUNCED = "bounced"
    OTHER = "other"


class LetterReturned(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="letter-returned"):
    """A letter came back on `occurred_on`."""

    letter_id: UUID
    why: ReturnReason


class LetterAnswer(StrEnum):
    """What an answer comes to."""

    AGREED = "agreed"
    REFUSED = "refused"
    COUNTER = "counter"
    """It offers something else."""
    HOLDING = "holding"
    """It promises an answer and gives none."""
    INFORMATION = "information"


class LetterAnswered(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="letter-answered"):
    """The addressee answered a letter on `occurred_on`."""

    letter_id: UUID
    answer: LetterAnswer
    summary: Personal[str] | None = None


class LetterDropped(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="letter-dropped"):
    """A letter will not be sent."""

    letter_id: UUID
    dropped_on: date
    reason: Personal[str]

    def happened(self) -> date:
        """The day it was given up."""
        return self.dropped_on


LetterFact = LetterSent | LetterDelivered | LetterReturned | LetterAnswered | LetterDropped
"""What became of letters; a correction can replace it."""

LetterFixed = LetterDrafted | LetterApproved
"""A text is replaced by a new draft; an approval is its giver's own act, withdrawn or left."""

AboutLetter = LetterApproved | LetterFact
"""Facts that name a letter."""
