"""Nouns below a case for intake: referral, phases, urgency, parties; what each records."""

from typing import Any, Final

from domain.cases.parties import NoticeReached, PartyLeft, PartyNamed
from domain.cases.phases import PhaseBegun, ReferralReceived, UrgencySet
from domain.facts import Fact

INTAKE_RECORDED: Final[dict[str, tuple[type[Fact], str]]] = {
    "referrals": (ReferralReceived, "Record who sent the client, and for what."),
    "phases": (PhaseBegun, "Begin a phase of work; the one before it ends."),
    "urgencies": (UrgencySet, "Say how pressing the case is, and when it is looked at again."),
    "parties": (PartyNamed, "Name a party to debts; its entry id is the party's id."),
    "party-departures": (PartyLeft, "Record that a party is one no more."),
    "notices": (NoticeReached, "Record that a notice reached the borrower or a party."),
}
"""Last part of the path, and what is recorded by it."""

_LOAN: Final = "5c2e3d4f-6071-4b8c-9dae-000000000001"
_PARTY: Final = "5c2e3d4f-6071-4b8c-9dae-000000000050"

INTAKE_BODIES: Final[dict[type, dict[str, Any]]] = {
    ReferralReceived: {
        "received_on": "2026-03-01",
        "source": "legal-aid",
        "referrer": "区法律援助中心",
        "reference": "转介2026-0301",
        "reason": "三笔网贷逾期，每天接到十几个催收电话。",
    },
    PhaseBegun: {"phase": "creditors", "begun_on": "2026-03-04"},
    UrgencySet: {
        "level": "urgent",
        "set_on": "2026-03-02",
        "review_on": "2026-03-09",
        "reason": "催收人扬言上门。",
    },
    PartyNamed: {
        "loan_ids": [_LOAN],
        "role": "assignee",
        "company": "某某资产管理有限公司",
        "occurred_on": "2026-03-01",
        "grade": "document",
    },
    PartyLeft: {"party_id": _PARTY, "occurred_on": "2026-06-01", "grade": "document"},
    NoticeReached: {
        "kind": "assignment",
        "loan_ids": [_LOAN],
        "party_id": _PARTY,
        "sent_on": "2026-03-02",
        "occurred_on": "2026-03-05",
        "way": "letter",
        "grade": "document",
    },
}
"""A body for each, for the documents and the tests."""
