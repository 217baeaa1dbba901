"""Replaying cases and rechecking every figure."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from domain.cases.history import replay
from domain.codec import edge_out
from domain.figures.figure import Figure, Unknown
from domain.figures.rechecking import Outcome
from domain.money import Money
from domain.recorded import Recorded, recorded
from domain.rules.books import Books
from domain.rules.pack import PackUnknown
from ops import journal_file, loop
from ops.choosing import Unclear, add_organisation, organisation_of, parse_known_at, position_of
from ops.progress import bar, clear
from ops.rechecking import (
    Replayed,
    books_of_statements,
    differing,
    opened_cases,
    replayed,
    shipped_books,
    statements,
)
from ops.settings import Settings
from ops.wiring import House, open_house

SUMMARY = "replay a case, or all of them, and recheck every figure that was given out"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which case or file, on which day, as known when, under which pack."""
    parser.add_argument("case", nargs="?", metavar="CASE_OR_FILE")
    parser.add_argument("--all", action="store_true", help="the whole caseload")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help="default: today")
    parser.add_argument("--known-at", metavar="P", help="a position or a moment; default: all")
    parser.add_argument("--pack", metavar="P", help="this pack instead of the one adopted")
    parser.add_argument("--against", metavar="PACK", help="list what another pack moves, and why")
    parser.add_argument("--json", action="store_true", help="the whole answer as JSON")
    add_organisation(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every figure given out comes out the same; 1 when one differs; 2 for a wrong call."""
    if (args.case is None) == (not args.all):
        print("name a case or a file, or say --all", file=sys.stderr)
        return 2
    try:
        if args.all:
            return _whole_caseload(args)
        path = Path(args.case)
        answer = _of_file(args, path) if path.is_file() else loop.run(_of_case(args))
    except (PackUnknown, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(_as_json(answer) if args.json else "\n".join(_told(answer)))
    return 1 if differing(answer.stated) else 0


def _whole_caseload(args: argparse.Namespace) -> int:
    tally = _Tally(args.against)
    try:
        return loop.run(_all(args, tally))
    except KeyboardInterrupt:
        print(f"\nStopped: {tally} so far.", file=sys.stderr)
        return 130


def _of_file(args: argparse.Namespace, path: Path) -> Replayed:
    events = [recorded(event) for event in journal_file.read(path)]
    if args.known_at is not None:
        events = [event for event in events if _known(event, parse_known_at(args.known_at))]
    if not events:
        raise Unclear("nothing was known then")
    history = replay(events[0].originator_id, events)
    stated = [(entry_id, _shipped(fact.pack)) for entry_id, fact in statements(history)]
    against = _shipped(args.against) if args.against else None
    return replayed(events, args.as_of, _shipped(args.pack), against, stated)


def _shipped(pack: str | None) -> Books | None:
    return None if pack is not None and "@" not in pack else shipped_books(pack)


def _known(event: Recorded, known_at: Any) -> bool:
    return bool((event.position if isinstance(known_at, int) else event.recorded_at) <= known_at)


async def _of_case(args: argparse.Namespace) -> Replayed:
    async with open_house(Settings.load(args)) as house:
        organisation = await organisation_of(house, args)
        known_at = await position_of(house.log, organisation, args.known_at)
        return await _replayed(house, organisation, UUID(args.case), known_at, args)


async def _replayed(
    house: House, organisation: UUID, case_id: UUID, known_at: int | None, args: argparse.Namespace
) -> Replayed:
    events = await house.casework.events(organisation, case_id, known_at)
    if not events or events[0].fact.TOPIC != "case-opened":
        raise Unclear(f"there is no case {case_id}")
    history = replay(case_id, events)
    stated = await books_of_statements(house.casework, organisation, history)
    books = await _books(house, organisation, known_at, args.pack)
    against = await _books(house, organisation, known_at, args.against) if args.against else None
    return replayed(events, args.as_of, books, against, stated)


async def _books(
    house: House, organisation: UUID, known_at: int | None, pack: str | None
) -> Books | None:
    books = await house.casework.books(organisation, known_at, pack)
    return None if isinstance(books, Unknown) else books


class _Tally:
    """What a run over the whole caseload has come to so far; said also when it is stopped."""

    def __init__(self, against: str | None) -> None:
        self.against = against
        self.done = self.figures = self.bad = self.other_bytes = self.shifted = 0

    def take(self, answer: Replayed) -> None:
        self.done, self.figures = self.done + 1, self.figures + len(answer.stated)
        self.bad += len(differing(answer.stated))
        self.other_bytes += sum(one.verdict is not Outcome.SAME for one in answer.answers)
        self.shifted += len(answer.moved or ())
        for line in (*_differences(answer), *_moves(answer)):
            clear()
            print(line, flush=True)

    def __str__(self) -> str:
        said = f"{self.done} cases replayed, {self.figures} figures given out, {self.bad} differ"
        if self.other_bytes:
            said += f"; {self.other_bytes} answers have other bytes now"
        return said + (f"; {self.shifted} lines moved under {self.against}" if self.against else "")


async def _all(args: argparse.Namespace, tally: _Tally) -> int:
    async with open_house(Settings.load(args)) as house:
        organisation = await organisation_of(house, args)
        known_at = await position_of(house.log, organisation, args.known_at)
        end = (await house.log.head(organisation)).position
        async for position, case_id in opened_cases(house.log, organisation):
            if known_at is not None and position > known_at:
                break
            tally.take(await _replayed(house, organisation, case_id, known_at, args))
            bar(position, known_at or end, f"{tally.done:,} cases")
    clear()
    print(tally)
    return 1 if tally.bad else 0


def _told(answer: Replayed) -> Iterator[str]:
    yield f"case {answer.case_id}, as of {answer.as_of}, known at position {answer.known_at}"
    for loan in answer.position.loans:
        yield f"loan {loan.loan_id} of {loan.lender}: as recorded {_text(loan.owed)}"
    if answer.ruled is not None:
        yield f"pack {answer.ruled.pack}, data {answer.ruled.data}; {answer.ruled.reviewed}"
        for ruled_loan in answer.ruled.loans:
            for line in ruled_loan.lines:
                yield f"  {line.line_id}: {_text(line.owed)}  ({line.title_en}; {line.why})"
                for name in ("principal", "cost", "apart"):
                    figure: Figure = getattr(line, name)
                    yield f"    {name}: {_text(figure)}"
                    for part in figure.parts:
                        amount = f"{part.amount.text():>14}"
                        yield f"      {amount} {part.what} {part.on} {part.entry_id}"
    yield from _differences(answer)
    yield from _moves(answer)
    same = len(answer.stated) - len(differing(answer.stated))
    yield f"{len(answer.stated)} figures given out, {same} come out the same"
    for one in answer.answers:
        if one.verdict is not Outcome.SAME:
            yield (
                f"statement {one.statement_id}: the answer has other bytes now; its figures are "
                "compared above"
            )


def _differences(answer: Replayed) -> Iterator[str]:
    for figure in differing(answer.stated):
        yield (
            f"case {answer.case_id}: {figure.line} of loan {figure.loan_id} was given out on "
            f"{figure.stated_on} as {_money(figure.stated)}, comes out {_money(figure.again)}"
        )


def _moves(answer: Replayed) -> Iterator[str]:
    for move in answer.moved or ():
        yield (
            f"case {answer.case_id}: {move.line} of loan {move.loan_id} moves from "
            f"{_money(move.owed)} to {_money(move.against)}: {move.why}"
        )


def _text(figure: Figure) -> str:
    if figure.amount is not None:
        return _money(figure.amount)
    return f"unknown: {figure.unknown.reason if figure.unknown else ''}"


def _money(amount: Money | None) -> str:
    return "unknown" if amount is None else f"{amount.text()} {amount.currency}"


def _as_json(answer: Replayed) -> str:
    raw = msgspec.json.encode(answer, enc_hook=edge_out)
    return msgspec.json.format(raw, indent=2).decode()
