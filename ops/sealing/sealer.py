"""The sealer: reads what was recorded since the last checkpoint, and signs that it was so.

It trusts nothing that is stored but its own signature: every leaf is computed again from the
event's fields, and what it goes on from has to have the root that it signed. It would rather stop
than sign what contradicts an earlier checkpoint.
"""

import logging
from asyncio import sleep, to_thread
from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from domain.checkpoints import (
    Verdict,
    checkpoint_text,
    journal_checkpoint,
    parse_note,
    parse_verifier_key,
    sign,
    verify_note,
)
from domain.log import PAGE_MAX, EventLog, LogUnavailable
from domain.seal import SealBroken, SealedCheckpoint
from domain.tree import (
    Frontier,
    complete_subtrees,
    consistency_proof,
    needed,
    verify_consistency,
)
from ops.keys.signing_key import SigningKey, is_signed
from ops.rules_desk import organisation_as_it_stands
from ops.sealing.adopting import adopt_key
from ops.sealing.growth import Growth, SealStopped
from ops.sealing.proofs import read_checkpoint
from ops.sealing.store import STORED_BITS, SealStore, StoredNode
from ops.sealing.subtrees import Grown, fetch

LOG = logging.getLogger("mingzhang")

EVERY_EVENTS: Final = 256
EVERY_SECONDS: Final = 60.0
PAUSE_SECONDS: Final = 0.5
"""Between two checkpoints, so that a rush of events does not get one for every 256."""


class Sealer:
    """Signs checkpoints of the journals in one database. Several may run at once."""

    def __init__(
        self,
        log: EventLog,
        store: SealStore,
        key: SigningKey,
        *,
        every_events: int = EVERY_EVENTS,
        every_seconds: float = EVERY_SECONDS,
        pause_seconds: float = PAUSE_SECONDS,
        signed: Callable[[UUID, int], None] = lambda _organisation, _size: None,
    ) -> None:
        """A checkpoint for so many events, or after so long where there was growth.

        `signed` hears whose checkpoint, and of how many events, is about to be there for anyone.
        """
        self.log = log
        self._signed_to = signed
        self._store, self._key = store, key
        self._every = (every_events, every_seconds, pause_seconds)
        self._held: dict[UUID, Growth] = {}

    async def run(self, organisation: UUID) -> None:
        """Seal at the set intervals until cancelled; a server or a journal that fails is reported.

        After a failure it is tried again at the next interval: a restore may have put it right.
        """
        events, seconds, pause = self._every
        while True:
            try:
                last = await self._store.last(organisation)
                size = last.size if last else 0
                await self.log.wait_for(organisation, size + events, seconds)
                await self.seal(organisation)
                await sleep(pause)
            except LogUnavailable as error:
                LOG.warning("the seal of %s waits for the server: %s", organisation, error)
                await sleep(pause)
            except SealStopped as error:
                LOG.error("the seal of %s has stopped: %s", organisation, error)  # noqa: TRY400
                await sleep(seconds)

    async def seal(self, organisation: UUID) -> SealedCheckpoint | None:
        """Seal up to where the journal ends now; the newest checkpoint, None where it is empty.

        What is recorded meanwhile is for the next time: a rush of events would never be caught up
        with, a commit for every few of them. Raises SealStopped, LogUnavailable.
        """
        last = await self._store.last(organisation)
        # Read after it: another sealer may be ahead of us, and that is no journal that shrank.
        head = (await self.log.head(organisation)).position
        _refuse_shrunk(head, last.size if last else 0)
        while (last.size if last else 0) < head:
            if last is None:
                await self._ensure_key(organisation)
            await self._step(organisation, last)
            last = await self._store.last(organisation)
        return last

    async def _ensure_key(self, organisation: UUID) -> None:
        """Adopt our key in a journal that names none: what is signed holds the key it is under."""
        if not (await organisation_as_it_stands(self, organisation)).keys:
            await adopt_key(self, organisation, self._key)

    async def _step(self, organisation: UUID, last: SealedCheckpoint | None) -> None:
        size = last.size if last else 0
        try:
            held = await self._grown(organisation, last)
            checkpoint = self._signed(organisation, held)
            await self._refuse_contradiction(organisation, held, size)
        except SealBroken as error:
            raise SealStopped(str(error)) from error
        nodes = [StoredNode(*node, made) for node, made in held.nodes.items()]
        # A durable write: appends go on meanwhile.
        await to_thread(self._signed_to, organisation, checkpoint.size)
        if await self._store.add(organisation, size, checkpoint, nodes):
            self._held[organisation] = held.sealed()

    async def _grown(self, organisation: UUID, last: SealedCheckpoint | None) -> Growth:
        """The tree after the next page, or as many as it takes until our key is in force."""
        # Taken out first: after a failure halfway it is made again from what is stored.
        held = self._held.pop(organisation, None)
        if held is None or held.frontier.size != (last.size if last else 0):
            held = await self._resume(organisation, last)
        ours = self._key.verifier(organisation).text()
        while page := await self.log.read_journal(
            organisation, after_position=held.frontier.size, limit=PAGE_MAX
        ):
            for event in page:
                held.take(event)
                if event.position % EVERY_EVENTS == 0:
                    await sleep(0)  # a page takes long enough for a request to wait for it
            if held.key == ours:
                break
        return held

    def _signed(self, organisation: UUID, held: Growth) -> SealedCheckpoint:
        ours = self._key.verifier(organisation)
        if held.last is None:
            raise SealStopped(f"the events after position {held.frontier.size} are missing")
        if held.key != ours.text():
            raise SealStopped(
                f"at position {held.frontier.size} another signing key is in force than ours: "
                f"{held.key}; start again with the key that was adopted"
            )
        size, root = held.frontier.size, held.frontier.root()
        text = checkpoint_text(journal_checkpoint(organisation, size, root, held.last))
        return SealedCheckpoint(size=size, note=sign(text, ours, self._key.sign))

    async def _refuse_contradiction(self, organisation: UUID, held: Growth, old: int) -> None:
        size = held.frontier.size
        grown = Grown(self._store, held.leaves, held.nodes)
        found = await fetch(
            grown, organisation, needed(partial(consistency_proof, old_size=old, size=size))
        )
        path = consistency_proof(lambda *node: found[node], old, size)
        if not verify_consistency(old, held.root, size, held.frontier.root(), path):
            raise SealStopped(f"the journal of {size} events does not continue the {old} sealed")

    async def _resume(self, organisation: UUID, last: SealedCheckpoint | None) -> Growth:
        """Go on from the last checkpoint: its signature, its root, and the events after a node."""
        if last is None:
            return Growth(Frontier())
        keys = await organisation_as_it_stands(self, organisation)
        key = keys.key_at(last.size)
        _refuse_forged(last, key)
        kept = last.size >> STORED_BITS << STORED_BITS
        nodes = tuple(complete_subtrees(0, kept))
        found = await fetch(self._store, organisation, nodes)
        held = Growth(Frontier(kept, [found[node] for node in nodes]), key=key)
        for event in await self.log.read_journal(
            organisation, after_position=kept, up_to_position=last.size
        ):
            held.take(event)
        root = read_checkpoint(last).root
        if held.frontier.size != last.size or held.frontier.root() != root:
            raise SealStopped(
                f"the first {last.size} events no longer have the root that was signed for them; "
                "python3 -m ops verify --journal says which is the first that changed"
            )
        return held.sealed()


def _refuse_shrunk(head: int, size: int) -> None:
    if head < size:
        raise SealStopped(
            f"the journal ends at position {head}, and {size} events of it were sealed: "
            f"{size - head} are gone, or an older backup was put in its place"
        )


def _refuse_forged(last: SealedCheckpoint, key: str | None) -> None:
    read_checkpoint(last)
    note = parse_note(last.note)
    if key is None or verify_note(note, parse_verifier_key(key), is_signed) is not Verdict.VALID:
        raise SealStopped(f"the checkpoint of {last.size} is not signed by the key in force then")
