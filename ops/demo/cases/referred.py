"""A case from the referral on: what presses first, phase by phase."""

from typing import Final

from ops.demo.desk import Desk
from ops.demo.people import APP_LENDERS, person


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


STORIES: Final = (("referred", referred),)
