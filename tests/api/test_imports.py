"""Logs over HTTP: looked at, taken in, broken off, gone on with, dropped, corrected."""

import asyncio
import json
from datetime import date

import pytest

from api.imports_judging import BATCH_ROWS
from domain.casework import Casework
from domain.log import LogUnavailable
from tests.workbooks import workbook

pytestmark = pytest.mark.anyio

HEADER = "号码,时间,类型,时长"
COLLECTOR = {
    "party": "collector",
    "numbers": [{"number": "021-60000001"}],
    "company": "样例消费金融",
}


def log(*rows, header=HEADER):
    return "\r\n".join((header, *rows)).encode()


def calls(count, first=0):
    """Calls from a collector, one a minute."""
    return [
        f"02160000001,2026-03-{1 + n // 1440:02d} {n // 60 % 24:02d}:{n % 60:02d}:00,呼入,{n % 90}"
        for n in range(first, first + count)
    ]


async def phone(desk, case_id, whose="client"):
    body = {
        "occurred_on": "2026-01-02",
        "grade": "client-says",
        "kind": "mobile",
        "whose": whose,
        "number": "13900000000",
    }
    return (await desk.post(case_id, "contact-points", body))["entry_id"]


@pytest.fixture
async def case(desk):
    """A case with the client's phone."""
    case_id = await desk.case()
    return case_id, await phone(desk, case_id)


def metadata(point, **more):
    return {
        "kind": "calls",
        "contact_point_id": point,
        "parties": [COLLECTOR],
        "obtained_on": "2026-03-05",
        **more,
    }


async def send(desk, case_id, noun, meta, data, name="通话.csv", params=None, **headers):
    files = {
        "metadata": (None, json.dumps(meta), "application/json"),
        "file": (name, data, "text/csv"),
    }
    path = f"/v1/cases/{case_id}/{noun}"
    return await desk.http.post(path, files=files, params=params, headers=headers)


async def preview(desk, case, data, **more):
    answer = await send(desk, case[0], "import-previews", metadata(case[1]), data, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def imported(desk, case, data, **more):
    answer = await send(desk, case[0], "imports", metadata(case[1]), data, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def states(desk, case):
    return (await desk.http.get(f"/v1/cases/{case[0]}/imports")).json()["imports"]


async def counted(desk, case):
    """How many contacts the conduct reading counts."""
    return (await desk.http.get(f"/v1/cases/{case[0]}/conduct")).json()["contacts"]


async def test_a_preview_says_what_would_come_in_and_keeps_nothing(desk, case):
    before, files = await desk.head(), desk.files()
    data = log(*calls(2), "13800138000,2026-03-01 10:00,呼入,5", ",2026-03-01 10:00,呼入,5")
    said = await preview(desk, case, data)
    assert [c["column"] for c in said["columns"]] == ["number", "time", "direction", "duration"]
    assert said["columns"][0] == {"column": "number", "place": 1, "heading": "号码"}
    assert (said["counts"]["rows"], said["counts"]["taken"]) == (4, 2)
    assert [(v["row"], v["code"], v["column"]) for v in said["verdicts"]] == [
        (4, "number-not-listed", "number"),
        (5, "number-missing", "number"),
    ]
    assert said["verdicts"][0]["right"]
    assert "13800138000" not in json.dumps(said)
    assert (await desk.head(), desk.files()) == (before, files)


async def test_verdicts_come_by_pages(desk, case):
    data = log(*calls(1), *(["x,2026-03-01 10:00,呼入,5"] * 25))
    seen, after = [], 0
    while after is not None:
        page = await preview(desk, case, data, params={"limit": 10, "after_row": after})
        seen += [verdict["row"] for verdict in page["verdicts"]]
        after = page["next_after_row"]
    assert seen == list(range(3, 28))


async def test_rows_count_as_contacts_once_the_import_is_finished(desk, case):
    said = await imported(desk, case, log(*calls(1203)))
    assert (said["status"], said["chunks"], said["rows"]) == ("finished", 3, 1203)
    assert await counted(desk, case) == 1203
    (state,) = await states(desk, case)
    assert (state["status"], state["rows"], state["next_sequence"]) == ("finished", 1203, None)
    assert state["item_id"] == said["item_id"]


async def test_the_file_is_in_custody_as_it_was_sent(desk, case):
    data = log(*calls(3))
    said = await imported(desk, case, data)
    path = f"/v1/cases/{case[0]}/evidence/{said['item_id']}/content"
    assert (await desk.http.get(path)).content == data
    assert all(b"02160000001" not in file.read_bytes() for file in desk.files())


async def test_no_number_and_no_key_is_stored_in_clear(desk, case):
    await imported(desk, case, log(*calls(3)))
    stored = await desk.services.casework.log.read_stream(desk.organisation, _uuid(case[0]))
    bodies = b"".join(event.body for event in stored)
    assert b"60000001" not in bodies
    assert b"digest_key" in bodies


def _uuid(text):
    from uuid import UUID

    return UUID(text)


async def test_a_workbook_comes_in_like_a_csv(desk, case):
    rows = [HEADER.split(","), *(row.split(",") for row in calls(7))]
    said = await imported(desk, case, workbook(rows), name="通话.xlsx")
    assert said["rows"] == 7
    again = await preview(desk, case, log(*calls(7)))
    assert again["counts"]["codes"] == {"already-there": 7}


async def test_the_same_file_again_gives_nothing_new(desk, case):
    data = log(*calls(3))
    await imported(desk, case, data)
    head, files = await desk.head(), desk.files()
    again = await send(desk, case[0], "imports", metadata(case[1]), data)
    assert (again.status_code, again.json()["code"]) == (422, "import-nothing-new")
    assert (await desk.head(), desk.files()) == (head, files)
    longer = await imported(desk, case, log(*calls(5)))
    assert longer["rows"] == 2
    assert await counted(desk, case) == 5


async def test_the_same_row_of_another_phone_is_another_row(desk, case):
    await imported(desk, case, log(*calls(1)))
    other = (case[0], await phone(desk, case[0], "family"))
    assert (await imported(desk, other, log(*calls(1))))["rows"] == 1


async def test_the_same_key_does_the_same_import_once(desk, case):
    data, key = log(*calls(3)), {"Idempotency-Key": "log-1"}
    first = await imported(desk, case, data, **key)
    head = await desk.head()
    again = await imported(desk, case, data, **key)
    assert (again["import_id"], again["repeated"], first["repeated"]) == (
        first["import_id"],
        True,
        False,
    )
    assert await desk.head() == head
    other = await send(desk, case[0], "imports", metadata(case[1]), log(*calls(4)), **key)
    assert other.json()["code"] == "idempotency-key-reused"


class Broken:
    """A log that is gone after some appends, as on a power cut."""

    def __init__(self, log, appends):
        self._log, self._left = log, appends

    async def append(self, append):
        self._left -= 1
        if self._left < 0:
            raise LogUnavailable("gone")
        return await self._log.append(append)

    def __getattr__(self, name):
        return getattr(self._log, name)


async def broken_off(desk, case, data, appends, **headers):
    """An import that ends in the middle."""
    casework: Casework = desk.services.casework
    whole = casework.log
    casework.log = Broken(whole, appends)
    try:
        answer = await send(desk, case[0], "imports", metadata(case[1]), data, **headers)
    finally:
        casework.log = whole
    assert answer.status_code == 503, answer.text


async def test_broken_off_it_counts_for_nothing_and_says_what_comes_next(desk, case):
    # The file, the beginning, two chunks.
    await broken_off(desk, case, log(*calls(1203)), 4)
    (state,) = await states(desk, case)
    assert (state["status"], state["rows"], state["next_sequence"]) == ("running", 1000, 3)
    assert await counted(desk, case) == 0


@pytest.mark.parametrize("appends", (0, 1, 2, 3, 4, 5))
async def test_it_goes_on_with_the_same_key_wherever_it_broke_off(desk, case, appends):
    data, key = log(*calls(1203)), {"Idempotency-Key": "log-1"}
    await broken_off(desk, case, data, appends, **key)
    said = await imported(desk, case, data, **key)
    assert (said["status"], said["chunks"], said["rows"]) == ("finished", 3, 1203)
    assert await counted(desk, case) == 1203
    assert len(await states(desk, case)) == 1
    topics = (await desk.http.get(f"/v1/cases/{case[0]}")).json()["topics"]
    assert (topics["evidence-added"], topics["import-chunk"]) == (1, 3)


async def test_it_goes_on_from_the_file_in_custody(desk, case):
    await broken_off(desk, case, log(*calls(1203)), 3)
    (state,) = await states(desk, case)
    path = f"/v1/cases/{case[0]}/imports/{state['import_id']}/resumptions"
    for _ in range(2):
        answer = await desk.http.post(path)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["status"], answer.json()["rows"]) == ("finished", 1203)
    assert await counted(desk, case) == 1203
    unknown = await desk.http.post(path.replace(state["import_id"], case[1]))
    assert unknown.status_code == 404


async def test_two_who_go_on_at_once_bring_no_row_twice(desk, case):
    await broken_off(desk, case, log(*calls(2600)), 3)
    (state,) = await states(desk, case)
    path = f"/v1/cases/{case[0]}/imports/{state['import_id']}/resumptions"
    answers = await asyncio.gather(*(desk.http.post(path) for _ in range(3)))
    assert {a.status_code for a in answers} <= {200, 422}
    await desk.http.post(path)
    assert await counted(desk, case) == 2600


async def test_a_broken_off_import_can_be_dropped_and_begun_anew(desk, case):
    await broken_off(desk, case, log(*calls(1203)), 3)
    (state,) = await states(desk, case)
    drop = {"import_id": state["import_id"], "reason": "文件不完整"}
    await desk.post(case[0], "import-drops", drop)
    path = f"/v1/cases/{case[0]}/imports/{state['import_id']}/resumptions"
    assert (await desk.http.post(path)).json()["code"] == "import-over"
    assert (await imported(desk, case, log(*calls(1203))))["rows"] == 1203
    assert [s["status"] for s in await states(desk, case)] == ["dropped", "finished"]


async def test_a_row_can_be_corrected_by_the_version_that_was_seen(desk, case):
    await imported(desk, case, log("02160000001,2026-03-01 23:10:00,呼入,80"))
    conduct = (await desk.http.get(f"/v1/cases/{case[0]}/conduct")).json()
    assert conduct["contacts"] == 1
    (state,) = await states(desk, case)
    line = await rows_shown(desk, case)
    body = {
        "import_id": state["import_id"],
        "row_id": line[0]["entry_id"],
        "reason": "手机时钟快两小时",
        "replacement": {
            "grade": "document",
            "occurred_at": "2026-03-01T21:10:00+08:00",
            "channel": "call",
            "initiated_by": "collector",
            "reached": "client",
        },
    }
    without = await desk.http.post(f"/v1/cases/{case[0]}/import-row-corrections", json=body)
    assert without.status_code == 428
    headers = {"If-Match": await desk.version(case[0])}
    await desk.post(case[0], "import-row-corrections", body, headers=headers)
    shown = (await rows_shown(desk, case))[0]
    assert shown["occurred"] == "2026-03-01T21:10:00+08:00"
    assert (shown["corrections"], shown["entry_id"]) == (1, line[0]["entry_id"])
    plain = (await desk.http.get(f"/v1/cases/{case[0]}/timeline")).json()["lines"]
    assert shown in plain


async def rows_shown(desk, case):
    answer = await desk.http.get(f"/v1/cases/{case[0]}/timeline", params={"rows": "true"})
    return [line for line in answer.json()["lines"] if line["topic"] == "contact-logged"]


async def test_the_timeline_has_one_line_of_an_import_unless_rows_are_asked_for(desk, case):
    await imported(desk, case, log(*calls(300)))
    plain = (await desk.http.get(f"/v1/cases/{case[0]}/timeline")).json()["lines"]
    ours = [line["topic"] for line in plain if line["topic"].startswith(("import", "contact-l"))]
    assert ours == ["import-finished"]
    path, rows = f"/v1/cases/{case[0]}/timeline?rows=true&limit=200", []
    while path:
        page = (await desk.http.get(path)).json()
        rows += [line["entry_id"] for line in page["lines"] if line["topic"] == "contact-logged"]
        path = page["next"]
    assert len(set(rows)) == len(rows) == 300


async def test_the_audit_trail_tells_of_a_chunk_how_many_rows_it_brought(desk, case):
    await imported(desk, case, log(*calls(300)))
    lines = (await desk.http.get(f"/v1/cases/{case[0]}/audit-trail")).json()["lines"]
    (chunk,) = [line for line in lines if line["topic"] == "import-chunk"]
    assert {c["field"]: c["new"] for c in chunk["changes"]}["rows"] == 300
    assert len(chunk["changes"]) < 5


@pytest.mark.parametrize(
    ("more", "data", "code", "field"),
    (
        ({}, b"a,b\n1,2\n", "import-unreadable", "file"),
        ({}, b"", "invalid-input", "file"),
        ({}, b"PK\x03\x04", "import-unreadable", "file"),
        ({}, log("x,2026-03-01 10:00,呼入,5"), "import-nothing-new", "file"),
        ({"parties": []}, log(*calls(1)), "invalid-input", "metadata/parties"),
        ({"zone": "Mars/Olympus"}, log(*calls(1)), "zone-unknown", "metadata/zone"),
        (
            {"parties": [{"party": "collector", "numbers": [{"number": "abc"}]}]},
            log(*calls(1)),
            "invalid-input",
            "metadata/parties/0/numbers/0/number",
        ),
        (
            {"contact_point_id": "00000000-0000-0000-0000-000000000001"},
            log(*calls(1)),
            "entry-unknown",
            "metadata/contact_point_id",
        ),
        (
            {
                "parties": [
                    {**COLLECTOR, "loan_ids": ["00000000-0000-0000-0000-000000000001"]},
                ]
            },
            log(*calls(1)),
            "entry-unknown",
            "metadata/parties/0/loan_ids",
        ),
        ({"obtained_on": "2099-01-01"}, log(*calls(1)), "date-in-future", "obtained_on"),
    ),
)
async def test_what_cannot_be_imported_leaves_nothing_behind(desk, case, more, data, code, field):
    head = await desk.head()
    answer = await send(desk, case[0], "imports", {**metadata(case[1]), **more}, data)
    problem = answer.json()
    assert (problem["code"], problem["errors"][0]["field"]) == (code, field)
    assert (await desk.head(), desk.files()) == (head, [])


async def test_a_file_that_breaks_late_brings_in_no_row(desk, case):
    data = log(*calls(BATCH_ROWS + 9)) + b'\r\n"' + b"x" * 70_000
    head = await desk.head()
    answer = await send(desk, case[0], "imports", metadata(case[1]), data)
    assert answer.json()["code"] == "import-unreadable"
    assert "quote-open" in answer.json()["detail"]
    assert await desk.head() == head


async def test_a_dry_run_writes_nothing(desk, case):
    head = await desk.head()
    answer = await send(
        desk, case[0], "imports", metadata(case[1]), log(*calls(3)), params={"dry_run": "true"}
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["dry_run"] is True
    assert (await desk.head(), desk.files()) == (head, [])


async def test_a_closed_case_takes_no_log(desk, case):
    body = {"closed_on": date(2026, 3, 1).isoformat(), "reason": "resolved", "outcome": "settled"}
    headers = {"If-Match": await desk.version(case[0])}
    answer = await desk.http.post(f"/v1/cases/{case[0]}/closures", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    for noun in ("imports", "import-previews"):
        refused = await send(desk, case[0], noun, metadata(case[1]), log(*calls(1)))
        assert refused.json()["code"] == "case-closed"


async def test_messages_come_in_with_their_text(desk, case):
    data = log("02160000001,2026-03-01 10:00,接收,请尽快还款", header="号码,时间,类型,内容")
    meta = metadata(case[1], kind="messages")
    answer = await send(desk, case[0], "imports", meta, data)
    assert answer.status_code == 201, answer.text
    (line,) = await rows_shown(desk, case)
    said = {each["field"]: each["value"] for each in line["says"]}
    assert (said["channel"], said["summary"]) == ("sms", "请尽快还款")
    assert said["counterpart"] == "02160000001"
