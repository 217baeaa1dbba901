"""Amounts of other frequencies as amounts a month, by stated rules; nothing is rounded on the way.

A year has twelve months, thirteen periods of four weeks and fifty-two weeks.
"""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import Final

from domain.figures.calculation.rounding import Rounding, to_minor


class Frequency(StrEnum):
    """How often an amount comes or goes."""

    YEARLY = "yearly"
    THREE_MONTHLY = "three-monthly"
    MONTHLY = "monthly"
    FOUR_WEEKLY = "four-weekly"
    TWO_WEEKLY = "two-weekly"
    WEEKLY = "weekly"


TIMES_A_YEAR: Final = {
    Frequency.YEARLY: 1,
    Frequency.THREE_MONTHLY: 4,
    Frequency.MONTHLY: 12,
    Frequency.FOUR_WEEKLY: 13,
    Frequency.TWO_WEEKLY: 26,
    Frequency.WEEKLY: 52,
}


def a_month(minor: int, frequency: Frequency) -> Fraction:
    """An amount in minor units as an exact amount a month."""
    return Fraction(minor * TIMES_A_YEAR[frequency], 12)


def total_a_month(lines: Iterable[tuple[int, Frequency]]) -> int:
    """The sum of several lines a month, in minor units, rounded half-up once at the end."""
    return to_minor(sum((a_month(*line) for line in lines), Fraction(0)), Rounding.HALF_UP)


def parts_a_month(lines: Iterable[tuple[int, Frequency]]) -> tuple[int, ...]:
    """Each line a month in minor units, so that they sum to `total_a_month` of all of them.

    Every part is rounded down; what is left goes, one unit each, to the largest remainders, and
    among equal ones to those that come first.
    """
    exact = [a_month(*line) for line in lines]
    floors = [part.numerator // part.denominator for part in exact]
    left = to_minor(sum(exact, Fraction(0)), Rounding.HALF_UP) - sum(floors)
    first = sorted(range(len(exact)), key=lambda at: floors[at] - exact[at])[:left]
    return tuple(floor + (at in first) for at, floor in enumerate(floors))
