"""The verb `soak`: kill the writer and PostgreSQL by turns, and see that nothing is lost."""

import argparse
import secrets
import sys
import tempfile
from pathlib import Path
from typing import Final

import msgspec

from ops.postgres.binaries import find_binaries
from ops.soak import kills
from ops.soak.notes import SoakFailure

SUMMARY: Final = "kill the writer and PostgreSQL many times, and check that nothing is lost"
RESULTS: Final = Path(__file__).parents[1] / "soak" / "results.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's own arguments."""
    parser.add_argument("--rounds", type=int, default=20, help="kills on each server (20)")
    parser.add_argument("--seed", type=int, help="repeat a trial; by default a new one")
    parser.add_argument("--results", type=Path, default=RESULTS, help="file to write")


def run(args: argparse.Namespace) -> int:
    """Run the trial on every server of this machine and write the results; 1 when it failed."""
    seed = secrets.randbits(32) if args.seed is None else args.seed
    print(f"seed {seed}", flush=True)
    results: list[kills.Result] = []
    for binaries in find_binaries():
        with tempfile.TemporaryDirectory(prefix="mz-") as folder:
            try:
                result = kills.run(Path(folder), rounds=args.rounds, seed=seed, binaries=binaries)
            except SoakFailure as failure:
                print(f"PostgreSQL {binaries.version}: {failure}", file=sys.stderr)
                return 1
        print(msgspec.json.encode(result).decode(), flush=True)
        results.append(result)
    if not results:
        print("no PostgreSQL server was found on this machine", file=sys.stderr)
        return 1
    raw = msgspec.json.format(msgspec.json.encode(results), indent=2)
    args.results.write_bytes(raw + b"\n")
    print(f"written to {args.results}")
    return 0
