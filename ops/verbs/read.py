"""Reading a case: its position, audit trail or timeline, from the database or from a file."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.accesses import Reading
from domain.cases.history import replay
from domain.cases.intake import CaseOpened
from domain.casework import case_zone
from domain.codec import edge_out
from domain.figures.position import position
from domain.recorded import Recorded
from ops import journal_file, loop
from ops.choosing import add_organisation, organisation_of, parse_known_at, position_of
from ops.opening import add_reader, opened, reader_of
from ops.settings import Settings
from ops.wiring import open_house
from projections.audit_trail import audit_trail
from projections.timeline import Order, timeline

SUMMARY = "read a case's position, audit trail or timeline, from the database or a file"
READINGS = ("position", "audit-trail", "timeline")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which reading, of what, as of when and as known when."""
    parser.add_argument("reading", choices=READINGS)
    parser.add_argument("case", type=UUID, nargs="?", help="the case's id")
    parser.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="a file that `export` wrote"
    )
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help="default: today")
    parser.add_argument("--known-at", metavar="P", help="a position or a moment; default: all")
    parser.add_argument("--order", choices=[order.value for order in Order], default="occurred")
    add_reader(parser)
    add_organisation(parser)


def run(args: argparse.Namespace) -> int:
    """Print the reading as JSON; 1 when there is nothing to read, 2 for a wrong call."""
    if (args.case is None) == (args.file is None):
        print("name a case, or a file by --from", file=sys.stderr)
        return 2
    try:
        events = _from_file(args) if args.file else loop.run(_from_log(args))
    except (journal_file.JournalFileFault, OSError) as error:
        print(f"{args.file}: {error}", file=sys.stderr)
        return 1
    if not events or not isinstance(events[0].fact, CaseOpened):
        print("there is nothing to read: no such case, or nothing known then", file=sys.stderr)
        return 1
    found = msgspec.json.encode(
        read(args.reading, events, args.as_of, args.order), enc_hook=edge_out
    )
    print(msgspec.json.format(found, indent=2).decode())
    return 0


def read(reading: str, events: Sequence[Recorded], as_of: date | None, order: str) -> Any:
    """One of READINGS from a case's events; `as_of` None means today in the case's zone."""
    history = replay(events[0].originator_id, events)
    day = as_of or datetime.now(UTC).astimezone(ZoneInfo(case_zone(history))).date()
    if reading == "position":
        return position(history, day)
    if reading == "audit-trail":
        return audit_trail(events, as_of=day)
    return timeline(history, as_of=day, order=Order(order))


def _from_file(args: argparse.Namespace) -> list[Recorded]:
    stored = journal_file.read(args.file)
    if args.known_at is not None:
        known_at = parse_known_at(args.known_at)
        if isinstance(known_at, int):
            stored = [event for event in stored if event.position <= known_at]
        else:
            stored = [event for event in stored if event.recorded_at <= known_at]
    return journal_file.facts(stored)


async def _from_log(args: argparse.Namespace) -> Sequence[Recorded]:
    async with open_house(Settings.load(args)) as house:
        organisation = await organisation_of(house, args)
        known_at = await position_of(house.log, organisation, args.known_at)
        if args.reading == "position":
            # Figures need no key: nothing is opened, so nobody reads about a person.
            return await house.casework.events(organisation, args.case, known_at)
        reader = reader_of(args, organisation)
        return await opened(house, reader, args.case, Reading(args.reading), known_at)
