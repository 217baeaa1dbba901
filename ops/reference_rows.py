"""Rows of published series as the organisation's stream takes them in, each with its source."""

import csv
from pathlib import Path

from domain.organisation import ReferenceRow
from domain.rules.reference import Calendar
from ops.reference_files import read_calendar, read_lpr


def lpr_rows(path: Path, source: str = "") -> tuple[ReferenceRow, ...]:
    """The one-year rates of a file in the form of `ops/data/cn/lpr.csv`, per cent a year.

    `source` says where the file came from; it goes before what each row says itself.
    BadReferenceFile, with file and line, for a malformed row.
    """
    # How long a row holds needs the calendar; what it says does not.
    series = read_lpr(path, Calendar({}))
    return tuple(
        ReferenceRow(
            on=row.on,
            value=str(row.value_pct),
            source=_sources(source, row.source),
            status=row.status,
        )
        for row in series.rows
    )


def holiday_rows(path: Path, source: str = "") -> tuple[ReferenceRow, ...]:
    """Days off and make-up working days, in the form of `ops/data/cn/holidays.csv`.

    As `lpr_rows`; a value is `off` or `work`.
    """
    days = read_calendar(path).days
    sources = {
        row["day"]: row["source"]
        for row in csv.DictReader(path.read_text("utf-8").splitlines(), strict=True)
    }
    return tuple(
        ReferenceRow(
            on=day,
            value="work" if is_worked else "off",
            source=_sources(source, sources[day.isoformat()]),
        )
        for day, is_worked in days.items()
    )


def _sources(*said: str) -> str:
    return "; ".join(part for part in said if part)
