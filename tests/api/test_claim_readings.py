"""The limitation clock and the claim check over HTTP."""

import pytest

from domain.rules.pack import LATEST
from ops.rules_desk import prepare
from tests.api.desk import assert_problem, cny, disbursed

pytestmark = pytest.mark.anyio

TERMS = {"schedule": [{"due_on": "2025-03-10", "amount": cny("10000.00")}]}


@pytest.fixture
async def owing(desk):
    """A case with a loan on which 9,000 of 10,000 arrived, and a claim of 10,000."""
    case_id = await desk.case()
    loan_id = await desk.loan(case_id, terms=TERMS)
    await desk.post(case_id, "disbursements", disbursed(loan_id, "9000.00"))
    claim = {
        "loan_id": loan_id,
        "occurred_on": "2025-06-01",
        "claimed_as_of": "2025-06-01",
        "grade": "lender-says",
        "items": [{"kind": "principal", "amount": cny("10000.00")}],
    }
    claim_id = (await desk.post(case_id, "lender-claims", claim))["entry_id"]
    return f"/v1/cases/{case_id}", loan_id, claim_id


async def ready_rules(desk):
    """The organisation adopts the newest pack and loads the shipped rows."""
    await prepare(desk.services.casework, desk.organisation)


async def test_the_limitation_of_a_loan(desk, owing):
    case, loan_id, _ = owing
    ask = f"{case}/loans/{loan_id}/limitation?as_of=2026-06-01"
    bare = (await desk.http.get(ask)).json()
    assert bare["limitation"]["state"] == "unknown"
    assert "no rule pack" in bare["limitation"]["unknown"]["reason"]
    await ready_rules(desk)
    answer = await desk.http.get(ask)
    found = answer.json()
    assert (found["limitation"]["state"], found["pack"]) == ("running", LATEST)
    assert found["limitation"]["expires_on"] == "2028-03-10"
    assert found["promise_today"]["would_expire_on"] == "2029-06-01"
    same = await desk.http.get(ask, headers={"If-None-Match": answer.headers["etag"]})
    assert same.status_code == 304
    older = await desk.http.get(f"{ask}&pack=cn@2026.1")
    assert older.json()["pack"] == "cn@2026.1"
    assert older.headers["etag"] != answer.headers["etag"]
    sms = {
        "occurred_at": "2025-05-06T10:00:00+08:00",
        "grade": "document",
        "channel": "sms",
        "initiated_by": "collector",
        "reached": "client",
        "loan_ids": [loan_id],
    }
    head = await desk.head()
    entry = await desk.post(case.rsplit("/", 1)[-1], "contacts", sms)
    now = (await desk.http.get(ask)).json()["limitation"]
    assert (now["expires_on"], now["chain"][1]["entry_id"]) == ("2028-05-06", entry["entry_id"])
    then = await desk.http.get(f"{ask}&known_at={head}")
    assert then.content == answer.content


async def test_the_check_of_a_claim(desk, owing):
    case, loan_id, claim_id = owing
    ask = f"{case}/lender-claims/{claim_id}/check"
    bare = (await desk.http.get(ask)).json()
    assert bare["difference"] == cny("1000.00")
    assert "no rule pack" in bare["asks"][0]["reason"]
    await ready_rules(desk)
    answer = await desk.http.get(ask)
    (row,) = answer.json()["rows"]
    assert row["verdicts"] == ["contradicted"]
    assert row["difference"] == cny("1000.00")
    assert "contract" in {line["line_id"] for line in answer.json()["lines"]}
    same = await desk.http.get(ask, headers={"If-None-Match": answer.headers["etag"]})
    assert same.status_code == 304
    late = await desk.http.get(f"{case}/loans/{loan_id}/limitation?as_of=9999-12-31")
    assert late.status_code == 200


async def test_what_is_no_loan_or_claim_of_the_case_is_not_found(desk, owing):
    case, loan_id, claim_id = owing
    for path in (f"loans/{claim_id}/limitation", f"lender-claims/{loan_id}/check"):
        assert_problem(await desk.http.get(f"{case}/{path}"), 404, "not-found", None)
    other = await desk.case()
    path = f"/v1/cases/{other}/loans/{loan_id}/limitation"
    assert_problem(await desk.http.get(path), 404, "not-found", None)
    unknown = await desk.http.get(f"{case}/loans/{loan_id}/limitation?pack=cn@1.0")
    assert_problem(unknown, 422, "invalid-input", "pack")
