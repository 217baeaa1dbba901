"""The rule pack and the published rows that an organisation works by."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from domain.organisation import Organisation, ReferenceKind
from domain.rules.book import NOT_REVIEWED, RulePack
from domain.rules.books import Books, books_of
from domain.rules.pack import LATEST, RELEASED
from ops import loop
from ops.choosing import add_organisation, organisation_of
from ops.faults import Mendable
from ops.reference_files import BadReferenceFile
from ops.reference_rows import holiday_rows, lpr_rows
from ops.rules_desk import adopt, load, organisation_as_it_stands
from ops.settings import Settings
from ops.wiring import House, open_house

SUMMARY = "show, adopt or list rule packs; load published rates and holidays"

KINDS = {"lpr": ReferenceKind.LPR_1Y, "holidays": ReferenceKind.HOLIDAYS}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`show`, `list`, `adopt` and `load` with their options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help="what is adopted and loaded")
    actions.add_parser("list", help="the released packs, and what each changed")
    adopting = actions.add_parser("adopt", help="work by this pack from now on")
    adopting.add_argument("pack", metavar="PACK", help=f"such as {LATEST}")
    adopting.add_argument(
        "--switch",
        action="append",
        default=[],
        metavar="S",
        help="switch a rule on that is known from memory only; give it several times",
    )
    loading = actions.add_parser("load", help="take published rows in from a CSV file")
    loading.add_argument("kind", choices=sorted(KINDS), help="which series")
    loading.add_argument("file", type=Path, metavar="FILE", help="in the form of ops/data/cn")
    loading.add_argument(
        "--source", required=True, metavar="TEXT", help="where the file comes from"
    )
    for each in (show, adopting, loading):
        add_organisation(each)


def run(args: argparse.Namespace) -> int:
    """Do it; 0 when it is done."""
    if args.action == "list":
        print("\n".join(_releases()))
        return 0
    return loop.run(_run(args))


async def _run(args: argparse.Namespace) -> int:
    async with open_house(Settings.load(args)) as house:
        organisation = await organisation_of(house, args)
        match args.action:
            case "adopt":
                await _adopt(house, organisation, args)
            case "load":
                await _load(house, organisation, args)
            case _:
                found = await organisation_as_it_stands(house, organisation)
                print("\n".join(shown(found)))
    return 0


async def _adopt(house: House, organisation: UUID, args: argparse.Namespace) -> None:
    before = (await organisation_as_it_stands(house, organisation)).position
    position = await adopt(house, organisation, args.pack, args.switch)
    told = "is adopted already" if position == before else f"is adopted, at position {position}"
    print(f"{'+'.join([args.pack, *sorted(args.switch)])} {told}; {NOT_REVIEWED}.")


async def _load(house: House, organisation: UUID, args: argparse.Namespace) -> None:
    before = (await organisation_as_it_stands(house, organisation)).position
    try:
        rows = (lpr_rows if args.kind == "lpr" else holiday_rows)(args.file, args.source)
    except BadReferenceFile as bad:
        raise Mendable(f"Nothing was loaded: {bad}.") from None
    position = await load(house, organisation, KINDS[args.kind], rows)
    told = "all there already" if position == before else f"loaded, at position {position}"
    print(f"{len(rows)} rows of {args.kind} in {args.file.name}: {told}.")


def shown(organisation: Organisation) -> Iterator[str]:
    """What the organisation works by, in lines for people."""
    books = books_of(organisation)
    if not isinstance(books, Books):
        yield f"pack      none: {books.reason}. To adopt one: python3 -m ops rules adopt {LATEST}"
        return
    pack = books.pack
    yield f"pack      {pack.reference}, released {pack.released_on}, {pack.reviewed}"
    for line in _switches(pack):
        yield f"switch    {line}"
    yield f"data      version {books.data.version}"
    yield f"LPR       {_last_rate(books)}"
    yield f"holidays  {_published(books)}"


def _switches(pack: RulePack) -> Iterator[str]:
    for rule in pack.rules:
        if rule.switch is not None:
            state = "on " if rule.switch in pack.switches_on else "off"
            yield f"{state} {rule.switch} [{rule.citation.mark}] {rule.title_en}, {rule.title_zh}"


def _last_rate(books: Books) -> str:
    rows = books.data.lpr_1y.rows
    if not rows:
        return "no row is loaded"
    return f"last row {rows[-1].on}: {rows[-1].value_pct} % a year ({rows[-1].source})"


def _published(books: Books) -> str:
    years = {day.year for day in books.data.calendar.days}
    told = [str(year) for year in sorted(years) if books.data.calendar.is_published(year)]
    return f"published years {', '.join(told)}" if told else "no year is published"


def _releases() -> Iterator[str]:
    for pack in RELEASED.values():
        newest = ", the newest" if pack.reference == LATEST else ""
        yield f"{pack.reference}, released {pack.released_on}{newest}; {pack.reviewed}"
        for sentence in pack.changelog:
            yield f"  - {sentence}"
