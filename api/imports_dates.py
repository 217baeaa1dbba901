"""Numbers of a spreadsheet as they were meant: days, hours, or plain digits.

A spreadsheet keeps a moment as days since 1900 (or 1904) and says by a format that it is one.
Source: ECMA-376 part 1, 18.8.30 (number formats) and 18.17.4 (dates).
"""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final


class Shown(StrEnum):
    """How a number is shown."""

    PLAIN = "plain"
    DAY = "day"
    HOUR = "hour"
    MOMENT = "moment"


_BUILT_IN: Final = {
    **dict.fromkeys((14, 15, 16, 17), Shown.DAY),
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), Shown.HOUR),
    22: Shown.MOMENT,
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), Shown.DAY),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), Shown.HOUR),
}
"""The formats that every spreadsheet knows; 27 to 58 are those of Chinese and Japanese ones."""

_NOT_SHOWN: Final = re.compile(r'"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]|_.|\*.')
_SERIAL_MAX: Final = 2_958_466
"""The last day that a spreadsheet knows: 9999-12-31."""


class Formats:
    """The number format of each cell style, gathered from `styles.xml`."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._custom: dict[int, Shown] = {}
        self._styles: list[int] = []
        self._is_cells = False

    def start(self, name: str, given: dict[str, str]) -> None:
        """Take in an element."""
        if name == "numFmt":
            self._custom[int(given.get("numFmtId", "0"))] = _meant(given.get("formatCode", ""))
        elif name == "cellXfs":
            self._is_cells = True
        elif name == "xf" and self._is_cells:
            self._styles.append(int(given.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        """Leave an element."""
        if name == "cellXfs":
            self._is_cells = False

    def of(self, style: int) -> Shown:
        """How a number of this cell style is shown."""
        if not 0 <= style < len(self._styles):
            return Shown.PLAIN
        number = self._styles[style]
        return self._custom.get(number) or _BUILT_IN.get(number, Shown.PLAIN)


def _meant(code: str) -> Shown:
    letters = _NOT_SHOWN.sub("", code.split(";")[0]).lower()
    has_day = "y" in letters or "d" in letters
    has_hour = "h" in letters or "s" in letters
    if has_day:
        return Shown.MOMENT if has_hour else Shown.DAY
    return Shown.HOUR if has_hour else Shown.PLAIN


def shown(raw: str, how: Shown, *, is_1904: bool) -> str:
    """The number as text: an ISO day or moment, H:MM:SS, or its plain digits.

    What is no number stays as it is, for a verdict to say so.
    """
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return raw
    if not number.is_finite() or abs(number) > 10**20:
        return raw
    if how is Shown.PLAIN or not 0 <= number < _SERIAL_MAX:
        whole = number == number.to_integral_value()
        return f"{number:.0f}" if whole else raw
    if how is Shown.HOUR and number < 32:
        seconds = int((number * 86_400).to_integral_value())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    moment = _moment(number, is_1904=is_1904)
    # A day without an hour says so: midnight would be a guess.
    is_day = how is Shown.DAY and number == number.to_integral_value()
    return moment[:10] if is_day else moment


def _moment(number: Decimal, *, is_1904: bool) -> str:
    # Spreadsheets hold 1900 for a leap year: days since March of it are counted from a day before.
    first = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a local day
    moment = first + timedelta(seconds=int((number * 86_400).to_integral_value()))
    return moment.isoformat(sep=" ")
