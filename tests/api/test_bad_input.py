"""Bad input, and what it gets: a 4xx problem with a stable type that names the field; nothing
written, never a 500. The mistakes themselves stand in `mistakes.py`.
"""

import json

import pytest

from tests.api.desk import LOAN, assert_problem
from tests.api.mistakes import JSON, MISTAKES, REQUESTS

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("name", MISTAKES)
async def test_a_mistake_in_the_body(desk, name):
    noun, body, status, code, field = MISTAKES[name]
    case_id = await desk.case()
    head = await desk.head()
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = await desk.http.post(
        f"/v1/cases/{case_id}/{noun}", content=content, headers={**JSON, "If-Match": '"1"'}
    )
    assert_problem(answer, status, code, field)
    assert await desk.head() == head


@pytest.mark.parametrize("name", REQUESTS)
async def test_a_mistake_around_the_body(desk, name):
    method, path, headers, status, code, field = REQUESTS[name]
    case_id = await desk.case()
    head = await desk.head()
    content = json.dumps({"noted_on": "2025-01-01", "text": "x"}) if method == "POST" else None
    answer = await desk.http.request(
        method, path.replace("{case}", case_id), headers=headers, content=content
    )
    assert_problem(answer, status, code, field)
    assert await desk.head() == head
    if status == 405:
        assert "GET" in answer.headers["allow"]


async def test_an_entry_that_was_withdrawn_stays_so(desk):
    case_id = await desk.case()
    loan_id = await desk.loan(case_id)
    withdrawal = {"entry_id": loan_id, "reason": "重复"}
    await desk.post(case_id, "withdrawals", withdrawal, headers={"If-Match": '"2"'})
    again = {"entry_id": loan_id, "replacement": {"topic": "loan-taken", **LOAN}, "reason": "r"}
    for noun, body in (("withdrawals", withdrawal), ("corrections", again)):
        said = await desk.post(case_id, noun, body, 422, headers={"If-Match": '"3"'})
        assert (said["code"], said["errors"][0]["field"]) == ("entry-withdrawn", "entry_id")
    assert await desk.head() == 4


async def test_the_id_of_a_client_is_no_case_and_the_other_way_round(desk):
    case_id, client_id = await desk.case(), await desk.client()
    head = await desk.head()
    note = {"noted_on": "2025-01-01", "text": "x"}
    said = {"replacement": {"name": "x"}, "reason": "r"}
    answers = [
        await desk.http.get(f"/v1/cases/{client_id}"),
        await desk.http.get(f"/v1/clients/{case_id}"),
        await desk.http.post(f"/v1/cases/{client_id}/notes", json=note),
        await desk.http.post(
            f"/v1/clients/{case_id}/corrections", json=said, headers={"If-Match": '"1"'}
        ),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    opened = {"client_id": case_id, "opened_on": "2025-01-01"}
    answer = await desk.http.post("/v1/cases", json=opened)
    assert_problem(answer, 422, "client-unknown", "client_id")
    assert await desk.head() == head
