"""Bad input, and what it gets: a 4xx problem with a stable type that names the field; nothing
written, never a 500. Each line of the table is one mistake."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.api.desk import LOAN, bearer, cny, payment, today

pytestmark = pytest.mark.anyio

JSON = {"Content-Type": "application/json"}


def loan(**more):
    return {**LOAN, **more}


def face(amount):
    return loan(face_amount=amount)


def in_days(days):
    return str(today() + timedelta(days=days))


CONTACT = {
    "grade": "client-says",
    "channel": "call",
    "initiated_by": "collector",
    "reached": "client",
}
TERMS_TWO_CURRENCIES = {
    "schedule": [{"due_on": "2025-06-01", "amount": {"amount": "5.00", "currency": "USD"}}]
}

# What is sent to which noun; the status, the code and the field that come back.
MISTAKES = {
    "unknown field": ("loans", loan(bogus=1), 422, "invalid-input", "bogus"),
    "unknown field inside": ("loans", loan(terms={"x": 1}), 422, "invalid-input", "terms/x"),
    "missing field": ("loans", {"lender": "x"}, 422, "invalid-input", "grade"),
    "wrong type": ("loans", loan(lender=5), 422, "invalid-input", "lender"),
    "wrong type, personal": ("loans", loan(note=5), 422, "invalid-input", "note"),
    "not an object": ("loans", [1], 422, "invalid-input", "body"),
    "float as money": ("loans", face(1234.5), 422, "invalid-input", "face_amount"),
    "float as amount": (
        "loans",
        face({"amount": 1234.5, "currency": "CNY"}),
        422,
        "invalid-input",
        "face_amount/amount",
    ),
    "NaN": ("loans", face(cny("NaN")), 422, "invalid-input", "face_amount"),
    "thousands mark": ("loans", face(cny("1_000")), 422, "invalid-input", "face_amount"),
    "full-width digits": ("loans", face(cny("１２")), 422, "invalid-input", "face_amount"),
    "too many places": ("loans", face(cny("1.005")), 422, "invalid-input", "face_amount"),
    "unknown currency": (
        "loans",
        face({"amount": "1.00", "currency": "XXX"}),
        422,
        "invalid-input",
        "face_amount",
    ),
    "too much": ("loans", face(cny("9" * 17)), 422, "invalid-input", "face_amount"),
    "negative amount": ("loans", face(cny("-1.00")), 422, "amount-not-positive", "face_amount"),
    "zero amount": ("loans", face(cny("0.00")), 422, "amount-not-positive", "face_amount"),
    "currencies mixed": (
        "loans",
        loan(terms=TERMS_TWO_CURRENCIES),
        422,
        "currency-mixed",
        None,
    ),
    "naive time": (
        "contacts",
        {**CONTACT, "occurred_at": "2025-03-01T21:00:00"},
        422,
        "invalid-input",
        "occurred_at",
    ),
    "not a time": (
        "contacts",
        {**CONTACT, "occurred_at": "yesterday"},
        422,
        "invalid-input",
        "occurred_at",
    ),
    "future time": (
        "contacts",
        {**CONTACT, "occurred_at": "9999-12-31T23:59:59-23:59"},
        422,
        "date-in-future",
        "occurred_at",
    ),
    "first moment of all": (
        "contacts",
        {**CONTACT, "occurred_at": "0001-01-01T00:00:00+23:59"},
        422,
        "date-too-old",
        "occurred_at",
    ),
    "future day": ("loans", loan(occurred_on=in_days(3)), 422, "date-in-future", "occurred_on"),
    "far future day": (
        "loans",
        loan(terms={"due_on": "9999-12-31"}),
        422,
        "date-too-far",
        "terms/due_on",
    ),
    "no such day": ("loans", loan(occurred_on="2025-02-30"), 422, "invalid-input", "occurred_on"),
    "not an id": ("loans", loan(evidence=["x"]), 422, "invalid-input", "evidence/0"),
    "unknown evidence": (
        "loans",
        loan(evidence=[str(uuid4())]),
        422,
        "entry-unknown",
        "evidence/0",
    ),
    "unknown loan": ("payments", payment(str(uuid4())), 422, "entry-unknown", "loan_id"),
    "no such word": ("loans", loan(grade="sure"), 422, "invalid-input", "grade"),
    "NUL in a text": ("loans", loan(lender="a\0b"), 422, "invalid-input", "lender"),
    "NUL in a personal text": ("loans", loan(note="a\0b"), 422, "invalid-input", "note"),
    "empty text": ("loans", loan(lender=" "), 422, "text-empty", "lender"),
    "long text": ("loans", loan(lender="x" * 201), 422, "text-too-long", "lender"),
    "unknown zone": (
        "contacts",
        {**CONTACT, "occurred_at": "2025-03-01T21:00:00+08:00", "zone": "../etc/passwd"},
        422,
        "zone-unknown",
        "zone",
    ),
    "other topic": ("loans", loan(topic="payment-made"), 422, "invalid-input", "topic"),
    "huge number": (
        "contacts",
        {**CONTACT, "occurred_at": "2025-03-01T21:00:00+08:00", "duration_seconds": -(10**400)},
        422,
        None,
        "duration_seconds",
    ),
    "bad UTF-8": ("loans", b'{"lender": "\xff\xfe"}', 422, "invalid-input", "lender"),
    "bad UTF-8 in a name": ("loans", b'{"\xff": 1}', 422, "invalid-input", "body"),
    "bad UTF-8 deep": (
        "loans",
        b'{"terms": {"rate_pct": "\xc3("}}',
        422,
        "invalid-input",
        "terms/rate_pct",
    ),
    "half a pair": ("loans", b'{"lender": "\\ud800"}', 400, "malformed-json", None),
    "a name twice": (
        "notes",
        b'{"noted_on": "2025-01-01", "text": "a", "text": "b"}',
        422,
        "invalid-input",
        "text",
    ),
    "no JSON": ("loans", b"lender=x", 400, "malformed-json", None),
    "bare NaN": ("loans", b'{"lender": NaN}', 400, "malformed-json", None),
    "cut JSON": ("loans", b'{"lender": "x"', 400, "malformed-json", None),
    "nothing": ("loans", b"", 400, "malformed-json", None),
    "too deep": ("loans", b"[" * 200_000, 422, "invalid-input", "body"),
    "too deep inside": ("loans", b'{"bogus": ' + b"[" * 200_000, 422, "invalid-input", "bogus"),
    "correcting what is not there": (
        "corrections",
        {
            "entry_id": str(uuid4()),
            "replacement": {"topic": "loan-taken", **LOAN},
            "reason": "r",
        },
        422,
        "entry-unknown",
        "entry_id",
    ),
    "a replacement without topic": (
        "corrections",
        {"entry_id": str(uuid4()), "replacement": LOAN, "reason": "r"},
        422,
        "invalid-input",
        "replacement/topic",
    ),
    "a replacement of no kind": (
        "corrections",
        {"entry_id": str(uuid4()), "replacement": {"topic": "x"}, "reason": "r"},
        422,
        "invalid-input",
        "replacement/topic",
    ),
    "more than is known in a correction": (
        "withdrawals",
        {"entry_id": str(uuid4()), "reason": "r", "force": True},
        422,
        "invalid-input",
        "force",
    ),
    "no reason": (
        "withdrawals",
        {"entry_id": str(uuid4()), "reason": " "},
        422,
        "reason-missing",
        "reason",
    ),
}


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


def assert_problem(answer, status, code, field):
    problem = answer.json()
    assert answer.status_code == status, problem
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["type"] == f"/problems/{problem['code']}"
    assert code in (None, problem["code"]), problem
    if field is not None:
        assert [error["field"] for error in problem["errors"]] == [field]


# Method, path (`{case}` stands for a case's id), headers; status, code and field.
REQUESTS = {
    "unknown path": ("GET", "/v1/nothing", {}, 404, "not-found", None),
    "not an id in the path": ("GET", "/v1/cases/12", {}, 404, "not-found", None),
    "unknown case": ("GET", f"/v1/cases/{uuid4()}", {}, 404, "case-unknown", None),
    "unknown client": ("GET", f"/v1/clients/{uuid4()}", {}, 404, "client-unknown", None),
    "wrong method": ("DELETE", "/v1/cases/{case}", {}, 405, "method-not-allowed", None),
    "options": ("OPTIONS", "/v1/cases/{case}", {}, 405, "method-not-allowed", None),
    "form instead of JSON": (
        "POST",
        "/v1/cases/{case}/notes",
        {"Content-Type": "text/plain"},
        415,
        "wrong-media-type",
        "Content-Type",
    ),
    "another charset": (
        "POST",
        "/v1/cases/{case}/notes",
        {"Content-Type": "application/json; charset=gbk"},
        415,
        "wrong-media-type",
        "Content-Type",
    ),
    "compressed": (
        "POST",
        "/v1/cases/{case}/notes",
        {**JSON, "Content-Encoding": "gzip"},
        415,
        "wrong-media-type",
        "Content-Encoding",
    ),
    "bad key": (
        "POST",
        "/v1/cases/{case}/notes",
        {**JSON, "Idempotency-Key": "a b"},
        422,
        "invalid-input",
        "Idempotency-Key",
    ),
    "long key": (
        "POST",
        "/v1/cases/{case}/notes",
        {**JSON, "Idempotency-Key": "k" * 201},
        422,
        "invalid-input",
        "Idempotency-Key",
    ),
    "bad If-Match": (
        "POST",
        "/v1/cases/{case}/notes",
        {**JSON, "If-Match": "1"},
        422,
        "invalid-input",
        "If-Match",
    ),
    "If-Match of a reading": (
        "POST",
        "/v1/cases/{case}/notes",
        {**JSON, "If-Match": '"6f2f6f3e"'},
        412,
        "version-stale",
        "If-Match",
    ),
    "stale If-Match": (
        "POST",
        "/v1/cases/{case}/notes",
        {**JSON, "If-Match": '"9"'},
        412,
        "version-stale",
        "If-Match",
    ),
    "no If-Match": (
        "POST",
        "/v1/cases/{case}/corrections",
        JSON,
        428,
        "precondition-required",
        "If-Match",
    ),
    "any If-Match": (
        "POST",
        "/v1/cases/{case}/withdrawals",
        {**JSON, "If-Match": "*"},
        428,
        "precondition-required",
        "If-Match",
    ),
    "unknown parameter": ("GET", "/v1/cases/{case}?x=1", {}, 422, "invalid-input", "x"),
    "parameter twice": (
        "GET",
        "/v1/cases/{case}/position?as_of=2025-01-01&as_of=2025-01-02",
        {},
        422,
        "invalid-input",
        "as_of",
    ),
    "bad as_of": (
        "GET",
        "/v1/cases/{case}/position?as_of=20250101",
        {},
        422,
        "invalid-input",
        "as_of",
    ),
    "naive known_at": (
        "GET",
        "/v1/cases/{case}/position?known_at=2025-01-01T00:00:00",
        {},
        422,
        "invalid-input",
        "known_at",
    ),
    "known_at to come": (
        "GET",
        "/v1/cases/{case}/position?known_at=99",
        {},
        422,
        "invalid-input",
        "known_at",
    ),
    "known_at beyond numbers": (
        "GET",
        "/v1/cases/{case}/position?known_at=" + "9" * 40,
        {},
        422,
        "invalid-input",
        "known_at",
    ),
    "known_at before time": (
        "GET",
        "/v1/cases/{case}/position?known_at=0001-01-01T00:00:00%2B23:00",
        {},
        422,
        "invalid-input",
        "known_at",
    ),
    "before the case was known": (
        "GET",
        "/v1/cases/{case}/position?known_at=0",
        {},
        404,
        "case-unknown",
        None,
    ),
    "limit too high": (
        "GET",
        "/v1/cases/{case}/timeline?limit=201",
        {},
        422,
        "invalid-input",
        "limit",
    ),
    "bad cursor": (
        "GET",
        "/v1/cases/{case}/timeline?cursor=%C3%A4",
        {},
        422,
        "invalid-input",
        "cursor",
    ),
    "bad order": ("GET", "/v1/cases/{case}/timeline?order=x", {}, 422, "invalid-input", "order"),
    "bad bytes in the query": (
        "GET",
        "/v1/cases/{case}/timeline?topic=%FF",
        {},
        422,
        "invalid-input",
        "query",
    ),
    "bad dry_run": (
        "POST",
        "/v1/cases/{case}/notes?dry_run=1",
        JSON,
        422,
        "invalid-input",
        "dry_run",
    ),
    "unknown problem": ("GET", "/problems/none", {}, 404, "not-found", None),
}


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


@pytest.mark.parametrize(
    "header", (None, "Basic abc", "Bearer", "Bearer x", "Bearer mz_" + "0" * 16 + "_" + "x" * 43)
)
async def test_nobody_comes_in_without_a_token(desk, header):
    desk.http.headers.pop("authorization")
    headers = {"Authorization": header} if header else {}
    answer = await desk.http.get("/v1/journal/head", headers=headers)
    assert_problem(answer, 401, "unauthenticated", None)
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_token_allows_what_it_carries(desk):
    case_id = await desk.case()
    reader = await desk.colleague("m-3", capabilities=("case:read",))
    assert (await reader.get(f"/v1/cases/{case_id}")).status_code == 200
    refused = await reader.post(f"/v1/cases/{case_id}/notes", json={})
    assert_problem(refused, 403, "capability-missing", None)


async def test_a_token_ends(desk):
    ended = await desk.colleague("m-3", expires_at=desk.services.clock())
    assert (await ended.get("/v1/journal/head")).status_code == 401
    _, text = await desk.tokens.add(desk.organisation, "m-4", now=desk.services.clock())
    wrong = text[:-1] + ("A" if text[-1] != "A" else "B")
    answer = await desk.http.get("/v1/journal/head", headers=bearer(wrong))
    assert answer.status_code == 401
