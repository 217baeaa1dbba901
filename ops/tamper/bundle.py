"""Tampering with case files, in equal shares of every kind, and counting what is found."""

import io
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from ops.tamper import events, files, proofs, values, zips
from ops.tamper.forging import Tampered, Tampering
from ops.tamper.world import World, make_world
from ops.verifier.verify import Wrong, verify

KINDS: Final[dict[str, Tampering]] = {
    "zip-cut": zips.cut,
    "zip-padded": zips.padded,
    "zip-bit-flipped": zips.bit,
    "zip-name-twice": zips.twice,
    "zip-odd-name": zips.odd_name,
    "zip-not-plain": zips.not_plain,
    "zip-bomb": zips.bomb,
    "file-changed": files.changed,
    "file-removed": files.removed,
    "file-added": files.added,
    "file-renamed": files.renamed,
    "reading-changed": files.reading,
    "evidence-changed": files.evidence,
    "manifest-changed": files.manifest,
    "case-json-changed": files.case,
    "event-header-changed": events.header,
    "event-body-changed": events.body,
    "event-body-hidden": events.hidden,
    "event-body-filled-in": events.filled_in,
    "event-dropped": events.dropped,
    "events-swapped": events.swapped,
    "event-inserted": events.inserted,
    "tail-cut": events.tail_cut,
    "export-forged": events.export_forged,
    "opened-value-changed": values.opened,
    "opened-value-moved": values.moved,
    "opened-value-kept-back": values.kept_back,
    "readable-form-changed": values.readable,
    "line-in-another-form": values.form,
    "proof-of-another-leaf": proofs.proof,
    "checkpoint-of-another-log": proofs.foreign_log,
    "older-checkpoint": proofs.older,
    "signed-by-another-key": proofs.other_signer,
    "note-changed": proofs.note,
    "earlier-checkpoint-changed": proofs.earlier,
    "fork-against-one-kept-elsewhere": proofs.fork,
    "kept-elsewhere-of-another-log": proofs.foreign_comparison,
    "made-anew-under-another-key": proofs.made_anew,
    "key-changed": proofs.keys,
}
"""Every way in which a case file is tampered with."""


class Count(msgspec.Struct, kw_only=True):
    """What became of the tamperings of one kind."""

    made: int = 0
    found: int = 0
    named: int = 0
    """Found, and the first bad place named."""


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """A tampering that was not found, or whose place was not the first bad one."""

    kind: str
    number: int
    said: str


class Outcome(msgspec.Struct, kw_only=True):
    """What a run came to."""

    seed: int
    number: int
    counts: dict[str, Count]
    missed: list[Missed]


async def tamper(number: int, seed: int, show: Callable[[int], None] = lambda _: None) -> Outcome:
    """Make about `number` tamperings, the same for each kind, and verify every one."""
    with tempfile.TemporaryDirectory(prefix="mz-tamper-") as folder:
        world = await make_world(Path(folder), seed)
    return judge(world, number, seed, show)


def judge(
    world: World, number: int, seed: int, show: Callable[[int], None] = lambda _: None
) -> Outcome:
    """Tamper with the case files of a world; each tampering has a seed of its own."""
    for bag in (world.whole, world.partial, world.older):
        verify(io.BytesIO(bag.packed()), world.key)  # what is not whole cannot be broken
    counts: dict[str, Count] = {kind: Count() for kind in KINDS}
    missed: list[Missed] = []
    share = -(-number // len(KINDS))
    for order, (kind, tampering) in enumerate(KINDS.items()):
        for one in range(share):
            show(order * share + one + 1)
            tampered = tampering(world, Random(f"{seed} {kind} {one}"))  # noqa: S311
            found, named, said = verdict(tampered)
            counts[kind].made += 1
            counts[kind].found += found
            counts[kind].named += named
            if not named:
                missed.append(Missed(kind=kind, number=one, said=said))
    return Outcome(seed=seed, number=total(counts).made, counts=counts, missed=missed)


def verdict(tampered: Tampered) -> tuple[bool, bool, str]:
    """Whether it was found, whether the first bad place was named, and what was said."""
    try:
        verify(io.BytesIO(tampered.data), tampered.key, tampered.checkpoint)
    except Wrong as wrong:
        right_kind = not tampered.kinds or wrong.kind in tampered.kinds
        right_place = any(_is_at(wrong.where, place) for place in tampered.where)
        said = f"{wrong.kind} at {wrong.where}: {wrong.what}; wanted {tampered.kinds} at "
        return True, right_kind and right_place, said + " or ".join(tampered.where)
    except Exception as error:  # noqa: BLE001 - a verifier that falls over has found nothing
        return False, False, f"fell over: {type(error).__name__}: {error}"
    return False, False, "not found"


def _is_at(where: str, place: str) -> bool:
    # A folder or a file stands for what is in it; line 1 does not stand for line 12.
    rest = where[len(place) :]
    return where.startswith(place) and not (place[-1:].isdigit() and rest[:1].isdigit())


def total(counts: dict[str, Count]) -> Count:
    """All kinds together."""
    sums: Counter[str] = Counter()
    for count in counts.values():
        sums.update(msgspec.structs.asdict(count))
    return Count(**sums)


def table(outcome: Outcome) -> str:
    """Counts by kind, for people."""
    width = max(map(len, KINDS))
    rows = {**outcome.counts, "all": total(outcome.counts)}
    head = f"{'kind':{width}}  {'made':>7}  {'found':>7}  {'place named':>11}"
    lines = [
        f"{kind:{width}}  {each.made:>7,}  {each.found:>7,}  {each.named:>11,}"
        for kind, each in rows.items()
    ]
    misses = [f"MISSED {each.kind} {each.number}: {each.said}" for each in outcome.missed[:20]]
    return "\n".join([head, *lines, *misses])
