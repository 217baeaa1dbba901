"""Overdue rates, rates in words, and the order of payments."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.cn.overdue import OverdueQuestion, overdue_rate
from domain.rules.cn.payment_order import Claim, Debt, debts_in_order, order_of, use
from domain.rules.cn.rate_words import read_rate
from tests.domain.rules.conftest import NEW, OLD, SHIPPED, day

# formation | overdue from | accepted | as of | term | overdue | answer in 2026.2 | in 2026.1
OVERDUE = """
Shanting district court, 2021 case 326: published 3.85 from 2021-05-01
2021-04-29 | 2021-05-01 | 2021-09-01 | 2021-12-01 |    |    | 3.85 | 3.85
2021-04-29 | 2021-05-01 | 2021-09-01 | 2022-02-01 |    |    | 3.85 | 3.85 to 2021-12-19, 3.80 to 2022-01-19, 3.70
agreed rates come first
2021-04-29 | 2021-05-01 | 2021-09-01 | 2022-02-01 | 12 |    | 12   | 12
2021-04-29 | 2021-05-01 | 2021-09-01 | 2022-02-01 | 12 | 18 | 18   | 18
2021-04-29 | 2021-05-01 | 2021-09-01 | 2022-02-01 |    | 18 | 18   | 18
2021-04-29 | 2021-05-01 | 2021-09-01 | 2022-02-01 | 0  |    | 0    | 0
the rule of 2015: 6 %
2018-04-29 | 2019-05-01 | 2020-08-19 | 2022-02-01 |    |    | 6    | 6
the rule of autumn 2020 is silent
2020-04-29 | 2020-05-01 | 2020-08-20 | 2020-12-31 |    |    | ?    | ?
2020-04-29 | 2020-05-01 | 2020-12-31 | 2020-12-31 | 10 |    | 10   | 10
still undecided in 2021: as the pack reads article 31
2020-04-29 | 2020-05-01 | 2020-08-20 | 2021-02-01 |    |    | 6 to 2020-08-19, 3.85 | ?
an older loan sued over later: split
2018-04-29 | 2019-09-20 | 2021-03-01 | 2021-12-01 |    |    | 6 to 2020-08-19, 4.20 | 6 to 2020-08-19, 3.85
2018-04-29 | 2019-05-01 | 2021-03-01 | 2021-12-01 |    |    | ?    | 6 to 2020-08-19, 3.85
not sued: answered for the day; past the rows only the fixed reading has an answer
2021-04-29 | 2021-05-01 |            | 2026-11-22 |    |    | 3.85 | ?
older than the pack
2013-04-29 | 2014-05-01 | 2015-08-31 | 2021-02-01 |    |    | ?    | ?
"""  # noqa: E501


def rate(text):
    return Decimal(text) if text else None


@pytest.mark.parametrize("row", [row for row in OVERDUE.splitlines() if "|" in row])
def test_the_overdue_rate(row):
    cells = [cell.strip() for cell in row.split("|")]
    question = OverdueQuestion(
        formation=day(cells[0]),
        overdue_from=day(cells[1]),
        accepted_on=day(cells[2]),
        as_of=day(cells[3]),
        term_rate_pct=rate(cells[4]),
        overdue_rate_pct=rate(cells[5]),
    )
    for pack, expected in ((NEW, cells[6]), (OLD, cells[7])):
        found = overdue_rate(question, SHIPPED, pack)
        if expected == "?":
            assert isinstance(found, Unknown)
            continue
        told = ", ".join(
            f"{p.annual_rate_pct}" + (f" to {p.end}" if p.end else "") for p in found.periods
        )
        assert told == expected
        assert found.hypothetical == (not cells[2])
        assert all(pack.applies(rule) for rule in found.rule_ids)


# words | per cent | period
WORDS = """
3 fen          | 3    | month   Chongchuan court, zy.ntfy.gov.cn 2024-02-28
三分           | 3    | month
三分利         | 3    | month
３分           | 3    | month
一分五         | 1.5  | month
一分半         | 1.5  | month
叁分           | 3    | month
月息贰分       | 2    | month
月利率百分之贰 | 2    | month
半分           | 0.5  | month
二点五分       | 2.5  | month
月息二分八     | 2.8  | month
月息3分5厘     | 3.5  | month
月息8厘        | 0.8  | month
年息一分       | 10   | year
年息8厘        | 8    | year
月利率3%       | 3    | month
3%/month       | 3    | month
24% a year     | 24   | year
年化24％       | 24   | year
日万分之五     | 0.05 | day
每天千分之一   | 0.1  | day
0.05%/day      | 0.05 | day
"""


@pytest.mark.parametrize("row", WORDS.strip().splitlines())
def test_rates_in_words(row):
    words, per_cent, period = (cell.strip() for cell in row.split("|"))
    found = read_rate(words)
    assert (found.rate_pct, found.period) == (Decimal(per_cent), period.split()[0])


OPEN = (
    "3", "0.03", "3%", "三", "3厘", "8毫", "一毛", "月息一角", "月息一毛", "", "三分十五", "三三分",
    "年息三分月息二分", "借我3分钱", "-3%/month", "3-5分", "三分七毫", "1e3%/year", "点分",
)  # fmt: skip


@pytest.mark.parametrize("words", OPEN)
def test_rates_that_the_words_leave_open(words):
    found = read_rate(words)
    assert isinstance(found, Unknown)
    assert found.settled_by


@given(st.text(max_size=20))
def test_no_words_break_the_reader(words):
    read_rate(words)


def yuan(whole):
    return Money(whole * 100, "CNY")


OWED = {Claim.COSTS: yuan(500), Claim.INTEREST: yuan(2000), Claim.PRINCIPAL: yuan(30000)}


def test_costs_then_interest_then_principal():
    assert use(yuan(300), OWED, order_of()).parts == ((Claim.COSTS, yuan(300)),)
    used = use(yuan(3000), OWED, order_of())
    assert [part for part, _ in used.parts] == [Claim.COSTS, Claim.INTEREST, Claim.PRINCIPAL]
    assert used.parts[2][1] == yuan(500)
    assert use(yuan(40000), OWED, order_of()).surplus == yuan(7500)


def test_an_agreed_order_overrides():
    agreed = order_of((Claim.PRINCIPAL, Claim.INTEREST, Claim.COSTS))
    assert use(yuan(300), OWED, agreed).parts == ((Claim.PRINCIPAL, yuan(300)),)
    with pytest.raises(ValueError, match="does not name costs"):
        use(yuan(300), OWED, order_of((Claim.PRINCIPAL, Claim.INTEREST)))
    with pytest.raises(ValueError, match="once"):
        order_of((Claim.COSTS, Claim.COSTS))


def test_in_enforcement_the_judged_debt_comes_before_the_doubled_part():
    owed = {Claim.JUDGED: yuan(1000), Claim.DOUBLED: yuan(100)}
    used = use(yuan(1050), owed, order_of(in_enforcement=True))
    assert used.parts == ((Claim.JUDGED, yuan(1000)), (Claim.DOUBLED, yuan(50)))


MINOR = st.integers(0, 10**9)


@given(MINOR, MINOR, MINOR, MINOR, st.permutations(list(OWED)))
def test_what_was_used_and_the_surplus_sum_to_the_payment(paid, costs, interest, principal, order):
    owed = dict(zip(OWED, (Money(m, "CNY") for m in (costs, interest, principal)), strict=True))
    used = use(Money(paid, "CNY"), owed, order_of(tuple(order)))
    assert sum(m.minor for _, m in used.parts) + used.surplus.minor == paid
    assert all(0 < m.minor <= owed[part].minor for part, m in used.parts)


def debt(number, due, security=0, burden="12"):
    return Debt(
        loan_id=UUID(int=number),
        due_on=day(due),
        security=None if security is None else yuan(security),
        burden_pct=rate(burden),
    )


# debts | designated | groups, on 2026-06-01
SEVERAL = (
    ("designated first", [debt(1, "2026-01-01"), debt(2, "2027-01-01")], 2, [[2], [1]]),
    ("due before not due", [debt(1, "2027-01-01"), debt(2, "2026-06-01")], None, [[2], [1]]),
    ("no due date last", [debt(1, None), debt(2, "2026-06-01")], None, [[2], [1]]),
    (
        "least secured",
        [debt(1, "2026-01-01", 9000), debt(2, "2026-05-01"), debt(3, "2026-01-01", 10)],
        None,
        [[2], [3], [1]],
    ),
    (
        "most burdensome",
        [debt(1, "2026-01-01"), debt(2, "2026-05-01", 0, "24")],
        None,
        [[2], [1]],
    ),
    ("earliest due", [debt(1, "2026-02-01"), debt(2, "2026-01-01")], None, [[2], [1]]),
    ("pro rata", [debt(2, "2026-01-01"), debt(1, "2026-01-01")], None, [[1, 2]]),
)


@pytest.mark.parametrize(("_", "debts", "designated", "expected"), SEVERAL)
def test_several_debts(_, debts, designated, expected):
    chosen = UUID(int=designated) if designated else None
    for order in (debts, debts[::-1]):
        groups = debts_in_order(order, day("2026-06-01"), chosen)
        assert [[loan.int for loan in group] for group in groups] == expected


def test_several_debts_without_the_fact_that_decides():
    due = debt(1, "2026-01-01")
    unsure = (debt(2, "2026-01-01", None), debt(2, "2026-01-01", 0, ""))
    for other in unsure:
        assert isinstance(debts_in_order([due, other], day("2026-06-01")), Unknown)
    alone = debts_in_order([debt(1, "2026-01-01", None, "")], day("2026-06-01"))
    assert alone == ((UUID(int=1),),)
    apart = debts_in_order([due, debt(2, "2026-01-01", 5, "")], day("2026-06-01"))
    assert [group[0].int for group in apart] == [1, 2]
