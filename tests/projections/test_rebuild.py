"""Rebuilding a table beside the live one, on a real PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from projections.tables.balances import BALANCES
from projections.tables.caseload import CASELOAD
from projections.tables.definition import Poison
from projections.tables.generations import RebuildSuperseded
from projections.tables.runner import TableRunner
from tests.projections.tables import TABLES, borrower

pytestmark = pytest.mark.anyio


async def stored_generations(office, table):
    rows = await office.fetch(
        f"SELECT DISTINCT generation FROM mingzhang.{table.name} WHERE organisation = $1"
    )
    return {row["generation"] for row in rows}


@pytest.fixture
async def cases(office):
    cases = [borrower(n) for n in range(6)]
    await office.take_in(*cases)
    await office.caught_up()
    return cases


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
async def test_a_rebuild_finds_the_live_table_right_and_takes_its_place(office, cases, table):
    before, said = await office.rows(table), []

    report = await office.runner().rebuild(office.organisation, table.name, said.append)

    assert (report.is_compared, report.same, report.differing) == (True, 6, ())
    assert (report.cases, report.rows, report.generation) == (6, 6, 2)
    assert report.events == report.position == (await office.lag())[table.name].head
    assert await office.rows(table) == before
    assert await stored_generations(office, table) == {2}
    assert (said[-1].cases, said[-1].of_cases) == (6, 6)


async def test_a_row_that_was_changed_by_hand_is_reported_and_put_right(office, cases):
    right = await office.rows(BALANCES)
    victim = cases[2].case_id
    await office.fetch(
        "UPDATE mingzhang.balances SET owed_minor = 1 WHERE organisation = $1 AND case_id = $2",
        victim,
    )
    report = await office.runner().rebuild(office.organisation, "balances")
    assert (report.differing, report.same) == ((victim,), 5)
    assert await office.rows(BALANCES) == right


async def test_a_row_that_is_missing_and_one_too_many_are_reported(office, cases):
    gone, ghost = cases[0].case_id, borrower(99).case_id
    await office.fetch(
        "DELETE FROM mingzhang.caseload WHERE organisation = $1 AND case_id = $2", gone
    )
    await office.fetch(
        "UPDATE mingzhang.caseload SET case_id = $2 WHERE organisation = $1 AND case_id = $3",
        *(ghost, cases[1].case_id),
    )
    report = await office.runner().rebuild(office.organisation, "caseload")
    assert set(report.differing) == {gone, ghost, cases[1].case_id}
    assert {row[0] for row in await office.rows(CASELOAD)} == {case.case_id for case in cases}


async def test_yesterdays_rows_are_compared_on_yesterday_and_then_brought_up(office, cases):
    await office.fetch(
        "UPDATE mingzhang.balances SET paid_minor = 7 WHERE organisation = $1 AND case_id = $2",
        cases[0].case_id,
    )
    office.today = date(2026, 4, 2)
    report = await office.runner().rebuild(office.organisation, "balances")
    assert report.differing == (cases[0].case_id,)
    page = await office.reader.balances(office.organisation)
    assert {page.as_of, *(row.as_of for row in page.items)} == {office.today}


class BusyLog:
    """The log of an office in which somebody records a case whenever a stream is first read."""

    def __init__(self, office, case):
        self.office, self.case = office, case

    def __getattr__(self, name):
        return getattr(self.office.log, name)

    async def read_stream(self, *arguments, **options):
        if self.case is not None:
            case, self.case = self.case, None
            await self.office.take_in(case)
            await self.office.caught_up()
        return await self.office.log.read_stream(*arguments, **options)


async def test_what_is_recorded_meanwhile_is_in_the_new_table(office, cases):
    late = borrower(50)
    log = BusyLog(office, late)
    runner = TableRunner(log, office.pool, TABLES, today=lambda: office.today)

    report = await runner.rebuild(office.organisation, "balances")

    assert (report.cases, report.differing) == (7, ())
    assert report.position == (await office.log.head(office.organisation)).position
    assert {row[0] for row in await office.rows(BALANCES)} == {
        case.case_id for case in (*cases, late)
    }


async def test_an_interrupted_rebuild_leaves_the_live_table_and_can_be_begun_again(office, cases):
    before = await office.rows(BALANCES)

    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await office.runner().rebuild(office.organisation, "balances", interrupt)

    assert await stored_generations(office, BALANCES) == {1, 2}
    assert await office.rows(BALANCES) == before
    assert (await office.lag())["balances"].generation == 1
    report = await office.runner().rebuild(office.organisation, "balances")
    assert (report.differing, report.generation) == ((), 3)
    assert await stored_generations(office, BALANCES) == {3}


async def test_of_two_rebuilds_at_once_one_says_that_it_gave_way(office, cases):
    runner, inner = office.runner(), []

    def begin_another(_):
        if not inner:
            inner.append(
                asyncio.create_task(office.runner().rebuild(office.organisation, "balances"))
            )

    results = await asyncio.gather(
        runner.rebuild(office.organisation, "balances", begin_another), return_exceptions=True
    )
    results += await asyncio.gather(*inner, return_exceptions=True)
    done = [result for result in results if not isinstance(result, BaseException)]
    gave_way = [result for result in results if isinstance(result, RebuildSuperseded)]
    assert done
    assert len(done) + len(gave_way) == 2
    assert await stored_generations(office, BALANCES) == {
        (await office.lag())["balances"].generation
    }


async def test_a_new_version_is_built_to_the_end_and_not_compared(office, cases):
    newer = replace(BALANCES, version=2)
    runner = office.runner((CASELOAD, newer))
    await office.caught_up(runner)
    assert (await office.lag())["balances"].state == "stopped"
    await office.take_in(borrower(8))

    report = await runner.rebuild(office.organisation, "balances")

    lag = (await office.lag())["balances"]
    assert (report.is_compared, report.version, report.cases) == (False, 2, 7)
    assert (lag.state, lag.version, lag.behind, lag.error) == ("running", 2, 0, None)


async def test_a_rebuild_where_nothing_was_ever_made(office):
    await office.take_in(borrower(1), borrower(2))
    report = await office.runner().rebuild(office.organisation, "caseload")
    assert (report.is_compared, report.cases, report.rows) == (False, 2, 2)
    assert (await office.lag())["caseload"].behind == 0


async def test_a_rebuild_of_nothing(office):
    report = await office.runner().rebuild(office.organisation, "caseload")
    assert (report.cases, report.rows, report.events) == (0, 0, 0)


async def test_a_rebuild_does_not_get_past_what_it_cannot_read(office, cases):
    await office.poison(cases[0])
    await office.caught_up()
    before = await office.rows(BALANCES)
    with pytest.raises(Poison, match="ValidationError"):
        await office.runner((replace(BALANCES, version=2),)).rebuild(
            office.organisation, "balances"
        )
    assert await office.rows(BALANCES) == before
    assert (await office.lag())["balances"].state == "stopped"


async def test_a_stopped_table_is_rebuilt_to_where_it_stopped_and_tries_again(office, cases):
    position = await office.poison(cases[0])
    await office.caught_up()
    report = await office.runner().rebuild(office.organisation, "balances")
    assert (report.differing, report.position) == ((), position - 1)
    assert (await office.lag())["balances"].state == "running"
    await office.caught_up()
    assert (await office.lag())["balances"].state == "stopped"
