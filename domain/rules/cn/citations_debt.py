"""Clauses on paying, limitation, guarantees and judgments; the rest is in `citations`."""

from typing import Final

from domain.rules.cn.citations import CIVIL_CODE, DELAY, KH, LIMITATION, K, S, T, cite

PAYMENT_ORDER: Final = cite(
    T, CIVIL_CODE, "561",
    "除另有约定外，依次清偿：实现债权的费用、利息、主债务。",
    "Unless agreed otherwise: costs of realising the claim, then interest, then principal.",
)  # fmt: skip
SEVERAL_DEBTS: Final = cite(
    T, CIVIL_CODE, "560",
    "数项债务：债务人清偿时指定；未指定的，先到期、缺乏担保或担保最少、负担较重、到期在先，再按比例。",
    "Several debts: as the debtor says when paying; else due, least secured, most burdensome, "
    "earliest due, then pro rata.",
)  # fmt: skip
ENFORCEMENT_ORDER: Final = cite(
    T, DELAY, "4",
    "执行款先清偿生效法律文书确定的金钱债务，再清偿加倍部分债务利息。",
    "In enforcement the judged debt is paid first, then the doubled part of delay interest.",
)  # fmt: skip
THREE_YEARS: Final = cite(
    T, CIVIL_CODE, "188",
    "诉讼时效期间为三年；自权利受到损害之日起超过二十年的，不予保护。",
    "Three years; in no case later than twenty years from the wrong.",
)  # fmt: skip
TWO_YEARS: Final = cite(
    K, "民法通则", "135",
    "2017年10月1日以前，普通诉讼时效期间为二年；届时未满的适用三年。",
    "Before 2017-10-01 two years; three where the two had not ended by then.",
)  # fmt: skip
LAST_INSTALMENT: Final = cite(
    T, CIVIL_CODE, "189",
    "同一债务分期履行的，自最后一期履行期限届满之日起计算。",
    "One debt in instalments: from the day the last instalment is due.",
)  # fmt: skip
ACCELERATION: Final = cite(
    K, CIVIL_CODE, "189",
    "出借人宣布提前到期的，自提前到期日起计算。",
    "Where the lender called the whole loan in, from that day.",
)  # fmt: skip
DEFENCE_ONLY: Final = cite(
    T, CIVIL_CODE, "193",
    "人民法院不得主动适用诉讼时效的规定。",
    "A court does not raise limitation itself: the debtor has to.",
)  # fmt: skip
SUSPENSION: Final = cite(
    T, CIVIL_CODE, "194",
    "诉讼时效期间最后六个月内有障碍的中止；原因消除之日起满六个月届满。",
    "Suspended by an obstacle in the last six months; ends six months after it is gone.",
)  # fmt: skip
INTERRUPTION: Final = cite(
    T, CIVIL_CODE, "195",
    "请求履行、同意履行、起诉或仲裁等中断，从中断、有关程序终结时起重新计算。",
    "Demand, consent, suit and the like interrupt; it runs anew from then or from the end of "
    "the proceedings.",
)  # fmt: skip
COUNTING: Final = cite(
    T, CIVIL_CODE, "200-203",
    "开始的当日不计入；到期月的对应日为最后一日，无对应日的为月末日；遇法定休假日顺延。",
    "The first day does not count; ends on the corresponding day or month-end; rolls off a "
    "holiday.",
)  # fmt: skip
DEMAND_REACHED: Final = cite(
    T, LIMITATION, "8",
    "主张权利的信件或数据电文到达或者应当到达对方当事人的，中断。",
    "A demand interrupts once it reached, or should have reached, the debtor.",
)  # fmt: skip
OTHER_PROCEEDINGS: Final = cite(
    T, LIMITATION, "11-12",
    "申请支付令、向调解组织等请求保护权利的，与起诉具有同等效力。",
    "A payment order or a request to a mediation body interrupts like a suit.",
)  # fmt: skip
CONSENT: Final = cite(
    T, LIMITATION, "14",
    "分期履行、部分履行、提供担保、请求延期、制定清偿计划等承诺或行为，属于同意履行义务。",
    "Part payment, a promise of instalments, a plan or a request for delay is consent.",
)  # fmt: skip
ASSIGNMENT: Final = cite(
    T, LIMITATION, "17",
    "债权转让的，自转让通知到达债务人之日起中断。",
    "An assignment interrupts on the day its notice reaches the debtor.",
)  # fmt: skip
WAIVER: Final = cite(
    T, LIMITATION, "19",
    "时效届满后同意履行或自愿履行的，不得再以时效届满为由抗辩。",
    "Who promises or performs after expiry can no longer plead it.",
)  # fmt: skip
GUARANTEE_FORM: Final = cite(
    T, CIVIL_CODE, "686",
    "保证方式没有约定或者约定不明确的，按照一般保证承担保证责任。",
    "No form stated: general guarantee.",
)  # fmt: skip
GUARANTEE_FORM_OLD: Final = cite(
    KH, "担保法", "19",
    "2021年以前，保证方式没有约定或者约定不明确的，按照连带责任保证。",
    "Before 2021, no form stated: joint guarantee.",
)  # fmt: skip
GUARANTEE_PERIOD_OLD: Final = cite(
    K, "担保法", "25-26",
    "2021年以前的保证，未约定保证期间的为主债务届满之日起六个月。",
    "Guarantees before 2021 without an agreed period: six months from the due date.",
)  # fmt: skip
GUARANTEE_PERIOD: Final = cite(
    T, CIVIL_CODE, "692",
    "保证期间不中止、中断；未约定或不晚于主债务到期的，为届满之日起六个月。",
    "Never suspended or interrupted; six months from the due date unless agreed to end later.",
)  # fmt: skip
GUARANTOR_FREE: Final = cite(
    T, CIVIL_CODE, "693",
    "债权人未在保证期间对债务人起诉或仲裁（一般保证）、未请求保证人（连带）的，保证人不再承担责任。",
    "General: creditor did not sue the debtor in time; joint: did not ask the guarantor: free.",
)  # fmt: skip
DUE_DATE_CHANGE: Final = cite(
    T, CIVIL_CODE, "695",
    "未经保证人书面同意变更履行期限的，保证期间不受影响。",
    "A new due date without the guarantor's written consent leaves the period as it was.",
)  # fmt: skip
DELAY_INTEREST: Final = cite(
    T, DELAY, "1-3",
    "加倍部分＝尚未清偿的除一般债务利息之外的金钱债务×日万分之一点七五×迟延天数。",
    "Doubled part: unpaid judged money without general interest x 0.0175 % a day x days.",
)  # fmt: skip
COURT_FEE: Final = cite(
    T, "诉讼费用交纳办法", "13",
    "财产案件按请求金额分段累计交纳。",
    "Property claims pay by bands of the sum claimed.",
)  # fmt: skip
COURT_FEE_HALF: Final = cite(
    T, "诉讼费用交纳办法", "",
    "调解结案、撤诉或适用简易程序的，减半交纳。",
    "Half on mediation or in summary procedure.",
)  # fmt: skip
RATE_WORDS: Final = cite(
    S, "崇川区人民法院判决 (zy.ntfy.gov.cn 2024-02-28)", "",
    "口头“三分利”读作月利率3%。",
    'The spoken "3 fen" is read as 3 % a month.',
)  # fmt: skip
