"""The seal as the domain sees it: signed checkpoints of a journal, and proofs against them.

One tree for each organisation (`domain/tree.py`) over the leaves of its journal. Implementation:
`ops/sealing/proofs.py`.
"""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import msgspec

from domain.organisation import KeyInForce


class SealedCheckpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint that was signed and kept."""

    size: int
    """How many events it is over: the position of the last of them."""
    note: str
    """The signed note, byte for byte as it was given out."""


class SealBroken(RuntimeError):
    """What is stored does not lead to what was signed: says where. A fault, or an attack."""


class Seal(Protocol):
    """Reads checkpoints and makes proofs. Each method names the organisation.

    Each may raise LogUnavailable; proofs may raise SealBroken, and are verified before they are
    given.
    """

    async def latest(self, organisation: UUID) -> SealedCheckpoint | None:
        """The newest checkpoint; None before the first."""
        ...

    async def at(self, organisation: UUID, size: int) -> SealedCheckpoint | None:
        """The checkpoint of exactly this size."""
        ...

    async def covering(self, organisation: UUID, position: int) -> SealedCheckpoint | None:
        """The first checkpoint that this position is in."""
        ...

    async def before(self, organisation: UUID, size: int) -> SealedCheckpoint | None:
        """The newest checkpoint that is shorter."""
        ...

    async def inclusion(
        self, organisation: UUID, positions: Sequence[int], checkpoint: SealedCheckpoint
    ) -> list[tuple[bytes, ...]]:
        """For each position, the path from its leaf to the checkpoint's root.

        ValueError for a position that is not in it.
        """
        ...

    async def consistency(
        self, organisation: UUID, old: SealedCheckpoint, checkpoint: SealedCheckpoint
    ) -> tuple[bytes, ...]:
        """The path from an older checkpoint's root to a newer one's; ValueError the other way."""
        ...

    async def keys(self, organisation: UUID) -> tuple[KeyInForce, ...]:
        """Every verifier key that the journal's checkpoints were signed under, oldest first."""
        ...

    async def stamp(self, organisation: UUID, size: int) -> bytes | None:
        """The stamping authority's answer over the note of this size, if there is one."""
        ...
