"""Attacking a stored journal many times, and counting what is found from where."""

from collections.abc import Callable, Iterator
from random import Random

import msgspec

from ops.sealing.stored import StoredJournal
from ops.sealing.verifying import Verified, verify_journal
from ops.sealing.walking import Kept
from ops.tamper.attacks import KINDS, Kind
from ops.tamper.stage import Stage

_VACUUM_EVERY = 200


class Count(msgspec.Struct, kw_only=True):
    """What became of one kind of attack."""

    kind: str
    tried: int = 0
    found_alone: int = 0
    """With what is in the database only."""
    found_elsewhere: int = 0
    """Not alone, but with a checkpoint that was kept elsewhere."""
    missed: int = 0


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A whole run."""

    seed: int
    number: int
    events: int
    """Events in the journal that was attacked."""
    counts: tuple[Count, ...]
    faults: tuple[str, ...]
    """What did not come out as it has to: nothing, or each in a sentence."""


async def attack_journal(
    stage: Stage,
    number: int,
    seed: int,
    progress: Callable[[int], None] = lambda _done: None,
) -> Trial:
    """Make `number` attacks, each on the journal as it was recorded, in equal shares by kind."""
    counts = {kind.name: Count(kind=kind.name) for kind in KINDS}
    faults: list[str] = []
    for done in range(number):
        kind = KINDS[done % len(KINDS)]
        rng = Random(f"{seed}/{done}")  # noqa: S311 - to be repeated, not to be unguessable
        faults += [f"attack {done}: {fault}" for fault in await _one(stage, kind, rng, counts)]
        progress(done + 1)
        if (done + 1) % _VACUUM_EVERY == 0:
            await stage.connection.execute("VACUUM mingzhang.events, mingzhang.stream_heads")
    return Trial(
        seed=seed,
        number=number,
        events=len(stage.events),
        counts=tuple(counts.values()),
        faults=tuple(faults),
    )


async def _one(stage: Stage, kind: Kind, rng: Random, counts: dict[str, Count]) -> list[str]:
    transaction = stage.connection.transaction()
    await transaction.start()
    try:
        at = await kind.attack(stage, rng)
        alone, outside = await _verified(stage, outside=False), await _verified(stage, outside=True)
    finally:
        await transaction.rollback()
    count = counts[kind.name]
    count.tried += 1
    count.found_alone += alone.wrong is not None
    count.found_elsewhere += alone.wrong is None and outside.wrong is not None
    count.missed += outside.wrong is None
    return list(_faults(kind, at, alone, outside))


async def _verified(stage: Stage, *, outside: bool) -> Verified:
    journal = StoredJournal.of_connection(stage.connection, stage.organisation)
    kept = Kept(stage.checkpoints[-1].note, "a drawer")
    return await verify_journal(journal, {stage.sealed: [kept]} if outside else {})


def _faults(kind: Kind, at: int | None, alone: Verified, outside: Verified) -> Iterator[str]:
    if outside.wrong is None:
        yield f"{kind.name}: not found at all"
    elif at is not None and outside.wrong.position != at:
        yield f"{kind.name}: at {at}, named {outside.wrong.position}: {outside.wrong.said}"
    if kind.is_seen_alone != (alone.wrong is not None):
        yield f"{kind.name}: alone it says {alone.wrong}"


def table(trial: Trial) -> str:
    """The counts for people."""
    width = max(len(count.kind) for count in trial.counts)
    lines = [
        f"{trial.number} attacks on a journal of {trial.events} events, seed {trial.seed}",
        f"  {'':{width}}  tried  found alone  only from elsewhere  missed",
    ]
    lines += [
        f"  {count.kind:{width}}  {count.tried:5}  {count.found_alone:11}  "
        f"{count.found_elsewhere:19}  {count.missed:6}"
        for count in trial.counts
    ]
    return "\n".join([*lines, *trial.faults])
