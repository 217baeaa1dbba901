"""Bad input, and what a case's readings make of it: Unknown with what would settle it, or lines
that say what they rest on. Never a plausible number. What is refused at the door stands in
`test_deciding.py`, what calculators refuse in `tests/api/test_calculator_mistakes.py`.
"""

import pytest

from domain.cases.court import Claimant, SuitFiled
from domain.cases.lending import LenderClass, RatePeriod, Terms
from domain.facts import Grade
from domain.figures.claim_check import claim_check
from domain.figures.explaining import explain
from domain.figures.limitation_reading import limitation_reading
from domain.figures.position import position
from domain.figures.ruled import ruled
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import CaseFile, cny, day

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
PRIVATE = LenderClass.PRIVATE


def lent(on="2022-01-10", received=("1000",), kind=PRIVATE, terms=None, **more):
    case = CaseFile()
    agreed = terms or Terms(rate_pct="36", rate_period=RatePeriod.YEAR)
    loan = case.loan(on, "10000", terms=agreed, lender_class=kind, **more)
    for amount in received:
        case.disbursed(on, loan, amount)
    return case, loan


def sued(case, loan, on, accepted_on=None):
    suit = SuitFiled(
        occurred_on=day(on),
        loan_ids=(loan,),
        claimant=Claimant.LENDER,
        accepted_on=accepted_on,
        grade=Grade.DOCUMENT,
    )
    return case.record(suit)


def lines(case, as_of):
    found = {}
    for loan in ruled(case.history(), day(as_of), BOOKS).loans:
        found |= {line.line_id: line for line in loan.lines}
    return found


def owed(line):
    """The amount, or what would settle it."""
    figure = line.owed
    return figure.amount.text() if figure.amount else f"unknown: {figure.unknown.settled_by}"


def test_a_day_before_anything_happened_has_no_loan():
    case, _ = lent()
    assert ruled(case.history(), day("2012-01-01"), BOOKS).loans == ()
    assert position(case.history(), day("2012-01-01")).loans == ()


# made | sued | as of | what the private-lending line says
DAYS = """
2013-01-10 | 2014-06-01 | 2014-06-10 | unknown: the benchmark rate of 2013-01-10
2018-03-15 |            | 2026-10-20 | unknown: the release due on 2026-10-20
2018-03-15 |            | 2100-01-01 | unknown: the release due on 2026-10-20
2018-03-15 |            | 2026-10-19 | known
"""


@pytest.mark.parametrize("row", DAYS.strip().splitlines())
def test_a_day_outside_the_data_is_unknown_and_names_the_row_that_is_missing(row):
    made, court, as_of, said = (cell.strip() for cell in row.split("|"))
    case, loan = lent(made)
    if court:
        sued(case, loan, court, day(court))
    line = lines(case, as_of)["private-lending"]
    if said == "known":
        assert line.owed.amount is not None
        return
    assert owed(line).startswith(said)
    told = explain(line, BOOKS.pack)
    assert told.tree.amount is None
    assert told.tree.unknown.settled_by


def test_an_unknown_lender_class_gets_every_line_and_none_is_chosen():
    case, _ = lent(kind=LenderClass.UNKNOWN)
    found = lines(case, "2023-01-10")
    capped = {"private-lending", "licensed-four-lpr", "licensed-24"}
    assert set(found) == {"contract", "documented", *capped}
    assert {name: owed(found[name]) for name in ("private-lending", "licensed-24")} == {
        "private-lending": "1152.00",
        "licensed-24": "1240.00",
    }
    assert "if the lender has no licence" in found["private-lending"].why


def test_a_suit_without_its_day_of_acceptance_is_unknown_beside_each_day_it_could_be():
    case, loan = lent("2018-01-10")
    sued(case, loan, "2020-08-01")
    found = lines(case, "2021-06-10")
    assert owed(found["private-lending"]) == (
        "unknown: the court's notice of acceptance, with its day"
    )
    supposed = {key.partition(":")[2]: owed(line) for key, line in found.items() if ":" in key}
    assert supposed == {
        "accepted-2020-08-01": "1819.95",
        "accepted-2020-08-20": "1750.67",
        "accepted-2021-01-01": "1750.67",
        "accepted-2021-06-10": "1750.67",
    }
    assert all(line.hypothetical for key, line in found.items() if ":" in key)


def test_not_sued_is_answered_for_the_day_and_says_that_it_supposes_it():
    case, _ = lent("2018-01-10")
    line = lines(case, "2021-06-10")["private-lending"]
    assert line.hypothetical
    assert "as if today" in line.why


# Each of these ways to write one rate is another rate; none is taken for another.
UNITS = (
    ("3", RatePeriod.MONTH, "36"),
    ("0.03", RatePeriod.MONTH, "0.36"),
    ("3", RatePeriod.YEAR, "3"),
)


@pytest.mark.parametrize(("pct", "period", "a_year"), UNITS)
def test_a_rate_is_read_with_its_own_period_and_the_line_prints_it_a_year(pct, period, a_year):
    case, _ = lent(terms=Terms(rate_pct=pct, rate_period=period))
    line = lines(case, "2023-01-10")["contract"]
    assert {p.rate_pct for p in line.cost.parts if p.what == "interest"} == {a_year}


def test_paid_but_nothing_disbursed_is_unknown():
    case, loan = lent(received=())
    case.payment("2022-01-05", loan, "100")
    found = lines(case, "2022-02-10")
    assert {owed(found[name]) for name in ("contract", "documented")} == {
        "unknown: what reached the client, and when"
    }
    (loan_position,) = position(case.history(), day("2022-02-10")).loans
    assert loan_position.owed.unknown.settled_by == "what reached the client, and when"


def test_a_payment_from_before_the_money_came_is_unknown_and_nothing_is_netted():
    case, loan = lent(received=())
    paid = case.payment("2022-01-05", loan, "100")
    case.disbursed("2022-01-10", loan, "1000")
    for line_id in ("contract", "private-lending"):
        line = lines(case, "2022-06-01")[line_id]
        assert str(paid) in line.owed.unknown.reason
        assert "corrected" in line.owed.unknown.settled_by
    case.corrected(paid, occurred_on=day("2022-01-10"), credited_on=day("2022-01-10"))
    assert lines(case, "2022-06-01")["contract"].owed.amount is not None


@pytest.mark.parametrize("order", ((0, 1, 2), (2, 0, 1), (1, 2, 0)))
def test_two_disbursements_and_a_payment_on_one_day_are_one_principal(order):
    case, loan = lent(received=())
    steps = (
        lambda: case.disbursed("2022-01-10", loan, "600"),
        lambda: case.disbursed("2022-01-10", loan, "400"),
        lambda: case.payment("2022-01-10", loan, "100"),
    )
    for step in order:
        steps[step]()
    found = lines(case, "2023-01-10")
    # 900 for a year at 36 %, and at 15.2 %.
    assert owed(found["contract"]) == "1224.00"
    assert owed(found["private-lending"]) == "1036.80"
    assert sum(part.what == "lent" for part in found["contract"].principal.parts) == 2


def test_a_lump_sum_claim_has_no_items_and_asks_for_them():
    case, loan = lent()
    claim = case.claim("2022-05-01", loan, {"unitemised": "2000"})
    line = lines(case, "2022-06-01")["claimed"]
    assert line.owed.amount == cny("2000")
    for figure in (line.principal, line.cost, line.apart):
        assert figure.unknown.settled_by == "an itemised claim"
    check = claim_check(case.history(), claim, BOOKS)
    assert any("without its items" in ask.reason for ask in check.asks)


def test_no_due_day_no_limitation():
    case, loan = lent()
    found = limitation_reading(case.history(), loan, day("2024-06-01"), BOOKS)
    assert found.limitation.state == "unknown"
    assert found.limitation.unknown.settled_by == "the contract's due date or schedule"


@pytest.mark.parametrize(
    ("due_on", "as_of"),
    (
        # The rule of autumn 2020 is silent on the rate; no LPR is published for June 2019.
        ("2020-06-01", "2020-12-01"),
        ("2019-06-01", "2022-12-01"),
    ),
)
def test_an_overdue_rate_that_is_not_known_makes_the_cost_unknown(due_on, as_of):
    case, _ = lent("2019-01-10", terms=Terms(due_on=day(due_on)))
    line = lines(case, as_of)["private-lending"]
    assert line.cost.amount is None
    assert line.cost.unknown.settled_by
