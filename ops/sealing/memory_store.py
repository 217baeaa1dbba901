"""The seal in memory, beside a log: for unit tests, and for what runs without a database."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from domain.log import EventLog
from domain.seal import SealedCheckpoint
from ops.sealing.store import Ranges, StoredNode


class MemorySealStore:
    """`ops.sealing.store.SealStore`, held by this object and gone with it."""

    def __init__(self, log: EventLog) -> None:
        """Leaves are read from the log."""
        self._log = log
        self._checkpoints: dict[UUID, dict[int, SealedCheckpoint]] = defaultdict(dict)
        self._nodes: dict[tuple[UUID, int], dict[int, bytes]] = defaultdict(dict)
        self._stamps: dict[tuple[UUID, int], bytes] = {}

    async def last(self, organisation: UUID) -> SealedCheckpoint | None:
        """See `SealStore.last`."""
        return next(reversed(self._checkpoints[organisation].values()), None)

    async def at(self, organisation: UUID, size: int) -> SealedCheckpoint | None:
        """See `SealStore.at`."""
        return self._checkpoints[organisation].get(size)

    async def covering(self, organisation: UUID, position: int) -> SealedCheckpoint | None:
        """See `SealStore.covering`."""
        held = self._checkpoints[organisation].values()
        return next((one for one in held if one.size >= position), None)

    async def before(self, organisation: UUID, size: int) -> SealedCheckpoint | None:
        """See `SealStore.before`."""
        held = reversed(self._checkpoints[organisation].values())
        return next((one for one in held if one.size < size), None)

    async def leaves(self, organisation: UUID, ranges: Ranges) -> dict[int, bytes]:
        """See `TreeSource.leaves`."""
        found: dict[int, bytes] = {}
        for low, high in ranges:
            page = await self._log.read_journal(
                organisation, after_position=low, up_to_position=high
            )
            found |= {event.position - 1: event.leaf for event in page}
        return found

    async def nodes(self, organisation: UUID, level: int, ranges: Ranges) -> dict[int, bytes]:
        """See `TreeSource.nodes`."""
        held = self._nodes[organisation, level]
        wanted = (index for low, high in ranges for index in range(low, high))
        return {index: held[index] for index in wanted if index in held}

    async def add(
        self,
        organisation: UUID,
        previous_size: int,
        checkpoint: SealedCheckpoint,
        nodes: Sequence[StoredNode],
    ) -> bool:
        """See `SealStore.add`."""
        newest = await self.last(organisation)
        if (newest.size if newest else 0) != previous_size or checkpoint.size <= previous_size:
            return False
        self._checkpoints[organisation][checkpoint.size] = checkpoint
        for node in nodes:
            self._nodes[organisation, node.level][node.index] = node.hash
        return True

    async def stamp(self, organisation: UUID, size: int) -> bytes | None:
        """See `SealStore.stamp`."""
        return self._stamps.get((organisation, size))

    async def add_stamp(self, organisation: UUID, size: int, token: bytes) -> None:
        """See `SealStore.add_stamp`."""
        self._stamps.setdefault((organisation, size), token)
