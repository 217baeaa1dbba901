"""Rounding to whole minor units, only where a rule says so."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from domain.money import Money

HALF: Final = Fraction(1, 2)


def half_up(minor: Fraction | Decimal, currency: str) -> Money:
    """The nearest whole minor unit of an exact amount of them; halves go away from zero."""
    exact = Fraction(minor)
    whole = (abs(exact) + HALF).__floor__()
    return Money(whole if exact >= 0 else -whole, currency)
