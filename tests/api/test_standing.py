"""A client's standing over HTTP: recorded, read on a day, put on record, closed by an erasure."""

import pytest

from api.client_nouns import CLIENT_BODIES, CLIENT_RECORDED
from tests.api.desk import assert_problem
from tests.api.people import assert_gone, take_in

pytestmark = pytest.mark.anyio

SECRET = "只能说是快递公司，家里人不知道"
WISHES = {
    "set_on": "2026-03-02",
    "channels": ["wechat"],
    "hours": [{"begins": "19:00:00", "ends": "21:30:00"}],
    "not_to_say": SECRET,
    "unsafe_numbers": ["13900000999"],
    "safe_person": "表姐梅",
    "adjustments": ["sign-language"],
}
CONSENT = {"purpose": "casework", "given_on": "2026-03-02", "ends_on": "2027-03-01", "way": "paper"}
FAMILY = {
    "set_on": "2026-03-02",
    "members": [{"relation": "spouse", "name": "例伴（虚构）", "born_year": "1988"}],
}


async def said(desk, client_id, noun, body, status=201, **headers):
    path = f"/v1/clients/{client_id}/{noun}"
    answer = await desk.http.post(path, json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json()


async def stands(desk, client_id, **query):
    answer = await desk.http.get(f"/v1/clients/{client_id}/standing", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["standing"]


async def test_what_is_recorded_is_read_on_its_day_and_as_known_then(desk):
    client_id = await desk.client()
    assert "consent-casework" in (await stands(desk, client_id))["missing"]
    entry = (await said(desk, client_id, "consents", CONSENT))["entry_id"]
    await said(desk, client_id, "contact-wishes", WISHES)
    before = (await said(desk, client_id, "households", FAMILY))["position"]
    back = {"consent_id": entry, "withdrawn_on": "2026-05-01", "reason": "想再考虑"}
    await said(desk, client_id, "consent-withdrawals", back)
    now = await stands(desk, client_id, as_of="2026-05-01")
    assert now["consents"][0]["term"]["state"] == "withdrawn"
    wishes = now["wishes"]["wishes"]
    assert (wishes["not_to_say"], wishes["adjustments"]) == (SECRET, ["sign-language"])
    assert wishes["hours"] == [{"days": [], "begins": "19:00:00", "ends": "21:30:00"}]
    assert now["household"]["household"]["members"][0]["born_year"] == "1988"
    then = await stands(desk, client_id, as_of="2026-05-01", known_at=before)
    term = then["consents"][0]["term"]
    assert (term["state"], term["days_left"]) == ("in-force", 304)


async def test_an_overlap_is_refused_and_names_the_one_that_stands(desk):
    client_id = await desk.client()
    entry = (await said(desk, client_id, "consents", CONSENT))["entry_id"]
    path = f"/v1/clients/{client_id}/consents"
    answer = await desk.http.post(path, json={**CONSENT, "given_on": "2026-03-05"})
    assert_problem(answer, 422, "consent-overlaps", "given_on")
    assert answer.json()["entries"] == [entry]


async def test_a_mistake_is_withdrawn_on_the_version_seen_and_shows_in_the_trail(desk):
    client_id = await desk.client()
    entry = (await said(desk, client_id, "contact-wishes", WISHES))["entry_id"]
    gone = {"entry_id": entry, "reason": "写到了别人名下"}
    await said(desk, client_id, "entry-withdrawals", gone, status=428)
    await said(desk, client_id, "entry-withdrawals", gone, status=412, **{"If-Match": '"1"'})
    await said(desk, client_id, "entry-withdrawals", gone, **{"If-Match": '"2"'})
    assert (await stands(desk, client_id))["wishes"] is None
    trail = (await desk.http.get(f"/v1/clients/{client_id}/audit-trail")).json()
    last = trail["lines"][-1]
    assert (last["topic"], last["done"]) == ("contact-wishes-set", "withdrawn")
    assert (last["entry_id"], last["reason"]) == (entry, "写到了别人名下")
    assert SECRET in str(last["changes"])


async def test_the_reading_is_on_record_and_answers_304_to_who_has_it(desk):
    client_id = await desk.client()
    await said(desk, client_id, "contact-wishes", WISHES)
    path = f"/v1/clients/{client_id}/standing?as_of=2026-04-01"
    first = await desk.http.get(path)
    same = await desk.http.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert same.status_code == 304
    accesses = (await desk.http.get(f"/v1/clients/{client_id}/accesses")).json()["items"]
    assert [access["reading"] for access in accesses] == ["standing", "accesses"]
    await said(desk, client_id, "households", FAMILY)
    again = await desk.http.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 200


async def test_nobody_else_reads_or_records_it(desk):
    client_id = await desk.client()
    other = await desk.colleague("m-9", organisation=desk.services.new_id())
    async with other:
        path = f"/v1/clients/{client_id}"
        assert_problem(await other.get(f"{path}/standing"), 404, "client-unknown", None)
        answer = await other.post(f"{path}/consents", json=CONSENT)
        assert_problem(answer, 404, "client-unknown", None)


async def test_once_erased_it_is_gone_and_so_is_every_word_of_it(office):
    person = await take_in(office)
    await person.post("contact-wishes", WISHES)
    await person.post("households", FAMILY)
    before = await office.head()
    assert SECRET in (await office.http.get(f"{person.path}/standing")).text
    gone = await person.erase()
    (line,) = (await office.http.get("/v1/erasures")).json()["items"]
    erased = {**gone, "erased_at": line["erased"]["position"]}
    for query in ("", f"?known_at={before}"):
        assert_gone(await office.http.get(f"{person.path}/standing{query}"), person, erased)
    for noun, (kind, _) in CLIENT_RECORDED.items():
        body = CLIENT_BODIES[kind]
        answer = await office.http.post(f"{person.path}/{noun}", json=body)
        assert_problem(answer, 410, "client-erased", None)
    left = await office.services.casework.client(office.organisation, line["client_id"])
    told = list(left.entries.values())
    assert told[0].not_to_say.erased
    assert told[0].adjustments[0].value is None
    assert told[1].members[0].name.erased


async def test_a_proposal_after_the_authority_was_taken_back_is_asked_about(ruled):
    desk = ruled
    case_id = await desk.case()
    loan = await desk.loan(case_id)
    client_id = (await desk.http.get(f"/v1/cases/{case_id}")).json()["client_id"]
    may = {"scopes": ["negotiate"], "given_on": "2025-02-01", "form": "letter", "holder": "m-1"}
    entry = (await said(desk, client_id, "authorities", may))["entry_id"]
    over = {"authority_id": entry, "ended_on": "2025-03-01", "cause": "client-revoked"}
    await said(desk, client_id, "authority-endings", over)
    body = {
        "kind": "extension",
        "loan_ids": [loan],
        "offers": [{"loan_id": loan, "due_on": "2026-12-31"}],
        "channel": "email",
        "grade": "document",
    }

    async def codes(on):
        answer = await desk.http.post(
            f"/v1/cases/{case_id}/proposals", json={**body, "occurred_on": on}
        )
        assert_problem(answer, 422, "warning-unanswered", "answered")
        return {each["code"]: each["entries"] for each in answer.json()["warnings"]}

    assert "authority-over" not in await codes("2025-02-28")
    assert (await codes("2025-03-01"))["authority-over"] == [entry]
