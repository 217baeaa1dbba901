"""A complaint that goes up: lender, hotline, report, credit bureau, mediator, police."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from ops.demo import papers
from ops.demo.cases.collecting import HARSH, call_log, collect
from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import APP_LENDERS, person
from ops.demo.record import Entry
from ops.demo.sums import added, days_after, months_after, share


@dataclass(frozen=True)
class Complaint:
    """What one case of the story-line is made of."""

    key: str
    who: int
    face: int
    taken: str
    stages: tuple[str, ...]
    closing: str | None = None

    @property
    def lender(self) -> str:
        """The invented lender."""
        return APP_LENDERS[self.who % len(APP_LENDERS)]


CASES: Final = (
    Complaint(
        "escalated-01",
        42,
        14000,
        "2025-03-05",
        ("lender", "nfra-12378", "nfra-report", "credit-bureau", "pboc-12363"),
        "written-off",
    ),
    Complaint(
        "escalated-02",
        43,
        7500,
        "2025-07-16",
        ("lender", "local-financial-administration", "market-regulator", "police"),
    ),
    Complaint(
        "escalated-03",
        44,
        21000,
        "2026-02-03",
        ("lender", "industry-association", "mediation", "other"),
        "settled",
    ),
)

_GROUNDS: Final = {
    "lender": ("harassment", "threats", "overcharge"),
    "nfra-12378": ("harassment", "overcharge"),
    "nfra-report": ("head-interest", "undisclosed-cost"),
    "credit-bureau": ("wrong-credit-record",),
    "pboc-12363": ("wrong-credit-record", "data-misuse"),
    "local-financial-administration": ("head-interest", "harassment"),
    "market-regulator": ("undisclosed-cost", "other"),
    "police": ("threats", "data-misuse"),
    "industry-association": ("harassment", "third-party-contact"),
    "mediation": ("hardship-refused",),
    "other": ("other",),
}


def complaint(plot: Complaint, desk: Desk) -> None:
    """The same wrong, put to one body after another, each with its papers and its answer."""
    stopped = months_after(plot.taken, 2)
    opened = days_after(stopped, 40)
    case = desk.open(plot.key, person(plot.who), opened, "投诉逐级升级。")
    kept = plot.face // 8
    loan = case.loan(
        plot.taken,
        plot.lender,
        plot.face,
        "small-loan",
        number=f"TS-{plot.who:04d}",
        terms=case.terms(rate="2", period="month", due=months_after(plot.taken, 12)),
    )
    case.disbursed(plot.taken, loan, plot.face - kept, kept)
    case.charge(plot.taken, loan, "insurance", share(plot.face, 10))
    case.paid(months_after(plot.taken, 1), loan, share(plot.face, 103), "lender-app")
    case.missed(stopped, loan)
    entries = collect(
        case, [loan], days_after(stopped, 3), HARSH, lender=plot.lender, turn=plot.who % 9
    )
    log = call_log(case, days_after(stopped, 3), HARSH, entries, plot.who % 9)
    case.claim(
        days_after(stopped, 33),
        loan,
        [("unitemised", share(plot.face, 1320))],
        share(plot.face, 1320),
        note="对方拒绝列出明细。",
    )
    for number, channel in enumerate(plot.stages):
        _stage(case, plot, loan, log, number, channel)
    _outcome(case, plot, loan)


def _stage(
    case: Dossier, plot: Complaint, loan: Entry, log: Entry, number: int, channel: str
) -> None:
    day = days_after(months_after(plot.taken, 2), 45 + number * 22)
    filed = case.complaint(
        day,
        channel,
        plot.lender,
        _GROUNDS[channel],
        loans=[loan],
        evidence=[log],
        statement=f"第 {number + 1} 次投诉：附通话记录。",
        reference=f"XN-TS-{plot.who}-{number + 1}",
    )
    case.link(log, filed, "投诉所附通话记录")
    receipt = case.file(
        papers.text(f"receipt-{number + 1}.txt", f"received {day}", "(invented)"),
        "regulator",
        days_after(day, 1),
        "受理回执",
    )
    case.link(receipt, filed, "受理日期")
    answer = ("不予认可", "转请贷款人答复", "部分属实", "已责令改正", "同意调解")[number]
    case.contact(
        f"{days_after(day, 15)} 10:2{number}",
        "letter",
        "authority" if number else "lender",
        "client",
        loans=[loan],
        outcome="information",
        grade="document",
        said=f"答复：{answer}。",
    )


def _outcome(case: Dossier, plot: Complaint, loan: Entry) -> None:
    day = days_after(months_after(plot.taken, 2), 170)
    if plot.closing is None:
        case.note(day, "公安已受理，案件继续。")
        return
    if plot.closing == "settled":
        half = share(plot.face, 450)
        case.plan(day, [loan], [(days_after(day, 10), half)], waived=share(plot.face, 500))
        case.paid(days_after(day, 10), loan, half)
    else:
        case.claim(
            day,
            loan,
            [("principal", share(plot.face, 300)), ("fee", 0)],
            added(share(plot.face, 300), 0),
            grade="lender-admits",
            note="书面承认并核销余额。",
        )
    case.close(days_after(day, 20), plot.closing, "投诉达到目的。")


STORIES: Final = tuple((plot.key, partial(complaint, plot)) for plot in CASES)
