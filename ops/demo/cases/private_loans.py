"""Published court cases on loans between persons: facts as published, persons invented."""

from typing import Final

from ops.demo import papers
from ops.demo.desk import Desk
from ops.demo.people import PRIVATE, person

INVENTED_DAYS: Final = "付款日期未公布，此处为虚构；只有金额与结论来自公布的案例。"


def tanghe(desk: Desk) -> None:
    """Head interest and oral interest. Tanghe county court, pvnews.cn 2024-03-05.

    IOU 40,000, 36,000 sent, 10 % a month by word of mouth, 37,000 paid back from 2021 to 2023-03.
    Published: principal 36,000; 2,552.42 of the 37,000 is interest; 1,552.42 is still owed.
    """
    case = desk.open(
        "tanghe", person(1), "2023-04-10", "借条四万，实收三万六，口头月息一角，已还三万七。"
    )
    paper = case.file(
        papers.text("jietiao.txt", "今借到人民币肆万元整", "（虚构文本，仅供演示）"),
        "client-papers",
        "2023-04-10",
        "借条照片的文字稿",
    )
    case.note("2023-04-10", INVENTED_DAYS)
    loan = case.loan(
        "2021-01-15",
        PRIVATE,
        40000,
        "private",
        evidence=[paper],
        grade="document",
        note="利息是口头约定：每月一角（10%），借条上没有写。",
        terms=case.terms(rate="10", period="month", repayment="interest-first"),
    )
    sent = case.disbursed("2021-01-15", loan, 36000, 4000, note="首月利息四千元当场扣下。")
    slip = case.file(
        papers.table(
            "zhuanzhang.csv", ("date", "amount", "direction"), [("2021-01-15", "36000.00", "in")]
        ),
        "bank",
        "2023-04-12",
        "银行流水：实收金额",
    )
    case.link(slip, sent, "到账三万六千元，不是四万元")
    for on, amount in (
        ("2021-02-15", 4000),
        ("2021-04-15", 4000),
        ("2021-07-20", 5000),
        ("2021-11-05", 6000),
        ("2022-03-18", 5000),
        ("2022-08-09", 6000),
        ("2022-12-20", 4000),
        ("2023-03-10", 3000),
    ):
        case.paid(on, loan, amount, "wechat-pay")
    case.contact(
        "2023-03-28 19:10",
        "call",
        "lender",
        "client",
        connected=True,
        seconds=312,
        outcome="refused",
        loans=[loan],
        said="对方坚持本金仍欠四万。",
    )
    case.claim(
        "2023-04-03",
        loan,
        [("principal", 40000), ("interest", 12000)],
        52000,
        grade="document",
        note="对方起诉状所列金额。",
    )
    case.note("2023-04-20", "预扣利息不计入本金：本金按实收三万六计。")
    case.note("2024-03-05", "公布结果：本金 36,000；2,552.42 抵息，34,447.58 抵本；尚欠 1,552.42。")


def shanting(desk: Desk) -> None:
    """No interest agreed. Shanting district court, 2021 case 326 (siliu.net).

    IOU 20,000, 19,200 sent on 2021-04-29, due on 2021-04-30. Published: principal 19,200, no
    interest in the term, overdue interest from 2021-05-01 at the one-year LPR (3.85).
    """
    case = desk.open("shanting", person(2), "2021-09-06", "两万借条，实转一万九千二，未约定利息。")
    loan = case.loan(
        "2021-04-29",
        PRIVATE,
        20000,
        "private",
        terms=case.terms(due="2021-04-30", repayment="bullet"),
    )
    sent = case.disbursed("2021-04-29", loan, 19200, 800)
    slip = case.file(
        papers.page("transfer-19200.pdf", "Transfer slip (invented)", "CNY 19200.00", "2021-04-29"),
        "bank",
        "2021-09-06",
        "转账凭证",
    )
    case.link(slip, sent, "实际转账 19,200 元")
    case.missed("2021-04-30", loan, 20000)
    case.contact(
        "2021-05-08 10:15",
        "wechat",
        "lender",
        "client",
        connected=True,
        outcome="information",
        loans=[loan],
        said="催还两万元。",
    )
    case.claim("2021-09-01", loan, [("principal", 20000)], 20000, note="起诉金额。")
    case.note("2021-09-20", "期内无利息；逾期利息自 2021-05-01 起按一年期 LPR 3.85% 计。")
    case.close("2021-12-20", "referred", "法院判决后转法律援助跟进执行。")


def jingning(desk: Desk) -> None:
    """Void loan of a professional lender. Jingning county court, pazjw.gov.cn 2020-07-02.

    150,000 at 2.8 % a month, 59,000 paid as "interest". Published: all 59,000 comes off the
    principal, 91,000 is left.
    """
    case = desk.open(
        "jingning", person(3), "2020-03-02", "职业放贷，月息二分八，已付“利息”五万九。"
    )
    case.note("2020-03-02", INVENTED_DAYS)
    loan = case.loan(
        "2018-06-08",
        PRIVATE,
        150000,
        "private",
        grade="court-found",
        terms=case.terms(rate="2.8", period="month", repayment="interest-first"),
    )
    case.disbursed("2018-06-08", loan, 150000, grade="court-found")
    for month in range(14):
        year, number = divmod(2018 * 12 + 6 + month, 12)
        case.paid(f"{year}-{number + 1:02d}-08", loan, 4200, note="对方称为利息")
    case.paid("2019-09-08", loan, 200, note="对方称为利息")
    case.missed("2019-10-08", loan, 4200)
    case.claim(
        "2020-01-10",
        loan,
        [("principal", 150000), ("interest", 16800)],
        166800,
        note="对方主张本金未还。",
    )
    case.sued("2020-02-20", [loan], "2020-02-26")
    case.found("2020-07-02", loan, "loan-void")
    case.note("2020-07-02", "公布结果：合同无效，五万九全部抵本，余 91,000 元及占用费。")
    case.close("2020-09-15", "settled", "按判决余额一次付清，双方无争议。")


def chongchuan(desk: Desk) -> None:
    """Rate words, and a transfer that expired. Chongchuan court, zy.ntfy.gov.cn 2024-02-28.

    30,000 lent in 2021-02 at "3 fen"; 1,000, 400 and 200 were paid back, a transfer of 300 was
    never taken. Published: 3 % a month; what never arrived is no payment.
    """
    case = desk.open(
        "chongchuan", person(4), "2023-06-12", "三万借款，“三分利”，一笔三百转账过期退回。"
    )
    case.note("2023-06-12", INVENTED_DAYS)
    loan = case.loan(
        "2021-02-06",
        PRIVATE,
        30000,
        "private",
        note="借条写“三分利”，法院读作月利率 3%。",
        terms=case.terms(rate="3", period="month"),
    )
    case.disbursed("2021-02-06", loan, 30000)
    for on, amount in (("2021-06-18", 1000), ("2021-11-11", 400), ("2022-05-01", 200)):
        case.paid(on, loan, amount, "wechat-pay")
    lost = case.paid("2022-08-20", loan, 300, "wechat-pay", credited=None, grade="document")
    expired = case.expired("2022-08-21", lost, note="对方二十四小时未收，款项退回。")
    shot = case.file(
        papers.picture("weixin-expired.png", 7), "client-phone", "2023-06-12", "微信转账过期截图"
    )
    case.link(shot, expired, "三百元已退还，不算还款")
    case.contact(
        "2023-05-30 20:05",
        "wechat",
        "lender",
        "client",
        connected=True,
        outcome="refused",
        loans=[loan],
        said="要求按三分利一次还清。",
    )
    case.claim("2023-06-01", loan, [("principal", 30000), ("interest", 25200)], 55200)
    case.note("2023-06-20", "2021-02 的合同上限为当时 LPR 四倍，即 15.4%。")


STORIES: Final = (
    ("tanghe", tanghe),
    ("shanting", shanting),
    ("jingning", jingning),
    ("chongchuan", chongchuan),
)
