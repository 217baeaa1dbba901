"""Chinese cases with printed figures, put as cases: what was recorded, and the line that prints it.

The rules behind them have tables of their own in `rules/`; here each figure is reached the way a
caseworker reaches it, through the labelled lines of a recorded case.
"""

from datetime import timedelta
from fractions import Fraction

import pytest

from domain.cases.court import Claimant, SuitFiled
from domain.cases.findings import Finding, FindingRecorded, FoundBy
from domain.cases.lending import LenderClass, RatePeriod, Repayment, Terms
from domain.facts import Grade
from domain.figures.calculation.daycount import monthly
from domain.figures.calculation.flows import Flow
from domain.figures.calculation.rates import RateMethod, annual_rate
from domain.figures.calculation.schedules import schedule
from domain.figures.calculation.terms import Plan
from domain.figures.ruled import ruled
from domain.rules.books import Books
from domain.rules.cn.court_fee import court_fee
from domain.rules.cn.delay_interest import delay_interest
from domain.rules.cn.rate_words import read_rate
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.domain.calculation.cash import percent
from tests.histories import CaseFile, cny, day

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
AT_CAP = "private-lending"


def lent(on, face, received, terms=None, sued=None):
    """A loan between private persons, sued over and accepted on one day if at all."""
    case = CaseFile()
    loan = case.loan(on, face, terms=terms or Terms(), lender_class=LenderClass.PRIVATE)
    kept = cny(face) - cny(received)
    case.disbursed(on, loan, received, withheld=kept.text() if kept.minor else None)
    if sued:
        case.record(
            SuitFiled(
                occurred_on=day(sued),
                loan_ids=(loan,),
                claimant=Claimant.LENDER,
                accepted_on=day(sued),
                grade=Grade.DOCUMENT,
            )
        )
    return case, loan


def a_year(pct):
    return Terms(rate_pct=pct, rate_period=RatePeriod.YEAR)


def a_month(pct):
    return Terms(rate_pct=pct, rate_period=RatePeriod.MONTH)


def line(case, as_of, line_id=AT_CAP):
    (loan,) = ruled(case.history(), day(as_of), BOOKS).loans
    (found,) = [one for one in loan.lines if one.line_id == line_id]
    return found


def parts(figure, what):
    return [part for part in figure.parts if part.what == what]


def total(found):
    return sum(part.amount.minor for part in found)


def test_tanghe_to_the_fen():
    """Tanghe county court: of 37,000 paid, 2,552.42 is interest and 34,447.58 principal.

    36,000 sent of 40,000, ten per cent a month by word of mouth, cap 15.4 %. The days are
    invented, so that interest at the cap comes to what is printed; everything else must follow.
    """
    case, loan = lent("2021-06-01", "40000", "36000", a_month("10"), sued="2023-04-03")
    first, second = day("2021-06-01") + timedelta(82), day("2021-06-01") + timedelta(82 + 153)
    case.payment(first.isoformat(), loan, "17000")
    case.payment(second.isoformat(), loan, "20000")
    found = line(case, second.isoformat())
    # Known only once it was sued over: the same payments, asked about later.
    later = line(case, "2023-04-15")
    assert total(parts(later.cost, "paid")) == -255242
    assert total(parts(later.principal, "paid")) == -3444758
    assert total(parts(later.principal, "lent")) == 3600000
    assert later.principal.amount == cny("1552.42")
    assert (found.principal.amount, found.owed.amount) == (cny("1552.42"), cny("1552.42"))


@pytest.mark.parametrize(
    ("as_of", "cost"),
    (
        ("2021-04-30", "0.00"),
        ("2021-05-01", "0.00"),
        ("2021-05-02", "2.03"),
        ("2021-08-09", "202.52"),
        ("2022-05-01", "739.20"),
    ),
)
def test_shanting_day_by_day(as_of, cost):
    """Shanting court: 19,200 of 20,000, nothing in the term, 3.85 % a year from 2021-05-01."""
    terms = Terms(due_on=day("2021-04-30"))
    case, _ = lent("2021-04-29", "20000", "19200", terms, sued="2021-04-29")
    found = line(case, as_of)
    assert found.principal.amount == cny("19200")
    assert found.cost.amount == cny(cost)


def test_jingning_with_the_contract_beside_it():
    """Jingning court: void, so that 59,000 comes off 150,000, whatever it was paid as."""
    case, loan = lent("2018-06-08", "150000", "150000", a_month("2.8"))
    case.payment("2019-06-08", loan, "59000")
    case.record(
        FindingRecorded(
            occurred_on=day("2020-07-02"),
            loan_id=loan,
            finding=Finding.LOAN_VOID,
            found_by=FoundBy.COURT,
            grade=Grade.COURT_FOUND,
        )
    )
    void = line(case, "2020-07-02", "void")
    assert void.principal.amount == cny("91000")
    assert total(parts(void.principal, "paid")) == -5900000
    # By the contract a year's interest of 50,400.00 comes first: the two lines must differ.
    contract = line(case, "2019-06-08", "contract")
    assert total(parts(contract.cost, "paid")) == -5040000
    assert contract.principal.amount == cny("141400")


def test_chongchuan_from_the_words_to_the_line():
    """Chongchuan court: "3 fen" is 3 % a month; 1,600 arrived; 300 expired and is no payment."""
    rate = read_rate("3分")
    terms = Terms(rate_pct=f"{rate.rate_pct}", rate_period=rate.period)
    case, loan = lent("2021-02-01", "30000", "30000", terms, sued="2023-09-01")
    for on, amount in (("2021-03-01", "1000"), ("2021-04-01", "400"), ("2021-05-01", "200")):
        case.payment(on, loan, amount)
    lost = case.payment("2021-06-01", loan, "300", credited_on=None)
    case.expired("2021-06-02", lost)
    contract, capped = line(case, "2023-09-01", "contract"), line(case, "2023-09-01")
    assert {part.rate_pct for part in parts(contract.cost, "interest")} == {"36"}
    used = [part for f in (capped.principal, capped.cost) for part in parts(f, "paid")]
    assert total(used) == -160000
    assert lost not in {part.entry_id for part in used}
    # A payment of the first month pays 354.41 at 15.4 % first: 29,354.41 is left.
    assert line(case, "2021-03-01").principal.amount == cny("29354.41")


TRANSITION = (
    # Netease legal column: (a) 24 % to 2020-08-19, then 13.8 %; (b) 15.4 % throughout.
    # lent, sued, as of: 889 days and 1,260 days; 1,234 days.
    ("2018-03-15", "2024-01-15", "2024-02-01", "106093.15"),
    ("2018-03-15", "2024-01-15", "2020-08-20", None),
    ("2020-09-15", "2024-01-15", "2024-02-01", "52064.66"),
)


@pytest.mark.parametrize(("on", "sued", "as_of", "cost"), TRANSITION)
def test_the_transition_to_the_fen(on, sued, as_of, cost):
    case, _ = lent(on, "100000", "100000", a_year("24"), sued=sued)
    found = line(case, as_of)
    # Before the suit it is answered as if sued that day.
    assert found.hypothetical == (cost is None)
    if cost:
        assert found.cost.amount == cny(cost)
        assert found.owed.amount == cny("100000") + cny(cost)


def test_the_transition_changed_between_autumn_2020_and_january_2021():
    """The same events: 4 x 3.85 throughout on 2020-12-01, split on 2021-01-02."""
    case, _ = lent("2018-03-15", "100000", "100000", a_year("24"))
    # 992 days at 15.4 %; 889 at 24 % and 135 at 15.4 %.
    assert line(case, "2020-12-01").cost.amount == cny("41854.25")
    assert line(case, "2021-01-02").cost.amount == cny("64150.68")


HEAD_INTEREST = (("200000", "196000"), ("50000", "46500"), ("20000", "19400"), ("40000", "36000"))


@pytest.mark.parametrize(("face", "received"), HEAD_INTEREST)
@pytest.mark.parametrize("way", ("at source", "sent back"))
def test_head_interest_whichever_way_it_went(face, received, way):
    """Published principals; interest is on them, kept back at source or sent back that day."""
    sued, back = "2022-01-10", cny(face) - cny(received)
    case, loan = lent(
        "2021-01-10", face, received if way == "at source" else face, a_year("10"), sued
    )
    if way == "sent back":
        paid = case.payment("2021-01-10", loan, back.text())
        case.record(
            FindingRecorded(
                occurred_on=day("2021-01-11"),
                loan_id=loan,
                finding=Finding.TAKEN_BACK,
                found_by=FoundBy.COURT,
                about_id=paid,
                grade=Grade.COURT_FOUND,
            )
        )
    found = line(case, sued)
    assert found.principal.amount == cny(received)
    # A year at ten per cent of what arrived, not of what was signed.
    assert found.cost.amount.minor * 10 == cny(received).minor


def test_the_real_rate_of_an_instalment_loan():
    """wwpfw.com 108045: six of 3,933.33 on 20,000 are 59.3316 %; at 36 %, 3,691.95."""
    start = day("2024-01-15")
    flat, level = (
        schedule(
            Plan(
                principal_minor=2000000,
                rate_year=Fraction(36, 100),
                start=start,
                due=monthly(start, 6),
                method=method,
            )
        )
        for method in (Repayment.FLAT, Repayment.LEVEL)
    )
    assert [row.total_minor for row in flat] == [393333] * 5 + [393335]
    flows = [Flow(start, 2000000), *(Flow(row.due_on, -row.total_minor) for row in flat)]
    assert f"{percent(annual_rate(RateMethod.CN_NOMINAL, flows), 4)}" == "59.3316"
    instalment = level[0].total_minor
    assert instalment == 369195
    assert 6 * instalment - 2000000 == 215170
    assert flat[0].total_minor - instalment == 24138
    assert sum(row.total_minor for row in flat) - 6 * instalment == 144830


def test_the_doubled_part_of_a_million():
    """A Chinese lawyers' calculator's own check: 1,000,000 for a hundred days, 17,500."""
    found = delay_interest(cny("1000000"), day("2026-01-01"), day("2026-04-11"))
    assert (found.stretches[0].days, found.total) == (100, cny("17500.00"))


def test_the_press_example_of_the_doubled_part():
    """10,000 in effect on 2015-06-30, to be paid within three days, paid on 2015-09-01: 105.

    Sixty days, 07-04 to 09-01, as the court's own example of 法释〔2014〕8号 counts them.
    """
    found = delay_interest(cny("10000"), day("2015-07-03"), day("2015-09-01"))
    assert (found.stretches[0].days, found.total) == (60, cny("105.00"))


# The same calculator's checks of 诉讼费用交纳办法 art. 13, in yuan.
FEES = """
    5,000      50
  100,000   2,300
1,000,000  13,800
2,000,000  22,800
5,000,000  46,800
10,000,000 81,800
20,000,000 141,800
"""


@pytest.mark.parametrize("row", FEES.strip().splitlines())
def test_court_fees_as_others_print_them(row):
    claim, fee = (cny(cell.replace(",", "")) for cell in row.split())
    assert court_fee(claim).fee == fee
    assert court_fee(claim).half.minor * 2 == fee.minor
