"""The event log as the domain sees it: a port, and the values that cross it.

One journal for each organisation, gapless and in commit order; inside it one stream for each
case, client and so on. The log keeps bytes and never looks into a body. Implementations:
`ops/memory_log.py` and `ops/postgres/event_log.py`, held to one contract suite
(`tests/ops/log_contract.py`).
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

import msgspec
from eventsourcing.persistence import IntegrityError, OperationalError

from domain.leaf import Header, leaf

NO_STREAM: Final = 0
"""Version of a stream that does not exist yet; the first event has version 1."""

PAGE_MAX: Final = 5000
"""Most events a reader takes at once: no reader holds a snapshot longer than a page."""


class NewEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event to be recorded. `body` is stored and hashed exactly as given."""

    event_id: UUID
    topic: str
    schema_version: int
    body: bytes


class StreamAppend(msgspec.Struct, frozen=True, kw_only=True):
    """Events for one stream, which must stand at `expected_version` (NO_STREAM for a new one).

    `expected_version` may be -1 for a stream that does not exist and whose first event has
    version 0, as the `eventsourcing` library's own recorders allow.
    """

    stream: UUID
    expected_version: int
    events: tuple[NewEvent, ...]


class Append(msgspec.Struct, frozen=True, kw_only=True):
    """One command's outcome: all of it is recorded, or nothing.

    `reads` names streams that the decision rested on, with the versions it saw: the append
    conflicts when one has moved. `command_digest` is a keyed digest of the request, compared
    when the same `command_id` comes again; None skips the comparison.
    """

    organisation: UUID
    command_id: UUID
    actor: str
    causation_id: UUID | None = None
    command_digest: bytes | None = None
    writes: tuple[StreamAppend, ...]
    reads: tuple[tuple[UUID, int], ...] = ()


class Appended(msgspec.Struct, frozen=True, kw_only=True):
    """What was recorded: `events` in position order. `repeated` when it was there before."""

    events: tuple["StoredEvent", ...]
    repeated: bool = False

    @property
    def position(self) -> int:
        """Position of the last event."""
        return self.events[-1].position


class StoredEvent(msgspec.Struct, frozen=True):
    """An event as the log holds it, byte for byte.

    Not keyword-only: a row of the log becomes one by position, which is a third of the time.
    """

    organisation: UUID
    position: int
    stream: UUID
    version: int
    event_id: UUID
    topic: str
    schema_version: int
    recorded_at: datetime
    actor: str
    command_id: UUID
    causation_id: UUID | None
    previous_leaf: bytes | None
    leaf: bytes
    body: bytes

    def header(self) -> Header:
        """Every field that the leaf binds, but the body."""
        return Header(
            organisation=self.organisation,
            position=self.position,
            stream=self.stream,
            version=self.version,
            event_id=self.event_id,
            topic=self.topic,
            schema_version=self.schema_version,
            recorded_at=self.recorded_at,
            actor=self.actor,
            command_id=self.command_id,
            causation_id=self.causation_id,
            previous_leaf=self.previous_leaf,
        )

    def is_intact(self) -> bool:
        """Whether the stored leaf is the leaf of these fields and this body."""
        return self.leaf == leaf(self.header(), self.body)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Where an organisation's journal ends. Position 0: nothing recorded yet."""

    position: int
    recorded_at: datetime | None


class VersionConflict(IntegrityError):
    """A stream was not at the expected version: someone recorded in between."""

    def __init__(self, stream: UUID, expected: int, actual: int) -> None:
        """Name the stream, the version the caller expected and the one it has."""
        super().__init__(f"stream {stream} is at version {actual}, expected {expected}")
        self.stream, self.expected, self.actual = stream, expected, actual


class CommandMismatch(IntegrityError):
    """The same command id came again with another request."""


class LogUnavailable(OperationalError):
    """The log cannot be reached now. Nothing is known to be written; try again later."""


class EventLog(Protocol):
    """Append to and read an organisation's journal. Every method names the organisation.

    Each may raise LogUnavailable. Event ids are unique in an organisation (IntegrityError).
    """

    async def append(self, append: Append) -> Appended:
        """Record all events or none, at the next positions, with rising `recorded_at`.

        A `command_id` already recorded answers with its events and `repeated`, before any
        version is looked at. Raises VersionConflict, CommandMismatch, IntegrityError.
        """
        ...

    async def find_command(self, organisation: UUID, command_id: UUID) -> Appended | None:
        """What a command recorded, if it did; CommandMismatch is not looked for."""
        ...

    async def command_digest(self, organisation: UUID, command_id: UUID) -> bytes | None:
        """The digest that a recorded command came with."""
        ...

    async def read_stream(
        self,
        organisation: UUID,
        stream: UUID,
        *,
        after_version: int = -1,
        up_to_position: int | None = None,
    ) -> Sequence[StoredEvent]:
        """A stream's events in version order, all of them; empty when there is none."""
        ...

    async def read_journal(
        self,
        organisation: UUID,
        *,
        after_position: int = 0,
        up_to_position: int | None = None,
        limit: int = PAGE_MAX,
        topics: Sequence[str] = (),
    ) -> Sequence[StoredEvent]:
        """One page of the journal in position order; at most PAGE_MAX events."""
        ...

    def tail(self, organisation: UUID, *, after_position: int = 0) -> AsyncIterator[StoredEvent]:
        """Every event after a position, for ever: waits at the end, survives a lost server."""
        ...

    async def head(self, organisation: UUID) -> Head:
        """The journal's end."""
        ...

    async def position_at(self, organisation: UUID, moment: datetime) -> int:
        """Position of the last event recorded at or before `moment`; 0 when there is none."""
        ...

    async def wait_for(self, organisation: UUID, position: int, timeout: float) -> bool:
        """Wait until the journal has reached `position`; False after `timeout` seconds."""
        ...
