"""Measuring ours against a yardstick, in one run."""

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from ops import loop
from ops.bench import case_file, figures, http, journal, reading, sealing
from ops.bench.measure import Compared, as_json, table
from ops.bench.stock import SCHEMA, Stock
from ops.postgres.embedded import DATABASE, EmbeddedServer
from ops.settings import Settings
from ops.wiring import House, open_house, utc_now

SUMMARY = "measure append, replay, readings and the API, each against a yardstick"
KEPT = Path(__file__).parents[1] / "bench" / "results.json"
USER = "mingzhang"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How long, and whether to keep the result."""
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each comparison")
    parser.add_argument("--quick", action="store_true", help="small counts: does it run at all?")
    parser.add_argument("--save", action="store_true", help=f"keep the result in {KEPT.name}")


def run(args: argparse.Namespace) -> int:
    """Print the tables; everything happens in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="mz-bench-") as folder:
        settings = replace(
            Settings.load(args, {"MINGZHANG_DATA": folder}), data_dir=Path(folder), port=0
        )
        found, cost, recheck = loop.run(_measure(settings, args))
    if args.save:
        KEPT.write_bytes(as_json(found, case_file=cost, recheck=recheck))
        print(f"kept in {KEPT}", file=sys.stderr)
    return 0


async def _measure(
    settings: Settings, args: argparse.Namespace
) -> tuple[list[Compared], case_file.CaseFileCost, figures.Recheck]:
    count, replayed, repeats = (200, 2_000, 3) if args.quick else (2_000, 50_000, 20)
    found: list[Compared] = []

    def show(one: Compared) -> None:
        found.append(one)
        print(table(one), flush=True)
        print(flush=True)

    # A house of its own: the tables of the journals made below would be kept beside it.
    apart = settings.data_dir / "http"
    async with open_house(
        replace(settings, data_dir=apart, outer_key_file=apart / "outer.key")
    ) as house:
        for one in await _over_http(house, args.rounds):
            show(one)
        mib = 20 if args.quick else 500
        cost = await case_file.measure_case_file(house, settings.data_dir, 2_000, mib)
        print(f"{cost.line()}\n", flush=True)
    # A server of our own, so that the stock recorder can be put on the very same one.
    with EmbeddedServer(settings.postgres_dir) as server:
        async with open_house(replace(settings, database_url=server.dsn())) as house:
            server.execute(f"CREATE SCHEMA {SCHEMA}", DATABASE)
            stock = Stock(str(server.socket_dir), DATABASE, USER)
            try:
                show(await journal.compare_appends(house, stock, args.rounds, count))
                show(await journal.compare_replays(house, stock, args.rounds, replayed))
            finally:
                stock.close()
            show(await sealing.compare_sealing(house, args.rounds, count))
            show(await reading.compare_positions(house, args.rounds, 1_000, repeats))
            show(await figures.compare_lines(house, args.rounds, 200, repeats))
            few = 100_000
            show(await figures.compare_lines(house, args.rounds, 200, repeats, face_minor=few))
            recheck = await _recheck(house, 300 if args.quick else 10_000)
    return found, cost, recheck


async def _recheck(house: House, cases: int) -> figures.Recheck:
    found = await figures.recheck_caseload(
        house, cases, lambda line: print(line, file=sys.stderr, flush=True)
    )
    print(
        f"recheck of {found.cases:,} cases, {found.events:,} events: "
        f"{found.cases_a_second:,.0f} cases a second; peak memory {found.peak_mib_after_tenth:.0f} "
        f"MiB after a tenth, {found.peak_mib:.0f} MiB at the end",
        flush=True,
    )
    return found


async def _over_http(house: House, rounds: int) -> list[Compared]:
    organisation = await house.new_organisation()
    _, token = await house.tokens.add(organisation, "bench", now=utc_now())
    return [
        *await http.compare_http(house, organisation, token, rounds),
        await http.compare_accesses(house, organisation, rounds),
    ]
