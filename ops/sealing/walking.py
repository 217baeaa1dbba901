"""A journal walked event by event: every link, every leaf, every root computed again.

Nothing here reads or writes: the walk is given events and checkpoints and says what is wrong.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.checkpoints import (
    Malformed,
    Verdict,
    origin_of,
    parse_checkpoint,
    parse_note,
    parse_verifier_key,
    recorded_at,
    verify_note,
)
from domain.codec import decode_body
from domain.leaf import leaf
from domain.log import StoredEvent
from domain.organisation import SigningKeyAdopted
from domain.tree import Frontier, Node
from ops.keys.signing_key import is_signed
from ops.sealing.store import STORED_BITS


class Kind(StrEnum):
    """What sort of thing is wrong."""

    GAP = "gap"
    LEAF = "leaf"
    CHAIN = "chain"
    TIME = "time"
    HEAD = "head"
    STREAM_HEAD = "stream-head"
    CUT = "cut"
    """Fewer events than were sealed."""
    ROOT = "root"
    CHECKPOINT = "checkpoint"
    """A checkpoint that cannot be one of this journal."""
    NODE = "node"
    KEY = "key"


class Wrong(msgspec.Struct, frozen=True):
    """The first thing that is wrong, in plain words."""

    kind: Kind
    position: int
    """Where it was noticed."""
    said: str


class WrongHere(Exception):
    """Ends a walk."""

    def __init__(self, kind: Kind, position: int, said: str) -> None:
        """See `Wrong`."""
        super().__init__(said)
        self.wrong = Wrong(kind, position, said)


class Kept(msgspec.Struct, frozen=True):
    """A checkpoint's note, and where it is kept."""

    note: str
    where: str
    """For messages: `the database`, or a file."""


_LEAF_BYTES: Final = 32


class Walk:
    """Where a walk stands. `take` and `compare` raise WrongHere."""

    def __init__(self, organisation: UUID) -> None:
        """Begin before the first event."""
        self.organisation = organisation
        self.frontier = Frontier()
        self.recorded_at: datetime | None = None
        self.streams: dict[UUID, tuple[int, bytes]] = {}
        """Version and leaf at which each stream stands."""
        self.agreed = 0
        """Size of the last checkpoint that agreed."""
        self._keys: list[str] = []

    @property
    def size(self) -> int:
        """Events taken in."""
        return self.frontier.size

    def take(self, event: StoredEvent) -> dict[Node, bytes]:
        """Take the next event in; the nodes that are completed by it, of the levels kept."""
        at = self.size + 1
        if event.position != at:
            raise WrongHere(
                Kind.GAP,
                at,
                f"there is no event at position {at}; the next that is there is {event.position}",
            )
        made = self._leaf_of(event)
        self._check_chain(event)
        if self.recorded_at is not None and event.recorded_at <= self.recorded_at:
            raise WrongHere(
                Kind.TIME, at, f"the event at position {at} was not recorded after the one before"
            )
        self.recorded_at = event.recorded_at
        self.streams[event.stream] = (event.version, made)
        self._take_key(event)
        rows = self.frontier.append(made)
        levels = range(STORED_BITS, len(rows), STORED_BITS)
        return {(level, (at >> level) - 1): rows[level] for level in levels}

    def compare(self, kept: Kept, size: int) -> None:
        """Hold a checkpoint of the present size against what was walked."""

        def wrong(kind: Kind, said: str) -> WrongHere:
            return WrongHere(kind, size, f"the checkpoint of {size} events in {kept.where} {said}")

        try:
            note = parse_note(kept.note)
            checkpoint = parse_checkpoint(note.text)
            moment = recorded_at(checkpoint)
        except Malformed as error:
            raise wrong(Kind.CHECKPOINT, f"cannot be read: {error}") from None
        if checkpoint.origin != origin_of(self.organisation) or checkpoint.size != size:
            said = f"is one of {checkpoint.size} events of {checkpoint.origin}"
            raise wrong(Kind.CHECKPOINT, said)
        if checkpoint.root != self.frontier.root() or moment != self.recorded_at:
            raise wrong(Kind.ROOT, f"was signed over other events: {self._between(size)}")
        if not self._keys:
            raise wrong(Kind.KEY, "is there before the journal names any signing key")
        verdict = verify_note(note, parse_verifier_key(self._keys[-1]), is_signed)
        if verdict is not Verdict.VALID:
            raise wrong(Kind.CHECKPOINT, "is not signed by the key in force then")
        self.agreed = size

    def _between(self, size: int) -> str:
        since = f"after position {self.agreed}" if self.agreed else "among them"
        return f"something {since} and up to {size} was changed, removed, inserted or reordered"

    def _leaf_of(self, event: StoredEvent) -> bytes:
        made = leaf(event.header(), event.body)
        if event.organisation != self.organisation or made != event.leaf:
            raise WrongHere(
                Kind.LEAF,
                event.position,
                f"the event at position {event.position} is not as it was recorded: "
                "its fields do not give its leaf",
            )
        return made

    def _check_chain(self, event: StoredEvent) -> None:
        version, before = self.streams.get(event.stream, (None, None))
        # The eventsourcing library begins some streams at version 0.
        follows = event.version in {0, 1} if version is None else event.version == version + 1
        if not follows or event.previous_leaf != before:
            raise WrongHere(
                Kind.CHAIN,
                event.position,
                f"the event at position {event.position} does not follow what is before it in "
                f"its stream {event.stream}: version {event.version} after {version or 'none'}",
            )

    def _take_key(self, event: StoredEvent) -> None:
        if event.stream != self.organisation or event.topic != SigningKeyAdopted.TOPIC:
            return
        try:
            fact = decode_body(event.topic, event.schema_version, event.body)
            assert isinstance(fact, SigningKeyAdopted)  # noqa: S101 - what the topic says
            parse_verifier_key(fact.key)
        except Exception as error:
            raise WrongHere(
                Kind.KEY,
                event.position,
                f"the signing key adopted at position {event.position} cannot be read",
            ) from error
        self._keys.append(fact.key)
