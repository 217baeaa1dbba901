"""The calculators give the published rates and schedules, and read a stated rate one way only."""

from decimal import Decimal

import pytest

from tests.api.calculating import RS02, SPREADSHEET, compute, ids, usd
from tests.api.desk import assert_problem, cny

pytestmark = pytest.mark.anyio


def monthly_days(first_year, first_month, day, number):
    for index in range(number):
        year, month = divmod(first_year * 12 + first_month - 1 + index, 12)
        yield f"{year}-{month + 1:02}-{day:02}"


REGULATION_Z = {
    "method": "us-regulation-z",
    "flows": [
        {"on": "1978-01-10", "amount": usd("5000.00")},
        *({"on": on, "amount": usd("-230.00")} for on in monthly_days(1978, 2, 10, 24)),
    ],
}
SIX_TIMES = {
    "method": "cn-nominal",
    "periods_a_year": 12,
    "flows": [
        {"at": "0", "amount": cny("20000.00")},
        *({"at": str(month), "amount": cny("-3933.33")} for month in range(1, 7)),
    ],
}
PUBLISHED_RATES = [
    pytest.param(REGULATION_Z, "0.01", "9.69", id="Regulation Z App. J (c)(1)(i)"),
    # Documented as 0.373362535, where the spreadsheet's search stopped.
    pytest.param(SPREADSHEET, "0.000001", "37.336253", id="XIRR, as documented"),
    # 59.3316 % is published, from an instalment that was not rounded.
    pytest.param(SIX_TIMES, "0.001", "59.331", id="six times 3,933.33"),
]


@pytest.mark.parametrize(("body", "places", "published"), PUBLISHED_RATES)
async def test_published_rates(ruled, body, places, published):
    answer = await compute(ruled, "rate", body)
    found = Decimal(answer["annual_pct"]).quantize(Decimal(places))
    assert found == Decimal(published)
    assert answer["unknown"] is None
    assert answer["not_defined"] is None


@pytest.mark.parametrize(
    ("amounts", "code"),
    (
        (["-100.00", "-100.00"], "no-sign-change"),
        (["100.00", "-300.00", "250.00"], "several-sign-changes"),
    ),
)
async def test_a_rate_that_is_not_defined_is_said_in_words(ruled, amounts, code):
    flows = [{"at": str(at), "amount": cny(amount)} for at, amount in enumerate(amounts)]
    body = {"method": "cn-irr", "periods_a_year": 12, "flows": flows}
    answer = await compute(ruled, "rate", body)
    assert answer["annual_pct"] is None
    assert answer["not_defined"]["code"] == code
    assert len(answer["not_defined"]["said"]) > 20


STATED = [
    ({"rate_words": "三分"}, "3", "month", "36"),
    ({"rate_words": "3 fen"}, "3", "month", "36"),
    ({"rate_words": "一分五"}, "1.5", "month", "18"),
    ({"rate_pct": "3", "rate_period": "month"}, "3", "month", "36"),
    ({"rate_pct": "0.03", "rate_period": "month"}, "0.03", "month", "0.36"),
    ({"rate_pct": "3", "rate_period": "year"}, "3", "year", "3"),
    ({"rate_pct": "0.05", "rate_period": "day", "day_count": "actual/360"}, "0.05", "day", "18"),
    ({"rate_pct": "0.05", "rate_period": "day"}, "0.05", "day", None),
]


@pytest.mark.parametrize(("body", "pct", "period", "annual"), STATED)
async def test_a_stated_rate_is_read_with_its_period(ruled, body, pct, period, annual):
    answer = await compute(ruled, "rate", body)
    read = answer["stated"]
    assert (read["rate_pct"], read["rate_period"], read["annual_pct"]) == (pct, period, annual)
    is_spoken = "rate_words" in body
    assert ids(answer) == (["cn.interest.spoken-rate"] if is_spoken else [])
    assert [rule["mark"] for rule in answer["rules"]] == (["S"] if is_spoken else [])


@pytest.mark.parametrize("words", ("3", "0.03", "3%", "3厘", "三毛", "many"))
async def test_words_that_leave_the_rate_open_give_unknown(ruled, words):
    answer = await compute(ruled, "rate", {"rate_words": words})
    assert answer["stated"] is None
    assert answer["unknown"]["reason"]
    assert answer["unknown"]["settled_by"]


async def test_the_published_schedule_with_instalments_in_whole_units(ruled):
    answer = await compute(ruled, "schedule", RS02)
    totals = [row["total"]["amount"] for row in answer["rows"]]
    assert totals == ["305.00"] * 17 + ["303.22"]
    interest = [row["interest"]["amount"] for row in answer["rows"]]
    assert interest[:3] == ["50.00", "47.45", "44.87"]
    assert answer["interest"] == cny("488.22")
    assert answer["principal"] == cny("5000.00")
    assert answer["rows"][-1]["balance"] == cny("0.00")
    assert answer["rows"][-1]["due_on"] == "2024-05-01"


async def test_a_schedule_takes_its_rate_in_words(ruled):
    spoken = {key: RS02[key] for key in RS02 if not key.startswith("rate")}
    answer = await compute(ruled, "schedule", {**spoken, "rate_words": "一分"})
    assert answer["rows"] == (await compute(ruled, "schedule", RS02))["rows"]
    assert ids(answer) == ["cn.interest.spoken-rate"]
    unclear = await compute(ruled, "schedule", {**spoken, "rate_words": "12"})
    assert (unclear["rows"], unclear["total"]) == ([], None)
    assert "no unit" in unclear["unknown"]["reason"]


async def test_a_bullet_loan_has_one_due_day(ruled):
    answer = await compute(ruled, "schedule", {**RS02, "repayment": "bullet", "months": 12})
    (row,) = answer["rows"]
    assert (row["due_on"], row["total"]) == ("2023-11-01", cny("5600.00"))


async def test_a_daily_rate_without_a_day_count_makes_no_schedule(ruled):
    body = {**RS02, "rate_pct": "0.05", "rate_period": "day"}
    answer = await compute(ruled, "schedule", body)
    assert answer["rows"] == []
    assert "365 or 360" in answer["unknown"]["settled_by"]
    counted = await compute(ruled, "schedule", {**body, "day_count": "actual/360"})
    assert counted["rate"]["annual_pct"] == "18"
    # 30 days of November at 0.05 % a day on 5,000.00.
    assert counted["rows"][0]["interest"] == cny("75.00")


async def test_instalments_below_the_interest_never_pay_a_loan_off(ruled):
    body = {**RS02, "instalments": [cny("50.00")]}
    answer = await ruled.http.post("/v1/figures/schedule", json=body)
    assert_problem(answer, 422, "never-amortises", "instalments")
    assert "50.00" in answer.json()["detail"]
