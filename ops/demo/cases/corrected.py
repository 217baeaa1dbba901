"""Mistakes and their repair: every kind of correction, each in a case of its own or beside others.

The first two stories are what the demo's three `curl` lines look at.
"""

from typing import Final

from ops.demo import papers
from ops.demo.desk import Desk
from ops.demo.people import AGENCIES, APP_LENDERS, BANKS, caller, person
from ops.demo.sums import monthly, split

_LENDER: Final = APP_LENDERS[0]


def late_payment(desk: Desk) -> None:
    """A payment that is recorded late and value-dated earlier.

    The client finds the slip months after the lender's claim. The position on the claim's day
    changes as known now, and not as known then.
    """
    case = desk.open("late-payment", person(12), "2026-03-02", "一笔还款平台不认账。")
    terms = case.terms(
        rate="1.5",
        period="month",
        repayment="level-instalments",
        schedule=monthly("2025-07-10", split(12960, 12)),
    )
    loan = case.loan("2025-06-10", _LENDER, 12000, "small-loan", number="MB-0001", terms=terms)
    case.disbursed("2025-06-10", loan, 12000)
    for month in range(7, 13):
        case.charge(f"2025-{month:02d}-10", loan, "interest", 160)
        case.paid(f"2025-{month:02d}-10", loan, 1080, "lender-app")
    for month in (1, 2):
        case.charge(f"2026-{month:02d}-10", loan, "interest", 160)
        case.missed(f"2026-{month:02d}-10", loan, 1080)
    case.contact(
        "2026-02-14 20:31",
        "call",
        "collector",
        "client",
        company=AGENCIES[0],
        connected=True,
        seconds=140,
        number=caller(11),
        loans=[loan],
        outcome="information",
        said="称一月、二月两期都没还。",
    )
    case.claim("2026-02-28", loan, [("principal", 6720), ("interest", 320), ("penalty", 210)], 7250)
    case.contact(
        "2026-03-02 10:00",
        "visit",
        "client",
        "adviser",
        connected=True,
        outcome="talked",
        grade="client-says",
        said="记得一月底用女儿的银行卡转过一笔。",
    )
    case.stated("2026-02-28", "lender", "复核平台主张的金额")
    case.given_out("regulator", "投诉材料", "names", "numbers")
    before = case.position
    late = case.paid(
        "2026-01-27",
        loan,
        1080,
        "bank-transfer",
        credited="2026-01-28",
        payer="family",
        payer_name="例小辰（女儿，虚构）",
        reference="流水号 XN-20260127-0009",
        note="六月才找到回单，按到账日 2026-01-28 计。",
    )
    slip = case.file(
        papers.page("slip-0127.pdf", "Bank slip (invented)", "CNY 1080.00", "2026-01-27"),
        "bank",
        "2026-06-08",
        "一月二十七日转账回单",
        "客户本人",
    )
    case.link(slip, late, "一月二十八日到账 1,080 元")
    desk.mark("late-payment", case, before, late)
    case.complaint(
        "2026-06-09",
        "lender",
        _LENDER,
        ["payment-not-booked"],
        loans=[loan],
        statement="请将 2026-01-28 到账的 1,080 元入账，并更正欠款。",
        reference="TS-0001",
    )
    case.contact(
        "2026-06-15 15:20",
        "email",
        "lender",
        "adviser",
        connected=True,
        grade="document",
        outcome="information",
        loans=[loan],
        said="确认已入账，并撤销罚息。",
    )
    case.note("2026-06-16", "二月末的欠款因此少 1,080 元；当时所知的数字仍可查。", about=late)


def corrections(desk: Desk) -> None:
    """Every kind of correction: amount, date, loan, one corrected again, withdrawn, made anew."""
    who = person(13)
    case = desk.open("corrections", who, "2025-09-01", "两笔平台借款，早期记录有多处笔误。")
    card = case.loan("2024-11-20", BANKS[0], 8000, "bank", number="XYK-0002")
    app = case.loan("2025-01-15", _LENDER, 5000, "small-loan", number="MB-0002")
    case.disbursed("2025-01-15", app, 4800, 200)
    case.disbursed("2024-11-20", card, 8000)

    amount = case.paid("2025-02-15", app, 960, "alipay")
    case.correct(amount, "抄错金额：回单是 690 元。", amount=690)

    dated = case.paid("2025-03-18", app, 900, "alipay")
    case.correct(dated, "日期抄成了记账日。", occurred_on="2025-03-15", credited_on="2025-03-16")

    moved = case.paid("2025-04-15", app, 500, "bank-transfer")
    case.correct(moved, "这笔还的是信用卡，不是平台借款。", loan_id=card)

    twice = case.charge("2025-05-15", app, "service-fee", 120)
    before = case.position
    case.correct(twice, "短信写的是 210 元。", amount=210)
    case.correct(
        twice,
        "客服书面确认 201.50 元，且为担保费。",
        amount="201.50",
        kind="guarantee-fee",
        grade="lender-admits",
    )
    desk.mark("corrections", case, before, twice)

    call = case.contact(
        "2025-06-03 11:05",
        "call",
        "collector",
        "client",
        company=AGENCIES[1],
        connected=True,
        seconds=205,
        number=caller(21),
        loans=[app],
        outcome="promise",
        promised=200,
        promised_on="2025-06-20",
        said="客户答应先还 200。",
    )
    case.correct(call, "听录音核对：答应的是 250。", promised=250, summary="客户答应先还 250。")

    doubled = case.paid("2025-06-20", app, 250, "wechat-pay")
    again = case.paid("2025-06-20", app, 250, "wechat-pay", note="与上一笔重复录入？")
    case.withdraw(again, "同一笔录了两次。")

    gone = case.missed("2025-07-15", app, 900)
    case.withdraw(gone, "客户说当月已还，撤回。")
    case.missed("2025-07-15", app, 900, grade="bank-line", note="流水显示没有还，重新记录。")

    case.correct(card, "合同编号补正。", contract_number="XYK-0002-A", lender_class="bank")
    plan = case.plan("2025-09-05", [app], [("2025-10-08", 800), ("2025-11-08", 800)])
    case.correct(
        plan,
        "书面协议是三期。",
        instalments=[("2025-10-08", 600), ("2025-11-08", 600), ("2025-12-08", 400)],
    )
    shot = case.file(papers.picture("250.png", 3), "client-phone", "2025-09-05", "微信付款截图")
    wrong = case.link(shot, amount, "付款截图")
    case.withdraw(wrong, "截图是六月那一笔的。")
    case.link(shot, doubled, "六月二十日付款 250 元")
    filed = case.complaint("2025-09-10", "credit-bureau", BANKS[0], ["wrong-credit-record"])
    case.correct(filed, "补上涉及的借款和编号。", loan_ids=[card], reference="YY-0002")
    note = case.note("2025-09-11", "征信异议二十五日内答复。")
    case.correct(note, "法定期限是二十日。", text="征信异议二十日内答复。")
    desk.correct_client(
        who,
        "身份证号录错一位，并更换了电话。",
        id_number="99000019800101999X",
        phones=["12000009999"],
    )
    desk.correct_client(who, "客户搬家。", address="虚构省样例市例子区不存在路 999 号")


STORIES: Final = (("late-payment", late_payment), ("corrections", corrections))
