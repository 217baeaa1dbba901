"""Verifying the whole journal, against checkpoints that somebody else kept."""

import argparse
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from domain.checkpoints import NOTE_MAX, Malformed, origin_of, parse_checkpoint, parse_note
from ops import loop
from ops.faults import Mendable
from ops.organisations import all_organisations
from ops.progress import bar, clear
from ops.sealing.stored import StoredJournal
from ops.sealing.verifying import Verified, verify_journal
from ops.sealing.walking import Kept
from ops.settings import Settings
from ops.wiring import open_record

SUMMARY = "verify the whole journal, or a case file, against checkpoints kept elsewhere"

VERIFIER: Final = Path(__file__).parents[1] / "verifier" / "verify.py"
_UNSEEN = (
    "  held against no checkpoint kept elsewhere: events cut from the end together with their\n"
    "  checkpoints, or a journal made anew by whoever has the signing key too, are not seen so"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to verify, and what to hold it against."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a case file")
    parser.add_argument("--journal", action="store_true", help="the whole journal stored here")
    parser.add_argument(
        "--checkpoint",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a checkpoint that was kept elsewhere; give it several times",
    )
    parser.add_argument("--key", metavar="VKEY", help="the key that a case file is signed under")
    parser.add_argument(
        "--organisation", type=UUID, metavar="ID", help="whose journal (default: every one)"
    )


def run(args: argparse.Namespace) -> int:
    """0 when all is as it was recorded; 1 with the first thing that is not; 130 when stopped."""
    if (args.file is None) == (not args.journal):
        print("name a case file, or say --journal", file=sys.stderr)
        return 2
    if args.file is not None:
        return _verify_file(args)
    progress = _Progress()
    try:
        return loop.run(_verify_journals(args, progress))
    except KeyboardInterrupt:
        print(f"\nStopped: {progress.said}; nothing was wrong so far.", file=sys.stderr)
        return 130


def _verify_file(args: argparse.Namespace) -> int:
    """Run the verifier as an outsider would: apart, and with nothing of ours in reach."""
    if len(args.checkpoint) > 1:
        print("a case file is held against one checkpoint at a time", file=sys.stderr)
        return 2
    options = [f"--checkpoint={checkpoint}" for checkpoint in args.checkpoint]
    options += [f"--key={args.key}"] if args.key else []
    command = [sys.executable, "-I", str(VERIFIER), *options, "--", str(args.file)]
    return subprocess.run(command, check=False).returncode


class _Progress:
    """How far it has come, for the bar and for whoever stops it."""

    def __init__(self) -> None:
        self.said = "nothing was verified yet"

    def show(self, organisation: UUID, done: int, total: int) -> None:
        self.said = f"{done:,} of {total:,} events of {organisation} were verified"
        bar(done, total, f"{done:,} of {total:,} events")


async def _verify_journals(args: argparse.Namespace, progress: _Progress) -> int:
    kept = _read_all(args.checkpoint)
    bad = 0
    async with open_record(Settings.load(args)) as (pool, _):
        for organisation in _chosen(await all_organisations(pool), args.organisation, kept):
            found = await verify_journal(
                StoredJournal.of_pool(pool, organisation),
                kept.get(origin_of(organisation), {}),
                partial(progress.show, organisation),
            )
            clear()
            print("\n".join(told(found)), flush=True)
            bad += found.wrong is not None
    return 1 if bad else 0


def _read_all(files: list[Path]) -> dict[str, dict[int, list[Kept]]]:
    """Checkpoints by origin and size. Mendable where one cannot be read."""
    found: dict[str, dict[int, list[Kept]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        try:
            raw = file.read_bytes()[: NOTE_MAX * 4 + 1]
            note = raw.decode()
            checkpoint = parse_checkpoint(parse_note(note).text)
        except OSError as error:
            raise Mendable(f"{file} cannot be read: {error.strerror}") from None
        except (UnicodeDecodeError, Malformed) as error:
            raise Mendable(f"{file} is not a checkpoint: {error}") from None
        found[checkpoint.origin][checkpoint.size].append(Kept(note, str(file)))
    return found


def _chosen(
    known: list[UUID], wanted: UUID | None, kept: dict[str, dict[int, list[Kept]]]
) -> list[UUID]:
    """Whose journals to verify; Mendable for a checkpoint that is of none of them."""
    if wanted is not None and wanted not in known:
        raise Mendable(f"there is no organisation {wanted} here")
    chosen = known if wanted is None else [wanted]
    foreign = kept.keys() - {origin_of(organisation) for organisation in chosen}
    if foreign:
        (first, *_) = next(iter(kept[min(foreign)].values()))
        raise Mendable(
            f"the checkpoint in {first.where} is of another log, {min(foreign)}: "
            "it says nothing about a journal here"
        )
    return chosen


def told(found: Verified) -> Iterator[str]:
    """The verdict in plain words."""
    if found.wrong is not None:
        yield f"WRONG: journal of {found.organisation}: {found.wrong.said}"
        yield f"  noticed at position {found.wrong.position} ({found.wrong.kind})"
        return
    yield (
        f"journal of {found.organisation}: {found.events:,} events in {found.streams:,} streams, "
        f"all as they were recorded"
    )
    yield f"  {found.checkpoints} checkpoints in the database agree; root {found.root.hex()}"
    if found.elsewhere:
        yield f"  {found.elsewhere} checkpoints kept elsewhere agree"
    else:
        yield _UNSEEN
