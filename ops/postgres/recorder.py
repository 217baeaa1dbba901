"""The `eventsourcing` library on our log: its infrastructure factory.

With `PERSISTENCE_MODULE=ops.postgres.recorder`, `DATABASE_URL` and `MINGZHANG_ORGANISATION` in
their environment, the library's `Application`, `Repository` and `ProjectionRunner` record into
and read from that organisation's journal. Errors are the library's own.
"""

from typing import TypeVar
from uuid import UUID

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    NotSupportedError,
    ProcessRecorder,
    ProgrammingError,
)
from eventsourcing.utils import Environment, EnvType, resolve_topic

from ops.postgres.bridge import Bridge
from ops.postgres.recorders import (
    JournalAggregateRecorder,
    JournalApplicationRecorder,
    JournalProcessRecorder,
    JournalRecorder,
    JournalTrackingRecorder,
)

TRecorder = TypeVar("TRecorder", bound=JournalRecorder)


class JournalFactory(InfrastructureFactory[JournalTrackingRecorder]):
    """The library's way to our log; see the module's docstring for its environment."""

    DATABASE_URL = "DATABASE_URL"
    ORGANISATION = "MINGZHANG_ORGANISATION"

    def __init__(self, env: Environment | EnvType | None) -> None:
        """Raises OSError, as the library's own factories do, when a variable is missing."""
        super().__init__(env)
        dsn, organisation = self.env.get(self.DATABASE_URL), self.env.get(self.ORGANISATION)
        if dsn is None or organisation is None:
            raise OSError(f"{self.DATABASE_URL} and {self.ORGANISATION} must be set")
        self.organisation = UUID(organisation)
        self.bridge = Bridge(dsn)

    def __exit__(self, *exc: object) -> None:
        """Close, as `close` does."""
        self.close()
        super().__exit__(None, None, None)

    def close(self) -> None:
        """Close every connection."""
        self.bridge.close()

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """See the library. Raises NotSupportedError for snapshots.

        A stored copy would go stale, and hold personal values in clear.
        """
        if purpose != "events":
            raise NotSupportedError(f"the log keeps events, no {purpose}")
        return JournalAggregateRecorder(self.bridge, self.organisation)

    def application_recorder(self) -> ApplicationRecorder:
        """See the library."""
        return self._make(self.APPLICATION_RECORDER_TOPIC, JournalApplicationRecorder)

    def tracking_recorder(
        self, tracking_recorder_class: type[JournalTrackingRecorder] | None = None
    ) -> JournalTrackingRecorder:
        """See the library; a view class must be a JournalTrackingRecorder."""
        if tracking_recorder_class is not None:
            return tracking_recorder_class(self.bridge, self.organisation, self.env.name)
        return self._make(self.TRACKING_RECORDER_TOPIC, JournalTrackingRecorder)

    def process_recorder(self) -> ProcessRecorder:
        """See the library."""
        return self._make(self.PROCESS_RECORDER_TOPIC, JournalProcessRecorder)

    def _make(self, topic_key: str, default: type[TRecorder]) -> TRecorder:
        topic = self.env.get(topic_key)
        recorder_class: type[TRecorder] = resolve_topic(topic) if topic else default
        if not issubclass(recorder_class, default):
            raise ProgrammingError(f"{topic} is not a {default.__name__}")
        return recorder_class(self.bridge, self.organisation, self.env.name)
