"""A member's deadlines in a calendar program: over HTTP, by a secret address."""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import icalendar
import pytest

from api.app import create_app
from domain.casework import Casework
from domain.organisation import ReferenceKind, ReferenceRow
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool
from ops.rules_desk import load, prepare
from ops.tokens import PostgresTokenStore
from tests.api.desk import ZONES, Desk, services_over, sit_down
from tests.api.serving import served
from tests.ics import read

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
NAME, WORDS, LENDER = "欧阳震华", "他母亲住院，晚上再打", "飞来横财小贷"


@dataclass
class Clock:
    """What time it is, for the rules and for the answers."""

    now: datetime = NOON

    def __call__(self):
        return self.now

    def set(self, day):
        self.now = datetime.combine(date.fromisoformat(day), NOON.timetz())


@dataclass
class Place(Desk):
    """A desk at a time of the test's choosing, with the newest rules."""

    clock: Any = None
    pool: Any = None

    async def feed(self, **body):
        answer = await self.http.post("/v1/calendar-feeds", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def events(self, address, **headers):
        """The calendar's events by their category, read by two readers."""
        answer = await self.http.get(address, headers={"Authorization": "", **headers})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        theirs = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        events = read(answer.content).events()
        assert [str(each["uid"]) for each in theirs] == [each.one("UID") for each in events]
        return {each.one("CATEGORIES").split(",")[0]: each for each in events}

    async def sued(self, served_on, adviser="m-1"):
        """A case whose client was sued; its id, and the entry of the service."""
        case_id = await self.case(adviser=adviser, opened_on="2026-01-02", summary=WORDS)
        loan = await self.loan(case_id, lender=LENDER, contract_number=f"{NAME}-2026")
        suit = {
            "occurred_on": "2026-02-01",
            "grade": "document",
            "loan_ids": [loan],
            "claimant": "lender",
            "accepted_on": "2026-02-03",
            "case_number": f"民初{NAME}",
        }
        suit_id = (await self.post(case_id, "suits", suit))["entry_id"]
        return case_id, await self.post(case_id, "claim-services", service(suit_id, served_on))

    async def client(self, name=NAME):
        return await super().client(name)


def service(suit_id, on):
    return {"occurred_on": on, "grade": "document", "suit_id": suit_id}


async def at_a_place(log, pool, folder, clock, organisation=None):
    services = services_over(log, tokens := PostgresTokenStore(pool), folder, pool)
    vault = services.casework.vault
    casework = Casework(log, vault, clock=clock, new_id=uuid4, zones=ZONES)
    services = replace(services, casework=casework, clock=clock)
    desk = await sit_down(services, tokens, folder, organisation)
    place = Place(**vars(desk), clock=clock)
    place.pool = pool
    await prepare(casework, place.organisation)
    return place


@pytest.fixture
async def place(database, tmp_path):
    async with Pool(database) as pool:
        log = PostgresEventLog(pool)
        place = await at_a_place(log, pool, tmp_path, Clock())
        async with place.http:
            yield place
        await log.close()


async def test_a_deadline_is_an_event_without_a_token_and_without_anything_personal(place):
    case_id, _ = await place.sued("2026-02-27")
    await place.post(
        case_id,
        "tasks",
        {"set_on": "2026-03-01", "title": WORDS, "kind": "call", "due_on": "2026-03-05"},
    )
    made, head = await place.feed(), await place.head()
    events = await place.events(made["address"])
    assert set(events) == {"defence", "task"}
    defence = events["defence"]
    assert ("DTSTART", ";VALUE=DATE", "20260316") in defence.properties
    assert defence.text("SUMMARY") == f"提交答辩状 Hand in the defence · {case_id[:8]}"
    assert events["task"].text("SUMMARY") == f"任务：致电 Task: call · {case_id[:8]}"
    content = (await place.http.get(made["address"])).text.replace("\r\n ", "")
    for betraying in (NAME, WORDS, LENDER, "10000", "CNY", place.organisation, "m-1"):
        assert str(betraying) not in content
    # Nothing was opened, so nothing is on record as read.
    assert await place.head() == head


async def test_every_address_that_is_not_in_force_gets_the_same_answer(place):
    revoked, standing = await place.feed(), await place.feed()
    answer = await place.http.post(f"/v1/calendar-feeds/{revoked['feed_id']}/revocation")
    assert answer.status_code == 200
    assert (await place.http.get(standing["address"])).status_code == 200
    never = f"/v1/calendar/{'A' * 43}.ics"
    answers = {
        await seen(place, path)
        for path in (
            revoked["address"],
            never,
            standing["address"].removesuffix(".ics"),
            standing["address"].upper(),
            f"/v1/calendar/{'王' * 43}.ics",
            "/v1/calendar/x",
            "/v1/nothing/here",
        )
    }
    ((status, _, body),) = answers
    assert status == 404
    assert b"calendar" not in body


async def seen(place, path):
    answer = await place.http.get(path, headers={"Authorization": ""})
    return answer.status_code, tuple(answer.headers.items()), answer.content


async def test_a_correction_moves_the_event_and_a_client_keeps_it(place):
    case_id, entry = await place.sued("2026-02-27")
    address = (await place.feed())["address"]
    before = (await place.events(address))["defence"]
    suits = (await place.http.get(f"/v1/cases/{case_id}/court")).json()["suits"]
    await place.post(
        case_id,
        "corrections",
        {
            "entry_id": entry["entry_id"],
            "replacement": {
                "topic": "claim-served",
                **service(suits[0]["suit_id"], "2026-03-02"),
            },
            "reason": "送达回证",
        },
        headers={"If-Match": await place.version(case_id)},
    )
    after = (await place.events(address))["defence"]
    assert (before.one("DTSTART"), after.one("DTSTART")) == ("20260316", "20260317")
    assert before.one("UID") == after.one("UID")
    assert int(before.one("SEQUENCE")) < int(after.one("SEQUENCE"))
    assert before.one("LAST-MODIFIED") <= after.one("LAST-MODIFIED")


async def test_what_is_done_goes_and_what_was_missed_stays_for_thirty_days(place):
    case_id, _ = await place.sued("2026-02-27")
    address = (await place.feed())["address"]
    place.clock.set("2026-04-15")
    missed = (await place.events(address))["defence"]
    assert missed.text("SUMMARY").startswith("已过期 Missed: ")
    assert missed.one("DTSTART") == "20260316"
    place.clock.set("2026-04-16")
    assert await place.events(address) == {}
    suits = (await place.http.get(f"/v1/cases/{case_id}/court")).json()["suits"]
    await place.post(case_id, "defences", service(suits[0]["suit_id"], "2026-03-10"))
    place.clock.set("2026-03-12")
    assert await place.events(address) == {}


async def test_a_day_in_an_unpublished_year_is_tentative_until_its_calendar_is_there(place):
    place.clock.set("2026-12-28")
    await place.sued("2026-12-24")
    address = (await place.feed())["address"]
    before = (await place.events(address))["defence"]
    assert (before.one("STATUS"), before.one("DTSTART")) == ("TENTATIVE", "20270108")
    rows = [ReferenceRow(on=date(2027, 1, 1), value="off", source="国办发明电〔2026〕1号")]
    rows += [
        ReferenceRow(on=date(2027, 1, day), value="off", source="国办发明电〔2026〕1号")
        for day in (7, 8)
    ]
    await load(place.services.casework, place.organisation, ReferenceKind.HOLIDAYS, rows)
    after = (await place.events(address))["defence"]
    assert (after.one("STATUS"), after.one("DTSTART")) == ("CONFIRMED", "20270111")
    assert after.one("UID") == before.one("UID")
    # Nothing was recorded in the case, and yet the event was revised.
    assert int(after.one("SEQUENCE")) > int(before.one("SEQUENCE"))


async def test_a_member_sees_their_own_cases_and_tasks(place):
    mine, _ = await place.sued("2026-02-27")
    await place.sued("2026-02-26", adviser="m-2")
    task = {"set_on": "2026-03-01", "title": WORDS, "kind": "papers", "due_on": "2026-03-09"}
    task_id = (await place.post(mine, "tasks", {**task, "member": "m-3"}))["entry_id"]
    feeds = {each: (await place.feed(adviser=each))["address"] for each in ("m-1", "m-2", "m-3")}
    shown = {each: await place.events(address) for each, address in feeds.items()}
    assert {each: set(events) for each, events in shown.items()} == {
        "m-1": {"defence"},
        "m-2": {"defence"},
        "m-3": {"task"},
    }
    over = {
        "from_member": "m-1",
        "to_member": "m-2",
        "handed_over_on": "2026-03-02",
        "note": WORDS,
        "task_ids": [task_id],
    }
    await place.post(mine, "hand-overs", over)
    assert await place.events(feeds["m-1"]) == {}
    content = (await place.http.get(feeds["m-2"])).content
    assert [each.one("CATEGORIES") for each in read(content).events()] == ["defence,client"] * 2


async def test_two_organisations_with_the_same_members_see_nothing_of_each_other(place, tmp_path):
    log = place.services.casework.log
    (tmp_path / "other").mkdir()
    other = await at_a_place(log, place.pool, tmp_path / "other", place.clock)
    async with other.http:
        mine, _ = await place.sued("2026-02-27")
        theirs, _ = await other.sued("2026-02-26")
        ours = (await place.feed())["address"]
        for desk in (place, other):
            summary = (await desk.events(ours))["defence"].text("SUMMARY")
            assert (mine[:8] in summary, theirs[:8] in summary) == (True, False)


async def test_closed_cases_have_nothing_in_it(place):
    case_id, _ = await place.sued("2026-02-27")
    address = (await place.feed())["address"]
    assert set(await place.events(address)) == {"defence"}
    closing = {"closed_on": "2026-03-02", "outcome": "other", "reason": WORDS}
    headers = {"If-Match": await place.version(case_id)}
    await place.post(case_id, "closures", closing, headers=headers)
    assert await place.events(address) == {}


async def test_what_has_not_changed_is_not_sent_again(place):
    case_id, _ = await place.sued("2026-02-27")
    address = (await place.feed())["address"]
    first = await place.http.get(address)
    assert first.headers["cache-control"] == "private, no-cache"
    tag = {"If-None-Match": first.headers["etag"]}
    place.clock.now += timedelta(days=1)
    again = await place.http.get(address, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "private, no-cache"
    assert again.headers["etag"] == first.headers["etag"]
    assert (await place.http.get(address)).content == first.content
    await place.post(case_id, "notes", {"noted_on": "2026-03-02", "text": WORDS})
    changed = await place.http.get(address, headers=tag)
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


async def test_the_bytes_outlive_a_restart(place, database, tmp_path):
    await place.sued("2026-02-27")
    address = (await place.feed())["address"]
    before = await place.http.get(address)
    async with Pool(database) as pool:
        log = PostgresEventLog(pool)
        again = await at_a_place(log, pool, tmp_path, Clock(), place.organisation)
        async with again.http:
            after = await again.http.get(address)
        await log.close()
    assert after.content == before.content
    assert after.headers["etag"] == before.headers["etag"]


async def test_the_list_says_on_which_day_a_feed_was_read_last(place):
    made = await place.feed()

    async def last_read_on():
        (shown,) = (await place.http.get("/v1/calendar-feeds")).json()["items"]
        return shown["last_read_on"]

    assert await last_read_on() is None
    await place.http.get(made["address"])
    assert await last_read_on() == "2026-03-02"
    place.clock.now += timedelta(hours=15)
    tag = {"If-None-Match": "*"}
    assert (await place.http.get(made["address"], headers=tag)).status_code == 304
    # Three in the morning of the next day where the office is.
    assert await last_read_on() == "2026-03-03"


async def test_no_log_and_no_problem_repeats_the_secret(place, caplog, capfd, database):
    address = (await place.feed())["address"]
    secret = address.removeprefix("/v1/calendar/").removesuffix(".ics")
    said = []
    with caplog.at_level(logging.DEBUG):
        async with served(create_app(place.services)) as port:
            base = f"http://127.0.0.1:{port}"
            async with httpx.AsyncClient(base_url=base) as http:
                caplog.clear()
                answers = [await http.get(address), await http.get(f"{address}?nocache=1")]
                answers += [await http.post(address), await http.get(address.replace(".", "%0a"))]
                owner = await asyncpg.connect(database)
                await owner.execute("DROP FUNCTION mingzhang.feed_by_secret(bytea)")
                await owner.close()
                answers.append(await http.get(address))
        said = [each for each in caplog.records if not each.name.startswith(("httpx", "httpcore"))]
    assert [each.status_code for each in answers] == [200, 422, 405, 404, 500]
    assert any("/v1/calendar/{file}" in each.getMessage() for each in said)
    assert any("fault" in each.getMessage() for each in said)
    for record in said:
        assert secret not in record.getMessage()
        assert secret not in str(record.__dict__)
    for answer in answers:
        assert secret not in answer.text + str(answer.headers)
    out = capfd.readouterr()
    assert secret not in out.out + out.err
