"""Rounding as a stated rule: where, and which way. Nowhere else is anything rounded."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """Which way an amount goes to whole minor units; a negative one as its positive twin."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    DOWN = "down"
    """Toward nothing."""
    UP = "up"
    """Away from nothing."""


def to_minor(value: Fraction | Decimal | int, rounding: Rounding, unit_minor: int = 1) -> int:
    """An exact amount in minor units to a whole multiple of `unit_minor`.

    Exact also where the decimals of `value` never end, for the quotient is taken in whole
    numbers. ValueError for a unit below one.
    """
    if unit_minor < 1:
        raise ValueError(f"amounts cannot be rounded to multiples of {unit_minor}")
    exact = Fraction(value) / unit_minor
    whole, rest = divmod(abs(exact.numerator), exact.denominator)
    whole += _goes_up(whole, rest, exact.denominator, rounding)
    return (-whole if exact < 0 else whole) * unit_minor


def _goes_up(whole: int, rest: int, denominator: int, rounding: Rounding) -> bool:
    if rounding is Rounding.DOWN:
        return False
    if rounding is Rounding.UP:
        return rest > 0
    if 2 * rest == denominator:
        return rounding is Rounding.HALF_UP or whole % 2 == 1
    return 2 * rest > denominator
