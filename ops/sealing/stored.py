"""The stored journal as the verifier reads it: every table that says something about events.

Over a pool, or over one connection: then inside its transaction, with all that is not committed.
"""

from collections.abc import Awaitable, Callable, Iterator
from itertools import groupby
from typing import Any, Final, TypeAlias
from uuid import UUID

from domain.log import Head, StoredEvent
from domain.seal import SealedCheckpoint
from ops.postgres.pool import Pool
from ops.postgres.statements import HEAD, JOURNAL_PAGE

Fetch: TypeAlias = Callable[..., Awaitable[list[Any]]]
"""The rows of a statement, given its arguments."""

_CHECKPOINTS: Final = """
SELECT size, note FROM mingzhang.checkpoints
WHERE organisation = $1 AND size > $2 AND size <= $3 ORDER BY size
"""
_BEYOND: Final = """
SELECT size, note FROM mingzhang.checkpoints WHERE organisation = $1 AND size > $2
ORDER BY size LIMIT 1
"""
_SEALED: Final = "SELECT max(size) AS size FROM mingzhang.checkpoints WHERE organisation = $1"
_STREAM_HEADS: Final = """
SELECT stream, version, leaf FROM mingzhang.stream_heads
WHERE organisation = $1 AND stream > $2 ORDER BY stream LIMIT $3
"""
_OF_STREAM: Final = """
SELECT position, leaf FROM mingzhang.events
WHERE organisation = $1 AND stream = $2 AND version = $3
"""
_NODE_BEYOND: Final = """
SELECT level, index FROM mingzhang.tree_nodes
WHERE organisation = $1 AND (index + 1) << level > $2 ORDER BY level, index LIMIT 1
"""
_NODES: Final = """
SELECT level, index, hash FROM mingzhang.tree_nodes
WHERE organisation = $1 AND level = $2 AND index >= $3 AND index <= $4
"""


class StoredJournal:
    """One organisation's journal, seal and heads, in pages."""

    def __init__(self, organisation: UUID, fetch: Fetch) -> None:
        """See `of_pool` and `of_connection`."""
        self.organisation = organisation
        self._fetch = fetch

    @classmethod
    def of_pool(cls, pool: Pool, organisation: UUID) -> "StoredJournal":
        """Each page read on a connection of its own, as the application sees it."""

        async def fetch(statement: str, *args: Any) -> list[Any]:
            async with pool.acquire(organisation) as connection:
                rows: list[Any] = await connection.fetch(statement, organisation, *args)
                return rows

        return cls(organisation, fetch)

    @classmethod
    def of_connection(cls, connection: Any, organisation: UUID) -> "StoredJournal":
        """Everything read on this asyncpg connection."""

        async def fetch(statement: str, *args: Any) -> list[Any]:
            rows: list[Any] = await connection.fetch(statement, organisation, *args)
            return rows

        return cls(organisation, fetch)

    async def events(self, after: int, up_to: int, limit: int) -> list[StoredEvent]:
        """Events in position order."""
        return [StoredEvent(*row) for row in await self._fetch(JOURNAL_PAGE, after, up_to, limit)]

    async def head(self) -> Head:
        """Where the journal says it ends."""
        rows = await self._fetch(HEAD)
        return Head(**rows[0]) if rows else Head(position=0, recorded_at=None)

    async def checkpoints(self, above: int, up_to: int) -> list[SealedCheckpoint]:
        """Checkpoints by size."""
        return [_checkpoint(row) for row in await self._fetch(_CHECKPOINTS, above, up_to)]

    async def checkpoint_beyond(self, size: int) -> SealedCheckpoint | None:
        """The first checkpoint above this size."""
        rows = await self._fetch(_BEYOND, size)
        return _checkpoint(rows[0]) if rows else None

    async def sealed_size(self) -> int:
        """Size of the newest checkpoint; 0 when there is none."""
        (row,) = await self._fetch(_SEALED)
        return row["size"] or 0

    async def stream_heads(self, after: UUID, limit: int) -> list[tuple[UUID, int, bytes]]:
        """Stream, version and leaf, in the order of streams."""
        return [tuple(row) for row in await self._fetch(_STREAM_HEADS, after, limit)]

    async def of_stream(self, stream: UUID, version: int) -> tuple[int, bytes] | None:
        """Position and leaf of one event of a stream."""
        rows = await self._fetch(_OF_STREAM, stream, version)
        return tuple(rows[0]) if rows else None

    async def node_beyond(self, size: int) -> tuple[int, int] | None:
        """Level and index of a node over leaves that a tree of this size does not have."""
        rows = await self._fetch(_NODE_BEYOND, size)
        return tuple(rows[0]) if rows else None

    async def nodes(self, wanted: list[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        """Kept nodes by level and index; those of each level have to be consecutive."""
        found: dict[tuple[int, int], bytes] = {}
        for level, low, high in _spans(wanted):
            rows = await self._fetch(_NODES, level, low, high)
            found |= {(row["level"], row["index"]): row["hash"] for row in rows}
        return found


def _checkpoint(row: Any) -> SealedCheckpoint:
    return SealedCheckpoint(size=row["size"], note=row["note"])


def _spans(nodes: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    for level, group in groupby(sorted(nodes), key=lambda node: node[0]):
        indexes = [index for _, index in group]
        yield level, indexes[0], indexes[-1]
