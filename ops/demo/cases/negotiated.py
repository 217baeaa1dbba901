"""Two lenders, one plan: papers, a proposal shared to the cent, and every payment looked at first.

From the first request for papers to a plan that is kept, one that was ended, and what a bank sent
back in between.
"""

from typing import Final

from ops.demo import papers
from ops.demo.desk import Desk
from ops.demo.dossier import PROMISED, Dossier
from ops.demo.people import APP_LENDERS, GUARANTOR_COMPANY, person
from ops.demo.record import Entry
from ops.demo.sender import Body
from ops.demo.sums import monthly

_CLOUD, _AUTUMN = APP_LENDERS[2], APP_LENDERS[4]
_WHO: Final = 57
_PER_MONTH: Final = ("396.04", "203.96")
"""600.00 over 9,710.00 and 5,000.70 owed, by largest remainders."""


def negotiated(desk: Desk) -> None:
    """The whole way of one case through negotiating and paying directly."""
    case = desk.open("negotiated", person(_WHO), "2025-03-03", "两家平台逾期，要求一并协商分期。")
    cloud, autumn = _lent(case)
    _asked_for_papers(case, cloud)
    proposal = _proposed(case, cloud, autumn)
    plan = _agreed(case, proposal, cloud, autumn)
    _paid(case, plan, cloud, autumn)
    _ended(case, plan, cloud, autumn)


def _dated(on: str, grade: str = "document") -> Body:
    return {"occurred_on": on, "grade": grade}


def _lent(case: Dossier) -> tuple[Entry, Entry]:
    found = []
    for lender, face, number in (
        (_CLOUD, "9710.00", "XS-0057-A"),
        (_AUTUMN, "5000.70", "XS-0057-B"),
    ):
        loan = case.loan(
            "2024-06-12",
            lender,
            face,
            "consumer-finance" if lender == _CLOUD else "small-loan",
            number=number,
            terms=case.terms(rate="18", period="year", due="2025-01-12"),
        )
        case.disbursed("2024-06-12", loan, face)
        found.append(loan)
    return found[0], found[1]


def _asked_for_papers(case: Dossier, cloud: Entry) -> None:
    asked = case.record(
        "paper-requests",
        {
            **_dated("2025-03-05"),
            "lender": _CLOUD,
            "loan_ids": [cloud],
            "papers": ["income", "income-and-expenditure", "bank-statement"],
            "channel": "app-message",
            "due_on": "2025-03-14",
        },
    )
    statement = case.file(
        papers.text("bank-statement-57.txt", "balance 1,204.11", "(invented)"),
        "bank",
        "2025-03-07",
        "近三个月银行流水",
    )
    for on, kinds in (
        ("2025-03-07", ("income", "bank-statement")),
        ("2025-03-12", ("income-and-expenditure",)),
    ):
        case.record(
            "paper-hand-ins",
            {
                **_dated(on),
                "lender": _CLOUD,
                "loan_ids": [cloud],
                "papers": [
                    {"kind": kind, "item_id": statement}
                    if kind == "bank-statement"
                    else {"kind": kind}
                    for kind in kinds
                ],
                "channel": "app-message",
                "asked_id": asked,
            },
        )


def _proposed(case: Dossier, cloud: Entry, autumn: Entry) -> Entry:
    common: Body = {
        "loan_ids": [cloud, autumn],
        "channel": "email",
        "answered": case.answers(PROMISED),
    }
    first = case.record(
        "proposals",
        {
            **_dated("2025-03-13"),
            **common,
            "kind": "lump-sum",
            "offers": [{"loan_id": cloud, "amount": case.money("3000.00"), "due_on": "2025-04-30"}],
            "text": "亲属原拟资助一次性还款。",
        },
    )
    case.record(
        "proposal-withdrawals",
        {**_dated("2025-03-14"), "proposal_id": first, "reason": "亲属收入有变，无法一次付清。"},
    )
    proposal = case.record(
        "proposals",
        {
            **_dated("2025-03-17"),
            **common,
            "kind": "instalments",
            "offers": [
                {"loan_id": cloud, "amount": case.money(_PER_MONTH[0])},
                {"loan_id": autumn, "amount": case.money(_PER_MONTH[1])},
            ],
            "available": case.money("600.00"),
            "answer_working_days": 7,
            "text": "每月结余六百元，按欠款比例分配给两家。",
        },
    )
    _answers(case, proposal, cloud, autumn)
    return proposal


def _answers(case: Dossier, proposal: Entry, cloud: Entry, autumn: Entry) -> None:
    of_proposal: Body = {"proposal_id": proposal, "channel": "call"}
    said = (
        ("2025-03-21", cloud, {"answer": "holding", "due_on": "2025-04-02"}),
        ("2025-03-25", autumn, {"answer": "accepted", "conditions": "首期须按时支付。"}),
        ("2025-03-31", cloud, {"answer": "counter", "counter": [
            {"loan_id": cloud, "amount": case.money("420.00")}]}),
        ("2025-04-03", cloud, {"answer": "accepted"}),
    )  # fmt: skip
    for on, loan, answer in said:
        case.record(
            "proposal-answers",
            {**_dated(on, "lender-says"), **of_proposal, "loan_ids": [loan], **answer},
        )


def _agreed(case: Dossier, proposal: Entry, cloud: Entry, autumn: Entry) -> Entry:
    case.record(
        "channel-days",
        {
            **_dated("2025-04-03"),
            "channel": "bank-transfer",
            "working_days": 2,
            "source": "bank",
        },
    )
    shares = [
        {"loan_id": loan, "instalments": case.dues(monthly("2025-05-06", [amount] * 6))}
        for loan, amount in zip((cloud, autumn), _PER_MONTH, strict=True)
    ]
    return case.record(
        "plans",
        {
            **_dated("2025-04-07"),
            "loan_ids": [cloud, autumn],
            "instalments": case.dues(monthly("2025-05-06", ["600.00"] * 6)),
            "shares": shares,
            "channel": "bank-transfer",
            "balance_check_days": 5,
            "review_on": "2025-07-15",
            "proposal_id": proposal,
            "answered": case.answers(PROMISED),
        },
    )


def _paid(case: Dossier, plan: Entry, cloud: Entry, autumn: Entry) -> None:
    case.record(
        "known-payees",
        {
            **_dated("2025-04-25"),
            "company": GUARANTOR_COMPANY,
            "loan_ids": [autumn],
            "source": "lender-notice",
        },
    )
    for month, sent in (("05", "2025-04-29"), ("06", "2025-06-03"), ("07", "2025-07-02")):
        due = f"2025-{month}-06"
        case.record(
            "balance-checks",
            {
                **_dated(sent, "bank-line"),
                "plan_id": plan,
                "due_on": due,
                "available": case.money("1183.40"),
                "account": "工资卡（虚构）",
            },
        )
        check = _checked(case, cloud, sent)
        _sent(case, cloud, _PER_MONTH[0], sent, due, check_id=check)
        if month != "07":
            _sent(case, autumn, _PER_MONTH[1], sent, due, payee=GUARANTOR_COMPANY)
    lost = _sent(case, autumn, _PER_MONTH[1], "2025-07-02", None)
    case.record(
        "payment-bounces",
        {**_dated("2025-07-04", "bank-line"), "payment_id": lost, "reason": "收款账户已变更。"},
    )


def _checked(case: Dossier, loan: Entry, on: str) -> Entry:
    """Everything fits but the number, of which the lender's page shows too little."""
    who = person(_WHO)
    return case.record(
        "payment-checks",
        {
            **_dated(on),
            "loan_id": loan,
            "amount": case.money(_PER_MONTH[0]),
            "channel": "bank-transfer",
            "payee": _CLOUD,
            "borrower_name": f"{who.name[0]}*{who.name[-1]}",
            "borrower_id_number": "******",
            "contract_number": "XS-0057-A",
            "answered": case.answers(
                "borrower-number-not-shown", reason="页面只显示星号，已与合同核对。"
            ),
        },
    )


def _sent(
    case: Dossier, loan: Entry, amount: str, on: str, credited: str | None, **more: str
) -> Entry:
    body: Body = {
        **_dated(on, "bank-line"),
        "loan_id": loan,
        "amount": case.money(amount),
        "channel": "bank-transfer",
        **more,
    }
    return case.record("payments", body if credited is None else {**body, "credited_on": credited})


def _ended(case: Dossier, plan: Entry, cloud: Entry, autumn: Entry) -> None:
    of_plan: Body = {"plan_id": plan}
    case.record(
        "plan-breaches",
        {
            **_dated("2025-07-10", "lender-says"),
            **of_plan,
            "declared_by": "lender",
            "consequence": "time-to-mend",
            "reason": "第二家称七月款项未到账。",
        },
    )
    case.record("plan-reviews", {**_dated("2025-07-16"), **of_plan, "outcome": "renegotiate"})
    case.record(
        "plan-endings",
        {**_dated("2025-07-21"), **of_plan, "ended_by": "client", "reason": "另订简短计划。"},
    )
    last = case.plan("2025-07-21", [autumn], [("2025-08-20", "500.00")], waived="3900.00")
    _sent(case, autumn, "500.00", "2025-08-18", "2025-08-20")
    case.record(
        "plan-completions",
        {**_dated("2025-08-22"), "plan_id": last, "confirmed_by": "lender"},
    )
    case.note("2025-08-25", "第一家继续按月付款，另行协商。", about=cloud)


STORIES: Final = (("negotiated", negotiated),)
