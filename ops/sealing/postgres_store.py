"""The seal in PostgreSQL: `ops/postgres/migrations/0005_seal.sql`."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from domain.seal import SealedCheckpoint
from ops.postgres.pool import Pool
from ops.sealing.store import Ranges, StoredNode

_CHECKPOINT: Final = "SELECT size, note FROM mingzhang.checkpoints WHERE organisation = $1"
_LAST: Final = f"{_CHECKPOINT} ORDER BY size DESC LIMIT 1"
_AT: Final = f"{_CHECKPOINT} AND size = $2"
_COVERING: Final = f"{_CHECKPOINT} AND size >= $2 ORDER BY size LIMIT 1"
_BEFORE: Final = f"{_CHECKPOINT} AND size < $2 ORDER BY size DESC LIMIT 1"
_ADD: Final = """
SELECT mingzhang.add_checkpoint(
    $1::uuid, $2::bigint, $3::bigint, $4::text, $5::integer[], $6::bigint[], $7::bytea[])
"""
# LATERAL, so that each range is one walk along the primary key.
_LEAVES: Final = """
SELECT e.position - 1 AS index, e.leaf AS hash
FROM unnest($2::bigint[], $3::bigint[]) AS r(low, high), LATERAL (
    SELECT position, leaf FROM mingzhang.events
    WHERE organisation = $1 AND position > r.low AND position <= r.high
    ORDER BY position LIMIT r.high - r.low
) AS e
"""
_NODES: Final = """
SELECT n.index, n.hash
FROM unnest($2::bigint[], $3::bigint[]) AS r(low, high), LATERAL (
    SELECT index, hash FROM mingzhang.tree_nodes
    WHERE organisation = $1 AND level = $4 AND index >= r.low AND index < r.high
    ORDER BY index LIMIT r.high - r.low
) AS n
"""
_STAMP: Final = "SELECT token FROM mingzhang.stamps WHERE organisation = $1 AND size = $2"
_ADD_STAMP: Final = """
INSERT INTO mingzhang.stamps (organisation, size, token) VALUES ($1, $2, $3)
ON CONFLICT (organisation, size) DO NOTHING
"""


class PostgresSealStore:
    """`ops.sealing.store.SealStore` on a pool."""

    def __init__(self, pool: Pool) -> None:
        """The pool stays the caller's."""
        self._pool = pool

    async def last(self, organisation: UUID) -> SealedCheckpoint | None:
        """See `SealStore.last`."""
        return await self._checkpoint(organisation, _LAST)

    async def at(self, organisation: UUID, size: int) -> SealedCheckpoint | None:
        """See `SealStore.at`."""
        return await self._checkpoint(organisation, _AT, size)

    async def covering(self, organisation: UUID, position: int) -> SealedCheckpoint | None:
        """See `SealStore.covering`."""
        return await self._checkpoint(organisation, _COVERING, position)

    async def before(self, organisation: UUID, size: int) -> SealedCheckpoint | None:
        """See `SealStore.before`."""
        return await self._checkpoint(organisation, _BEFORE, size)

    async def leaves(self, organisation: UUID, ranges: Ranges) -> dict[int, bytes]:
        """See `TreeSource.leaves`."""
        return await self._hashes(organisation, _LEAVES, ranges)

    async def nodes(self, organisation: UUID, level: int, ranges: Ranges) -> dict[int, bytes]:
        """See `TreeSource.nodes`."""
        return await self._hashes(organisation, _NODES, ranges, level)

    async def add(
        self,
        organisation: UUID,
        previous_size: int,
        checkpoint: SealedCheckpoint,
        nodes: Sequence[StoredNode],
    ) -> bool:
        """See `SealStore.add`: one call of one function."""
        async with self._pool.acquire(organisation) as connection:
            return bool(
                await connection.fetchval(
                    _ADD,
                    *(organisation, previous_size, checkpoint.size, checkpoint.note),
                    [node.level for node in nodes],
                    [node.index for node in nodes],
                    [node.hash for node in nodes],
                )
            )

    async def stamp(self, organisation: UUID, size: int) -> bytes | None:
        """See `SealStore.stamp`."""
        async with self._pool.acquire(organisation) as connection:
            token: bytes | None = await connection.fetchval(_STAMP, organisation, size)
        return token

    async def add_stamp(self, organisation: UUID, size: int, token: bytes) -> None:
        """See `SealStore.add_stamp`."""
        async with self._pool.acquire(organisation) as connection:
            await connection.execute(_ADD_STAMP, organisation, size, token)

    async def _checkpoint(
        self, organisation: UUID, statement: str, *args: int
    ) -> SealedCheckpoint | None:
        async with self._pool.acquire(organisation) as connection:
            row = await connection.fetchrow(statement, organisation, *args)
        return None if row is None else SealedCheckpoint(size=row["size"], note=row["note"])

    async def _hashes(
        self, organisation: UUID, statement: str, ranges: Ranges, *args: Any
    ) -> dict[int, bytes]:
        lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
        async with self._pool.acquire(organisation) as connection:
            rows = await connection.fetch(statement, organisation, lows, highs, *args)
        return {row["index"]: row["hash"] for row in rows}
