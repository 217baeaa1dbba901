from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from ops.memory_log import MemoryEventLog
from tests.ops.appends import append, event, write
from tests.ops.log_contract import LogContract, organisation

__all__ = ["organisation"]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class TestMemoryEventLog(LogContract):
    @pytest.fixture
    def log(self):
        return MemoryEventLog()


def stuck() -> Callable[[], datetime]:
    return lambda: NOON


def going_back() -> Callable[[], datetime]:
    times = iter(NOON - timedelta(seconds=n) for n in range(100))
    return lambda: next(times)


@pytest.mark.anyio
@pytest.mark.parametrize("clock", (stuck(), going_back()), ids=("stuck", "going back"))
async def test_recorded_at_rises_whatever_the_clock_does(organisation, clock):
    log = MemoryEventLog(clock)
    for _ in range(3):
        await log.append(append(organisation, write(uuid4(), 0, event(), event())))
    times = [stored.recorded_at for stored in await log.read_journal(organisation)]
    assert times[0] == NOON
    assert all(b - a == timedelta(microseconds=1) for a, b in pairwise(times))


@pytest.mark.anyio
async def test_exported_events_are_read_without_a_database(organisation):
    log, case, other = MemoryEventLog(), uuid4(), uuid4()
    await log.append(append(organisation, write(case, 0), write(other, 0), write(case, 1)))
    exported = await log.read_stream(organisation, case)
    loaded = MemoryEventLog.load(reversed(exported))
    assert await loaded.read_stream(organisation, case) == exported
    assert [e.position for e in await loaded.read_journal(organisation)] == [1, 3]
    assert [e.position for e in await loaded.read_journal(organisation, after_position=2)] == [3]
    assert (await loaded.head(organisation)).position == 3
    assert await loaded.position_at(organisation, exported[0].recorded_at) == 1
    done = await loaded.append(append(organisation, write(case, 2)))
    assert (done.position, done.events[0].previous_leaf) == (4, exported[-1].leaf)
