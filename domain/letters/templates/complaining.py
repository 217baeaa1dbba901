"""Letters that ask for papers, object or complain."""

from typing import Final

from domain.cases.letters import Addressee
from domain.letters.template import Paragraph, Slot, Template
from domain.letters.templates.parts import ANSWER, LOAN, OWED, RESERVED, SIGNED, WITH_NUMBER, head

_CREDITORS: Final = (Addressee.LENDER, Addressee.COLLECTOR)
_CONDUCT: Final = Slot(
    "conduct",
    "逐项列明日期、时间、方式和材料编号",
    "Each act: day, hour, channel, item of evidence",
)

STATEMENT: Final = Template(
    template="statement-request",
    title_zh="对账及索取合同副本的请求",
    title_en="Request for an itemised statement and a copy of the contract",
    addressees=_CREDITORS,
    texts=(Slot("also", "另外需要的材料", "Further papers wanted", is_needed=False),),
    paragraphs=(
        head("对账及索取合同副本的请求", "Request for a statement and a copy of the contract"),
        Paragraph(zh="请就下列借款提供材料：", en="Please send me papers on these loans:"),
        LOAN,
        Paragraph(
            each_loan=True,
            zh="我方记录（{loan.number}），截至{letter.as_of}，按“{figure.line}”计算，"
            "已还：{figure.paid}；本金余额：{figure.principal}。",
            en='Our record ({loan.number}) on {letter.as_of}, by the line "{figure.line}", '
            "paid: {figure.paid}; principal left: {figure.principal}.",
        ),
        Paragraph(
            each_loan=True,
            needs=("figure.interest", "figure.penalty", "figure.fees"),
            zh="其他余额（{loan.number}），利息：{figure.interest}；违约金：{figure.penalty}；"
            "费用：{figure.fees}。",
            en="Other balances ({loan.number}), interest: {figure.interest}; penalty: "
            "{figure.penalty}; fees: {figure.fees}.",
        ),
        Paragraph(
            zh="一、合同及全部附件的副本；\n二、放款凭证，载明实际到账金额；\n"
            "三、自放款之日起的逐笔明细：每期应还、实还、利息、违约金、各项费用及收取方；\n"
            "四、目前主张的总额及其计算方法。",
            en="1. the contract with everything attached to it;\n"
            "2. proof of what was paid out and what arrived;\n"
            "3. every entry since then: due, paid, interest, penalty, each fee and who took it;\n"
            "4. the whole amount now claimed and how it is reached.",
        ),
        Paragraph(needs=("text.also",), zh="五、{text.also}", en="5. {text.also}"),
        ANSWER,
        RESERVED,
        SIGNED,
    ),
)

STOP: Final = Template(
    template="stop-unlawful-collection",
    title_zh="停止违法违规催收的要求",
    title_en="Demand to stop unlawful collection",
    addressees=_CREDITORS,
    texts=(
        _CONDUCT,
        Slot("basis", "所依据的规定", "The provisions relied on", is_needed=False),
        Slot("contact", "今后只接受的联系方式和时间", "The only way and hours to reach the client"),
    ),
    paragraphs=(
        head("停止违法违规催收的要求", "Demand to stop unlawful collection"),
        Paragraph(zh="所涉借款：", en="The loans concerned:"),
        LOAN,
        Paragraph(
            zh="贵方或受贵方委托的人有下列行为：\n{text.conduct}",
            en="You, or whoever acts for you, did the following:\n{text.conduct}",
        ),
        Paragraph(needs=("text.basis",), zh="依据：{text.basis}", en="Relied on: {text.basis}"),
        Paragraph(
            zh="要求：立即停止上述行为；不再联系与债务无关的人；书面告知受托催收的机构；"
            "保存全部通话录音和记录。\n今后请仅以下列方式联系：{text.contact}",
            en="I ask you to stop this at once, to reach nobody who has no part in the debt, to "
            "name in writing who collects for you, and to keep every recording and record.\n"
            "From now on please reach me only so: {text.contact}",
        ),
        ANSWER,
        RESERVED,
        SIGNED,
    ),
)

_FACTS: Final = Slot("facts", "主要事实", "The main facts")
_REQUEST: Final = Slot("request", "请求事项", "What is asked for")

TO_LENDER: Final = Template(
    template="complaint-to-lender",
    title_zh="向出借机构的投诉",
    title_en="Complaint to the lender",
    addressees=(Addressee.LENDER,),
    texts=(_FACTS, _REQUEST),
    paragraphs=(
        head("投诉", "Complaint"),
        Paragraph(zh="投诉所涉借款：", en="The loans concerned:"),
        OWED,
        Paragraph(
            zh="事实：{text.facts}\n请求：{text.request}\n请给予书面处理决定并说明理由。",
            en="What happened: {text.facts}\nWhat I ask for: {text.request}\n"
            "Please decide in writing and give reasons.",
        ),
        ANSWER,
        RESERVED,
        SIGNED,
    ),
)

TO_REGULATOR: Final = Template(
    template="complaint-to-regulator",
    title_zh="向金融监管部门的投诉",
    title_en="Complaint to the financial regulator",
    addressees=(Addressee.REGULATOR,),
    texts=(
        Slot("respondent", "被投诉机构名称", "The institution complained about"),
        _FACTS,
        _REQUEST,
        Slot(
            "earlier",
            "此前向该机构投诉的日期和结果",
            "Earlier complaint to it and its end",
            is_needed=False,
        ),
        Slot("contact", "联系方式", "How the client can be reached"),
    ),
    paragraphs=(
        head("消费投诉", "Complaint of a consumer"),
        Paragraph(
            zh="投诉人：{client.name}；联系方式：{text.contact}\n被投诉人：{text.respondent}",
            en="Complainant: {client.name}; contact: {text.contact}\nAgainst: {text.respondent}",
        ),
        WITH_NUMBER,
        Paragraph(zh="所涉借款：", en="The loans concerned:"),
        OWED,
        Paragraph(
            zh="请求：{text.request}\n事实和理由：{text.facts}",
            en="What I ask for: {text.request}\nFacts and grounds: {text.facts}",
        ),
        Paragraph(
            needs=("text.earlier",),
            zh="此前的投诉：{text.earlier}",
            en="Complained before: {text.earlier}",
        ),
        ANSWER,
        SIGNED,
    ),
)

REPORT: Final = Template(
    template="violation-report",
    title_zh="违法违规行为举报",
    title_en="Report of a violation",
    addressees=(Addressee.REGULATOR,),
    texts=(
        Slot("respondent", "被举报机构名称", "The institution reported"),
        _CONDUCT,
        Slot("basis", "涉嫌违反的规定", "The provisions that may be violated"),
    ),
    paragraphs=(
        head("违法违规行为举报", "Report of a violation"),
        Paragraph(
            zh="举报人：{client.name}\n被举报人：{text.respondent}\n涉嫌违反：{text.basis}\n"
            "行为：\n{text.conduct}\n请依职责调查处理并告知结果。",
            en="Reported by: {client.name}\nReported: {text.respondent}\n"
            "May violate: {text.basis}\nWhat was done:\n{text.conduct}\n"
            "Please look into it within your powers and let me know what comes of it.",
        ),
        ANSWER,
        SIGNED,
    ),
)

CREDIT: Final = Template(
    template="credit-record-objection",
    title_zh="信用信息异议申请",
    title_en="Objection to a credit record",
    addressees=(Addressee.CREDIT_BUREAU, Addressee.LENDER),
    texts=(
        Slot(
            "record", "报告编号、机构和有误的内容", "Report, reporter and the entry that is wrong"
        ),
        Slot("why", "为何有误", "Why it is wrong"),
        Slot("correct", "应如何更正", "What it should say"),
    ),
    paragraphs=(
        head("信用信息异议申请", "Objection to a credit record"),
        Paragraph(zh="异议人：{client.name}", en="Objecting: {client.name}"),
        WITH_NUMBER,
        Paragraph(zh="所涉借款：", en="The loans concerned:"),
        LOAN,
        Paragraph(
            zh="有异议的信息：{text.record}\n理由：{text.why}\n请更正为：{text.correct}\n"
            "核查期间请对该信息作异议标注，并书面告知结果。",
            en="Entry objected to: {text.record}\nWhy: {text.why}\n"
            "Please correct it to: {text.correct}\n"
            "Please mark it as disputed meanwhile and tell me the result in writing.",
        ),
        ANSWER,
        RESERVED,
        SIGNED,
    ),
)

COMPLAINING: Final = (STATEMENT, STOP, TO_LENDER, TO_REGULATOR, REPORT, CREDIT)
"""Templates of this kind."""
