"""Interest caps as labelled lines: never one number where courts differ or a day is missing."""

from datetime import date

import msgspec

from domain.cases.lending import LenderClass
from domain.figures.figure import Unknown
from domain.rules.book import RulePack
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.cap_line import CapLine, CapPeriod, CapQuestion, Schedule
from domain.rules.cn.filing import (
    Days,
    Filing,
    assumptions,
    filing_of,
    missing,
    sued_and_accepted,
)
from domain.rules.cn.licensed_caps import LOCAL_SEVEN, licensed_lines, rule_ids_of
from domain.rules.cn.private_cap import private_schedule
from domain.rules.cn.regimes import AMENDED_FROM
from domain.rules.reference import ReferenceData

__all__ = ["CapLine", "CapPeriod", "CapQuestion", "cap_schedule"]


class _Label(msgspec.Struct, frozen=True):
    line_id: str
    zh: str
    en: str
    why: str
    rule_ids: tuple[str, ...]


def cap_schedule(question: CapQuestion, data: ReferenceData, pack: RulePack) -> tuple[CapLine, ...]:
    """Every cap that could apply, each line with its periods or with why it is unknown.

    Private lenders: one line by the table of law/cn.md 1.2. Licensed lenders: 24 % all-in, four
    times the LPR as some courts use it, the disclosed cost, the small-loan target. An unknown
    class: all of them. A missing day of suing or acceptance: the line is Unknown, followed by a
    line for each day that it could be. Not sued: answered for `as_of`, marked hypothetical.
    """
    filing = filing_of(question)
    if isinstance(filing, Unknown):
        return _all_unknown(question, filing, pack)
    lines = [
        line
        for label in _labels(question, pack)
        for line in _by_days(label, question, filing, data, pack)
    ]
    if question.lender_class is not LenderClass.PRIVATE:
        hypothetical = filing is Filing.NOT_SUED
        lines.extend(licensed_lines(question, is_hypothetical=hypothetical))
    return tuple(lines)


def _all_unknown(question: CapQuestion, unknown: Unknown, pack: RulePack) -> tuple[CapLine, ...]:
    lines = [_unknown_line(label, unknown) for label in _labels(question, pack)]
    if question.lender_class is not LenderClass.PRIVATE:
        lines.extend(
            msgspec.structs.replace(line, periods=(), unknown=unknown)
            for line in licensed_lines(question, is_hypothetical=False)
        )
    return tuple(lines)


def _labels(question: CapQuestion, pack: RulePack) -> list[_Label]:
    """The lines that follow the private-lending table for this kind of lender."""
    kind = question.lender_class
    labels = []
    if kind in (LenderClass.PRIVATE, LenderClass.UNKNOWN) or _is_unsettled_local(question):
        labels.append(_private(kind))
    if kind is not LenderClass.PRIVATE:
        labels.append(_licensed_four(kind, pack))
    return labels


def _private(kind: LenderClass) -> _Label:
    why = {
        LenderClass.PRIVATE: "",
        LenderClass.UNKNOWN: "if the lender has no licence: ",
    }.get(kind, "accepted before the reply of 2021-01-01, when this was not settled: ")
    return _Label("private-lending", "民间借贷利率上限", "Private-lending cap", why, ())


def _licensed_four(kind: LenderClass, pack: RulePack) -> _Label:
    return _Label(
        "licensed-four-lpr",
        "部分法院参照的民间借贷上限",
        "Private-lending cap as some courts use it",
        "outside the private-lending rule by its terms, though some courts refer to it: ",
        (ids.LICENSED_FOUR, *rule_ids_of(kind, pack)),
    )


def _is_unsettled_local(question: CapQuestion) -> bool:
    """A local kind of lender in a case from before the reply that settled its standing."""
    sued, accepted = sued_and_accepted(question)
    judged: date = accepted or sued or question.as_of
    return question.lender_class in LOCAL_SEVEN and judged < AMENDED_FROM


def _by_days(
    label: _Label, question: CapQuestion, filing: Filing, data: ReferenceData, pack: RulePack
) -> list[CapLine]:
    found = [
        _line(label, days, private_schedule(question, days.sued, days.accepted, data, pack), filing)
        for days in assumptions(question, filing)
    ]
    if filing in (Filing.MISSING_SUIT, Filing.MISSING_ACCEPTANCE):
        return [_unknown_line(label, missing(filing)), *found]
    return found


def _line(label: _Label, days: Days, schedule: Schedule | Unknown, filing: Filing) -> CapLine:
    assumed = days.assumed.partition("-")
    zh = {"accepted": "假设受理日", "sued": "假设起诉日", "": ""}[assumed[0]] + assumed[2]
    en = f" if {assumed[0]} {assumed[2]}" if days.assumed else ""
    known = schedule if isinstance(schedule, Schedule) else None
    unsued = "not sued yet, answered as if today: " if filing is Filing.NOT_SUED else ""
    return CapLine(
        line_id=label.line_id + (f":{days.assumed}" if days.assumed else ""),
        label_zh=label.zh + (f"（{zh}）" if zh else ""),
        label_en=label.en + en,
        why=label.why + unsued + (known.why if known else "a rate it needs is not established"),
        rule_ids=(*label.rule_ids, *(known.rule_ids if known else ())),
        periods=known.periods if known else (),
        hypothetical=filing is not Filing.COMPLETE,
        unknown=schedule if isinstance(schedule, Unknown) else None,
    )


def _unknown_line(label: _Label, unknown: Unknown) -> CapLine:
    return CapLine(
        line_id=label.line_id,
        label_zh=label.zh,
        label_en=label.en,
        why=label.why + unknown.reason,
        rule_ids=label.rule_ids,
        unknown=unknown,
    )
