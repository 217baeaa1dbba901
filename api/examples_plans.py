"""Examples of bodies: paying directly, negotiating, plans."""

from typing import Any, Final

from api.offer_calculations import OfferQuestion
from domain.cases.negotiating import (
    PapersAsked,
    PapersHandedIn,
    ProposalAnswered,
    ProposalMade,
    ProposalWithdrawn,
)
from domain.cases.paying import (
    BalanceChecked,
    ChannelDaysNoted,
    KnownPayeeNoted,
    PaymentChecked,
)
from domain.cases.payments import PaymentBounced
from domain.cases.plans import PlanBroken, PlanCompleted, PlanEnded, PlanReviewed

_LOAN: Final = "6f2f6f3e-6f0e-4b62-9a43-3a1c0a5b9b01"
_ENTRY: Final = "9b1c8a52-51ab-4bd3-8d0b-0c1b1f6f2a02"


def _cny(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


_DATED: Final = {"occurred_on": "2026-03-02", "grade": "document"}
_OF_PLAN: Final = {**_DATED, "plan_id": _ENTRY}
_OF_LENDER: Final = {
    **_DATED,
    "lender": "某某小贷",
    "loan_ids": [_LOAN],
    "channel": "app-message",
}

BODIES: Final[dict[type, dict[str, Any]]] = {
    PaymentChecked: {
        **_DATED,
        "loan_id": _LOAN,
        "amount": _cny("600.00"),
        "channel": "lender-app",
        "payee": "某某小贷",
        "borrower_name": "王*明",
        "borrower_id_number": "4****1234",
        "contract_number": "HT-2025-001",
        "answered": [{"code": "contract-number-not-held", "reason": "已与纸质合同核对"}],
    },
    KnownPayeeNoted: {
        **_DATED,
        "company": "某某融资担保公司",
        "loan_ids": [_LOAN],
        "source": "contract",
        "account": "6222000000001234",
    },
    ChannelDaysNoted: {
        **_DATED,
        "channel": "bank-transfer",
        "working_days": 2,
        "source": "bank",
    },
    BalanceChecked: {
        **_OF_PLAN,
        "due_on": "2026-03-05",
        "available": _cny("812.00"),
        "account": "工资卡",
    },
    PaymentBounced: {
        "payment_id": _ENTRY,
        "occurred_on": "2026-03-04",
        "grade": "bank-line",
        "reason": "户名不符",
    },
    PapersAsked: {**_OF_LENDER, "papers": ["income", "bank-statement"], "due_on": "2026-03-12"},
    PapersHandedIn: {**_OF_LENDER, "papers": [{"kind": "income"}], "asked_id": _ENTRY},
    ProposalMade: {
        **_DATED,
        "kind": "instalments",
        "loan_ids": [_LOAN],
        "offers": [{"loan_id": _LOAN, "amount": _cny("300.00"), "waived": _cny("450.00")}],
        "available": _cny("300.00"),
        "channel": "email",
        "answer_working_days": 7,
        "text": "按收支表，每月可还三百元。",
        "answered": [{"code": "limitation-promise", "reason": "已向客户说明时效后果"}],
    },
    ProposalAnswered: {
        **_DATED,
        "proposal_id": _ENTRY,
        "loan_ids": [_LOAN],
        "answer": "counter",
        "counter": [{"loan_id": _LOAN, "amount": _cny("450.00")}],
        "channel": "call",
        "conditions": "须先付首期",
    },
    ProposalWithdrawn: {**_DATED, "proposal_id": _ENTRY, "reason": "客户收入有变"},
    PlanBroken: {**_OF_PLAN, "declared_by": "lender", "consequence": "time-to-mend"},
    PlanReviewed: {**_OF_PLAN, "outcome": "keep", "review_on": "2026-06-02"},
    PlanCompleted: {**_OF_PLAN, "confirmed_by": "lender"},
    PlanEnded: {**_OF_PLAN, "ended_by": "client", "reason": "另订新计划"},
    OfferQuestion: {
        "available": _cny("100.00"),
        "minimum": _cny("20.00"),
        "weights": [{"loan_id": _LOAN, "amount": _cny("5000.00")}],
    },
}
"""By the type of the body."""
