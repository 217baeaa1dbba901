"""The private-lending cap for known days of suing and acceptance (law/cn.md 1.2, the table)."""

from datetime import date
from decimal import Decimal
from typing import Final

from domain.figures.figure import Unknown
from domain.rules.book import RulePack
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.cap_line import CapPeriod, CapQuestion, Schedule
from domain.rules.cn.regimes import (
    FIRST_LPR,
    FIRST_LPR_RULE_DAY,
    FROM_2015,
    LAST_FIXED_DAY,
    Regime,
    regime_of,
)
from domain.rules.reference import ReferenceData

SUPPORTED_2015: Final = Decimal(24)
VOID_2015: Final = Decimal(36)
TIMES: Final = 4
LAST_DAY_OF_1991_RULE: Final = date(2015, 8, 31)


def private_schedule(
    question: CapQuestion, sued: date, accepted: date, data: ReferenceData, pack: RulePack
) -> Schedule | Unknown:
    """The cap by the table of law/cn.md 1.2 for these days; needs `question.formation`.

    Unknown where a rate that the rule asks for is not published or not loaded.
    """
    if question.formation is None:
        raise ValueError("a schedule starts on the day of formation")
    formed = question.formation
    match regime_of(accepted, question.as_of, question.decided_on, pack):
        case Regime.BANK_RATE:
            return _bank_rate(formed, None, data, pack)
        case Regime.FIXED_LINES:
            return Schedule(
                (_fixed(formed, None),),
                (ids.CAP_2015, ids.NATURAL_DEBT),
                f"accepted {accepted}, before 2020-08-20: 24 % supported, above 36 % void",
            )
        case Regime.AUTUMN_2020:
            return _autumn(formed, sued, accepted, data, pack)
        case Regime.AMENDED:
            return _amended(formed, sued, accepted, data, pack)


def _autumn(
    formed: date, sued: date, accepted: date, data: ReferenceData, pack: RulePack
) -> Schedule | Unknown:
    if formed >= FIRST_LPR:
        why = f"accepted {accepted}, made {formed}: four times the LPR at formation throughout"
        return _four(formed, formed, data, pack, (ids.CAP_2020,), why)
    why = (
        f"accepted {accepted}, made {formed}, before 2019-08-20: the court may refer to four times "
        f"the LPR at suing ({sued}), without a split"
    )
    return _four(formed, sued, data, pack, (ids.TRANSITION_2020,), why)


def _amended(
    formed: date, sued: date, accepted: date, data: ReferenceData, pack: RulePack
) -> Schedule | Unknown:
    if formed >= FIRST_LPR_RULE_DAY:
        why = f"accepted {accepted}, made {formed}: four times the LPR at formation throughout"
        return _four(formed, formed, data, pack, (ids.CAP_2021,), why)
    why = (
        f"accepted {accepted}, made {formed}, before 2020-08-20: 24 % and 36 % through 2020-08-19 "
        f"if a party asks, from 2020-08-20 four times the LPR at suing ({sued})"
    )
    later = _four(FIRST_LPR_RULE_DAY, sued, data, pack, (ids.TRANSITION_2021,), why)
    earlier = _before_the_split(formed, data, pack)
    if isinstance(later, Unknown) or isinstance(earlier, Unknown):
        return later if isinstance(later, Unknown) else earlier
    return Schedule(
        (*earlier.periods, *later.periods), (*later.rule_ids, *earlier.rule_ids), later.why
    )


def _before_the_split(formed: date, data: ReferenceData, pack: RulePack) -> Schedule | Unknown:
    """The interpretation then in force, from formation through 2020-08-19."""
    fixed = (ids.CAP_2015, ids.NATURAL_DEBT)
    if formed >= FROM_2015 or not pack.applies(ids.CAP_1991_CONTRACT):
        return Schedule((_fixed(formed, LAST_FIXED_DAY),), fixed, "")
    oldest = _bank_rate(formed, LAST_DAY_OF_1991_RULE, data, pack)
    if isinstance(oldest, Unknown):
        return oldest
    return Schedule(
        (*oldest.periods, _fixed(FROM_2015, LAST_FIXED_DAY)),
        (ids.CAP_1991_CONTRACT, *oldest.rule_ids, *fixed),
        "",
    )


def _fixed(start: date, end: date | None) -> CapPeriod:
    return CapPeriod(
        start=start, end=end, annual_rate_pct=SUPPORTED_2015, refundable_above_pct=VOID_2015
    )


def _four(
    start: date,
    rate_day: date,
    data: ReferenceData,
    pack: RulePack,
    rule_ids: tuple[str, ...],
    why: str,
) -> Schedule | Unknown:
    """Four times the LPR of `rate_day`, from `start` on."""
    rate = data.lpr_1y.at(rate_day)
    if isinstance(rate, Unknown):
        return rate
    cap, returned = TIMES * rate, pack.applies(ids.REFUND)
    period = CapPeriod(
        start=start,
        end=None,
        annual_rate_pct=cap,
        refundable_above_pct=cap if returned else None,
    )
    return Schedule((period,), (*rule_ids, *([ids.REFUND] if returned else [])), why)


def _bank_rate(
    formed: date, end: date | None, data: ReferenceData, pack: RulePack
) -> Schedule | Unknown:
    """Four times the bank rate for like loans; the benchmark rows are unchecked, so switched."""
    if data.bank_benchmark is None or not pack.applies(ids.BENCHMARK):
        return Unknown(
            reason="the rule of 1991 needs the bank rate for like loans, whose table is not "
            "established",
            settled_by=f"the benchmark rate of {formed}, loaded with its source, and the pack "
            f"switch {pack.rule(ids.BENCHMARK).switch}",
        )
    rate = data.bank_benchmark.at(formed)
    if isinstance(rate, Unknown):
        return rate
    period = CapPeriod(start=formed, end=end, annual_rate_pct=TIMES * rate)
    return Schedule(
        (period,), (ids.CAP_1991, ids.BENCHMARK), f"made {formed}: four times the bank rate"
    )
