"""Shares that sum to the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.calculation.shares import RESIDUE_RULE, offers, shares


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    (
        # moneyadvicehub.org.uk, informal offers: sums to 100.00.
        (10000, (50000, 100000, 23300, 20000), (2587, 5173, 1205, 1035)),
        # Hamilton's method on a tie: the first comes first.
        (100, (1, 1, 1), (34, 33, 33)),
        (101, (1, 1, 1), (34, 34, 33)),
        (1, (0, 1, 1), (0, 1, 0)),
        (0, (5, 7), (0, 0)),
        (0, (0, 0), (0, 0)),
        (0, (), ()),
        (7, (3,), (7,)),
    ),
)
def test_shares_sum_to_the_whole(total, weights, expected):
    assert shares(total, weights) == expected
    assert sum(expected) == total


def test_the_residue_rule_is_said():
    assert "largest remainders" in RESIDUE_RULE


@pytest.mark.parametrize(("total", "weights"), ((-1, (1,)), (1, (1, -1)), (1, ()), (1, (0, 0))))
def test_what_cannot_be_shared_is_refused(total, weights):
    with pytest.raises(ValueError, match="weight"):
        shares(total, weights)


def test_an_offer_is_never_above_its_debt():
    assert offers(10**9, (500, 1000)) == (500, 1000)
    assert offers(300, (500, 1000)) == (100, 200)


WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=12).filter(any)


@given(st.integers(0, 10**12), WEIGHTS)
def test_each_share_is_within_one_unit_of_its_due(total, weights):
    found = shares(total, weights)
    assert sum(found) == total
    for share, weight in zip(found, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)


@given(st.integers(0, 10**13), WEIGHTS)
def test_offers_stay_within_debts(total, debts):
    found = offers(total, debts)
    assert sum(found) == min(total, sum(debts))
    assert all(offer <= debt for offer, debt in zip(found, debts, strict=True))
