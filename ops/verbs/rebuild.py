"""Making tables across cases anew: beside the live ones, compared, then in their place."""

import argparse
import sys
import time
from collections.abc import Awaitable, Callable
from uuid import UUID

from ops import loop
from ops.settings import Settings
from ops.wiring import open_house, today_at_home
from projections.tables.definition import Poison
from projections.tables.generations import RebuildSuperseded
from projections.tables.report import Progress, RebuildReport
from projections.tables.runner import TableRunner

SUMMARY = "make tables anew from the journal, compare them with the live ones, and swap"

_Work = Callable[[TableRunner, UUID, str], Awaitable[bool]]

_SECONDS_BETWEEN_LINES = 1.0
_CASES_NAMED = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `rebuild`."""
    parser.add_argument("name", nargs="?", help="the table: caseload, balances or deadlines")
    parser.add_argument("--all", action="store_true", help="every table")
    parser.add_argument(
        "--resume", metavar="NAME", help="rebuild nothing: let a stopped table try again"
    )


def run(args: argparse.Namespace) -> int:
    """Rebuild in every organisation.

    0 when done and nothing differed; 1 when a live table was not what its events say, or a
    journal could not be read; 2 when no such table was named. With `--resume`: 1 when the table
    stopped again.
    """
    if sum((args.name is not None, args.all, args.resume is not None)) != 1:
        print("name a table, or say --all, or --resume a table", file=sys.stderr)
        return 2
    name = args.name or args.resume
    return loop.run(_each(Settings.load(args), name, _resume_one if args.resume else _rebuild_one))


async def _each(settings: Settings, name: str | None, work: _Work) -> int:
    async with open_house(settings) as house:
        names = house.tables.names if name is None else (name,)
        if not set(names) <= set(house.tables.names):
            print(f"no table {name!r}; there are: {', '.join(house.tables.names)}", file=sys.stderr)
            return 2
        results = [
            await work(house.tables, organisation, table)
            for organisation in await house.organisations()
            for table in names
        ]
    return 0 if all(results) else 1


async def _resume_one(tables: TableRunner, organisation: UUID, name: str) -> bool:
    print(f"{name} of {organisation}", flush=True)
    if not await tables.resume(organisation, name):
        print("  was not stopped, or is of another version: rebuild it then", flush=True)
        return True
    while await tables.run_once(organisation):
        pass
    await tables.refresh(organisation, today_at_home(), name)
    error = await tables.fault(organisation, name)
    print(f"  STOPPED again: {error}" if error else "  runs", flush=True)
    return error is None


async def _rebuild_one(tables: TableRunner, organisation: UUID, name: str) -> bool:
    print(f"{name} of {organisation}", flush=True)
    try:
        report = await tables.rebuild(organisation, name, _Lines())
    except (Poison, RebuildSuperseded) as error:
        print(f"  FAILED, the live table is as it was: {error}", flush=True)
        return False
    # Where no server runs beside us, nobody else would take in what came after the live table.
    while await tables.run_once(organisation):
        pass
    rate = report.events / report.seconds if report.seconds else 0.0
    print(
        f"  {report.rows} rows of {report.cases} cases from {report.events} events"
        f" in {report.seconds:.2f} s ({rate:.0f} events/s), up to position {report.position}",
        flush=True,
    )
    return _say_comparison(report)


def _say_comparison(report: RebuildReport) -> bool:
    if not report.is_compared:
        print(f"  in place as version {report.version}; no live table of that version to compare")
        return True
    print(f"  compared with the live table: {report.same} cases the same,", end=" ")
    print(f"{len(report.differing)} different; the new one is in place", flush=True)
    for case_id in report.differing[:_CASES_NAMED]:
        print(f"    different: case {case_id}")
    return not report.differing


class _Lines:
    """Says now and then how far a rebuild has come."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._said >= _SECONDS_BETWEEN_LINES or progress.cases == progress.of_cases:
            self._said = now
            print(f"  {progress.cases} of {progress.of_cases} cases", flush=True)
