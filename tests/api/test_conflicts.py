"""Conflict checks over HTTP: found among sealed names, told without one, on record, forgotten."""

import json

import pytest

from api.capabilities import Capability
from tests.api.desk import assert_problem
from tests.api.people import ID_NUMBER, NAME, PHONE, take_in

pytestmark = pytest.mark.anyio

LENDER = "示例快借小额贷款公司（虚构）"
KIN = "例弟（虚构）"
WIFE = "慕容云溪"
PRIVATE = "钱放贷"
HELPER = "周热心"
COLLECTOR = "孙催收"


async def looked(desk, status=200, http=None, **question):
    answer = await (http or desk.http).post("/v1/conflict-checks", json=question)
    assert answer.status_code == status, answer.text
    return answer.json()


async def matches(desk, **question):
    told = await looked(desk, **question)
    return [(m["kind"], m["held_as"], m["closeness"], m["cases"]) for m in told["matches"]]


async def declared(desk, **more):
    body = {"member": "m-7", "declared_on": "2026-03-01", "kind": "kin", "company": LENDER}
    answer = await desk.http.post("/v1/interests", json={**body, "person": KIN, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()["entry_id"]


async def populated(desk):
    """A client with a household, and everybody whom one of their cases names."""
    person = await take_in(desk)
    family = {"set_on": "2026-03-02", "members": [{"relation": "spouse", "name": WIFE}]}
    await person.post("households", family)
    says = {"grade": "client-says", "occurred_on": "2026-03-02"}
    case_id = person.case_id
    await desk.loan(case_id, lender="私人出借人甲", lender_name=PRIVATE)
    pot = await desk.post(
        case_id,
        "help-pots",
        {
            **says,
            "loan_ids": [person.loan_id],
            "whole": {"amount": "300.00", "currency": "CNY"},
            "due_on": "2026-06-05",
        },
    )
    share = {"amount": "300.00", "currency": "CNY"}
    pledge = {**says, "pot_id": pot["entry_id"], "helper": HELPER, "relation": "friend"}
    await desk.post(case_id, "help-pledges", {**pledge, "share": share})
    party = {**says, "loan_ids": [person.loan_id], "role": "collector", "person": COLLECTOR}
    await desk.post(case_id, "parties", {**party, "phones": ["13900000555"]})
    return person


@pytest.mark.parametrize(
    ("asked", "wanted"),
    (
        ({"id_number": "１１０１０１ 199003074518"}, ("same-person", "client", "id-number", 2)),
        ({"phones": ["+86 139-1234-5678"]}, ("same-person", "client", "phone", 2)),
        ({"name": "慕容　云海"}, ("same-person", "client", "name", 2)),
        ({"name": WIFE}, ("same-household", "household", "name", 2)),
        ({"name": PRIVATE}, ("other-side", "lender", "name", 1)),
        ({"name": HELPER}, ("other-side", "helper", "name", 1)),
        ({"name": COLLECTOR}, ("other-side", "party", "name", 1)),
        ({"phones": ["0086 13900000555"]}, ("other-side", "party", "phone", 1)),
        ({"role": "other-side", "name": NAME}, ("other-side", "client", "name", 2)),
        ({"role": "household", "name": NAME}, ("same-household", "client", "name", 2)),
    ),
)
async def test_everybody_whom_the_record_names_is_found_however_they_are_written(
    office, asked, wanted
):
    await populated(office)
    assert await matches(office, persons=[asked]) == [wanted]


async def test_no_name_number_or_other_word_of_anybody_is_in_the_answer(office):
    person = await populated(office)
    await declared(office)
    everybody = [{"name": name} for name in (NAME, WIFE, PRIVATE, HELPER, COLLECTOR, KIN)]
    everybody += [{"id_number": ID_NUMBER}, {"phones": [PHONE]}]
    answer = await office.http.post(
        "/v1/conflict-checks", json={"persons": everybody, "lenders": [LENDER]}
    )
    assert len(answer.json()["matches"]) == 9
    text = answer.text + json.dumps(answer.json(), ensure_ascii=False) + str(answer.headers)
    secrets = (NAME, WIFE, PRIVATE, HELPER, COLLECTOR, KIN, ID_NUMBER, PHONE, "13900000555")
    for secret in (*secrets, "清河路", LENDER):
        assert secret not in text
    assert person.client_id in text


async def test_ids_only_for_who_may_read_clients(office):
    person = await populated(office)
    blind = await office.colleague("m-3", capabilities=[Capability.CONFLICT_CHECK])
    async with blind:
        (match,) = (await looked(office, http=blind, persons=[{"name": NAME}]))["matches"]
        assert (match["client_ids"], match["case_ids"], match["clients"]) == (None, None, 1)
        assert not match["is_strong"]
    (match,) = (await looked(office, persons=[{"name": NAME}]))["matches"]
    assert match["client_ids"] == [person.client_id]
    assert set(match["case_ids"]) == {person.case_id, person.second}


async def test_each_check_is_on_record_as_an_access(desk):
    await desk.client("李雷")
    await desk.client("韩梅")
    await looked(desk, persons=[{"name": "张三"}])
    (access,) = (await desk.http.get("/v1/accesses")).json()["items"]
    assert (access["reading"], access["clients"]) == ("conflict-check", 2)


async def test_another_organisation_finds_nobody(office):
    await populated(office)
    await declared(office)
    other = await office.colleague("m-9", organisation=office.services.new_id())
    async with other:
        told = await looked(
            office, http=other, persons=[{"name": NAME, "phones": [PHONE]}], lenders=[LENDER]
        )
        assert (told["matches"], told["searched"]) == ([], 0)
        assert (await other.get("/v1/interests")).json()["items"] == []


async def test_an_erased_client_is_never_found_nor_anybody_in_their_cases(office):
    person = await populated(office)
    names = [{"name": name} for name in (NAME, WIFE, PRIVATE, HELPER, COLLECTOR)]
    assert len(await matches(office, persons=names)) == 5
    await person.erase()
    assert await matches(office, persons=[*names, {"phones": [PHONE]}]) == []
    for path, body in (
        ("/v1/conflict-checks", {"client_id": person.client_id}),
        ("/v1/conflict-checks", {"case_id": person.case_id}),
        (f"/v1/cases/{person.case_id}/conflict-checks", {"answer": "none"}),
    ):
        answer = await office.http.post(path, json=body)
        assert_problem(answer, 410, "client-erased", None)


async def test_who_was_corrected_or_withdrawn_is_found_no_more(office):
    person = await populated(office)
    loan = await office.loan(person.case_id, lender="私人出借人乙", lender_name="旧名字")
    assert len(await matches(office, persons=[{"name": "旧名字"}])) == 1
    said = {"topic": "loan-taken", "occurred_on": "2025-01-10", "grade": "document"}
    said |= {"face_amount": {"amount": "10000.00", "currency": "CNY"}, "lender": "私人出借人乙"}
    body = {"entry_id": loan, "replacement": {**said, "lender_name": "新名字"}, "reason": "更正"}
    seen = {"If-Match": await office.version(person.case_id)}
    await office.post(person.case_id, "corrections", body, headers=seen)
    assert await matches(office, persons=[{"name": "旧名字"}]) == []
    assert len(await matches(office, persons=[{"name": "新名字"}])) == 1
    seen = {"If-Match": await office.version(person.case_id)}
    gone = {"entry_id": loan, "reason": "不是她的"}
    await office.post(person.case_id, "withdrawals", gone, headers=seen)
    assert await matches(office, persons=[{"name": "新名字"}]) == []


async def test_members_ties_are_found_until_they_end(office):
    interest = await declared(office)
    (match,) = (await looked(office, lenders=[f"{LENDER} "]))["matches"]
    assert (match["kind"], match["closeness"]) == ("lender-staff", "company")
    assert (match["members"], match["interests"]) == (["m-7"], [interest])
    (line,) = (await office.http.get("/v1/interests")).json()["items"]
    assert (line["company"], line["ended_on"]) == (LENDER, None)
    body = {"member": "m-7", "interest_id": interest, "ended_on": "2026-04-01"}
    assert (await office.http.post("/v1/interest-endings", json=body)).status_code == 201
    assert await matches(office, lenders=[LENDER]) == []
    (line,) = (await office.http.get("/v1/interests")).json()["items"]
    assert line["ended_on"] == "2026-04-01"
    gone = {"member": "m-7", "interest_id": interest, "reason": "写错"}
    assert (await office.http.post("/v1/interest-withdrawals", json=gone)).status_code == 201
    assert (await office.http.get("/v1/interests")).json()["items"] == []


async def test_a_case_is_checked_with_everybody_it_names_and_the_numbers_are_ours(office):
    await declared(office)
    person = await populated(office)
    other = await office.client(PRIVATE)
    body = {"client_id": other, "opened_on": "2026-03-02"}
    case_id = (await office.http.post("/v1/cases", json=body)).json()["case_id"]
    await office.loan(case_id, lender=LENDER)
    path = f"/v1/cases/{case_id}/conflict-checks"
    refused = await office.http.post(path, json={"answer": "none"})
    assert_problem(refused, 422, "conflict-unanswered", "reason")
    told = await looked(office, case_id=case_id)
    kinds = {(m["kind"], m["held_as"], m["place"]) for m in told["matches"]}
    assert kinds == {
        ("other-side", "lender", "held/client"),
        ("lender-staff", "member-tie", "held/lender"),
    }
    managed = {"answer": "managed", "reason": "由 m-2 办理，m-7 回避"}
    options = {"json": managed, "headers": {"Idempotency-Key": "check-1"}}
    written = await office.http.post(path, **options)
    assert written.status_code == 201, written.text
    again = await office.http.post(path, **options)
    assert again.json() == {**written.json(), "repeated": True}
    trail = (
        await office.http.get(f"/v1/cases/{case_id}/audit-trail?topic=conflict-checked")
    ).json()
    (line,) = trail["lines"] if "lines" in trail else trail["items"]
    fields = {change["field"]: change["new"] for change in line["changes"]}
    assert (fields["answer"], fields["reason"]) == ("managed", managed["reason"])
    assert (fields["sought/names"], fields["sought/companies"]) == (1, 1)
    assert {fields["found/0/kind"], fields["found/1/kind"]} == {"other-side", "lender-staff"}
    intake = (await office.http.get(f"/v1/cases/{case_id}/intake")).json()["intake"]
    assert "conflict-check" not in intake["lacking"]
    assert intake["conflict_check"]["state"] == "checked"
    await office.loan(case_id, lender="另一家")
    intake = (await office.http.get(f"/v1/cases/{case_id}/intake")).json()["intake"]
    assert intake["conflict_check"]["state"] == "stale"
    mine = (await office.http.get(f"/v1/cases/{person.case_id}/intake")).json()["intake"]
    assert "conflict-check" in mine["lacking"]


async def test_a_clients_own_household_and_cases_are_no_match_of_theirs(office):
    person = await populated(office)
    assert await matches(office, client_id=person.client_id) == []
    assert await matches(office, case_id=person.case_id) == []
    path = f"/v1/cases/{person.case_id}/conflict-checks"
    assert (await office.http.post(path, json={"answer": "none"})).status_code == 201


@pytest.mark.parametrize(
    ("question", "code", "field"),
    (
        ({}, "invalid-input", "persons"),
        ({"persons": [{}]}, "invalid-input", "persons/0"),
        ({"persons": [{"name": " ·"}]}, "invalid-input", "persons/0"),
        ({"persons": [{"name": "王", "nick": "x"}]}, "invalid-input", "persons/0/nick"),
        ({"persons": [{"name": "王"}] * 51}, "invalid-input", "persons"),
        ({"lenders": ["　"]}, "invalid-input", "lenders/0"),
        ({"household": [""]}, "invalid-input", "household/0"),
        ({"client_id": "6f2f6f3e-6f0e-4b62-9a43-3a1c0a5b9b01"}, "client-unknown", "client_id"),
        ({"case_id": "6f2f6f3e-6f0e-4b62-9a43-3a1c0a5b9b01"}, "case-unknown", "case_id"),
    ),
)
async def test_a_question_that_cannot_be_meant(desk, question, code, field):
    answer = await desk.http.post("/v1/conflict-checks", json=question)
    assert_problem(answer, 422, code, field)


async def test_the_case_and_the_client_named_have_to_belong_together(desk):
    case_id, other = await desk.case(), await desk.client("李雷")
    answer = await desk.http.post(
        "/v1/conflict-checks", json={"case_id": case_id, "client_id": other}
    )
    assert_problem(answer, 422, "invalid-input", "client_id")
