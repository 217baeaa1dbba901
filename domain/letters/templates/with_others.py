"""Letters to guarantors, helpers and employers, and the confirmation of authority."""

from typing import Final

from domain.cases.letters import Addressee
from domain.letters.template import Paragraph, Slot, Template
from domain.letters.templates.parts import ANSWER, LOAN, SIGNED, head

GUARANTOR: Final = Template(
    template="guarantor-notice",
    title_zh="致保证人、共同债务人的通知",
    title_en="Notice to a guarantor or co-debtor",
    addressees=(Addressee.GUARANTOR,),
    texts=(
        Slot("state", "目前进展", "How matters stand"),
        Slot("advice", "建议其注意的事项", "What to mind"),
    ),
    paragraphs=(
        head("通知", "Notice"),
        Paragraph(zh="您参与的下列借款：", en="The loans that you have a part in:"),
        LOAN,
        Paragraph(
            zh="目前进展：{text.state}\n请注意：{text.advice}\n"
            "在作出付款、承诺或签字之前，请先自行寻求法律意见。",
            en="How matters stand: {text.state}\nPlease mind: {text.advice}\n"
            "Take advice of your own before you pay, promise or sign anything.",
        ),
        SIGNED,
    ),
)

FAMILY: Final = Template(
    template="family-agreement",
    title_zh="亲友资助及返还约定",
    title_en="Agreement with a helper on repayment",
    addressees=(Addressee.HELPER,),
    texts=(
        Slot("use", "款项用途", "What the money is for"),
        Slot("repayment", "返还的日期和每期金额", "Days and amounts of repayment"),
        Slot("interest", "是否计息", "Whether it bears interest"),
    ),
    amounts=(Slot("given", "资助金额", "The amount given"),),
    paragraphs=(
        head("亲友资助及返还约定", "Agreement on help and its repayment"),
        Paragraph(
            zh="甲方：{letter.addressee}\n乙方：{client.name}\n"
            "甲方资助乙方{amount.given}，用途：{text.use}\n返还：{text.repayment}\n"
            "利息：{text.interest}\n双方各执一份，变更须书面。",
            en="Helper: {letter.addressee}\nClient: {client.name}\n"
            "The helper gives {amount.given} for: {text.use}\nRepayment: {text.repayment}\n"
            "Interest: {text.interest}\nEach keeps a copy; changes are made in writing.",
        ),
        SIGNED,
        Paragraph(zh="甲方签字：________________", en="Helper's signature: ________________"),
    ),
)

AUTHORITY: Final = Template(
    template="authority-confirmation",
    title_zh="委托确认函",
    title_en="Confirmation of authority",
    addressees=(
        Addressee.LENDER,
        Addressee.COLLECTOR,
        Addressee.REGULATOR,
        Addressee.CREDIT_BUREAU,
        Addressee.MEDIATOR,
        Addressee.COURT,
    ),
    texts=(
        Slot("representative", "受托人及联系方式", "Who acts, and how to reach them"),
        Slot("scope", "委托事项和权限", "What they may do"),
        Slot("until", "委托期限", "Until when"),
    ),
    paragraphs=(
        head("委托确认函", "Confirmation of authority"),
        Paragraph(
            zh="委托人：{client.name}\n受托人：{text.representative}\n事项和权限：{text.scope}\n"
            "期限：{text.until}\n请就上述事项与受托人联系。未经本人另行书面同意，"
            "受托人无权承认债务或承诺付款。",
            en="Client: {client.name}\nRepresentative: {text.representative}\n"
            "Scope: {text.scope}\nUntil: {text.until}\n"
            "Please turn to the representative in these matters. Without a further consent of mine "
            "in writing they may neither admit a debt nor promise payment.",
        ),
        ANSWER,
        SIGNED,
    ),
)

EMPLOYER: Final = Template(
    template="employer-note",
    title_zh="致用人单位的说明",
    title_en="Note to an employer",
    addressees=(Addressee.EMPLOYER,),
    texts=(
        Slot("happened", "单位受到的打扰", "How the employer was disturbed"),
        Slot("request", "请求单位协助的事项", "What the employer is asked to do"),
    ),
    paragraphs=(
        head("说明", "Note"),
        Paragraph(
            zh="关于{client.name}的私人事务，贵单位受到下列打扰：{text.happened}\n"
            "请求：{text.request}\n请勿向来电人提供本人的任何信息，并请保留来电记录。",
            en="Over a private matter of {client.name} you were disturbed so: {text.happened}\n"
            "I ask you: {text.request}\nPlease give callers nothing about me and keep a record of "
            "their calls.",
        ),
        SIGNED,
    ),
)

WITH_OTHERS: Final = (GUARANTOR, FAMILY, AUTHORITY, EMPLOYER)
"""Templates of this kind."""
