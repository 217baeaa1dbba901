"""What limitation is asked about, and what it answers (law/cn.md 1.8)."""

from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.figures.figure import Unknown
from domain.rules.cn import rule_ids as ids


class LimitationKind(StrEnum):
    """Events that move the clock."""

    DEMAND_REACHED = "demand-reached"
    PROMISE = "promise"
    PART_PAYMENT = "part-payment"
    PLAN_AGREED = "plan-agreed"
    SUIT = "suit"
    PAYMENT_ORDER = "payment-order"
    MEDIATION = "mediation"
    ASSIGNMENT_NOTICE = "assignment-notice"
    SUSPENSION = "suspension"


PROCEEDINGS: Final = frozenset(
    {LimitationKind.SUIT, LimitationKind.PAYMENT_ORDER, LimitationKind.MEDIATION}
)
"""Interrupt from their start and run anew from their end (民法典 195)."""

WAIVING: Final = frozenset({LimitationKind.PROMISE, LimitationKind.PLAN_AGREED})
"""After expiry these give the defence up (诉讼时效规定 19)."""

RULE_OF: Final = {
    LimitationKind.DEMAND_REACHED: ids.DEMAND_REACHED,
    LimitationKind.PROMISE: ids.CONSENT,
    LimitationKind.PART_PAYMENT: ids.CONSENT,
    LimitationKind.PLAN_AGREED: ids.CONSENT,
    LimitationKind.SUIT: ids.INTERRUPTION,
    LimitationKind.PAYMENT_ORDER: ids.OTHER_PROCEEDINGS,
    LimitationKind.MEDIATION: ids.OTHER_PROCEEDINGS,
    LimitationKind.ASSIGNMENT_NOTICE: ids.ASSIGNMENT,
    LimitationKind.SUSPENSION: ids.SUSPENSION,
}


class LimitationEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event. A demand belongs here only once it reached the debtor, or should have."""

    kind: LimitationKind
    on: date
    entry_id: UUID
    until: date | None = None
    """End of a suspension or of proceedings; None while open or not on record."""


class LimitationQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """The due dates of one debt and what happened, in any order; later than `as_of` is ignored."""

    due_dates: tuple[date, ...]
    events: tuple[LimitationEvent, ...] = ()
    as_of: date
    called_in_on: date | None = None
    """Day to which the lender called the whole loan in, where it did."""


class LimitationState(StrEnum):
    """Where the clock stands on a day."""

    RUNNING = "running"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class Effect(StrEnum):
    """What an event did."""

    STARTED = "started"
    RESTARTED = "restarted"
    PROLONGED = "prolonged"
    WAIVED = "waived-the-defence"
    TOO_LATE = "after-expiry-without-effect"
    TOO_EARLY = "before-the-clock-without-effect"
    NOT_NEEDED = "without-effect"
    UNCERTAIN = "uncertain"
    LONG_STOP = "twenty-years"


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """One link of the chain: what happened, and until when the clock ran after it."""

    on: date
    effect: Effect
    kind: LimitationKind | None
    """None for the start and for the long stop."""
    entry_id: UUID | None
    runs_to: date | None
    """As counted after this link; None while a suspension is open."""
    rule_id: str


class Limitation(msgspec.Struct, frozen=True, kw_only=True):
    """The answer, with its chain in order of days."""

    state: LimitationState
    expires_on: date | None
    """Last day; None where it is not known."""
    provisional: Unknown | None
    """Why the day may still move: an unpublished holiday, proceedings without an end."""
    unknown: Unknown | None
    chain: tuple[Cause, ...]
    rule_ids: tuple[str, ...]
