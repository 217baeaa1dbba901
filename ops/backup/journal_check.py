"""Checking one organisation's journal event by event: nothing lost, changed or reordered."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.log import StoredEvent
from ops.backup.manifest import BackupFault, Journal

CLIENT_ERASED: Final = "client-erased"
"""Topic of the event by which a client is forgotten; its stream's id is the client's."""

# How `domain.codec` writes a personal value: whose key it is under.
_SUBJECT: Final = re.compile(rb'"subject":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')


class JournalCheck:
    """Takes a journal's events in order of position, and remembers whom they are about.

    Attributes:
        erased: clients that the journal says were forgotten.
        subjects: everyone under whose key something in it is sealed.
    """

    def __init__(self, organisation: UUID) -> None:
        self.erased: set[UUID] = set()
        self.subjects: set[UUID] = set()
        self.position = 0
        self._organisation = organisation
        self._leaf: bytes | None = None
        self._moment: datetime | None = None
        self._ends: dict[UUID, tuple[int, bytes]] = {}

    def take(self, event: StoredEvent) -> None:
        """Check the next event. Raises BackupFault, naming its position."""
        position = self.position + 1
        if event.organisation != self._organisation or event.position != position:
            raise self._fault(position, f"is missing: position {event.position} comes instead")
        if not event.is_intact():
            raise self._fault(position, "was changed: its leaf is not that of its fields")
        before = self._ends.get(event.stream)
        version = event.version in {0, 1} if before is None else event.version == before[0] + 1
        if not version or event.previous_leaf != (before[1] if before else None):
            raise self._fault(position, f"does not follow the one before it in {event.stream}")
        if self._moment is not None and event.recorded_at <= self._moment:
            raise self._fault(position, "was recorded before the one before it")
        self.position, self._leaf, self._moment = position, event.leaf, event.recorded_at
        self._ends[event.stream] = (event.version, event.leaf)
        self.subjects.update(UUID(found.decode()) for found in _SUBJECT.findall(event.body))
        if event.topic == CLIENT_ERASED:
            self.erased.add(event.stream)

    def end(self, journal: Journal, head: int, heads: Iterable[tuple[UUID, int, bytes]]) -> None:
        """Compare the end with a manifest's journal, and with the database's own heads.

        Raises BackupFault.
        """
        leaf = self._leaf.hex() if self._leaf else None
        if (self.position, leaf) != (journal.position, journal.leaf):
            raise BackupFault(
                f"the journal of {self._organisation} ends at position {self.position}, not as "
                f"the manifest says ({journal.position}, leaf {journal.leaf}): they do not fit."
            )
        ends = {stream: (version, bytes(leaf)) for stream, version, leaf in heads}
        if head != self.position or ends != self._ends:
            raise BackupFault(
                f"the heads of the journal and streams of {self._organisation} are not where "
                "their events end: the backup is not of one moment. Use another one."
            )

    def _fault(self, position: int, what: str) -> BackupFault:
        return BackupFault(f"event {position} of the journal of {self._organisation} {what}.")
