"""Which organisation, which moment: answers that several verbs need from their arguments."""

import argparse
from datetime import UTC, datetime
from uuid import UUID

from domain.log import EventLog
from ops.faults import Mendable
from ops.wiring import House


class Unclear(Mendable, ValueError):
    """The command line does not say which one is meant; the message says what would."""


def add_organisation(parser: argparse.ArgumentParser) -> None:
    """The option that names an organisation."""
    parser.add_argument(
        "--organisation", type=UUID, metavar="ID", help="which organisation (default: the only one)"
    )


async def organisation_of(house: House, args: argparse.Namespace) -> UUID:
    """The organisation that the arguments name, or the only one. Raises Unclear."""
    known = await house.organisations()
    if args.organisation is not None:
        if args.organisation not in known:
            raise Unclear(f"there is no organisation {args.organisation} here")
        return UUID(str(args.organisation))
    if not known:
        raise Unclear("there is no organisation yet; `serve` or `demo` makes the first one")
    if len(known) > 1:
        names = ", ".join(str(one) for one in known)
        raise Unclear(f"there are several organisations; choose by --organisation: {names}")
    return known[0]


def parse_known_at(text: str) -> int | datetime:
    """A journal position, or a moment with its offset. Raises Unclear."""
    if text.isdecimal():
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Unclear(f"--known-at takes a position or a moment like 2026-03-01T12:00Z: {text!r}")
    return moment.astimezone(UTC)


async def position_of(log: EventLog, organisation: UUID, known_at: str | None) -> int | None:
    """The journal position that `--known-at` means; None for the head."""
    if known_at is None:
        return None
    parsed = parse_known_at(known_at)
    if isinstance(parsed, int):
        return parsed
    return await log.position_at(organisation, parsed)
