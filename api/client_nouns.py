"""Nouns below a client for what they agreed to, how to reach them and with whom they live."""

from typing import Any, Final

from domain.clients.authority import AuthorityEnded, AuthorityGiven
from domain.clients.consent import ConsentGiven, ConsentWithdrawn
from domain.clients.entries import ClientEntryWithdrawn
from domain.clients.household import HouseholdSet
from domain.clients.wishes import ContactWishesSet
from domain.facts import Fact

CLIENT_RECORDED: Final[dict[str, tuple[type[Fact], str]]] = {
    "consents": (ConsentGiven, "Record what a client agreed to; its entry id is its id."),
    "consent-withdrawals": (ConsentWithdrawn, "Record that a consent was taken back."),
    "authorities": (AuthorityGiven, "Record an authority to act; its entry id is its id."),
    "authority-endings": (AuthorityEnded, "Record that an authority to act is over."),
    "contact-wishes": (ContactWishesSet, "Record how a client can be reached without harm."),
    "households": (HouseholdSet, "Record with whom a client lives, and who depends on them."),
}
"""Last part of the path, and what is recorded by it."""

ENTRY_WITHDRAWALS: Final = "entry-withdrawals"
"""The noun that takes one of them back: `ClientEntryWithdrawn`."""

_ENTRY: Final = "7d3e4f50-6172-4c8d-9eaf-000000000050"
CLIENT_BODIES: Final[dict[type, dict[str, Any]]] = {
    ConsentGiven: {
        "purpose": "sharing-with-lender",
        "given_on": "2026-03-02",
        "ends_on": "2027-03-01",
        "way": "paper",
        "to_whom": "某某小额贷款有限公司",
        "note": "签字同意书，扫描件已入档",
    },
    ConsentWithdrawn: {
        "consent_id": _ENTRY,
        "withdrawn_on": "2026-04-01",
        "reason": "不愿再向平台提供收入材料",
    },
    AuthorityGiven: {
        "scopes": ["negotiate", "complain"],
        "given_on": "2026-03-02",
        "ends_on": "2026-12-31",
        "form": "letter",
        "holder": "adviser-7",
    },
    AuthorityEnded: {
        "authority_id": _ENTRY,
        "ended_on": "2026-04-01",
        "cause": "client-revoked",
        "reason": "改由家人自行协商",
    },
    ContactWishesSet: {
        "set_on": "2026-03-02",
        "channels": ["wechat", "call"],
        "hours": [
            {"days": ["monday", "wednesday"], "begins": "19:00:00", "ends": "21:00:00"},
        ],
        "not_to_say": "家人不知情；不得提及欠款，不得留言",
        "unsafe_numbers": ["13800000009"],
        "safe_person": "表姐",
        "safe_person_phone": "13800000008",
        "adjustments": ["large-print"],
        "review_on": "2026-09-01",
    },
    HouseholdSet: {
        "set_on": "2026-03-02",
        "members": [
            {"relation": "spouse", "name": "李某", "has_income": True},
            {"relation": "child", "born_year": "2019", "is_dependant": True},
        ],
    },
    ClientEntryWithdrawn: {"entry_id": _ENTRY, "reason": "录入到了另一位客户名下"},
}
"""A body for each, for the documents and the tests."""
