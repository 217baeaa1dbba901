"""Calendar feeds in PostgreSQL: found by their secret, made, listed, revoked."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from api.feeds import StoredFeed
from ops.postgres.pool import Pool

_NOBODY: Final = UUID(int=0)
"""A feed is looked up before anyone knows whose it is: the session acts for no organisation."""

_COLUMNS: Final = StoredFeed.__struct_fields__
_ADD: Final = f"""
INSERT INTO mingzhang.calendar_feeds ({", ".join(_COLUMNS)})
VALUES ({", ".join(f"${number}" for number, _ in enumerate(_COLUMNS, 1))})
ON CONFLICT (organisation, feed_id) DO NOTHING
RETURNING feed_id
"""  # noqa: S608
_ONE: Final = "SELECT * FROM mingzhang.calendar_feeds WHERE organisation = $1 AND feed_id = $2"
# Equality of digests is left to an index: who could learn a digest from the time it takes would
# still have to find a text of 32 random bytes that has it.
_FIND: Final = "SELECT * FROM mingzhang.feed_by_secret($1)"
_SOME: Final = """
SELECT * FROM mingzhang.calendar_feeds
WHERE organisation = $1 AND ($2::text IS NULL OR adviser = $2)
    AND ($3::timestamptz IS NULL OR (made_at, feed_id) > ($3, $4::uuid))
ORDER BY made_at, feed_id LIMIT $5
"""
_REVOKE: Final = """
UPDATE mingzhang.calendar_feeds SET revoked_at = $3, revoked_by = $4
WHERE organisation = $1 AND feed_id = $2 AND revoked_at IS NULL
"""
_MARK_READ: Final = """
UPDATE mingzhang.calendar_feeds SET last_read_on = $3
WHERE organisation = $1 AND feed_id = $2 AND (last_read_on IS NULL OR last_read_on < $3)
"""


class PostgresFeedStore:
    """`api.feeds.FeedStore` on a pool."""

    def __init__(self, pool: Pool) -> None:
        """The pool stays the caller's."""
        self._pool = pool

    async def add(self, feed: StoredFeed) -> StoredFeed | None:
        """See `FeedStore.add`."""
        values = (getattr(feed, column) for column in _COLUMNS)
        async with self._pool.acquire(feed.organisation) as connection:
            if await connection.fetchval(_ADD, *values) is not None:
                return None
            return _feed(await connection.fetchrow(_ONE, feed.organisation, feed.feed_id))

    async def find(self, secret_sha256: bytes) -> StoredFeed | None:
        """See `FeedStore.find`."""
        async with self._pool.acquire(_NOBODY) as connection:
            row = await connection.fetchrow(_FIND, secret_sha256)
        return None if row is None else _feed(row)

    async def some(
        self,
        organisation: UUID,
        *,
        adviser: str | None,
        after: tuple[datetime, UUID] | None,
        limit: int,
    ) -> list[StoredFeed]:
        """See `FeedStore.some`."""
        made_at, feed_id = after or (None, None)
        async with self._pool.acquire(organisation) as connection:
            rows = await connection.fetch(_SOME, organisation, adviser, made_at, feed_id, limit)
        return [_feed(row) for row in rows]

    async def revoke(
        self, organisation: UUID, feed_id: UUID, by: str, now: datetime
    ) -> StoredFeed | None:
        """See `FeedStore.revoke`."""
        async with self._pool.acquire(organisation) as connection:
            await connection.execute(_REVOKE, organisation, feed_id, now, by)
            row = await connection.fetchrow(_ONE, organisation, feed_id)
        return None if row is None else _feed(row)

    async def mark_read(self, feed: StoredFeed, on: date) -> None:
        """See `FeedStore.mark_read`."""
        if feed.last_read_on is not None and feed.last_read_on >= on:
            return
        async with self._pool.acquire(feed.organisation) as connection:
            await connection.execute(_MARK_READ, feed.organisation, feed.feed_id, on)


def _feed(row: Any) -> StoredFeed:
    return msgspec.convert(dict(row), StoredFeed)
