"""Amounts in the capital numerals of Chinese bills (大写), as 人民币壹仟贰佰叁拾肆元伍角陆分.

Source: 支付结算办法 (银发〔1997〕393号), annex 1: 整 after whole yuan and not after fen; zeros
between digits are one 零, however many they are. Where annex 1 leaves a choice: no 整 after jiao,
and a 零 between yuan that end in nought and jiao. Mark K+.
"""

from typing import Final

from domain.money import Money

CURRENCY: Final = "CNY"
_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_UNITS: Final = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


def amount_words(amount: Money) -> str:
    """The amount in words, from zero; ValueError for another currency or less than nothing."""
    if amount.currency != CURRENCY or amount.minor < 0:
        raise ValueError(f"no words for {amount.text()} {amount.currency}")
    yuan, small = divmod(amount.minor, 100)
    if small == 0:
        return f"人民币{_whole(yuan) or _DIGITS[0]}元整"
    whole = f"{_whole(yuan)}元" if yuan else ""
    return f"人民币{whole}{_fraction(yuan, *divmod(small, 10))}"


def _fraction(yuan: int, jiao: int, fen: int) -> str:
    """A zero after yuan is read where jiao is nought, and where the yuan end in one."""
    zero = _DIGITS[0] if yuan and (not jiao or not yuan % 10) else ""
    return zero + (f"{_DIGITS[jiao]}角" if jiao else "") + (f"{_DIGITS[fen]}分" if fen else "")


def _whole(number: int) -> str:
    """A whole number; empty for none."""
    for size, unit in _UNITS:
        high, low = divmod(number, size)
        if high:
            zero = _DIGITS[0] if 0 < low < size // 10 else ""
            return _whole(high) + unit + zero + _whole(low)
    return _DIGITS[number] if number else ""
