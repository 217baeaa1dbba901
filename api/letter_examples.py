"""Examples of bodies about letters; tests decode every one of them."""

from typing import Any, Final

from domain.cases.letters import (
    LetterAnswered,
    LetterApproved,
    LetterDelivered,
    LetterDropped,
    LetterReturned,
    LetterSent,
)
from domain.letters.drafting import DraftLetter

_LOAN: Final = "6f2f6f3e-6f0e-4b62-9a43-3a1c0a5b9b01"
_LETTER: Final = "5c7d1e2f-3a4b-4c5d-8e6f-7a8b9c0d1e05"

LETTER_BODIES: Final[dict[type, dict[str, Any]]] = {
    DraftLetter: {
        "template": "hardship-request",
        "language": "zh",
        "addressee_kind": "lender",
        "addressee": "某某小贷",
        "loan_ids": [_LOAN],
        "texts": {"circumstances": "上月失业，现打零工。", "proposal": "分十二期，每月十日付。"},
        "amounts": {"monthly": {"amount": "800.00", "currency": "CNY"}},
        "as_of": "2026-03-01",
        "answer_wanted_on": "2026-12-15",
    },
    LetterApproved: {
        "letter_id": _LETTER,
        "approved_on": "2026-03-02",
        "answered": [{"code": "limitation-promise", "reason": "已向当事人说明时效重新起算"}],
    },
    LetterSent: {
        "letter_id": _LETTER,
        "channel": "registered-mail",
        "sent_on": "2026-03-03",
        "grade": "document",
        "reference": "XA12345678901",
        "answered": [{"code": "limitation-promise", "reason": "当事人已知悉"}],
    },
    LetterDelivered: {
        "letter_id": _LETTER,
        "occurred_on": "2026-03-05",
        "grade": "document",
        "shown_by": "tracking",
    },
    LetterReturned: {
        "letter_id": _LETTER,
        "occurred_on": "2026-03-09",
        "grade": "document",
        "why": "address-unknown",
    },
    LetterAnswered: {
        "letter_id": _LETTER,
        "occurred_on": "2026-03-12",
        "grade": "document",
        "answer": "counter",
        "summary": "同意分六期，不减免罚息。",
    },
    LetterDropped: {
        "letter_id": _LETTER,
        "dropped_on": "2026-03-04",
        "reason": "对方已来电同意。",
    },
}
