"""How values are written in a letter: amounts, days, what is not known, what is not on record."""

import re
from datetime import date
from typing import Final

from domain.cases.letters import Language
from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.cn.amount_words import CURRENCY, amount_words

Value = str | Money | date | Unknown

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NOT_ON_RECORD: Final = {Language.ZH: "（卷内未记载）", Language.EN: "(not on record)"}
_NOT_KNOWN: Final = {Language.ZH: "尚不能确定：", Language.EN: "not yet known: "}
_NAMED: Final = re.compile(r"^([a-z_]+ is not known: )+")
_IN_CHINESE: Final = {
    "no disbursement is on record": "没有放款记录",
    "the organisation has adopted no rule pack": "尚未采用规则包",
    "the claim is not itemised": "对方的主张没有列明明细",
}
"""The reasons that letters meet most; another stands as it was given."""


def written(value: Value | None, language: Language) -> str:
    """A value as a letter prints it; None is printed as not on record, never left blank."""
    if value is None:
        return _NOT_ON_RECORD[language]
    if isinstance(value, Unknown):
        return _NOT_KNOWN[language] + _reason(value, language)
    if isinstance(value, Money):
        return written_amount(value, language)
    if isinstance(value, date):
        return written_day(value, language)
    return value


def _reason(unknown: Unknown, language: Language) -> str:
    """The reason itself, without the sums that it ran through; Chinese where we have it so."""
    reason = _NAMED.sub("", unknown.reason)
    return _IN_CHINESE.get(reason, reason) if language is Language.ZH else reason


def written_amount(amount: Money, language: Language) -> str:
    """`¥1,234.50（人民币壹仟贰佰叁拾肆元伍角）` or `CNY 1,234.50`."""
    whole, dot, fraction = amount.text().partition(".")
    figures = f"{int(whole):,}{dot}{fraction}"
    if language is Language.ZH and amount.currency == CURRENCY and amount.minor >= 0:
        return f"¥{figures}（{amount_words(amount)}）"
    return f"{amount.currency} {figures}"


def written_day(day: date, language: Language) -> str:
    """`2026年3月1日` or `1 March 2026`."""
    if language is Language.ZH:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
