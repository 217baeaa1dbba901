"""Statistics as a workbook: one sheet of figures, one of what they were made with."""

import io
from datetime import UTC, datetime
from typing import Any, Final

import xlsxwriter

from domain.statistics import Statistics
from domain.statistics.reading import Line

_NOT_A_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Stands where the form wants a moment of making: the same figures give the same bytes."""
_LEFT_OUT: Final = "*"
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEADS: Final = ("组别 Group", "项目 Line", "个案数 Cases", "数量 Count", "币种 Currency")
_MORE_HEADS: Final = ("金额 Amount", "金额未知 Amount unknown")


def workbook(made: Statistics) -> bytes:
    """The workbook's bytes; same statistics, same bytes. Nothing in it is a formula."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties({"created": _NOT_A_DAY})
    head = book.add_format({"bold": True})
    money = book.add_format({"num_format": "#,##0.00"})
    figures = book.add_worksheet("Figures")
    figures.set_column(0, 1, 36)
    figures.set_column(2, 6, 16)
    figures.write_row(0, 0, (*_HEADS, *_MORE_HEADS), head)
    row = 1
    for group in made.groups:
        for line in group.lines:
            figures.write_row(row, 0, _cells(f"{group.zh} {group.en}", line))
            if line.amount is not None:
                figures.write_number(row, 5, float(line.amount.text()), money)
            row += 1
    _notes(book.add_worksheet("Notes"), made)
    book.close()
    return file.getvalue()


def _cells(group: str, line: Line) -> tuple[Any, ...]:
    if line.is_left_out:
        return group, line.code, _LEFT_OUT, _LEFT_OUT
    cells = (group, line.code, line.cases, line.count)
    if line.amount is None:
        return cells
    return *cells, line.amount.currency, "", line.unknown


def _notes(sheet: Any, made: Statistics) -> None:
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 60)
    told = (
        ("期间 Period", f"{made.first_day} – {made.last_day}"),
        ("个案总数 Cases looked at", made.cases),
        ("结案天数中位数 Median days to close", made.median_days_to_close),
        ("截至记录位置 As known at position", made.position),
        ("规则包 Rule pack", made.pack),
        ("数据版本 Data", made.data),
        (f"{_LEFT_OUT}", made.suppression),
    )
    for row, pair in enumerate(told):
        sheet.write_row(row, 0, pair)
