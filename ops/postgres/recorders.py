"""The `eventsourcing` library's recorders on our log; its errors, its patience."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Final
from uuid import UUID, uuid4

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    IntegrityError,
    ListenNotifySubscription,
    Notification,
    OperationalError,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
    TrackingRecorder,
)
from eventsourcing.utils import retry

from domain import log as port
from ops.postgres import statements as sql
from ops.postgres.bridge import Bridge
from ops.postgres.event_log import append_on

ACTOR: Final = "eventsourcing"
_HIGHEST: Final = 2**63 - 1
_patiently: Final = retry(OperationalError, max_attempts=10, wait=0.2)
"""The patience that the library's stock recorders have with a server that is away."""


class JournalRecorder:
    """What every recorder here stands on: one organisation's journal through a bridge."""

    def __init__(self, bridge: Bridge, organisation: UUID, name: str = "") -> None:
        """`name` is the projection's, so that two that follow one application stay apart."""
        self.bridge = bridge
        self.organisation = organisation
        self._name = name


class JournalAggregateRecorder(JournalRecorder, AggregateRecorder):
    """Records aggregates' events in the journal; reads them by stream."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """See the library. Raises IntegrityError when a version is taken or left out."""
        self._insert(stored_events, kwargs.get("tracking"))
        return None

    def _insert(self, stored_events: Sequence[StoredEvent], tracking: Tracking | None) -> list[int]:
        command_id = uuid4()
        # A repeat carries the command id of the first try, so it cannot record twice.
        insert = partial(self._insert_once, stored_events, tracking, command_id)
        positions: list[int] = _patiently(insert)()
        return positions

    def _insert_once(
        self, stored_events: Sequence[StoredEvent], tracking: Tracking | None, command_id: UUID
    ) -> list[int]:
        return self.bridge.run(self._insert_async(stored_events, tracking, command_id))

    async def _insert_async(
        self, stored_events: Sequence[StoredEvent], tracking: Tracking | None, command_id: UUID
    ) -> list[int]:
        if not stored_events and tracking is None:
            return []
        async with self.bridge.pool.acquire(self.organisation) as connection:
            if tracking is None:
                return await self._append_on(connection, stored_events, command_id)
            async with connection.transaction():
                known = await connection.fetchrow(sql.COMMAND, self.organisation, command_id)
                if known is None:
                    await _track_on(connection, self.organisation, self._name, tracking)
                return await self._append_on(connection, stored_events, command_id)

    async def _append_on(
        self, connection: Any, stored_events: Sequence[StoredEvent], command_id: UUID
    ) -> list[int]:
        if not stored_events:
            return []
        append = port.Append(
            organisation=self.organisation,
            command_id=command_id,
            actor=ACTOR,
            writes=tuple(_writes(stored_events)),
        )
        appended = await append_on(connection, append)
        return [event.position for event in appended.events]

    @_patiently
    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """See the library."""
        statement = sql.NEWEST_FIRST if desc else sql.OLDEST_FIRST
        lowest = -1 if gt is None else gt
        highest = _HIGHEST if lte is None else lte
        return self.bridge.run(
            self._select(statement, _stream(originator_id), lowest, highest, limit)
        )

    async def _select(self, statement: str, *args: Any) -> list[StoredEvent]:
        async with self.bridge.pool.acquire(self.organisation) as connection:
            rows = await connection.fetch(statement, self.organisation, *args)
        return [
            StoredEvent(
                originator_id=row["stream"],
                originator_version=row["version"],
                topic=row["topic"],
                state=row["body"],
            )
            for row in rows
        ]


class JournalApplicationRecorder(JournalAggregateRecorder, ApplicationRecorder):
    """Reads the journal as the library's notifications: a position is a notification id."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """See the library; returns the positions."""
        return self._insert(stored_events, kwargs.get("tracking"))

    @_patiently
    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """See the library."""
        after = 0 if start is None else start - inclusive_of_start
        return self.bridge.run(self._notifications(after, limit, stop, topics))

    async def _notifications(
        self, after: int, limit: int, stop: int | None, topics: Sequence[str]
    ) -> list[Notification]:
        found: list[Notification] = []
        while len(found) < limit:
            page = await self.bridge.log.read_journal(
                self.organisation,
                after_position=found[-1].id if found else after,
                up_to_position=stop,
                limit=limit - len(found),
                topics=topics,
            )
            found += map(_notification, page)
            if len(page) < port.PAGE_MAX:
                break
        return found

    @_patiently
    def max_notification_id(self) -> int | None:
        """See the library: the journal's last position, None when it is empty."""
        return self.bridge.run(self.bridge.log.head(self.organisation)).position or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """See the library."""
        return JournalSubscription(self, gt=gt, topics=topics)


class JournalSubscription(ListenNotifySubscription[JournalApplicationRecorder]):
    """The library's own subscription, woken by the log's hints and polling."""

    def __init__(
        self,
        recorder: JournalApplicationRecorder,
        gt: int | None = None,
        topics: Sequence[str] = (),
    ) -> None:
        """Starts at once to fetch what comes after position `gt`."""
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._watch = recorder.bridge.start(self._wake_at_growth(recorder, gt or 0))

    async def _wake_at_growth(self, recorder: JournalApplicationRecorder, position: int) -> None:
        heard = 0
        while not self._has_been_stopped:
            heard = await recorder.bridge.log.await_growth(recorder.organisation, position, heard)
            self._has_been_notified.set()

    def stop(self) -> None:
        """Stop the subscription; may come from any thread, also before the first event."""
        super().stop()
        if hasattr(self, "_watch"):
            self._watch.cancel()


class JournalTrackingRecorder(JournalRecorder, TrackingRecorder):
    """How far projections have come, beside the journal; it only moves forward."""

    def insert_tracking(self, tracking: Tracking) -> None:
        """See the library. Raises IntegrityError unless it moves forward."""
        self.bridge.run(self._insert_tracking(tracking))

    async def _insert_tracking(self, tracking: Tracking) -> None:
        async with self.bridge.pool.acquire(self.organisation) as connection:
            await _track_on(connection, self.organisation, self._name, tracking)

    @_patiently
    def max_tracking_id(self, application_name: str) -> int | None:
        """See the library."""
        return self.bridge.run(self._max_tracking_id(application_name))

    async def _max_tracking_id(self, application_name: str) -> int | None:
        key = _tracking_key(self._name, application_name)
        async with self.bridge.pool.acquire(self.organisation) as connection:
            found: int | None = await connection.fetchval(sql.TRACKED, self.organisation, key)
        return found


class JournalProcessRecorder(JournalTrackingRecorder, JournalApplicationRecorder, ProcessRecorder):
    """Records events and tracking in one transaction."""


def _stream(originator_id: UUID | str) -> UUID:
    return originator_id if isinstance(originator_id, UUID) else UUID(originator_id)


def _notification(event: port.StoredEvent) -> Notification:
    return Notification(
        id=event.position,
        originator_id=event.stream,
        originator_version=event.version,
        topic=event.topic,
        state=event.body,
    )


def _writes(stored_events: Sequence[StoredEvent]) -> Iterator[port.StreamAppend]:
    """Runs of consecutive versions of one stream, in the order given."""
    numbered = enumerate(stored_events)
    key: Callable[[tuple[int, StoredEvent]], tuple[UUID, int]] = lambda pair: (  # noqa: E731
        _stream(pair[1].originator_id),
        pair[1].originator_version - pair[0],
    )
    for (stream, _), run in groupby(numbered, key):
        events = [event for _, event in run]
        yield port.StreamAppend(
            stream=stream,
            expected_version=events[0].originator_version - 1,
            events=tuple(
                port.NewEvent(
                    event_id=uuid4(), topic=event.topic, schema_version=1, body=event.state
                )
                for event in events
            ),
        )


def _tracking_key(name: str, application_name: str) -> str:
    return f"{name}/{application_name}" if name else application_name


async def _track_on(connection: Any, organisation: UUID, name: str, tracking: Tracking) -> None:
    key = _tracking_key(name, tracking.application_name)
    if await connection.fetchval(sql.TRACK, organisation, key, tracking.notification_id) is None:
        raise IntegrityError(
            f"tracking of {key} is already at or beyond {tracking.notification_id}"
        )
