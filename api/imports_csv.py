"""CSV in: which encoding and which delimiter it has, and its rows one by one.

The whole file is in memory as bytes; decoded text is never held beyond one row.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final

from domain.cases.imports import LogKind
from domain.importing.columns import HEADER_ROWS, find_columns
from domain.importing.rows import Line
from domain.importing.verdicts import FileCode, Unreadable

DELIMITERS: Final = (",", ";", "\t", "|")
CELL_CHARS_MAX: Final = 65_536
_PIECE: Final = 65_536
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(data: bytes) -> str:
    """The encoding in which every byte can be read; raises Unreadable.

    By its mark, else UTF-8, UTF-16 where half of it is NUL, GB18030 (which holds GBK).
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            if _fits(data, name):
                return name
            raise Unreadable(FileCode.ENCODING_UNKNOWN, name)
    head = data[:4096]
    if head.count(0) * 4 > len(head):
        # A digit or a comma has its NUL behind it where the low byte comes first.
        is_low_first = head[1::2].count(0) > head[::2].count(0)
        candidates: tuple[str, ...] = ("utf-16-le" if is_low_first else "utf-16-be",)
    else:
        candidates = ("utf-8", "gb18030")
    for name in candidates:
        if _fits(data, name):
            return name
    raise Unreadable(FileCode.ENCODING_UNKNOWN)


def _fits(data: bytes, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)(errors="strict")
    try:
        for start in range(0, len(data), _PIECE):
            text = decoder.decode(data[start : start + _PIECE])
            if "\0" in text:
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def csv_lines(data: bytes, kind: LogKind) -> Iterator[Line]:
    """The rows of a CSV file, from its first; raises Unreadable, also on the way."""
    encoding = encoding_of(data)
    return _lines(data, encoding, _delimiter(data, encoding, kind))


def _delimiter(data: bytes, encoding: str, kind: LogKind) -> str:
    """The one by which the header shows the most columns."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        head = [(line.number, line.cells) for line in _head(data, encoding, delimiter)]
        try:
            columns = len(find_columns(head, kind).places)
        except Unreadable as told:
            # A header with a fault is still a header; which fault is told by whoever reads on.
            columns = 1 if told.code is not FileCode.HEADER_NOT_FOUND else 0
        if columns > most:
            best, most = delimiter, columns
    return best


def _head(data: bytes, encoding: str, delimiter: str) -> list[Line]:
    head: list[Line] = []
    try:
        head.extend(islice(_lines(data, encoding, delimiter), HEADER_ROWS))
    except Unreadable:
        # By another delimiter the same quotation marks may be well.
        return head
    return head


def _lines(data: bytes, encoding: str, delimiter: str) -> Iterator[Line]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    csv.field_size_limit(CELL_CHARS_MAX)
    reader = csv.reader(text, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Unreadable(FileCode.QUOTE_OPEN, f"row {number}") from None
        if cells is None:
            return
        yield _line(number, cells)


def _line(number: int, cells: list[str]) -> Line:
    formulas = frozenset(i for i, cell in enumerate(cells) if cell.lstrip()[:1] == "=")
    plain = tuple(_literal(cell) if i in formulas else cell for i, cell in enumerate(cells))
    return Line(number, plain, formulas)


def _literal(cell: str) -> str:
    """`="13800138000"` is how exports keep a number whole: the text in it. Nothing is computed."""
    inner = cell.strip()
    is_text = inner.startswith('="') and inner.endswith('"') and inner.count('"') == 2
    return inner[2:-1] if is_text else cell
