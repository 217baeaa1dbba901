"""Columns are found by their words, wherever the header stands."""

import pytest

from domain.cases.imports import LogKind
from domain.importing.columns import HEADER_ROWS, WORDS, Column, find_columns, normalised
from domain.importing.verdicts import FileCode, Unreadable


def found(*rows, kind=LogKind.CALLS):
    return find_columns(list(enumerate(rows, 1)), kind)


def code_of(*rows, kind=LogKind.CALLS):
    with pytest.raises(Unreadable) as caught:
        found(*rows, kind=kind)
    return caught.value.code


@pytest.mark.parametrize(
    "header",
    (
        ("号码", "通话时间", "呼叫类型", "通话时长"),
        ("对方号码", "开始时间", "类型", "时长(秒)"),
        ("Phone Number", "Start Time", "Call Type", "Duration (s)"),
        ("NUMBER", "date/time", "Direction", "duration"),
        ("\ufeff号码", " 通话时间 ", "方向：", "时长"),
        ("电话号码", "时间戳", "通话类型", "持续时间"),
    ),
)
def test_headings_in_both_languages(header):
    columns = found(header)
    assert columns.places == {
        Column.NUMBER: 0,
        Column.TIME: 1,
        Column.DIRECTION: 2,
        Column.DURATION: 3,
    }
    assert columns.ignored == ()


def test_a_header_that_moved_below_titles_and_blank_lines():
    columns = found(
        ("样例手机通话详单",), ("打印时间", "2026-03-05"), (), ("姓名", "时间", "号码", "类型")
    )
    assert columns.header_row == 4
    assert columns.places == {Column.TIME: 1, Column.NUMBER: 2, Column.DIRECTION: 3}
    assert columns.ignored == ("姓名",)


def test_a_header_below_the_thirtieth_row_is_not_looked_for():
    header = ("号码", "时间", "类型")
    blank = [()] * HEADER_ROWS
    assert found(*blank[1:], header).header_row == HEADER_ROWS
    assert code_of(*blank, header) is FileCode.HEADER_NOT_FOUND


def test_day_and_hour_in_two_columns():
    assert found(("日期", "时间", "号码", "类型")).places == {
        Column.DAY: 0,
        Column.HOUR: 1,
        Column.NUMBER: 2,
        Column.DIRECTION: 3,
    }
    assert Column.HOUR in found(("通话日期", "通话时间", "号码", "类型")).places


@pytest.mark.parametrize("alone", ("日期", "时间", "date", "time"))
def test_one_column_alone_holds_both(alone):
    assert found((alone, "号码", "类型")).places[Column.TIME] == 0


def test_two_columns_that_could_be_the_number_are_not_chosen_between():
    assert code_of(("号码", "电话", "时间", "类型")) is FileCode.COLUMN_TWICE


def test_a_file_without_header_or_direction():
    assert code_of(("13800138000", "2026-03-01 21:59:00", "呼入")) is FileCode.HEADER_NOT_FOUND
    assert code_of(()) is FileCode.HEADER_NOT_FOUND
    assert code_of(("号码", "时间", "时长")) is FileCode.COLUMN_MISSING


def test_calls_have_no_text_and_messages_no_duration():
    header = ("号码", "时间", "类型", "时长", "内容")
    assert found(header).ignored == ("内容",)
    messages = found(header, kind=LogKind.MESSAGES)
    assert messages.ignored == ("时长",)
    assert messages.places[Column.TEXT] == 4


def test_every_word_is_known_by_its_normal_form_and_means_one_column():
    words = [word for each in WORDS.values() for word in each]
    assert len(words) == len(set(words))
    assert [normalised(word) for word in words] == words
