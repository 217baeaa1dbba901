"""A contract's terms as stated, in words that every kind of loan shares; nothing is computed."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.money import Money


class Repayment(StrEnum):
    """How the contract says the loan is paid back."""

    LEVEL = "level-instalments"
    EQUAL_PRINCIPAL = "equal-principal"
    FLAT = "flat"
    INTEREST_FIRST = "interest-first"
    BULLET = "bullet"
    OTHER = "other"


class RatePeriod(StrEnum):
    """The period a stated rate is for. Without it a rate means nothing."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class DayCount(StrEnum):
    """How a contract counts time."""

    ACT_365 = "actual/365"
    """Actual days over 365, in leap years too."""
    ACT_360 = "actual/360"
    ACT_ACT = "actual/actual"
    """Each day over the length of its own calendar year."""
    THIRTY_360 = "30/360"
    """Months of thirty days, years of 360."""
    MONTHLY = "monthly"
    """A month, from the day of the month on which the money came, is a twelfth of a year; a day
    is its share of the month that it lies in."""


class Ends(StrEnum):
    """Which of the two end days bear interest."""

    FIRST_IN_LAST_OUT = "first-in-last-out"
    BOTH_IN = "both-in"


class InterestRounding(StrEnum):
    """Where a contract rounds interest to the minor unit."""

    AT_THE_END = "at-the-end"
    """Once, half-up, where a payment is used and on the day asked about; what is cut is kept."""
    EACH_PERIOD = "each-period"
    """Half-up whenever a payment or a due day ends a period."""
    EACH_PERIOD_DOWN = "each-period-down"


class Capitalised(StrEnum):
    """When unpaid interest becomes principal, where the contract says that it does (复利)."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    ON_DUE_DAYS = "on-due-days"


class PaymentPart(StrEnum):
    """What a payment can be used on, in the words of an agreed order."""

    COSTS = "costs"
    """Costs of realising the claim."""
    FEES = "fees"
    PENALTY = "penalty"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class Grace(StrEnum):
    """What happens in the periods at the start in which no principal falls due."""

    INTEREST_ONLY = "interest-only"
    """Their interest falls due."""
    CAPITALISED = "capitalised"
    """Their interest is added to the principal."""
    INTEREST_FREE = "interest-free"
    """They bear none."""


class Instalment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One payment due: a day and an amount."""

    due_on: date
    amount: Money


class Instalments(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Regular instalments in the contract's words, where it prints no table of them."""

    number: int
    first_due_on: date
    every_months: int = 1
    unit: Money | None = None
    """Instalments are whole multiples of it, the last takes the residue; None: the minor unit."""
    grace: int = 0
    """Periods at the start in which no principal falls due."""
    grace_kind: Grace = Grace.INTEREST_ONLY
    balloon: Money | None = None
    """Principal kept for the last due day."""


class Terms(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The contract's terms as stated, nothing computed or mended."""

    rate_pct: str | None = None
    """Interest rate in per cent for each `rate_period`, a decimal string: "1.5"."""
    rate_period: RatePeriod | None = None
    overdue_rate_pct: str | None = None
    """Overdue rate in per cent for each `overdue_rate_period`."""
    overdue_rate_period: RatePeriod | None = None
    repayment: Repayment | None = None
    schedule: tuple[Instalment, ...] = ()
    """The instalments that the contract prints."""
    instalments: Instalments | None = None
    """Regular instalments, where it says how many and prints no table."""
    due_on: date | None = None
    """The last day for paying back."""
    day_count: DayCount | None = None
    """None: actual days over 365."""
    ends: Ends | None = None
    """None: the first day bears interest, the last does not (算头不算尾)."""
    rounding: InterestRounding | None = None
    """None: at the end."""
    capitalised: Capitalised | None = None
    """None: unpaid interest bears none."""
    payment_order: tuple[PaymentPart, ...] = ()
    """The order agreed for using payments; empty: the statutory one."""


class Renewal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That a contract takes an earlier loan's debt over (借新还旧)."""

    loan_id: UUID
    """The earlier loan, of the same case."""
    carried_over: Money
    """What of it the new contract names as lent; fresh money comes on top."""
