"""Small XLSX files for tests, written by hand so that nothing about them is left to a library.

A cell is a text, a number, `Formula`, or `Dated`; `workbook` answers with the bytes of the file.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{NAMESPACE}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy/m/d\\ h:mm;@"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="22"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/>'
    '<xf numFmtId="21"/></cellXfs></styleSheet>'
)
MOMENT, DAY, HOUR = 1, 2, 3
"""Cell styles."""


@dataclass
class Styled:
    """A number that is shown in one of the styles."""

    number: str
    style: int


@dataclass
class Formula:
    """A cell that is computed, and the value that was saved with it."""

    code: str
    saved: str


def workbook(
    rows: Iterable[Sequence[object]],
    *,
    shared: bool = True,
    before: Sequence[Sequence[Sequence[object]]] = (),
    book: str = "",
    sheet_head: str = "",
) -> bytes:
    """A workbook whose last sheet has these rows; `before` are sheets that come first."""
    strings: dict[str, int] | None = {} if shared else None
    sheets = [sheet_xml(each, strings, sheet_head) for each in (*before, rows)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", _book(len(sheets), book))
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(len(sheets)))
        archive.writestr("xl/styles.xml", STYLES)
        if strings:
            texts = "".join(f"<si><t>{escape(each)}</t></si>" for each in strings)
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{NAMESPACE}">{texts}</sst>')
        for number, text in enumerate(sheets, 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", text)
    return out.getvalue()


def _book(count: int, more: str) -> str:
    sheets = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, count + 1)
    )
    return (
        f'<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATED}">{more}<sheets>{sheets}</sheets>'
        "</workbook>"
    )


def _relations(count: int) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in range(1, count + 1)
    )
    return f"<Relationships>{each}</Relationships>"


def sheet_xml(
    rows: Iterable[Sequence[object]], strings: dict[str, int] | None, head: str = ""
) -> str:
    """The XML of a sheet; texts go into `strings` where that is given."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(cell, place, number, strings) for place, cell in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    return (
        f'{head}<worksheet xmlns="{NAMESPACE}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    )


def _cell(value: object, place: int, row: int, strings: dict[str, int] | None) -> str:
    at = f'r="{chr(65 + place)}{row}"'
    match value:
        case "" | None:
            return ""
        case Styled(number, style):
            return f'<c {at} s="{style}"><v>{number}</v></c>'
        case Formula(code, saved):
            return f'<c {at} t="str"><f>{escape(code)}</f><v>{escape(saved)}</v></c>'
        case int() | float():
            return f"<c {at}><v>{value}</v></c>"
    text = str(value)
    if strings is None:
        return f'<c {at} t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    return f'<c {at} t="s"><v>{strings.setdefault(text, len(strings))}</v></c>'
