"""Disputes about a guarantor: one who paid and wants it back, one who is called in vain."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from ops.demo import papers
from ops.demo.cases.collecting import STEADY, call_log, collect
from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import AGENCIES, GUARANTOR_COMPANY, caller, person
from ops.demo.record import Entry
from ops.demo.sums import added, days_after, monthly, months_after, share, split

_LENDER: Final = "示例云滴消费金融公司（虚构）"


@dataclass(frozen=True)
class Guaranteed:
    """What one case of the story-line is made of."""

    key: str
    who: int
    face: int
    taken: str
    fee_per_mille: int
    guarantor_paid: bool


CASES: Final = (
    Guaranteed("guarantor-01", 33, 30000, "2024-03-06", 60, guarantor_paid=True),
    Guaranteed("guarantor-02", 34, 18000, "2025-01-22", 90, guarantor_paid=False),
    Guaranteed("guarantor-03", 35, 24000, "2025-05-13", 75, guarantor_paid=True),
)


def guaranteed(plot: Guaranteed, desk: Desk) -> None:
    """Fees of a guarantee company on top, arrears, and the guarantor drawn in."""
    stopped = months_after(plot.taken, 6)
    opened = days_after(stopped, 50)
    case = desk.open(plot.key, person(plot.who), opened, "担保费与代偿争议。")
    each = split(share(plot.face, 1120), 12)
    loan = case.loan(
        plot.taken,
        _LENDER,
        plot.face,
        "consumer-finance",
        number=f"DB-{plot.who:04d}",
        terms=case.terms(
            rate="12",
            period="year",
            repayment="level-instalments",
            schedule=monthly(months_after(plot.taken, 1), each),
        ),
    )
    case.disbursed(plot.taken, loan, plot.face)
    case.record(
        "known-payees",
        {
            "occurred_on": plot.taken,
            "grade": "document",
            "company": GUARANTOR_COMPANY,
            "loan_ids": [loan],
            "source": "contract",
        },
    )
    for month in range(1, 6):
        due = months_after(plot.taken, month)
        case.charge(due, loan, "interest", share(plot.face, 10))
        fee = share(plot.face, plot.fee_per_mille // 12)
        case.charge(due, loan, "guarantee-fee", fee, by=GUARANTOR_COMPANY)
        case.paid(due, loan, each[0], "direct-debit")
        case.paid(due, loan, fee, "direct-debit", payee=GUARANTOR_COMPANY)
    case.missed(stopped, loan, each[0])
    case.missed(months_after(plot.taken, 7), loan, each[0])
    if plot.guarantor_paid:
        given = case.guarantee(plot.taken, loan, person(plot.who + 20).name, "joint")
        case.called_due(months_after(plot.taken, 8), loan, months_after(plot.taken, 9))
        case.guarantor_called(days_after(months_after(plot.taken, 9), -3), given)
    contract = case.file(
        papers.page(f"guarantee-{plot.who}.pdf", "Guarantee contract (invented)", "12 months"),
        "client-papers",
        opened,
        "担保合同",
        "客户本人",
    )
    case.link(contract, loan, "担保费率与代偿条款")
    entries = collect(
        case, [loan], days_after(stopped, 4), STEADY, lender=_LENDER, turn=plot.who % 13
    )
    call_log(case, days_after(stopped, 4), STEADY, entries, plot.who % 13)
    if plot.guarantor_paid:
        _paid_off(case, plot, loan)
    else:
        _called_in_vain(case, plot, loan)


def _paid_off(case: Dossier, plot: Guaranteed, loan: Entry) -> None:
    """The guarantee company pays, charges on, and the total it claims does not add up."""
    day = months_after(plot.taken, 9)
    case.paid(day, loan, share(plot.face, 500), payer="guarantor", note="担保公司代偿。")
    case.charge(day, loan, "other-fee", share(plot.face, 30), by=GUARANTOR_COMPANY)
    parts = (share(plot.face, 500), share(plot.face, 30))
    case.claim(
        days_after(day, 20),
        loan,
        [("principal", parts[0]), ("fee", parts[1])],
        added(*parts, "188.00"),
        note="代偿后的追偿函，合计与明细不符。",
    )
    case.complaint(
        days_after(day, 25),
        "local-financial-administration",
        GUARANTOR_COMPANY,
        ["undisclosed-cost", "overcharge"],
        loans=[loan],
        reference=f"DB-TS-{plot.who}",
    )
    dues = monthly(days_after(day, 45), split(share(plot.face, 480), 5))
    case.plan(days_after(day, 40), [loan], dues, waived=share(plot.face, 30))
    case.paid(dues[0][0], loan, dues[0][1], payee=GUARANTOR_COMPANY)


def _called_in_vain(case: Dossier, plot: Guaranteed, loan: Entry) -> None:
    """A friend who never signed is called as guarantor, and asks them to stop."""
    day = months_after(plot.taken, 8)
    for number, clock in enumerate(("10:05", "13:50", "20:15", "22:30")):
        case.contact(
            f"{day} {clock}",
            "call",
            "collector",
            "guarantor",
            company=AGENCIES[2],
            connected=number != 1,
            seconds=None if number == 1 else 60 + number,
            number=caller(3400 + number),
            loans=[loan],
            outcome="no-answer" if number == 1 else "refused",
            said="朋友称从未签过担保，要求停止联系。",
        )
    case.complaint(
        days_after(day, 3),
        "lender",
        _LENDER,
        ["third-party-contact", "data-misuse"],
        loans=[loan],
        statement="所谓担保人没有签字。",
    )
    case.complaint(
        days_after(day, 24),
        "pboc-12363",
        _LENDER,
        ["data-misuse", "wrong-credit-record"],
        loans=[loan],
        reference=f"12363-{plot.who}",
    )
    case.contact(
        f"{days_after(day, 30)} 09:55",
        "letter",
        "lender",
        "adviser",
        grade="document",
        company=_LENDER,
        loans=[loan],
        outcome="information",
        said="承认没有担保签字，停止联系。",
    )
    case.close(days_after(day, 60), "other", "担保争议已了结，借款另行协商。")


STORIES: Final = tuple((plot.key, partial(guaranteed, plot)) for plot in CASES)
