"""Mistakes that a request can hold, one a line, and what each gets."""

from datetime import timedelta
from uuid import uuid4

from tests.api.desk import LOAN, cny, payment, today

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
