"""Judging rows: each one becomes a row of the import, or a verdict says why it stays out."""

import hmac
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from domain.cases.imports import LogKind, RowDirection
from domain.importing.columns import Column, Found
from domain.importing.values import read_direction, read_duration, read_moment, read_number
from domain.importing.verdicts import VERDICTS, Verdict, VerdictCode, Weight

OLDEST: Final = datetime(1980, 1, 2, tzinfo=UTC)
TEXT_CHARS_MAX: Final = 20_000
FUTURE: Final = timedelta(minutes=5)
"""How far a phone's clock may run ahead of ours."""

REST: Final = -1
"""Party of every number that is not listed."""


class Line(msgspec.Struct, frozen=True):
    """One row of a table as it was decoded."""

    number: int
    """Row of the file, counted from one."""
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()
    """Places of cells that hold a formula."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A row that comes in."""

    line: int
    digest: str
    occurred_at: datetime
    direction: RowDirection
    number: str
    party: int
    """Index of the party, or REST."""
    connected: bool | None
    duration_seconds: int | None
    text: str | None


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What rows are judged by."""

    kind: LogKind
    zone: ZoneInfo
    now: datetime
    parties: Mapping[str, int]
    """Index of the party of each listed number, in the form of `read_number`."""
    has_rest: bool
    """Whether numbers that are not listed come in."""
    key: bytes
    """Key of the digests."""
    known: frozenset[str] | set[str] = frozenset()
    """Digests that finished imports of this phone brought."""


class Judged(msgspec.Struct, frozen=True):
    """What became of one row."""

    taken: Taken | None
    verdicts: tuple[Verdict, ...] = ()


class Judge:
    """Judges the rows of one file one after another; remembers digests, and nothing else."""

    def __init__(self, found: Found, setting: Setting) -> None:
        """Judge by the columns found and the setting."""
        self._places, self._setting = found.places, setting
        self._seen: set[bytes] = set()

    def judge(self, line: Line) -> Judged | None:
        """What becomes of a row; None for an empty one."""
        if not any(cell.strip() for cell in line.cells):
            return None
        flags = tuple(self._flags(line))
        read = self._read(line)
        if isinstance(read, tuple):
            return Judged(None, (*flags, _verdict(line, *read)))
        code = self._repeated(read.digest)
        if code:
            return Judged(None, (*flags, _verdict(line, code, None)))
        return Judged(read, flags)

    def _flags(self, line: Line) -> Iterator[Verdict]:
        for column, place in self._places.items():
            if place in line.formulas:
                yield _verdict(line, VerdictCode.FORMULA_CELL, column)

    def _repeated(self, digest: str) -> VerdictCode | None:
        if digest in self._setting.known:
            return VerdictCode.ALREADY_THERE
        bare = bytes.fromhex(digest)
        if bare in self._seen:
            return VerdictCode.DUPLICATE_ROW
        self._seen.add(bare)
        return None

    def _read(self, line: Line) -> Taken | tuple[VerdictCode, Column | None]:
        """The row, or the first thing that keeps it out."""
        if len(line.cells) <= max(self._places[c] for c in self._needed()):
            return VerdictCode.ROW_CUT_SHORT, None
        number = read_number(self._cell(line, Column.NUMBER))
        if isinstance(number, VerdictCode):
            return number, Column.NUMBER
        party = self._setting.parties.get(number, REST if self._setting.has_rest else None)
        if party is None:
            return VerdictCode.NUMBER_NOT_LISTED, Column.NUMBER
        moment = self._moment(line)
        if isinstance(moment, VerdictCode):
            return moment, Column.TIME if Column.TIME in self._places else Column.HOUR
        direction = read_direction(self._cell(line, Column.DIRECTION))
        if isinstance(direction, VerdictCode):
            return direction, Column.DIRECTION
        duration = read_duration(self._cell(line, Column.DURATION))
        if isinstance(duration, VerdictCode):
            return duration, Column.DURATION
        text = self._cell(line, Column.TEXT).strip().replace("\0", "")
        if len(text) > TEXT_CHARS_MAX:
            return VerdictCode.TEXT_TOO_LONG, Column.TEXT
        return self._taken(line, number, party, moment, direction, duration, text)

    def _taken(
        self,
        line: Line,
        number: str,
        party: int,
        moment: datetime,
        direction: tuple[RowDirection, bool | None],
        duration: int | None,
        text: str,
    ) -> Taken:
        way = direction[0]
        connected = _connected(self._setting.kind, direction, duration)
        said = (
            self._setting.kind, moment.astimezone(UTC).isoformat(), number, way, connected,
            duration, text,
        )  # fmt: skip
        return Taken(
            line=line.number,
            digest=_digest(self._setting.key, said),
            occurred_at=moment,
            direction=way,
            number=number,
            party=party,
            connected=connected,
            duration_seconds=duration,
            text=text or None,
        )

    def _needed(self) -> Iterator[Column]:
        return (c for c in self._places if c not in {Column.DURATION, Column.TEXT})

    def _cell(self, line: Line, column: Column) -> str:
        place = self._places.get(column)
        return line.cells[place] if place is not None and place < len(line.cells) else ""

    def _moment(self, line: Line) -> datetime | VerdictCode:
        read = self._one_moment(line)
        if isinstance(read, VerdictCode):
            return read
        if read > self._setting.now + FUTURE:
            return VerdictCode.TIME_IN_FUTURE
        if read < OLDEST:
            return VerdictCode.TIME_TOO_OLD
        # Fixed to its offset: a stored moment carries no zone's rules.
        return datetime.fromisoformat(read.isoformat())

    def _one_moment(self, line: Line) -> datetime | VerdictCode:
        zone = self._setting.zone
        if Column.TIME in self._places:
            text = self._cell(line, Column.TIME).strip()
            return read_moment(text, zone) if text else VerdictCode.TIME_MISSING
        day, hour = self._cell(line, Column.DAY).strip(), self._cell(line, Column.HOUR).strip()
        if not day or not hour:
            return VerdictCode.TIME_MISSING
        alone = read_moment(hour, zone)
        if isinstance(alone, datetime):
            return alone
        return read_moment(f"{day.removesuffix(' 00:00:00')} {hour}", zone)


def _connected(
    kind: LogKind, direction: tuple[RowDirection, bool | None], duration: int | None
) -> bool | None:
    """Whether a call was taken: as said, else by its duration; unknown where neither tells."""
    way, as_said = direction
    if kind is LogKind.MESSAGES or as_said is not None:
        return None if kind is LogKind.MESSAGES else as_said
    if duration:
        return True
    return False if duration == 0 and way is RowDirection.OUTGOING else None


def _digest(key: bytes, said: tuple[object, ...]) -> str:
    """HMAC-SHA256 of what a row says, 32 hex digits: keyed, for numbers are soon guessed."""
    text = "\x1f".join("" if each is None else str(each) for each in said)
    return hmac.digest(key, text.encode(), sha256).hex()[:32]


def _verdict(line: Line, code: VerdictCode, column: Column | None) -> Verdict:
    meaning = VERDICTS[code]
    return Verdict(
        row=line.number,
        column=column.value if column else None,
        code=code,
        weight=meaning.weight,
        right=meaning.right,
    )


class Counts(msgspec.Struct, kw_only=True):
    """How many rows of a file became what."""

    rows: int = 0
    """Rows below the header that are not empty."""
    taken: int = 0
    flagged: int = 0
    """Of those that are taken."""
    left_out: int = 0
    codes: dict[str, int] = msgspec.field(default_factory=dict)
    """Verdicts of each code."""
    first: datetime | None = None
    """The earliest moment of a row that is taken."""
    last: datetime | None = None

    def add(self, judged: Judged) -> None:
        """Count one row."""
        self.rows += 1
        for verdict in judged.verdicts:
            self.codes[verdict.code.value] = self.codes.get(verdict.code.value, 0) + 1
        if judged.taken is None:
            self.left_out += 1
            return
        self.taken += 1
        self.flagged += any(v.weight is Weight.FLAGGED for v in judged.verdicts)
        moment = judged.taken.occurred_at
        self.first = moment if self.first is None else min(self.first, moment)
        self.last = moment if self.last is None else max(self.last, moment)
