"""What the seal is kept in, as the sealer and the proofs see it.

Implementations: `postgres_store.py`, and `memory_store.py` for unit tests.
"""

from collections.abc import Sequence
from typing import Final, Protocol, TypeAlias
from uuid import UUID

import msgspec

from domain.seal import SealedCheckpoint

STORED_BITS: Final = 8
"""Nodes are kept at every eighth level: roots of 256, 65536, ... leaves."""

Ranges: TypeAlias = Sequence[tuple[int, int]]
"""Indexes, from the first of each pair to before the second."""


class StoredNode(msgspec.Struct, frozen=True):
    """The root of a complete subtree of 2**level leaves."""

    level: int
    index: int
    hash: bytes


class TreeSource(Protocol):
    """Where subtrees come from. What is not there is left out of the answers."""

    async def leaves(self, organisation: UUID, ranges: Ranges) -> dict[int, bytes]:
        """Leaves as stored with the events, by index: an event's position less one."""
        ...

    async def nodes(self, organisation: UUID, level: int, ranges: Ranges) -> dict[int, bytes]:
        """Kept nodes of one level, by index."""
        ...


class SealStore(TreeSource, Protocol):
    """Checkpoints, nodes and stamps of every organisation. Each may raise LogUnavailable."""

    async def last(self, organisation: UUID) -> SealedCheckpoint | None:
        """The newest checkpoint."""
        ...

    async def at(self, organisation: UUID, size: int) -> SealedCheckpoint | None:
        """The checkpoint of exactly this size."""
        ...

    async def covering(self, organisation: UUID, position: int) -> SealedCheckpoint | None:
        """The first checkpoint of this size or more."""
        ...

    async def before(self, organisation: UUID, size: int) -> SealedCheckpoint | None:
        """The newest checkpoint of less than this size."""
        ...

    async def add(
        self,
        organisation: UUID,
        previous_size: int,
        checkpoint: SealedCheckpoint,
        nodes: Sequence[StoredNode],
    ) -> bool:
        """Keep all of it, or nothing and False where the newest is not of `previous_size`."""
        ...

    async def stamp(self, organisation: UUID, size: int) -> bytes | None:
        """The stamp of this checkpoint."""
        ...

    async def add_stamp(self, organisation: UUID, size: int, token: bytes) -> None:
        """Keep a stamp; nothing happens where there is one."""
        ...
