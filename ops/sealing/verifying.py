"""Verifying a whole journal from its stored bytes, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

import msgspec

from domain.log import Head
from domain.tree import Node
from ops.sealing.stored import StoredJournal
from ops.sealing.walking import Kept, Kind, Walk, Wrong, WrongHere

PAGE: Final = 2_000
DATABASE: Final = "the database"
POSITION_MAX: Final = 2**63 - 1

Elsewhere = Mapping[int, Sequence[Kept]]
"""Checkpoints that somebody else kept, by size."""


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a verification came to."""

    organisation: UUID
    events: int
    """Up to this position all was as recorded."""
    streams: int
    checkpoints: int
    """Of those in the database, how many agreed."""
    elsewhere: int
    """Of those kept elsewhere, how many agreed."""
    root: bytes
    """Over the events."""
    wrong: Wrong | None


async def verify_journal(
    journal: StoredJournal,
    elsewhere: Elsewhere,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Verified:
    """Compute everything again, and hold it against what is stored and what others kept.

    Stops at the first thing that is wrong. What is appended meanwhile is left for the next time.
    Raises LogUnavailable.
    """
    one = _Verification(journal, elsewhere, progress)
    wrong = None
    try:
        await one.run()
    except WrongHere as found:
        wrong = found.wrong
    return Verified(
        organisation=journal.organisation,
        events=one.walk.size,
        streams=len(one.walk.streams),
        checkpoints=one.checkpoints,
        elsewhere=one.elsewhere,
        root=one.walk.frontier.root(),
        wrong=wrong,
    )


class _Verification:
    def __init__(
        self, journal: StoredJournal, elsewhere: Elsewhere, progress: Callable[[int, int], None]
    ) -> None:
        self.walk = Walk(journal.organisation)
        self.checkpoints = self.elsewhere = 0
        self._journal, self._elsewhere, self._progress = journal, elsewhere, progress
        self._sealed = 0

    async def run(self) -> None:
        head = await self._journal.head()
        self._sealed = await self._journal.sealed_size()
        while await self._page(head.position):
            self._progress(self.walk.size, head.position)
        await self._refuse_cut(head.position)
        if head.position != self.walk.size or head.recorded_at != self.walk.recorded_at:
            self._refuse_head(head)
        await self._refuse_beyond()
        await self._check_stream_heads()

    async def _page(self, end: int) -> bool:
        at = self.walk.size
        page = await self._journal.events(at, end, PAGE)
        if not page:
            return False
        stored = await self._journal.checkpoints(at, page[-1].position)
        due = {checkpoint.size: checkpoint.note for checkpoint in stored}
        made: dict[Node, bytes] = {}
        for event in page:
            made |= self.walk.take(event)
            self._compare(due.get(event.position))
        await self._check_nodes(made)
        return True

    def _compare(self, stored: str | None) -> None:
        if stored is not None:
            self.walk.compare(Kept(stored, DATABASE), self.walk.size)
            self.checkpoints += 1
        for kept in self._elsewhere.get(self.walk.size, ()):
            self.walk.compare(kept, self.walk.size)
            self.elsewhere += 1

    async def _check_nodes(self, made: Mapping[Node, bytes]) -> None:
        # Beyond the last checkpoint none has been kept yet.
        due = {
            (level, index): root
            for (level, index), root in made.items()
            if (index + 1) << level <= self._sealed
        }
        kept = await self._journal.nodes(list(due))
        for (level, index), root in due.items():
            if kept.get((level, index)) != root:
                said = "is not the one that these events give; the events are as recorded"
                raise self._node(level, index, said)

    async def _refuse_cut(self, head: int) -> None:
        """Checkpoints over more events than there are."""
        size = self.walk.size
        kept = [(at, one.where) for at, notes in self._elsewhere.items() for one in notes]
        stored = await self._journal.checkpoint_beyond(size)
        # One that was signed since we began is over events recorded since then.
        if stored is not None and (
            size < head or stored.size > (await self._journal.head()).position
        ):
            kept.append((stored.size, DATABASE))
        beyond = sorted(one for one in kept if one[0] > size)
        if beyond:
            sealed, where = beyond[0]
            raise WrongHere(
                Kind.CUT,
                size,
                f"the journal ends at position {size}, and the checkpoint of {sealed} events in "
                f"{where} was signed over more: {sealed - size} are gone",
            )

    def _refuse_head(self, head: Head) -> None:
        raise WrongHere(
            Kind.HEAD,
            self.walk.size,
            f"the journal ends at position {self.walk.size}, recorded at {self.walk.recorded_at}, "
            f"and its head says position {head.position}, recorded at {head.recorded_at}",
        )

    async def _refuse_beyond(self) -> None:
        """Events after the head, nodes after the last checkpoint: the head is read after them."""
        size = self.walk.size
        for event in await self._journal.events(size, POSITION_MAX, 1):
            head = await self._journal.head()
            if head.position < event.position:
                self._refuse_head(head)
        node = await self._journal.node_beyond(self._sealed)
        if node is not None:
            level, index = node
            last = (index + 1) << level
            if last > await self._journal.sealed_size():
                raise self._node(level, index, "is there before these events were sealed")

    async def _check_stream_heads(self) -> None:
        lacking = dict(self.walk.streams)
        after = UUID(int=0)
        while heads := await self._journal.stream_heads(after, PAGE):
            for stream, version, leaf in heads:
                known = lacking.pop(stream, None)
                if known != (version, leaf) and not await self._is_newer(stream, version, leaf):
                    raise self._stream_head(stream, "is not at its last event")
            after = heads[-1][0]
        if lacking:
            raise self._stream_head(next(iter(lacking)), "is missing")

    async def _is_newer(self, stream: UUID, version: int, leaf: bytes) -> bool:
        """Whether a stream's head is at an event that was recorded since we began."""
        found = await self._journal.of_stream(stream, version)
        return found is not None and found[0] > self.walk.size and found[1] == leaf

    def _node(self, level: int, index: int, said: str) -> WrongHere:
        first, last = (index << level) + 1, (index + 1) << level
        return WrongHere(
            Kind.NODE, last, f"the tree's node over positions {first} to {last} {said}"
        )

    def _stream_head(self, stream: UUID, said: str) -> WrongHere:
        return WrongHere(
            Kind.STREAM_HEAD, self.walk.size, f"the head of the stream {stream} {said}"
        )
