"""Attacking what is stored, or what is given out, and counting what is found."""

import argparse
import secrets
import sys
import tempfile
from pathlib import Path
from random import Random

import msgspec

from ops import loop
from ops.postgres.embedded import EmbeddedServer
from ops.postgres.migrate import migrate
from ops.tamper import bundle
from ops.tamper.stage import stage_on
from ops.tamper.trial import Trial, attack_journal, table

SUMMARY = "attack a sealed journal or a case file in every way there is, and count what is found"
KEPT = Path(__file__).parents[1] / "tamper" / "results.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to attack, how often, and whether to keep the result."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--journal", action="store_true", help="a stored journal")
    what.add_argument("--bundle", action="store_true", help="case files")
    parser.add_argument("--number", type=int, default=1_000, help="attacks (default: 1000)")
    parser.add_argument("--seed", type=int, help="to repeat a run (default: a new one)")
    parser.add_argument("--save", action="store_true", help=f"keep the result in {KEPT.name}")


def run(args: argparse.Namespace) -> int:
    """0 when every attack was found, where it had to be; 1 with those that were not."""
    seed = secrets.randbelow(10**9) if args.seed is None else args.seed
    print(f"seed {seed}", flush=True)
    return _journal(args, seed) if args.journal else _bundle(args, seed)


def _bundle(args: argparse.Namespace, seed: int) -> int:
    outcome = loop.run(bundle.tamper(args.number, seed, _show))
    print(bundle.table(outcome))
    if args.save:
        _keep("bundle", outcome)
    return 1 if outcome.missed else 0


def _journal(args: argparse.Namespace, seed: int) -> int:
    with (
        tempfile.TemporaryDirectory(prefix="mz-tamper-") as folder,
        # What is attacked is gone with the folder: it need not survive a power cut.
        EmbeddedServer(Path(folder) / "pg", durable=False) as server,
    ):
        trial = loop.run(_trial(server.dsn(), args.number, seed))
    print(table(trial))
    if args.save:
        _keep("journal", trial)
    return 1 if trial.faults else 0


def _keep(what: str, result: msgspec.Struct) -> None:
    kept = msgspec.json.decode(KEPT.read_bytes()) if KEPT.exists() else {}
    encoded = msgspec.json.encode({**kept, what: result}, order="sorted")
    KEPT.write_bytes(msgspec.json.format(encoded, indent=2) + b"\n")
    print(f"kept in {KEPT}", file=sys.stderr)


async def _trial(dsn: str, number: int, seed: int) -> Trial:
    await migrate(dsn)
    rng = Random(seed)  # noqa: S311 - to be repeated, not to be unguessable
    async with stage_on(dsn, rng) as stage:
        return await attack_journal(stage, number, seed, _show)


def _show(done: int) -> None:
    if done % 100 == 0 and sys.stderr.isatty():
        print(f"\r{done} attacks", end="", file=sys.stderr, flush=True)
