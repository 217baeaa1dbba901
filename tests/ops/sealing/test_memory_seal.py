"""The seal in memory keeps the contract."""

import pytest

from ops.memory_log import MemoryEventLog
from ops.sealing.memory_store import MemorySealStore
from tests.ops.sealing.seal_contract import SealContract, organisation, proofs, sealer

__all__ = ["organisation", "proofs", "sealer"]


@pytest.fixture
def log():
    return MemoryEventLog()


@pytest.fixture
def store(log):
    return MemorySealStore(log)


class TestMemorySeal(SealContract):
    pass
