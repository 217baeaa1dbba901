"""What becomes of each row of a file, and what a file can be refused for; codes are stable.

The tables are printed in `ops/docs/imports.md`, and a test holds them together.
"""

from enum import StrEnum
from typing import Final

import msgspec


class Weight(StrEnum):
    """What a verdict does to its row."""

    LEFT_OUT = "left-out"
    FLAGGED = "flagged"
    """The row comes in."""


class VerdictCode(StrEnum):
    """Stable codes of verdicts on rows."""

    ALREADY_THERE = "already-there"
    DUPLICATE_ROW = "duplicate-row"
    ROW_CUT_SHORT = "row-cut-short"
    NUMBER_MISSING = "number-missing"
    NUMBER_UNUSABLE = "number-unusable"
    NUMBER_NOT_LISTED = "number-not-listed"
    TIME_MISSING = "time-missing"
    TIME_UNREADABLE = "time-unreadable"
    TIME_WITHOUT_HOUR = "time-without-hour"
    TIME_AMBIGUOUS = "time-ambiguous"
    TIME_NOT_IN_ZONE = "time-not-in-zone"
    TIME_IN_FUTURE = "time-in-future"
    TIME_TOO_OLD = "time-too-old"
    DIRECTION_MISSING = "direction-missing"
    DIRECTION_UNKNOWN = "direction-unknown"
    DURATION_UNREADABLE = "duration-unreadable"
    TEXT_TOO_LONG = "text-too-long"
    FORMULA_CELL = "formula-cell"


class VerdictMeaning(msgspec.Struct, frozen=True):
    """One line of the table."""

    weight: Weight
    what: str
    right: str


_OUT: Final = Weight.LEFT_OUT

VERDICTS: Final[dict[VerdictCode, VerdictMeaning]] = {
    VerdictCode.ALREADY_THERE: VerdictMeaning(
        _OUT, "A finished import of this phone brought this row before.", "Nothing to do."
    ),
    VerdictCode.DUPLICATE_ROW: VerdictMeaning(
        _OUT, "An earlier row of this file says the same.", "Nothing to do; it counts once."
    ),
    VerdictCode.ROW_CUT_SHORT: VerdictMeaning(
        _OUT, "The row ends before its columns do.", "Export the log again, or mend the row."
    ),
    VerdictCode.NUMBER_MISSING: VerdictMeaning(
        _OUT,
        "The number at the other end is empty.",
        "A row needs its number; withheld ones stay out.",
    ),
    VerdictCode.NUMBER_UNUSABLE: VerdictMeaning(
        _OUT,
        "The number is no telephone number; a spreadsheet may have rounded it (1.38E+10).",
        "Export the column as text: 3 to 20 digits, `+`, spaces, hyphens and brackets allowed.",
    ),
    VerdictCode.NUMBER_NOT_LISTED: VerdictMeaning(
        _OUT,
        "Nobody said who is at the other end of this number.",
        "List the number under a party, or give `rest`; private calls stay out otherwise.",
    ),
    VerdictCode.TIME_MISSING: VerdictMeaning(_OUT, "The time is empty.", "A row needs its time."),
    VerdictCode.TIME_UNREADABLE: VerdictMeaning(
        _OUT,
        "The time is written in no style that is known, or no such day or hour exists.",
        "Write it like 2026-03-01 21:59:00; `ops/docs/imports.md` lists the styles.",
    ),
    VerdictCode.TIME_WITHOUT_HOUR: VerdictMeaning(
        _OUT, "There is a day and no hour.", "Export the log with the time of day."
    ),
    VerdictCode.TIME_AMBIGUOUS: VerdictMeaning(
        _OUT,
        "Day and month could be either: 03/04/2026, or a year of two digits.",
        "Write the year first, or the day like 03.04.2026.",
    ),
    VerdictCode.TIME_NOT_IN_ZONE: VerdictMeaning(
        _OUT,
        "The clocks were put forward or back: there is no such local time, or there are two.",
        "Give the time with its offset: 2026-03-29T02:30:00+02:00.",
    ),
    VerdictCode.TIME_IN_FUTURE: VerdictMeaning(
        _OUT, "The time has not come yet.", "Check the phone's clock, and the zone of the import."
    ),
    VerdictCode.TIME_TOO_OLD: VerdictMeaning(
        _OUT, "The time lies before 1980-01-01.", "Check the year."
    ),
    VerdictCode.DIRECTION_MISSING: VerdictMeaning(
        _OUT, "It is not said which way it went.", "Fill in incoming, outgoing or missed."
    ),
    VerdictCode.DIRECTION_UNKNOWN: VerdictMeaning(
        _OUT,
        "The word for the direction is not known.",
        "Use 呼入, 呼出, 未接, 接收, 发送, incoming, outgoing, missed, received or sent.",
    ),
    VerdictCode.DURATION_UNREADABLE: VerdictMeaning(
        _OUT,
        "The duration is written in no style that is known, or is longer than a week.",
        "Write seconds (80), 00:01:20 or 1分20秒.",
    ),
    VerdictCode.TEXT_TOO_LONG: VerdictMeaning(
        _OUT, "The text of the message is too long.", "At most 20,000 characters."
    ),
    VerdictCode.FORMULA_CELL: VerdictMeaning(
        Weight.FLAGGED,
        "A cell holds a formula; it was taken as text and never computed.",
        "Look at the cell; export values instead of formulas.",
    ),
}


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One remark on one row. The cell's content is not repeated."""

    row: int
    """Row of the file, counted from one."""
    column: str | None
    """Kind of the column it is about; null: the whole row."""
    code: VerdictCode
    weight: Weight
    right: str
    """What would be right."""


class FileCode(StrEnum):
    """Stable codes for which a file as a whole cannot be read."""

    FILE_EMPTY = "file-empty"
    FILE_TOO_LARGE = "file-too-large"
    FORMAT_UNKNOWN = "format-unknown"
    ENCODING_UNKNOWN = "encoding-unknown"
    QUOTE_OPEN = "quote-open"
    SHEET_BROKEN = "sheet-broken"
    SHEET_UNSAFE = "sheet-unsafe"
    HEADER_NOT_FOUND = "header-not-found"
    COLUMN_TWICE = "column-twice"
    COLUMN_MISSING = "column-missing"
    ROWS_TOO_MANY = "rows-too-many"


class FileMeaning(msgspec.Struct, frozen=True):
    """One line of the table."""

    what: str
    right: str


FILES: Final[dict[FileCode, FileMeaning]] = {
    FileCode.FILE_EMPTY: FileMeaning("The file is empty.", "Send the log."),
    FileCode.FILE_TOO_LARGE: FileMeaning(
        "The file, or what it unpacks to, is too large.", "Export a shorter time, or as CSV."
    ),
    FileCode.FORMAT_UNKNOWN: FileMeaning(
        "The file is neither CSV nor XLSX.", "Save it as one; an old XLS cannot be read."
    ),
    FileCode.ENCODING_UNKNOWN: FileMeaning(
        "The text is in none of the known encodings.", "Save it as UTF-8, GB18030 or UTF-16."
    ),
    FileCode.QUOTE_OPEN: FileMeaning(
        "A quotation mark is never closed, or one cell is endless.", "Mend the row that is named."
    ),
    FileCode.SHEET_BROKEN: FileMeaning(
        "The XLSX cannot be unpacked or is no workbook.", "Open it, save it anew, try again."
    ),
    FileCode.SHEET_UNSAFE: FileMeaning(
        "The XLSX holds a document type, entities, or unpacks to far more than it should.",
        "It was not made by a phone or a spreadsheet: do not use it.",
    ),
    FileCode.HEADER_NOT_FOUND: FileMeaning(
        "None of the first 30 rows names a number and a time.",
        "Keep the row of headings; `ops/docs/imports.md` lists the words.",
    ),
    FileCode.COLUMN_TWICE: FileMeaning(
        "Two columns could be the same thing, such as caller and callee.",
        "Delete or rename the one that is not meant.",
    ),
    FileCode.COLUMN_MISSING: FileMeaning(
        "A column that every log has is not there.", "Export it with number, time and direction."
    ),
    FileCode.ROWS_TOO_MANY: FileMeaning(
        "The file has more rows than one import takes.", "Export a shorter time: 300,000 rows."
    ),
}


class Unreadable(ValueError):
    """A file that cannot be read as a log; nothing was taken in."""

    def __init__(self, code: FileCode, detail: str = "") -> None:
        """`detail` names rows and columns, never what a cell holds."""
        super().__init__(f"{code.value}: {detail}" if detail else code.value)
        self.code, self.detail = code, detail
