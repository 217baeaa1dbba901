"""Credit card arrears: month after month of interest and late fees, then a personal instalment."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from ops.demo import papers
from ops.demo.cases.collecting import MILD, STEADY, Line, call_log, collect
from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import BANKS, person
from ops.demo.record import Entry
from ops.demo.sums import added, days_after, monthly, months_after, share, split


@dataclass(frozen=True)
class Card:
    """What one case of the story-line is made of."""

    key: str
    who: int
    drawn: int
    since: str
    months: int
    """Months in arrears before the case was opened."""
    script: tuple[Line, ...]
    instalments: int
    kept: int
    """How many of them were paid."""

    @property
    def bank(self) -> str:
        """The invented bank."""
        return BANKS[self.who % len(BANKS)]


CASES: Final = (
    Card("card-01", 24, 23000, "2023-04-18", 5, STEADY, 12, 12),
    Card("card-02", 25, 48000, "2024-01-09", 6, STEADY, 24, 9),
    Card("card-03", 26, 12500, "2024-08-22", 4, MILD, 6, 6),
    Card("card-04", 27, 67000, "2025-01-14", 7, STEADY, 36, 4),
    Card("card-05", 28, 9800, "2025-06-05", 4, MILD, 10, 3),
)


def card(plot: Card, desk: Desk) -> None:
    """Arrears, statements, collection, a hardship request, and a personal instalment plan."""
    opened = days_after(months_after(plot.since, plot.months), 40)
    case = desk.open(plot.key, person(plot.who), opened, f"信用卡透支 {plot.drawn} 元，已逾期。")
    loan = case.loan(
        plot.since,
        plot.bank,
        plot.drawn,
        "bank",
        number=f"XYK-{plot.who:04d}",
        terms=case.terms(
            rate="0.05", period="day", overdue="5", overdue_period="month", repayment="other"
        ),
    )
    case.disbursed(plot.since, loan, plot.drawn, grade="document", note="累计消费金额。")
    _arrears(case, plot, loan)
    start = months_after(plot.since, plot.months)
    entries = collect(case, [loan], start, plot.script, lender=plot.bank, turn=plot.who)
    call_log(case, start, plot.script, entries, plot.who)
    case.claim(
        days_after(start, 30),
        loan,
        [
            ("principal", plot.drawn),
            ("interest", share(plot.drawn, 61)),
            ("penalty", share(plot.drawn, 50)),
        ],
        added(plot.drawn, share(plot.drawn, 111)),
        as_of=days_after(start, 28),
    )
    case.contact(
        f"{days_after(opened, 2)} 09:3{plot.who % 10}",
        "call",
        "adviser",
        "lender",
        connected=True,
        seconds=610,
        company=plot.bank,
        loans=[loan],
        grade="lender-says",
        outcome="information",
        said="提交困难证明和收支表，申请个性化分期。",
    )
    if plot.script is STEADY:
        case.complaint(
            days_after(opened, 9),
            "nfra-12378",
            plot.bank,
            ["hardship-refused", "night-calls"],
            loans=[loan],
            reference=f"12378-{plot.who:04d}",
            statement="首次申请被口头拒绝。",
        )
    _instalments(case, plot, loan)


def _arrears(case: Dossier, plot: Card, loan: Entry) -> None:
    for month in range(1, plot.months + 1):
        day = months_after(plot.since, month)
        charged = case.charge(day, loan, "interest", share(plot.drawn, 14 + month))
        minimum = share(plot.drawn, 100)
        if month == 1:
            case.paid(day, loan, minimum, "direct-debit")
            continue
        case.missed(day, loan, minimum)
        case.charge(days_after(day, 1), loan, "penalty", share(plot.drawn, 5))
        if month == 3:
            statement = case.file(
                papers.page(f"statement-{plot.who}.pdf", "Card statement (invented)", str(day)),
                "lender",
                days_after(day, 5),
                "当月账单",
            )
            case.link(statement, charged, "当月利息")


def _instalments(case: Dossier, plot: Card, loan: Entry) -> None:
    agreed = days_after(months_after(plot.since, plot.months), 70)
    dues = monthly(days_after(agreed, 20), split(share(plot.drawn, 1030), plot.instalments))
    case.plan(agreed, [loan], dues, waived=share(plot.drawn, 81))
    for number, (due, amount) in enumerate(dues[: plot.kept]):
        late = number % 5 == 3
        payment = case.paid(due, loan, amount, "bank-transfer", credited=None if late else due)
        if late:
            case.credited(days_after(due, 2), payment, note="跨行转账，两日后到账。")
    if plot.kept == plot.instalments:
        done = days_after(dues[-1][0], 15)
        case.close(done, "plan-completed", "个性化分期已还完，银行开具结清证明。")
    elif plot.kept < 5:
        case.note(days_after(dues[plot.kept - 1][0], 6), "下一期到期前提醒客户。")
    else:
        case.missed(dues[plot.kept][0], loan, dues[plot.kept][1])
        case.note(days_after(dues[plot.kept][0], 3), "本期未付，约客户面谈。")


def capitalised(desk: Desk) -> None:
    """A bank adds unpaid interest every quarter; what is paid goes to the principal first."""
    case = desk.open("capitalised", person(58), "2025-03-10", "银行按季计复利，约定先还本金。")
    loan = case.loan(
        "2024-01-05",
        BANKS[0],
        60000,
        "bank",
        terms=case.terms(
            rate="12",
            period="year",
            overdue="18",
            overdue_period="year",
            due="2025-01-04",
            day_count="actual/360",
            capitalised="quarterly",
            payment_order=["costs", "principal", "interest", "penalty", "fees"],
        ),
    )
    case.disbursed("2024-01-05", loan, 60000)
    case.paid("2024-04-05", loan, 5000)
    case.paid("2024-10-08", loan, "3200.50", credited="2024-10-09")
    case.missed("2025-01-04", loan)
    case.charge("2025-02-01", loan, "lawyer-fee", 1500)
    case.paid("2025-02-15", loan, 2000)
    parts = [("principal", 56000), ("interest", 7100), ("cost", 1500)]
    case.claim("2025-03-01", loan, parts, 64600)
    case.stated("2025-03-10", "client", "告知：各口径下的欠款")


STORIES: Final[tuple[tuple[str, Callable[[Desk], None]], ...]] = (
    *((plot.key, partial(card, plot)) for plot in CASES),
    ("capitalised", capitalised),
)
