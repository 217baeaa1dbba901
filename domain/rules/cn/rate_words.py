"""Rates as people say them: 三分, 一分五, 月息2分, 3 fen, 24% a year (law/worked-examples.md).

By custom 分, 厘 and 毫 are hundredths and so on of different things for a year, a month and a
day. Only 分 without a period has a published reading: a month.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final

import msgspec

from domain.cases.lending import RatePeriod
from domain.figures.figure import Unknown
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.numerals import FORMAL, number

UNITS_PCT: Final = {
    RatePeriod.YEAR: {"分": Decimal(10), "厘": Decimal(1), "毫": Decimal("0.1")},
    RatePeriod.MONTH: {"分": Decimal(1), "厘": Decimal("0.1"), "毫": Decimal("0.01")},
    RatePeriod.DAY: {"分": Decimal("0.1"), "厘": Decimal("0.01"), "毫": Decimal("0.001")},
}
"""Per cent that one unit means for each period."""

PERIODS: Final = (
    (re.compile(r"年|/y(?:ea)?r?\b|per year|a year|yearly|annual(?:ly)?|p\.a\."), RatePeriod.YEAR),
    (re.compile(r"月|/m(?:onth)?\b|per month|a month|monthly"), RatePeriod.MONTH),
    (re.compile(r"日|天|/d(?:ay)?\b|per day|a day|daily"), RatePeriod.DAY),
)
FILLERS: Final = re.compile(
    r"利率|利息|约定|口头|每|按|计算|计|化|为|是|的|息|利|[\s:：，,。/“”\"]"
)
LATIN: Final = (("fen", "分"), ("li", "厘"), ("hao", "毫"), ("mao", "毛"), ("jiao", "角"))
SMALLER: Final = {"分": "厘", "厘": "毫"}
DIGIT: Final = r"[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百点]+|半"
SPOKEN: Final = re.compile(rf"({DIGIT})(分|厘|毫)(?:({DIGIT})(厘|毫)?)?")
SHARE: Final = re.compile(rf"(?:({DIGIT})(?:%|percent)|(百|千|万)分之({DIGIT}))")
SHARES_PCT: Final = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
PARTS_OF_A_UNIT: Final = 10
WRITTEN: Final = "the rate in per cent with its period, as the parties wrote or admit it"


class StatedRate(msgspec.Struct, frozen=True, kw_only=True):
    """A rate as read: per cent for one `period`, and how it was read."""

    rate_pct: Decimal
    period: RatePeriod
    read_as: str
    rule_ids: tuple[str, ...]


def read_rate(words: str) -> StatedRate | Unknown:
    """The rate that the words say. Unknown, with what would settle it, where they leave it open.

    Open are: a bare number, a percentage without a period, 厘 and 毫 without a period (a month or
    a year), 毛 and 角 (ten of a hundred a month, or of a yuan), and what is no rate at all.
    """
    text = _plain(words)
    periods = {period for pattern, period in PERIODS if pattern.search(text)}
    if len(periods) > 1:
        return _open(words, "it names two periods", "the period that the contract means")
    period = next(iter(periods), None)
    bare = _bare(text)
    if re.search(r"[毛角]", bare):
        return _open(words, "毛 and 角 mean ten per cent or a tenth of a yuan", WRITTEN)
    if share := SHARE.fullmatch(bare):
        return _share(words, share, period)
    if spoken := SPOKEN.fullmatch(bare):
        return _spoken(words, spoken, period)
    if number(bare) is not None:
        return _open(words, "it has no unit", "per cent, a fraction or fen, and for which period")
    return _open(words, "it is no rate that is known", WRITTEN)


def _plain(words: str) -> str:
    """Half-width and lower case, with spelled units and formal numerals as plain characters."""
    text = unicodedata.normalize("NFKC", words).strip().lower().replace("个点", "%")
    text = text.translate(FORMAL)
    for latin, unit in LATIN:
        text = re.sub(rf"(?<=[0-9\s]){latin}\b", unit, text)
    return text


def _bare(text: str) -> str:
    """Nothing but number and unit, where the words say nothing else."""
    for pattern, _ in PERIODS:
        text = pattern.sub("", text)
    return FILLERS.sub("", text)


def _share(words: str, found: re.Match[str], period: RatePeriod | None) -> StatedRate | Unknown:
    of, value = found[2] or "百", number(found[1] or found[3])
    if value is None:
        return _open(words, "its number is not clear", WRITTEN)
    if period is None:
        return _open(words, "it names no period", "whether it is for a year, a month or a day")
    return _stated(value * SHARES_PCT[of], period, f"{found[0]} for a {period}", ())


def _spoken(words: str, found: re.Match[str], period: RatePeriod | None) -> StatedRate | Unknown:
    unit = found[2]
    smaller = SMALLER.get(unit)
    whole, part = number(found[1]), _tenths(found[3])
    if whole is None or part is None or (found[3] and found[4] not in (None, smaller)):
        return _open(words, "its number is not clear", WRITTEN)
    if period is None and unit != "分":
        return _open(words, f"{unit} is a tenth as much a month as a year", "the period meant")
    per = period or RatePeriod.MONTH
    sizes = UNITS_PCT[per]
    rate = (whole + part / PARTS_OF_A_UNIT) * sizes[unit]
    custom = "" if period else " (no period named: a month, by published reading)"
    return _stated(rate, per, f"{rate.normalize():f} % a {per}{custom}", (ids.RATE_WORDS,))


def _tenths(words: str | None) -> Decimal | None:
    """The digit after a unit, as in 一分五; None where it is none."""
    if words is None:
        return Decimal(0)
    digit = Decimal(5) if words == "半" else number(words)
    return digit if digit is not None and digit < PARTS_OF_A_UNIT else None


def _stated(rate: Decimal, period: RatePeriod, read_as: str, rules: tuple[str, ...]) -> StatedRate:
    return StatedRate(rate_pct=rate, period=period, read_as=read_as, rule_ids=rules)


def _open(words: str, why: str, settled_by: str) -> Unknown:
    return Unknown(reason=f"the rate {words[:40]!r} is not clear: {why}", settled_by=settled_by)
