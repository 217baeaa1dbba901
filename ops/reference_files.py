"""Reads the published series that figures rest on from their files, refusing malformed rows."""

import csv
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from domain.rules.reference import Calendar, RateRow, RateSeries, ReferenceData

DATA: Final = Path(__file__).parent / "data" / "cn"
"""Where the rows that come with the program lie."""

LPR: Final = "lpr.csv"
HOLIDAYS: Final = "holidays.csv"
BENCHMARK: Final = "bank-benchmark.csv"
"""Optional: date, rate_pct, status, source; and a last row whose rate_pct is `end`."""

LPR_COLUMNS: Final = ("date", "lpr_1y_pct", "lpr_5y_pct", "status", "source")
HOLIDAY_COLUMNS: Final = ("day", "kind", "source")
BENCHMARK_COLUMNS: Final = ("date", "rate_pct", "status", "source")
LPR_RELEASE_DAY: Final = 20
RATE: Final = re.compile(r"[0-9]{1,2}(\.[0-9]{1,4})?", re.ASCII)
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
HIGHEST_PCT: Final = Decimal(100)
KINDS: Final = {"off": False, "work": True}


class BadReferenceFile(ValueError):
    """A file of published rows cannot be read; the message names file, line and what is wrong."""


def read_reference(folder: Path = DATA) -> ReferenceData:
    """Everything in `folder` under one version: a digest of the files' text.

    BadReferenceFile for a missing file, a missing column, or a malformed or repeated row.
    """
    calendar = read_calendar(folder / HOLIDAYS)
    lpr_1y = read_lpr(folder / LPR, calendar)
    names, benchmark = [LPR, HOLIDAYS], None
    if (folder / BENCHMARK).is_file():
        benchmark = read_benchmark(folder / BENCHMARK, calendar)
        names.append(BENCHMARK)
    return ReferenceData(
        version=_digest(folder, names),
        lpr_1y=lpr_1y,
        calendar=calendar,
        bank_benchmark=benchmark,
    )


def read_calendar(path: Path) -> Calendar:
    """Days off and make-up working days."""
    days: dict[date, bool] = {}
    for where, row in _rows(path, HOLIDAY_COLUMNS):
        day = _day(row["day"], where)
        if row["kind"] not in KINDS:
            raise BadReferenceFile(f"{where}: kind is {row['kind']!r}, not off or work")
        if day in days:
            raise BadReferenceFile(f"{where}: {day} stands twice")
        days[day] = KINDS[row["kind"]]
    return Calendar(days)


def read_lpr(path: Path, calendar: Calendar) -> RateSeries:
    """The one-year loan prime rate, each release until the next is due."""
    rows = tuple(_rate_rows(path, LPR_COLUMNS, "lpr_1y_pct"))
    return RateSeries(
        name="the one-year LPR", rows=rows, calendar=calendar, release_day=LPR_RELEASE_DAY
    )


def read_benchmark(path: Path, calendar: Calendar) -> RateSeries:
    """The benchmark lending rate; its last row, `end`, says through which day it is known."""
    listed = list(_rows(path, BENCHMARK_COLUMNS))
    if not listed or listed[-1][1]["rate_pct"] != "end":
        raise BadReferenceFile(f"{path.name}: the last row does not say `end`")
    where, last = listed.pop()
    rows = tuple(_rate_row(row, "rate_pct", at) for at, row in listed)
    _check_order(rows, [at for at, _ in listed])
    return RateSeries(
        name="the benchmark lending rate",
        rows=rows,
        calendar=calendar,
        known_through=_day(last["date"], where),
    )


def _rate_rows(path: Path, columns: tuple[str, ...], column: str) -> Iterator[RateRow]:
    listed = list(_rows(path, columns))
    rows = tuple(_rate_row(row, column, where) for where, row in listed)
    _check_order(rows, [where for where, _ in listed])
    yield from rows


def _check_order(rows: tuple[RateRow, ...], places: list[str]) -> None:
    for index in range(1, len(rows)):
        if rows[index].on <= rows[index - 1].on:
            raise BadReferenceFile(f"{places[index]}: not later than the row before it")


def _rate_row(row: dict[str, str], column: str, where: str) -> RateRow:
    rates = {name: _rate(text, where) for name, text in row.items() if name.endswith("_pct")}
    return RateRow(
        on=_day(row["date"], where),
        value_pct=rates[column],
        source=row["source"],
        status=row["status"],
    )


def _rate(text: str, where: str) -> Decimal:
    if not RATE.fullmatch(text) or not 0 < (rate := Decimal(text)) < HIGHEST_PCT:
        raise BadReferenceFile(f"{where}: {text!r} is no rate in per cent a year")
    return rate


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with the place to name in a complaint, every column filled."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadReferenceFile(f"{path.name}: cannot be read: {problem}") from problem
    reader = csv.DictReader(text.splitlines(), strict=True)
    if tuple(reader.fieldnames or ()) != columns:
        raise BadReferenceFile(f"{path.name}, line 1: columns must be {','.join(columns)}")
    while True:
        try:
            row = next(reader, None)
        except csv.Error as problem:
            raise BadReferenceFile(
                f"{path.name}, line {reader.reader.line_num}: {problem}"
            ) from problem
        if row is None:
            return
        where = f"{path.name}, line {reader.line_num}"
        if None in row or not all(row.get(column) for column in columns):
            raise BadReferenceFile(f"{where}: a column is missing, empty or too many")
        yield where, row


def _day(text: str, where: str) -> date:
    try:
        found = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise BadReferenceFile(f"{where}: {text!r} is no day")
    return found


def _digest(folder: Path, names: list[str]) -> str:
    """A name for the loaded text, the same on every machine whatever its line ends."""
    digest = hashlib.sha256()
    for name in names:
        body = (folder / name).read_text("utf-8").encode()
        digest.update(f"{name}:{len(body)}:".encode() + body)
    return f"sha256:{digest.hexdigest()[:32]}"
