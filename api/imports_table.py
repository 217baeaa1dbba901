"""A log's rows and columns, from the bytes of a file: CSV or XLSX, by what the bytes are."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

import msgspec

from api.imports_csv import csv_lines
from api.imports_xlsx import Workbook
from domain.cases.imports import LogKind
from domain.importing.columns import HEADER_ROWS, Found, find_columns
from domain.importing.rows import Line
from domain.importing.verdicts import FileCode, Unreadable

FILE_BYTES_MAX: Final = 32 * 1024 * 1024
"""Largest file: some 400,000 rows of CSV. It is held in memory, sealed nowhere yet."""
ROWS_MAX: Final = 300_000
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_OTHERS: Final = (_OLE, b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"<htm", b"<!DO", b"<?xm")


class Table(msgspec.Struct):
    """Columns, and the rows below the header, which can be walked once."""

    columns: Found
    lines: Iterator[Line]
    sheet: str | None = None


def read_table(data: bytes, kind: LogKind) -> Table:
    """The table in a file; raises Unreadable, while rows are walked too."""
    if not data.strip():
        raise Unreadable(FileCode.FILE_EMPTY)
    if len(data) > FILE_BYTES_MAX:
        raise Unreadable(FileCode.FILE_TOO_LARGE, f"at most {FILE_BYTES_MAX} bytes")
    if data.startswith(_ZIP):
        return _of_workbook(Workbook(data), kind)
    if data.startswith(_OTHERS):
        raise Unreadable(FileCode.FORMAT_UNKNOWN)
    return _below_header(csv_lines(data, kind), kind)


def _of_workbook(book: Workbook, kind: LogKind) -> Table:
    """The first sheet that has the header."""
    told: Unreadable | None = None
    for sheet in book.sheets():
        try:
            table = _below_header(book.lines(sheet), kind)
        except Unreadable as unread:
            if unread.code not in {FileCode.HEADER_NOT_FOUND, FileCode.COLUMN_MISSING}:
                raise
            told = told or unread
        else:
            return msgspec.structs.replace(table, sheet=sheet)
    raise told or Unreadable(FileCode.SHEET_BROKEN, "no sheet")


def _below_header(lines: Iterator[Line], kind: LogKind) -> Table:
    head = list(islice(lines, HEADER_ROWS))
    columns = find_columns([(line.number, line.cells) for line in head], kind)
    rest = (line for line in chain(head, lines) if line.number > columns.header_row)
    return Table(columns=columns, lines=_at_most(rest))


def _at_most(lines: Iterator[Line]) -> Iterator[Line]:
    for count, line in enumerate(lines, 1):
        if count > ROWS_MAX:
            raise Unreadable(FileCode.ROWS_TOO_MANY, f"at most {ROWS_MAX}")
        yield line
