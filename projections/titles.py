"""What a timeline line is called: a stable key, and plain words in Chinese and English.

A title claims no more than the entry: a letter that was sent is not a letter that arrived, and a
charge that the lender made is not a debt.
"""

from typing import Final

import msgspec

from domain.cases.contacts import ContactChannel, ContactLogged
from domain.facts import Fact


class Title(msgspec.Struct, frozen=True):
    """One title. `key` never changes its meaning; the words may be improved."""

    key: str
    zh: str
    en: str


ORDER: Final = (
    "case-opened",
    "case-reopened",
    "loan-taken",
    "cost-table-shown",
    "guarantee-given",
    "loan-disbursed",
    "charge-made",
    "payment-made",
    "payment-credited",
    "payment-expired",
    "payment-reversed",
    "payment-missed",
    "plan-agreed",
    "loan-called-due",
    "guarantor-called",
    "lender-claimed",
    "contact-logged",
    "complaint-filed",
    "letter-drafted",
    "letter-approved",
    "letter-dropped",
    "letter-sent",
    "letter-delivered",
    "letter-returned",
    "letter-answered",
    "suit-filed",
    "suit-accepted",
    "suit-decided",
    "finding-recorded",
    "figures-stated",
    "case-exported",
    "evidence-added",
    "note-added",
    "case-closed",
)
"""Topics in the order in which they stand when they happened on the same day or moment."""

_BY_TOPIC: Final = {
    "case-opened": ("开始提供协助", "Case opened"),
    "case-reopened": ("恢复提供协助", "Case reopened"),
    "case-closed": ("结束协助", "Case closed"),
    "loan-taken": ("签订借款合同", "Loan contract made"),
    "loan-disbursed": ("借款到手", "Loan money reached the client"),
    "cost-table-shown": ("出示综合融资成本明示表", "Table of the all-in cost shown"),
    "suit-decided": ("法院作出终局裁判", "Suit decided by the court"),
    "guarantee-given": ("提供保证", "Guarantee given"),
    "guarantor-called": ("向保证人主张", "Guarantor called on"),
    "loan-called-due": ("宣布全部提前到期", "Whole loan called due"),
    "charge-made": ("计收费用", "Charge made"),
    "payment-made": ("发出付款", "Payment sent"),
    "payment-credited": ("付款入账", "Payment credited"),
    "payment-expired": ("转账未被领取，已退回", "Transfer not taken, went back"),
    "payment-reversed": ("付款被冲回", "Payment reversed"),
    "payment-missed": ("到期未付", "Payment due did not come"),
    "plan-agreed": ("约定还款计划", "Repayment plan agreed"),
    "lender-claimed": ("出借方主张欠款", "Lender claimed"),
    "complaint-filed": ("提交投诉", "Complaint handed in"),
    "suit-filed": ("起诉", "Suit filed"),
    "suit-accepted": ("法院立案", "Suit accepted by the court"),
    "finding-recorded": ("认定", "Finding recorded"),
    "figures-stated": ("出具数字", "Figures given out"),
    "case-exported": ("出具案件档案", "Case file given out"),
    "evidence-added": ("取得证据材料", "Evidence obtained"),
    "evidence-linked": ("证据材料关联", "Evidence linked"),
    "note-added": ("工作记录", "Note"),
    "letter-drafted": ("拟写信函", "Letter drafted"),
    "letter-approved": ("信函核准", "Letter approved"),
    "letter-sent": ("发出信函", "Letter sent"),
    "letter-delivered": ("有信函送达的记录", "Letter shown to have arrived"),
    "letter-returned": ("信函退回", "Letter came back"),
    "letter-answered": ("收到对信函的答复", "Letter answered"),
    "letter-dropped": ("信函作罢", "Letter given up"),
}

_CALL: Final = ("电话", "Call")
_BY_CHANNEL: Final = {
    ContactChannel.CALL: _CALL,
    ContactChannel.ROBOT_CALL: ("机器人电话", "Robot call"),
    ContactChannel.SMS: ("短信", "Text message sent"),
    ContactChannel.WECHAT: ("微信消息", "WeChat message sent"),
    ContactChannel.APP_MESSAGE: ("应用内消息", "App message sent"),
    ContactChannel.EMAIL: ("电子邮件", "Email sent"),
    ContactChannel.LETTER: ("信函", "Letter sent"),
    ContactChannel.VISIT: ("上门", "Visit"),
    ContactChannel.OTHER: ("联系", "Contact"),
}


def title_of(fact: Fact) -> Title:
    """The title of a fact; a contact is called by its channel."""
    if isinstance(fact, ContactLogged):
        zh, en = _BY_CHANNEL[fact.channel]
        return Title(f"{fact.TOPIC}/{fact.channel.value}", zh, en)
    zh, en = _BY_TOPIC[fact.TOPIC]
    return Title(fact.TOPIC, zh, en)
