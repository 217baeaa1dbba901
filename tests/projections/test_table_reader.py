"""Reading the tables by pages, with their date and how far they have come."""

import asyncio
from datetime import date
from uuid import UUID

import pytest

from projections.tables.pages import BadCursor
from projections.tables.reader import CasesAsked
from tests.histories import CaseFile, cny, opening
from tests.projections.tables import TODAY, borrower

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cases(office):
    cases = [
        CaseFile(
            f"case {n}",
            facts=(opening(f"2025-01-{n // 2 + 1:02d}", adviser="li" if n % 3 else "wang"),),
        )
        for n in range(9)
    ]
    cases[4].closed("2025-06-01")
    await office.take_in(*cases)
    await office.caught_up()
    return cases


async def test_a_page_says_its_date_position_and_state(office, cases):
    page = await office.reader.caseload(office.organisation)
    head = (await office.log.head(office.organisation)).position
    assert (page.as_of, page.position, page.state) == (TODAY, head, "running")
    assert (len(page.items), page.next_cursor) == (9, None)


async def test_pages_follow_each_other_those_opened_last_first(office, cases):
    seen, cursor = [], None
    while True:
        page = await office.reader.caseload(office.organisation, cursor=cursor, limit=2)
        seen += page.items
        cursor = page.next_cursor
        if cursor is None:
            break
    assert {row.case_id for row in seen} == {case.case_id for case in cases}
    assert len(seen) == 9
    keys = [(row.opened_on, row.case_id) for row in seen]
    assert keys == sorted(keys, reverse=True)


async def test_filters(office, cases):
    (closed,) = (
        await office.reader.caseload(office.organisation, CasesAsked(status="closed"))
    ).items
    assert (closed.case_id, closed.closed_on) == (cases[4].case_id, date(2025, 6, 1))
    assert closed.status == "closed"
    wangs = (await office.reader.caseload(office.organisation, CasesAsked(adviser="wang"))).items
    assert {row.case_id for row in wangs} == {cases[n].case_id for n in (0, 3, 6)}
    page = await office.reader.caseload(office.organisation, CasesAsked(adviser="nobody"))
    assert (page.items, page.as_of, page.next_cursor) == ((), TODAY, None)


async def test_balances_are_money_and_unknown_ones_say_why(office):
    case = CaseFile("two loans")
    known = case.loan("2025-01-10", "10000.00", lender="Kuaidai")
    case.disbursed("2025-01-10", known, "9000.00", withheld="1000.00")
    case.payment("2025-02-10", known, "500.00")
    case.payment("2025-03-10", known, "70.00", credited_on=None)
    unknown = case.loan("2025-02-10", "500.00", lender="Xiaodai")
    await office.take_in(case)
    await office.caught_up()

    page = await office.reader.balances(office.organisation, case_id=case.case_id)

    rows = {row.loan_id: row for row in page.items}
    assert rows[known].owed == cny("8500.00")
    assert (rows[known].paid, rows[known].pending) == (cny("500.00"), cny("70.00"))
    assert rows[unknown].owed is None
    assert "no disbursement is on record" in rows[unknown].unknown
    assert (rows[known].rules, rows[known].as_of) == ("as-recorded/1", TODAY)


async def test_balances_go_by_pages_too(office):
    await office.take_in(*[borrower(n, payments=1) for n in range(5)])
    await office.caught_up()
    first = await office.reader.balances(office.organisation, limit=3)
    second = await office.reader.balances(office.organisation, limit=3, cursor=first.next_cursor)
    ids = [row.case_id for row in (*first.items, *second.items)]
    assert ids == sorted(ids, key=lambda case_id: case_id.bytes)
    assert (len(ids), second.next_cursor) == (5, None)


@pytest.mark.parametrize("cursor", ("nonsense", "WzEsMl0", "é", "e30", "===="))
async def test_a_cursor_that_we_never_gave_is_refused(office, cursor):
    with pytest.raises(BadCursor):
        await office.reader.caseload(office.organisation, cursor=cursor)
    with pytest.raises(BadCursor):
        await office.reader.balances(office.organisation, cursor=cursor)


@pytest.mark.parametrize("limit", (0, -1, 201))
async def test_a_limit_out_of_bounds_is_refused(office, limit):
    with pytest.raises(ValueError, match="from 1 to 200"):
        await office.reader.caseload(office.organisation, limit=limit)


async def test_a_table_that_was_never_made(office):
    page = await office.reader.caseload(office.organisation)
    assert (page.items, page.state, page.as_of, page.position) == ((), "missing", None, 0)
    assert await office.reader.lag(office.organisation) == ()


async def test_waiting_until_the_table_has_come_so_far(office):
    position = await office.take_in(borrower(1))
    waiting = asyncio.create_task(
        office.reader.wait_for(office.organisation, "caseload", position, 5)
    )
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await office.caught_up()
    assert await waiting


async def test_waiting_in_vain_ends(office):
    position = await office.take_in(borrower(1))
    assert not await office.reader.wait_for(office.organisation, "caseload", position, 0.1)


async def test_nobody_waits_for_a_stopped_table(office):
    case = borrower(1)
    await office.take_in(case)
    position = await office.poison(case)
    await office.caught_up()
    begun = asyncio.get_running_loop().time()
    assert not await office.reader.wait_for(office.organisation, "caseload", position, 5)
    assert asyncio.get_running_loop().time() - begun < 1
    page = await office.reader.caseload(office.organisation)
    assert (page.state, page.position) == ("stopped", position - 1)


async def test_another_organisation_reads_nothing_of_it(office, cases):
    page = await office.reader.caseload(UUID(int=7))
    assert (page.items, page.state) == ((), "missing")
