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
    "known-payee-noted",
    "channel-days-noted",
    "balance-checked",
    "payment-checked",
    "payment-made",
    "payment-credited",
    "payment-expired",
    "payment-bounced",
    "payment-reversed",
    "payment-missed",
    "papers-asked",
    "papers-handed-in",
    "proposal-made",
    "proposal-answered",
    "proposal-withdrawn",
    "plan-agreed",
    "plan-broken",
    "plan-reviewed",
    "plan-completed",
    "plan-ended",
    "loan-called-due",
    "guarantor-called",
    "lender-claimed",
    "contact-point-noted",
    "contact-consented",
    "contact-consent-ended",
    "contact-logged",
    "contact-objected",
    "contacts-found-same",
    "complaint-filed",
    "complaint-received",
    "complaint-extended",
    "complaint-passed-on",
    "complaint-answered",
    "review-asked",
    "review-decided",
    "complaint-withdrawn",
    "complaint-merged",
    "suit-filed",
    "suit-accepted",
    "claim-served",
    "defence-filed",
    "evidence-period-set",
    "evidence-handed-in",
    "hearing-set",
    "hearing-held",
    "mediation-agreed",
    "confirmation-asked-for",
    "judgment-given",
    "appeal-filed",
    "suit-decided",
    "enforcement-applied",
    "enforcement-step-taken",
    "payment-order-served",
    "payment-order-objected",
    "credit-report-obtained",
    "credit-entry-seen",
    "credit-entry-disputed",
    "credit-dispute-answered",
    "insolvency-facts-noted",
    "insolvency-petitioned",
    "insolvency-decided",
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
    "contact-point-noted": ("登记联系方式", "Contact point noted"),
    "contact-consented": ("同意例外联系", "Agreed to be contacted otherwise"),
    "contact-consent-ended": ("撤回该同意", "Took that agreement back"),
    "contact-objected": ("拒绝再被联系", "Asked not to be contacted again"),
    "contacts-found-same": ("认定为同一次联系", "Entries found to be one contact"),
    "complaint-received": ("投诉已收到", "Complaint received"),
    "complaint-extended": ("投诉延期答复", "Answer to the complaint put off"),
    "complaint-passed-on": ("投诉转送", "Complaint passed on"),
    "complaint-answered": ("投诉答复", "Complaint answered"),
    "review-asked": ("申请核查", "Review asked for"),
    "review-decided": ("核查决定", "Review decided"),
    "complaint-withdrawn": ("撤回投诉", "Complaint taken back"),
    "complaint-merged": ("投诉合并处理", "Complaint handled with another"),
    "claim-served": ("收到起诉状", "Suit served on the client"),
    "defence-filed": ("提交答辩状", "Defence handed in"),
    "hearing-set": ("传唤开庭", "Hearing set"),
    "hearing-held": ("开庭", "Hearing held"),
    "evidence-period-set": ("指定举证期限", "Period for evidence set"),
    "evidence-handed-in": ("向法院提交证据", "Evidence handed in to the court"),
    "mediation-agreed": ("达成调解协议", "Mediated agreement"),
    "confirmation-asked-for": ("申请司法确认", "Judicial confirmation asked for"),
    "judgment-given": ("判决", "Judgment"),
    "appeal-filed": ("上诉", "Appeal"),
    "enforcement-applied": ("申请强制执行", "Enforcement applied for"),
    "enforcement-step-taken": ("执行措施", "Step of enforcement"),
    "payment-order-served": ("收到支付令", "Payment order served"),
    "payment-order-objected": ("对支付令提出书面异议", "Objection to the payment order"),
    "credit-report-obtained": ("取得信用报告", "Credit report obtained"),
    "credit-entry-seen": ("信用报告记载", "Entry of a credit report"),
    "credit-entry-disputed": ("提出征信异议", "Entry of the credit record disputed"),
    "credit-dispute-answered": ("征信异议答复", "Dispute of the credit record answered"),
    "insolvency-facts-noted": ("破产申请条件情况", "Facts on eligibility for insolvency"),
    "insolvency-petitioned": ("申请个人破产", "Petition for insolvency"),
    "insolvency-decided": ("法院就破产申请作出决定", "Court decided on the insolvency"),
    "payment-checked": ("付款前核对", "Payee and contract checked before a payment"),
    "known-payee-noted": ("登记收款方", "Payee noted"),
    "channel-days-noted": ("登记渠道到账时间", "Channel's days noted"),
    "balance-checked": ("核对账户余额", "Balance checked before an instalment"),
    "payment-bounced": ("付款被退回", "Payment sent back by a bank"),
    "papers-asked": ("出借方要求提供材料", "Papers asked for"),
    "papers-handed-in": ("提交材料", "Papers handed in"),
    "proposal-made": ("发出还款方案", "Proposal sent"),
    "proposal-answered": ("出借方答复方案", "Proposal answered"),
    "proposal-withdrawn": ("撤回还款方案", "Proposal taken back"),
    "plan-broken": ("宣布计划违约", "Plan declared broken"),
    "plan-reviewed": ("复核还款计划", "Plan reviewed"),
    "plan-completed": ("还款计划履行完毕", "Plan completed"),
    "plan-ended": ("还款计划终止", "Plan ended"),
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
