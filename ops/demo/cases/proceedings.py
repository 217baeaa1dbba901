"""One client through every office: complaints, a payment order, two suits, insolvency."""

from typing import Any, Final

from ops.demo import papers
from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import APP_LENDERS, person
from ops.demo.record import Entry


def _step(case: Dossier, route: str, on: str, grade: str = "document", **body: Any) -> Entry:
    return case.record(route, {"occurred_on": on, "grade": grade, **body})


def proceedings(desk: Desk) -> None:
    """The lender is slow, the regulator passes on, the court decides, and more debts remain."""
    case = desk.open("proceedings", person(59), "2025-03-10", "投诉、诉讼与个人破产。")
    lender = APP_LENDERS[1]
    loan = case.loan(
        "2024-02-01", lender, 18000, "consumer-finance", number="SS-0061",
        terms=case.terms(rate="2", period="month", due="2025-02-01"),
    )  # fmt: skip
    case.disbursed("2024-02-01", loan, 18000)
    case.paid("2024-06-03", loan, 2400, "lender-app")
    case.missed("2024-07-01", loan)
    _complaints(case, loan, lender)
    _credit(case, loan, lender)
    _order(case, loan)
    _suits(case, loan, lender)
    _insolvency(case)


def _complaints(case: Dossier, loan: Entry, lender: str) -> None:
    first = case.complaint(
        "2025-03-14", "lender", lender, ("harassment", "overcharge"), loans=[loan],
        statement="要求停止深夜来电并退还多收费用。",
    )  # fmt: skip
    _step(case, "complaint-receipts", "2025-03-17", complaint_id=first, reference="XN-0314")
    _step(
        case, "complaint-extensions", "2025-03-31", complaint_id=first, until="2025-04-16",
        reason="情况复杂",
    )  # fmt: skip
    _step(
        case, "complaint-answers", "2025-04-22", complaint_id=first, outcome="refused",
        summary="不认可多收。",
    )  # fmt: skip
    review = _step(case, "complaint-reviews", "2025-04-28", complaint_id=first, reason="未列明细")
    _step(
        case, "complaint-review-decisions", "2025-05-20", review_id=review, outcome="partly-upheld"
    )
    second = case.record(
        "complaints",
        {
            "occurred_on": "2025-05-26",
            "grade": "document",
            "channel": "nfra-12378",
            "respondent": lender,
            "grounds": ["harassment", "overcharge"],
            "loan_ids": [loan],
            "statement": "贷款机构答复逾期，内容不实。",
            "escalates": first,
        },
    )
    _step(case, "complaint-transfers", "2025-06-04", complaint_id=second, passed_to=lender)
    third = case.complaint(
        "2025-06-09", "local-financial-administration", lender, ("overcharge",), loans=[loan],
        statement="重复提交。",
    )  # fmt: skip
    _step(case, "complaint-mergers", "2025-06-12", complaint_id=third, into_id=second)
    fourth = case.complaint(
        "2025-06-10", "market-regulator", lender, ("undisclosed-cost",), loans=[loan],
        statement="费用未明示。",
    )  # fmt: skip
    _step(
        case, "complaint-withdrawals", "2025-06-13", "client-says", complaint_id=fourth,
        reason="已由金融监管部门处理",
    )  # fmt: skip


def _credit(case: Dossier, loan: Entry, lender: str) -> None:
    report = _step(case, "credit-reports", "2025-03-12", bureau="征信中心（演示）")
    entry = _step(
        case, "credit-entries", "2025-03-12", report_id=report, provider=lender, loan_id=loan,
        overdue=case.money(16200), overdue_since="2024-07-01",
    )  # fmt: skip
    dispute = _step(
        case, "credit-disputes", "2025-03-18", credit_entry_id=entry, grounds=["amount"],
        statement="已还 2400 元未计入。",
    )  # fmt: skip
    _step(
        case, "credit-dispute-answers", "2025-04-03", dispute_id=dispute, outcome="corrected",
        summary="已更正金额。",
    )  # fmt: skip


def _order(case: Dossier, loan: Entry) -> None:
    order = _step(
        case, "payment-orders", "2025-07-02", loan_ids=[loan], court="样例区人民法院",
        amount=case.money(21000), case_number="（2025）演示民督001号",
    )  # fmt: skip
    _step(case, "payment-order-objections", "2025-07-10", order_id=order, about="means-or-time")
    _step(case, "payment-order-objections", "2025-07-15", order_id=order, about="debt")


def _suits(case: Dossier, loan: Entry, lender: str) -> None:
    suit = case.sued("2025-08-01", [loan], "2025-08-06")
    _step(case, "claim-services", "2025-08-11", suit_id=suit)
    _step(case, "evidence-periods", "2025-08-11", suit_id=suit, until="2025-08-29")
    _step(case, "defences", "2025-08-22", suit_id=suit)
    paper = case.file(
        papers.text("exhibits.txt", "1-1 contract", "1-2 statement", "(invented)"),
        "client-papers", "2025-08-20", "证据目录",
    )  # fmt: skip
    _step(case, "evidence-submissions", "2025-08-27", suit_id=suit, evidence=[paper])
    _step(
        case, "hearing-dates", "2025-08-28", suit_id=suit, hearing_on="2025-09-16",
        place="第三法庭",
    )  # fmt: skip
    _step(case, "hearings", "2025-09-16", suit_id=suit, summary="双方到庭。")
    judgment = _step(
        case, "judgments", "2025-10-15", "court-found", suit_id=suit, outcome="partly-granted",
        served_on="2025-10-20", perform_by="2025-11-20",
        judged=[{"loan_id": loan, "money": case.money(15600), "interest": case.money(900)}],
    )  # fmt: skip
    _step(case, "appeals", "2025-10-31", judgment_id=judgment, appellant="client")
    case.decided("2025-12-19", suit)
    own = case.record(
        "suits",
        {
            "occurred_on": "2025-11-12",
            "grade": "document",
            "loan_ids": [loan],
            "claimant": "client",
            "court": "样例区人民法院",
            "seeks": ["stop-harassment", "damages"],
        },
    )
    mediation = _step(
        case, "mediations", "2025-12-05", loan_ids=[loan], mediator="金融纠纷调解中心",
        summary="对方停止联系亲友并赔礼。",
    )  # fmt: skip
    _step(case, "mediation-confirmations", "2025-12-22", mediation_id=mediation)
    case.note("2025-12-23", f"与{lender}的侵权纠纷调解结案。", own)
    enforcement = _step(case, "enforcements", "2026-02-02", about_id=judgment)
    _step(
        case, "enforcement-steps", "2026-02-20", enforcement_id=enforcement,
        measure="account-frozen", amount=case.money(3000),
    )  # fmt: skip


def _insolvency(case: Dossier) -> None:
    _step(
        case, "insolvency-facts", "2026-04-01", place="shenzhen", resident_since="2018-05-01",
        insured_since="2022-01-01", causes=["business"],
        assets=[{"kind": "deposit", "worth": case.money(1200)}],
    )  # fmt: skip
    petition = _step(
        case, "insolvency-petitions", "2026-05-11", place="shenzhen", court="深圳破产法庭（演示）",
        kind="reorganisation",
    )  # fmt: skip
    _step(
        case, "insolvency-decisions", "2026-06-18", "court-found", petition_id=petition,
        result="accepted",
    )  # fmt: skip


STORIES: Final = (("proceedings", proceedings),)
