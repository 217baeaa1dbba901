"""Reading one cell: moments, durations, directions, numbers. Each returns a value or a code."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.cases.imports import RowDirection
from domain.importing.verdicts import VerdictCode

DURATION_MAX: Final = 7 * 24 * 3600
"""Longest call, in seconds: a week."""

_HOUR: Final = (
    r"(?:[T ]*(上午|下午|am|pm)?[ ]*(\d{1,2})[:时点](\d{1,2})"
    r"(?:[:分](\d{1,2})(?:\.\d{1,6})?)?[分秒]?[ ]*(am|pm)?)?"
)
_OFFSET: Final = r"[ ]*(z|[+-]\d{2}:?\d{2})?"
_YEAR_FIRST: Final = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?" + _HOUR + _OFFSET, re.IGNORECASE
)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})" + _HOUR + _OFFSET, re.IGNORECASE)
_EITHER: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})" + _HOUR + _OFFSET, re.IGNORECASE)
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?!\d).*")
_EPOCH: Final = re.compile(r"1\d{12}|[1-9]\d{8,9}")
_CLOCK: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})")
_WORDED: Final = re.compile(
    r"(?:(\d{1,3})(?:小时|时|h))?(?:(\d{1,5})(?:分钟|分|min|m|'))?(?:(\d{1,6})(?:秒钟|秒|sec|s|\"|''))?",
    re.IGNORECASE,
)
_COUNTRY: Final = re.compile(r"(?:\+|00)?86(?=1\d{10}$)")
"""A Chinese mobile number with and without its country code is one number."""
_NOT_DIGITS: Final = re.compile(r"[\s\-().\u00a0]")

_INCOMING: Final = frozenset(
    {"呼入", "来电", "已接", "已接来电", "接听", "接入", "被叫", "接收", "收到", "收", "收件箱"}
    | {"已接听", "incoming", "in", "received", "inbound", "answered", "inbox"}
)
_MISSED: Final = frozenset(
    {"未接", "未接来电", "未接听", "拒接", "已拒接", "响铃未接", "呼入未接", "missed", "rejected"}
    | {"missed call", "declined", "blocked", "已拦截"}
)
_OUTGOING: Final = frozenset(
    {"呼出", "去电", "拨出", "主叫", "已拨", "已拨电话", "发送", "发出", "发", "已发送", "发件箱"}
    | {"outgoing", "out", "dialed", "dialled", "sent", "outbound"}
)
_NOT_REACHED: Final = frozenset({"未接通", "呼出未接通", "呼出未接", "去电未接", "unanswered"})

DIRECTION_WORDS: Final = {
    "incoming": _INCOMING,
    "incoming, not taken": _MISSED,
    "outgoing": _OUTGOING,
    "outgoing, not taken": _NOT_REACHED,
}
"""Words by what they mean, for the documentation."""


def read_moment(text: str, zone: ZoneInfo) -> datetime | VerdictCode:
    """The moment in a cell, with its offset; a local time is of `zone`."""
    text = unicodedata.normalize("NFKC", text).strip()
    if _EPOCH.fullmatch(text):
        seconds = int(text) / 1000 if len(text) == 13 else int(text)
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(zone)
    found = _parts(text)
    if isinstance(found, VerdictCode):
        return found
    day, rest = found
    if rest[1] is None:
        return VerdictCode.TIME_WITHOUT_HOUR
    hour = _hour(int(rest[1]), rest[0] or rest[4])
    if hour is None:
        return VerdictCode.TIME_UNREADABLE
    try:
        local = datetime(*day, hour, int(rest[2] or 0), int(rest[3] or 0))  # noqa: DTZ001 - placed next
    except ValueError:
        return VerdictCode.TIME_UNREADABLE
    return _placed(local, rest[5], zone)


_Parts = tuple[tuple[int, int, int], tuple[str | None, ...]]


def _parts(text: str) -> _Parts | VerdictCode:
    """Year, month and day, and the groups of the hour and the offset."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day, *rest = match.groups()
        return (int(year), int(month), int(day)), tuple(rest)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year, *rest = match.groups()
        return (int(year), int(month), int(day)), tuple(rest)
    if match := _EITHER.fullmatch(text):
        first, second, year, *rest = match.groups()
        if int(first) <= 12 and int(second) <= 12 and first != second:
            return VerdictCode.TIME_AMBIGUOUS
        month, day = (second, first) if int(first) > 12 else (first, second)
        return (int(year), int(month), int(day)), tuple(rest)
    return (
        VerdictCode.TIME_AMBIGUOUS if _SHORT_YEAR.fullmatch(text) else VerdictCode.TIME_UNREADABLE
    )


def _hour(hour: int, half: str | None) -> int | None:
    """The hour of 24; None where a half of the day does not go with it."""
    if half is None:
        return hour
    is_later = half.lower() in {"下午", "pm"}
    if hour > 12:
        return hour if is_later else None
    return hour % 12 + (12 if is_later else 0)


def _placed(local: datetime, offset: str | None, zone: ZoneInfo) -> datetime | VerdictCode:
    """The local time in its offset, else in the zone, unless the clocks leave a doubt."""
    if offset is not None:
        text = "+00:00" if offset.lower() == "z" else offset
        try:
            return datetime.fromisoformat(f"{local.isoformat()}{text}")
        except ValueError:
            return VerdictCode.TIME_UNREADABLE
    first, second = local.replace(tzinfo=zone), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        return VerdictCode.TIME_NOT_IN_ZONE
    return first


def read_duration(text: str) -> int | VerdictCode | None:
    """Seconds; None for an empty cell."""
    text = unicodedata.normalize("NFKC", text).strip().replace(" ", "")
    if not text or text in {"-", "--"}:
        return None
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(each or 0) for each in match.groups())
        is_clock = seconds < 60 and (match[1] is None or minutes < 60)
        return _bounded(hours * 3600 + minutes * 60 + seconds if is_clock else -1)
    if re.fullmatch(r"\d{1,7}(?:\.0+)?", text):
        return _bounded(int(text.split(".")[0]))
    match = _WORDED.fullmatch(text)
    if match is None:
        return VerdictCode.DURATION_UNREADABLE
    hours, minutes, seconds = (int(each or 0) for each in match.groups())
    return _bounded(hours * 3600 + minutes * 60 + seconds)


def _bounded(seconds: int) -> int | VerdictCode:
    return seconds if 0 <= seconds <= DURATION_MAX else VerdictCode.DURATION_UNREADABLE


def read_direction(text: str) -> tuple[RowDirection, bool | None] | VerdictCode:
    """Which way, and False where it is said that nobody took it."""
    word = unicodedata.normalize("NFKC", text).strip().lower()
    if not word:
        return VerdictCode.DIRECTION_MISSING
    if word in _INCOMING:
        return RowDirection.INCOMING, None
    if word in _MISSED:
        return RowDirection.INCOMING, False
    if word in _OUTGOING:
        return RowDirection.OUTGOING, None
    if word in _NOT_REACHED:
        return RowDirection.OUTGOING, False
    return VerdictCode.DIRECTION_UNKNOWN


def read_number(text: str) -> str | VerdictCode:
    """A number in the form by which numbers are compared: digits, with `+` where it was."""
    bare = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", text).lstrip("'"))
    if not bare:
        return VerdictCode.NUMBER_MISSING
    bare = _COUNTRY.sub("", bare)
    if not re.fullmatch(r"\+?\d{3,20}", bare, re.ASCII):
        return VerdictCode.NUMBER_UNUSABLE
    return bare
