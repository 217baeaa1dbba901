"""People who come back: a case reopened twice, and one client with two cases."""

from typing import Final

from ops.demo import papers
from ops.demo.cases.collecting import MILD, STEADY, call_log, collect
from ops.demo.desk import Desk
from ops.demo.people import APP_LENDERS, BANKS, person
from ops.demo.sums import days_after, monthly, months_after, split


def reopened(desk: Desk) -> None:
    """Closed for lost contact, reopened, settled, and reopened when the lender sold the debt."""
    case = desk.open("reopened", person(45), "2024-06-03", "结案后又被催收，两次重开。")
    loan = case.loan(
        "2023-11-14",
        APP_LENDERS[1],
        9600,
        "small-loan",
        number="CK-0045",
        terms=case.terms(
            rate="1", period="month", schedule=monthly("2023-12-14", split(10752, 12))
        ),
    )
    case.disbursed("2023-11-14", loan, 9600)
    for month in range(1, 5):
        case.paid(months_after("2023-11-14", month), loan, 896, "alipay")
    case.missed("2024-04-14", loan, 896)
    collect(case, [loan], "2024-04-20", MILD, lender=APP_LENDERS[1], turn=5)
    case.close("2024-08-01", "contact-lost", "三次去电无人接听。")
    case.reopen("2024-09-12", "客户换了号码，主动来访。")
    case.plan("2024-09-20", [loan], monthly("2024-10-10", split(6000, 3)), waived=500)
    for month in range(3):
        case.paid(months_after("2024-10-10", month), loan, 2000)
    done = case.file(
        papers.page("settled.pdf", "Certificate of settlement (invented)"),
        "lender",
        "2024-12-20",
        "结清证明",
    )
    case.close("2024-12-23", "settled", "已结清，证明在卷。")
    case.reopen("2025-07-07", "另一家公司称受让债权，再次催收。")
    entries = collect(case, [loan], "2025-07-01", STEADY, lender=APP_LENDERS[1], turn=6)
    call_log(case, "2025-07-01", STEADY, entries, 6)
    filed = case.complaint(
        "2025-07-09",
        "lender",
        APP_LENDERS[1],
        ["harassment", "payment-not-booked"],
        loans=[loan],
        statement="债务已结清，附结清证明。",
    )
    case.link(done, filed, "债务已结清")
    case.close("2025-09-02", "settled", "对方书面道歉并停止催收。")


def two_cases(desk: Desk) -> None:
    """One client, a card case first and an app case a year later."""
    who = person(46)
    first = desk.open(
        "two-cases-card", who, "2024-07-08", "信用卡一案。", remark="不方便在上班时间接电话。"
    )
    card = first.loan("2023-10-10", BANKS[1], 15000, "bank", number="XYK-0046")
    first.disbursed("2023-10-10", card, 15000)
    for month in range(1, 7):
        first.charge(months_after("2023-10-10", month), card, "interest", 225)
        first.paid(months_after("2023-10-10", month), card, 1500, "direct-debit")
    for month in (7, 8):
        first.missed(months_after("2023-10-10", month), card, 1500)
    collect(first, [card], "2024-06-12", MILD, lender=BANKS[1], turn=8)
    first.plan("2024-07-20", [card], monthly("2024-08-15", split(7350, 5)))
    for due, amount in monthly("2024-08-15", split(7350, 5)):
        first.paid(due, card, amount)
    first.close("2025-01-06", "plan-completed", "信用卡分期还完。")

    second = desk.open("two-cases-app", who, "2025-10-20", "同一客户，平台借款一案。")
    loan = second.loan(
        "2025-05-06",
        APP_LENDERS[4],
        7000,
        "small-loan",
        number="APP-0046",
        terms=second.terms(rate="24", period="year", repayment="bullet", due="2025-09-06"),
    )
    second.disbursed("2025-05-06", loan, 6300, 700, by="platform")
    for month in range(1, 5):
        second.charge(months_after("2025-05-06", month), loan, "interest", 140)
    second.missed("2025-09-06", loan, 7560)
    entries = collect(second, [loan], "2025-09-08", STEADY, lender=APP_LENDERS[4], turn=9)
    call_log(second, "2025-09-08", STEADY, entries, 9)
    second.complaint("2025-10-22", "lender", APP_LENDERS[4], ["head-interest", "night-calls"])
    pending = second.paid("2025-10-28", loan, 3000, credited=None)
    second.credited(days_after("2025-10-28", 3), pending)
    refused = second.paid("2025-11-28", loan, 3000)
    second.reversed("2025-12-01", refused, "lender", "对方账户已注销，退回。")
    second.note("2025-12-02", "向对方索取新的还款账户。", about=refused)


STORIES: Final = (("reopened", reopened), ("two-cases", two_cases))
