"""A case's events as a file of lines: one JSON object an event, its body byte for byte.

Whoever has the file can recompute every leaf and every figure without our database. Personal
values stay sealed in it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Final, TypeVar
from uuid import UUID

import msgspec

from domain.log import StoredEvent

FORMAT: Final = "mingzhang/journal-lines/1"

_T = TypeVar("_T")


class JournalFileFault(ValueError):
    """The file is not a whole, untouched journal of one stream; says where and what."""


class _First(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first line: what the file is."""

    format: str
    organisation: UUID
    stream: UUID
    events: int


class _Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One event. Digests are lower-case hex; `body` is the stored text, exactly."""

    position: int
    version: int
    event_id: UUID
    topic: str
    schema_version: int
    recorded_at: datetime
    actor: str
    command_id: UUID
    causation_id: UUID | None
    previous_leaf: str | None
    leaf: str
    body: str


def lines(events: list[StoredEvent]) -> Iterator[bytes]:
    """The file's lines, each with its line feed. ValueError when there is no event."""
    if not events:
        raise ValueError("no events to write")
    first = events[0]
    yield _encoded(
        _First(
            format=FORMAT,
            organisation=first.organisation,
            stream=first.stream,
            events=len(events),
        )
    )
    for event in events:
        yield _encoded(
            _Line(
                position=event.position,
                version=event.version,
                event_id=event.event_id,
                topic=event.topic,
                schema_version=event.schema_version,
                recorded_at=event.recorded_at,
                actor=event.actor,
                command_id=event.command_id,
                causation_id=event.causation_id,
                previous_leaf=event.previous_leaf.hex() if event.previous_leaf else None,
                leaf=event.leaf.hex(),
                body=event.body.decode(),
            )
        )


def write(events: list[StoredEvent], out: IO[bytes]) -> None:
    """Write the file to an open stream."""
    out.writelines(lines(events))


def read(path: Path) -> list[StoredEvent]:
    """The events of a file, each checked against its leaf and the one before it.

    Raises JournalFileFault, naming the first line that is wrong; OSError. A cut tail shows only
    against the count in the first line, and a forger could change that too: a file proves that
    nothing was changed since a checkpoint held elsewhere, and this has none.
    """
    with path.open("rb") as file:
        return list(_checked(file))


def _checked(file: Iterable[bytes]) -> Iterator[StoredEvent]:
    numbered = enumerate(file, start=1)
    first = _decode(next(numbered, (1, b"")), _First)
    if first.format != FORMAT:
        raise JournalFileFault(f"line 1: format {first.format[:40]!r}; this reads {FORMAT}")
    before: StoredEvent | None = None
    count = 0
    for number, raw in numbered:
        event = _event(first, _decode((number, raw), _Line), number)
        _check(before, event, number)
        count, before = count + 1, event
        yield event
    if count != first.events:
        raise JournalFileFault(f"{count} events; the first line says {first.events}")


def _check(before: StoredEvent | None, event: StoredEvent, number: int) -> None:
    if not event.is_intact():
        raise JournalFileFault(f"line {number}: the leaf is not that of these fields")
    if event.version != (before.version + 1 if before else 1):
        raise JournalFileFault(f"line {number}: version {event.version} does not follow")
    if event.previous_leaf != (before.leaf if before else None):
        raise JournalFileFault(f"line {number}: does not follow the event before it")
    if before and event.position <= before.position:
        raise JournalFileFault(f"line {number}: position {event.position} does not rise")


def _event(first: _First, line: _Line, number: int) -> StoredEvent:
    try:
        leaf = bytes.fromhex(line.leaf)
        previous = bytes.fromhex(line.previous_leaf) if line.previous_leaf else None
    except ValueError:
        raise JournalFileFault(f"line {number}: a leaf is 64 hex digits") from None
    return StoredEvent(
        organisation=first.organisation,
        position=line.position,
        stream=first.stream,
        version=line.version,
        event_id=line.event_id,
        topic=line.topic,
        schema_version=line.schema_version,
        recorded_at=line.recorded_at,
        actor=line.actor,
        command_id=line.command_id,
        causation_id=line.causation_id,
        previous_leaf=previous,
        leaf=leaf,
        body=line.body.encode(),
    )


def _decode(numbered: tuple[int, bytes], kind: type[_T]) -> _T:
    number, raw = numbered
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JournalFileFault(f"line {number}: {error}") from None


def _encoded(value: msgspec.Struct) -> bytes:
    return msgspec.json.encode(value) + b"\n"
