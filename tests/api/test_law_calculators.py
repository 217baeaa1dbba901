"""Caps, limitation, working days and court fees, as published, with their rules."""

from decimal import Decimal

import pytest

from tests.api.calculating import compute, ids, usd
from tests.api.desk import cny

pytestmark = pytest.mark.anyio


async def test_the_cap_of_a_private_loan_of_february_2021(ruled):
    body = {
        "formed_on": "2021-02-01",
        "lender_class": "private",
        "sued_on": "2023-03-01",
        "accepted_on": "2023-03-05",
        "as_of": "2023-06-01",
    }
    answer = await compute(ruled, "cap", body)
    (line,) = answer["lines"]
    (period,) = line["periods"]
    assert Decimal(period["annual_rate_pct"]) == Decimal("15.4")
    assert period["start"] == "2021-02-01"
    (rule,) = answer["rules"]
    assert (rule["rule_id"], rule["mark"]) == ("cn.cap.2021-lpr-at-formation", "T")
    assert "四倍" in rule["zh"]
    assert rule["en"]
    assert answer["reviewed"] == "not reviewed by a lawyer"


async def test_the_same_2018_loan_differs_as_the_transition_rules_differ(ruled):
    body = {
        "formed_on": "2018-05-01",
        "lender_class": "private",
        "sued_on": "2020-09-01",
        "accepted_on": "2020-09-05",
    }
    (before,) = (await compute(ruled, "cap", {**body, "as_of": "2020-12-01"}))["lines"]
    (after,) = (await compute(ruled, "cap", {**body, "as_of": "2021-01-02"}))["lines"]
    assert [Decimal(p["annual_rate_pct"]) for p in before["periods"]] == [Decimal("15.4")]
    assert [Decimal(p["annual_rate_pct"]) for p in after["periods"]] == [24, Decimal("15.4")]
    older = {"params": {"pack": "cn@2026.1"}}
    (unsplit,) = (await compute(ruled, "cap", {**body, "as_of": "2021-01-02"}, **older))["lines"]
    assert unsplit["periods"] == before["periods"]


async def test_a_cap_without_its_days_says_what_would_settle_it(ruled):
    bare = await compute(ruled, "cap", {"lender_class": "private", "as_of": "2023-06-01"})
    assert ["day of formation" in line["unknown"]["reason"] for line in bare["lines"]] == [True]
    body = {"formed_on": "2019-01-01", "sued_on": "2020-08-01", "as_of": "2021-06-01"}
    lines = (await compute(ruled, "cap", {**body, "lender_class": "private"}))["lines"]
    assert lines[0]["unknown"]["settled_by"] == "the court's notice of acceptance, with its day"
    assert [line["hypothetical"] for line in lines[1:]] == [True] * 4
    late = {"formed_on": "2100-01-01", "lender_class": "private", "as_of": "2100-02-01"}
    (line,) = (await compute(ruled, "cap", late))["lines"]
    assert line["periods"] == []
    assert "loaded up to its release of" in line["unknown"]["reason"]


async def test_limitation_runs_three_years_and_anew(ruled):
    body = {"due_dates": ["2022-01-10", "2022-06-28"], "as_of": "2024-03-01"}
    plain = await compute(ruled, "limitation", body)
    # 28 June 2025 is a Saturday; the Monday after it is worked.
    assert (plain["state"], plain["expires_on"]) == ("running", "2025-06-30")
    assert "cn.limitation.three-years" in ids(plain)
    events = [
        {"kind": "suspension", "on": "2019-01-01", "until": "2019-02-01"},
        {"kind": "part-payment", "on": "2023-05-15"},
    ]
    paid = await compute(ruled, "limitation", {**body, "events": events})
    assert paid["expires_on"] == "2026-05-15"
    links = {link["event"]: link for link in paid["chain"]}
    assert links[1]["effect"] == "restarted"
    assert links[1]["rule_id"] == "cn.limitation.consent"
    gone = await compute(ruled, "limitation", {**body, "as_of": "2025-07-01"})
    assert (gone["state"], gone["unknown"]) == ("expired", None)
    open_end = await compute(ruled, "limitation", {"as_of": "2025-07-01"})
    assert (open_end["state"], open_end["expires_on"]) == ("unknown", None)
    assert open_end["unknown"]["settled_by"] == "the contract's due date or schedule"


async def test_working_days_of_2026_count_make_up_days(ruled):
    # 2026: 14 February is worked, 15 to 23 February are off, 28 February is worked.
    for day, is_worked in (("2026-02-14", True), ("2026-02-16", False), ("2026-02-28", True)):
        answer = await compute(ruled, "working-days", {"start": day})
        assert (answer["is_working"], answer["unknown"]) == (is_worked, None)
    counted = await compute(ruled, "working-days", {"start": "2026-02-13", "end": "2026-02-28"})
    assert counted["working_days"] == 6
    ahead = await compute(ruled, "working-days", {"start": "2026-02-13", "days": 6})
    assert ahead["on"] == "2026-02-28"
    rolled = await compute(ruled, "working-days", {"start": "2026-02-16"})
    assert rolled["last_day"] == {"on": "2026-02-24", "provisional": None}
    assert ids(rolled) == ["cn.limitation.counting"]


async def test_working_days_of_a_year_without_a_notice_are_not_known(ruled):
    answer = await compute(ruled, "working-days", {"start": "2027-01-04"})
    assert answer["is_working"] is None
    assert answer["last_day"]["on"] == "2027-01-04"
    assert "2027" in answer["last_day"]["provisional"]["settled_by"]
    over = await compute(ruled, "working-days", {"start": "2026-12-30", "days": 3})
    assert over["on"] is None
    assert over["is_working"] is True
    assert over["unknown"]["reason"] == "the public holidays of 2027 are not loaded"
    until = await compute(ruled, "working-days", {"start": "2026-12-30", "end": "2027-01-05"})
    assert (until["working_days"], until["unknown"]) == (None, over["unknown"])


@pytest.mark.parametrize(
    ("claim", "fee", "half"),
    (
        ("37000", "725.00", "362.50"),
        ("100000", "2300.00", "1150.00"),
        ("200000", "4300.00", "2150.00"),
        ("500000", "8800.00", "4400.00"),
        ("1000000", "13800.00", "6900.00"),
    ),
)
async def test_published_court_fees(ruled, claim, fee, half):
    answer = await compute(ruled, "court-fee", {"claim": cny(claim)})
    assert (answer["fee"], answer["half"]) == (cny(fee), cny(half))
    assert ids(answer) == ["cn.court.fee", "cn.court.fee-half"]


@pytest.mark.parametrize("claim", (cny("0.00"), cny("-5.00"), usd("100.00")))
async def test_a_claim_that_has_no_fee_says_why(ruled, claim):
    answer = await compute(ruled, "court-fee", {"claim": claim})
    assert (answer["fee"], answer["half"]) == (None, None)
    assert answer["unknown"]["settled_by"]
