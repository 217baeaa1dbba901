"""Finding the columns of a log by the words of its headings, wherever the header stands."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import msgspec

from domain.cases.imports import LogKind
from domain.importing.verdicts import FileCode, Unreadable

HEADER_ROWS: Final = 30
"""Rows in which the header may stand: exports begin with titles and totals."""


class Column(StrEnum):
    """What a column can be."""

    NUMBER = "number"
    TIME = "time"
    """Day and hour together."""
    DAY = "day"
    HOUR = "hour"
    DIRECTION = "direction"
    DURATION = "duration"
    TEXT = "text"


WORDS: Final[dict[Column, tuple[str, ...]]] = {
    Column.NUMBER: (
        *("号码", "对方号码", "电话号码", "手机号码", "手机号", "电话", "对方电话", "通话号码"),
        *("来电号码", "联系电话", "联系号码", "对端号码", "对方手机号"),
        *("number", "phone number", "phone", "telephone", "contact number", "other party"),
        *("mobile", "msisdn", "tel", "address"),
    ),
    Column.TIME: (
        *(
            "通话时间",
            "呼叫时间",
            "开始时间",
            "起始时间",
            "通话开始时间",
            "日期时间",
            "通话起始时间",
        ),
        *("发送时间", "接收时间", "短信时间", "收发时间", "时间日期", "时间戳"),
        *("datetime", "date time", "timestamp", "start time", "call time", "call start"),
        *("sent at", "received at", "time stamp", "started at", "time and date", "date and time"),
    ),
    Column.DAY: ("日期", "通话日期", "date", "call date", "day"),
    Column.HOUR: ("时间", "time", "时刻", "time of day"),
    Column.DIRECTION: (
        *("类型", "呼叫类型", "通话类型", "方向", "呼叫方向", "通话方向", "收发", "收发类型"),
        *("短信类型", "通信方式", "呼入呼出", "主被叫", "direction", "type", "call type", "kind"),
        *("message type", "in out"),
    ),
    Column.DURATION: (
        *("时长", "通话时长", "持续时间", "通话持续时间", "时长秒", "通话时长秒", "duration"),
        *("call duration", "seconds", "length", "duration seconds", "talk time"),
    ),
    Column.TEXT: (
        *("内容", "短信内容", "消息内容", "信息内容", "正文", "文本"),
        *("message", "text", "body", "content", "message text"),
    ),
}
"""Headings by which each column is known; brackets, case and punctuation do not matter."""

_BY_WORD: Final = {word: column for column, words in WORDS.items() for word in words}
_BRACKETS: Final = re.compile(r"[(\[【].*?[)\]】]")
_MARKS: Final = re.compile(r"[\s_\-:：/*#.·]+")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Where the header stands and which column is which."""

    header_row: int
    """Row of the file, counted from one."""
    places: dict[Column, int]
    """Place in the row, from 0."""
    headings: dict[Column, str]
    ignored: tuple[str, ...]
    """Headings of columns that are not used."""


def find_columns(rows: Sequence[tuple[int, Sequence[str]]], kind: LogKind) -> Found:
    """The header among the first rows of a file, given with their numbers; raises Unreadable."""
    doubled: Unreadable | None = None
    for number, cells in rows[:HEADER_ROWS]:
        named = [(place, _column(cell)) for place, cell in enumerate(cells)]
        known = [(place, column) for place, column in named if column is not None]
        columns = {column for _, column in known}
        if Column.NUMBER not in columns or not columns & {Column.TIME, Column.DAY, Column.HOUR}:
            continue
        if len(columns) < len(known):
            twice = sorted({c.value for _, c in known if [k for _, k in known].count(c) > 1})
            doubled = Unreadable(FileCode.COLUMN_TWICE, f"row {number}: {', '.join(twice)}")
            continue
        return _checked(_found(number, cells, {column: place for place, column in known}), kind)
    raise doubled or Unreadable(FileCode.HEADER_NOT_FOUND)


def normalised(heading: str) -> str:
    """A heading without case, brackets, width and punctuation."""
    text = unicodedata.normalize("NFKC", heading).strip().lstrip("\ufeff").lower()
    return _MARKS.sub(" ", _BRACKETS.sub("", text)).strip()


def _column(cell: str) -> Column | None:
    word = normalised(cell)
    return _BY_WORD.get(word) or _BY_WORD.get(word.replace(" ", ""))


def _found(number: int, cells: Sequence[str], places: dict[Column, int]) -> Found:
    whole = {**places}
    if Column.DAY in whole and Column.HOUR not in whole and Column.TIME in whole:
        # "Date" beside "call time": the second may be an hour, or both in one.
        whole[Column.HOUR] = whole.pop(Column.TIME)
    if Column.TIME in whole or not {Column.DAY, Column.HOUR} <= whole.keys():
        # One column alone has to hold both; which of the words it bears says nothing.
        alone = [c for c in (Column.TIME, Column.DAY, Column.HOUR) if c in whole]
        whole[Column.TIME] = whole[alone[0]]
        whole.pop(Column.DAY, None)
        whole.pop(Column.HOUR, None)
    used = set(whole.values())
    return Found(
        header_row=number,
        places=whole,
        headings={column: cells[place].strip()[:60] for column, place in whole.items()},
        ignored=tuple(
            cell.strip()[:60]
            for place, cell in enumerate(cells)
            if place not in used and cell.strip()
        ),
    )


def _checked(found: Found, kind: LogKind) -> Found:
    """Messages have no duration; calls no text. Both have a direction."""
    if Column.DIRECTION not in found.places:
        raise Unreadable(FileCode.COLUMN_MISSING, f"row {found.header_row}: direction")
    unused = Column.TEXT if kind is LogKind.CALLS else Column.DURATION
    if unused not in found.places:
        return found
    return msgspec.structs.replace(
        found,
        places={c: place for c, place in found.places.items() if c is not unused},
        headings={c: text for c, text in found.headings.items() if c is not unused},
        ignored=(*found.ignored, found.headings[unused]),
    )
