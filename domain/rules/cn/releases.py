"""Released versions of the pack for China. A released version is never edited."""

from datetime import date
from typing import Final

from domain.rules.book import RulePack
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.rulebook import COMMON, overdue_rule, reach_rule
from domain.rules.cn.rulebook_procedure import PROCEDURE

SPLIT_REACHES_PENDING: Final = (
    "From 2021-01-01 the amended article 31 reaches cases accepted from 2020-08-20 that are still "
    "undecided: their loans of before 2020-08-20 are split. 2026.1 left them unsplit."
)
OVERDUE_IS_FIXED: Final = (
    "No rate agreed (article 28 of 2021): the LPR of that time is read as that of the first "
    "overdue day and stays. 2026.1 followed each publication."
)

V2026_1: Final = RulePack(
    name="cn",
    version="2026.1",
    released_on=date(2026, 10, 12),
    rules=(
        *COMMON,
        reach_rule(
            ids.REACH_NEW, "新规定只及于2021年后受理的案件", "The split reaches new cases only"
        ),
        overdue_rule(ids.OVERDUE_FLOATING, "逾期利率随每月报价", "Overdue at the LPR as published"),
    ),
    changelog=(
        "First release.",
        "A case accepted from 2020-08-20 to 2020-12-31 keeps the rule of its day of acceptance.",
        "No rate agreed (article 28 of 2021): overdue interest follows each published LPR.",
    ),
)

V2026_2: Final = RulePack(
    name="cn",
    version="2026.2",
    released_on=date(2026, 11, 22),
    rules=(
        *COMMON,
        reach_rule(
            ids.REACH_PENDING, "新规定及于2020年秋季未结案件", "The split reaches pending cases"
        ),
        overdue_rule(
            ids.OVERDUE_FIXED, "逾期利率按逾期当时报价", "Overdue at the LPR when it fell due"
        ),
    ),
    changelog=(SPLIT_REACHES_PENDING, OVERDUE_IS_FIXED),
)

V2026_3: Final = RulePack(
    name="cn",
    version="2026.3",
    released_on=date(2026, 11, 26),
    rules=(*V2026_2.rules, *PROCEDURE),
    changelog=(
        "Adds the clocks of complaints, courts and credit records. No figure moves.",
        "Adds who may petition for personal insolvency in Shenzhen and in Xiamen.",
    ),
)

RELEASES: Final = (V2026_1, V2026_2, V2026_3)
"""Oldest first."""
