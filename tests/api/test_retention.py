"""Retention and holds over HTTP: rules set, days computed, lists that come in pages."""

import pytest

from tests.api.desk import assert_problem
from tests.api.people import HOLD

pytestmark = pytest.mark.anyio

RULE = {"years": 5, "legal_basis": "档案管理制度 第十二条"}


async def closed(desk, on="2025-01-31", outcome="settled"):
    """A client with one case, closed on a day."""
    case_id = await desk.case()
    body = {"closed_on": on, "outcome": outcome, "reason": "x"}
    await desk.post(case_id, "closures", body, headers={"If-Match": '"1"'})
    return (await desk.http.get(f"/v1/cases/{case_id}")).json()["client_id"]


async def rule(desk, status=201, **fields):
    answer = await desk.http.post("/v1/retention-rules", json={**RULE, **fields})
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_day_rests_on_a_rule_that_is_named(office):
    client = await closed(office)
    page = (await office.http.get("/v1/retention?on=2030-01-31")).json()
    assert (page["without_rule"], page["items"][0]["due_on"]) == (1, None)
    written = await rule(office)
    page = (await office.http.get("/v1/retention?on=2030-01-31")).json()
    (line,) = page["items"]
    assert (line["client_id"], line["due_on"], line["is_due"]) == (client, "2030-01-31", True)
    assert (line["rule"]["event_id"], line["rule"]["legal_basis"]) == (
        written["entry_id"],
        RULE["legal_basis"],
    )
    later = await rule(office, years=10, outcome="settled")
    (line,) = (await office.http.get("/v1/retention?on=2030-01-31")).json()["items"]
    assert (line["due_on"], line["is_due"]) == ("2035-01-31", False)
    assert line["rule"]["event_id"] == later["entry_id"]


async def test_the_list_comes_in_pages_by_day(desk):
    await rule(desk)
    days = ("2025-03-01", "2025-01-01", "2025-02-01", "2025-01-01")
    clients = [await closed(desk, on) for on in days]
    path, found = "/v1/retention?limit=1", []
    while path:
        page = (await desk.http.get(path)).json()
        found += page["items"]
        path = page["next"]
    assert [line["due_on"] for line in found] == [
        "2030-01-01",
        "2030-01-01",
        "2030-02-01",
        "2030-03-01",
    ]
    assert {line["client_id"] for line in found} == set(clients)
    assert_problem(await desk.http.get("/v1/retention?cursor=x"), 422, "invalid-input", "cursor")


async def test_holds_are_listed_by_the_day_to_review_them(desk):
    client = await closed(desk)
    ids = []
    for review_on in ("2027-01-01", "2026-12-01"):
        body = {**HOLD, "review_on": review_on}
        answer = await desk.http.post(f"/v1/clients/{client}/legal-holds", json=body)
        ids.append(answer.json()["entry_id"])
    listed = (await desk.http.get("/v1/legal-holds?on=2026-12-01")).json()["items"]
    assert [(hold["hold_id"], hold["is_due"]) for hold in listed] == [
        (ids[1], True),
        (ids[0], False),
    ]
    assert {hold["client_id"] for hold in listed} == {client}
    (line,) = (await desk.http.get("/v1/retention?on=2099-01-01")).json()["items"]
    assert (len(line["holds"]), line["is_due"]) == (2, False)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    (
        ({"years": -1}, "years-unusable", "years"),
        ({"years": 51}, "years-unusable", "years"),
        ({"years": 1.5}, "invalid-input", "years"),
        ({"legal_basis": " "}, "text-empty", "legal_basis"),
        ({"legal_basis": "x" * 201}, "text-too-long", "legal_basis"),
        ({"outcome": "lost"}, "invalid-input", "outcome"),
    ),
)
async def test_a_rule_that_cannot_be_meant_is_refused(desk, fields, code, field):
    head = await desk.head()
    answer = await desk.http.post("/v1/retention-rules", json={**RULE, **fields})
    assert_problem(answer, 422, code, field)
    assert await desk.head() == head


async def test_the_same_rule_again_changes_nothing_and_a_rehearsal_writes_nothing(ruled):
    rehearsed = await ruled.http.post("/v1/retention-rules?dry_run=true", json=RULE)
    assert rehearsed.json()["facts"] == [{"topic": "retention-rule-set", **RULE}]
    await rule(ruled)
    assert (await rule(ruled, status=422))["code"] == "nothing-changed"
    # The rule pack that stands in the same stream is in force as before.
    case_id = await ruled.case()
    lines = (await ruled.http.get(f"/v1/cases/{case_id}/lines")).json()
    assert lines["ruled"] is not None


async def test_an_erasure_on_the_log_in_memory(desk):
    """The same steps without a database: the log's contract is the same."""
    client = await closed(desk)
    path = f"/v1/clients/{client}"
    asked = {"requested_on": "2026-03-01", "requested_by": "ourselves"}
    assert (await desk.http.post(f"{path}/erasure-requests", json=asked)).status_code == 201
    grant = {"decided_on": "2026-03-02", "ground": "retention-over", "reason": "期满"}
    grant["legal_basis"] = RULE["legal_basis"]
    without = await desk.http.post(f"{path}/erasure-grants", json=grant)
    assert_problem(without, 428, "precondition-required", "If-Match")
    stale = await desk.http.post(f"{path}/erasure-grants", json=grant, headers={"If-Match": '"1"'})
    assert_problem(stale, 412, "version-stale", "If-Match")
    answer = await desk.http.post(f"{path}/erasure-grants", json=grant, headers={"If-Match": '"2"'})
    body = {"decision_id": answer.json()["entry_id"]}
    rehearsed = await desk.http.post(
        f"{path}/erasure?dry_run=true", json=body, headers={"If-Match": '"3"'}
    )
    assert rehearsed.json()["facts"][0]["topic"] == "client-erased"
    assert (await desk.http.get(path)).status_code == 200
    done = await desk.http.post(f"{path}/erasure", json=body, headers={"If-Match": '"3"'})
    assert done.status_code == 201, done.text
    assert (await desk.http.get(path)).status_code == 410
    page = (await desk.http.get("/v1/retention")).json()
    assert (page["items"], page["erased"]) == ([], 1)
    log = desk.services.casework.log
    assert all(event.is_intact() for event in await log.read_journal(desk.organisation))
