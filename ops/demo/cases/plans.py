"""Plans kept and plans broken: from the statement of means to the last instalment, or not."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from ops.demo import papers
from ops.demo.cases.collecting import MILD, collect
from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import APP_LENDERS, person
from ops.demo.record import Dues, Entry
from ops.demo.sums import days_after, monthly, months_after, share, split

_HELPERS: Final = ("family", "friend", "employer")


@dataclass(frozen=True)
class Agreed:
    """What one case of the story-line is made of."""

    key: str
    who: int
    face: int
    taken: str
    instalments: int
    broken_at: int | None = None
    """The instalment that failed; None for a plan that was kept."""

    @property
    def lender(self) -> str:
        """The invented lender."""
        return APP_LENDERS[self.who % len(APP_LENDERS)]


CASES: Final = (
    Agreed("plan-kept-01", 36, 8000, "2023-09-12", 8),
    Agreed("plan-kept-02", 37, 16000, "2024-02-20", 12),
    Agreed("plan-kept-03", 38, 5000, "2025-01-07", 6),
    Agreed("plan-broken-01", 39, 11000, "2024-05-08", 10, 4),
    Agreed("plan-broken-02", 40, 26000, "2024-10-16", 12, 6),
    Agreed("plan-broken-03", 41, 7000, "2025-06-24", 8, 3),
)


def agreed(plot: Agreed, desk: Desk) -> None:
    """Arrears, a statement of means, an offer and its answer, the plan and what came of it."""
    stopped = months_after(plot.taken, 4)
    opened = days_after(stopped, 20)
    case = desk.open(plot.key, person(plot.who), opened, "愿意还，需要分期。")
    loan = case.loan(
        plot.taken,
        plot.lender,
        plot.face,
        "consumer-finance",
        number=f"FQ-{plot.who:04d}",
        terms=case.terms(rate="18", period="year", repayment="interest-first"),
    )
    case.disbursed(plot.taken, loan, plot.face)
    for month in (1, 2, 3):
        due = months_after(plot.taken, month)
        case.charge(due, loan, "interest", share(plot.face, 15))
        case.paid(due, loan, share(plot.face, 15), "lender-app")
    case.missed(stopped, loan, share(plot.face, 15))
    collect(case, [loan], days_after(stopped, 2), MILD, lender=plot.lender, turn=plot.who % 7)
    means = case.file(
        papers.text(
            f"means-{plot.who}.txt",
            "income 4200.00",
            "rent 1300.00",
            "food 1100.00",
            f"left for debts {300 + plot.who * 10}.00",
            "(invented)",
        ),
        "client-papers",
        days_after(opened, 3),
        "收支表",
        "客户与顾问共同填写",
    )
    offer = case.contact(
        f"{days_after(opened, 5)} 10:4{plot.who % 10}",
        "email",
        "adviser",
        "lender",
        company=plot.lender,
        loans=[loan],
        outcome="offer",
        grade="document",
        evidence=[means],
        promised=split(plot.face, plot.instalments)[0],
        promised_on=days_after(opened, 40),
        said="按收支表提出每月还款额。",
    )
    case.link(means, offer, "提议所依据的收支表")
    case.contact(
        f"{days_after(opened, 12)} 15:0{plot.who % 10}",
        "call",
        "lender",
        "adviser",
        company=plot.lender,
        connected=True,
        seconds=300,
        loans=[loan],
        outcome="information",
        grade="lender-says",
        said="七个工作日内答复，同意分期。",
    )
    dues = monthly(days_after(opened, 40), split(plot.face, plot.instalments))
    case.plan(days_after(opened, 14), [loan], dues, waived=share(plot.face, 45))
    if plot.broken_at is None:
        _kept(case, plot, loan, dues)
    else:
        _broken(case, plot, loan, dues)


def _kept(case: Dossier, plot: Agreed, loan: Entry, dues: Dues) -> None:
    for number, (due, amount) in enumerate(dues):
        payer = _HELPERS[number % 3] if number % 4 == 3 else "client"
        payment = case.paid(due, loan, amount, payer=payer, reference=f"P{plot.who}-{number:02d}")
        if number in (0, len(dues) - 1):
            receipt = case.file(
                papers.page(f"receipt-{number}.pdf", "Receipt (invented)", f"CNY {amount}"),
                "bank",
                days_after(due, 1),
                "还款回单",
            )
            case.link(receipt, payment, f"第 {number + 1} 期")
    case.claim(days_after(dues[-1][0], 5), loan, [("principal", 0)], 0, note="结清证明。")
    case.close(days_after(dues[-1][0], 9), "plan-completed", "全部按期还清，收到结清证明。")


def _broken(case: Dossier, plot: Agreed, loan: Entry, dues: Dues) -> None:
    broken = plot.broken_at or 0
    for due, amount in dues[:broken]:
        case.paid(due, loan, amount, "direct-debit")
    due, amount = dues[broken]
    failed = case.paid(due, loan, amount, "direct-debit")
    case.reversed(days_after(due, 2), failed, "bank", "账户余额不足，扣款冲回。")
    case.missed(due, loan, amount, grade="bank-line")
    case.missed(dues[broken + 1][0], loan, dues[broken + 1][1])
    later = days_after(dues[broken + 1][0], 4)
    case.charge(later, loan, "penalty", share(plot.face, 12))
    case.contact(
        f"{later} 11:1{plot.who % 10}",
        "call",
        "adviser",
        "client",
        connected=True,
        seconds=480,
        outcome="talked",
        said="客户失业，月底有新工作。",
    )
    rest = dues[broken + 2 :]
    again = monthly(days_after(later, 30), split(share(plot.face, 400), 2 * len(rest)))
    case.plan(days_after(later, 10), [loan], again)
    case.paid(again[0][0], loan, again[0][1])
    waiting = case.paid(again[1][0], loan, again[1][1], credited=None)
    case.note(days_after(again[1][0], 1), "第二期已转出，尚未到账。", about=waiting)


STORIES: Final = tuple((plot.key, partial(agreed, plot)) for plot in CASES)
