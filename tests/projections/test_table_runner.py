"""The runner keeps the tables up with the journal, on a real PostgreSQL."""

import asyncio
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from domain.log import LogUnavailable
from projections.tables.balances import BALANCES
from projections.tables.caseload import CASELOAD
from projections.tables.definition import CaseTable
from projections.tables.runner import TableRunner
from tests.histories import said
from tests.projections.tables import TABLES, assert_right, borrower

pytestmark = pytest.mark.anyio


async def test_every_case_gets_its_rows(office):
    cases = [borrower(n) for n in range(7)]
    head = await office.take_in(*cases)

    await office.caught_up()

    await assert_right(office, *cases)
    assert {lag.position for lag in (await office.lag()).values()} == {head}


async def test_the_batch_size_makes_no_difference(office):
    cases = [borrower(n) for n in range(4)]
    await office.take_in(*cases)
    await office.caught_up(office.runner(batch_events=5))
    await assert_right(office, *cases)


async def test_what_is_recorded_later_replaces_the_cases_rows(office):
    case, other = borrower(1), borrower(2)
    await office.take_in(case, other)
    await office.caught_up()
    recorded = len(case.events())
    second = case.loan("2025-06-01", "2000.00", lender="Another")
    case.disbursed("2025-06-01", second, "2000.00")
    await office.take_in(case, skip=recorded)
    await office.caught_up()
    await assert_right(office, case, other)


async def test_another_organisations_cases_are_not_seen(office):
    await office.take_in(borrower(1))
    await office.caught_up()
    first, office.organisation = office.organisation, uuid4()
    await office.take_in(borrower(2))
    await office.caught_up()
    assert len(await office.rows(CASELOAD)) == 1
    office.organisation = first
    assert len(await office.rows(CASELOAD)) == 1


async def test_no_personal_value_is_in_any_row(office):
    case = borrower(1)
    case.contact("2026-03-01T10:00:00+08:00", summary=said("told Wang's mother"))
    case.note("2026-03-02", "told Wang's mother")
    await office.take_in(case)
    await office.caught_up()
    stored = str(await office.rows(CASELOAD)) + str(await office.rows(BALANCES))
    assert "Wang" not in stored


async def test_two_runners_at_once_apply_every_batch_once(office):
    cases = [borrower(n) for n in range(12)]
    await office.take_in(*cases)
    runners = [office.runner(batch_events=7) for _ in range(3)]
    tasks = [asyncio.create_task(runner.run(office.organisation)) for runner in runners]
    head = (await office.log.head(office.organisation)).position
    for name in ("caseload", "balances"):
        assert await office.reader.wait_for(office.organisation, name, head, 20)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    await assert_right(office, *cases)


async def test_a_batch_that_another_runner_took_is_not_written_again(office):
    await office.take_in(borrower(1))
    slow = office.runner()
    held = await slow._running(office.organisation)
    work = await slow._writer.work(
        office.organisation, held, [borrower(1).case_id], 3, office.today
    )
    await office.caught_up()
    before = await office.rows(CASELOAD)
    assert not await slow._writer.write(office.organisation, held[0], work)
    assert await office.rows(CASELOAD) == before


class Crash(BaseException):
    """The process ends here."""


class Crashing(CaseTable):
    """Crashes inside the transaction: the checkpoint is moved, the rows are not there yet."""

    @property
    def delete_cases(self):
        raise Crash


async def test_a_crash_between_batches_loses_and_repeats_nothing(office):
    cases = [borrower(n) for n in range(3)]
    await office.take_in(*cases)
    assert await office.runner(batch_events=6).run_once(office.organisation) == 6
    crashing = tuple(Crashing(**vars(table)) for table in TABLES)

    with pytest.raises(Crash):
        await office.runner(crashing, batch_events=6).run_once(office.organisation)

    assert {lag.position for lag in (await office.lag()).values()} == {6}
    await office.caught_up(office.runner(batch_events=6))
    await assert_right(office, *cases)


async def test_following_the_journal_until_cancelled(office):
    task = asyncio.create_task(office.runner().run(office.organisation))
    position = 0
    for number in range(4):
        position = await office.take_in(borrower(number))
    assert await office.reader.wait_for(office.organisation, "balances", position, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


class Flaky:
    """Connections of which some of the first cannot be had."""

    def __init__(self, pool, refused):
        self.pool, self.refused, self.asked = pool, refused, 0

    @asynccontextmanager
    async def acquire(self, organisation):
        self.asked += 1
        if self.asked in self.refused:
            raise LogUnavailable("gone")
        async with self.pool.acquire(organisation) as connection:
            yield connection


async def test_a_lost_server_is_waited_for(office):
    position = await office.take_in(borrower(1))
    flaky = Flaky(office.pool, {1, 3, 6, 9, 12})
    runner = TableRunner(office.log, flaky, TABLES, today=lambda: office.today, pause_seconds=0.001)
    task = asyncio.create_task(runner.run(office.organisation))
    for name in ("caseload", "balances"):
        assert await office.reader.wait_for(office.organisation, name, position, 10)
    task.cancel()
    await asyncio.wait([task])
    await assert_right(office, borrower(1))
