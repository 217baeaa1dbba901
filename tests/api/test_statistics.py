"""Statistics over HTTP: the same figures as JSON and as a workbook, without anybody in them."""

import io
import zipfile

import pytest

from tests.api.desk import assert_problem, disbursed, payment

pytestmark = pytest.mark.anyio

YEAR = "from=2025-01-01&to=2025-12-31"


async def _three_cases(desk):
    for name in ("王小明", "李雷", "韩梅梅"):
        answer = await desk.http.post("/v1/clients", json={"name": name})
        case_id = (
            await desk.http.post(
                "/v1/cases",
                json={"client_id": answer.json()["client_id"], "opened_on": "2025-01-05"},
            )
        ).json()["case_id"]
        loan = await desk.loan(case_id, lender="=HYPERLINK(1)")
        await desk.post(case_id, "disbursements", disbursed(loan))
        await desk.post(case_id, "payments", payment(loan, "100.10"))


def _lines(found, group):
    (of_group,) = [each for each in found["groups"] if each["group"] == group]
    return {line["code"]: line for line in of_group["lines"]}


async def test_what_was_done_in_a_year(ruled):
    await _three_cases(ruled)
    answer = await ruled.http.get(f"/v1/statistics?{YEAR}&suppress=false")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["cases"], found["pack"] is not None) == (3, True)
    assert _lines(found, "cases")["open-at-end"]["count"] == 3
    money = _lines(found, "money")
    assert money["paid-in-period"]["amount"] == {"amount": "300.30", "currency": "CNY"}
    assert money["owed-at-end"]["amount"] == {"amount": "29699.70", "currency": "CNY"}
    hidden = (await ruled.http.get(f"/v1/statistics?{YEAR}")).json()
    assert _lines(hidden, "money")["owed-at-end"]["amount"] is None
    again = f"/v1/statistics?{YEAR}&known_at={found['position']}&suppress=false"
    await ruled.case(opened_on="2025-02-01")
    assert (await ruled.http.get(again)).content == answer.content


async def test_the_workbook_holds_the_same_and_no_formula(ruled):
    await _three_cases(ruled)
    path = f"/v1/statistics/workbook?{YEAR}&suppress=false"
    answer = await ruled.http.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/vnd.openxml")
    assert (
        'filename="statistics-2025-01-01-2025-12-31.xlsx"' in answer.headers["content-disposition"]
    )
    assert (await ruled.http.get(path)).content == answer.content
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert book.testzip() is None
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = "".join(book.read(name).decode() for name in book.namelist())
    assert "<v>300.3</v>" in sheet
    assert "<f>" not in texts
    assert "王小明" not in texts


async def test_a_period_that_ends_before_it_begins_is_refused(ruled):
    answer = await ruled.http.get("/v1/statistics?from=2025-02-01&to=2025-01-31")
    assert_problem(answer, 422, "invalid-input", "to")


async def test_without_days_it_is_the_year_so_far(ruled):
    found = (await ruled.http.get("/v1/statistics")).json()
    assert found["first_day"] == f"{found['last_day'][:4]}-01-01"
