"""App loans with head interest and collection beyond bounds: one story-line, ten cases.

Facts and conduct are invented; the hours, the counts and the people reached are those that the
rules on collection speak of (GB/T 45251-2025; the banking association's guide of 2026-01-30).
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from ops.demo import papers
from ops.demo.cases.collecting import HARSH, MILD, STEADY, Line, call_log, collect
from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import APP_LENDERS, person
from ops.demo.record import Entry
from ops.demo.sums import added, days_after, monthly, months_after, share, split


@dataclass(frozen=True)
class AppLoan:
    """What one case of the story-line is made of."""

    key: str
    who: int
    face: int
    kept: int
    taken: str
    months: int
    script: tuple[Line, ...]
    ending: str
    """A plan ("plan", "kept"), or how the case was closed."""

    @property
    def turn(self) -> int:
        """Shifts calls and picks lender and agencies."""
        return self.who - 14

    @property
    def lender(self) -> str:
        """The invented lender."""
        return APP_LENDERS[self.turn % len(APP_LENDERS)]


CASES: Final = (
    AppLoan("harassment", 14, 10000, 1500, "2025-08-06", 12, HARSH, "plan"),
    AppLoan("app-02", 15, 6000, 600, "2025-03-11", 6, STEADY, "settled"),
    AppLoan("app-03", 16, 15000, 1800, "2025-05-19", 12, HARSH, "open"),
    AppLoan("app-04", 17, 4000, 800, "2025-07-02", 4, HARSH, "contact-lost"),
    AppLoan("app-05", 18, 20000, 1000, "2025-02-24", 12, STEADY, "kept"),
    AppLoan("app-06", 19, 8000, 1200, "2025-10-13", 10, HARSH, "open"),
    AppLoan("app-07", 20, 3000, 450, "2025-12-04", 3, STEADY, "written-off"),
    AppLoan("app-08", 21, 12000, 960, "2025-04-08", 12, MILD, "kept"),
    AppLoan("app-09", 22, 9000, 1350, "2025-09-22", 9, HARSH, "referred"),
    AppLoan("app-10", 23, 5000, 500, "2026-01-15", 6, STEADY, "client-withdrew"),
)


def app_loan(plot: AppLoan, desk: Desk) -> None:
    """Loan, head interest, two payments, arrears, collection, complaint, and an ending."""
    stopped = months_after(plot.taken, 3)
    opened = days_after(stopped, 32)
    case = desk.open(
        plot.key,
        person(plot.who),
        opened,
        f"网贷 {plot.face} 元，砍头息 {plot.kept} 元，催收不当。",
    )
    loan = _lending(case, plot)
    case.missed(stopped, loan)
    case.charge(days_after(stopped, 1), loan, "overdue-interest", share(plot.face, 9))
    entries = collect(
        case, [loan], days_after(stopped, 2), plot.script, lender=plot.lender, turn=plot.turn
    )
    call_log(case, days_after(stopped, 2), plot.script, entries, plot.turn)
    case.charge(days_after(stopped, 28), loan, "collection-cost", share(plot.face, 20))
    asked = share(plot.face, 800)
    case.claim(
        days_after(stopped, 30),
        loan,
        [("principal", asked), ("interest", share(plot.face, 60)), ("fee", share(plot.face, 25))],
        # It does not add up, and is kept as it was printed.
        added(asked, share(plot.face, 60), share(plot.face, 45)),
    )
    _complaints(case, plot, loan)
    _ending(case, plot, loan)
    if plot.key == "harassment":
        desk.mark("harassment", case, case.position, entries[0])


def _lending(case: Dossier, plot: AppLoan) -> Entry:
    each = split(added(plot.face, share(plot.face, 12 * plot.months)), plot.months)
    terms = case.terms(
        rate="1.2",
        period="month",
        repayment="flat",
        schedule=monthly(months_after(plot.taken, 1), each),
    )
    loan = case.loan(
        plot.taken, plot.lender, plot.face, "small-loan", number=f"APP-{plot.who:04d}", terms=terms
    )
    sent = case.disbursed(plot.taken, loan, plot.face - plot.kept, plot.kept, by="platform")
    contract = case.file(
        papers.picture(f"contract-{plot.who}.png", plot.who),
        "lender-app",
        months_after(plot.taken, 4),
        "合同页面截图",
    )
    case.link(contract, loan, "合同金额与期数")
    slip = case.file(
        papers.table(
            f"bank-{plot.who}.csv", ("date", "in"), [(plot.taken, str(plot.face - plot.kept))]
        ),
        "bank",
        months_after(plot.taken, 4),
        "放款流水",
    )
    case.link(slip, sent, "到账少于合同金额")
    case.charge(plot.taken, loan, "membership-fee", share(plot.face, 15), by=plot.lender)
    for month in (1, 2):
        due = months_after(plot.taken, month)
        case.charge(due, loan, "interest", share(plot.face, 12))
        case.paid(due, loan, each[0], ("lender-app", "direct-debit")[plot.turn % 2])
    return loan


def _complaints(case: Dossier, plot: AppLoan, loan: Entry) -> None:
    day = days_after(months_after(plot.taken, 3), 35)
    grounds = ["head-interest", "undisclosed-cost"]
    if plot.script is HARSH:
        grounds += ["night-calls", "third-party-contact", "threats"]
    elif plot.script is STEADY:
        grounds += ["night-calls", "harassment"]
    case.complaint(
        day,
        "lender",
        plot.lender,
        grounds,
        loans=[loan],
        statement="请停止夜间及对第三人的催收，并按实收金额重算。",
        reference=f"L-{plot.who:04d}",
    )
    case.note(day, "已告知客户：对方十五日内应答复。")
    if plot.script is HARSH:
        case.complaint(
            days_after(day, 18),
            "local-financial-administration",
            plot.lender,
            grounds,
            loans=[loan],
            reference=f"JR-{plot.who:04d}",
            statement="贷款人逾期未答复，转主管部门。",
        )
    case.contact(
        f"{days_after(day, 16)} 10:{plot.turn:02d}",
        "call",
        "adviser",
        "lender",
        connected=True,
        seconds=420,
        company=plot.lender,
        loans=[loan],
        grade="lender-says",
        outcome="offer",
        said="对方同意停催两周，并提出减免违约金。",
    )


def _ending(case: Dossier, plot: AppLoan, loan: Entry) -> None:
    start = days_after(months_after(plot.taken, 3), 60)
    if plot.ending == "open":
        case.note(start, "等待对方书面答复。")
        return
    if plot.ending in ("plan", "kept", "settled"):
        _agreed(case, plot, loan)
    if plot.ending != "plan":
        outcome = "plan-completed" if plot.ending == "kept" else plot.ending
        case.close(days_after(start, 140), outcome, _CLOSING[outcome])


def _agreed(case: Dossier, plot: AppLoan, loan: Entry) -> None:
    start = days_after(months_after(plot.taken, 3), 60)
    count = 1 if plot.ending == "settled" else 4
    dues = monthly(days_after(start, 10), split(share(plot.face, 640), count))
    case.plan(start, [loan], dues, waived=share(plot.face, 100))
    for due, amount in dues[: 2 if plot.ending == "plan" else count]:
        case.paid(due, loan, amount, "bank-transfer", credited=days_after(due, 1))


_CLOSING: Final = {
    "settled": "一次性结清，收到结清证明。",
    "plan-completed": "按协议还完最后一期。",
    "written-off": "贷款人书面核销余额。",
    "referred": "转法律援助中心代理诉讼。",
    "client-withdrew": "客户决定自行处理。",
    "contact-lost": "三次联系不上客户，按规定结案。",
}

STORIES: Final = tuple((plot.key, partial(app_loan, plot)) for plot in CASES)
