"""The seal in memory keeps the contract."""

import pytest

from ops.memory_log import MemoryEventLog
from ops.sealing.memory_store import MemorySealStore
from ops.sealing.sealer import Sealer
from tests.ops.sealing.seal_contract import KEY, SealContract, grow, organisation, proofs, sealer

__all__ = ["organisation", "proofs", "sealer"]


@pytest.fixture
def log():
    return MemoryEventLog()


@pytest.fixture
def store(log):
    return MemorySealStore(log)


class TestMemorySeal(SealContract):
    pass


@pytest.mark.anyio
async def test_a_rush_of_events_is_not_chased(log, organisation):
    """Given events that come while each checkpoint is made, sealing ends where it was asked to."""

    class Rush(MemorySealStore):
        added = 0

        async def add(self, *args):
            self.added += 1
            assert self.added < 10, "it runs after the journal's end for ever"
            done = await super().add(*args)
            await grow(log, organisation, 5)
            return done

    store = Rush(log)
    await grow(log, organisation, 20)
    asked_at = (await log.head(organisation)).position
    sealed = await Sealer(log, store, KEY).seal(organisation)
    assert sealed.size >= asked_at
    assert store.added == 1
    assert (await log.head(organisation)).position > sealed.size
