"""A sealed journal in a database of its own, and the hand that can do everything to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random
from typing import Any, Final
from uuid import UUID

import asyncpg

from domain.checkpoints import checkpoint_text, journal_checkpoint, sign
from domain.log import Append, NewEvent, StoredEvent, StreamAppend
from domain.seal import SealedCheckpoint
from domain.tree import root, subtrees_of
from ops.keys.signing_key import SigningKey
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool
from ops.postgres.statements import JOURNAL_PAGE
from ops.sealing.adopting import adopt_key
from ops.sealing.postgres_store import PostgresSealStore
from ops.sealing.proofs import Proofs
from ops.sealing.sealer import Sealer

STREAMS: Final = 12
SEALED_AT: Final = (60, 150, 270)
"""Sizes of the checkpoints, of which the last is the one kept elsewhere."""
TAIL: Final = 14
"""Events recorded since: what nobody has signed yet."""
_TABLES: Final = ("events", "checkpoints", "tree_nodes")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The journal as it was recorded, and a superuser's connection to where it is stored."""

    connection: Any
    organisation: UUID
    events: tuple[StoredEvent, ...]
    checkpoints: tuple[SealedCheckpoint, ...]
    thief: SigningKey
    """A key of the attacker's own."""

    @property
    def sealed(self) -> int:
        """Size of the newest checkpoint."""
        return self.checkpoints[-1].size

    def signed_by_thief(self, events: list[StoredEvent], size: int) -> str:
        """The note that the attacker would put under the first `size` of these events."""
        top = root(subtrees_of([event.leaf for event in events[:size]]), size)
        moment = events[size - 1].recorded_at
        text = checkpoint_text(journal_checkpoint(self.organisation, size, top, moment))
        return sign(text, self.thief.verifier(self.organisation), self.thief.sign)


@asynccontextmanager
async def stage_on(dsn: str, rng: Random) -> AsyncIterator[Stage]:
    """Record and seal a journal in a migrated database of which this address is the superuser's.

    The triggers that refuse changes are switched off afterwards: whoever attacks can do that.
    """
    organisation = UUID(int=rng.getrandbits(128), version=4)
    key, thief = (SigningKey(rng.randbytes(32), name) for name in ("ours", "theirs"))
    async with Pool(dsn) as pool:
        log = PostgresEventLog(pool)
        try:
            await _record(log, PostgresSealStore(pool), organisation, key, rng)
        finally:
            await log.close()
    connection = await asyncpg.connect(dsn)
    try:
        for table in _TABLES:
            await connection.execute(f"ALTER TABLE mingzhang.{table} DISABLE TRIGGER ALL")
        rows = await connection.fetch(JOURNAL_PAGE, organisation, 0, 2**62, 2**31)
        notes = await connection.fetch("SELECT size, note FROM mingzhang.checkpoints ORDER BY size")
        yield Stage(
            connection=connection,
            organisation=organisation,
            events=tuple(StoredEvent(*row) for row in rows),
            checkpoints=tuple(SealedCheckpoint(**row) for row in notes),
            thief=thief,
        )
    finally:
        await connection.close()


async def _record(
    log: PostgresEventLog,
    store: PostgresSealStore,
    organisation: UUID,
    key: SigningKey,
    rng: Random,
) -> None:
    await adopt_key(Proofs(log, store), organisation, key)
    versions = {UUID(int=rng.getrandbits(128), version=4): 0 for _ in range(STREAMS)}
    sealer = Sealer(log, store, key)
    size = 1
    for end in (*SEALED_AT, SEALED_AT[-1] + TAIL):
        while size < end:
            stream = rng.choice(list(versions))
            count = min(rng.randint(1, 3), end - size)
            await log.append(_append(organisation, stream, versions[stream], count, rng))
            versions[stream] += count
            size += count
        if end in SEALED_AT:
            await sealer.seal(organisation)


def _append(organisation: UUID, stream: UUID, version: int, count: int, rng: Random) -> Append:
    def some_id() -> UUID:
        return UUID(int=rng.getrandbits(128), version=4)

    events = tuple(
        NewEvent(
            event_id=some_id(),
            topic=rng.choice(("payment-made", "note-added", "contact-logged")),
            schema_version=1,
            body=b'{"n":%d}' % rng.randint(0, 10**9),
        )
        for _ in range(count)
    )
    return Append(
        organisation=organisation,
        command_id=some_id(),
        actor=f"m-{rng.randint(1, 5)}",
        causation_id=rng.choice((None, some_id())),
        writes=(StreamAppend(stream=stream, expected_version=version, events=events),),
    )
