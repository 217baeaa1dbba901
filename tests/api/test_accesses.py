"""Access on record, over HTTP: who was given whose data, and for the client to see."""

import asyncio

import pytest

from domain.log import LogUnavailable
from tests.api.desk import assert_problem
from tests.api.people import NAME, tables_caught_up, take_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def person(office):
    return await take_in(office)


async def accesses(person, **query):
    answer = await person.desk.http.get(f"{person.path}/accesses", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def kinds(person):
    """What was read so far, without the reading of this very history."""
    items = (await accesses(person))["items"]
    return [item["reading"] for item in items if item["reading"] != "accesses"]


async def test_every_kind_of_reading_that_opens_something_is_on_record(person):
    case = f"/v1/cases/{person.case_id}"
    for path in (
        person.path,
        f"{person.path}/audit-trail",
        case,
        f"{case}/audit-trail",
        f"{case}/timeline",
        f"{case}/evidence/{person.item_id}/content",
    ):
        assert (await person.desk.http.get(path)).status_code == 200, path
    items = (await accesses(person))["items"]
    assert [(item["reading"], item["case_id"]) for item in items] == [
        ("details", None),
        ("details-trail", None),
        ("case", person.case_id),
        ("audit-trail", person.case_id),
        ("timeline", person.case_id),
        ("evidence", person.case_id),
        ("accesses", None),
    ]
    assert {(item["actor"], item["purpose"]) for item in items} == {("m-1", "casework")}


async def test_what_opens_nothing_is_no_access_and_nor_is_what_the_caller_has(person):
    case = f"/v1/cases/{person.case_id}"
    tag = (await person.desk.http.get(f"{case}/timeline")).headers["etag"]
    head = await person.desk.head()
    for path in (
        f"{case}/position",
        f"{case}/lines",
        f"{case}/recheck",
        f"{person.path}/erasure",
        "/v1/balances",
        "/v1/cases",
        "/v1/retention",
        "/v1/erasures",
        "/v1/legal-holds",
        "/v1/accesses",
        "/v1/journal/head",
    ):
        assert (await person.desk.http.get(path)).status_code == 200, path
    same = await person.desk.http.get(f"{case}/timeline", headers={"If-None-Match": tag})
    assert same.status_code == 304
    colleague = await person.desk.colleague(capabilities=["case:read"])
    async with colleague:
        assert (await colleague.get(case)).json()["client_name"] is None
    assert await person.desk.head() == head


async def test_a_reading_moves_no_version(person):
    case = f"/v1/cases/{person.case_id}"
    before = (await person.desk.http.get(case)).headers["etag"]
    await person.desk.http.get(f"{case}/timeline")
    assert (await person.desk.http.get(case)).headers["etag"] == before
    first = await person.version()
    await person.desk.http.get(person.path)
    assert await person.version() == first


async def test_pages_and_repeats_of_one_sitting_are_one_event_that_says_until_when(person):
    path = f"/v1/cases/{person.case_id}/audit-trail?limit=2"
    while path:
        page = (await person.desk.http.get(path)).json()
        path = page["next"]
    trail = f"/v1/cases/{person.case_id}/audit-trail"
    answers = await asyncio.gather(*(person.desk.http.get(trail) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert await kinds(person) == ["audit-trail"]
    item = (await accesses(person))["items"][0]
    assert item["recorded_at"] < item["covers_until"]


async def test_the_purpose_is_on_record_and_an_unknown_one_is_refused(person):
    headers = {"Purpose": "client-asked"}
    assert (await person.desk.http.get(person.path, headers=headers)).status_code == 200
    answer = await person.desk.http.get(person.path, headers={"Purpose": "help 王小明".encode()})
    assert_problem(answer, 422, "invalid-input", "Purpose")
    (item, own) = (await accesses(person))["items"]
    assert (item["purpose"], own["reading"]) == ("client-asked", "accesses")


async def test_nothing_is_given_out_that_could_not_be_recorded(person, monkeypatch):
    log = person.desk.services.casework.log

    async def lost(_):
        raise LogUnavailable("gone")

    paths = (person.path, f"/v1/cases/{person.case_id}", f"/v1/cases/{person.case_id}/timeline")
    paths += (f"/v1/cases/{person.case_id}/evidence/{person.item_id}/content",)
    with monkeypatch.context() as without_server:
        without_server.setattr(log, "append", lost)
        for path in paths:
            answer = await person.desk.http.get(path)
            assert_problem(answer, 503, "unavailable", None)
            assert NAME not in answer.text
        position = await person.desk.http.get(f"/v1/cases/{person.case_id}/position")
        assert position.status_code == 200
    assert await kinds(person) == []


async def test_a_list_of_names_is_one_event_and_asks_for_the_right_to_them(person):
    for number in range(3):
        await person.desk.case(opened_on=f"2025-02-0{number + 1}")
    await tables_caught_up(person.desk)
    head = await person.desk.head()
    page = (await person.desk.http.get("/v1/cases?names=true")).json()
    assert page["names"][person.client_id] == NAME
    assert (len(page["items"]), len(page["names"])) == (5, 4)
    assert await person.desk.head() == head + 1
    (item,) = (await person.desk.http.get("/v1/accesses")).json()["items"]
    assert (item["reading"], item["clients"], item["actor"]) == ("caseload", 4, "m-1")
    assert (await accesses(person))["lists_of_names"] == 1
    colleague = await person.desk.colleague(capabilities=["tables:read"])
    async with colleague:
        assert_problem(await colleague.get("/v1/cases?names=true"), 403, "capability-missing", None)
        assert (await colleague.get("/v1/cases")).json()["names"] is None


async def test_a_history_comes_in_pages_and_outlives_the_person(person):
    for purpose in ("casework", "audit", "court"):
        await person.desk.http.get(person.path, headers={"Purpose": purpose})
    first = await accesses(person, limit=2)
    following = (await person.desk.http.get(first["next"])).json()
    found = [item["purpose"] for item in first["items"] + following["items"]]
    assert found == ["casework", "audit", "court", "casework"]
    assert following["next"] is None
    answer = await person.desk.http.get(f"{person.path}/accesses?cursor=x")
    assert_problem(answer, 422, "invalid-input", "cursor")
    await person.erase()
    assert len((await accesses(person))["items"]) == 4
    unknown = await person.desk.http.get(f"/v1/clients/{person.case_id}/accesses")
    assert_problem(unknown, 404, "client-unknown", None)
