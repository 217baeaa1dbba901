"""A case's events as a file of lines: one JSON object an event, its body byte for byte.

Whoever has the file can recompute every leaf and every figure without our database. Personal
values stay sealed in it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Final, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.cases.intake import CaseOpened
from domain.codec import UnknownTopic
from domain.log import StoredEvent
from domain.recorded import Recorded, recorded

FORMAT: Final = "mingzhang/journal-lines/1"

_T = TypeVar("_T")


class JournalFileFault(ValueError):
    """The file is not a whole, untouched journal of one stream; says where and what."""


_Whole = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class _First(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first line: what the file is."""

    format: str
    organisation: UUID
    stream: UUID
    events: _Whole


class _Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One event. Digests are lower-case hex; `body` is the stored text, exactly."""

    position: _Whole
    version: _Whole
    event_id: UUID
    topic: str
    schema_version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    recorded_at: Annotated[datetime, msgspec.Meta(tz=True)]
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
        yield _encoded(_line(event))


def _line(event: StoredEvent) -> _Line:
    return _Line(
        position=event.position,
        version=event.version,
        event_id=event.event_id,
        topic=event.topic,
        schema_version=event.schema_version,
        recorded_at=event.recorded_at.astimezone(UTC),
        actor=event.actor,
        command_id=event.command_id,
        causation_id=event.causation_id,
        previous_leaf=event.previous_leaf.hex() if event.previous_leaf else None,
        leaf=event.leaf.hex(),
        body=event.body.decode(),
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


def facts(events: list[StoredEvent]) -> list[Recorded]:
    """What the events of a file say; personal values stay sealed.

    Raises JournalFileFault for what this release cannot read: a newer one may have written it.
    """
    found = []
    for number, event in enumerate(events, start=2):
        try:
            one = recorded(event)
            if isinstance(one.fact, CaseOpened):
                ZoneInfo(one.fact.zone)  # every reading needs it
            found.append(one)
        except UnknownTopic as error:
            raise JournalFileFault(f"line {number}: unknown topic {error}") from None
        except Exception as error:  # noqa: BLE001
            # A leaf proves who wrote nothing: a body can be any bytes. The error may quote it.
            name = type(error).__name__
            raise JournalFileFault(f"line {number}: the body cannot be read ({name})") from None
    return found


def _checked(file: Iterable[bytes]) -> Iterator[StoredEvent]:
    numbered = enumerate(file, start=1)
    heading = next(numbered, (1, b""))
    first = _decode(heading, _First)
    if first.format != FORMAT:
        raise JournalFileFault(f"line 1: format {first.format[:40]!r}; this reads {FORMAT}")
    if heading[1] != _encoded(first):
        raise JournalFileFault("line 1: not written as an export writes it")
    before: StoredEvent | None = None
    count = 0
    for number, raw in numbered:
        event = _event(first, _decode((number, raw), _Line), number)
        if raw != _encoded(_line(event)):
            # Two texts for one event would let somebody choose what another program reads.
            raise JournalFileFault(f"line {number}: not written as an export writes it")
        _check(before, event, number)
        count, before = count + 1, event
        yield event
    if count != first.events:
        raise JournalFileFault(f"{count} events; the first line says {first.events}")


def _check(before: StoredEvent | None, event: StoredEvent, number: int) -> None:
    if not event.is_intact():
        raise JournalFileFault(f"line {number}: the leaf is not that of these fields")
    if before is None and event.topic != CaseOpened.TOPIC:
        raise JournalFileFault(f"line {number}: a case begins with {CaseOpened.TOPIC}")
    if event.version != (before.version + 1 if before else 1):
        raise JournalFileFault(f"line {number}: version {event.version} does not follow")
    if event.previous_leaf != (before.leaf if before else None):
        raise JournalFileFault(f"line {number}: does not follow the event before it")
    if before and event.position <= before.position:
        raise JournalFileFault(f"line {number}: position {event.position} does not rise")
    if before and event.recorded_at <= before.recorded_at:
        raise JournalFileFault(f"line {number}: recorded_at does not rise")


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
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise JournalFileFault(f"line {number}: {error}") from None


def _encoded(value: msgspec.Struct) -> bytes:
    return msgspec.json.encode(value) + b"\n"
