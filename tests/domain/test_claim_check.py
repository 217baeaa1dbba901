"""A lender's claim against the records: what agrees, what does not, and by how much."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cases.lending import ChargeKind, ClaimItem, ClaimKind, LenderClass, RatePeriod, Terms
from domain.facts import Grade
from domain.figures.claim_check import claim_check
from domain.figures.claim_rows import Verdict
from domain.figures.figure import Unknown
from domain.figures.position import position
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import SAYS, CaseFile, cny, day

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
NO_BOOKS = Unknown(reason="no pack", settled_by="adopting one")


def checked(case, claim, books=BOOKS, known_at=None):
    return claim_check(case.history(known_at), claim, books)


def verdicts(check):
    return {row.kind.value: [v.value for v in row.verdicts] for row in check.rows}


def differences(check):
    return {row.kind.value: row.difference.text() for row in check.rows}


def row(check, kind):
    (found,) = [each for each in check.rows if each.kind == kind]
    return found


def lent(received="36000", face="40000", withheld="4000", **more):
    """40,000 agreed, 4,000 kept back."""
    case = CaseFile()
    loan = case.loan("2025-01-10", face, **more)
    disbursed = case.disbursed("2025-01-10", loan, received, withheld=withheld)
    return case, loan, disbursed


def at_rate(pct, **more):
    return {"terms": Terms(rate_pct=pct, rate_period=RatePeriod.YEAR), **more}


def test_head_interest_claimed_as_principal_is_contradicted_by_the_disbursement():
    case, loan, disbursed = lent()
    check = checked(case, case.claim("2025-06-01", loan, {"principal": "40000"}))
    principal = row(check, "principal")
    assert principal.verdicts == (Verdict.CONTRADICTED,)
    assert principal.entries == (disbursed,)
    assert principal.difference == check.difference == cny("4000")
    (held,) = check.withheld
    assert (held.entry_id, held.claimed, held.withheld) == (disbursed, cny("4000"), cny("4000"))


def test_only_what_was_kept_back_and_claimed_is_pointed_out():
    case, loan, disbursed = lent()
    check = checked(case, case.claim("2025-06-01", loan, {"principal": "37500"}))
    assert [(w.entry_id, w.claimed) for w in check.withheld] == [(disbursed, cny("1500"))]
    check = checked(case, case.claim("2025-06-01", loan, {"principal": "36000"}))
    assert check.withheld == ()


def test_a_claim_within_the_records_is_agreed():
    case, loan, _ = lent()
    case.charge("2025-02-10", loan, "300")
    case.charge("2025-02-10", loan, "50", ChargeKind.PENALTY)
    claim = case.claim(
        "2025-06-01", loan, {"principal": "36000", "interest": "300", "penalty": "50"}
    )
    check = checked(case, claim, NO_BOOKS)
    assert set(map(tuple, verdicts(check).values())) == {("agreed",)}
    assert check.difference == cny("0")
    assert check.asks == (NO_BOOKS,)


def test_less_than_the_records_show_is_shown_as_not_claimed():
    case, loan, _ = lent()
    case.charge("2025-02-10", loan, "300")
    check = checked(case, case.claim("2025-06-01", loan, {"principal": "30000"}))
    assert verdicts(check) == {"principal": ["not-claimed"], "interest": ["not-claimed"]}
    assert differences(check) == {"principal": "-6000.00", "interest": "-300.00"}
    assert check.difference == cny("-6300")


def test_what_was_charged_and_paid_is_contradicted_and_more_is_unexplained():
    case, loan, _ = lent()
    fee = case.charge("2025-02-10", loan, "500", ChargeKind.SERVICE_FEE)
    paid = case.payment("2025-02-11", loan, "500")
    again = checked(case, case.claim("2025-06-01", loan, {"fee": "500"}), NO_BOOKS)
    assert verdicts(again)["fee"] == ["contradicted"]
    assert row(again, "fee").entries == (fee, paid)
    more = checked(case, case.claim("2025-06-01", loan, {"fee": "501"}), NO_BOOKS)
    assert verdicts(more)["fee"] == ["unexplained"]
    assert row(more, "fee").entries == ()


def test_principal_above_what_was_received_less_what_was_paid():
    case, loan, disbursed = lent()
    paid = case.payment("2025-02-11", loan, "6000")
    claim = case.claim("2025-06-01", loan, {"principal": "31000"})
    check = checked(case, claim)
    assert verdicts(check) == {"principal": ["contradicted"]}
    assert row(check, "principal").entries == (disbursed, paid)
    case.corrected(loan, **at_rate("24"))
    # 32 days at 24% take 841.64 of the payment as interest, not 1,000.
    assert verdicts(checked(case, claim)) == {"principal": ["contradicted"]}
    case.corrected(claim, items=(ClaimItem(kind=ClaimKind.PRINCIPAL, amount=cny("30700")),))
    assert verdicts(checked(case, claim)) == {"principal": ["agreed"]}
    assert row(checked(case, claim), "principal").explained_by == "contract"
    assert verdicts(checked(case, claim, NO_BOOKS)) == {"principal": ["unexplained"]}


def test_a_court_fee_paid_first_leaves_the_service_fee_open():
    case, loan, _ = lent()
    case.charge("2025-02-10", loan, "100", ChargeKind.SERVICE_FEE)
    case.charge("2025-02-10", loan, "40", ChargeKind.COURT_FEE)
    case.payment("2025-02-11", loan, "70")
    claim = case.claim("2025-06-01", loan, {"principal": "36000", "fee": "70"})
    assert differences(checked(case, claim)) == {"principal": "0.00", "fee": "0.00"}


def test_interest_that_the_contract_gives_is_agreed_by_the_contract():
    case, loan, _ = lent("40000", withheld=None, **at_rate("12"))
    given_by_contract = {"principal": "40000", "interest": "1867.40"}
    check = checked(case, case.claim("2025-06-01", loan, given_by_contract))
    assert verdicts(check) == {"principal": ["agreed"], "interest": ["agreed"]}
    assert row(check, "interest").explained_by == "contract"
    assert differences(check)["interest"] == "1867.40"
    more = {"principal": "40000", "interest": "1867.41"}
    check = checked(case, case.claim("2025-06-01", loan, more))
    assert verdicts(check)["interest"] == ["unexplained"]


def test_cost_items_together_above_a_cap():
    case, loan, _ = lent("40000", withheld=None, **at_rate("36", lender_class=LenderClass.PRIVATE))
    claim = case.claim(
        "2025-06-01", loan, {"principal": "40000", "interest": "5000", "penalty": "100"}
    )
    check = checked(case, claim)
    assert verdicts(check)["interest"][-1] == "over-the-cap"
    assert verdicts(check)["penalty"] == ["unexplained", "over-the-cap"]
    assert verdicts(check)["principal"] == ["agreed"]
    caps = [line for line in check.lines if line.is_cap and line.cost_over is not None]
    assert caps
    for line in caps:
        beside = {each.line_id: each for each in row(check, "interest").lines}[line.line_id]
        assert line.cost_over == cny("5100") - beside.amount
    assert "claimed" not in {line.line_id for line in check.lines}


def test_a_claim_under_the_cap_is_not_over_it_though_no_rate_explains_it():
    case, loan, _ = lent("40000", withheld=None, lender_class=LenderClass.PRIVATE)
    little = case.claim("2025-06-01", loan, {"principal": "40000", "interest": "1500"})
    assert verdicts(checked(case, little))["interest"] == ["unexplained"]
    much = case.claim("2025-06-01", loan, {"principal": "40000", "interest": "15000"})
    assert verdicts(checked(case, much))["interest"] == ["unexplained", "over-the-cap"]
    (line,) = [each for each in checked(case, much).lines if each.line_id == "private-lending"]
    # 142 days at four times 3.10% on 40,000 are 1,929.64.
    assert line.cost_over == cny("13070.36")


def test_an_unitemised_claim_asks_for_its_items():
    case, loan, _ = lent()
    case.charge("2025-02-10", loan, "300")
    check = checked(case, case.claim("2025-06-01", loan, {"unitemised": "41000"}))
    assert verdicts(check) == {"unitemised": ["unknown"]}
    assert row(check, "unitemised").recorded.amount == cny("36300")
    assert check.difference == cny("4700")
    assert "itemised claim" in check.asks[0].settled_by


def test_a_printed_total_that_the_items_do_not_come_to():
    case, loan, _ = lent()
    claim = case.claim("2025-06-01", loan, {"principal": "36000"}, stated_total="36010")
    check = checked(case, claim)
    assert check.stated_difference == cny("10")
    assert [why.reason for why in check.asks] == [
        "the items come to 36000.00, the total printed is 36010.00"
    ]


def test_it_is_judged_on_the_claims_own_day_and_as_known_then():
    case, loan, _ = lent()
    claim = case.claim("2025-06-01", loan, {"principal": "36000"})
    then = case.position
    case.payment("2025-06-02", loan, "1000")
    assert verdicts(checked(case, claim)) == {"principal": ["agreed"]}
    case.payment("2025-05-31", loan, "1000")
    assert verdicts(checked(case, claim)) == {"principal": ["contradicted"]}
    assert verdicts(checked(case, claim, known_at=then)) == {"principal": ["agreed"]}


def test_how_much_rests_on_mere_words():
    case, loan, _ = lent()
    case.payment("2025-02-10", loan, "6000", grade=SAYS)
    case.charge("2025-02-01", loan, "200", grade=Grade.LENDER_SAYS)
    claim = case.claim("2025-06-01", loan, {"principal": "30000", "interest": "200"})
    check = checked(case, claim)
    assert (check.documented, check.on_words) == (cny("36000"), cny("-5800"))
    assert check.documented + check.on_words == check.recorded
    assert check.claim_grade is Grade.LENDER_SAYS


def test_without_a_disbursement_nothing_is_compared():
    case = CaseFile()
    loan = case.loan("2025-01-10", "40000")
    check = checked(case, case.claim("2025-06-01", loan, {"principal": "40000"}))
    assert verdicts(check) == {"principal": ["unknown"]}
    assert (check.recorded, check.difference, row(check, "principal").difference) == (None,) * 3
    assert check.asks[0].settled_by == "what reached the client, and when"
    early = case.claim("2025-01-01", loan, {"principal": "40000"})
    assert verdicts(checked(case, early))["principal"] == ["unknown"]


def test_no_such_claim():
    case, loan, _ = lent()
    with pytest.raises(LookupError):
        checked(case, loan)


AMOUNT = st.integers(1, 5_000_000).map(lambda minor: f"{minor // 100}.{minor % 100:02d}")
CHARGES = st.lists(st.tuples(st.sampled_from(ChargeKind), AMOUNT, st.integers(1, 28)), max_size=6)
PAYMENTS = st.lists(st.tuples(AMOUNT, st.integers(1, 28)), max_size=6)
ITEMS = st.dictionaries(st.sampled_from([kind.value for kind in ClaimKind]), AMOUNT, min_size=1)


@settings(max_examples=150, deadline=None)
@given(CHARGES, PAYMENTS, ITEMS, st.sampled_from((None, "12", "36")))
def test_the_differences_sum_to_the_cent(charges, payments, items, rate):
    case, loan, _ = lent(**({} if rate is None else at_rate(rate)))
    for kind, amount, on in charges:
        case.charge(f"2025-02-{on:02d}", loan, amount, kind)
    for amount, on in payments:
        case.payment(f"2025-02-{on:02d}", loan, amount)
    check = checked(case, case.claim("2025-06-01", loan, items))
    (owed,) = [each.owed for each in position(case.history(), day("2025-06-01")).loans]
    zero = cny("0")
    assert check.recorded == owed.amount
    assert sum((each.difference for each in check.rows), zero) == check.claimed - owed.amount
    assert check.difference == check.claimed - check.recorded
    for each in check.rows:
        assert sum((part.amount for part in each.recorded.parts), zero) == each.recorded.amount
        assert each.documented + each.on_words == each.recorded.amount
        assert each.recorded.amount.minor >= 0
        assert each.verdicts
