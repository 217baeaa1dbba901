"""Files of logs: every encoding and delimiter, workbooks, and files that mean harm."""

import codecs
import io
import tracemalloc
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from api.imports_csv import encoding_of
from api.imports_table import ROWS_MAX, read_table
from api.imports_xlsx import COLUMNS_MAX
from domain.cases.imports import LogKind
from domain.importing.columns import Column
from domain.importing.rows import Judge, Setting
from domain.importing.verdicts import FileCode, Unreadable
from tests.workbooks import DAY, HOUR, MOMENT, NAMESPACE, Formula, Styled, workbook

HEADER = ("号码", "时间", "类型", "时长")
ROW = ("02160000001", "2026-03-01 21:59:00", "呼入", "80")
TEXT = "\r\n".join(",".join(each) for each in (HEADER, ROW)) + "\r\n"


def rows_of(data, kind=LogKind.CALLS):
    table = read_table(data, kind)
    return [line.cells for line in table.lines]


def code_of(data, kind=LogKind.CALLS):
    with pytest.raises(Unreadable) as caught:
        rows_of(data, kind)
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "name"),
    (
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        ((TEXT * 40).encode("utf-16-le"), "utf-16-le"),
    ),
)
def test_every_encoding_gives_the_same_rows(data, name):
    assert encoding_of(data) == name
    assert rows_of(data)[0] == ROW


@pytest.mark.parametrize(
    "data",
    (
        TEXT.encode("utf-8") + b"\xff\xff\xff",
        codecs.BOM_UTF8 + "号码".encode("gbk"),
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00",
    ),
)
def test_bytes_of_no_encoding_are_told(data):
    assert code_of(data) is FileCode.ENCODING_UNKNOWN


@pytest.mark.parametrize("delimiter", (",", ";", "\t", "|"))
def test_every_delimiter(delimiter):
    text = "\n".join(delimiter.join(each) for each in (("通话详单",), (), HEADER, ROW))
    assert rows_of(text.encode()) == [ROW]


def test_a_comma_in_a_title_does_not_decide_on_the_delimiter():
    lines = ["样例公司, 通话, 详单, 2026, 三月", ";".join(HEADER), ";".join(ROW)]
    assert rows_of("\n".join(lines).encode()) == [ROW]


def test_quoted_cells_keep_delimiters_and_line_ends():
    text = '号码,时间,类型,内容\n95588,2026-03-01 10:00,接收,"您好,\n请还款"\n'
    (row,) = rows_of(text.encode(), LogKind.MESSAGES)
    assert row[3] == "您好,\n请还款"


def test_formula_cells_of_a_csv_are_text():
    text = '号码,时间,类型\n"=""13800138000""",2026-03-01 10:00,呼入\n=1+1,2026-03-01 10:00,呼入\n'
    lines = list(read_table(text.encode(), LogKind.CALLS).lines)
    assert [line.cells[0] for line in lines] == ["13800138000", "=1+1"]
    assert [line.formulas for line in lines] == [frozenset({0}), frozenset({0})]


@pytest.mark.parametrize(
    ("data", "code"),
    (
        (b"", FileCode.FILE_EMPTY),
        (b" \r\n", FileCode.FILE_EMPTY),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, FileCode.FORMAT_UNKNOWN),
        (b"%PDF-1.7 x", FileCode.FORMAT_UNKNOWN),
        (b"PK\x03\x04 broken", FileCode.SHEET_BROKEN),
        (b"a,b\nc,d\n", FileCode.HEADER_NOT_FOUND),
        ("号码,时间,时长\n".encode(), FileCode.COLUMN_MISSING),
        ("主叫,号码,电话,时间,类型\n".encode(), FileCode.COLUMN_TWICE),
        (TEXT.encode() + b'"' + b"x" * 70_000, FileCode.QUOTE_OPEN),
    ),
)
def test_a_file_that_is_no_log_is_refused(data, code):
    assert code_of(data) is code


def test_more_rows_than_one_import_takes():
    text = "号码,时间,类型\n" + "1,2,3\n" * (ROWS_MAX + 1)
    lines = read_table(text.encode(), LogKind.CALLS).lines
    with pytest.raises(Unreadable) as caught:
        for _ in lines:
            pass
    assert caught.value.code is FileCode.ROWS_TOO_MANY


@pytest.mark.parametrize("shared", (True, False))
def test_a_workbook_gives_the_same_rows(shared):
    data = workbook([("通话详单",), (), HEADER, ROW], shared=shared)
    table = read_table(data, LogKind.CALLS)
    assert table.columns.header_row == 3
    assert [(line.number, line.cells) for line in table.lines] == [(4, ROW)]


def test_numbers_days_and_hours_of_a_workbook_are_read_as_they_are_shown():
    rows = [
        HEADER,
        (13800138000, Styled("46082.91597222222", MOMENT), "呼入", Styled("0.000925926", HOUR)),
        (Styled("1.3800138E10", 0), Styled("46082", DAY), "呼入", 80),
        (1.5, Styled("46082.91597222222", DAY), "", "1分20秒"),
    ]
    assert rows_of(workbook(rows)) == [
        ("13800138000", "2026-03-01 21:59:00", "呼入", "0:01:20"),
        ("13800138000", "2026-03-01", "呼入", "80"),
        ("1.5", "2026-03-01 21:59:00", "", "1分20秒"),
    ]


def test_days_counted_from_1904():
    rows = [HEADER, ("95588", Styled("44620.91597222222", MOMENT), "呼入")]
    data = workbook(rows, book='<workbookPr date1904="1"/>')
    assert rows_of(data)[0][1] == "2026-03-01 21:59:00"


def test_formulas_of_a_workbook_are_never_computed():
    rows = [HEADER, (Formula("1+1", "95588"), "2026-03-01 10:00", "呼入", Formula("6*7", ""))]
    (line,) = read_table(workbook(rows), LogKind.CALLS).lines
    assert line.cells == ("95588", "2026-03-01 10:00", "呼入", "")
    assert line.formulas == {0, 3}


def test_the_log_may_be_on_a_later_sheet():
    data = workbook([HEADER, ROW], before=[[("封面",)], [("说明", "无")]])
    table = read_table(data, LogKind.CALLS)
    assert table.sheet == "xl/worksheets/sheet3.xml"
    assert [line.cells for line in table.lines] == [ROW]


def test_a_row_of_a_thousand_cells_is_cut_and_not_kept():
    wide = '<c r="XFD2" t="inlineStr"><is><t>x</t></is></c>'
    sheet = _replaced(workbook([HEADER, ROW], shared=False), b"</row></sheetData>", wide)
    (row,) = rows_of(sheet)
    assert len(row) <= COLUMNS_MAX


def _replaced(data, mark, more):
    """The workbook with something put in before a mark of its sheet."""
    return _changed(data, lambda text: text.replace(mark, more.encode() + mark))


def _changed(data, change, name="xl/worksheets/sheet1.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for each in old.namelist():
            content = old.read(each)
            new.writestr(each, change(content) if each == name else content)
    return out.getvalue()


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    "head", (LAUGHS, '<!DOCTYPE w SYSTEM "file:///etc/passwd">', "<!DOCTYPE w>")
)
def test_a_document_type_or_an_entity_ends_it_at_once(head):
    assert code_of(workbook([HEADER, ROW], sheet_head=head)) is FileCode.SHEET_UNSAFE


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("api.imports_xlsx.SHEET_BYTES_MAX", 1_000_000)
    monkeypatch.setattr("api.imports_xlsx.STRINGS_BYTES_MAX", 1_000_000)
    blank = b" " * 5_000_000
    data = _changed(workbook([HEADER, ROW]), lambda text: text.replace(b"</sheetData>", blank))
    assert len(data) < 20_000
    assert code_of(data) is FileCode.FILE_TOO_LARGE
    strings = workbook([HEADER, ("x" * 2_000_000,)])
    assert code_of(strings) is FileCode.FILE_TOO_LARGE


def test_a_bomb_of_many_members_is_not_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(2_001):
            archive.writestr(str(number), b"")
    assert code_of(out.getvalue()) is FileCode.SHEET_UNSAFE


@pytest.mark.parametrize(
    "text",
    (
        b"<worksheet",
        b"not xml",
        b"",
        f'<worksheet xmlns="{NAMESPACE}"><row r="x"/></worksheet>'.encode(),
    ),
)
def test_a_broken_sheet_is_told(text):
    data = _changed(workbook([HEADER, ROW]), lambda _: text)
    assert code_of(data) is FileCode.SHEET_BROKEN


def test_a_damaged_archive_is_told():
    data = bytearray(workbook([HEADER, *([ROW] * 500)]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    data[at + 100] ^= 0xFF
    assert code_of(bytes(data)) is FileCode.SHEET_BROKEN


def test_the_column_of_the_number_is_found_in_every_form():
    for data in (TEXT.encode(), TEXT.encode("gbk"), workbook([HEADER, ROW])):
        assert read_table(data, LogKind.CALLS).columns.places[Column.NUMBER] == 0


def _peak(data):
    """Bytes held at once, at most, while every row of a file is judged; the file not counted."""
    setting = Setting(
        kind=LogKind.CALLS,
        zone=ZoneInfo("Asia/Shanghai"),
        now=datetime(2026, 6, 1, tzinfo=UTC),
        parties={},
        has_rest=True,
        key=b"key",
    )
    tracemalloc.start()
    try:
        table = read_table(data, LogKind.CALLS)
        judge = Judge(table.columns, setting)
        assert all(judge.judge(line).taken for line in table.lines)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("as_workbook", (False, True))
def test_memory_grows_by_a_digest_a_row_and_not_by_rows(as_workbook):
    def made(count):
        rows = [
            (
                "95588",
                f"2026-03-{1 + n // 1440:02d} {n // 60 % 24:02d}:{n % 60:02d}:00",
                "呼入",
                "8",
            )
            for n in range(count)
        ]
        if as_workbook:
            return workbook([HEADER, *rows], shared=False)
        return "\n".join(",".join(each) for each in (HEADER, *rows)).encode()

    few, many = _peak(made(1_000)), _peak(made(9_000))
    # A digest and its place in a set take some 130 bytes; a row kept would take over a thousand.
    assert many - few < 8_000 * 200
