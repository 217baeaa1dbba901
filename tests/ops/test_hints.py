"""Hints that say nothing true: heard once, and then the reader polls."""

import asyncio
import contextlib
from uuid import uuid4

import asyncpg
import pytest

from ops.postgres.event_log import PostgresEventLog
from ops.postgres.hints import CHANNEL
from ops.postgres.pool import Pool
from tests.ops.appends import append

pytestmark = pytest.mark.anyio


class CountingLog(PostgresEventLog):
    """Counts how often it is asked for a page, and for the head."""

    asked = 0

    async def read_journal(self, *args, **options):
        self.asked += 1
        return await super().read_journal(*args, **options)

    async def head(self, organisation):
        self.asked += 1
        return await super().head(organisation)


@pytest.fixture
async def log(database):
    async with Pool(database) as pool:
        log = CountingLog(pool, poll_seconds=30.0)
        yield log
        await log.close()


@pytest.fixture
async def anyone(database):
    connection = await asyncpg.connect(database)

    yield connection
    await connection.close()


async def notify(anyone, payload):
    await anyone.execute("SELECT pg_notify($1, $2)", CHANNEL, payload)


async def listening(anyone):
    for _ in range(200):
        found = await anyone.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'mingzhang hints'"
            " AND datname = current_database() AND query ILIKE 'LISTEN%' AND state = 'idle'"
        )
        if found:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nobody listens")


@pytest.mark.parametrize("position", (str(2**62), "99999999999999999999999999"))
async def test_a_forged_hint_wakes_a_tail_once_and_hides_no_true_one(log, anyone, position):
    organisation = uuid4()
    got = []

    async def follow():
        async for event in log.tail(organisation):
            got.append(event.position)  # noqa: PERF401 - it never ends

    task = asyncio.create_task(follow())
    await listening(anyone)
    await notify(anyone, f"{organisation}:{position}")
    await asyncio.sleep(0.3)
    assert log.asked == 2
    await log.append(append(organisation))
    for _ in range(100):
        if got:
            break
        await asyncio.sleep(0.02)
    assert got == [1]
    await asyncio.sleep(0.2)
    assert log.asked <= 4
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_a_forged_hint_does_not_make_a_waiting_read_ask_again_and_again(log, anyone):
    organisation = uuid4()
    waiting = asyncio.create_task(log.wait_for(organisation, 1, 1.0))
    await listening(anyone)
    await notify(anyone, f"{organisation}:7")
    assert await waiting is False
    assert log.asked <= 4


@pytest.mark.parametrize("payload", ("", "x", ":", "{}:x", "{}", "{}:" + "9" * 5000, "é:1"))
async def test_what_is_no_hint_is_passed_over(log, anyone, payload):
    organisation = uuid4()
    waiting = asyncio.create_task(log.wait_for(organisation, 1, 10.0))
    await listening(anyone)
    await notify(anyone, payload.format(organisation))
    await log.append(append(organisation))
    async with asyncio.timeout(3):
        assert await waiting is True


async def test_a_hint_that_came_while_the_page_was_handled_is_not_lost(log, anyone):
    organisation = uuid4()
    await log.append(append(organisation))
    tail = log.tail(organisation)
    assert (await anext(tail)).position == 1
    task = asyncio.create_task(anext(tail))
    await listening(anyone)
    await log.append(append(organisation))
    async with asyncio.timeout(3):
        assert (await task).position == 2
        # Recorded while nobody waits: the hint comes before the wait.
        await log.append(append(organisation))
        await asyncio.sleep(0.2)
        assert (await anext(tail)).position == 3
    await tail.aclose()
