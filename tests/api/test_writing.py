"""What every write can be asked: once only, only on what was seen, only for show."""

import asyncio

import pytest

from domain.recorded import recorded
from tests.api.desk import LOAN, cny, disbursed, payment

pytestmark = pytest.mark.anyio

NOTE = {"noted_on": "2025-03-01", "text": "第一次来访"}


def keyed(key="key-1", **more):
    return {"Idempotency-Key": key, **more}


async def test_the_same_key_does_the_same_thing_once(office):
    case_id = await office.case()
    path = f"/v1/cases/{case_id}/notes"
    first = await office.http.post(path, json=NOTE, headers=keyed())
    again = await office.http.post(path, json=NOTE, headers=keyed())
    assert first.status_code == again.status_code == 201
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == {**first.json(), "repeated": True}
    assert again.headers["etag"] == first.headers["etag"]
    assert await office.head() == 3


async def test_the_same_key_with_another_body_is_refused(office):
    case_id = await office.case()
    path = f"/v1/cases/{case_id}/notes"
    await office.http.post(path, json=NOTE, headers=keyed())
    other = await office.http.post(path, json={**NOTE, "text": "x"}, headers=keyed())
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert other.json()["errors"][0]["field"] == "Idempotency-Key"
    elsewhere = await office.http.post(
        f"/v1/cases/{case_id}/complaints",
        json={
            "occurred_on": "2025-03-01",
            "grade": "document",
            "channel": "police",
            "respondent": "x",
            "grounds": ["threats"],
        },
        headers=keyed(),
    )
    assert elsewhere.json()["code"] == "idempotency-key-reused"
    assert await office.head() == 3


async def test_two_at_once_with_one_key_are_one(office):
    case_id = await office.case()
    path = f"/v1/cases/{case_id}/notes"
    answers = await asyncio.gather(
        *(office.http.post(path, json=NOTE, headers=keyed()) for _ in range(5))
    )
    assert [answer.status_code for answer in answers] == [201] * 5
    assert len({answer.json()["entry_id"] for answer in answers}) == 1
    assert sorted(answer.json()["repeated"] for answer in answers) == [False] + [True] * 4
    assert await office.head() == 3


async def test_a_key_is_its_members_own(office):
    case_id = await office.case()
    colleague = await office.colleague("m-2")
    path = f"/v1/cases/{case_id}/notes"
    mine = await office.http.post(path, json=NOTE, headers=keyed())
    theirs = await colleague.post(path, json=NOTE, headers=keyed())
    assert mine.json()["entry_id"] != theirs.json()["entry_id"]


async def test_clients_and_cases_come_once_too(office):
    one = await office.http.post("/v1/clients", json={"name": "甲"}, headers=keyed("c"))
    two = await office.http.post("/v1/clients", json={"name": "甲"}, headers=keyed("c"))
    assert one.json()["client_id"] == two.json()["client_id"]
    body = {"client_id": one.json()["client_id"], "opened_on": "2025-01-01"}
    three = await office.http.post("/v1/cases", json=body, headers=keyed("d"))
    four = await office.http.post("/v1/cases", json=body, headers=keyed("d"))
    assert three.json()["case_id"] == four.json()["case_id"]
    assert four.headers["location"] == three.headers["location"]
    assert await office.head() == 2


async def test_a_repeat_is_settled_before_if_match(office):
    case_id = await office.case()
    loan_id = await office.loan(case_id)
    path = f"/v1/cases/{case_id}/withdrawals"
    body = {"entry_id": loan_id, "reason": "重复录入"}
    headers = keyed(**{"If-Match": '"2"'})
    assert (await office.http.post(path, json=body, headers=headers)).status_code == 201
    again = await office.http.post(path, json=body, headers=headers)
    assert (again.status_code, again.json()["repeated"]) == (201, True)


async def test_only_successes_are_remembered(office):
    case_id = await office.case()
    path = f"/v1/cases/{case_id}/loans"
    body = {**LOAN, "face_amount": cny("0.00")}
    assert (await office.http.post(path, json=body, headers=keyed())).status_code == 422
    done = await office.http.post(path, json=LOAN, headers=keyed())
    assert (done.status_code, done.json()["repeated"]) == (201, False)


async def test_of_two_who_rest_on_the_same_version_one_is_told(office):
    case_id = await office.case()
    loan_id = await office.loan(case_id)
    body = {
        "entry_id": loan_id,
        "replacement": {"topic": "loan-taken", **LOAN, "lender": "甲"},
        "reason": "r",
    }
    path = f"/v1/cases/{case_id}/corrections"
    answers = await asyncio.gather(
        *(
            office.http.post(
                path,
                json={**body, "replacement": {**body["replacement"], "lender": name}},
                headers={"If-Match": '"2"'},
            )
            for name in "甲乙丙"
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 412, 412]


async def test_of_two_plain_facts_at_once_both_stand(office):
    case_id = await office.case()
    loan_id = await office.loan(case_id)
    path = f"/v1/cases/{case_id}/payments"
    answers = await asyncio.gather(
        *(office.http.post(path, json=payment(loan_id, f"{n}.00")) for n in range(1, 7))
    )
    assert [answer.status_code for answer in answers] == [201] * 6
    assert {answer.json()["version"] for answer in answers} == {3, 4, 5, 6, 7, 8}


async def test_a_dry_run_shows_facts_and_figures_and_writes_nothing(office):
    case_id = await office.case()
    loan_id = await office.loan(case_id)
    await office.post(case_id, "disbursements", disbursed(loan_id))
    head = await office.head()
    answer = await office.http.post(
        f"/v1/cases/{case_id}/payments?dry_run=true",
        json=payment(loan_id, "400.00", payer_name="王芳"),
        headers=keyed(),
    )
    assert answer.status_code == 200
    said = answer.json()
    assert (said["dry_run"], said["version"]) == (True, 4)
    assert said["facts"][0]["topic"] == "payment-made"
    assert said["facts"][0]["payer_name"] == "王芳"
    assert said["position"]["loans"][0]["owed"]["amount"] == cny("9600.00")
    assert await office.head() == head
    # The key was not used up, and a real write is as it was foretold.
    done = await office.http.post(
        f"/v1/cases/{case_id}/payments",
        json=payment(loan_id, "400.00", payer_name="王芳"),
        headers=keyed(),
    )
    assert (done.json()["repeated"], done.json()["version"]) == (False, 4)


async def test_a_dry_run_of_a_client_or_a_case(desk):
    client = await desk.http.post("/v1/clients?dry_run=true", json={"name": "甲"})
    assert client.status_code == 200
    assert client.json()["position"] is None
    body = {"client_id": await desk.client(), "opened_on": "2025-01-01"}
    case = await desk.http.post("/v1/cases?dry_run=true", json=body)
    assert case.json()["position"]["loans"] == []
    refused = await desk.http.post("/v1/cases?dry_run=true", json={**body, "zone": "x"})
    assert refused.json()["code"] == "zone-unknown"
    assert await desk.head() == 1


async def test_what_is_written_is_sealed_and_says_who(desk):
    case_id = await desk.case()
    await desk.post(case_id, "notes", {"noted_on": "2025-01-01", "text": "秘密之事"})
    events = await desk.services.casework.log.read_journal(desk.organisation)
    assert not any("秘密之事".encode() in event.body for event in events)
    assert {event.actor for event in events} == {"m-1"}
    assert recorded(events[-1]).fact.text.value is None
