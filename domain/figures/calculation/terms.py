"""What a repayment schedule is made from, and the rows that it is made of."""

from datetime import date
from fractions import Fraction

import msgspec

from domain.cases.terms import Grace, Repayment
from domain.figures.calculation.daycount import DayCount, whole_months, year_fraction
from domain.figures.calculation.rounding import Rounding

__all__ = ["Grace", "NeverAmortises", "Plan", "Row", "check", "parts_of_year"]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The terms of a loan paid out at once. Amounts in minor units, the rate a fraction of one."""

    principal_minor: int
    rate_year: Fraction
    start: date
    """The day the money arrived."""
    due: tuple[date, ...]
    """Due days, rising; as irregular as the contract makes them."""
    method: Repayment
    count: DayCount | None = None
    """How the days of a period count; None: every period is the same part of a year."""
    periods_a_year: int = 12
    """Of which part, where `count` is None."""
    rounding: Rounding = Rounding.HALF_UP
    """Of each period's interest, to the minor unit."""
    unit_minor: int = 1
    """Instalments are whole multiples of it (100: whole yuan); the last takes the remainder."""
    unit_rounding: Rounding = Rounding.HALF_UP
    instalments_minor: tuple[int, ...] = ()
    """Instalments that the contract names, from the first after the grace; the last repeats."""
    grace: int = 0
    """Number of periods without principal at the start."""
    grace_kind: Grace = Grace.INTEREST_ONLY
    balloon_minor: int = 0
    """Principal kept for the last due day, on top of the last instalment."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One due day, in minor units."""

    number: int
    due_on: date
    principal_minor: int
    interest_minor: int
    balance_minor: int
    """Principal left after it."""
    capitalised_minor: int = 0
    """Interest that was added to the principal instead of falling due."""

    @property
    def total_minor(self) -> int:
        """What falls due."""
        return self.principal_minor + self.interest_minor


class NeverAmortises(ValueError):
    """An instalment does not even cover its period's interest: the loan is never paid back."""

    def __init__(self, number: int, instalment_minor: int, interest_minor: int) -> None:
        """Name the instalment, counted from one, and both amounts in minor units."""
        super().__init__(
            f"instalment {number} is {instalment_minor} minor units and the interest of its "
            f"period {interest_minor}: the principal would never be paid back"
        )
        self.number = number
        self.instalment_minor = instalment_minor
        self.interest_minor = interest_minor


def check(plan: Plan) -> None:
    """ValueError, naming what is wrong, for terms from which no schedule can be made."""
    for is_wrong, reason in (
        (not plan.due, "a schedule needs due days"),
        (list(plan.due) != sorted(set(plan.due)), "due days rise, no two on one day"),
        (bool(plan.due) and plan.due[0] <= plan.start, "the first due day is after the start"),
        (plan.principal_minor <= 0, "a schedule needs a principal"),
        (plan.rate_year < 0, "a rate is not negative"),
        (plan.periods_a_year < 1, "a year has at least one period"),
        (plan.unit_minor < 1, "an instalment's unit is at least one minor unit"),
        (not 0 <= plan.grace < max(1, len(plan.due)), "grace ends before the last due day"),
        (not 0 <= plan.balloon_minor < plan.principal_minor, "a balloon is part of the principal"),
        (any(one <= 0 for one in plan.instalments_minor), "an instalment is more than nothing"),
    ):
        if is_wrong:
            raise ValueError(reason)
    _check_method(plan)


def _check_method(plan: Plan) -> None:
    if plan.method is Repayment.OTHER:
        raise ValueError("no schedule can be made from terms of repayment that are not named")
    if plan.method is Repayment.BULLET and len(plan.due) != 1:
        raise ValueError("a bullet loan has one due day; interest on the way is interest-first")
    if plan.method is Repayment.FLAT and (plan.grace or plan.balloon_minor):
        raise ValueError(
            "flat interest on a grace period or a balloon needs the contract's own rows"
        )
    if plan.instalments_minor and plan.method not in (Repayment.LEVEL, Repayment.FLAT):
        raise ValueError(f"{plan.method} has no instalments to name")


def parts_of_year(plan: Plan) -> list[Fraction]:
    """Each period as a part of a year.

    ValueError for a bullet loan without a day count whose time is not whole months.
    """
    if plan.count is not None:
        starts = (plan.start, *plan.due[:-1])
        days = zip(starts, plan.due, strict=True)
        return [year_fraction(start, end, plan.count) for start, end in days]
    if plan.method is not Repayment.BULLET:
        return [Fraction(1, plan.periods_a_year)] * len(plan.due)
    months = whole_months(plan.start, plan.due[0])
    if months is None:
        raise ValueError("a bullet loan over odd days needs a day count")
    return [Fraction(months, 12)]
