"""Offers to all creditors: in proportion, to the cent, with tokens where there is too little."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.offering import OfferAsked, WeightSource, offer_calculation
from domain.figures.token_offers import token_offers
from tests.histories import CaseFile, cny

ON = date(2026, 3, 1)


def owing(*debts):
    """A case with one loan of each amount, all paid out."""
    case = CaseFile()
    loans = []
    for number, debt in enumerate(debts):
        loan = case.loan(f"2025-01-{number + 1:02d}", debt, lender=f"L{number}")
        case.disbursed(f"2025-01-{number + 1:02d}", loan, debt)
        loans.append(loan)
    return case, loans


def asked(available, token="1.00", minimum="0", **more):
    return OfferAsked(available=cny(available), token=cny(token), minimum=cny(minimum), **more)


def offers(case, question):
    return [row.offer.text() for row in offer_calculation(case.history(), ON, question).rows]


def test_the_published_example_comes_out():
    """moneyadvicehub.org.uk, informal offers: 100.00 over 500, 1000, 233 and 200."""
    case, _ = owing("500", "1000", "233", "200")
    answer = offer_calculation(case.history(), ON, asked("100.00"))
    assert [row.offer.text() for row in answer.rows] == ["25.87", "51.73", "12.05", "10.35"]
    assert [row.share_pct for row in answer.rows] == ["25.87", "51.73", "12.05", "10.35"]
    assert [row.payments_to_clear for row in answer.rows] == [20, 20, 20, 20]
    assert (answer.offered, answer.left, answer.short) == (cny("100.00"), cny("0"), cny("0"))
    assert "largest remainders" in answer.residue_rule


def test_nothing_available_gives_tokens():
    case, _ = owing("500", "0.40")
    answer = offer_calculation(case.history(), ON, asked("0"))
    assert [row.offer.text() for row in answer.rows] == ["1.00", "0.40"]
    assert all(row.is_token for row in answer.rows)
    assert (answer.offered, answer.short) == (cny("1.40"), cny("1.40"))


def test_a_share_below_the_minimum_becomes_a_token_and_the_rest_is_shared_anew():
    case, _ = owing("900", "90", "10")
    answer = offer_calculation(case.history(), ON, asked("100.00", minimum="5.00"))
    assert [row.offer.text() for row in answer.rows] == ["90.00", "9.00", "1.00"]
    assert [row.is_token for row in answer.rows] == [False, False, True]
    assert answer.offered == cny("100.00")


def test_what_nobody_is_offered_is_left_over():
    case, _ = owing("100", "100", "100")
    answer = offer_calculation(case.history(), ON, asked("10.00", minimum="5.00"))
    assert offers(case, asked("10.00", minimum="5.00")) == ["1.00", "1.00", "1.00"]
    assert (answer.left, answer.short) == (cny("7.00"), cny("0"))


def test_no_offer_is_above_the_debt():
    case, _ = owing("30", "70")
    answer = offer_calculation(case.history(), ON, asked("500.00"))
    assert [row.offer.text() for row in answer.rows] == ["30.00", "70.00"]
    assert answer.left == cny("400.00")


def test_a_debt_that_is_not_known_has_no_share_and_says_why():
    case, (known,) = owing("100")
    dark = case.loan("2025-02-01", "900", lender="Dark")
    row = next(
        row
        for row in offer_calculation(case.history(), ON, asked("10.00")).rows
        if row.loan_id == dark
    )
    assert (row.owed, row.offer, row.weight) == (None, None, None)
    assert "no disbursement" in row.unknown.reason
    given_weight = asked("10.00", weights={dark: cny("900")})
    answer = offer_calculation(case.history(), ON, given_weight)
    shares = {row.loan_id: (row.offer.text(), row.weight_source) for row in answer.rows}
    assert shares == {known: ("1.00", WeightSource.OWED), dark: ("9.00", WeightSource.GIVEN)}


def test_on_request_the_lenders_claim_is_the_weight():
    case, (loan, _) = owing("100", "100")
    case.claim("2026-02-01", loan, {"principal": "300.00"})
    assert offers(case, asked("40.00")) == ["20.00", "20.00"]
    assert offers(case, asked("40.00", by_claims=True)) == ["30.00", "10.00"]


def test_loans_of_one_lender_are_also_shown_together():
    case = CaseFile()
    for on, lent in (("2025-01-01", "100"), ("2025-01-02", "200")):
        case.disbursed(on, case.loan(on, lent, lender="Same"), lent)
    answer = offer_calculation(case.history(), ON, asked("30.00"))
    assert [(each.lender, each.offer) for each in answer.creditors] == [("Same", cny("30.00"))]


money = st.integers(0, 10**9)


@given(money, st.lists(money, max_size=9), st.integers(0, 1000), st.integers(0, 10**6))
def test_offers_and_what_is_left_make_up_the_whole(available, debts, token, minimum):
    made, tokens = token_offers(available, debts, token, minimum)
    assert all(0 <= offer <= debt for offer, debt in zip(made, debts, strict=True))
    is_short = sum(made) > available
    assert not is_short or tokens == {at for at, debt in enumerate(debts) if debt}
    if not tokens:
        assert sum(made) == min(available, sum(debts))
    for at, (offer, debt) in enumerate(zip(made, debts, strict=True)):
        expected = min(token, debt) if at in tokens else offer
        assert offer == expected
        assert at in tokens or offer >= min(minimum, debt)


def test_a_negative_amount_is_no_question():
    with pytest.raises(ValueError, match="negative"):
        token_offers(1, [1], -1, 0)
    with pytest.raises(ValueError, match="negative"):
        token_offers(-1, [1], 0, 0)


def test_a_loan_that_is_not_asked_about_has_no_share():
    case, (_, second) = owing("100", "100")
    answer = offer_calculation(case.history(), ON, asked("40.00", loan_ids=(second,)))
    assert [(row.loan_id, row.offer) for row in answer.rows] == [(second, cny("40.00"))]
