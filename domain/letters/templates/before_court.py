"""Papers for a court: outlines that a lawyer looks at before they are handed in."""

from typing import Final

from domain.cases.letters import Addressee
from domain.letters.template import Paragraph, Slot, Template
from domain.letters.templates.parts import LOAN, OWED, SIGNED, WITH_NUMBER, head

_CASE_NUMBER: Final = Slot("case_number", "案号", "The court's case number")

PAYMENT_ORDER: Final = Template(
    template="payment-order-objection",
    title_zh="支付令异议书",
    title_en="Objection to a payment order",
    addressees=(Addressee.COURT,),
    texts=(
        _CASE_NUMBER,
        Slot("received", "收到支付令的日期", "The day the payment order was received"),
        Slot("grounds", "对债务本身的异议", "What is objected to in the debt itself"),
    ),
    paragraphs=(
        head("支付令异议书", "Objection to a payment order"),
        Paragraph(
            zh="异议人（被申请人）：{client.name}", en="Objecting (respondent): {client.name}"
        ),
        WITH_NUMBER,
        Paragraph(
            zh="案号：{text.case_number}\n收到支付令的日期：{text.received}\n"
            "异议人对支付令所载债务提出异议，请裁定终结督促程序。\n所涉借款：",
            en="Case number: {text.case_number}\nPayment order received: {text.received}\n"
            "I object to the debt in the payment order and ask the court to end the procedure.\n"
            "The loans concerned:",
        ),
        LOAN,
        Paragraph(zh="理由：{text.grounds}", en="Grounds: {text.grounds}"),
        SIGNED,
    ),
)

DEFENCE: Final = Template(
    template="defence-outline",
    title_zh="答辩要点",
    title_en="Outline of a defence",
    addressees=(Addressee.COURT,),
    texts=(
        _CASE_NUMBER,
        Slot("defences", "逐项答辩意见", "The defences, one by one"),
        Slot("evidence", "所依据的证据", "The evidence relied on", is_needed=False),
    ),
    paragraphs=(
        head("答辩要点", "Outline of the defence"),
        Paragraph(
            zh="答辩人：{client.name}\n案号：{text.case_number}\n对所诉借款，答辩人的计算如下：",
            en="Defendant: {client.name}\nCase number: {text.case_number}\n"
            "The defendant reckons the loans sued over so:",
        ),
        OWED,
        Paragraph(zh="答辩意见：\n{text.defences}", en="Defences:\n{text.defences}"),
        Paragraph(
            needs=("text.evidence",), zh="证据：{text.evidence}", en="Evidence: {text.evidence}"
        ),
        SIGNED,
    ),
)

EVIDENCE_COVER: Final = Template(
    template="evidence-list-cover",
    title_zh="证据目录附函",
    title_en="Cover letter for a list of evidence",
    addressees=(Addressee.COURT, Addressee.REGULATOR, Addressee.MEDIATOR),
    texts=(
        Slot("matter", "案由及案号", "The matter and its number"),
        Slot("list", "证据编号、名称、来源和证明内容", "Number, name, source and what each shows"),
    ),
    paragraphs=(
        head("证据目录附函", "Cover letter to the list of evidence"),
        Paragraph(
            zh="事项：{text.matter}\n现提交下列证据，均按来源登记，可当面核对：\n{text.list}",
            en="Matter: {text.matter}\nThe following evidence is handed in; each item is on record "
            "with its source and can be compared with the original:\n{text.list}",
        ),
        SIGNED,
    ),
)

INSOLVENCY: Final = Template(
    template="insolvency-cover",
    title_zh="个人破产申请附函",
    title_en="Cover letter to an insolvency petition",
    addressees=(Addressee.COURT,),
    texts=(
        Slot("cause", "丧失清偿能力的原因", "How the means to pay were lost"),
        Slot("means", "财产和收入概况", "Assets and income in outline"),
        Slot("attached", "所附材料", "Papers attached"),
    ),
    paragraphs=(
        head("个人破产申请附函", "Cover letter to a petition for personal insolvency"),
        Paragraph(zh="申请人：{client.name}", en="Petitioner: {client.name}"),
        WITH_NUMBER,
        Paragraph(
            zh="申请人因{text.cause}，不能清偿到期债务，现提出申请。债务如下：",
            en="I cannot pay what has fallen due, because: {text.cause}. My debts:",
        ),
        OWED,
        Paragraph(
            zh="财产和收入：{text.means}\n附件：{text.attached}\n申请人如实申报，未作隐瞒。",
            en="Assets and income: {text.means}\nAttached: {text.attached}\n"
            "I have declared everything truly and kept nothing back.",
        ),
        SIGNED,
    ),
)

BEFORE_COURT: Final = (PAYMENT_ORDER, DEFENCE, EVIDENCE_COVER, INSOLVENCY)
"""Templates of this kind."""
