"""Over HTTP: a warning is asked, refused, answered and stored; and the readings of paying."""

import pytest

from domain.warnings import WARNINGS, WarningCode
from tests.api.desk import assert_problem, cny, disbursed

pytestmark = pytest.mark.anyio

CHECKED = {
    "occurred_on": "2026-03-02",
    "grade": "document",
    "amount": cny("600.00"),
    "channel": "lender-app",
    "payee": "某某小贷",
    "borrower_name": "王*明",
    "borrower_id_number": "4****1234",
    "contract_number": "HT-1",
}
PAID = {
    "occurred_on": "2026-03-02",
    "grade": "bank-line",
    "amount": cny("600.00"),
    "channel": "lender-app",
}
PLAN = {
    "occurred_on": "2026-03-02",
    "grade": "document",
    "instalments": [
        {"due_on": "2026-03-10", "amount": cny("100.00")},
        {"due_on": "2026-04-10", "amount": cny("100.00")},
    ],
}
PROMISE = "limitation-promise"


@pytest.fixture
async def case(ruled):
    """A case with one loan of a client whose name and number are held."""
    person = {"name": "王小明", "id_number": "410000199001011234"}
    client = (await ruled.http.post("/v1/clients", json=person)).json()
    body = {"client_id": client["client_id"], "opened_on": "2025-01-01"}
    ruled.case_id = (await ruled.http.post("/v1/cases", json=body)).json()["case_id"]
    terms = {"due_on": "2026-01-10"}
    ruled.loan_id = await ruled.loan(ruled.case_id, contract_number="HT-1", terms=terms)
    await ruled.post(ruled.case_id, "disbursements", disbursed(ruled.loan_id))
    return ruled


def answers(*codes):
    return [{"code": code, "reason": f"看过 {code}"} for code in codes]


async def raised(case, noun, body):
    answer = await case.http.post(f"/v1/cases/{case.case_id}/{noun}", json=body)
    assert_problem(answer, 422, "warning-unanswered", "answered")
    return [each["code"] for each in answer.json()["warnings"]]


async def asked_and_answered(case, noun, body, *codes):
    """Refused with exactly these warnings, recorded once each is answered; the answers stand."""
    before = await case.head()
    assert sorted(await raised(case, noun, body)) == sorted(codes)
    for code in codes:
        others = answers(*(each for each in codes if each != code))
        assert await raised(case, noun, {**body, "answered": others}) == [code]
    assert await case.head() == before
    done = await case.post(case.case_id, noun, {**body, "answered": answers(*codes)})
    trail = (await case.http.get(f"/v1/cases/{case.case_id}/audit-trail")).json()["lines"]
    (line,) = [each for each in trail if each["entry_id"] == done["entry_id"]]
    stored = [each["new"] for each in line["changes"] if each["field"].startswith("answered/")]
    wanted = [value for code in codes for value in (code, f"看过 {code}")]
    assert stored == wanted
    return done["entry_id"]


def check(case, **more):
    return {**CHECKED, "loan_id": case.loan_id, **more}


async def test_a_look_at_which_all_fits_is_recorded_at_once(case):
    await case.post(case.case_id, "payment-checks", check(case))


LOOKS = (
    ({"payee": "别家公司"}, ["payee-unknown"]),
    ({"payee": None}, ["payee-not-shown"]),
    ({"payee_account": "62220001"}, ["payee-account-not-held"]),
    ({"contract_number": "HT-2"}, ["contract-number-differs"]),
    ({"contract_number": None}, ["contract-number-not-shown"]),
    ({"borrower_name": "王大明"}, ["borrower-name-differs"]),
    ({"borrower_id_number": "9999"}, ["borrower-number-differs"]),
    (
        {"borrower_name": None, "borrower_id_number": None},
        ["borrower-name-not-shown", "borrower-number-not-shown"],
    ),
)


@pytest.mark.parametrize(("changes", "codes"), LOOKS)
async def test_what_the_look_found_is_asked(case, changes, codes):
    body = {name: value for name, value in check(case, **changes).items() if value is not None}
    await asked_and_answered(case, "payment-checks", body, *codes)


async def test_what_is_not_held_is_asked(desk):
    """A client without a number, a loan without a contract number, and no rule pack."""
    desk.case_id = await desk.case()
    desk.loan_id = await desk.loan(desk.case_id)
    codes = ["contract-number-not-held", "borrower-number-not-held"]
    await asked_and_answered(desk, "payment-checks", check(desk), *codes)


async def test_another_account_of_a_known_payee_is_asked(case):
    noted = {
        "occurred_on": "2026-03-01",
        "grade": "document",
        "company": "担保公司",
        "loan_ids": [case.loan_id],
        "source": "contract",
        "account": "6222 0001",
    }
    await case.post(case.case_id, "known-payees", noted)
    look = check(case, payee="担保公司", payee_account="62220002")
    await asked_and_answered(case, "payment-checks", look, "payee-account-differs")
    await case.post(case.case_id, "payment-checks", {**look, "payee_account": "6222****"})


async def test_payments_to_strangers_and_to_others_are_asked(case):
    paid = {**PAID, "loan_id": case.loan_id}
    stranger = {**paid, "payee": "陌生公司", "credited_on": "2026-03-03"}
    lost = await asked_and_answered(case, "payments", stranger, "payee-unknown")
    await case.loan(case.case_id, lender="另一家")
    await asked_and_answered(case, "payments", {**paid, "payee": "另一家"}, "payee-differs")
    looked = await case.post(case.case_id, "payment-checks", check(case))
    other = {**paid, "amount": cny("500.00"), "check_id": looked["entry_id"]}
    await asked_and_answered(case, "payments", other, "check-differs")
    read = await case.http.get(f"/v1/cases/{case.case_id}/payments?as_of=2026-03-05")
    reading = read.json()
    assert reading["unknown_payees"] == [lost]
    states = [line["payment"]["state"] for line in reading["payments"]]
    assert sorted(states) == ["credited", "pending", "pending"]
    assert reading["pack"].startswith("cn@")
    assert read.headers["mingzhang-position"] == str(reading["known_at"])


async def test_a_proposal_is_asked_about_and_its_silence_is_seen(case):
    body = {
        "occurred_on": "2026-03-02",
        "grade": "document",
        "kind": "instalments",
        "loan_ids": [case.loan_id],
        "offers": [{"loan_id": case.loan_id, "amount": cny("99.00")}],
        "available": cny("100.00"),
        "channel": "email",
        "answer_working_days": 3,
    }
    over = {**body, "available": cny("98.99")}
    answer = await case.http.post(f"/v1/cases/{case.case_id}/proposals", json=over)
    assert_problem(answer, 422, "shares-over", "offers")
    proposal = await asked_and_answered(case, "proposals", body, "shares-under", PROMISE)
    early = {
        "occurred_on": "2026-03-01",
        "grade": "lender-says",
        "proposal_id": proposal,
        "loan_ids": [case.loan_id],
        "answer": "refused",
        "channel": "call",
    }
    path = f"/v1/cases/{case.case_id}"
    answer = await case.http.post(f"{path}/proposal-answers", json=early)
    assert_problem(answer, 422, "date-order", "occurred_on")

    async def standing(as_of):
        found = (await case.http.get(f"{path}/negotiations?as_of={as_of}")).json()
        return found["proposals"][0]["loans"][0]["standing"]

    assert [await standing(day) for day in ("2026-03-05", "2026-03-06")] == ["waiting", "silent"]
    late = {**early, "occurred_on": "2026-03-09", "answer": "accepted"}
    await case.post(case.case_id, "proposal-answers", late)
    assert await standing("2026-03-09") == "accepted"


async def test_a_promise_on_a_time_barred_debt_is_asked_about_by_its_own_code(case):
    old = {"occurred_on": "2020-09-01", "terms": {"due_on": "2021-03-01"}}
    barred = await case.loan(case.case_id, **old)
    body = {**PLAN, "loan_ids": [barred]}
    await asked_and_answered(case, "plans", body, "promise-time-barred")


async def test_a_correction_of_a_plan_is_asked_again(case):
    plan = await asked_and_answered(case, "plans", {**PLAN, "loan_ids": [case.loan_id]}, PROMISE)
    replacement = {
        **PLAN,
        "topic": "plan-agreed",
        "loan_ids": [case.loan_id],
        "instalments": PLAN["instalments"][:1],
    }
    body = {"entry_id": plan, "replacement": replacement, "reason": "只有一期"}
    path, headers = (
        f"/v1/cases/{case.case_id}/corrections",
        {"If-Match": await case.version(case.case_id)},
    )
    answer = await case.http.post(path, json=body, headers=headers)
    assert_problem(answer, 422, "warning-unanswered", "replacement/answered")
    replacement["answered"] = answers(PROMISE)
    assert (await case.http.post(path, json=body, headers=headers)).status_code == 201


async def test_a_plan_is_read_against_what_was_paid(case):
    body = {**PLAN, "loan_ids": [case.loan_id], "answered": answers(PROMISE)}
    plan = (await case.post(case.case_id, "plans", body))["entry_id"]
    paid = {**PAID, "loan_id": case.loan_id, "amount": cny("60.00"), "credited_on": "2026-03-03"}
    position = (await case.post(case.case_id, "payments", paid))["position"]
    more = {**paid, "occurred_on": "2026-03-20", "credited_on": "2026-03-20"}
    await case.post(case.case_id, "payments", more)
    path = f"/v1/cases/{case.case_id}/plans?as_of=2026-03-25"
    now = (await case.http.get(path)).json()["plans"][0]
    then = (await case.http.get(f"{path}&known_at={position}")).json()["plans"][0]
    assert [row["state"] for row in now["instalments"]] == ["late", "to-come"]
    assert [row["state"] for row in then["instalments"]] == ["partial", "to-come"]
    assert then["behind"] == cny("40.00")
    done = {"occurred_on": "2026-04-11", "grade": "document", "plan_id": plan}
    await asked_and_answered(case, "plan-completions", done, "plan-unpaid")
    tag = (await case.http.get(path)).headers["etag"]
    again = await case.http.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304


async def test_offers_are_shared_to_the_cent(case):
    other = await case.loan(case.case_id, lender="另一家")
    await case.post(case.case_id, "disbursements", disbursed(other, "5000.00"))
    path = f"/v1/cases/{case.case_id}/offer-calculations?as_of=2026-03-02"
    answer = await case.http.post(path, json={"available": cny("100.00")})
    assert answer.status_code == 200, answer.text
    shares = {row["loan_id"]: row["offer"]["amount"] for row in answer.json()["rows"]}
    assert shares == {case.loan_id: "66.67", other: "33.33"}
    weights = [{"loan_id": other, "amount": cny("10000.00")}]
    equal = await case.http.post(path, json={"available": cny("1.01"), "weights": weights})
    assert [row["offer"]["amount"] for row in equal.json()["rows"]] == ["0.51", "0.50"]
    token = await case.http.post(path, json={"available": cny("0")})
    assert {row["is_token"] for row in token.json()["rows"]} == {True}


BAD_QUESTIONS = (
    ({"available": cny("-1")}, "amount-negative", "available"),
    (
        {"available": cny("1"), "token": {"amount": "1", "currency": "USD"}},
        "currency-mixed",
        "token",
    ),
    (
        {"available": cny("1"), "loan_ids": ["00000000-0000-0000-0000-000000000009"]},
        "entry-unknown",
        "loan_ids",
    ),
)


@pytest.mark.parametrize(("body", "code", "field"), BAD_QUESTIONS)
async def test_what_cannot_be_shared(case, body, code, field):
    path = f"/v1/cases/{case.case_id}/offer-calculations"
    answer = await case.http.post(path, json=body)
    assert_problem(answer, 422, code, field)


async def test_every_warning_has_its_line():
    assert set(WARNINGS) == set(WarningCode)
    for row in WARNINGS.values():
        assert row.what.endswith(".")
        assert row.right.endswith(".")
