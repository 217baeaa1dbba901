"""What every reading can be asked: as of a day, as known then, not before, by pages, once."""

import asyncio

import pytest

from tests.api.desk import cny, disbursed, payment

pytestmark = pytest.mark.anyio


@pytest.fixture
async def paid(desk):
    """A case with a loan, its disbursement and five payments, one each month."""
    case_id = await desk.case()
    loan_id = await desk.loan(case_id)
    await desk.post(case_id, "disbursements", disbursed(loan_id))
    for month in range(2, 7):
        await desk.post(case_id, "payments", payment(loan_id, "100.00", f"2025-{month:02d}-01"))
    return f"/v1/cases/{case_id}"


async def owed(desk, path, query):
    answer = await desk.http.get(f"{path}/position?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()["totals"][0]["owed"]["amount"]["amount"]


async def test_a_day_and_a_position_are_two_questions(desk, paid):
    assert await owed(desk, paid, "as_of=2025-04-15") == "9700.00"
    assert await owed(desk, paid, "as_of=2025-12-01&known_at=6") == "9800.00"
    assert await owed(desk, paid, "as_of=2025-02-15&known_at=6") == "9900.00"


async def test_an_instant_stands_for_the_position_it_had(desk, paid):
    events = await desk.services.casework.log.read_journal(desk.organisation)
    moment = events[5].recorded_at.isoformat().replace("+", "%2B")
    assert await owed(desk, paid, f"as_of=2025-12-01&known_at={moment}") == "9800.00"
    unescaped = moment.replace("%2B", "+")
    assert await owed(desk, paid, f"as_of=2025-12-01&known_at={unescaped}") == "9800.00"


async def test_the_same_question_has_the_same_bytes_and_tag(desk, paid):
    ask = f"{paid}/position?as_of=2025-12-01"
    first, second = await desk.http.get(ask), await desk.http.get(ask)
    assert first.content == second.content
    tag = first.headers["etag"]
    assert second.headers["etag"] == tag
    same = await desk.http.get(ask, headers={"If-None-Match": f'"x", W/{tag}'})
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == tag
    other_day = await desk.http.get(f"{paid}/position?as_of=2025-12-02")
    assert other_day.headers["etag"] != tag
    loan_id = first.json()["loans"][0]["loan_id"]
    case_id = first.json()["case_id"]
    await desk.post(case_id, "payments", payment(loan_id, "1.00"))
    changed = await desk.http.get(ask, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    then = await desk.http.get(f"{ask}&known_at=9")
    assert then.headers["etag"] == tag
    assert then.content == first.content


async def test_readings_wait_for_a_position(desk, paid):
    head = await desk.head()
    waiting = asyncio.create_task(desk.http.get(f"{paid}/position?min_position={head + 1}"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await desk.client()
    assert (await waiting).status_code == 200


async def test_what_does_not_come_is_said(desk, paid):
    hasty = await _hasty(desk)
    answer = await hasty.get(f"{paid}/position?min_position=999")
    assert (answer.status_code, answer.json()["code"]) == (503, "not-yet")
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["errors"][0]["field"] == "min_position"


async def _hasty(desk):
    object.__setattr__(desk.services, "wait_seconds", 0.05)
    return desk.http


@pytest.mark.parametrize("reading", ("timeline", "audit-trail"))
async def test_pages_go_on_with_what_they_began_with(desk, paid, reading):
    whole = (await desk.http.get(f"{paid}/{reading}")).json()["lines"]
    page = (await desk.http.get(f"{paid}/{reading}?limit=3")).json()
    lines = page["lines"]
    while page["next"]:
        # Recorded between two pages; it belongs to another reading.
        await desk.post(paid.rsplit("/", 1)[-1], "notes", {"noted_on": "2025-01-01", "text": "x"})
        page = (await desk.http.get(page["next"])).json()
        lines += page["lines"]
    assert lines == whole
    assert len(whole) == 8


async def test_a_cursor_belongs_to_its_question(desk, paid):
    page = (await desk.http.get(f"{paid}/timeline?limit=3")).json()
    cursor = page["next"].rsplit("cursor=", 1)[1]
    answer = await desk.http.get(f"{paid}/timeline?limit=3&order=recorded&cursor={cursor}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")


async def test_filters(desk, paid):
    timeline = (await desk.http.get(f"{paid}/timeline?topic=payment-made&limit=2")).json()
    assert [line["day"] for line in timeline["lines"]] == ["2025-02-01", "2025-03-01"]
    assert "topic=payment-made" in timeline["next"]
    trail = (await desk.http.get(f"{paid}/audit-trail?actor=m-2")).json()
    assert trail["lines"] == []
    recorded = (await desk.http.get(f"{paid}/timeline?order=recorded&as_of=2025-02-15")).json()
    assert [line["topic"] for line in recorded["lines"]] == [
        "case-opened",
        "loan-taken",
        "loan-disbursed",
        "payment-made",
    ]


async def test_a_late_payment_changes_the_past_as_known_now_only(desk, paid):
    before = await owed(desk, paid, "as_of=2025-03-15")
    head = await desk.head()
    case_id = paid.rsplit("/", 1)[-1]
    position = (await desk.http.get(f"{paid}/position")).json()
    await desk.post(
        case_id, "payments", payment(position["loans"][0]["loan_id"], "50.00", "2025-02-20")
    )
    assert await owed(desk, paid, "as_of=2025-03-15") == "9750.00"
    assert await owed(desk, paid, f"as_of=2025-03-15&known_at={head}") == before == "9800.00"


async def test_every_answer_is_kept_nowhere(desk, paid):
    for path in (paid, f"{paid}/position", "/v1/nothing", "/docs"):
        headers = (await desk.http.get(path)).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"


async def test_a_reading_asks_for_a_day_at_the_edges_of_the_calendar(desk, paid):
    for day in ("0001-01-01", "9999-12-31"):
        for reading in ("position", "timeline", "audit-trail"):
            answer = await desk.http.get(f"{paid}/{reading}?as_of={day}")
            assert answer.status_code == 200, (reading, day)
    assert await owed(desk, paid, "as_of=9999-12-31") == cny("9500.00")["amount"]
