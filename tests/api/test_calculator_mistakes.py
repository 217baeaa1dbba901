"""What calculators cannot be asked: each mistake is refused, and its field named."""

import pytest

from tests.api.calculating import RS02, SPREADSHEET, usd
from tests.api.desk import assert_problem, cny

pytestmark = pytest.mark.anyio


def flows(*rows, **more):
    listed = [{"amount": cny(amount), **when} for amount, when in rows]
    return {"method": "cn-irr", "flows": listed, **more}


DATED, TIMED = {"on": "2025-01-01"}, {"at": "1"}
BAD = {
    "a bare number": ("rate", {"rate_pct": "3"}, "rate_period"),
    "a rate as a number": ("rate", {"rate_pct": 3, "rate_period": "year"}, "rate_pct"),
    "a rate with its sign": ("rate", {"rate_pct": "3%", "rate_period": "year"}, "rate_pct"),
    "a negative rate": ("rate", {"rate_pct": "-3", "rate_period": "year"}, "rate_pct"),
    "full-width digits": ("rate", {"rate_pct": "３", "rate_period": "year"}, "rate_pct"),
    "a period alone": ("rate", {"rate_period": "year"}, "rate_pct"),
    "a week": ("rate", {"rate_pct": "3", "rate_period": "week"}, "rate_period"),
    "words and per cent": (
        "rate",
        {"rate_words": "三分", "rate_pct": "3", "rate_period": "month"},
        "rate_words",
    ),
    "nothing asked": ("rate", {}, "flows"),
    "flows and a rate": ("rate", flows(("1.00", DATED), rate_words="三分"), "flows"),
    "no method": ("rate", {"flows": [{"amount": cny("1.00"), **DATED}]}, "method"),
    "a flow without a day": ("rate", flows(("1.00", {})), "flows"),
    "days and periods": ("rate", flows(("1.00", DATED), ("-1.00", TIMED)), "flows"),
    "a day and a period": ("rate", flows(("1.00", {**DATED, **TIMED})), "flows"),
    "periods of what": ("rate", flows(("1.00", TIMED)), "periods_a_year"),
    "days with periods": ("rate", flows(("1.00", DATED), periods_a_year=12), "periods_a_year"),
    "no amount": ("rate", flows(("1e3", DATED)), "flows/0/amount"),
    "before all days": ("cap", {"formed_on": "0001-01-01"}, "formed_on"),
    "after all days": ("working-days", {"start": "9999-12-31", "days": 1}, "start"),
    "an unknown lender class": ("cap", {"lender_class": "shark"}, "lender_class"),
    "an unknown field": ("cap", {"contract": "x"}, "contract"),
    "an unknown event": (
        "limitation",
        {"due_dates": ["2022-01-01"], "events": [{"kind": "letter", "on": "2023-01-01"}]},
        "events/0/kind",
    ),
    "an end before its start": (
        "limitation",
        {"events": [{"kind": "suit", "on": "2023-01-02", "until": "2023-01-01"}]},
        "events/0/until",
    ),
    "two questions": (
        "working-days",
        {"start": "2026-01-05", "days": 1, "end": "2026-02-01"},
        "end",
    ),
    "backwards": ("working-days", {"start": "2026-01-05", "end": "2026-01-01"}, "end"),
    "days below nought": ("working-days", {"start": "2026-01-05", "days": -1}, "days"),
    "no claim": ("court-fee", {}, "claim"),
    "a claim as a float": ("court-fee", {"claim": 37000.5}, "claim"),
    "no principal": ("schedule", {**RS02, "principal": cny("0.00")}, "principal"),
    "neither months nor days": ("schedule", {**RS02, "months": None}, "due"),
    "both": ("schedule", {**RS02, "due": ["2023-01-01"]}, "due"),
    "months without end": ("schedule", {**RS02, "months": 601}, "months"),
    "no rate": ("schedule", {**RS02, "rate_pct": None, "rate_period": None}, "rate_pct"),
    "due before the money came": (
        "schedule",
        {**RS02, "months": None, "due": ["2022-10-01"]},
        "due",
    ),
    "a day due twice": (
        "schedule",
        {**RS02, "months": None, "due": ["2023-01-01", "2023-01-01"]},
        "due",
    ),
    "a unit of nothing": ("schedule", {**RS02, "unit": cny("0.00")}, "unit"),
    "grace to the end": ("schedule", {**RS02, "grace_periods": 18}, "grace_periods"),
    "a balloon above the loan": ("schedule", {**RS02, "balloon": cny("5000.00")}, "balloon"),
    "an instalment of nothing": (
        "schedule",
        {**RS02, "instalments": [cny("400.00"), cny("0.00")]},
        "instalments/1",
    ),
    "no way of paying back": ("schedule", {**RS02, "repayment": "other"}, "repayment"),
    "growth without end": (
        "schedule",
        {
            **RS02,
            "months": 600,
            "rate_pct": "9999",
            "rate_period": "month",
            "grace_periods": 599,
            "grace": "capitalised",
        },
        "rate_pct",
    ),
    "a bullet with due days": (
        "schedule",
        {**RS02, "repayment": "bullet", "months": None, "due": ["2023-01-01", "2023-02-01"]},
        "repayment",
    ),
}


@pytest.mark.parametrize("name", BAD)
async def test_bad_input_is_refused_and_the_field_is_named(ruled, name):
    route, body, field = BAD[name]
    answer = await ruled.http.post(f"/v1/figures/{route}", json=body)
    assert_problem(answer, 422, "invalid-input", field)


MIXED = {
    "rate": {
        **SPREADSHEET,
        "flows": [*SPREADSHEET["flows"], {"on": "2010-01-01", "amount": cny("1")}],
    },
    "schedule": {**RS02, "unit": usd("1.00")},
}


@pytest.mark.parametrize("route", MIXED)
async def test_two_currencies_do_not_meet(ruled, route):
    answer = await ruled.http.post(f"/v1/figures/{route}", json=MIXED[route])
    assert_problem(answer, 422, "currency-mixed", None)
