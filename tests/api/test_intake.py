"""Intake and the parties of debts over HTTP."""

import pytest

pytestmark = pytest.mark.anyio

BUYER = "样例资产管理公司（虚构）"


async def party(desk, case_id, loan, role="assignee", on="2026-02-01", **more):
    body = {"loan_ids": [loan], "role": role, "occurred_on": on, "grade": "document", **more}
    return (await desk.post(case_id, "parties", body))["entry_id"]


def notice(loan, party_id, on, **more):
    body = {"kind": "assignment", "loan_ids": [loan], "party_id": party_id, "occurred_on": on}
    return {**body, "way": "letter", "grade": "document", **more}


async def test_an_intake_from_the_referral_on_and_what_it_lacks(desk):
    case_id = await desk.case()
    lacking = ["referral", "conflict-check", "phase", "urgency", "loans", "financial-statement"]
    reading = (await desk.http.get(f"/v1/cases/{case_id}/intake?as_of=2026-03-20")).json()
    assert reading["intake"]["lacking"] == lacking
    referral = {"received_on": "2026-03-02", "source": "court", "referrer": "样例法院"}
    await desk.post(case_id, "referrals", referral)
    await desk.post(case_id, "phases", {"phase": "explore", "begun_on": "2026-03-02"})
    await desk.post(case_id, "phases", {"phase": "creditors", "begun_on": "2026-03-12"})
    urgency = {"level": "urgent", "set_on": "2026-03-02", "review_on": "2026-03-09"}
    await desk.post(case_id, "urgencies", urgency, status=422)
    await desk.post(case_id, "urgencies", {**urgency, "reason": "扬言上门"})
    await desk.loan(case_id)
    answer = await desk.http.get(f"/v1/cases/{case_id}/intake?as_of=2026-03-20")
    intake = answer.json()["intake"]
    assert intake["lacking"] == ["conflict-check", "financial-statement"]
    assert intake["referrals"][0]["referrer"] == "样例法院"
    assert (intake["phase"]["phase"], intake["phase"]["days"]) == ("creditors", 8)
    assert intake["urgency"]["level"] == "urgent"
    deadlines = (await desk.http.get(f"/v1/cases/{case_id}/deadlines?as_of=2026-03-10")).json()
    (review,) = [one for one in deadlines["deadlines"] if one["kind"] == "urgency-review"]
    assert (review["due_on"], review["state"]) == ("2026-03-09", "missed")


async def test_parties_and_notices_with_what_was_known_before(desk):
    case_id = await desk.case()
    loan = await desk.loan(case_id)
    brother = await party(desk, case_id, loan, "co-debtor", person="甲乙", phones=["12000000001"])
    buyer = await party(desk, case_id, loan, company=BUYER)
    await desk.post(case_id, "notices", notice(loan, buyer, "2026-02-05", recipient_id=brother))
    before = await desk.head()
    to_borrower = await desk.post(case_id, "notices", notice(loan, buyer, "2026-02-09"))
    url = f"/v1/cases/{case_id}/parties?as_of=2026-03-01"
    now = (await desk.http.get(url)).json()
    people = {one["party_id"]: one for one in now["parties"]}
    assert (people[brother]["person"], people[brother]["phones"]) == ("甲乙", ["12000000001"])
    assert (people[buyer]["notified_on"], people[buyer]["lacking"]) == ("2026-02-09", [])
    then = (await desk.http.get(f"{url}&known_at={before}")).json()
    assert {one["party_id"]: one for one in then["parties"]}[buyer]["lacking"] == [
        "notice-to-borrower"
    ]
    version = await desk.version(case_id)
    correction = {
        "entry_id": to_borrower["entry_id"],
        "reason": "邮戳是十一日",
        "replacement": {"topic": "notice-reached", **notice(loan, buyer, "2026-02-11")},
    }
    await desk.post(case_id, "corrections", correction, headers={"If-Match": version})
    moved = (await desk.http.get(url)).json()
    assert {p["party_id"]: p for p in moved["parties"]}[buyer]["notified_on"] == "2026-02-11"
    client_id = (await desk.http.get(f"/v1/cases/{case_id}")).json()["client_id"]
    accesses = (await desk.http.get(f"/v1/clients/{client_id}/accesses")).json()["items"]
    assert "parties" in [access["reading"] for access in accesses]


async def test_paying_who_took_the_loan_over_is_asked_about_until_the_notice_came(desk):
    case_id = await desk.case()
    loan = await desk.loan(case_id)
    buyer = await party(desk, case_id, loan, company=BUYER)
    payment = {
        "loan_id": loan,
        "occurred_on": "2026-03-01",
        "amount": {"amount": "100.00", "currency": "CNY"},
        "channel": "bank-transfer",
        "payee": BUYER,
        "grade": "bank-line",
    }
    asked = await desk.post(case_id, "payments", payment, status=422)
    assert [one["code"] for one in asked["warnings"]] == ["payee-not-notified"]
    await desk.post(case_id, "notices", notice(loan, buyer, "2026-02-09"))
    await desk.post(case_id, "payments", payment)
    del payment["payee"]
    asked = await desk.post(case_id, "payments", payment, status=422)
    assert [one["code"] for one in asked["warnings"]] == ["loan-assigned"]


async def test_a_party_has_a_name_of_one_kind(desk):
    case_id = await desk.case()
    loan = await desk.loan(case_id)
    body = {
        "loan_ids": [loan],
        "role": "assignee",
        "occurred_on": "2026-02-01",
        "grade": "document",
    }
    answer = await desk.post(case_id, "parties", body, status=422)
    assert answer["type"] == "/problems/party-unnamed"
