"""Cells: what is read, and what is told instead of guessed."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.imports import RowDirection
from domain.importing.values import (
    DIRECTION_WORDS,
    DURATION_MAX,
    read_direction,
    read_duration,
    read_moment,
    read_number,
)
from domain.importing.verdicts import VerdictCode

CHINA = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 3, 1, 21, 59, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    "text",
    (
        "2026-03-01 21:59:00",
        "2026/3/1 21:59",
        "2026.03.01 21:59",
        "01.03.2026 21:59",
        "1.3.2026 21:59:00",
        "2026年3月1日 21:59",
        "2026年3月1日21时59分",
        "2026年03月01日 21时59分00秒",
        "2026-03-01T21:59:00",
        "2026-03-01T21:59:00+08:00",
        "2026-03-01T13:59:00Z",
        "2026-03-01 13:59:00.000 +0000",
        "2026/3/1 下午9:59",
        "2026/3/1 9:59 PM",
        "２０２６－０３－０１　２１：５９",
        "1772373540000",
        "1772373540",
        "  2026-03-01   21:59 ",
    ),
)
def test_styles_of_one_moment(text):
    moment = read_moment(text, CHINA)
    assert moment == NIGHT, text


@pytest.mark.parametrize(
    ("text", "code"),
    (
        ("2026年3月1日", VerdictCode.TIME_WITHOUT_HOUR),
        ("2026-03-01", VerdictCode.TIME_WITHOUT_HOUR),
        ("03/04/2026 21:59", VerdictCode.TIME_AMBIGUOUS),
        ("3/4/26 21:59", VerdictCode.TIME_AMBIGUOUS),
        ("26-03-01 21:59", VerdictCode.TIME_AMBIGUOUS),
        ("2026-02-29 21:59:00", VerdictCode.TIME_UNREADABLE),
        ("2026-13-01 21:59:00", VerdictCode.TIME_UNREADABLE),
        ("2026-03-01 24:00:00", VerdictCode.TIME_UNREADABLE),
        ("2026-03-01 上午13:00", VerdictCode.TIME_UNREADABLE),
        ("2026-03-01 21:59:00+99:00", VerdictCode.TIME_UNREADABLE),
        ("yesterday", VerdictCode.TIME_UNREADABLE),
        ("46082.91", VerdictCode.TIME_UNREADABLE),
        ("=NOW()", VerdictCode.TIME_UNREADABLE),
    ),
)
def test_what_is_no_moment_is_told(text, code):
    assert read_moment(text, CHINA) is code


def test_month_first_is_read_where_only_one_reading_is_left():
    assert read_moment("13/04/2026 08:00", CHINA).month == 4
    assert read_moment("04/13/2026 08:00", CHINA).day == 13
    assert read_moment("4/4/2026 08:00", CHINA).month == 4


def test_a_local_time_that_is_none_or_two_is_not_guessed():
    berlin = ZoneInfo("Europe/Berlin")
    assert read_moment("2026-03-29 02:30:00", berlin) is VerdictCode.TIME_NOT_IN_ZONE
    assert read_moment("2026-10-25 02:30:00", berlin) is VerdictCode.TIME_NOT_IN_ZONE
    assert read_moment("2026-10-25 02:30:00+01:00", berlin).astimezone(UTC).hour == 1


@given(
    st.datetimes(datetime(1992, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001 - local times
    st.sampled_from(("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M:%S")),
)
def test_every_moment_comes_back_from_each_style(moment, style):
    whole = moment.replace(microsecond=0)
    read = read_moment(whole.strftime(style), CHINA)
    assert read.replace(tzinfo=None) == whole


@pytest.mark.parametrize(
    ("text", "seconds"),
    (
        ("1分20秒", 80),
        ("1分钟20秒", 80),
        ("00:01:20", 80),
        ("01:20", 80),
        ("80", 80),
        ("80.0", 80),
        ("80秒", 80),
        ("80 s", 80),
        ("1m20s", 80),
        ("1小时0分1秒", 3601),
        ("1h 1s", 3601),
        ("0", 0),
        ("", None),
        ("--", None),
    ),
)
def test_styles_of_durations(text, seconds):
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ("long", "-5", "1:99", "00:61:00", "9999999", "=80", "1.5"))
def test_what_is_no_duration_is_told(text):
    assert read_duration(text) is VerdictCode.DURATION_UNREADABLE


@given(st.integers(0, DURATION_MAX))
def test_every_duration_comes_back_from_each_style(seconds):
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    assert read_duration(f"{hours:02d}:{minutes:02d}:{rest:02d}") == seconds
    assert read_duration(f"{hours}小时{minutes}分{rest}秒") == seconds
    assert read_duration(str(seconds)) == seconds


@pytest.mark.parametrize(
    ("text", "meant"),
    (
        ("呼入", (RowDirection.INCOMING, None)),
        ("Incoming", (RowDirection.INCOMING, None)),
        ("未接", (RowDirection.INCOMING, False)),
        ("MISSED", (RowDirection.INCOMING, False)),
        ("呼出", (RowDirection.OUTGOING, None)),
        (" outgoing ", (RowDirection.OUTGOING, None)),
        ("发送", (RowDirection.OUTGOING, None)),
        ("", VerdictCode.DIRECTION_MISSING),
        ("1", VerdictCode.DIRECTION_UNKNOWN),
        ("转接", VerdictCode.DIRECTION_UNKNOWN),
    ),
)
def test_direction_words(text, meant):
    assert read_direction(text) == meant


def test_no_direction_word_means_two_things():
    words = [word for each in DIRECTION_WORDS.values() for word in each]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "text",
    ("13800138000", "+86 138 0013 8000", "0086-13800138000", "138-0013-8000", "'13800138000"),
)
def test_one_mobile_number_is_one_number_however_it_is_written(text):
    assert read_number(text) == "13800138000"


@pytest.mark.parametrize(
    ("text", "meant"),
    (
        ("(021) 6000-0001", "02160000001"),
        ("95588", "95588"),
        ("+49 30 1234567", "+49301234567"),
        ("", VerdictCode.NUMBER_MISSING),
        (" - ", VerdictCode.NUMBER_MISSING),
        ("1.38E+10", VerdictCode.NUMBER_UNUSABLE),
        ("未知号码", VerdictCode.NUMBER_UNUSABLE),
        ("=1+1", VerdictCode.NUMBER_UNUSABLE),
        ("12", VerdictCode.NUMBER_UNUSABLE),
    ),
)
def test_numbers(text, meant):
    assert read_number(text) == meant
