"""The demo's deadlines, caseload and workload over real HTTP, beside the readings of its cases."""

from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx
import pytest

from api.capabilities import Capability
from domain.codec import encode_body
from domain.facts import bind
from domain.log import Append, NewEvent, StreamAppend
from ops.serving import serving
from ops.settings import Settings
from ops.wiring import open_house, utc_now
from tests.api.desk import assert_problem, bearer
from tests.histories import sealed

pytestmark = pytest.mark.anyio

OWN = (
    "key",
    "due_on",
    "starts_on",
    "obliged",
    "state",
    "rule_id",
    "entry_id",
    "met_by",
    "days_late",
)
"""Fields that a deadline has in either place."""


async def recorded(house, organisation, told):
    """Put what the stories left into the journal, case by case; gives its end."""
    clients = {case.case_id: case.client_id for case in told.sender.histories.values()}
    versions = {}
    for stream, group in groupby(told.sender.events, key=lambda event: event.originator_id):
        new = tuple(
            NewEvent(
                event_id=event.event_id,
                topic=event.fact.TOPIC,
                schema_version=event.fact.class_version,
                body=encode_body(
                    sealed(event.event_id, bind(event.fact, clients.get(stream, stream)))
                ),
            )
            for event in group
        )
        version = versions.get(stream, 0)
        write = StreamAppend(stream=stream, expected_version=version, events=new)
        versions[stream] = version + len(new)
        appended = await house.log.append(
            Append(organisation=organisation, command_id=uuid4(), actor="demo", writes=(write,))
        )
    return appended.position


@asynccontextmanager
async def served(told, folder):
    """A house that serves the demo; a caller who may read tables and cases, and the head."""
    settings = replace(Settings.load(None, {"MINGZHANG_DATA": str(folder)}), port=0)
    async with open_house(settings, say=lambda _: None) as house:
        organisation = await house.new_organisation()
        head = await recorded(house, organisation, told)
        may = [Capability.TABLES_READ, Capability.CASE_READ]
        _, token = await house.tokens.add(organisation, "m-1", now=utc_now(), capabilities=may)
        async with (
            serving(house, "127.0.0.1", 0) as address,
            httpx.AsyncClient(base_url=address, headers=bearer(token), timeout=60) as http,
        ):
            for table in ("caseload", "deadlines"):
                assert await house.reader.wait_for(organisation, table, head, 120)
            yield http, head


async def listed(http, path, limit=200, **asked):
    """Every line of a listing, page after page by the addresses given, and the last page."""
    items, target = [], f"{path}?{urlencode({**asked, 'limit': limit})}"
    while target:
        answer = await http.get(target)
        assert answer.status_code == 200, (target, answer.text)
        page = answer.json()
        items += page["items"]
        assert page["next"] is None or len(page["items"]) == limit
        target = page["next"]
    return items, page


async def test_deadlines_across_cases_are_those_that_each_case_reads(told, newest, tmp_path):
    async with served(told, tmp_path) as (http, head):
        items, page = await listed(http, "/v1/deadlines", min_position=head)
        assert (page["state"], page["position"]) == ("running", head)
        found = {}
        for item in items:
            found.setdefault(item["case_id"], []).append(item)
        compared = left_out = 0
        for case_id, history in told.sender.histories.items():
            query = {"as_of": page["as_of"], "known_at": head}
            answer = await http.get(f"/v1/cases/{case_id}/deadlines", params=query)
            assert answer.status_code == 200, answer.text
            wanted = answer.json()
            assert f"{wanted['pack']} {wanted['data']}" == page["rules"]
            if history.erased_at is not None:
                left_out += len(wanted["deadlines"])
                continue
            rows = {row["key"]: row for row in found.pop(case_id, [])}
            assert len(rows) == len(wanted["deadlines"]), case_id
            for deadline in wanted["deadlines"]:
                row = rows[deadline["key"]]
                assert {name: row[name] for name in OWN} == {name: deadline[name] for name in OWN}
                assert row["code"] == deadline["kind"]
                assert row["provisional"] == (deadline["provisional"] is not None)
                assert row["unknown"] == (deadline["unknown"] or {}).get("reason")
                assert (row["rules"], row["as_of"]) == (page["rules"], page["as_of"])
                compared += 1
        assert (found, page["omitted"]) == ({}, left_out)
        assert compared > 100


DEADLINES = {
    "adviser": ({"adviser": "m-2"}, lambda row: row["adviser"] == "m-2"),
    "state": ({"state": "missed"}, lambda row: row["state"] == "missed"),
    "obliged": ({"obliged": "lender"}, lambda row: row["obliged"] == "lender"),
    "status": ({"status": "closed"}, lambda row: row["status"] == "closed"),
    "settled": ({"provisional": "false"}, lambda row: not row["provisional"]),
    "provisional": ({"provisional": "true"}, lambda row: row["provisional"]),
    "days": (
        {"from": "2026-03-01", "to": "2026-03-31"},
        lambda row: row["due_on"] and "2026-03-01" <= row["due_on"] <= "2026-03-31",
    ),
}


async def test_filters_and_pages_of_deadlines(told, newest, tmp_path):
    async with served(told, tmp_path) as (http, _):
        whole, _ = await listed(http, "/v1/deadlines")
        days = [row["due_on"] or "9999" for row in whole]
        assert days == sorted(days)
        for name, (asked, wanted) in DEADLINES.items():
            matching = [row for row in whole if wanted(row)]
            assert matching or name in {"adviser", "provisional"}, name
            for limit in (7, 200):
                assert (await listed(http, "/v1/deadlines", limit, **asked))[0] == matching, name
        backwards = await http.get("/v1/deadlines?from=2026-04-01&to=2026-03-01")
        assert_problem(backwards, 422, "invalid-input", "to")
        for path in ("/v1/deadlines", "/v1/workload", "/v1/cases?order=next&"):
            spoilt = await http.get(f"{path}{'' if '?' in path else '?'}cursor=nonsense")
            assert_problem(spoilt, 422, "invalid-input", "cursor")
        too_many = await http.get("/v1/deadlines?limit=201")
        assert_problem(too_many, 422, "invalid-input", "limit")


CASES = {
    "status": ({"status": "open"}, lambda row: row["status"] == "open"),
    "urgency": ({"urgency": "emergency"}, lambda row: row["urgency"] == "emergency"),
    "late": ({"overdue": "true"}, lambda row: row["overdue"] is True),
    "in time": ({"overdue": "false"}, lambda row: row["overdue"] is False),
    "next": (
        {"next_before": "2026-06-01"},
        lambda row: row["next_on"] and row["next_on"] < "2026-06-01",
    ),
}


async def test_filters_orders_and_the_workload_of_cases(told, newest, tmp_path):
    async with served(told, tmp_path) as (http, head):
        whole, page = await listed(http, "/v1/cases")
        phase = next(row["phase"] for row in whole if row["phase"])
        lender = whole[0]["lenders"][0]
        middle = sorted(row["position"] for row in whole)[len(whole) // 2]
        cases = CASES | {
            "phase": ({"phase": phase}, lambda row: row["phase"] == phase),
            "lender": ({"lender": lender}, lambda row: lender in row["lenders"]),
            "changed": ({"changed_since": middle}, lambda row: row["position"] > middle),
        }
        for name, (asked, wanted) in cases.items():
            matching = [row for row in whole if wanted(row)]
            assert 0 < len(matching) < len(whole) or name == "urgency", name
            assert (await listed(http, "/v1/cases", 5, **asked))[0] == matching, name
            by_next, _ = await listed(http, "/v1/cases", 5, order="next", **asked)
            assert sorted(by_next, key=str) == sorted(matching, key=str), name

        by_next, _ = await listed(http, "/v1/cases", 9, order="next")
        assert [row["case_id"] for row in by_next] == [
            row["case_id"] for row in sorted(by_next, key=_next_first)
        ]
        now = await http.get("/v1/cases", params={"changed_since": "2999-01-01T00:00:00Z"})
        assert now.json()["items"] == []

        work, page = await listed(http, "/v1/workload", 1)
        of_open = [row for row in whole if row["status"] == "open"]
        assert sum(line["open_cases"] for line in work) == len(of_open)
        assert sum(line["missed"] for line in work) == sum(row["missed"] for row in of_open) > 0
        assert [line["adviser"] or "" for line in work] == sorted(
            {row["adviser"] or "" for row in of_open}
        )
        assert (page["position"], page["state"]) == (head, "running")
        texts = (await http.get("/v1/workload")).text + (await http.get("/v1/deadlines")).text
        for client in told.sender.clients.values():
            name = client.details and client.details.name.value
            assert not name or name not in texts


def _next_first(row):
    """The order by what is to be done next, told from what the rows show."""
    undated = row["next_on"] is None
    is_none = row["next_key"] is None
    not_missed = undated or row["next_on"] >= row["as_of"]
    return (is_none, undated, not_missed, row["next_on"] or "", UUID(row["case_id"]).int)
