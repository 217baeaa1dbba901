"""Nouns below a case for intake: how it came in, its phases, its urgency; what each records."""

from typing import Any, Final

from domain.cases.phases import PhaseBegun, ReferralReceived, UrgencySet
from domain.facts import Fact

INTAKE_RECORDED: Final[dict[str, tuple[type[Fact], str]]] = {
    "referrals": (ReferralReceived, "Record who sent the client, and for what."),
    "phases": (PhaseBegun, "Begin a phase of work; the one before it ends."),
    "urgencies": (UrgencySet, "Say how pressing the case is, and when it is looked at again."),
}
"""Last part of the path, and what is recorded by it."""

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
}
"""A body for each, for the documents and the tests."""
