"""XLSX in: the rows of its sheets, read piece by piece from the archive.

Only what is asked for is unpacked, with a limit on every member; a document type or an entity ends
it at once, for no spreadsheet writes one. Formulas are never computed: the value that was saved
with one is taken as text. Layout: ECMA-376 part 1, 18.3 (sheets), 18.4 (shared strings).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.parsers import expat

import msgspec

from api.imports_dates import Formats, shown
from domain.importing.rows import Line
from domain.importing.verdicts import FileCode, Unreadable

MEBIBYTE: Final = 1024 * 1024
SHEET_BYTES_MAX: Final = 512 * MEBIBYTE
STRINGS_BYTES_MAX: Final = 96 * MEBIBYTE
PART_BYTES_MAX: Final = 4 * MEBIBYTE
MEMBERS_MAX: Final = 2_000
COLUMNS_MAX: Final = 256
CELL_CHARS_MAX: Final = 65_536
STRINGS_MAX: Final = 1_000_000
_PIECE: Final = 65_536
_LAST: Final = True
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Workbook:
    """One workbook, whose archive is in memory as it was sent."""

    def __init__(self, data: bytes) -> None:
        """Open it; raises Unreadable for what is no workbook."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError):
            raise Unreadable(FileCode.SHEET_BROKEN) from None
        if len(self._zip.namelist()) > MEMBERS_MAX:
            raise Unreadable(FileCode.SHEET_UNSAFE, "members")
        self._book = _Book()
        self._parse("xl/workbook.xml", self._book.start, None, None, PART_BYTES_MAX)
        self._formats = self._styles()
        self._strings = self._shared()

    def sheets(self) -> list[str]:
        """Members that hold the sheets, in the order of the book."""
        targets = _Targets()
        self._parse("xl/_rels/workbook.xml.rels", targets.start, None, None, PART_BYTES_MAX)
        named = [targets.found.get(each, "") for each in self._book.sheets]
        return [name for name in named if name in self._zip.NameToInfo]

    def lines(self, sheet: str) -> Iterator[Line]:
        """The rows of one sheet; rows that it leaves out are not given."""
        rows = _Rows(self._strings, self._formats, is_1904=self._book.is_1904)
        for _ in self._pieces(sheet, rows.start, rows.end, rows.text, SHEET_BYTES_MAX):
            yield from rows.done
            rows.done.clear()

    def _styles(self) -> Formats:
        formats = Formats()
        if "xl/styles.xml" in self._zip.NameToInfo:
            self._parse("xl/styles.xml", formats.start, formats.end, None, PART_BYTES_MAX)
        return formats

    def _shared(self) -> list[str]:
        strings = _Strings()
        if "xl/sharedStrings.xml" in self._zip.NameToInfo:
            self._parse(
                "xl/sharedStrings.xml", strings.start, strings.end, strings.text, STRINGS_BYTES_MAX
            )
        return strings.found

    def _parse(self, name: str, start: Any, end: Any, text: Any, limit: int) -> None:
        for _ in self._pieces(name, start, end, text, limit):
            pass

    def _pieces(self, name: str, start: Any, end: Any, text: Any, limit: int) -> Iterator[None]:
        """Feed a member to the handlers; gives back control after each piece."""
        parser = _parser(start, end, text)
        taken = 0
        try:
            with self._zip.open(name) as member:
                while piece := member.read(_PIECE):
                    taken += len(piece)
                    if taken > limit:
                        raise Unreadable(FileCode.FILE_TOO_LARGE, f"{name} unpacked")
                    parser.Parse(piece)
                    yield
                parser.Parse(b"", _LAST)
                yield
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise Unreadable(FileCode.SHEET_BROKEN, name) from None
        except (expat.ExpatError, RuntimeError, ValueError, OverflowError) as error:
            if isinstance(error, Unreadable):
                raise
            raise Unreadable(FileCode.SHEET_BROKEN, name) from None


def _parser(start: Any, end: Any, text: Any) -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: start(_bare(name), given)
    if end is not None:
        parser.EndElementHandler = lambda name: end(_bare(name))
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _unsafe
    parser.EntityDeclHandler = _unsafe
    return parser


def _unsafe(*_: Any) -> None:
    raise Unreadable(FileCode.SHEET_UNSAFE, "document type")


def _bare(name: str) -> str:
    return name.rsplit(":", 1)[-1]


class _Book:
    """Sheets by their relation, hidden ones last, and from when days are counted."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.is_1904 = False

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "workbookPr":
            self.is_1904 = given.get("date1904", "0") in {"1", "true"}
        elif name == "sheet" and given.get("state", "visible") == "visible":
            relation = next((v for k, v in given.items() if k.endswith(":id")), "")
            self.sheets.append(relation)


class _Targets:
    """Where each relation of the book leads."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            target = given.get("Target", "").removeprefix("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            self.found[given.get("Id", "")] = path


class _Strings:
    """The texts that cells share; furigana (`rPh`) is not part of them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._is_text, self._is_aside = False, False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._is_aside = True
        elif name == "t":
            self._is_text = not self._is_aside

    def end(self, name: str) -> None:
        if name == "si":
            if len(self.found) >= STRINGS_MAX:
                raise Unreadable(FileCode.FILE_TOO_LARGE, "shared strings")
            self.found.append("".join(self._parts))
        elif name == "rPh":
            self._is_aside = False
        elif name == "t":
            self._is_text = False

    def text(self, data: str) -> None:
        if self._is_text:
            self._parts.append(data)


class _Cell(msgspec.Struct):
    """The cell that is being read."""

    place: int
    kind: str
    style: int
    is_formula: bool = False


class _Rows:
    """Rows of a sheet, put together as its elements come."""

    def __init__(self, strings: list[str], formats: Formats, *, is_1904: bool) -> None:
        self.done: list[Line] = []
        self._strings, self._formats, self._is_1904 = strings, formats, is_1904
        self._number = self._width = 0
        self._cells: dict[int, str] = {}
        self._formulas: set[int] = set()
        self._cell = _Cell(-1, "n", 0)
        self._parts: list[str] = []
        self._chars = 0
        self._is_value = False
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._row,
            "c": self._begin,
            "f": self._formula,
            "v": self._value,
            "t": self._value,
        }

    def start(self, name: str, given: dict[str, str]) -> None:
        step = self._starts.get(name)
        if step is not None:
            step(given)

    def _row(self, given: dict[str, str]) -> None:
        self._number = int(given.get("r", self._number + 1))
        self._cells, self._formulas = {}, set()
        self._cell = _Cell(-1, "n", 0)

    def _begin(self, given: dict[str, str]) -> None:
        match = _PLACE.fullmatch(given.get("r", ""))
        place = _place(match[1]) if match else self._cell.place + 1
        if place >= COLUMNS_MAX:
            place = COLUMNS_MAX
        self._cell = _Cell(place, given.get("t", "n"), int(given.get("s", "0")))
        self._parts, self._chars = [], 0

    def _formula(self, _: dict[str, str]) -> None:
        self._cell.is_formula = True

    def _value(self, _: dict[str, str]) -> None:
        self._is_value = True

    def text(self, data: str) -> None:
        if self._is_value:
            self._chars += len(data)
            if self._chars > CELL_CHARS_MAX:
                raise Unreadable(FileCode.FILE_TOO_LARGE, f"row {self._number}: a cell")
            self._parts.append(data)

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._is_value = False
        elif name == "c":
            self._end_cell()
        elif name == "row" and self._cells:
            # A sheet leaves empty cells out; a row is as wide as the widest before it.
            self._width = max(self._width, *(place + 1 for place in self._cells))
            cells = tuple(self._cells.get(place, "") for place in range(self._width))
            self.done.append(Line(self._number, cells, frozenset(self._formulas)))

    def _end_cell(self) -> None:
        cell = self._cell
        if cell.place >= COLUMNS_MAX:
            return
        if cell.is_formula:
            self._formulas.add(cell.place)
        raw = "".join(self._parts)
        if cell.kind == "s":
            raw = self._strings[int(raw)] if raw and int(raw) < len(self._strings) else ""
        elif cell.kind == "n" and raw:
            raw = shown(raw, self._formats.of(cell.style), is_1904=self._is_1904)
        if raw or cell.is_formula:
            self._cells[cell.place] = raw


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1
