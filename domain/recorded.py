"""A fact as the log gives it back: with its place, its moment and its author.

`Recorded` satisfies the `eventsourcing` library's `DomainEventProtocol`, and `FactMapper` is the
library's mapper for it: stored topics, schema versions and upcasting follow its conventions.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper
from eventsourcing.persistence import StoredEvent as LibraryEvent

from domain.codec import decode_body, encode_body
from domain.facts import Fact
from domain.log import StoredEvent


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """Who recorded something, when, and where it stands in the journal and its stream."""

    position: int
    version: int
    recorded_at: datetime
    actor: str


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded fact of one stream."""

    originator_id: UUID
    originator_version: int
    event_id: UUID
    position: int = 0
    recorded_at: datetime | None = None
    actor: str = ""
    command_id: UUID | None = None
    causation_id: UUID | None = None
    fact: Fact

    def happened(self) -> date | datetime | None:
        """When it happened in the world."""
        return self.fact.happened()


def recorded(event: StoredEvent) -> Recorded:
    """Decode a stored event; its personal values stay sealed."""
    return Recorded(
        originator_id=event.stream,
        originator_version=event.version,
        event_id=event.event_id,
        position=event.position,
        recorded_at=event.recorded_at,
        actor=event.actor,
        command_id=event.command_id,
        causation_id=event.causation_id,
        fact=decode_body(event.topic, event.schema_version, event.body),
    )


class FactMapper(Mapper[UUID]):
    """The library's mapper over facts that are msgspec structs, which have no `__dict__`."""

    def __init__(self) -> None:
        """No cipher and no compressor: personal values are sealed one by one."""
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> LibraryEvent:
        """The library's stored form of a `Recorded`; its personal values must be sealed."""
        event: Any = domain_event
        return LibraryEvent(
            originator_id=event.originator_id,
            originator_version=event.originator_version,
            topic=event.fact.TOPIC,
            state=encode_body(event.fact),
        )

    def to_domain_event(self, stored_event: LibraryEvent) -> DomainEventProtocol[UUID]:
        """The `Recorded` in a stored event, upcast to the present schema version."""
        version = msgspec.json.decode(stored_event.state).get("class_version", 1)
        return Recorded(
            originator_id=UUID(str(stored_event.originator_id)),
            originator_version=stored_event.originator_version,
            event_id=UUID(int=0),
            fact=decode_body(stored_event.topic, version, stored_event.state),
        )
