"""Figures that move with the calendar, on a real PostgreSQL."""

import asyncio
from datetime import date

import pytest

from domain.cases.lending import Terms
from projections.tables.balances import NOT_BEGUN
from tests.histories import CaseFile, cny, due
from tests.projections.tables import TODAY, assert_right, borrower

pytestmark = pytest.mark.anyio


def late_payer():
    case = CaseFile("late payer")
    terms = Terms(schedule=due(("2026-03-01", "100.00"), ("2026-05-01", "100.00")))
    loan = case.loan("2026-01-10", "200.00", terms=terms)
    case.disbursed("2026-01-10", loan, "200.00")
    case.payment("2026-03-01", loan, "100.00")
    return case


async def test_figures_move_with_the_calendar_though_nothing_was_recorded(office):
    case = late_payer()
    await office.take_in(case)
    await office.caught_up()
    (before,) = (await office.reader.caseload(office.organisation)).items
    assert (before.overdue, before.next_due_on, before.as_of) == (False, date(2026, 5, 1), TODAY)

    office.today = date(2026, 5, 2)
    assert await office.runner().refresh(office.organisation, office.today) == 3

    page = await office.reader.caseload(office.organisation)
    (after,) = page.items
    assert (after.overdue, after.next_due_on, after.as_of) == (True, None, office.today)
    assert page.as_of == office.today
    (balance,) = (await office.reader.balances(office.organisation)).items
    assert (balance.arrears, balance.as_of) == (cny("100.00"), office.today)
    assert await office.runner().refresh(office.organisation, office.today) == 0


async def test_a_loan_of_tomorrow_is_not_lost_when_tomorrow_comes(office):
    """Taken where it is tomorrow already: Kiritimati is six hours ahead of Shanghai."""
    case = CaseFile("ahead")
    loan = case.loan("2026-04-02", "200.00")
    case.disbursed("2026-04-02", loan, "200.00")
    await office.take_in(case)
    await office.caught_up()
    (row,) = (await office.reader.balances(office.organisation)).items
    assert (row.owed, row.unknown, row.as_of) == (None, NOT_BEGUN, TODAY)

    office.today = date(2026, 4, 2)
    await office.runner().refresh(office.organisation, office.today)

    (row,) = (await office.reader.balances(office.organisation)).items
    assert (row.loan_id, row.owed, row.as_of) == (loan, cny("200.00"), office.today)
    await assert_right(office, case)


async def test_the_day_that_begins_while_following_is_noticed(office):
    position = await office.take_in(late_payer())
    task = asyncio.create_task(office.runner(poll_seconds=0.02).run(office.organisation))
    assert await office.reader.wait_for(office.organisation, "caseload", position, 10)
    office.today = date(2026, 5, 2)
    for _ in range(500):
        page = await office.reader.caseload(office.organisation)
        if page.as_of == office.today:
            break
        await asyncio.sleep(0.02)
    assert page.items[0].as_of == office.today
    task.cancel()
    await asyncio.wait([task])


async def test_a_table_that_was_resumed_while_following_is_brought_to_the_day(office):
    position = await office.take_in(late_payer())
    task = asyncio.create_task(office.runner(poll_seconds=0.02).run(office.organisation))
    assert await office.reader.wait_for(office.organisation, "balances", position, 10)
    await office.fetch(
        "UPDATE mingzhang.projections SET state = 'stopped', error = 'x'"
        " WHERE organisation = $1 AND name = 'balances'"
    )
    office.today = date(2026, 5, 2)
    await days(office, {"balances": TODAY, "caseload": office.today, "deadlines": office.today})
    assert await office.runner().fault(office.organisation, "balances") == "x"
    assert await office.runner().resume(office.organisation, "balances")
    await days(office, dict.fromkeys(("caseload", "balances", "deadlines"), office.today))
    assert await office.runner().fault(office.organisation, "balances") is None
    (row,) = (await office.reader.balances(office.organisation)).items
    assert row.as_of == office.today
    task.cancel()
    await asyncio.wait([task])


async def days(office, wanted):
    """Wait until the tables say that they are of these days."""
    for _ in range(500):
        found = {name: one.as_of for name, one in (await office.lag()).items()}
        if found == wanted:
            return
        await asyncio.sleep(0.02)
    assert found == wanted


async def test_a_refresh_over_many_pages_leaves_no_case_behind(office, monkeypatch):
    monkeypatch.setattr("projections.tables.runner.CASES_AT_ONCE", 3)
    cases = [borrower(n, payments=1) for n in range(8)]
    await office.take_in(*cases)
    await office.caught_up()
    office.today = date(2026, 4, 2)
    assert await office.runner().refresh(office.organisation, office.today, "balances") == 8
    assert {row.as_of for row in (await office.reader.balances(office.organisation)).items} == {
        office.today
    }
    await office.runner().refresh(office.organisation, office.today)
    await assert_right(office, *cases)
