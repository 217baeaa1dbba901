"""Paragraphs that several templates share."""

from typing import Final

from domain.letters.template import Paragraph


def head(zh: str, en: str) -> Paragraph:
    """Title and addressee."""
    return Paragraph(
        zh=f"{zh}\n\n致：{{letter.addressee}}\n",
        en=f"{en}\n\nTo: {{letter.addressee}}\n",
    )


LOAN: Final = Paragraph(
    each_loan=True,
    zh="{loan.number}. 出借方：{loan.lender}；合同编号：{loan.contract_number?}；"
    "签订日期：{loan.contract_date}；合同金额：{loan.face_amount}。",
    en="{loan.number}. Lender: {loan.lender}; contract number: {loan.contract_number?}; made on "
    "{loan.contract_date}; contract amount: {loan.face_amount}.",
)
OWED: Final = Paragraph(
    each_loan=True,
    zh="{loan.number}. {loan.lender}，合同编号：{loan.contract_number?}，签订日期："
    "{loan.contract_date}。截至{letter.as_of}，按“{figure.line}”计算，尚欠：{figure.owed}；"
    "其中本金：{figure.principal}；利息及各项费用：{figure.cost}；已还：{figure.paid}。",
    en="{loan.number}. {loan.lender}, contract number: {loan.contract_number?}, made on "
    '{loan.contract_date}. On {letter.as_of}, by the line "{figure.line}", owed: {figure.owed}; '
    "of which principal: {figure.principal}; interest and charges: {figure.cost}; "
    "paid: {figure.paid}.",
)
ANSWER: Final = Paragraph(
    needs=("letter.answer_wanted_on",),
    zh="请于{letter.answer_wanted_on}（含当日）以前书面答复。",
    en="Please answer in writing by {letter.answer_wanted_on} at the latest.",
)
RESERVED: Final = Paragraph(
    zh="本函不构成对任何债务数额的确认，也不构成还款承诺；一切权利和抗辩均予保留。",
    en="This letter admits no amount and promises no payment; every right and defence is kept.",
)
SIGNED: Final = Paragraph(
    zh="\n具名：{client.name}\n日期：{letter.date}",
    en="\nSigned: {client.name}\nDate: {letter.date}",
)
WITH_NUMBER: Final = Paragraph(
    needs=("client.id_number",),
    zh="身份证件号码：{client.id_number}",
    en="Identity number: {client.id_number}",
)
