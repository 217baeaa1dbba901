"""Letters: a statement asked for twice, a hardship request whose figures moved, one given up."""

from typing import Any, Final

from ops.demo import papers
from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import APP_LENDERS, mobile, person
from ops.demo.record import Entry

_LENDER: Final = APP_LENDERS[2]
_ALONE: Final = {"code": "approver-is-drafter", "reason": "当日只有一名同事值班，已逐字复核。"}
_PROMISE: Final = {
    "code": "limitation-promise",
    "reason": "已向当事人说明：提出方案后时效重新计算。",
}
_MOVED: Final = {"code": "figures-moved", "reason": "更正只涉及一笔到账金额，随函附说明。"}


def letters(desk: Desk) -> None:
    """From the first request for a statement to a counter-offer, each letter with its course."""
    who = person(53)
    case = desk.open("letters", who, "2026-04-02", "平台不给明细，需要书面往来。")
    loan = case.loan(
        "2025-05-06",
        _LENDER,
        12000,
        "consumer-finance",
        number="XF-2025-0053",
        terms=case.terms(rate="18", period="year", due="2026-05-06"),
    )
    case.disbursed("2025-05-06", loan, 12000)
    case.charge("2025-11-06", loan, "interest", 1080)
    paid = case.paid("2025-11-08", loan, 2500, "lender-app")
    case.missed("2026-02-06", loan)
    _statement(case, loan)
    _hardship(case, loan, paid)
    _helper(case)


def _draft(case: Dossier, template: str, on: str, **more: Any) -> Entry:
    body = {"template": template, "drafted_on": on, "language": "zh"}
    to_lender = {"addressee_kind": "lender", "addressee": _LENDER}
    return case.record("letter-drafts", {**body, **to_lender, **more})


def _approve(case: Dossier, letter: Entry, on: str, *answered: dict[str, str]) -> None:
    body = {"letter_id": letter, "approved_on": on, "answered": [_ALONE, *answered]}
    case.decide("letter-approvals", body)


def _send(case: Dossier, letter: Entry, on: str, channel: str, **more: Any) -> Entry:
    body = {"letter_id": letter, "sent_on": on, "channel": channel, "grade": "document"}
    return case.record("letter-dispatches", {**body, **more})


def _statement(case: Dossier, loan: Entry) -> None:
    """Returned at the first address; answered after a holding letter."""
    first = _draft(case, "statement-request", "2026-04-03", loan_ids=[loan])
    letter = _draft(
        case,
        "statement-request",
        "2026-04-07",
        loan_ids=[loan],
        replaces_id=first,
        answer_wanted_on="2026-04-24",
        texts={"also": "会员费的收取依据和收款方名称。"},
    )
    _approve(case, letter, "2026-04-07")
    sent = _send(case, letter, "2026-04-08", "registered-mail", reference="XX00530001")
    slip = case.file(
        papers.text("mail-slip.txt", "registered 2026-04-08", "(invented)"),
        "client-papers",
        "2026-04-08",
        "挂号信存根",
    )
    case.link(slip, sent, "四月八日交寄")
    said = {"letter_id": letter, "grade": "document"}
    case.record(
        "letter-returns", {**said, "occurred_on": "2026-04-14", "why": "address-unknown"}
    )  # fmt: skip
    _send(case, letter, "2026-04-15", "email", note="改寄至官网公布的客服邮箱。")
    arrived = {"occurred_on": "2026-04-15", "shown_by": "acknowledged"}
    case.record("letter-deliveries", {**said, **arrived})
    holding = {
        "occurred_on": "2026-04-20",
        "answer": "holding",
        "summary": "称十五个工作日内答复。",
    }
    case.record("letter-answers", {**said, **holding})
    given = {"occurred_on": "2026-05-08", "answer": "information", "summary": "附逐笔明细一份。"}
    case.record("letter-answers", {**said, **given})


def _hardship(case: Dossier, loan: Entry, paid: Entry) -> None:
    """A promise goes out with its warnings answered; a correction had moved its figures."""
    letter = _draft(
        case,
        "hardship-request",
        "2026-05-12",
        loan_ids=[loan],
        answer_wanted_on="2026-06-05",
        texts={
            "circumstances": "失业两月，现收入每月四千二百元，必要支出三千四百元。",
            "proposal": "自六月起分十八期，每月十日支付，免除违约金。",
        },
        amounts={"monthly": case.money(650)},
    )
    case.correct(paid, "明细显示实际入账 2,480 元。", amount=2480)
    _approve(case, letter, "2026-05-13", _PROMISE, _MOVED)
    _send(case, letter, "2026-05-14", "courier", answered=[_PROMISE, _MOVED], reference="KD0053")
    said = {"letter_id": letter, "grade": "document"}
    signed = {"occurred_on": "2026-05-16", "shown_by": "signed-receipt"}
    case.record("letter-deliveries", {**said, **signed})
    counter = {"occurred_on": "2026-06-03", "answer": "counter", "summary": "同意十二期，不减免。"}
    case.record("letter-answers", {**said, **counter})


def _helper(case: Dossier) -> None:
    """An agreement with the family that was not needed after all."""
    letter = _draft(
        case,
        "family-agreement",
        "2026-06-10",
        addressee_kind="helper",
        addressee=None,
        addressee_name=f"舅父（电话 {mobile(931)}）",
        texts={
            "use": "一次付清首期。",
            "repayment": "2027 年起每季度一千元。",
            "interest": "不计息。",
        },
        amounts={"given": case.money(4000)},
    )
    dropped = {"letter_id": letter, "dropped_on": "2026-06-12", "reason": "家人改为直接代付。"}
    case.record("letter-drops", dropped)


STORIES: Final = (("letters", letters),)
