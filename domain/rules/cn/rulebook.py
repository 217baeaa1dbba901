"""The rules of the pack for China: each citation with its id, its titles and its days.

The id of a rule never changes meaning; a new reading gets a new id.
"""

from datetime import date
from typing import Final

from domain.rules.book import Citation, Rule
from domain.rules.cn import citations as c
from domain.rules.cn import citations_debt as d
from domain.rules.cn import rule_ids as ids

ENFORCEMENT_SWITCH: Final = "enforcement-costs-outside-cap"
OLD_BANK_SWITCH: Final = "bank-benchmark-before-2015"
OLD_CONTRACT_SWITCH: Final = "rule-of-1991-for-old-contracts"
REFUND_SWITCH: Final = "refund-above-four-lpr"
TWO_YEARS_SWITCH: Final = "two-years-before-2017"
ACCELERATION_SWITCH: Final = "limitation-from-acceleration"
OLD_GUARANTEE_SWITCH: Final = "guarantees-before-2021"

_CODE: Final = date(2021, 1, 1)
_AMENDED: Final = date(2021, 1, 1)
_AUTUMN: Final = date(2020, 8, 20)


def _rule(
    rule_id: str,
    zh: str,
    en: str,
    citation: Citation,
    start: date,
    end: date | None = None,
    switch: str | None = None,
) -> Rule:
    return Rule(
        rule_id=rule_id,
        title_zh=zh,
        title_en=en,
        citation=citation,
        in_force_from=start,
        in_force_to=end,
        switch=switch,
    )


_R15: Final = date(2015, 9, 1)
_R15_END: Final = date(2020, 8, 19)
_AUTUMN_END: Final = date(2020, 12, 31)

CAPS: Final = (
    _rule(ids.CAP_1991, "银行利率四倍", "Four times the bank rate", c.CAP_1991,
          date(1991, 8, 13), date(2015, 8, 31)),
    _rule(ids.BENCHMARK, "贷款基准利率", "Benchmark rate", c.BENCHMARK_BEFORE_2015,
          date(1991, 8, 13), date(2015, 8, 31), OLD_BANK_SWITCH),
    _rule(ids.CAP_1991_CONTRACT, "旧合同适用1991年规则", "The 1991 rule for old contracts",
          c.CAP_1991_CONTRACT, _AMENDED, None, OLD_CONTRACT_SWITCH),
    _rule(ids.CAP_2015, "24%与36%", "24 % and 36 %", c.CAP_2015, _R15, _R15_END),
    _rule(ids.NATURAL_DEBT, "24%至36%自愿支付", "Paid between 24 % and 36 %",
          c.NATURAL_DEBT_2015, _R15, _R15_END),
    _rule(ids.CAP_2020, "合同成立时四倍LPR", "Four times the LPR at formation",
          c.CAP_2020_FORMATION, _AUTUMN, _AUTUMN_END),
    _rule(ids.TRANSITION_2020, "可参照起诉时四倍LPR", "May refer to the LPR at suing",
          c.TRANSITION_2020, _AUTUMN, _AUTUMN_END),
    _rule(ids.CAP_2021, "合同成立时四倍LPR", "Four times the LPR at formation",
          c.CAP_2021_FORMATION, _AMENDED),
    _rule(ids.TRANSITION_2021, "2020年8月20日前后分段", "Split at 2020-08-20",
          c.TRANSITION_2021, _AMENDED),
    _rule(ids.REFUND, "超四倍已付部分", "Paid over four times the LPR", c.REFUND_OVER_FOUR,
          _AUTUMN, None, REFUND_SWITCH),
    _rule(ids.OPINION_2017, "金融借款总成本24%", "24 % all-in for financial loans",
          c.OPINION_2017, date(2017, 8, 4)),
    _rule(ids.LOCAL_SEVEN, "七类地方金融组织", "The seven local kinds", c.LOCAL_SEVEN, _AMENDED),
    _rule(ids.LICENSED_EXCLUDED, "持牌机构不适用", "Licensed lenders are outside",
          c.LICENSED_EXCLUDED, _AMENDED),
    _rule(ids.LICENSED_FOUR, "部分法院参照四倍LPR", "Four times the LPR in some courts",
          c.LICENSED_FOUR, _AUTUMN),
    _rule(ids.DISCLOSED, "综合融资成本明示", "Disclosure of the all-in cost", c.DISCLOSED_COST,
          date(2026, 8, 1)),
    _rule(ids.SMALL_LOAN_TARGET, "小贷公司2027年目标", "Small-loan target for 2027",
          c.SMALL_LOAN_TARGET, date(2025, 12, 25)),
)  # fmt: skip

CHARGES: Final = (
    _rule(ids.HEAD_INTEREST, "砍头息", "Head interest", c.HEAD_INTEREST, _CODE),
    _rule(ids.HEAD_INTEREST_2021, "本金按实际出借", "Principal as lent", c.HEAD_INTEREST_2021,
          _AMENDED),
    _rule(ids.TOTAL, "总计不超过上限", "All together within the cap", c.TOTAL_2021, _AMENDED),
    _rule(ids.ENFORCEMENT_COSTS, "实现债权的费用", "Costs of realising the claim",
          c.ENFORCEMENT_COSTS, _AMENDED, None, ENFORCEMENT_SWITCH),
    _rule(ids.NO_INTEREST, "未约定利息", "No interest agreed", c.NO_INTEREST, _CODE),
    _rule(ids.OVERDUE_2015, "逾期利率（2015年）", "Overdue rate of 2015", c.OVERDUE_2015, _R15,
          _R15_END),
    _rule(ids.COMPOUNDING, "复利上限", "Ceiling on compounding", c.COMPOUNDING, _AMENDED),
    _rule(ids.VOID_LOAN, "合同无效", "Void loan", c.VOID_LOAN, _AMENDED),
    _rule(ids.RATE_WORDS, "口头利率", "Spoken rates", d.RATE_WORDS, date(2024, 2, 28)),
)  # fmt: skip

PAYING: Final = (
    _rule(ids.PAYMENT_ORDER, "清偿顺序", "Order of payment", d.PAYMENT_ORDER, _CODE),
    _rule(ids.SEVERAL_DEBTS, "数项债务", "Several debts", d.SEVERAL_DEBTS, _CODE),
    _rule(ids.ENFORCEMENT_ORDER, "执行款顺序", "Order in enforcement", d.ENFORCEMENT_ORDER,
          date(2014, 8, 1)),
    _rule(ids.DELAY_INTEREST, "加倍部分债务利息", "Doubled delay interest", d.DELAY_INTEREST,
          date(2014, 8, 1)),
    _rule(ids.COURT_FEE, "案件受理费", "Court fee", d.COURT_FEE, date(2007, 4, 1)),
    _rule(ids.COURT_FEE_HALF, "减半交纳", "Half the court fee", d.COURT_FEE_HALF,
          date(2007, 4, 1)),
)  # fmt: skip

LIMITATION: Final = (
    _rule(ids.THREE_YEARS, "三年时效", "Three years", d.THREE_YEARS, date(2017, 10, 1)),
    _rule(ids.TWO_YEARS, "旧法二年", "Two years under the old law", d.TWO_YEARS,
          date(1987, 1, 1), date(2017, 9, 30), TWO_YEARS_SWITCH),
    _rule(ids.LAST_INSTALMENT, "最后一期起算", "From the last instalment", d.LAST_INSTALMENT,
          date(2017, 10, 1)),
    _rule(ids.ACCELERATION, "提前到期", "Acceleration", d.ACCELERATION, _CODE, None,
          ACCELERATION_SWITCH),
    _rule(ids.DEFENCE_ONLY, "不得主动适用", "Only on the debtor's plea", d.DEFENCE_ONLY,
          date(2017, 10, 1)),
    _rule(ids.SUSPENSION, "时效中止", "Suspension", d.SUSPENSION, date(2017, 10, 1)),
    _rule(ids.INTERRUPTION, "时效中断", "Interruption", d.INTERRUPTION, date(2017, 10, 1)),
    _rule(ids.COUNTING, "期间计算", "Counting", d.COUNTING, date(2017, 10, 1)),
    _rule(ids.DEMAND_REACHED, "催收到达", "A demand that arrived", d.DEMAND_REACHED,
          date(2008, 9, 1)),
    _rule(ids.OTHER_PROCEEDINGS, "支付令与调解", "Payment order and mediation",
          d.OTHER_PROCEEDINGS, date(2008, 9, 1)),
    _rule(ids.CONSENT, "同意履行", "Consent", d.CONSENT, date(2008, 9, 1)),
    _rule(ids.ASSIGNMENT, "债权转让通知", "Notice of assignment", d.ASSIGNMENT,
          date(2008, 9, 1)),
    _rule(ids.WAIVER, "届满后承诺", "A promise after expiry", d.WAIVER, date(2008, 9, 1)),
)  # fmt: skip

GUARANTEES: Final = (
    _rule(ids.GUARANTEE_FORM, "推定一般保证", "General guarantee presumed", d.GUARANTEE_FORM,
          _CODE),
    _rule(ids.GUARANTEE_FORM_OLD, "推定连带保证", "Joint guarantee presumed",
          d.GUARANTEE_FORM_OLD, date(1995, 10, 1), date(2020, 12, 31), OLD_GUARANTEE_SWITCH),
    _rule(ids.GUARANTEE_PERIOD_OLD, "旧法六个月", "Six months under the old law",
          d.GUARANTEE_PERIOD_OLD, date(1995, 10, 1), date(2020, 12, 31), OLD_GUARANTEE_SWITCH),
    _rule(ids.GUARANTEE_PERIOD, "保证期间六个月", "Six months", d.GUARANTEE_PERIOD, _CODE),
    _rule(ids.GUARANTOR_FREE, "保证人免责", "Guarantor free", d.GUARANTOR_FREE, _CODE),
    _rule(ids.DUE_DATE_CHANGE, "变更履行期限", "A changed due date", d.DUE_DATE_CHANGE, _CODE),
)  # fmt: skip

COMMON: Final = (*CAPS, *CHARGES, *PAYING, *LIMITATION, *GUARANTEES)
"""What every release holds; a release adds the readings in which it differs."""


def overdue_rule(rule_id: str, zh: str, en: str) -> Rule:
    """Article 28 of 2021 as one release reads it."""
    return _rule(rule_id, zh, en, c.OVERDUE_2021, _AMENDED)


def reach_rule(rule_id: str, zh: str, en: str) -> Rule:
    """Article 31 of 2021 as one release reads its reach."""
    return _rule(rule_id, zh, en, c.TRANSITION_2021, _AMENDED)
