"""Letters that ask for relief or offer payment."""

from typing import Final

from domain.cases.letters import Addressee
from domain.letters.template import Paragraph, Slot, Template
from domain.letters.templates.parts import ANSWER, LOAN, OWED, SIGNED, head

_CREDITORS: Final = (Addressee.LENDER, Addressee.COLLECTOR)

HARDSHIP: Final = Template(
    template="hardship-request",
    title_zh="困难说明及还款方案",
    title_en="Hardship request with a proposal",
    addressees=_CREDITORS,
    is_promise=True,
    texts=(
        Slot("circumstances", "目前的收入、支出和困难", "Income, expenditure and what is hard"),
        Slot("proposal", "希望的期数、日期和条件", "Instalments, days and conditions wished for"),
    ),
    amounts=(Slot("monthly", "每月可以支付的金额", "What can be paid each month"),),
    paragraphs=(
        head("困难说明及还款方案", "Hardship and a proposal for payment"),
        Paragraph(zh="本人愿意面对债务，就下列借款提出：", en="I want to face this debt:"),
        OWED,
        Paragraph(
            zh="目前情况：{text.circumstances}\n每月可以支付：{amount.monthly}。\n"
            "方案：{text.proposal}",
            en="My situation: {text.circumstances}\nWhat I can pay each month: {amount.monthly}.\n"
            "My proposal: {text.proposal}",
        ),
        Paragraph(
            zh="请在协商期间停止加收费用并暂停催收。达成一致后请出具书面协议。",
            en="Please add no charges and pause collection while we talk, and put what we agree "
            "in writing.",
        ),
        ANSWER,
        SIGNED,
    ),
)

SEVERAL: Final = Template(
    template="proposal-to-creditors",
    title_zh="致各债权人的还款方案",
    title_en="Proposal to several creditors",
    addressees=(*_CREDITORS, Addressee.MEDIATOR),
    is_promise=True,
    texts=(
        Slot("shares", "各债权人的份额和付款日", "Each creditor's share and the days of payment"),
        Slot("basis", "份额的计算方法", "How the shares were reached"),
    ),
    amounts=(Slot("monthly", "每月合计可以支付的金额", "What can be paid each month in all"),),
    paragraphs=(
        head("致各债权人的还款方案", "Proposal to all creditors"),
        Paragraph(zh="本人同时负有下列债务：", en="I owe the following:"),
        Paragraph(
            each_loan=True,
            zh="{loan.number}. {loan.lender}：截至{letter.as_of}，按“{figure.line}”计算，"
            "尚欠：{figure.owed!}。",
            en='{loan.number}. {loan.lender}: on {letter.as_of}, by the line "{figure.line}", '
            "owed: {figure.owed!}.",
        ),
        Paragraph(
            zh="每月合计可以支付：{amount.monthly}。\n份额的计算：{text.basis}\n"
            "各方份额：{text.shares}\n"
            "本方案对各债权人同等提出，请各方同意后书面确认。",
            en="What I can pay each month in all: {amount.monthly}.\n"
            "How the shares were reached: {text.basis}\nShares: {text.shares}\n"
            "The same is proposed to every creditor; please confirm in writing if you agree.",
        ),
        ANSWER,
        SIGNED,
    ),
)

MEDIATION: Final = Template(
    template="mediation-request",
    title_zh="调解申请",
    title_en="Request to mediate",
    addressees=(Addressee.MEDIATOR,),
    texts=(
        Slot("dispute", "争议的内容", "What is in dispute"),
        Slot("wish", "希望调解的事项", "What the mediation should reach"),
    ),
    paragraphs=(
        head("调解申请", "Request to mediate"),
        Paragraph(zh="现就下列借款申请调解：", en="I ask for mediation over these loans:"),
        LOAN,
        Paragraph(
            zh="争议：{text.dispute}\n希望：{text.wish}",
            en="In dispute: {text.dispute}\nWhat I hope for: {text.wish}",
        ),
        Paragraph(
            zh="调解中的陈述和让步，未达成协议的，不作为对事实的认可。",
            en="What is said or conceded in mediation is no admission if no agreement is reached.",
        ),
        ANSWER,
        SIGNED,
    ),
)

OFFERING: Final = (HARDSHIP, SEVERAL, MEDIATION)
"""Templates of this kind."""
