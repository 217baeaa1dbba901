"""Examples of bodies for the documentation; tests decode every one of them."""

from typing import Any, Final

from api import examples_plans
from api.budget_nouns import BUDGET_BODIES
from api.client_nouns import CLIENT_BODIES
from api.conflict_routes import CONFLICT_BODIES
from api.forgetting import Erasure
from api.import_examples import IMPORT_BODIES
from api.intake_nouns import INTAKE_BODIES
from api.letter_examples import LETTER_BODIES
from api.proceeding_examples import PROCEEDING_BODIES
from api.work_nouns import WORK_BODIES
from api.writing import ClientCorrection, Correction, Withdrawal
from domain.cases.complaints import ComplaintFiled
from domain.cases.contacts import ContactLogged
from domain.cases.court import SuitAccepted, SuitDecided, SuitFiled
from domain.cases.evidence import EvidenceLinked, NoteAdded
from domain.cases.findings import FindingRecorded
from domain.cases.guarantees import GuaranteeGiven, GuarantorCalled
from domain.cases.intake import CaseClosed, CaseOpened, CaseReopened
from domain.cases.lending import (
    ChargeMade,
    CostTableShown,
    LenderClaimed,
    LoanCalledDue,
    LoanDisbursed,
    LoanTaken,
)
from domain.cases.payments import (
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
    PaymentMissed,
    PaymentReversed,
)
from domain.cases.plans import PlanAgreed
from domain.clients import ClientRegistered
from domain.clients.erasure import ErasureGranted, ErasureRefused, ErasureRequested
from domain.clients.holds import LegalHoldLifted, LegalHoldPlaced
from domain.exports import ExportCase
from domain.figures.stating import StateFigures
from domain.organisation import RetentionRuleSet

_LOAN: Final = "6f2f6f3e-6f0e-4b62-9a43-3a1c0a5b9b01"
_PAYMENT: Final = "9b1c8a52-51ab-4bd3-8d0b-0c1b1f6f2a02"
_ITEM: Final = "2d0f4f0a-8b1e-4c6c-9f0d-7f6b5e4d3c03"


def _cny(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


_PAID: Final = {
    "loan_id": _LOAN,
    "occurred_on": "2026-03-01",
    "grade": "bank-line",
    "amount": _cny("1234.50"),
    "channel": "bank-transfer",
    "credited_on": "2026-03-02",
}

BODIES: Final[dict[type, dict[str, Any]]] = {
    **BUDGET_BODIES,
    **CLIENT_BODIES,
    **CONFLICT_BODIES,
    **WORK_BODIES,
    **INTAKE_BODIES,
    **IMPORT_BODIES,
    **PROCEEDING_BODIES,
    ClientRegistered: {"name": "王小明", "phones": ["13800000000"]},
    ClientCorrection: {
        "replacement": {"name": "王晓明", "phones": ["13800000000"]},
        "reason": "姓名录入有误",
    },
    ErasureRequested: {
        "requested_on": "2026-03-01",
        "requested_by": "client",
        "reason": "本人来电要求删除",
    },
    ErasureGranted: {
        "decided_on": "2026-03-05",
        "ground": "consent-withdrawn",
        "legal_basis": "个人信息保护法 art. 47",
        "reason": "已撤回同意，无保存义务",
    },
    ErasureRefused: {
        "decided_on": "2026-03-05",
        "ground": "claim-pending",
        "legal_basis": "个人信息保护法 art. 47",
        "reason": "诉讼尚未终结",
    },
    Erasure: {"decision_id": "3e1f5b63-9c4d-4b8e-8a7f-8d9e0f1a2b04"},
    LegalHoldPlaced: {
        "placed_on": "2026-03-01",
        "held_for": "court",
        "review_on": "2026-09-01",
        "reason": "法院要求保存",
    },
    LegalHoldLifted: {
        "hold_id": "5a2b7c81-0d6e-4f9a-9b8c-7e6d5c4b3a05",
        "lifted_on": "2026-08-01",
        "reason": "案件已结",
    },
    RetentionRuleSet: {"years": 5, "legal_basis": "档案管理制度 第十二条"},
    CaseOpened: {
        "client_id": "4c7d1f7e-0b1a-4b0e-9f57-5d1f7c1d0a04",
        "opened_on": "2026-02-10",
        "adviser": "adviser-7",
    },
    CaseClosed: {"closed_on": "2026-09-30", "outcome": "settled", "reason": "已结清"},
    CaseReopened: {"reopened_on": "2026-10-08", "reason": "出借人再次主张"},
    LoanTaken: {
        "occurred_on": "2025-06-01",
        "grade": "document",
        "lender": "某某小额贷款有限公司",
        "lender_class": "small-loan",
        "face_amount": _cny("10000.00"),
        "terms": {"rate_pct": "1.5", "rate_period": "month"},
    },
    LoanDisbursed: {
        "loan_id": _LOAN,
        "occurred_on": "2025-06-02",
        "grade": "bank-line",
        "received": _cny("9000.00"),
        "withheld": _cny("1000.00"),
        "withheld_by": "lender",
    },
    LoanCalledDue: {
        "loan_id": _LOAN,
        "occurred_on": "2026-01-15",
        "grade": "document",
        "due_on": "2026-01-31",
    },
    CostTableShown: {
        "loan_id": _LOAN,
        "occurred_on": "2025-06-01",
        "grade": "document",
        "items": [{"kind": "interest"}, {"kind": "guarantee-fee", "payee": "某某融资担保公司"}],
        "annual_cost_pct": "23.9",
    },
    GuaranteeGiven: {
        "loan_id": _LOAN,
        "occurred_on": "2025-06-01",
        "grade": "document",
        "form": "general",
        "guarantor": "李某",
    },
    GuarantorCalled: {
        "guarantee_id": _PAYMENT,
        "occurred_on": "2026-02-20",
        "grade": "document",
    },
    ChargeMade: {
        "loan_id": _LOAN,
        "occurred_on": "2025-07-01",
        "grade": "document",
        "kind": "interest",
        "amount": _cny("150.00"),
    },
    LenderClaimed: {
        "loan_id": _LOAN,
        "occurred_on": "2026-02-01",
        "grade": "lender-says",
        "claimed_as_of": "2026-01-31",
        "items": [{"kind": "principal", "amount": _cny("10000.00")}],
        "stated_total": _cny("10000.00"),
    },
    PaymentMade: _PAID,
    PaymentCredited: {"payment_id": _PAYMENT, "occurred_on": "2026-03-02", "grade": "bank-line"},
    PaymentExpired: {"payment_id": _PAYMENT, "occurred_on": "2026-03-02", "grade": "bank-line"},
    PaymentReversed: {
        "payment_id": _PAYMENT,
        "occurred_on": "2026-03-05",
        "grade": "bank-line",
        "reversed_by": "bank",
    },
    PaymentMissed: {"loan_id": _LOAN, "occurred_on": "2026-04-01", "grade": "client-says"},
    ContactLogged: {
        "occurred_at": "2026-03-01T21:59:00+08:00",
        "grade": "client-says",
        "channel": "call",
        "initiated_by": "collector",
        "reached": "family",
        "outcome": "threat",
    },
    PlanAgreed: {
        "loan_ids": [_LOAN],
        "occurred_on": "2026-03-10",
        "grade": "document",
        "instalments": [{"due_on": "2026-04-10", "amount": _cny("500.00")}],
    },
    ComplaintFiled: {
        "occurred_on": "2026-03-15",
        "grade": "document",
        "channel": "nfra-12378",
        "respondent": "某某小额贷款有限公司",
        "grounds": ["harassment", "overcharge"],
    },
    SuitFiled: {
        "loan_ids": [_LOAN],
        "occurred_on": "2026-03-20",
        "grade": "document",
        "claimant": "lender",
        "accepted_on": "2026-03-25",
    },
    SuitAccepted: {"suit_id": _PAYMENT, "occurred_on": "2026-03-25", "grade": "document"},
    SuitDecided: {"suit_id": _PAYMENT, "occurred_on": "2026-06-30", "grade": "court-found"},
    FindingRecorded: {
        "loan_id": _LOAN,
        "occurred_on": "2026-04-20",
        "grade": "court-found",
        "finding": "loan-void",
        "found_by": "court",
    },
    ExportCase: {
        "exported_to": "regulator",
        "purpose": "投诉材料",
        "opens": ["names", "numbers", "files"],
        "evidence_items": [_ITEM],
    },
    StateFigures: {"stated_to": "regulator", "as_of": "2026-03-15", "purpose": "投诉材料"},
    NoteAdded: {"noted_on": "2026-03-15", "text": "材料已齐"},
    EvidenceLinked: {"item_id": _ITEM, "entry_id": _PAYMENT, "shows": "转账凭证"},
    Correction: {
        "entry_id": _PAYMENT,
        "replacement": {"topic": "payment-made", **_PAID, "amount": _cny("1243.50")},
        "reason": "金额录入有误",
    },
    Withdrawal: {"entry_id": _PAYMENT, "reason": "重复录入"},
    **examples_plans.BODIES,
    **LETTER_BODIES,
}
"""By the type of the body."""
