"""The books an answer is made by: a rule pack and the reference data, each under its version.

They come from the organisation's own stream, so that what was in force at a journal position can
be said again: the pack adopted by then, and the rows loaded by then.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

import msgspec

from domain.figures.figure import Unknown
from domain.organisation import Organisation, ReferenceKind, ReferenceRow
from domain.rules.book import RulePack
from domain.rules.pack import pack_of
from domain.rules.reference import Calendar, RateRow, RateSeries, ReferenceData

RELEASE_DAY: Final = 20
"""The LPR is released on the twentieth, or the next working day (law/cn.md 2)."""


class Books(msgspec.Struct, frozen=True, kw_only=True):
    """A pack and the data it is used with."""

    pack: RulePack
    data: ReferenceData


def books_of(organisation: Organisation, pack: str | None = None) -> Books | Unknown:
    """The books in force where the organisation stands; `pack` names another one to use.

    Unknown until a pack is adopted. Raises PackUnknown for a pack that was never released.
    """
    if pack is None and organisation.pack is None:
        return Unknown(
            reason="the organisation has adopted no rule pack",
            settled_by="adopting one: python3 -m ops rules adopt",
        )
    adopted = organisation.pack
    if pack is not None or adopted is None:
        chosen = pack_of(pack or "")
    else:
        chosen = pack_of("+".join([adopted.pack, *sorted(adopted.switches)]))
    return Books(pack=chosen, data=data_of(organisation.rows))


def data_of(rows: Mapping[ReferenceKind, Mapping[date, ReferenceRow]]) -> ReferenceData:
    """The reference data in these rows; its version is a digest of days and values."""
    holidays = rows.get(ReferenceKind.HOLIDAYS, {})
    calendar = Calendar({day: row.value == "work" for day, row in sorted(holidays.items())})
    rates = sorted(rows.get(ReferenceKind.LPR_1Y, {}).items())
    series = RateSeries(
        name="the one-year LPR",
        rows=tuple(
            RateRow(on=day, value_pct=Decimal(row.value), source=row.source, status=row.status)
            for day, row in rates
        ),
        calendar=calendar,
        release_day=RELEASE_DAY,
    )
    return ReferenceData(version=_version(rows), lpr_1y=series, calendar=calendar)


def _version(rows: Mapping[ReferenceKind, Mapping[date, ReferenceRow]]) -> str:
    """Twelve hex digits of a digest: the same rows in whatever order they were loaded."""
    said = [
        (kind.value, day.isoformat(), row.value)
        for kind, series in sorted(rows.items())
        for day, row in sorted(series.items())
    ]
    return sha256(msgspec.json.encode(said)).hexdigest()[:12]
