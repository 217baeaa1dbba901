"""A case from the referral on: what presses first, phase by phase."""

from typing import Final

from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import AGENCIES, APP_LENDERS, person
from ops.demo.record import Entry


def referred(desk: Desk) -> None:
    """Sent by another body, urgent for a week, and back to exploring once a debt turned up."""
    case = desk.open("referred", person(55), "2026-03-02", "法律援助中心转来，催收频繁。")
    case.record(
        "referrals",
        {
            "received_on": "2026-03-02",
            "source": "legal-aid",
            "referrer": "样例区法律援助中心（虚构）",
            "reference": "转介二〇二六第十七号",
            "reason": "网贷逾期，每天接到十几个催收电话，担心单位知道。",
        },
    )
    case.record("phases", {"phase": "explore", "begun_on": "2026-03-02"})
    case.record(
        "urgencies",
        {
            "level": "urgent",
            "set_on": "2026-03-02",
            "review_on": "2026-03-09",
            "reason": "催收人扬言到单位去。",
        },
    )
    case.record("phases", {"phase": "urgent", "begun_on": "2026-03-02", "note": "先固定通话证据。"})
    loan = case.loan(
        "2025-06-05", APP_LENDERS[1], 8000, "small-loan", number="QH-0055",
        terms=case.terms(rate="1.8", period="month", due="2026-06-05"),
    )  # fmt: skip
    case.disbursed("2025-06-05", loan, 8000)
    case.missed("2026-02-05", loan)
    case.record("urgencies", {"level": "ordinary", "set_on": "2026-03-09"})
    for phase, on in (("creditors", "2026-03-09"), ("income", "2026-03-16")):
        case.record("phases", {"phase": phase, "begun_on": on})
    case.record(
        "phases",
        {"phase": "creditors", "begun_on": "2026-03-20", "note": "客户又想起一笔借款，回头补查。"},
    )
    _went_over(case, loan)


def _went_over(case: Dossier, loan: Entry) -> None:
    """A brother is in it, a collector rings, and the claim goes over: the notice comes later."""
    brother = case.record(
        "parties",
        {
            "loan_ids": [loan],
            "role": "co-debtor",
            "person": person(56).name,
            "phones": list(person(56).phones),
            "occurred_on": "2025-06-05",
            "grade": "document",
        },
    )
    collector = _party(case, loan, "collector", AGENCIES[1], "2026-02-10")
    _notice(case, loan, "collector-appointed", collector, "2026-02-12", "sms")
    buyer = _party(case, loan, "assignee", "样例远山资产管理公司（虚构）", "2026-04-01")
    _notice(case, loan, "assignment", buyer, "2026-04-09", "letter", brother)
    _notice(case, loan, "assignment", buyer, "2026-04-14", "letter")
    case.record(
        "party-departures",
        {
            "party_id": collector,
            "occurred_on": "2026-04-14",
            "grade": "document",
            "reason": "债权转让后不再受委托。",
        },
    )


def _party(case: Dossier, loan: Entry, role: str, company: str, on: str) -> Entry:
    body = {"loan_ids": [loan], "role": role, "company": company}
    return case.record("parties", {**body, "occurred_on": on, "grade": "document"})


def _notice(
    case: Dossier, loan: Entry, kind: str, party: Entry, on: str, way: str, to: Entry | None = None
) -> None:
    body = {"kind": kind, "loan_ids": [loan], "party_id": party, "way": way}
    whom = {} if to is None else {"recipient_id": to}
    case.record("notices", {**body, **whom, "occurred_on": on, "grade": "document"})


STORIES: Final = (("referred", referred),)
