"""A family brings up what is owed together, each with a share, and is paid back."""

from typing import Any, Final

from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import APP_LENDERS, person
from ops.demo.record import Entry
from ops.demo.sender import Body


def _said(case: Dossier, route: str, on: str, **body: Any) -> Entry:
    return case.record(route, {"occurred_on": on, "grade": "client-says", **body})


def family(desk: Desk) -> None:
    """Mother, brother and a colleague; one share is taken back and one is forgiven."""
    case = desk.open("family", person(52), "2026-01-12", "亲友共同筹款结清一笔网贷。")
    lender = APP_LENDERS[2]
    loan = case.loan(
        "2025-02-10", lender, 9000, "consumer-finance", number="QY-0052",
        terms=case.terms(rate="1.5", period="month", due="2026-02-10"),
    )  # fmt: skip
    case.disbursed("2025-02-10", loan, 9000)
    case.missed("2025-10-10", loan)
    first = _statement(case, "2026-01-14", "4600", None)
    _statement(case, "2026-02-02", "5200", first)
    pot = _said(
        case, "help-pots", "2026-01-16", loan_ids=[loan], whole=case.money(6000),
        due_on="2026-02-06", purpose="一次性结清",
    )  # fmt: skip
    mother = _pledge(case, pot, "例母（虚构）", "parent", 3000, is_gift=True)
    brother = _pledge(case, pot, "例兄（虚构）", "sibling", 2000)
    colleague = _pledge(case, pot, "例同事（虚构）", "colleague", 800)
    _said(case, "help-pledge-returns", "2026-01-25", pledge_id=colleague, reason="家中急用")
    short = [{"code": "shares-under", "reason": "其余由本人工资支付"}]
    _said(case, "help-pot-settlements", "2026-01-26", pot_id=pot, answered=short)
    paid = case.paid("2026-02-03", loan, 5000, "bank-transfer", payer="family")
    _said(
        case, "help-contributions", "2026-02-03", pledge_id=mother, amount=case.money(3000),
        payment_id=paid,
    )  # fmt: skip
    _said(
        case, "help-contributions", "2026-02-03", pledge_id=brother, amount=case.money(2000),
        payment_id=paid,
    )  # fmt: skip
    dues = case.dues([("2026-03-05", 500), ("2026-04-05", 500), ("2026-05-05", 500)])
    _said(case, "help-repayment-plans", "2026-02-05", pledge_id=brother, instalments=dues)
    _said(case, "help-repayments", "2026-03-05", pledge_id=brother, amount=case.money(500))
    _said(case, "help-waivers", "2026-04-06", pledge_id=brother, amount=case.money(300))
    case.note("2026-04-10", "兄长同意推迟其余部分。")


def _pledge(case: Dossier, pot: Entry, who: str, relation: str, share: int, **more: Any) -> Entry:
    return _said(
        case, "help-pledges", "2026-01-18", pot_id=pot, helper=who, relation=relation,
        share=case.money(share), promised_on="2026-02-01", **more,
    )  # fmt: skip


def _statement(case: Dossier, on: str, wages: str, before: Entry | None) -> Entry:
    def line(side: str, category: str, amount: str, frequency: str) -> Body:
        return {
            "side": side,
            "category": category,
            "amount": case.money(amount),
            "frequency": frequency,
        }

    lines = [
        line("income", "wages", wages, "monthly"),
        line("expenditure", "rent", "4500", "three-monthly"),
        line("expenditure", "food", "350", "weekly"),
        line("expenditure", "phone", "59", "monthly"),
        line("expenditure", "medical", "0", "monthly"),
    ]
    body: Body = {"lines": lines, "adults": 2, "stated_expenditure": case.money("3100")}
    if before is not None:
        body |= {"replaces": before, "review_on": "2026-08-02"}
    return _said(case, "financial-statements", on, **body)


STORIES: Final = (("family", family),)
