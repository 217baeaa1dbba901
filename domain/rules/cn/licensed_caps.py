"""Lines for licensed lenders (law/cn.md 1.4): courts differ, so each stands on its own."""

from datetime import date
from decimal import Decimal
from typing import Final

from domain.cases.lending import LenderClass
from domain.figures.figure import Unknown
from domain.rules.book import RulePack
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.cap_line import CapLine, CapPeriod, CapQuestion
from domain.rules.cn.filing import sued_and_accepted

LOCAL_SEVEN: Final = frozenset(
    {
        LenderClass.SMALL_LOAN,
        LenderClass.GUARANTEE,
        LenderClass.PAWNSHOP,
        LenderClass.FINANCE_LEASING,
        LenderClass.FACTORING,
        LenderClass.LOCAL_AMC,
        LenderClass.REGIONAL_EQUITY,
    }
)
"""Kinds that the reply of 2020 calls financial institutions (law/cn.md 1.1)."""

DISCLOSING: Final = frozenset(
    {
        LenderClass.UNKNOWN,
        LenderClass.BANK,
        LenderClass.CONSUMER_FINANCE,
        LenderClass.TRUST,
        LenderClass.SMALL_LOAN,
    }
)
"""Lenders that have to show the all-in cost, and those that might be one of them."""

OPINION_FROM: Final = date(2017, 8, 4)
DISCLOSED_FROM: Final = date(2026, 8, 1)
TARGET_FROM: Final = date(2025, 12, 25)
ALL_IN: Final = Decimal(24)


def licensed_lines(question: CapQuestion, *, is_hypothetical: bool) -> tuple[CapLine, ...]:
    """The 24 % line, the disclosed cost, and the small-loan target as information."""
    lines = [_all_in(question, is_hypothetical=is_hypothetical)]
    kind, formed = question.lender_class, question.formation
    if formed is not None and formed >= DISCLOSED_FROM and kind in DISCLOSING:
        lines.append(_disclosed(question, formed))
    small = kind in (LenderClass.SMALL_LOAN, LenderClass.UNKNOWN)
    if small and formed is not None and formed >= TARGET_FROM:
        lines.append(_target())
    return tuple(lines)


def rule_ids_of(lender_class: LenderClass, pack: RulePack) -> tuple[str, ...]:
    """Why the private-lending rule is not the lender's own; empty for others."""
    if lender_class in LOCAL_SEVEN:
        return (pack.rule(ids.LOCAL_SEVEN).rule_id,)
    if lender_class in (LenderClass.PRIVATE, LenderClass.UNKNOWN):
        return ()
    return (pack.rule(ids.LICENSED_EXCLUDED).rule_id,)


def _all_in(question: CapQuestion, *, is_hypothetical: bool) -> CapLine:
    sued, accepted = sued_and_accepted(question)
    judged = accepted or sued or question.as_of
    settled = judged >= OPINION_FROM and question.formation is not None
    periods = (
        (CapPeriod(start=question.formation, end=None, annual_rate_pct=ALL_IN),)
        if settled and question.formation is not None
        else ()
    )
    return CapLine(
        line_id="licensed-24",
        label_zh="金融借款总成本24%",
        label_en="24 % all-in on the borrower's request",
        why="the borrower of a financial loan may ask the court to cut interest, compound and "
        "penalty interest, damages and fees above 24 % a year",
        rule_ids=(ids.OPINION_2017,),
        periods=periods,
        hypothetical=is_hypothetical,
        unknown=None if settled else _before_the_opinion(judged),
    )


def _before_the_opinion(judged: date) -> Unknown:
    return Unknown(
        reason=f"the 24 % line for financial loans dates from {OPINION_FROM}; the case from "
        f"{judged}",
        settled_by="a day of acceptance on or after it",
    )


def _disclosed(question: CapQuestion, formed: date) -> CapLine:
    shown = question.disclosed_cost_pct
    return CapLine(
        line_id="disclosed-cost",
        label_zh="明示的综合融资成本",
        label_en="All-in cost as disclosed",
        why=f"made {formed}, from 2026-08-01: nothing beyond the table shown before signing may "
        "be charged",
        rule_ids=(ids.DISCLOSED,),
        periods=()
        if shown is None
        else (CapPeriod(start=formed, end=None, annual_rate_pct=shown),),
        unknown=None
        if shown is not None
        else Unknown(
            reason="the table of the all-in cost is not on record",
            settled_by="the cost table that was shown and confirmed before signing",
        ),
    )


def _target() -> CapLine:
    return CapLine(
        line_id="small-loan-target",
        label_zh="小额贷款公司2027年底目标（仅供参考）",
        label_en="Small-loan companies: target for the end of 2027 (information)",
        why="new loans not above 24 % from the notice of December 2025, all new loans within four "
        "times the LPR by the end of 2027; a supervisor's target, not a court's cap",
        rule_ids=(ids.SMALL_LOAN_TARGET,),
        information_only=True,
    )
