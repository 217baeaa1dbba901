"""Search over sealed names: corrected ones found anew, erased ones never, each search on record."""

import pytest

from tests.api.desk import assert_problem

pytestmark = pytest.mark.anyio


async def hits(desk, asked):
    answer = await desk.http.get("/v1/search", params={"q": asked})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_a_client_is_found_by_part_of_the_name_with_the_cases(desk):
    client_id = await desk.client("欧阳小明")
    opened = {"client_id": client_id, "opened_on": "2025-01-05"}
    case_id = (await desk.http.post("/v1/cases", json=opened)).json()["case_id"]
    (hit,) = await hits(desk, "小明")
    assert (hit["client_id"], hit["name"], hit["field"]) == (client_id, "欧阳小明", "name")
    assert hit["cases"] == [case_id]


async def test_a_loan_is_found_by_lender_and_contract(desk):
    case_id = await desk.case()
    loan = await desk.loan(case_id, lender="秋叶消费金融", contract_number="HT-9-77")
    for asked, field in (("秋叶", "lender"), ("ht977", "contract-number")):
        (hit,) = await hits(desk, asked)
        assert (hit["field"], hit["case_id"], hit["loan_id"]) == (field, case_id, loan)
        assert hit["name"] == "王小明"


async def test_a_corrected_name_is_found_anew_and_a_withdrawn_loan_not(desk):
    answer = await desk.http.post("/v1/clients", json={"name": "李雷", "phones": ["13900000001"]})
    client_id = answer.json()["client_id"]
    assert len(await hits(desk, "李雷")) == 1
    body = {"replacement": {"name": "李磊"}, "reason": "写错"}
    headers = {"If-Match": answer.headers["etag"]}
    written = await desk.http.post(
        f"/v1/clients/{client_id}/corrections", json=body, headers=headers
    )
    assert written.status_code == 201, written.text
    assert await hits(desk, "李雷") == []
    assert await hits(desk, "0001") == []
    assert len(await hits(desk, "李磊")) == 1
    case_id = await desk.case()
    loan = await desk.loan(case_id, lender="秋叶消费金融")
    assert len(await hits(desk, "秋叶")) == 1
    await desk.post(
        case_id,
        "withdrawals",
        {"entry_id": loan, "reason": "不是她的"},
        headers={"If-Match": await desk.version(case_id)},
    )
    assert await hits(desk, "秋叶") == []


async def test_another_organisation_finds_nobody(desk):
    await desk.client("王小明")
    other = await desk.colleague("m-9", organisation=desk.services.new_id())
    assert (await other.get("/v1/search?q=王")).json()["items"] == []


async def test_each_search_is_on_record(desk):
    await desk.client("王小明")
    await desk.client("李雷")
    await hits(desk, "张")
    (access,) = (await desk.http.get("/v1/accesses")).json()["items"]
    assert (access["reading"], access["clients"], access["actor"]) == ("search", 2, "m-1")


@pytest.mark.parametrize("asked", ("", "139", "王" * 101))
async def test_a_question_that_says_too_little_or_too_much(desk, asked):
    answer = await desk.http.get("/v1/search", params={"q": asked})
    assert_problem(answer, 422, "invalid-input", "q")


async def test_more_than_asked_for_is_said(desk):
    for number in range(3):
        await desk.client(f"王小{number}")
    found = (await desk.http.get("/v1/search?q=王小&limit=2")).json()
    assert (len(found["items"]), found["more"], found["searched"]) == (2, True, 3)
