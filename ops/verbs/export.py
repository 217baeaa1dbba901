"""Writing a case out: as a case file that outsiders can verify, or its events as lines."""

import argparse
import sys
from datetime import date
from pathlib import Path
from uuid import UUID

from domain.cases.exporting import Chapter, Opens
from domain.cases.intake import CaseOpened
from domain.cases.stating import StatedTo
from domain.exports import ExportCase
from domain.log import StoredEvent
from domain.personal import Personal
from ops import journal_file, loop
from ops.casefile.saving import record_export, save
from ops.choosing import add_organisation, organisation_of, position_of
from ops.rules_desk import ACTOR
from ops.settings import Settings
from ops.wiring import open_house

SUMMARY = "write a case as a case file that outsiders can verify, or as lines of JSON"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which case, in which form, where to, and what goes into a case file."""
    parser.add_argument("case", type=UUID, help="the case's id")
    parser.add_argument(
        "-o", "--out", "--output", type=Path, metavar="FILE", help="default: standard output"
    )
    add_organisation(parser)
    lines = parser.add_argument_group("as lines")
    lines.add_argument("--journal", action="store_true", help="the events as recorded, sealed")
    lines.add_argument("--known-at", metavar="P", help="up to a position or a moment")
    _add_choices(parser.add_argument_group("as a case file (the export is put on record)"))


def _add_choices(group: "argparse._ArgumentGroup") -> None:
    names = ", ".join
    group.add_argument("--again", type=UUID, metavar="EXPORT", help="an export already on record")
    group.add_argument("--for", dest="exported_to", type=StatedTo, metavar="WHOM",
                       help=names(StatedTo))  # fmt: skip
    group.add_argument("--purpose", help="what it is given out for")
    group.add_argument("--recipient", help="the name of who is given it")
    group.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help="of the readings")
    group.add_argument("--first-day", type=date.fromisoformat, metavar="DAY")
    group.add_argument("--last-day", type=date.fromisoformat, metavar="DAY",
                       help="leave out what was recorded outside these days")  # fmt: skip
    group.add_argument("--chapter", type=Chapter, action="append", default=[], metavar="CHAPTER",
                       help=f"leave out every other; repeat it: {names(Chapter)}")  # fmt: skip
    group.add_argument("--open", type=Opens, action="append", default=[], metavar="KIND",
                       help=f"show these personal values; repeat it: {names(Opens)}")  # fmt: skip
    group.add_argument("--evidence", type=UUID, action="append", default=[], metavar="ENTRY",
                       help="put this file in; repeat it")  # fmt: skip
    group.add_argument("--actor", default=ACTOR, metavar="MEMBER", help=f"default: {ACTOR}")


def run(args: argparse.Namespace) -> int:
    """0 when the file is whole; 1 when it cannot be given out; 2 for a wrong call."""
    if args.journal:
        return _write_lines(args)
    if args.out is None:
        print("a case file needs --out FILE; lines need --journal", file=sys.stderr)
        return 2
    if args.again is None and not (args.exported_to and args.purpose):
        print("say for whom and what for: --for WHOM --purpose TEXT", file=sys.stderr)
        return 2
    export_id, size = loop.run(_case_file(args))
    print(f"{size:,} bytes written to {args.out}; it is export {export_id}", file=sys.stderr)
    print(f"verify it: python3 -m ops verify {args.out}", file=sys.stderr)
    return 0


async def _case_file(args: argparse.Namespace) -> tuple[UUID, int]:
    async with open_house(Settings.load(args)) as house:
        organisation = await organisation_of(house, args)
        export_id = args.again or await record_export(
            house, organisation, args.case, _asked(args), args.actor
        )
        return export_id, await save(
            house, organisation, args.case, export_id, args.out, args.actor
        )


def _asked(args: argparse.Namespace) -> ExportCase:
    return ExportCase(
        exported_to=args.exported_to,
        purpose=Personal(None, args.purpose),
        recipient=None if args.recipient is None else Personal(None, args.recipient),
        as_of=args.as_of,
        first_day=args.first_day,
        last_day=args.last_day,
        chapters=tuple(args.chapter),
        opens=tuple(args.open),
        evidence_items=tuple(args.evidence),
    )


def _write_lines(args: argparse.Namespace) -> int:
    events = loop.run(_events(args))
    if not events or events[0].topic != CaseOpened.TOPIC:
        # A client's stream may be there under this id: it is erased as a person, not exported.
        print(f"there is no case {args.case}", file=sys.stderr)
        return 1
    if args.out is None:
        journal_file.write(events, sys.stdout.buffer)
        return 0
    draft = args.out.with_name(args.out.name + ".part")
    with draft.open("wb") as file:
        journal_file.write(events, file)
    draft.replace(args.out)
    print(f"{len(events)} events written to {args.out}", file=sys.stderr)
    return 0


async def _events(args: argparse.Namespace) -> list[StoredEvent]:
    async with open_house(Settings.load(args)) as house:
        organisation = await organisation_of(house, args)
        known_at = await position_of(house.log, organisation, args.known_at)
        found = await house.log.read_stream(organisation, args.case, up_to_position=known_at)
        return list(found)
