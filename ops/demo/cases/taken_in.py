"""A first talk as it should be: consent, authority, how to call, who lives there, what changed."""

from typing import Final

from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import APP_LENDERS, person

LENDER: Final = APP_LENDERS[1]


def taken_in(desk: Desk) -> None:
    """Consents for each purpose, one taken back and given anew, wishes put right."""
    who = person(49)
    case = desk.open("taken-in", who, "2026-04-08", "家人不知情，先约定安全的联系方式。")
    loan = case.loan(
        "2025-10-10", LENDER, 5000, "small-loan", number="QH-0049",
        terms=case.terms(rate="1.2", period="month", due="2026-10-10"),
    )  # fmt: skip
    case.disbursed("2025-10-10", loan, 5000)
    case.missed("2026-03-10", loan)
    _looked_for_conflicts(desk, case)
    on = {"given_on": "2026-04-08", "way": "paper"}
    desk.step(who, "consents", purpose="casework", note="纸质同意书已签字。", **on)
    desk.step(who, "consents", purpose="sensitive-data", ends_on="2027-04-07", **on)
    shared = desk.step(who, "consents", purpose="sharing-with-lender", to_whom=LENDER, **on)
    desk.step(
        who, "authorities", scopes=["negotiate", "collect-papers"], towards=LENDER,
        given_on="2026-04-08", ends_on="2026-12-31", form="letter", holder="member-01",
    )  # fmt: skip
    court = desk.step(
        who, "authorities", scopes=["court"], given_on="2026-04-08",
        form="court-power-of-attorney", holder="member-02",
    )  # fmt: skip
    mistaken = desk.step(
        who, "contact-wishes", set_on="2026-04-08", channels=["call"],
        not_to_say="按另一位客户的意愿误填。",
    )  # fmt: skip
    desk.step(who, "entry-withdrawals", entry_id=mistaken, reason="填到了这位客户名下。")
    desk.step(
        who, "contact-wishes", set_on="2026-04-08", channels=["wechat"],
        hours=[{"days": ["tuesday", "thursday"], "begins": "12:00:00", "ends": "13:30:00"}],
        not_to_say="不得提及欠款；若他人接听，只说是社区回访。",
        unsafe_numbers=["12000009149"], safe_person="例姐（虚构）",
        safe_person_phone="12000009249", adjustments=["reading-help", "same-member"],
        adjustment_note="书面材料请逐条念给她听。", review_on="2026-10-08",
    )  # fmt: skip
    desk.step(
        who, "households", set_on="2026-04-08",
        members=[
            {"relation": "spouse", "name": "例伴甲（虚构）", "has_income": True},
            {"relation": "child", "name": "例童甲（虚构）", "is_dependant": True},
        ],
    )  # fmt: skip
    desk.step(
        who, "consent-withdrawals", consent_id=shared, withdrawn_on="2026-05-06",
        reason="平台收到收入证明后仍致电单位。",
    )  # fmt: skip
    case.record(
        "paper-hand-ins",
        {
            "lender": LENDER, "loan_ids": [loan], "papers": [{"kind": "income"}],
            "channel": "app-message", "occurred_on": "2026-05-12", "grade": "document",
            "answered": [{"code": "consent-over", "reason": "本人在场，逐份确认后自行上传。"}],
        },
    )  # fmt: skip
    desk.step(
        who, "authority-endings", authority_id=court, ended_on="2026-05-20",
        cause="matter-over", reason="双方未起诉，不再需要。",
    )  # fmt: skip
    desk.step(
        who, "consents", purpose="sharing-with-lender", to_whom=LENDER,
        given_on="2026-06-01", ends_on="2026-08-31", way="voice", note="电话录音，当日同意。",
    )  # fmt: skip


def _looked_for_conflicts(desk: Desk, case: Dossier) -> None:
    """Ties of members to lenders, one mistaken and one over; then everybody is looked through."""
    kin = {"kind": "kin", "declared_on": "2026-01-12"}
    desk.member("interests", member="member-02", company=LENDER, person="例弟乙（虚构）", **kin)
    over = desk.member(
        "interests", member="member-03", company=APP_LENDERS[0], kind="staff",
        declared_on="2026-01-12", note="入职前曾在该公司任职。",
    )  # fmt: skip
    desk.member(
        "interest-endings", member="member-03", interest_id=over, ended_on="2026-02-28",
        reason="竞业期满，已无往来。",
    )  # fmt: skip
    wrong = desk.member("interests", member="member-03", company=APP_LENDERS[4], **kin)
    desk.member(
        "interest-withdrawals", member="member-03", interest_id=wrong, reason="公司名称选错。"
    )
    case.record(
        "conflict-checks",
        {
            "persons": [{"role": "household", "name": "例伴甲（虚构）"}],
            "lenders": ["样例青禾"],
            "answer": "managed",
            "reason": "member-02 有亲属在该公司，由 member-01 办理。",
        },
    )


STORIES: Final = (("taken-in", taken_in),)
