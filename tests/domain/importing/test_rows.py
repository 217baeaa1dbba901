"""Rows: each one comes in or has a verdict that says where, what and what would be right."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from domain.cases.imports import LogKind, RowDirection
from domain.importing.columns import find_columns
from domain.importing.rows import REST, Counts, Judge, Line, Setting
from domain.importing.verdicts import FILES, VERDICTS, FileCode, VerdictCode, Weight

HEADER = ("号码", "时间", "类型", "时长")
GOOD = ("02160000001", "2026-03-01 21:59:00", "呼入", "80")
SETTING = Setting(
    kind=LogKind.CALLS,
    zone=ZoneInfo("Asia/Shanghai"),
    now=datetime(2026, 6, 1, tzinfo=UTC),
    parties={"02160000001": 0},
    has_rest=False,
    key=b"key",
)


def judge(header=HEADER, **more):
    setting = msgspec.structs.replace(SETTING, **more)
    return Judge(find_columns([(1, header)], setting.kind), setting)


def line(*cells, number=2, formulas=()):
    return Line(number, cells, frozenset(formulas))


def changed(place, text):
    cells = list(GOOD)
    cells[place] = text
    return line(*cells)


def test_a_good_row_comes_in_with_its_offset():
    judged = judge().judge(line(*GOOD))
    assert judged.verdicts == ()
    row = judged.taken
    assert row.occurred_at.isoformat() == "2026-03-01T21:59:00+08:00"
    assert (row.direction, row.connected, row.duration_seconds) == (RowDirection.INCOMING, True, 80)
    assert (row.party, row.number, row.line) == (0, "02160000001", 2)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    (
        (line("02160000001", "2026-03-01 21:59:00"), VerdictCode.ROW_CUT_SHORT, None),
        (changed(0, ""), VerdictCode.NUMBER_MISSING, "number"),
        (changed(0, "1.38E+10"), VerdictCode.NUMBER_UNUSABLE, "number"),
        (changed(0, "13800138000"), VerdictCode.NUMBER_NOT_LISTED, "number"),
        (changed(1, " "), VerdictCode.TIME_MISSING, "time"),
        (changed(1, "soon"), VerdictCode.TIME_UNREADABLE, "time"),
        (changed(1, "2026-03-01"), VerdictCode.TIME_WITHOUT_HOUR, "time"),
        (changed(1, "03/04/2026 10:00"), VerdictCode.TIME_AMBIGUOUS, "time"),
        (changed(1, "2026-06-02 10:00"), VerdictCode.TIME_IN_FUTURE, "time"),
        (changed(1, "1970-01-01 10:00"), VerdictCode.TIME_TOO_OLD, "time"),
        (changed(2, ""), VerdictCode.DIRECTION_MISSING, "direction"),
        (changed(2, "转接"), VerdictCode.DIRECTION_UNKNOWN, "direction"),
        (changed(3, "long"), VerdictCode.DURATION_UNREADABLE, "duration"),
    ),
)
def test_a_bad_row_stays_out_and_says_where_and_why(row, code, column):
    judged = judge().judge(row)
    assert judged.taken is None
    (verdict,) = judged.verdicts
    assert (verdict.row, verdict.column, verdict.code) == (2, column, code)
    assert verdict.right == VERDICTS[code].right


def test_a_local_time_that_the_zone_skips_stays_out():
    judged = judge(zone=ZoneInfo("Europe/Berlin")).judge(changed(1, "2026-03-29 02:30"))
    assert judged.verdicts[0].code is VerdictCode.TIME_NOT_IN_ZONE


def test_a_message_that_is_too_long_stays_out():
    messages = judge(("号码", "时间", "类型", "内容"), kind=LogKind.MESSAGES)
    judged = messages.judge(line(*GOOD[:3], "字" * 20_001))
    assert judged.verdicts[0].code is VerdictCode.TEXT_TOO_LONG
    assert messages.judge(line(*GOOD[:3], "请尽快还款")).taken.text == "请尽快还款"


def test_the_same_row_twice_in_a_file_comes_in_once():
    file = judge()
    assert file.judge(line(*GOOD)).taken is not None
    again = file.judge(line("+02160000001"[1:], "2026/3/1 21:59", "来电", "00:01:20", number=9))
    assert [v.code for v in again.verdicts] == [VerdictCode.DUPLICATE_ROW]
    assert file.judge(changed(1, "2026-03-01 21:59:01")).taken is not None


def test_a_row_that_a_finished_import_brought_is_there_already():
    digest = judge().judge(line(*GOOD)).taken.digest
    again = judge(known=frozenset({digest})).judge(line(*GOOD))
    assert [v.code for v in again.verdicts] == [VerdictCode.ALREADY_THERE]


def test_a_digest_tells_nothing_without_its_key():
    digests = {judge(key=key).judge(line(*GOOD)).taken.digest for key in (b"a", b"b")}
    assert len(digests) == 2


def test_a_formula_is_taken_as_text_and_flagged():
    judged = judge().judge(line(*GOOD, formulas={0}))
    assert judged.taken is not None
    (verdict,) = judged.verdicts
    assert (verdict.code, verdict.weight) == (VerdictCode.FORMULA_CELL, Weight.FLAGGED)
    unread = judge().judge(line("=A1+1", *GOOD[1:], formulas={0}))
    assert [v.code for v in unread.verdicts] == [
        VerdictCode.FORMULA_CELL,
        VerdictCode.NUMBER_UNUSABLE,
    ]


def test_a_number_that_is_not_listed_comes_in_where_the_rest_is_somebody():
    judged = judge(has_rest=True).judge(changed(0, "13800138000"))
    assert judged.taken.party == REST


def test_an_empty_row_is_no_row():
    assert judge().judge(line("", " ", "")) is None


def test_day_and_hour_of_two_columns_go_together():
    split = judge(("日期", "时间", "号码", "类型"))
    for hour in ("21:59:00", "2026-03-01 21:59:00"):
        row = line("2026-03-01 00:00:00", hour, "02160000001", "呼入")
        judged = judge(("日期", "时间", "号码", "类型")).judge(row)
        assert judged.taken.occurred_at.isoformat() == "2026-03-01T21:59:00+08:00"
    assert split.judge(line("", "21:59", "02160000001", "呼入")).verdicts[0].column == "hour"


@pytest.mark.parametrize(
    ("direction", "duration", "connected"),
    (
        ("呼入", "80", True),
        ("呼入", "0", None),
        ("呼入", "", None),
        ("未接", "0", False),
        ("未接", "", False),
        ("呼出", "0", False),
        ("呼出", "", None),
        ("呼出", "5", True),
    ),
)
def test_whether_a_call_was_taken(direction, duration, connected):
    row = judge().judge(line(*GOOD[:2], direction, duration)).taken
    assert row.connected is connected


def test_counts_sum_to_the_rows():
    file, counts = judge(), Counts()
    for row in (
        line(*GOOD),
        line(*GOOD),
        changed(0, ""),
        line(*GOOD[:2], "未接", "", formulas={0}),
    ):
        counts.add(file.judge(row))
    assert (counts.rows, counts.taken, counts.flagged, counts.left_out) == (4, 2, 1, 2)
    assert counts.codes == {"duplicate-row": 1, "number-missing": 1, "formula-cell": 1}
    assert counts.first == counts.last


def test_every_code_has_its_line_in_a_table():
    assert set(VERDICTS) == set(VerdictCode)
    assert set(FILES) == set(FileCode)
    for meaning in (*VERDICTS.values(), *FILES.values()):
        assert meaning.what.endswith(".")
        assert meaning.right.endswith(".")
