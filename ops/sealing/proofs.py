"""Proofs against signed checkpoints, each verified before it is given out."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from domain.checkpoints import Checkpoint, Malformed, parse_checkpoint, parse_note
from domain.log import EventLog
from domain.organisation import KeyInForce
from domain.seal import SealBroken, SealedCheckpoint
from domain.tree import (
    consistency_proof,
    inclusion_proof,
    needed,
    verify_consistency,
    verify_inclusion,
)
from ops.rules_desk import organisation_as_it_stands
from ops.sealing.store import SealStore
from ops.sealing.subtrees import fetch


class Proofs:
    """`domain.seal.Seal` over a store."""

    def __init__(self, log: EventLog, store: SealStore) -> None:
        """The log is asked for the organisation's keys only."""
        self.log = log
        self._store = store

    async def latest(self, organisation: UUID) -> SealedCheckpoint | None:
        """See `Seal.latest`."""
        return await self._store.last(organisation)

    async def at(self, organisation: UUID, size: int) -> SealedCheckpoint | None:
        """See `Seal.at`."""
        return await self._store.at(organisation, size)

    async def covering(self, organisation: UUID, position: int) -> SealedCheckpoint | None:
        """See `Seal.covering`."""
        return await self._store.covering(organisation, position)

    async def before(self, organisation: UUID, size: int) -> SealedCheckpoint | None:
        """See `Seal.before`."""
        return await self._store.before(organisation, size)

    async def inclusion(
        self, organisation: UUID, positions: Sequence[int], checkpoint: SealedCheckpoint
    ) -> list[tuple[bytes, ...]]:
        """See `Seal.inclusion`; shared subtrees are fetched once for all positions."""
        size, root = checkpoint.size, read_checkpoint(checkpoint).root
        asked = {(0, position - 1): None for position in positions}
        for position in positions:
            nodes = needed(partial(inclusion_proof, index=position - 1, size=size))
            asked |= dict.fromkeys(nodes)
        found = await fetch(self._store, organisation, asked)
        paths = []
        for position in positions:
            path = inclusion_proof(lambda *node: found[node], position - 1, size)
            if not verify_inclusion(found[0, position - 1], position - 1, size, path, root):
                raise SealBroken(
                    f"the event at position {position} is not in what was signed at size {size}"
                )
            paths.append(path)
        return paths

    async def consistency(
        self, organisation: UUID, old: SealedCheckpoint, checkpoint: SealedCheckpoint
    ) -> tuple[bytes, ...]:
        """See `Seal.consistency`."""
        size, root = checkpoint.size, read_checkpoint(checkpoint).root
        nodes = needed(partial(consistency_proof, old_size=old.size, size=size))
        found = await fetch(self._store, organisation, nodes)
        path = consistency_proof(lambda *node: found[node], old.size, size)
        if not verify_consistency(old.size, read_checkpoint(old).root, size, root, path):
            raise SealBroken(f"the checkpoint of {size} does not continue the one of {old.size}")
        return path

    async def keys(self, organisation: UUID) -> tuple[KeyInForce, ...]:
        """See `Seal.keys`."""
        return (await organisation_as_it_stands(self, organisation)).keys

    async def stamp(self, organisation: UUID, size: int) -> bytes | None:
        """See `Seal.stamp`."""
        return await self._store.stamp(organisation, size)


def read_checkpoint(sealed: SealedCheckpoint) -> Checkpoint:
    """What a stored note says; its signature is not looked at. SealBroken for what is no note."""
    try:
        checkpoint = parse_checkpoint(parse_note(sealed.note).text)
    except Malformed as error:
        raise SealBroken(f"the checkpoint of {sealed.size} cannot be read: {error}") from error
    if checkpoint.size != sealed.size:
        raise SealBroken(f"the checkpoint of {sealed.size} says it is of {checkpoint.size}")
    return checkpoint
