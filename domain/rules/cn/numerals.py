"""Numbers below a thousand as they are spoken: 三, 十五, 二点五, 半, and plain decimals."""

import re
from decimal import Decimal
from typing import Final

DIGITS: Final = {
    char: value
    for value, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
TENS: Final = {"十": 10, "百": 100}
FORMAL: Final = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰", "一二二三三四五六六七八九十百")
"""The numerals of contracts and cheques (大写), which cannot be altered by a stroke."""
PLAIN: Final = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)


def number(words: str) -> Decimal | None:
    """The number that the words say; None where they say none, such as two digits in a row."""
    if PLAIN.fullmatch(words):
        return Decimal(words)
    if words == "半":
        return Decimal("0.5")
    whole, dot, fraction = words.partition("点")
    value = _whole(whole)
    if value is None or not dot:
        return value
    digits = [DIGITS.get(char) for char in fraction]
    if not digits or None in digits:
        return None
    return value + Decimal("0." + "".join(str(digit) for digit in digits))


def _whole(words: str) -> Decimal | None:
    total, digit = 0, None
    for char in words:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
        elif char in TENS:
            total += (1 if digit is None else digit) * TENS[char]
            digit = None
        else:
            return None
    return Decimal(total + (digit or 0)) if words else None
