"""Making appends for tests of the log."""

from uuid import UUID, uuid4

from domain.log import Append, NewEvent, StreamAppend


def event(topic: str = "payment-made", body: bytes = b"{}") -> NewEvent:
    return NewEvent(event_id=uuid4(), topic=topic, schema_version=1, body=body)


def write(stream: UUID, expected: int, *events: NewEvent) -> StreamAppend:
    return StreamAppend(stream=stream, expected_version=expected, events=events or (event(),))


def append(
    organisation: UUID,
    *writes: StreamAppend,
    command_id: UUID | None = None,
    digest: bytes | None = None,
    reads: tuple[tuple[UUID, int], ...] = (),
    causation_id: UUID | None = None,
    actor: str = "陈工",
) -> Append:
    return Append(
        organisation=organisation,
        command_id=command_id or uuid4(),
        actor=actor,
        causation_id=causation_id,
        command_digest=digest,
        writes=writes or (write(uuid4(), 0),),
        reads=reads,
    )
