"""The rules on complaints, courts, insolvency and credit records, with their days.

Their length is known from an instrument or a page that states it, unless a switch guards them.
"""

from datetime import date
from typing import Final

from domain.rules.book import Citation, Rule
from domain.rules.cn import citations_procedure as c
from domain.rules.cn import procedure_ids as ids

REVIEW_SWITCH: Final = "complaint-review"
HANDOVER_SWITCH: Final = "nfra-handover"
REPORT_SWITCH: Final = "nfra-report"
PBOC_SWITCH: Final = "pboc-12363"


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


PROCEDURE: Final = (
    _rule(
        ids.LENDER_SIMPLE,
        "机构处理投诉十五日",
        "Lender answers in 15 days",
        c.LENDER_SIMPLE,
        date(2020, 3, 1),
    ),
    _rule(ids.LENDER_COMPLEX, "机构延长处理", "Lender extends", c.LENDER_COMPLEX, date(2020, 3, 1)),
    _rule(
        ids.LENDER_CONTENTS,
        "投诉应有内容",
        "What a complaint holds",
        c.LENDER_CONTENTS,
        date(2020, 3, 1),
    ),
    _rule(
        ids.REVIEW_ASK,
        "申请核查",
        "Asking for a review",
        c.REVIEW_ASK,
        date(2020, 3, 1),
        REVIEW_SWITCH,
    ),
    _rule(
        ids.REVIEW_DECIDE,
        "核查决定",
        "Deciding a review",
        c.REVIEW_DECIDE,
        date(2020, 3, 1),
        REVIEW_SWITCH,
    ),
    _rule(
        ids.NFRA_HANDOVER,
        "转送七个工作日",
        "Handed over in 7 working days",
        c.NFRA_HANDOVER,
        date(2020, 3, 1),
        HANDOVER_SWITCH,
    ),
    _rule(
        ids.REPORT_ACCEPT,
        "举报受理",
        "Acceptance of a report",
        c.REPORT_ACCEPT,
        date(2020, 1, 1),
        REPORT_SWITCH,
    ),
    _rule(
        ids.REPORT_FINDING,
        "举报意见",
        "Finding on a report",
        c.REPORT_FINDING,
        date(2020, 1, 1),
        REPORT_SWITCH,
    ),
    _rule(
        ids.PBOC_12363,
        "人民银行处理",
        "Handling by the central bank",
        c.PBOC_12363,
        date(2020, 11, 1),
        PBOC_SWITCH,
    ),
    _rule(
        ids.MARKET_HANDLE,
        "七个工作日处理",
        "Handled in 7 working days",
        c.MARKET_HANDLE,
        date(2024, 7, 1),
    ),
    _rule(
        ids.MARKET_MEDIATION,
        "六十日终结调解",
        "Mediation ends in 60 days",
        c.MARKET_MEDIATION,
        date(2024, 7, 1),
    ),
    _rule(
        ids.OBJECTION,
        "征信异议二十日",
        "Credit objection in 20 days",
        c.OBJECTION,
        date(2013, 3, 15),
    ),
    _rule(
        ids.CREDIT_COMPLAINT,
        "征信投诉三十日",
        "Credit complaint in 30 days",
        c.CREDIT_COMPLAINT,
        date(2013, 3, 15),
    ),
    _rule(
        ids.BAD_RECORD, "不良信息五年", "Bad record for five years", c.BAD_RECORD, date(2013, 3, 15)
    ),
    _rule(
        ids.FREE_REPORTS,
        "每年两次免费",
        "Two free reports a year",
        c.FREE_REPORTS,
        date(2013, 3, 15),
    ),
    _rule(
        ids.ONE_OFF_REPAIR,
        "一次性信用修复",
        "One-off credit repair",
        c.ONE_OFF_REPAIR,
        date(2025, 12, 22),
    ),
    _rule(ids.DOCKET, "七日立案", "Docket in 7 days", c.DOCKET, date(1991, 4, 9)),
    _rule(ids.DEFENCE, "答辩期", "Defence", c.DEFENCE, date(1991, 4, 9)),
    _rule(ids.APPEAL, "上诉期", "Appeal", c.APPEAL, date(1991, 4, 9)),
    _rule(ids.SUMMARY, "简易程序审限", "Summary procedure", c.SUMMARY, date(1991, 4, 9)),
    _rule(ids.SMALL_CLAIMS, "小额诉讼审限", "Small claims", c.SMALL_CLAIMS, date(2022, 1, 1)),
    _rule(ids.CONFIRMATION, "司法确认", "Judicial confirmation", c.CONFIRMATION, date(2013, 1, 1)),
    _rule(ids.ENFORCEMENT, "申请执行二年", "Two years to enforce", c.ENFORCEMENT, date(2008, 4, 1)),
    _rule(
        ids.ORDER_ACCEPTED,
        "支付令受理",
        "Payment order accepted",
        c.ORDER_ACCEPTED,
        date(1991, 4, 9),
    ),
    _rule(ids.ORDER_ISSUED, "支付令发出", "Payment order issued", c.ORDER_ISSUED, date(1991, 4, 9)),
    _rule(
        ids.ORDER_OBJECTION,
        "支付令异议",
        "Objection to a payment order",
        c.ORDER_OBJECTION,
        date(1991, 4, 9),
    ),
    _rule(ids.ORDER_MEANS, "不构成异议", "What is no objection", c.ORDER_MEANS, date(2001, 1, 21)),
    _rule(
        ids.ORDER_SERVICE,
        "支付令送达",
        "Service of a payment order",
        c.ORDER_SERVICE,
        date(2001, 1, 21),
    ),
    _rule(ids.PERIOD_END, "期间届满", "End of a period", c.PERIOD_END, date(1991, 4, 9)),
    _rule(
        ids.INTERNET_COURTS, "互联网法院", "Internet courts", c.INTERNET_COURTS, date(2025, 11, 1)
    ),
    _rule(ids.SHENZHEN_WHO, "深圳适用对象", "Who in Shenzhen", c.SHENZHEN_WHO, date(2021, 3, 1)),
    _rule(
        ids.SHENZHEN_CREDITOR,
        "深圳债权人申请",
        "Creditors in Shenzhen",
        c.SHENZHEN_CREDITOR,
        date(2021, 3, 1),
    ),
    _rule(
        ids.SHENZHEN_EXEMPT,
        "深圳豁免财产",
        "Exempt in Shenzhen",
        c.SHENZHEN_EXEMPT,
        date(2021, 3, 1),
    ),
    _rule(
        ids.SHENZHEN_EXAMINATION,
        "深圳考察期",
        "Examination in Shenzhen",
        c.SHENZHEN_EXAMINATION,
        date(2021, 3, 1),
    ),
    _rule(ids.XIAMEN_WHO, "厦门适用对象", "Who in Xiamen", c.XIAMEN_WHO, date(2025, 11, 1)),
    _rule(
        ids.XIAMEN_CREDITOR,
        "厦门债权人申请",
        "Creditors in Xiamen",
        c.XIAMEN_CREDITOR,
        date(2025, 11, 1),
    ),
    _rule(
        ids.XIAMEN_EXEMPT, "厦门豁免财产", "Exempt in Xiamen", c.XIAMEN_EXEMPT, date(2025, 11, 1)
    ),
)
"""All of them."""
