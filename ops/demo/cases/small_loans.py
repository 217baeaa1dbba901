"""A handful of small loans at once: several lenders in one case, one borrowed to pay another."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from ops.demo import papers
from ops.demo.cases.collecting import MILD, STEADY, Line, call_log, collect
from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import APP_LENDERS, GUARANTOR_COMPANY, person
from ops.demo.record import Entry
from ops.demo.sums import days_after, monthly, months_after, share, split


@dataclass(frozen=True)
class Family:
    """What one case of the story-line is made of."""

    key: str
    who: int
    start: str
    faces: tuple[int, ...]
    script: tuple[Line, ...]


CASES: Final = (
    Family("small-loans-01", 29, "2025-02-17", (3000, 5000, 2000), STEADY),
    Family("small-loans-02", 30, "2025-04-28", (1500, 4000, 6000, 2500), MILD),
    Family("small-loans-03", 31, "2025-09-03", (8000, 3500, 1200), STEADY),
    Family("small-loans-04", 32, "2025-11-11", (2200, 2600, 3100, 4700, 900), MILD),
)


def small_loans(plot: Family, desk: Desk) -> None:
    """Each loan a month after the last, each paid a little, then all in arrears together."""
    count = len(plot.faces)
    stopped = months_after(plot.start, count + 1)
    opened = days_after(stopped, 36)
    case = desk.open(
        plot.key, person(plot.who), opened, f"{count} 家平台共 {sum(plot.faces)} 元，以贷养贷。"
    )
    loans = [_one(case, plot, index) for index in range(count)]
    for loan, face in zip(loans, plot.faces, strict=True):
        case.missed(stopped, loan, share(face, 180))
    entries = collect(
        case, loans[:2], stopped, plot.script, lender=APP_LENDERS[0], turn=plot.who % 11
    )
    call_log(case, stopped, plot.script, entries, plot.who % 11)
    listed = case.file(
        papers.table(
            f"loans-{plot.who}.csv",
            ("no", "face"),
            [(str(number), str(face)) for number, face in enumerate(plot.faces, 1)],
        ),
        "client-papers",
        opened,
        "客户手写的借款清单（已录入）",
    )
    for loan in loans:
        case.link(listed, loan, "清单中的一笔")
    case.note(days_after(opened, 1), "收支表：每月可用于还债的余额有限，按比例分配。")
    _together(case, plot, loans)


def _one(case: Dossier, plot: Family, index: int) -> Entry:
    face, taken = plot.faces[index], months_after(plot.start, index)
    lender = APP_LENDERS[(plot.who + index) % len(APP_LENDERS)]
    each = split(share(face, 1080), 6)
    loan = case.loan(
        taken,
        lender,
        face,
        ("small-loan", "consumer-finance")[index % 2],
        number=f"XE-{plot.who:02d}{index:02d}",
        terms=case.terms(
            rate="24",
            period="year",
            repayment="level-instalments",
            schedule=monthly(months_after(taken, 1), each),
        ),
    )
    fee = face // 20
    case.disbursed(taken, loan, face - fee, fee, by="guarantor")
    case.charge(taken, loan, "guarantee-fee", fee, by="样例磐石融资担保公司（虚构）")
    if index < 2:
        case.paid(months_after(taken, 1), loan, each[0], "alipay")
    return loan


def _together(case: Dossier, plot: Family, loans: list[Entry]) -> None:
    agreed = days_after(months_after(plot.start, len(loans) + 1), 75)
    for index, loan in enumerate(loans[:3]):
        dues = monthly(days_after(agreed, 14 + index), split(share(plot.faces[index], 900), 6))
        case.plan(days_after(agreed, index), [loan], dues)
        for due, amount in dues[:2]:
            case.paid(due, loan, amount, ("wechat-pay", "alipay", "bank-transfer")[index])
    for index, loan in enumerate(loans[3:], 3):
        lender = APP_LENDERS[(plot.who + index) % len(APP_LENDERS)]
        case.complaint(
            days_after(agreed, index),
            ("mediation", "industry-association")[index % 2],
            lender,
            ["hardship-refused"],
            loans=[loan],
            statement="请求调解分期。",
        )
    if plot.script is MILD:
        case.contact(
            f"{days_after(agreed, 5)} 16:2{plot.who % 10}",
            "wechat",
            "friend",
            "client",
            connected=True,
            outcome="promise",
            promised=500,
            promised_on=days_after(agreed, 30),
            said="朋友答应下月借五百元周转。",
        )


def disclosed(desk: Desk) -> None:
    """A loan from the days of the all-in cost table, and a fee that the table does not name."""
    case = desk.open(
        "disclosed", person(59), "2026-10-12", "合同前出示过成本明示表，仍另收会员费。"
    )
    loan = case.loan(
        "2026-08-10",
        APP_LENDERS[0],
        12000,
        "small-loan",
        terms=case.terms(rate="18", period="year", due="2027-08-09"),
    )
    case.disbursed("2026-08-10", loan, 12000)
    named: list[dict[str, object]] = [{"kind": "interest"}]
    named.append({"kind": "guarantee-fee", "payee": GUARANTOR_COMPANY})
    case.cost_table("2026-08-10", loan, "23.9", named)
    case.charge("2026-09-10", loan, "guarantee-fee", 59, by=GUARANTOR_COMPANY)
    case.charge("2026-09-10", loan, "membership-fee", 198)
    case.paid("2026-09-10", loan, 437)
    case.missed("2026-10-10", loan, 437)


STORIES: Final[tuple[tuple[str, Callable[[Desk], None]], ...]] = (
    *((plot.key, partial(small_loans, plot)) for plot in CASES),
    ("disclosed", disclosed),
)
