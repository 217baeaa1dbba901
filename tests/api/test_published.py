"""Printed figures, asked of the calculators as a caseworker asks: one answer feeds the next."""

from decimal import Decimal

import pytest

from tests.api.calculating import compute, ids, usd
from tests.api.desk import cny

pytestmark = pytest.mark.anyio


async def test_the_real_rate_of_a_loan_in_flat_instalments(ruled):
    """wwpfw.com 108045: 20,000, six of 3,933.33 are 59.3316 %; at 36 %, 3,691.95 a month."""
    terms = {
        "principal": cny("20000.00"),
        "start": "2024-01-15",
        "months": 6,
        "rate_pct": "36",
        "rate_period": "year",
    }
    flat = await compute(ruled, "schedule", {**terms, "repayment": "flat"})
    paid = [Decimal(row["total"]["amount"]) for row in flat["rows"]]
    assert paid == [Decimal("3933.33")] * 5 + [Decimal("3933.35")]
    flows = [{"on": "2024-01-15", "amount": cny("20000.00")}]
    flows += [
        {"on": row["due_on"], "amount": cny(f"-{row['total']['amount']}")} for row in flat["rows"]
    ]
    rate = await compute(ruled, "rate", {"method": "cn-nominal", "flows": flows})
    assert f"{Decimal(rate['annual_pct']):.4f}" == "59.3316"
    level = await compute(ruled, "schedule", {**terms, "repayment": "level-instalments"})
    instalment = Decimal(level["rows"][0]["total"]["amount"])
    assert instalment == Decimal("3691.95")
    assert 6 * instalment - 20000 == Decimal("2151.70")
    assert paid[0] - instalment == Decimal("241.38")
    assert sum(paid) - 6 * instalment == Decimal("1448.30")


RATES = {
    # Directive 98/7/EC, examples 1 and 3; 12 CFR 1026 Appendix J (c)(5)(iii) and (iv).
    "EU 1": ("eu-98-7-ec", [("1994-01-01", "-1000"), ("1995-07-01", "1200")], "12.96"),
    "EU 3": (
        "eu-98-7-ec",
        [("1994-01-01", "-1000"), ("1995-01-01", "600"), ("1996-01-01", "600")],
        "13.07",
    ),
    "(c)(5)(iii)": (
        "us-regulation-z", [("1978-01-17", "1000"), ("1979-07-17", "-1135.19")], "8.76",
    ),
    "(c)(5)(iv)": (
        "us-regulation-z", [("1978-01-03", "1000"), ("1980-01-03", "-1240")], "11.36",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RATES)
async def test_rates_as_printed(ruled, name):
    method, flows, printed = RATES[name]
    body = {"method": method, "flows": [{"on": on, "amount": usd(much)} for on, much in flows]}
    answer = await compute(ruled, "rate", body)
    assert f"{Decimal(answer['annual_pct']):.2f}" == printed


async def test_three_fen_is_read_and_its_cap_is_the_published_one(ruled):
    """Chongchuan court: "3 fen" is 3 % a month; a loan of February 2021 has the cap 15.4 %."""
    read = (await compute(ruled, "rate", {"rate_words": "3分"}))["stated"]
    assert (read["rate_pct"], read["rate_period"], read["annual_pct"]) == ("3", "month", "36")
    asked = {
        "formed_on": "2021-02-01",
        "lender_class": "private",
        "sued_on": "2023-09-01",
        "accepted_on": "2023-09-01",
        "as_of": "2023-09-01",
    }
    (line,) = (await compute(ruled, "cap", asked))["lines"]
    assert [Decimal(p["annual_rate_pct"]) for p in line["periods"]] == [Decimal("15.4")]


TRANSITION = (
    # Netease legal column (2024): (a) made in 2018, filed 2024-01; (b) made in 2020-09.
    ("2018-06-01", [("24", "2020-08-19"), ("13.8", None)]),
    ("2020-09-15", [("15.4", None)]),
)


@pytest.mark.parametrize(("formed", "printed"), TRANSITION)
async def test_the_published_transition(ruled, formed, printed):
    asked = {
        "formed_on": formed,
        "lender_class": "private",
        "sued_on": "2024-01-10",
        "accepted_on": "2024-01-12",
        "as_of": "2024-03-01",
    }
    (line,) = (await compute(ruled, "cap", asked))["lines"]
    found = [(Decimal(p["annual_rate_pct"]), p["end"]) for p in line["periods"]]
    assert found == [(Decimal(pct), end) for pct, end in printed]


# A Chinese lawyers' calculator's own checks for September 2026, with its make-up Sunday.
WORKING = (
    ({"start": "2026-09-11", "days": 5}, "on", "2026-09-18"),
    ({"start": "2026-09-01", "end": "2026-09-30"}, "working_days", 21),
    ({"start": "2026-09-16"}, "last_day", {"on": "2026-09-16", "provisional": None}),
    ({"start": "2026-10-03"}, "last_day", {"on": "2026-10-08", "provisional": None}),
)


@pytest.mark.parametrize(("asked", "name", "printed"), WORKING)
async def test_working_days_as_others_count_them(ruled, asked, name, printed):
    answer = await compute(ruled, "working-days", asked)
    assert answer[name] == printed
    assert answer["unknown"] is None


async def test_a_court_fee_of_two_million(ruled):
    answer = await compute(ruled, "court-fee", {"claim": cny("2000000.00")})
    assert (answer["fee"], answer["half"]) == (cny("22800.00"), cny("11400.00"))
    assert ids(answer) == ["cn.court.fee", "cn.court.fee-half"]
