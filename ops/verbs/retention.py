"""Printing whose records may go, the legal holds, and what was destroyed."""

import argparse
from collections.abc import Iterable
from datetime import date

from domain.organisation import replay_organisation
from ops import loop
from ops.choosing import add_organisation, organisation_of
from ops.settings import Settings
from ops.wiring import open_house, today_at_home
from projections import retention as due
from projections.erasures import REPORTED, ErasureLine, erasure_report
from projections.retention import HoldLine, RetentionLine, RetentionList, retention

SUMMARY = "list whose records may go and why, the legal holds, and what was destroyed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For which day."""
    parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="default: today")
    parser.add_argument("--all", action="store_true", help="also what is not due yet")
    add_organisation(parser)


def run(args: argparse.Namespace) -> int:
    """Print the lists; nothing personal is in them. 0 when they are printed."""
    return loop.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    on = args.on or today_at_home()
    async with open_house(Settings.load(args)) as house:
        organisation = await organisation_of(house, args)
        events = await house.casework.journal(organisation, due.TOPICS)
        own = await house.casework.events(organisation, organisation)
        found = retention(events, replay_organisation(organisation, own), on)
        print("\n".join(_retention(found, everyone=args.all)))
        print("\n".join(_holds(due.holds(events, on))))
        report = erasure_report(await house.casework.journal(organisation, REPORTED))
        print("\n".join(_erasures(report)))
    return 0


def _retention(found: RetentionList, *, everyone: bool) -> Iterable[str]:
    lines = [line for line in found.lines if everyone or line.is_due or line.due_on is None]
    yield f"Retention on {found.as_of}: {sum(line.is_due for line in found.lines)} due"
    yield from (f"  {_retention_line(line)}" for line in lines)
    yield (
        f"  {found.open} with an open case, {found.without_case} without a case,"
        f" {found.erased} erased"
    )


def _retention_line(line: RetentionLine) -> str:
    if line.rule is None:
        why = f"no rule covers case {line.case_id}"
    else:
        why = f"{line.rule.years} years, {line.rule.legal_basis} (position {line.rule.position})"
    held = f"; held: {', '.join(hold.held_for for hold in line.holds)}" if line.holds else ""
    who = f"client {line.client_id}, closed {line.last_closed_on}"
    return f"{line.due_on or 'unknown'!s:<10}  {who}: {why}{held}"


def _holds(holds: tuple[HoldLine, ...]) -> Iterable[str]:
    yield f"Legal holds in force: {len(holds)}"
    for hold in holds:
        late = ", due for review" if hold.is_due else ""
        yield f"  {hold.review_on}  client {hold.client_id}, {hold.held_for}{late} ({hold.hold_id})"


def _erasures(report: tuple[ErasureLine, ...]) -> Iterable[str]:
    yield f"Destroyed: {len(report)}"
    for line in report:
        done = line.erased
        yield (
            f"  {done.day}  client {line.client_id} by {done.actor}: {done.ground},"
            f" {done.legal_basis}; {len(line.cases)} cases, {line.files} files"
            f" (position {done.position}, event {done.event_id})"
        )
