"""Amounts to one month."""

import pytest

from domain.figures.calculation.monthly import Frequency, a_month, total_a_month


def test_the_published_budget_comes_to_one_month():
    """cfe-civil MULTIFREQ-V5: 812.89 a month."""
    lines = (
        (4800_00, Frequency.YEARLY),
        (33_33, Frequency.THREE_MONTHLY),
        (22_22, Frequency.MONTHLY),
        (51_28, Frequency.FOUR_WEEKLY),
        (41_02, Frequency.TWO_WEEKLY),
        (3_03, Frequency.WEEKLY),
        (222_00, Frequency.MONTHLY),
    )
    assert total_a_month(lines) == 812_89


@pytest.mark.parametrize("frequency", tuple(Frequency))
def test_twelve_months_are_a_year_of_any_frequency(frequency):
    once = a_month(1_00, frequency)
    assert (
        once * 12
        == {"yearly": 1, "three-monthly": 4, "monthly": 12, "four-weekly": 13}.get(
            frequency, {"two-weekly": 26, "weekly": 52}.get(frequency)
        )
        * 100
    )
