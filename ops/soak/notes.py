"""What the writing processes noted, and what is wrong with a journal that they wrote."""

import asyncio
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final
from uuid import UUID

from domain.log import NO_STREAM, StoredEvent

PATIENCE: Final = 60.0
"""Seconds after which a trial that stands still is given up."""


class SoakFailure(AssertionError):
    """What must hold did not; the message says what, and the seed repeats the trial."""


class Notes:
    """What the writing processes noted down, over all of them."""

    def __init__(self, path: Path) -> None:
        """The file need not be there yet."""
        self._path = path

    def read(self) -> list[tuple[str, UUID, int]]:
        """Each line as (word, command id, events)."""
        if not self._path.exists():
            return []
        lines = (line.split() for line in self._path.read_text().splitlines())
        return [(word, UUID(command), int(count)) for word, command, count in lines]

    def acknowledged(self) -> dict[UUID, int]:
        """Every acknowledged command, with the number of its events."""
        return {command: n for word, command, n in self.read() if word in {"ack", "again"}}

    async def await_more(self, writer: "subprocess.Popen[bytes]") -> None:
        """Return when another command has been acknowledged: the writer is at work."""
        before, deadline = len(self.acknowledged()), time.monotonic() + PATIENCE
        while len(self.acknowledged()) <= before:
            if writer.poll() is not None:
                raise SoakFailure(f"the writer ended by itself with {writer.returncode}")
            if time.monotonic() > deadline:
                raise SoakFailure(f"nothing was recorded for {PATIENCE:.0f} seconds")
            await asyncio.sleep(0.02)


def faults(journal: list[StoredEvent], notes: Notes) -> Iterator[str]:
    """What does not hold of a whole journal, given what its writers tried and were told."""
    if [event.position for event in journal] != list(range(1, len(journal) + 1)):
        yield "positions have a gap"
    if len({event.event_id for event in journal}) < len(journal):
        yield "an event is there twice"
    if not all(event.is_intact() for event in journal):
        yield "a leaf is not that of its event"
    if not all(a.recorded_at < b.recorded_at for a, b in pairwise(journal)):
        yield "recorded_at falls"
    if not _streams_are_whole(journal):
        yield "a stream has a gap, or its leaves do not chain"
    yield from _faults_of_commands(journal, notes)


def _faults_of_commands(journal: list[StoredEvent], notes: Notes) -> Iterator[str]:
    recorded = Counter(event.command_id for event in journal)
    for command, count in notes.acknowledged().items():
        if recorded[command] != count:
            yield f"{recorded[command]} of {count} events of acknowledged {command} are there"
    tried = {command: count for word, command, count in notes.read() if word == "try"}
    for command, count in recorded.items():
        if tried.get(command) != count:
            yield f"command {command} is there in part"


def _streams_are_whole(journal: list[StoredEvent]) -> bool:
    ends: dict[UUID, tuple[int, bytes | None]] = {}
    for event in journal:
        version, previous = ends.get(event.stream, (NO_STREAM, None))
        if (event.version, event.previous_leaf) != (version + 1, previous):
            return False
        ends[event.stream] = (event.version, event.leaf)
    return True
