"""The clocks of complaints, courts and credit records, as data (law/cn.md 4.1, 4.2).

Each says how long it runs, who has to act, and what can be done once it has run out.
"""

from enum import StrEnum
from typing import Final

import msgspec

from domain.rules.cn import procedure_ids as ids


class Unit(StrEnum):
    """What a clock counts."""

    DAYS = "days"
    """Calendar days; an end on a holiday moves to the first working day after it."""
    WORKING_DAYS = "working-days"
    MONTHS = "months"
    YEARS = "years"


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """One period; the day that sets it off does not count."""

    rule_id: str
    kind: str
    """Code of the deadline that it gives."""
    count: int
    unit: Unit
    obliged: str
    """Who has to act: a value of `domain.deadlines.Obliged`."""
    zh: str
    en: str
    next_zh: str = ""
    """What can be done once it has run out; empty: nothing of its own."""
    next_en: str = ""


def _clock(rule_id: str, kind: str, count: int, unit: Unit, obliged: str, *words: str) -> Clock:
    return Clock(
        rule_id=rule_id,
        kind=kind,
        count=count,
        unit=unit,
        obliged=obliged,
        zh=words[0],
        en=words[1],
        next_zh=words[2] if len(words) > 2 else "",
        next_en=words[3] if len(words) > 3 else "",
    )


_D, _W, _M, _Y = Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS
_TO_NFRA: Final = (
    "可向金融监管总局派出机构投诉或申请调解",
    "Complain to the regulator, or ask a mediator",
)

LENDER_ANSWER: Final = _clock(
    ids.LENDER_SIMPLE, "complaint-answer", 15, _D, "lender",
    "作出处理决定并告知", "Decide on the complaint and tell", *_TO_NFRA,
)  # fmt: skip
LENDER_LONGEST_DAYS: Final = 60
"""No extension reaches further, counted like the clock itself."""
REVIEW_ASK: Final = _clock(
    ids.REVIEW_ASK, "review-request", 30, _D, "adviser", "申请核查", "Ask for a review",
)  # fmt: skip
REVIEW_DECIDE: Final = _clock(
    ids.REVIEW_DECIDE, "review-decision", 30, _D, "lender",
    "作出核查决定", "Decide on the review", *_TO_NFRA,
)  # fmt: skip
NFRA_HANDOVER: Final = _clock(
    ids.NFRA_HANDOVER, "complaint-handover", 7, _W, "regulator",
    "转送被投诉机构", "Pass the complaint on", "询问转送情况", "Ask where it has got to",
)  # fmt: skip
REPORT_ACCEPT: Final = _clock(
    ids.REPORT_ACCEPT, "report-acceptance", 15, _D, "regulator",
    "决定是否受理举报", "Accept the report or not", "书面询问", "Ask in writing",
)  # fmt: skip
REPORT_FINDING: Final = _clock(
    ids.REPORT_FINDING, "report-finding", 60, _D, "regulator",
    "作出举报调查意见", "Come to a finding", "书面询问", "Ask in writing",
)  # fmt: skip
PBOC_ANSWER: Final = _clock(
    ids.PBOC_12363, "complaint-answer", 15, _D, "regulator",
    "处理并答复", "Handle and answer", "书面询问", "Ask in writing",
)  # fmt: skip
MARKET_ANSWER: Final = _clock(
    ids.MARKET_HANDLE, "complaint-answer", 7, _W, "regulator",
    "处理并告知", "Handle and tell", "向上级机关反映", "Turn to the authority above",
)  # fmt: skip
OBJECTION_ANSWER: Final = _clock(
    ids.OBJECTION, "objection-answer", 20, _D, "credit-bureau",
    "核查异议并书面答复", "Check the objection and answer in writing",
    "可向人民银行分支机构投诉", "Complain to the branch of the central bank",
)  # fmt: skip
CREDIT_ANSWER: Final = _clock(
    ids.CREDIT_COMPLAINT, "complaint-answer", 30, _D, "regulator",
    "书面答复征信投诉", "Answer the complaint on credit data in writing",
    "可以起诉", "A suit is open",
)  # fmt: skip

DOCKET: Final = _clock(
    ids.DOCKET, "docket", 7, _D, "court", "立案或裁定不予受理", "Accept the suit or refuse it",
    "向法院询问立案情况", "Ask the court",
)  # fmt: skip
DEFENCE: Final = _clock(
    ids.DEFENCE, "defence", 15, _D, "client", "提交答辩状", "Hand in the defence",
    "仍可出庭答辩", "The defence can still be pleaded at the hearing",
)  # fmt: skip
APPEAL: Final = _clock(
    ids.APPEAL, "appeal", 15, _D, "client", "提起上诉", "Appeal", "判决生效", "It is final",
)  # fmt: skip
SUMMARY: Final = _clock(
    ids.SUMMARY, "summary-judgment", 3, _M, "court", "简易程序审结", "End the summary procedure",
)  # fmt: skip
SMALL_CLAIMS: Final = _clock(
    ids.SMALL_CLAIMS, "small-claims-judgment", 2, _M, "court",
    "小额诉讼审结", "End the small claim",
)  # fmt: skip
CONFIRMATION: Final = _clock(
    ids.CONFIRMATION, "confirmation", 30, _D, "client",
    "共同申请司法确认", "Apply together for judicial confirmation",
    "协议仍是合同，可据以起诉", "The agreement stays a contract that can be sued on",
)  # fmt: skip
ENFORCEMENT: Final = _clock(
    ids.ENFORCEMENT, "enforcement-application", 2, _Y, "lender",
    "申请强制执行", "Apply for enforcement",
    "债务人可以提出时效异议", "The debtor can object that time has run out",
)  # fmt: skip
ORDER_OBJECTION: Final = _clock(
    ids.ORDER_OBJECTION, "order-objection", 15, _D, "client",
    "清偿或提出书面异议", "Pay, or object in writing",
    "支付令可以申请执行", "The order can be enforced",
)  # fmt: skip

CLOCKS: Final = (
    LENDER_ANSWER,
    REVIEW_ASK,
    REVIEW_DECIDE,
    NFRA_HANDOVER,
    REPORT_ACCEPT,
    REPORT_FINDING,
    PBOC_ANSWER,
    MARKET_ANSWER,
    OBJECTION_ANSWER,
    CREDIT_ANSWER,
    DOCKET,
    DEFENCE,
    APPEAL,
    SUMMARY,
    SMALL_CLAIMS,
    CONFIRMATION,
    ENFORCEMENT,
    ORDER_OBJECTION,
)
"""All of them, in the order of a case."""
