"""Sealing now, and handing the checkpoints out."""

import argparse
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

from domain.seal import SealedCheckpoint
from ops import loop
from ops.backup import notes
from ops.faults import Mendable
from ops.sealing.stamping import StampRefused, stamp_newest
from ops.settings import Settings
from ops.wiring import House, open_house, utc_now

SUMMARY = "seal the journal now and print its signed checkpoint, to be kept elsewhere"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose journal, and where to write."""
    parser.add_argument(
        "--organisation", type=UUID, metavar="ID", help="whose journal (default: every one)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write a file for each instead of printing"
    )


def run(args: argparse.Namespace) -> int:
    """0 when every journal asked for is sealed."""
    return loop.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    settings = Settings.load(args)
    async with open_house(settings) as house:
        async for organisation, checkpoint in _sealed(house, args.organisation):
            _note(settings.data_dir, organisation, checkpoint.size, args.out)
            stamp = await _stamped(house, organisation)
            if args.out is None:
                print(checkpoint.note, flush=True)
                continue
            path = args.out / f"{organisation}-{checkpoint.size}.checkpoint"
            print(_written(path, checkpoint.note.encode()), flush=True)
            if stamp is not None:
                print(_written(path.with_suffix(".tsr"), stamp), flush=True)
    return 0


def _note(data_dir: Path, organisation: UUID, size: int, out: Path | None) -> None:
    """A journal put back below what was handed out does not fit it: `doctor` says so."""
    where = "printed" if out is None else str(out)
    notes.write(data_dir, notes.Note("checkpoint", utc_now(), where, {str(organisation): size}))


async def _stamped(house: House, organisation: UUID) -> bytes | None:
    """The stamp of the newest checkpoint where there is an authority; a failure is only said."""
    if house.stamper is None:
        return None
    try:
        return await stamp_newest(house.stamper, house.seals, organisation)
    except StampRefused as error:
        print(f"not stamped: {error}", file=sys.stderr, flush=True)
        return None


async def _sealed(
    house: House, wanted: UUID | None
) -> AsyncIterator[tuple[UUID, SealedCheckpoint]]:
    known = await house.organisations()
    if wanted is not None and wanted not in known:
        raise Mendable(f"there is no organisation {wanted} here")
    for organisation in known if wanted is None else [wanted]:
        checkpoint = await house.sealer.seal(organisation)
        if checkpoint is None:
            print(f"nothing is recorded yet for {organisation}", file=sys.stderr)
            continue
        yield organisation, checkpoint


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
