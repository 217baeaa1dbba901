"""Published cases on rates and on what counts as principal: figures as published."""

from typing import Final

from ops.demo import papers
from ops.demo.cases.private_loans import INVENTED_DAYS
from ops.demo.desk import Desk
from ops.demo.people import PRIVATE, person
from ops.demo.sums import days_after, months_after, split

_PAIRS: Final = (
    # key, person, face, kept back, contract day
    ("head-interest-200000", 7, 200000, 4000, "2021-03-12"),
    ("head-interest-50000", 8, 50000, 3500, "2022-05-20"),
    ("head-interest-20000", 9, 20000, 600, "2023-01-09"),
)


def transition(desk: Desk) -> None:
    """The change of caps in August 2020. Netease legal column IRL6F8820514BTGS (2024).

    (a) 100,000 lent in 2018 at 24 %, filed in 2024-01: published 24 % to 2020-08-19, then 13.8 %.
    (b) 100,000 lent in 2020-09 at 24 %: published 15.4 %.
    """
    for key, who, taken, filed, finding in (
        (
            "transition-a",
            5,
            "2018-03-15",
            "2024-01-15",
            "2020-08-19 以前按 24%，自 2020-08-20 起按起诉时 LPR 四倍 13.8%。",
        ),
        (
            "transition-b",
            6,
            "2020-09-15",
            "2021-10-12",
            "合同成立于 2020-08-20 之后：按成立时 LPR 四倍 15.4%。",
        ),
    ):
        case = desk.open(key, person(who), months_after(filed, 1), "十万元借款，年利率 24%。")
        case.note(months_after(filed, 1), INVENTED_DAYS)
        loan = case.loan(
            taken, PRIVATE, 100000, "private", terms=case.terms(rate="24", period="year")
        )
        sent = case.disbursed(taken, loan, 100000)
        slip = case.file(
            papers.table("bank.csv", ("date", "in"), [(taken, "100000.00")]),
            "bank",
            months_after(filed, 1),
            "银行流水",
        )
        case.link(slip, sent, "十万元全额到账")
        for month in (1, 2, 3):
            case.paid(months_after(taken, month), loan, 2000, note="按 24% 付的月息")
        case.missed(months_after(taken, 4), loan, 2000)
        case.contact(
            f"{months_after(taken, 5)} 18:30",
            "call",
            "lender",
            "client",
            connected=True,
            seconds=180,
            outcome="information",
            loans=[loan],
            said="催收利息。",
        )
        case.claim(
            filed, loan, [("principal", 100000), ("interest", 24000)], 124000, note="起诉所列。"
        )
        suit = case.sued(filed, [loan])
        case.accepted(days_after(filed, 7), suit)
        case.decided(days_after(filed, 120), suit)
        case.note(months_after(filed, 1), finding)


def re_signed(desk: Desk) -> None:
    """A debt signed anew with its interest. Rule of art. 27 with the worked example's figures.

    100,000 in 2022 at 15 %, unpaid, signed again at 115,000 for a second year at 15 %; the lender
    claims 132,250. With a cap of 14.8 %, 114,800 can be principal and 129,600 is the ceiling.
    """
    case = desk.open(
        "re-signed", person(10), "2024-03-04", "旧债加息重签新借条，对方主张 132,250。"
    )
    case.note("2024-03-04", "日期为虚构；金额与利率按算例。")
    first = case.loan(
        "2022-02-21",
        PRIVATE,
        100000,
        "private",
        terms=case.terms(rate="15", period="year", due="2023-02-20", repayment="bullet"),
    )
    case.disbursed("2022-02-21", first, 100000)
    case.missed("2023-02-20", first, 115000)
    second = case.loan(
        "2023-02-21",
        PRIVATE,
        115000,
        "private",
        note="旧债本息重签，没有新的款项交付。",
        renews=first,
        carried=115000,
        terms=case.terms(rate="15", period="year", due="2024-02-20", repayment="bullet"),
    )
    both = case.file(
        papers.text("two-notes.txt", "2022-02-21 100000", "2023-02-21 115000 (re-signed)"),
        "client-papers",
        "2024-03-04",
        "两张借条的抄录",
    )
    case.link(both, first, "第一张借条")
    case.link(both, second, "第二张借条含第一年利息")
    case.missed("2024-02-20", second, 132250)
    case.claim("2024-02-26", second, [("principal", 115000), ("interest", 17250)], 132250)
    case.note("2024-03-08", "上限 14.8%：第一步 114,800，总额不超过 129,600。")


def instalments_20000(desk: Desk) -> None:
    """The real rate of an instalment loan. wwpfw.com 108045.

    20,000 in six payments of 3,933.33. Published: 59.3316 % a year; at 36 % the payment would be
    3,691.95, which is 241.38 less a month and 1,448.30 less in all.
    """
    case = desk.open("instalments-20000", person(11), "2019-11-04", "两万元分六期，每期 3,933.33。")
    case.note("2019-11-04", "日期为虚构；金额为公布的算例。")
    dues = [(months_after("2019-03-10", n), "3933.33") for n in range(6)]
    loan = case.loan(
        "2019-02-10",
        "示例分期平台（虚构）",
        20000,
        "unknown",
        number="YL-0000-20000",
        terms=case.terms(repayment="flat", schedule=dues),
    )
    case.disbursed("2019-02-10", loan, 20000)
    contract = case.file(
        papers.page("instalments.pdf", "Instalment plan (invented)", "6 x CNY 3933.33"),
        "lender-app",
        "2019-11-04",
        "合同还款计划",
    )
    case.link(contract, loan, "六期，每期 3,933.33")
    for (due, amount), interest in zip(dues, split("3599.98", 6), strict=True):
        case.charge(due, loan, "interest", interest, note="总利息 3,599.98 摊到各期")
        case.paid(due, loan, amount, "lender-app")
    case.note("2019-11-12", "实际年利率 59.3316%；按 36% 每期应为 3,691.95，共多付 1,448.30。")
    case.close("2020-01-08", "other", "已还清；客户决定不追索差额。")


def head_interest(desk: Desk) -> None:
    """Head-interest pairs from four press and court pages: principal is what arrived.

    200,000 less 4,000; 50,000 less 3,500; 20,000 less 600.
    Published principals: 196,000; 46,500; 19,400.
    """
    for key, who, face, kept, taken in _PAIRS:
        opened = months_after(taken, 8)
        case = desk.open(key, person(who), opened, f"借条 {face}，预扣 {kept}。")
        case.note(opened, INVENTED_DAYS)
        loan = case.loan(taken, PRIVATE, face, "private")
        sent = case.disbursed(taken, loan, face - kept, kept, note="出借时当场扣下首期利息。")
        slip = case.file(
            papers.table("in.csv", ("date", "amount"), [(taken, str(face - kept))]),
            "bank",
            opened,
            "到账流水",
        )
        case.link(slip, sent, "实收金额")
        case.missed(months_after(taken, 6), loan, face)
        case.contact(
            f"{months_after(taken, 7)} 21:40",
            "call",
            "lender",
            "client",
            connected=True,
            seconds=95,
            outcome="information",
            loans=[loan],
            said=f"催还借条金额 {face}。",
        )
        case.claim(opened, loan, [("principal", face)], face)
        case.note(opened, f"预扣利息不算本金：本金应为 {face - kept}。", about=sent)


STORIES: Final = (
    ("transition", transition),
    ("re-signed", re_signed),
    ("instalments-20000", instalments_20000),
    ("head-interest", head_interest),
)
