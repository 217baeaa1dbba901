"""The rules on collection conduct, with their days and clauses."""

from datetime import date
from typing import Final

from domain.rules.book import Citation, Rule
from domain.rules.cn import citations_conduct as c
from domain.rules.cn import conduct_ids as ids

VISITS_SWITCH: Final = "visits-a-day"

_GBT, _CBA = date(2025, 2, 28), date(2026, 1, 30)
_PIPL, _CODE = date(2021, 11, 1), date(2021, 1, 1)


def _rule(
    rule_id: str, zh: str, en: str, citation: Citation, start: date, switch: str | None = None
) -> Rule:
    return Rule(
        rule_id=rule_id,
        title_zh=zh,
        title_en=en,
        citation=citation,
        in_force_from=start,
        switch=switch,
    )


CONDUCT: Final = (
    _rule(ids.NIGHT_GBT, "夜间催收", "Collecting at night", c.NIGHT_GBT, _GBT),
    _rule(ids.NIGHT_CBA, "夜间催收", "Collecting at night", c.NIGHT_CBA, _CBA),
    _rule(ids.CALLS_GBT, "每日有效通话", "Effective calls a day", c.CALLS_GBT, _GBT),
    _rule(ids.ATTEMPTS_CBA, "每日拨打次数", "Attempts a day", c.ATTEMPTS_CBA, _CBA),
    _rule(
        ids.THIRD_PARTY_CFC, "联系无关第三人", "Unrelated persons", c.THIRD_PARTY_CFC,
        date(2024, 4, 18),
    ),
    _rule(ids.THIRD_PARTY_GBT, "联系第三人", "Third persons", c.THIRD_PARTY_GBT, _GBT),
    _rule(ids.THIRD_PARTY_CBA, "联系第三人", "Third persons", c.THIRD_PARTY_CBA, _CBA),
    _rule(ids.DISCLOSED_PIPL, "泄露债务信息", "Debt disclosed", c.DISCLOSED_PIPL, _PIPL),
    _rule(ids.DISCLOSED_GBT, "透露债务", "Debt disclosed", c.DISCLOSED_GBT, _GBT),
    _rule(ids.OBJECTED_GBT, "拒绝后仍联系", "After a refusal", c.OBJECTED_GBT, _GBT),
    _rule(ids.VISITS_GBT, "每日上门", "Visits a day", c.VISITS_GBT, _GBT, VISITS_SWITCH),
    _rule(ids.VISITORS_CBA, "上门人数", "Visitors", c.VISITORS_CBA, _CBA),
    _rule(ids.WORDS_CBA, "言语与方式", "Words and ways", c.WORDS_CBA, _CBA),
    _rule(ids.PUBLISHED_PIPL, "公开个人信息", "Published", c.PUBLISHED_PIPL, _PIPL),
    _rule(ids.PRIVATE_LIFE, "侵扰私人生活", "Private life", c.PRIVATE_LIFE, _CODE),
    _rule(ids.CRIME, "催收非法债务罪", "Unlawful collection", c.CRIME, date(2021, 3, 1)),
)  # fmt: skip
"""All of them."""
