"""The event log on PostgreSQL 15 or later; `migrations/0001_event_log.sql` does the work."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

import asyncpg
from eventsourcing.persistence import IntegrityError

from domain.log import (
    PAGE_MAX,
    Append,
    Appended,
    CommandMismatch,
    Head,
    LogUnavailable,
    StoredEvent,
    VersionConflict,
)
from ops.append_check import check_append
from ops.postgres import statements as sql
from ops.postgres.hints import Hints
from ops.postgres.pool import Pool, connection_is_dead

POLL_SECONDS: Final = 0.5
"""How often a reader at the journal's end looks for itself, whatever the hints say."""

_NO_BOUND: Final = 2**63 - 1

_T = TypeVar("_T")


class PostgresEventLog:
    """`domain.log.EventLog` on a pool. Close it before the pool."""

    def __init__(self, pool: Pool, *, poll_seconds: float = POLL_SECONDS) -> None:
        """The pool must be open when the first method is called, and stays the caller's."""
        self.pool = pool
        self._poll_seconds = poll_seconds
        self._hints = Hints(pool.dsn)

    async def close(self) -> None:
        """Stop listening for hints."""
        await self._hints.close()

    async def append(self, append: Append) -> Appended:
        """See `EventLog.append`: one call of one function, in one round trip.

        LogUnavailable leaves open whether it was recorded. Repeat it with the same command id:
        the answer is then the first outcome, or it is recorded now.
        """
        check_append(append)

        tries = 0

        async def once(connection: Any) -> Appended:
            nonlocal tries
            tries += 1
            done = await append_on(connection, append)
            # Where the connection died between the recording and its answer, it is no repeat.
            return _first(append, done) if tries > 1 else done

        return await self._on_connection(append.organisation, once)

    async def find_command(self, organisation: UUID, command_id: UUID) -> Appended | None:
        """See `EventLog.find_command`."""

        async def find(connection: Any) -> Appended | None:
            row = await connection.fetchrow(sql.COMMAND, organisation, command_id)
            return None if row is None else await _recorded(connection, organisation, row)

        return await self._on_connection(organisation, find)

    async def command_digest(self, organisation: UUID, command_id: UUID) -> bytes | None:
        """See `EventLog.command_digest`."""

        async def find(connection: Any) -> bytes | None:
            row = await connection.fetchrow(sql.COMMAND, organisation, command_id)
            return None if row is None else row["digest"]

        return await self._on_connection(organisation, find)

    async def read_stream(
        self,
        organisation: UUID,
        stream: UUID,
        *,
        after_version: int = -1,
        up_to_position: int | None = None,
    ) -> Sequence[StoredEvent]:
        """See `EventLog.read_stream`; a long stream is fetched in pages, each its own snapshot."""
        bound = _NO_BOUND if up_to_position is None else up_to_position
        events: list[StoredEvent] = []
        version = after_version
        while True:
            page = await self._fetch(
                organisation, sql.STREAM_PAGE, stream, version, bound, PAGE_MAX
            )
            events += page
            if len(page) < PAGE_MAX:
                return events
            version = page[-1].version

    async def read_journal(
        self,
        organisation: UUID,
        *,
        after_position: int = 0,
        up_to_position: int | None = None,
        limit: int = PAGE_MAX,
        topics: Sequence[str] = (),
    ) -> Sequence[StoredEvent]:
        """See `EventLog.read_journal`."""
        bound = _NO_BOUND if up_to_position is None else up_to_position
        size = min(limit, PAGE_MAX)
        if not topics:
            return await self._fetch(organisation, sql.JOURNAL_PAGE, after_position, bound, size)
        return await self._fetch(
            organisation, sql.JOURNAL_PAGE_OF_TOPICS, after_position, bound, size, list(topics)
        )

    async def tail(
        self, organisation: UUID, *, after_position: int = 0
    ) -> AsyncIterator[StoredEvent]:
        """See `EventLog.tail`; no connection is held while the caller handles a page."""
        position, heard = after_position, 0
        while True:
            for event in await self._page_after(organisation, position):
                position = event.position
                yield event
            heard = await self.await_growth(organisation, position, heard)

    async def await_growth(self, organisation: UUID, position: int, heard: int = 0) -> int:
        """Return when the journal may have grown above `position`: at a hint, or to poll.

        The answer is the number of the newest hint; ask with it the next time, as `heard`.
        """
        return await self._hints.wait(organisation, position, self._poll_seconds, heard)

    async def head(self, organisation: UUID) -> Head:
        """See `EventLog.head`."""

        async def find(connection: Any) -> Any:
            return await connection.fetchrow(sql.HEAD, organisation)

        row = await self._on_connection(organisation, find)
        return Head(position=0, recorded_at=None) if row is None else Head(**row)

    async def position_at(self, organisation: UUID, moment: datetime) -> int:
        """See `EventLog.position_at`: a binary search over the primary key."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs its zone")

        async def find(connection: Any) -> int:
            return int(await connection.fetchval(sql.POSITION_AT, organisation, moment))

        return await self._on_connection(organisation, find)

    async def wait_for(self, organisation: UUID, position: int, timeout: float) -> bool:
        """See `EventLog.wait_for`."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + timeout
        heard = 0
        while (await self.head(organisation)).position < position:
            left = deadline - clock()
            if left <= 0:
                return False
            seconds = min(left, self._poll_seconds)
            heard = await self._hints.wait(organisation, position - 1, seconds, heard)
        return True

    async def _page_after(self, organisation: UUID, position: int) -> Sequence[StoredEvent]:
        """The next page, as soon as the server can be reached: a tail outlives a restart."""
        pause = 0.1
        while True:
            try:
                return await self.read_journal(organisation, after_position=position)
            except LogUnavailable:
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)

    async def _fetch(self, organisation: UUID, statement: str, *args: Any) -> list[StoredEvent]:
        async def fetch(connection: Any) -> Any:
            return await connection.fetch(statement, organisation, *args)

        rows = await self._on_connection(organisation, fetch)
        return [StoredEvent(*row) for row in rows]

    async def _on_connection(self, organisation: UUID, work: Callable[[Any], Awaitable[_T]]) -> _T:
        """Do work on a connection, and once more on another when that one turns out dead.

        Only for what may be done twice: reads, and an append, which its command id makes one.
        """
        try:
            async with self.pool.acquire(organisation) as connection:
                return await work(connection)
        except LogUnavailable as error:
            if not connection_is_dead(error.__cause__):
                raise
        async with self.pool.acquire(organisation) as connection:
            return await work(connection)


async def append_on(connection: Any, append: Append) -> Appended:
    """Append on a connection that acts as the organisation, in its transaction if it has one."""
    try:
        row = await connection.fetchrow(sql.APPEND, *_arguments(append))
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(str(error)) from error
    match row["outcome"]:
        case "appended":
            return Appended(events=_stored(append, row))
        case "repeated":
            return await _recorded(connection, append.organisation, row)
        case "mismatch":
            raise CommandMismatch("this command id was recorded with another request")
        case _:
            raise VersionConflict(
                row["conflict_stream"], row["expected_version"], row["actual_version"]
            )


async def _recorded(connection: Any, organisation: UUID, row: Any) -> Appended:
    first, last = row["first_position"], row["last_position"]
    rows = await connection.fetch(sql.JOURNAL_PAGE, organisation, first - 1, last, last - first + 1)
    return Appended(events=tuple(StoredEvent(*row) for row in rows), repeated=True)


def _first(append: Append, done: Appended) -> Appended:
    """The outcome of these very events is a first one, whoever asked for it before."""
    sent = [event.event_id for write in append.writes for event in write.events]
    is_ours = sent == [event.event_id for event in done.events]
    return Appended(events=done.events) if is_ours else done


def _arguments(append: Append) -> tuple[Any, ...]:
    writes = append.writes
    events = [event for write in writes for event in write.events]
    return (
        append.organisation,
        append.command_id,
        append.command_digest,
        append.actor,
        append.causation_id,
        [write.stream for write in writes],
        [write.expected_version for write in writes],
        [len(write.events) for write in writes],
        [event.event_id for event in events],
        [event.topic for event in events],
        [event.schema_version for event in events],
        [event.body for event in events],
        [stream for stream, _ in append.reads],
        [expected for _, expected in append.reads],
    )


def _stored(append: Append, row: Any) -> tuple[StoredEvent, ...]:
    events = [
        (write.stream, write.expected_version + number, event)
        for write in append.writes
        for number, event in enumerate(write.events, 1)
    ]
    given = zip(row["recorded_times"], row["previous_leaves"], row["leaves"], strict=True)
    return tuple(
        StoredEvent(
            organisation=append.organisation,
            position=position,
            stream=stream,
            version=version,
            event_id=event.event_id,
            topic=event.topic,
            schema_version=event.schema_version,
            recorded_at=recorded_at,
            actor=append.actor,
            command_id=append.command_id,
            causation_id=append.causation_id,
            previous_leaf=previous_leaf,
            leaf=leaf,
            body=event.body,
        )
        for position, (stream, version, event), (recorded_at, previous_leaf, leaf) in zip(
            range(row["first_position"], row["last_position"] + 1), events, given, strict=True
        )
    )
