"""Eight writers and a tailing reader: nothing missed, no gap, no position twice."""

import asyncio
import time
from itertools import pairwise
from uuid import uuid4

import pytest

from domain.log import VersionConflict
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool
from tests.ops.appends import append, event, write

WRITERS = 8
SECONDS = 3.0


@pytest.fixture
async def logs(database):
    """Two logs, as two processes have them: one to write, one to read."""
    async with Pool(database, max_size=WRITERS) as writing, Pool(database) as reading:
        logs = PostgresEventLog(writing), PostgresEventLog(reading)
        yield logs
        for log in logs:
            await log.close()


async def write_until(log, organisation, deadline, shared):
    """Append to streams of its own and, now and then, to one that all fight for."""
    own, version, recorded, conflicts = uuid4(), 0, [], 0
    while time.monotonic() < deadline:
        done = await log.append(append(organisation, write(own, version, event(), event())))
        version += 2
        recorded += done.events
        if version % 10 == 0:
            stands = (await log.read_stream(organisation, shared))[-1:]
            expected = stands[0].version if stands else 0
            try:
                done = await log.append(append(organisation, write(shared, expected)))
                recorded += done.events
            except VersionConflict:
                conflicts += 1
    return recorded, conflicts


async def read_until(log, organisation, seen, stop):
    tail = log.tail(organisation)
    while not (stop.done() and len(seen) >= stop.result()):
        seen.append(await asyncio.wait_for(anext(tail), 10))
    await tail.aclose()


@pytest.mark.anyio
async def test_eight_writers_and_a_reader_that_follows(logs, capsys, server_kind):
    writing, reading = logs
    organisation, other, shared = uuid4(), uuid4(), uuid4()
    seen, stop = [], asyncio.get_running_loop().create_future()
    reader = asyncio.create_task(read_until(reading, organisation, seen, stop))
    deadline = time.monotonic() + SECONDS
    noise = asyncio.create_task(write_until(writing, other, deadline, uuid4()))
    results = await asyncio.gather(
        *(write_until(writing, organisation, deadline, shared) for _ in range(WRITERS))
    )
    await noise
    recorded = sorted(
        (one for events, _ in results for one in events), key=lambda one: one.position
    )
    stop.set_result(len(recorded))
    await reader
    assert [one.position for one in recorded] == list(range(1, len(recorded) + 1))
    assert seen == recorded
    assert all(a.recorded_at < b.recorded_at for a, b in pairwise(seen))
    assert all(one.is_intact() for one in seen)
    conflicts = sum(conflicts for _, conflicts in results)
    with capsys.disabled():
        rate = len(seen) / SECONDS
        print(f"\n{server_kind}: {rate:.0f} events/s by {WRITERS}, {conflicts} conflicts")
