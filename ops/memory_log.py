"""The event log in memory: for unit tests, and for reading an exported journal without a server.

It keeps the contract of `domain.log.EventLog` to the letter; `tests/ops/log_contract.py` holds
both logs to it.
"""

import asyncio
from bisect import bisect_right
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from domain.leaf import leaf
from domain.log import (
    NO_STREAM,
    PAGE_MAX,
    Append,
    Appended,
    CommandMismatch,
    Head,
    NewEvent,
    StoredEvent,
    StreamAppend,
    VersionConflict,
)
from ops.append_check import check_append

_MICROSECOND: Final = timedelta(microseconds=1)
_NO_BYTES: Final = bytes(32)


class _Journal:
    """One organisation's events, with the indexes that the log is asked by."""

    def __init__(self) -> None:
        self.events: list[StoredEvent] = []
        self.streams: dict[UUID, list[StoredEvent]] = defaultdict(list)
        self.commands: dict[UUID, list[StoredEvent]] = defaultdict(list)
        self.digests: dict[UUID, bytes | None] = {}
        self.event_ids: set[UUID] = set()

    def add(self, event: StoredEvent) -> None:
        self.events.append(event)
        self.streams[event.stream].append(event)
        self.commands[event.command_id].append(event)
        self.digests.setdefault(event.command_id, None)
        self.event_ids.add(event.event_id)

    def version(self, stream: UUID) -> int | None:
        events = self.streams.get(stream)
        return events[-1].version if events else None


class MemoryEventLog:
    """Every organisation's journal, held by this object and gone with it."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """`clock` gives aware times; it may stand still or go back."""
        self._clock = clock
        self._journals: dict[UUID, _Journal] = defaultdict(_Journal)
        self._grown = asyncio.Condition()

    @classmethod
    def load(cls, events: Iterable[StoredEvent]) -> "MemoryEventLog":
        """A log that holds given events as they are, in position order of each organisation.

        Nothing is verified: an export of one case has gaps between its positions. Such a log is
        for reading; an append goes on from the highest position.
        """
        log = cls()
        for event in sorted(events, key=lambda event: event.position):
            log._journals[event.organisation].add(event)
        return log

    async def append(self, append: Append) -> Appended:
        """See `EventLog.append`."""
        check_append(append)
        journal = self._journals[append.organisation]
        if append.command_id in journal.commands:
            _check_digest(append.command_digest, journal.digests[append.command_id])
            return Appended(events=tuple(journal.commands[append.command_id]), repeated=True)
        _check_versions(journal, append)
        _check_event_ids(journal, append)
        first = len(journal.events)
        for write in append.writes:
            for number, event in enumerate(write.events, write.expected_version + 1):
                journal.add(self._stored(journal, append, write, event, number))
        journal.digests[append.command_id] = append.command_digest
        async with self._grown:
            self._grown.notify_all()
        return Appended(events=tuple(journal.events[first:]))

    def _stored(
        self, journal: _Journal, append: Append, write: StreamAppend, event: NewEvent, version: int
    ) -> StoredEvent:
        last = journal.events[-1] if journal.events else None
        now = self._clock().astimezone(UTC)
        previous = journal.streams[write.stream]
        draft = StoredEvent(
            organisation=append.organisation,
            position=last.position + 1 if last else 1,
            stream=write.stream,
            version=version,
            event_id=event.event_id,
            topic=event.topic,
            schema_version=event.schema_version,
            recorded_at=max(now, last.recorded_at + _MICROSECOND) if last else now,
            actor=append.actor,
            command_id=append.command_id,
            causation_id=append.causation_id,
            previous_leaf=previous[-1].leaf if previous else None,
            leaf=_NO_BYTES,
            body=event.body,
        )
        return _with_leaf(draft)

    async def find_command(self, organisation: UUID, command_id: UUID) -> Appended | None:
        """See `EventLog.find_command`."""
        events = self._journals[organisation].commands.get(command_id)
        return Appended(events=tuple(events), repeated=True) if events else None

    async def command_digest(self, organisation: UUID, command_id: UUID) -> bytes | None:
        """See `EventLog.command_digest`."""
        return self._journals[organisation].digests.get(command_id)

    async def read_stream(
        self,
        organisation: UUID,
        stream: UUID,
        *,
        after_version: int = -1,
        up_to_position: int | None = None,
    ) -> Sequence[StoredEvent]:
        """See `EventLog.read_stream`."""
        return [
            event
            for event in self._journals[organisation].streams.get(stream, ())
            if event.version > after_version
            and (up_to_position is None or event.position <= up_to_position)
        ]

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
        events = self._journals[organisation].events
        start = bisect_right(events, after_position, key=lambda event: event.position)
        page: list[StoredEvent] = []
        for index in range(start, len(events)):
            event = events[index]
            beyond = up_to_position is not None and event.position > up_to_position
            if beyond or len(page) >= min(limit, PAGE_MAX):
                break
            if not topics or event.topic in topics:
                page.append(event)
        return page

    async def tail(
        self, organisation: UUID, *, after_position: int = 0
    ) -> AsyncIterator[StoredEvent]:
        """See `EventLog.tail`."""
        position = after_position
        while True:
            for event in await self.read_journal(organisation, after_position=position):
                position = event.position
                yield event
            await self._reach(organisation, position + 1)

    async def head(self, organisation: UUID) -> Head:
        """See `EventLog.head`."""
        events = self._journals[organisation].events
        if not events:
            return Head(position=0, recorded_at=None)
        return Head(position=events[-1].position, recorded_at=events[-1].recorded_at)

    async def position_at(self, organisation: UUID, moment: datetime) -> int:
        """See `EventLog.position_at`."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs its zone")
        events = self._journals[organisation].events
        count = bisect_right(events, moment, key=lambda event: event.recorded_at)
        return events[count - 1].position if count else 0

    async def wait_for(self, organisation: UUID, position: int, timeout: float) -> bool:
        """See `EventLog.wait_for`."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._reach(organisation, position), timeout)
        # How it stands now is the answer, also for a timeout of 0.
        return (await self.head(organisation)).position >= position

    async def _reach(self, organisation: UUID, position: int) -> None:
        async with self._grown:
            while (await self.head(organisation)).position < position:
                await self._grown.wait()


def _with_leaf(draft: StoredEvent) -> StoredEvent:
    values = {name: getattr(draft, name) for name in draft.__struct_fields__}
    return StoredEvent(**(values | {"leaf": leaf(draft.header(), draft.body)}))


def _check_digest(given: bytes | None, recorded: bytes | None) -> None:
    if given is not None and recorded is not None and given != recorded:
        raise CommandMismatch("this command id was recorded with another request")


def _check_versions(journal: _Journal, append: Append) -> None:
    for stream, expected in append.reads:
        _check_version(stream, expected, journal.version(stream))
    running: dict[UUID, int | None] = {}
    for write in append.writes:
        actual = running.get(write.stream, journal.version(write.stream))
        _check_version(write.stream, write.expected_version, actual)
        running[write.stream] = write.expected_version + len(write.events)


def _check_version(stream: UUID, expected: int, actual: int | None) -> None:
    matches = expected in {NO_STREAM, -1} if actual is None else expected == actual
    if not matches:
        raise VersionConflict(stream, expected, NO_STREAM if actual is None else actual)


def _check_event_ids(journal: _Journal, append: Append) -> None:
    new = [event.event_id for write in append.writes for event in write.events]
    if len(set(new)) < len(new) or not journal.event_ids.isdisjoint(new):
        raise IntegrityError("an event id was recorded before")
