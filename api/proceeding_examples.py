"""Examples of bodies about complaints, court, credit record and insolvency."""

from typing import Any, Final

from domain.cases.complaints import (
    ComplaintAnswered,
    ComplaintExtended,
    ComplaintMerged,
    ComplaintPassedOn,
    ComplaintReceived,
    ComplaintWithdrawn,
    ReviewAsked,
    ReviewDecided,
)
from domain.cases.court import (
    AppealFiled,
    ClaimServed,
    ConfirmationAskedFor,
    DefenceFiled,
    EnforcementApplied,
    EnforcementStepTaken,
    EvidenceHandedIn,
    EvidencePeriodSet,
    HearingHeld,
    HearingSet,
    JudgmentGiven,
    MediationAgreed,
    PaymentOrderObjected,
    PaymentOrderServed,
)
from domain.cases.credit import (
    CreditDisputeAnswered,
    CreditEntryDisputed,
    CreditEntrySeen,
    CreditReportObtained,
)
from domain.cases.insolvency import InsolvencyDecided, InsolvencyFactsNoted, InsolvencyPetitioned

PROCEEDING_BODIES: Final[dict[type, dict[str, Any]]] = {
    ComplaintReceived: {
        "occurred_on": "2026-03-16",
        "grade": "document",
        "complaint_id": "4b1d2c3e-5f60-4a7b-8c9d-0e1f2a3b4c05",
        "reference": "XN-2026-031",
    },
    ComplaintExtended: {
        "occurred_on": "2026-03-25",
        "grade": "document",
        "complaint_id": "4b1d2c3e-5f60-4a7b-8c9d-0e1f2a3b4c05",
        "until": "2026-04-14",
        "reason": "情况复杂",
    },
    ComplaintPassedOn: {
        "occurred_on": "2026-03-16",
        "grade": "document",
        "complaint_id": "4b1d2c3e-5f60-4a7b-8c9d-0e1f2a3b4c05",
        "passed_to": "样例小额贷款有限公司",
    },
    ComplaintAnswered: {
        "occurred_on": "2026-03-30",
        "grade": "document",
        "complaint_id": "4b1d2c3e-5f60-4a7b-8c9d-0e1f2a3b4c05",
        "outcome": "partly-upheld",
        "granted": {"amount": "300.00", "currency": "CNY"},
        "summary": "退还部分费用",
    },
    ReviewAsked: {
        "occurred_on": "2026-04-02",
        "grade": "document",
        "complaint_id": "4b1d2c3e-5f60-4a7b-8c9d-0e1f2a3b4c05",
        "reason": "未回应深夜来电",
    },
    ReviewDecided: {
        "occurred_on": "2026-04-28",
        "grade": "document",
        "review_id": "5c2e3d4f-6071-4b8c-9dae-000000000001",
        "outcome": "upheld",
    },
    ComplaintWithdrawn: {
        "occurred_on": "2026-04-01",
        "grade": "document",
        "complaint_id": "4b1d2c3e-5f60-4a7b-8c9d-0e1f2a3b4c05",
        "reason": "已和解",
    },
    ComplaintMerged: {
        "occurred_on": "2026-04-01",
        "grade": "document",
        "complaint_id": "4b1d2c3e-5f60-4a7b-8c9d-0e1f2a3b4c05",
        "into_id": "5c2e3d4f-6071-4b8c-9dae-000000000002",
    },
    ClaimServed: {
        "occurred_on": "2026-05-06",
        "grade": "document",
        "suit_id": "5c2e3d4f-6071-4b8c-9dae-000000000003",
    },
    DefenceFiled: {
        "occurred_on": "2026-05-18",
        "grade": "document",
        "suit_id": "5c2e3d4f-6071-4b8c-9dae-000000000003",
    },
    HearingSet: {
        "occurred_on": "2026-05-20",
        "grade": "document",
        "suit_id": "5c2e3d4f-6071-4b8c-9dae-000000000003",
        "hearing_on": "2026-06-10",
        "place": "第三法庭",
    },
    HearingHeld: {
        "occurred_on": "2026-06-10",
        "grade": "document",
        "suit_id": "5c2e3d4f-6071-4b8c-9dae-000000000003",
    },
    EvidencePeriodSet: {
        "occurred_on": "2026-05-06",
        "grade": "document",
        "suit_id": "5c2e3d4f-6071-4b8c-9dae-000000000003",
        "until": "2026-05-28",
    },
    EvidenceHandedIn: {
        "occurred_on": "2026-05-26",
        "grade": "document",
        "suit_id": "5c2e3d4f-6071-4b8c-9dae-000000000003",
    },
    MediationAgreed: {
        "occurred_on": "2026-06-15",
        "grade": "document",
        "loan_ids": ["5c2e3d4f-6071-4b8c-9dae-000000000004"],
        "mediator": "金融纠纷调解中心",
    },
    ConfirmationAskedFor: {
        "occurred_on": "2026-06-22",
        "grade": "document",
        "mediation_id": "5c2e3d4f-6071-4b8c-9dae-000000000005",
    },
    JudgmentGiven: {
        "occurred_on": "2026-07-01",
        "grade": "document",
        "suit_id": "5c2e3d4f-6071-4b8c-9dae-000000000003",
        "outcome": "partly-granted",
        "served_on": "2026-07-06",
        "perform_by": "2026-08-05",
        "judged": [
            {
                "loan_id": "5c2e3d4f-6071-4b8c-9dae-000000000004",
                "money": {"amount": "8000.00", "currency": "CNY"},
            }
        ],
    },
    AppealFiled: {
        "occurred_on": "2026-07-15",
        "grade": "document",
        "judgment_id": "5c2e3d4f-6071-4b8c-9dae-000000000006",
        "appellant": "client",
    },
    EnforcementApplied: {
        "occurred_on": "2026-09-01",
        "grade": "document",
        "about_id": "5c2e3d4f-6071-4b8c-9dae-000000000006",
    },
    EnforcementStepTaken: {
        "occurred_on": "2026-09-10",
        "grade": "document",
        "enforcement_id": "5c2e3d4f-6071-4b8c-9dae-000000000007",
        "measure": "account-frozen",
    },
    PaymentOrderServed: {
        "occurred_on": "2026-05-06",
        "grade": "document",
        "loan_ids": ["5c2e3d4f-6071-4b8c-9dae-000000000004"],
        "court": "样例区人民法院",
        "amount": {"amount": "9000.00", "currency": "CNY"},
    },
    PaymentOrderObjected: {
        "occurred_on": "2026-05-15",
        "grade": "document",
        "order_id": "5c2e3d4f-6071-4b8c-9dae-000000000008",
        "about": "debt",
    },
    CreditReportObtained: {
        "occurred_on": "2026-03-02",
        "grade": "document",
        "bureau": "中国人民银行征信中心",
    },
    CreditEntrySeen: {
        "occurred_on": "2026-03-02",
        "grade": "document",
        "report_id": "5c2e3d4f-6071-4b8c-9dae-000000000009",
        "provider": "样例消费金融有限公司",
        "overdue": {"amount": "5200.00", "currency": "CNY"},
        "overdue_since": "2025-06-20",
    },
    CreditEntryDisputed: {
        "occurred_on": "2026-03-06",
        "grade": "document",
        "credit_entry_id": "5c2e3d4f-6071-4b8c-9dae-000000000010",
        "grounds": ["amount"],
        "statement": "已还部分未计入",
    },
    CreditDisputeAnswered: {
        "occurred_on": "2026-03-24",
        "grade": "document",
        "dispute_id": "5c2e3d4f-6071-4b8c-9dae-000000000011",
        "outcome": "corrected",
    },
    InsolvencyFactsNoted: {
        "occurred_on": "2026-09-01",
        "grade": "client-says",
        "place": "shenzhen",
        "resident_since": "2019-05-01",
        "insured_since": "2021-07-01",
        "causes": ["business"],
        "assets": [],
    },
    InsolvencyPetitioned: {
        "occurred_on": "2026-09-20",
        "grade": "document",
        "place": "shenzhen",
        "court": "深圳市中级人民法院",
        "kind": "reorganisation",
    },
    InsolvencyDecided: {
        "occurred_on": "2026-10-20",
        "grade": "document",
        "petition_id": "5c2e3d4f-6071-4b8c-9dae-000000000012",
        "result": "accepted",
    },
}
"""An example for each."""
