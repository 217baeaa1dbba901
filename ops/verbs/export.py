"""Writing a case's events as lines, for a reading without our database."""

import argparse
import sys
from pathlib import Path
from uuid import UUID

from domain.cases.intake import CaseOpened
from domain.log import StoredEvent
from ops import journal_file, loop
from ops.choosing import add_organisation, organisation_of, position_of
from ops.settings import Settings
from ops.wiring import open_house

SUMMARY = "write a case's events as lines of JSON"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which case, in which form, and where to."""
    parser.add_argument("case", type=UUID, help="the case's id")
    parser.add_argument(
        "--journal", action="store_true", required=True, help="the events as recorded, line by line"
    )
    parser.add_argument("--known-at", metavar="P", help="up to a position or a moment")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="default: standard output"
    )
    add_organisation(parser)


def run(args: argparse.Namespace) -> int:
    """0 when the file is whole; 1 when there is no such case."""
    events = loop.run(_events(args))
    if not events or events[0].topic != CaseOpened.TOPIC:
        # A client's stream may be there under this id: it is erased as a person, not exported.
        print(f"there is no case {args.case}", file=sys.stderr)
        return 1
    if args.output is None:
        journal_file.write(events, sys.stdout.buffer)
        return 0
    draft = args.output.with_name(args.output.name + ".part")
    with draft.open("wb") as file:
        journal_file.write(events, file)
    draft.replace(args.output)
    print(f"{len(events)} events written to {args.output}", file=sys.stderr)
    return 0


async def _events(args: argparse.Namespace) -> list[StoredEvent]:
    async with open_house(Settings.load(args)) as house:
        organisation = await organisation_of(house, args)
        known_at = await position_of(house.log, organisation, args.known_at)
        found = await house.log.read_stream(organisation, args.case, up_to_position=known_at)
        return list(found)
