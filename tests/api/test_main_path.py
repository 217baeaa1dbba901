"""The main job over HTTP on PostgreSQL: open a case, record what happened, read it back."""

import pytest

from projections.tables.balances import BALANCES
from projections.tables.caseload import CASELOAD
from projections.tables.runner import TableRunner
from tests.api.desk import cny, disbursed, payment, today

pytestmark = pytest.mark.anyio


async def test_from_a_client_to_the_three_readings(office):
    client_id = await office.client("李雷")
    opened = await office.http.post(
        "/v1/cases",
        json={"client_id": client_id, "opened_on": "2025-01-05", "summary": "三笔网贷"},
    )
    case_id = opened.json()["case_id"]
    assert opened.headers["location"] == f"/v1/cases/{case_id}"
    assert opened.headers["etag"] == '"1"'
    assert opened.headers["mingzhang-position"] == "2"
    loan_id = await office.loan(case_id, contract_number="HT-2025-001")
    await office.post(case_id, "disbursements", disbursed(loan_id, "9000.00"))
    interest = {
        **disbursed(loan_id),
        "kind": "interest",
        "amount": cny("150.00"),
        "occurred_on": "2025-02-10",
    }
    del interest["received"]
    await office.post(case_id, "charges", interest)
    paid = await office.post(case_id, "payments", payment(loan_id, "1000.00", payer_name="王芳"))
    await office.post(
        case_id,
        "corrections",
        {
            "entry_id": paid["entry_id"],
            "replacement": {"topic": "payment-made", **payment(loan_id, "1050.00")},
            "reason": "银行流水为1050",
        },
        headers={"If-Match": f'"{paid["version"]}"'},
    )

    position = await office.http.get(f"/v1/cases/{case_id}/position?as_of=2025-04-01")
    assert position.status_code == 200
    (loan,) = position.json()["loans"]
    assert loan["paid"]["amount"] == cny("1050.00")
    assert loan["owed"]["amount"] == cny("8100.00")
    before = await office.http.get(
        f"/v1/cases/{case_id}/position?as_of=2025-04-01&known_at={paid['position']}"
    )
    assert before.json()["loans"][0]["paid"]["amount"] == cny("1000.00")

    trail = (await office.http.get(f"/v1/cases/{case_id}/audit-trail")).json()
    assert [line["done"] for line in trail["lines"]] == ["recorded"] * 5 + ["corrected"]
    correction = trail["lines"][-1]
    assert correction["reason"] == "银行流水为1050"
    assert correction["actor"] == "m-1"
    changed = {change["field"]: (change["old"], change["new"]) for change in correction["changes"]}
    assert changed["amount"] == (cny("1000.00"), cny("1050.00"))
    assert changed["payer_name"] == ("王芳", None)

    timeline = (await office.http.get(f"/v1/cases/{case_id}/timeline")).json()
    assert [line["topic"] for line in timeline["lines"]] == [
        "case-opened",
        "loan-taken",
        "loan-disbursed",
        "charge-made",
        "payment-made",
    ]

    view = (await office.http.get(f"/v1/cases/{case_id}")).json()
    assert (view["client_name"], view["status"], view["entries"]) == ("李雷", "open", 5)
    head = (await office.http.get("/v1/journal/head")).json()
    # Seven entries, and three readings of personal data: trail, timeline, the name on the case.
    assert head["position"] == await office.head() == 7 + 3


async def test_the_tables_are_read_as_soon_as_they_are_there(office):
    first = await office.case(adviser="m-7")
    loan_id = await office.loan(first)
    written = await office.post(first, "disbursements", disbursed(loan_id))
    await office.case(opened_on="2025-02-02")
    wanted = await office.head()
    tables = (CASELOAD, BALANCES)
    runner = TableRunner(office.services.casework.log, office.pool, tables, today=today)
    while await runner.run_once(office.organisation):
        pass

    page = await office.http.get(f"/v1/cases?min_position={wanted}&limit=1")
    assert page.status_code == 200, page.text
    assert page.json()["position"] == wanted
    assert page.json()["items"][0]["opened_on"] == "2025-02-02"
    rest = (await office.http.get(page.json()["next"])).json()
    assert [item["case_id"] for item in rest["items"]] == [first]
    assert rest["next"] is None
    mine = (await office.http.get("/v1/cases?adviser=m-7&status=open")).json()
    assert [item["case_id"] for item in mine["items"]] == [first]
    balances = (await office.http.get(f"/v1/balances?case_id={first}")).json()
    assert balances["items"][0]["owed"] == cny("10000.00")
    assert written["position"] <= balances["position"]
    colleague = await office.colleague("m-1", organisation=await _other(office))
    assert (await colleague.get("/v1/cases")).json()["items"] == []


async def _other(office):
    return office.services.new_id()


async def test_closing_and_reopening(office):
    case_id = await office.case()
    closure = {"closed_on": "2025-05-01", "outcome": "referred", "reason": "转法援"}
    answer = await office.http.post(f"/v1/cases/{case_id}/closures", json=closure)
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition-required")
    await office.post(case_id, "closures", closure, headers={"If-Match": '"1"'})
    refused = await office.post(case_id, "notes", {"noted_on": "2025-05-02", "text": "x"}, 422)
    assert refused["code"] == "case-closed"
    await office.post(case_id, "reopenings", {"reopened_on": "2025-06-01", "reason": "再诉"})
    assert (await office.http.get(f"/v1/cases/{case_id}")).json()["status"] == "open"


async def test_correcting_a_client(office):
    client_id = await office.client("王小名")
    read = await office.http.get(f"/v1/clients/{client_id}")
    assert read.json()["details"]["name"] == "王小名"
    said = {"replacement": {"name": "王小明"}, "reason": "错字"}
    path = f"/v1/clients/{client_id}/corrections"
    assert (await office.http.post(path, json=said)).status_code == 428
    stale = await office.http.post(path, json=said, headers={"If-Match": '"7"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "version-stale")
    done = await office.http.post(path, json=said, headers={"If-Match": read.headers["etag"]})
    assert done.status_code == 201
    now = await office.http.get(f"/v1/clients/{client_id}")
    assert now.json()["details"]["name"] == "王小明"
    assert now.headers["etag"] == '"2"'


async def test_another_organisation_finds_nothing(office):
    case_id, client_id = await office.case(), await office.client()
    there = await office.case()
    loan_id = await office.loan(there)
    stranger = await office.colleague("m-9", organisation=office.services.new_id())
    for path in (
        f"/v1/cases/{case_id}",
        f"/v1/cases/{case_id}/position",
        f"/v1/cases/{case_id}/audit-trail",
        f"/v1/cases/{case_id}/timeline",
        f"/v1/clients/{client_id}",
        f"/v1/cases/{case_id}/evidence/{loan_id}/content",
    ):
        theirs = await stranger.get(path)
        assert theirs.status_code == 404, path
        unknown = await stranger.get(path.replace(case_id, loan_id).replace(client_id, loan_id))
        assert unknown.json()["code"] == theirs.json()["code"]
    note = {"noted_on": "2025-05-02", "text": "x"}
    answer = await stranger.post(f"/v1/cases/{case_id}/notes", json=note)
    assert (answer.status_code, answer.json()["code"]) == (404, "case-unknown")
    opened = {"client_id": client_id, "opened_on": "2025-01-01"}
    answer = await stranger.post("/v1/cases", json=opened)
    assert (answer.status_code, answer.json()["code"]) == (422, "client-unknown")
    assert answer.json()["errors"][0]["field"] == "client_id"
    # Nor does a loan of another case of the same organisation count here.
    answer = await office.post(case_id, "payments", payment(loan_id), 422)
    assert (answer["code"], answer["errors"][0]["field"]) == ("entry-unknown", "loan_id")
