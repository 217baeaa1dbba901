"""What changed, over HTTP: in one case in memory, across cases on PostgreSQL."""

import tracemalloc
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from api import changes
from api.app import create_app
from domain.log import Append, StreamAppend
from ops.rules_desk import adopt
from projections.tables.caseload import CASELOAD
from projections.tables.runner import TableRunner
from tests.api.desk import assert_problem, cny, disbursed, payment, today
from tests.api.serving import served
from tests.histories import CaseFile

pytestmark = pytest.mark.anyio


@pytest.fixture
async def lent(ruled):
    case_id = await ruled.case(adviser="m-1")
    loan_id = await ruled.loan(case_id)
    await ruled.post(case_id, "disbursements", disbursed(loan_id))
    return case_id, loan_id


async def asked(desk, path, query=""):
    answer = await desk.http.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_since_a_position_figures_deadlines_and_tasks_with_what_moved_them(ruled, lent):
    case_id, loan_id = lent
    since = await ruled.head()
    paid = await ruled.post(case_id, "payments", payment(loan_id, "1000.00", payer_name="王芳"))
    task = {"set_on": "2025-03-01", "title": "向客服要明细", "kind": "call", "due_on": "2025-03-05"}
    task_id = (await ruled.post(case_id, "tasks", task))["entry_id"]
    page = await asked(ruled, f"/v1/cases/{case_id}/changes", f"since_position={since}")
    found = page["changes"]
    assert [(e["entry_id"], e["topic"], e["did"], e["actor"]) for e in found["entries"]] == [
        (paid["entry_id"], "payment-made", "recorded", "m-1"),
        (task_id, "task-set", "recorded", "m-1"),
    ]
    (loan,) = found["loans"]
    assert (loan["owed_then"], loan["owed_now"]) == (cny("10000.00"), cny("9000.00"))
    assert loan["moves"][0] == {
        "figure": "owed",
        "then": cny("10000.00"),
        "now": cny("9000.00"),
        "by": cny("-1000.00"),
    }
    assert loan["entries"] == [paid["entry_id"]]
    assert [(d["became"], d["now"]["entry_id"]) for d in found["deadlines"]] == [
        ("appeared", task_id)
    ]
    assert [(t["became"], t["task_id"]) for t in found["tasks"]] == [("appeared", task_id)]
    assert (found["since"], found["then"]["position"], page["next"]) == (since, since, None)


async def test_nothing_personal_is_given_out_and_no_access_is_recorded(ruled, lent):
    case_id, loan_id = lent
    await ruled.post(case_id, "payments", payment(loan_id, "1.00", payer_name="王芳"))
    task = {"set_on": "2025-03-01", "title": "问王芳", "kind": "call"}
    await ruled.post(case_id, "tasks", task)
    head = await ruled.head()
    answer = await ruled.http.get(f"/v1/cases/{case_id}/changes?since_position=0")
    assert answer.status_code == 200
    assert "王" not in answer.text
    assert await ruled.head() == head


async def test_without_a_since_it_is_since_the_opening(ruled, lent):
    case_id, _ = lent
    found = (await asked(ruled, f"/v1/cases/{case_id}/changes"))["changes"]
    assert [each["topic"] for each in found["entries"]] == ["loan-taken", "loan-disbursed"]
    assert (found["then"]["version"], found["then"]["status"]) == (1, "open")
    everything = await asked(ruled, f"/v1/cases/{case_id}/changes", "since_position=0")
    assert everything["changes"]["entries"][0]["topic"] == "case-opened"
    assert everything["changes"]["then"]["status"] == "none"


async def test_since_a_day_is_since_its_first_moment_where_the_case_is(ruled, lent):
    case_id, _ = lent
    now = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    path = f"/v1/cases/{case_id}/changes"
    today_on = (await asked(ruled, path, f"since_on={now}"))["changes"]
    assert len(today_on["entries"]) == 3
    assert today_on["since"] == 0
    assert (await asked(ruled, path, "since_on=0001-01-01"))["changes"]["since"] == 0
    # The day begins at midnight in the case's zone: what was recorded just before it is before.
    log = ruled.services.casework.log
    log_at = log.position_at

    async def noted(organisation, moment):
        moments.append(moment)
        return await log_at(organisation, moment)

    moments: list[datetime] = []
    log.position_at = noted
    await asked(ruled, path, "since_on=2026-03-01")
    (moment,) = moments
    midnight = datetime(2026, 3, 1, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
    assert timedelta() < midnight - moment <= timedelta(microseconds=1)


async def test_given_both_positions_and_a_day_the_bytes_stay(ruled, lent):
    case_id, loan_id = lent
    since = await ruled.head()
    await ruled.post(case_id, "payments", payment(loan_id, "10.00"))
    until = await ruled.head()
    path = f"/v1/cases/{case_id}/changes"
    ask = f"{path}?since_position={since}&known_at={until}&as_of=2026-03-01"
    first = await ruled.http.get(ask)
    await ruled.post(case_id, "payments", payment(loan_id, "20.00", on="2025-04-01"))
    await ruled.client()
    again = await ruled.http.get(ask)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    tag = first.headers["etag"]
    same = await ruled.http.get(ask, headers={"If-None-Match": tag})
    assert same.status_code == 304
    assert first.json()["changes"]["recorded"] == 1
    other = await ruled.http.get(ask.replace(f"known_at={until}", f"known_at={until + 1}"))
    assert other.json()["changes"]["recorded"] == 2
    assert other.headers["etag"] != tag


async def test_entries_come_by_pages_that_agree(ruled, lent):
    case_id, loan_id = lent
    since = await ruled.head()
    for month in range(2, 7):
        await ruled.post(case_id, "payments", payment(loan_id, "1.00", f"2025-{month:02d}-01"))
    path = f"/v1/cases/{case_id}/changes"
    whole = await asked(ruled, path, f"since_position={since}")
    link, entries, pages = f"{path}?since_position={since}&limit=2", [], []
    while link:
        page = (await ruled.http.get(link)).json()
        link = page["next"]
        entries += page["changes"].pop("entries")
        pages.append(page["changes"])
        # What is recorded between two pages, or adopted, is on neither.
        await ruled.post(case_id, "notes", {"noted_on": "2025-05-02", "text": "x"})
        await adopt(ruled.services.casework, ruled.organisation, f"cn@2026.{len(pages) % 2 + 1}")
    assert entries == whole["changes"].pop("entries")
    assert pages == [whole["changes"]] * 3


BAD = (
    ("since_position=1&since_on=2026-01-01", "since_on"),
    ("since_position=999", "since_position"),
    ("since_position=-1", "since_position"),
    ("since_position=x", "since_position"),
    ("since_on=2999-01-01", "since_on"),
    ("since_on=yesterday", "since_on"),
    ("known_at=999", "known_at"),
    ("cursor=abc", "cursor"),
    ("since=1", "since"),
)


@pytest.mark.parametrize(("query", "field"), BAD)
async def test_what_cannot_be_meant_of_a_case(ruled, lent, query, field):
    answer = await ruled.http.get(f"/v1/cases/{lent[0]}/changes?{query}")
    assert_problem(answer, 422, "invalid-input", field)


async def test_a_since_after_what_is_to_be_known(ruled, lent):
    head = await ruled.head()
    query = f"since_position={head}&known_at={head - 1}"
    answer = await ruled.http.get(f"/v1/cases/{lent[0]}/changes?{query}")
    assert_problem(answer, 422, "invalid-input", "since_position")


async def test_a_case_that_is_not_there(ruled):
    answer = await ruled.http.get(f"/v1/cases/{ruled.services.new_id()}/changes")
    assert (answer.status_code, answer.json()["code"]) == (404, "case-unknown")


async def tables(office):
    runner = TableRunner(office.services.casework.log, office.pool, (CASELOAD,), today=today)
    while await runner.run_once(office.organisation):
        pass
    return await office.head()


async def across(office, query):
    """All pages, in order."""
    pages = [await asked(office, "/v1/changes", query)]
    while pages[-1]["next"]:
        pages.append((await office.http.get(pages[-1]["next"])).json())
    return pages


def told(pages):
    return [(each["case_id"], each["topics"]) for page in pages for each in page["items"]]


async def test_across_cases_in_the_order_of_the_journal(office):
    first = await office.case(adviser="m-7")
    second = await office.case(adviser="m-8")
    since = await office.head()
    # Streams of clients and of accesses are no cases.
    await office.client()
    loan_id = await office.loan(second)
    await office.http.get(f"/v1/cases/{first}/timeline")
    await office.post(second, "disbursements", disbursed(loan_id))
    note = await office.post(first, "notes", {"noted_on": "2025-05-02", "text": "王芳来电"})
    end = await tables(office)
    (page,) = await across(office, f"since_position={since}")
    assert told([page]) == [
        (second, {"loan-disbursed": 1, "loan-taken": 1}),
        (first, {"note-added": 1}),
    ]
    assert page["items"][1]["last_position"] == note["position"]
    assert (page["since"], page["up_to"], page["position"]) == (since, end, end)
    assert "王" not in (await office.http.get("/v1/changes")).text
    assert told(await across(office, f"since_position={since}&adviser=m-7")) == [
        (first, {"note-added": 1})
    ]
    assert told(await across(office, f"since_position={since}&adviser=m-9")) == []
    assert [case for case, _ in told(await across(office, ""))] == [first, second]


async def test_a_case_handed_over_is_the_new_members(office):
    case_id = await office.case(adviser="m-7")
    hand_over = {
        "from_member": "m-7",
        "to_member": "m-8",
        "handed_over_on": "2025-03-06",
        "note": "晚上再打",
    }
    await office.post(case_id, "hand-overs", hand_over)
    await tables(office)
    topics = {"case-handed-over": 1, "case-opened": 1}
    assert told(await across(office, "adviser=m-8")) == [(case_id, topics)]
    assert told(await across(office, "adviser=m-7")) == []


async def test_pages_by_position_leave_nothing_out_and_count_nothing_twice(office, monkeypatch):
    cases = [await office.case(adviser=f"m-{number % 2}") for number in range(4)]
    for _ in range(3):
        for case_id in cases:
            await office.post(case_id, "notes", {"noted_on": "2025-05-02", "text": "x"})
    await tables(office)
    whole = await asked(office, "/v1/changes")
    counted = {item["case_id"]: item["events"] for item in whole["items"]}
    assert counted == dict.fromkeys(cases, 4)
    # Whatever a page holds, and however far it walks.
    for held, walked in ((200, 10_000), (2, 3)):
        monkeypatch.setattr(changes, "EVENTS_AT_ONCE", held)
        monkeypatch.setattr(changes, "EVENTS_MAX", walked)
        for query in ("limit=1", "limit=3", "limit=200"):
            pages = await across(office, query)
            found = dict.fromkeys(cases, 0)
            for page in pages:
                for item in page["items"]:
                    found[item["case_id"]] += item["events"]
                    assert page["since"] < item["first_position"] <= item["last_position"]
                    assert item["last_position"] <= page["up_to"]
            assert found == counted
            ends = [page["up_to"] for page in pages]
            assert [page["since"] for page in pages] == [0, *ends[:-1]]
            assert {page["position"] for page in pages} == {ends[-1]} == {whole["position"]}
        mine = told(await across(office, "adviser=m-1&limit=1"))
        assert {case_id for case_id, _ in mine} == set(cases[1::2])
        assert sum(topics.get("note-added", 0) for _, topics in mine) == 6


async def test_the_caseload_says_how_far_it_goes(office):
    case_id = await office.case()
    early = await asked(office, "/v1/changes")
    assert (early["items"], early["state"], early["position"]) == ([], "missing", 0)
    reached = await tables(office)
    await office.post(case_id, "notes", {"noted_on": "2025-05-02", "text": "x"})
    page = await asked(office, "/v1/changes")
    assert (page["position"], page["items"][0]["events"]) == (reached, 1)
    # Where the caseload has not come to: an empty stretch, and the next question is the same.
    beyond = await asked(office, "/v1/changes", f"since_position={reached + 1}")
    assert (beyond["items"], beyond["position"], beyond["next"]) == ([], reached + 1, None)
    await tables(office)
    rest = await asked(office, "/v1/changes", f"since_position={page['position']}")
    assert rest["items"][0]["topics"] == {"note-added": 1}


async def test_across_cases_the_bytes_stay_given_both_positions(office):
    case_id = await office.case(adviser="m-7")
    since = await office.head()
    await office.post(case_id, "notes", {"noted_on": "2025-05-02", "text": "x"})
    until = await tables(office)
    ask = f"/v1/changes?since_position={since}&known_at={until}"
    first = await office.http.get(ask)
    await office.post(case_id, "notes", {"noted_on": "2025-05-03", "text": "y"})
    await office.case(adviser="m-7")
    await tables(office)
    assert (await office.http.get(ask)).content == first.content
    assert len(first.json()["items"]) == 1


async def test_another_organisation_sees_nothing_of_it(office):
    await office.case()
    await tables(office)
    other = await office.colleague("m-1", organisation=office.services.new_id())
    async with other:
        answer = await other.get("/v1/changes")
    assert answer.json()["items"] == []


async def test_memory_does_not_grow_with_the_journal(office):
    """Sixty megabytes of bodies walked along for one page, and a fifth of it held at most."""
    case = CaseFile()
    for number in range(3000):
        case.contact("2026-03-02T10:00:00+08:00", on_behalf_of=f"{number:05}" * 4000)
    events, version = case.new_events(), 0
    while version < len(events):
        some = events[version : version + 300]
        write = StreamAppend(stream=case.case_id, expected_version=version, events=some)
        await office.services.casework.log.append(
            Append(
                organisation=office.organisation,
                command_id=office.services.new_id(),
                actor="li",
                writes=(write,),
            )
        )
        version += len(some)
    await tables(office)
    bodies = sum(len(event.body) for event in events)
    del events, case
    tracemalloc.start()
    try:
        page = await asked(office, "/v1/changes")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert page["items"][0]["topics"] == {"case-opened": 1, "contact-logged": 3000}
    assert page["next"] is None
    assert bodies > 50_000_000
    assert peak < bodies / 5


@pytest.mark.parametrize(
    ("query", "field"), (*BAD, ("since_position=4&known_at=3", "since_position"))
)
async def test_what_cannot_be_meant_across_cases(office, query, field):
    await office.case()
    await office.case()
    await tables(office)
    answer = await office.http.get(f"/v1/changes?{query}")
    assert_problem(answer, 422, "invalid-input", field)


async def test_a_cursor_made_up_is_refused(office):
    await office.case()
    await tables(office)
    for after, end in ((0, 99), (2, 1), (-1, 1)):
        cursor = changes.encode_cursor((after, end))
        answer = await office.http.get(f"/v1/changes?cursor={cursor}")
        assert_problem(answer, 422, "invalid-input", "cursor")


async def test_over_a_real_server(office):
    case_id = await office.case(adviser="m-7")
    loan_id = await office.loan(case_id)
    await tables(office)
    headers = dict(office.http.headers)
    async with (
        served(create_app(office.services)) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as http,
    ):
        one = await http.get(f"/v1/cases/{case_id}/changes")
        assert [each["entry_id"] for each in one.json()["changes"]["entries"]] == [loan_id]
        many = await http.get("/v1/changes", params={"adviser": "m-7"})
        assert [each["case_id"] for each in many.json()["items"]] == [case_id]
