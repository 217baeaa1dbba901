"""Published cases of other countries' rules: caps in the United Kingdom, plain daily interest."""

from typing import Final

from ops.demo import papers
from ops.demo.desk import Desk
from ops.demo.people import person_abroad
from ops.demo.sums import days_after

_LENDER: Final = "Sample Short Credit Ltd (invented)"
_DAYS: Final = (4, 35, 66, 94, 125)
_PAID: Final = ("456.88", "456.88", "456.88", "456.88", "456.84")
_INTEREST: Final = ("48.00", "270.59", "224.39", "150.60", "90.78")


def daily_cap(desk: Desk) -> None:
    """FSharp.Finance.Personal test 000: 1500.00 on 2022-11-26 at the cap of 0.8 % a day.

    456.88 on days 4, 35, 66 and 94, 456.84 on day 125; interest down to the penny at each
    payment. Published: interest 48.00, 270.59, 224.39, 150.60, 90.78; balance 0.00.
    """
    case = desk.open(
        "uk-daily-cap",
        person_abroad(11),
        "2023-01-09",
        "Short-term credit at the daily cap.",
        currency="GBP",
        zone="Europe/London",
        offset="+00:00",
    )
    drawn = "2022-11-26"
    dues = [(days_after(drawn, after), amount) for after, amount in zip(_DAYS, _PAID, strict=True)]
    loan = case.loan(
        drawn,
        _LENDER,
        1500,
        number="UK-000",
        terms=case.terms(rate="0.8", period="day", schedule=dues),
    )
    case.disbursed(drawn, loan, 1500)
    statement = case.file(
        papers.table(
            "statement.csv", ("day", "interest"), zip(map(str, _DAYS), _INTEREST, strict=True)
        ),
        "lender",
        "2023-04-03",
        "Statement with the interest of each period",
    )
    for (due, amount), interest in zip(dues, _INTEREST, strict=True):
        charged = case.charge(due, loan, "interest", interest, evidence=[statement])
        case.paid(due, loan, amount, "direct-debit")
        case.link(statement, charged, f"Interest of {interest}")
    case.contact(
        "2023-01-05 21:20",
        "call",
        "collector",
        "client",
        connected=True,
        seconds=60,
        zone="Europe/London",
        company=_LENDER,
        loans=[loan],
        outcome="information",
        said="Reminder of the next instalment.",
    )
    case.close("2023-04-11", "settled", "Balance 0.00, as the published schedule says.")


def total_cap(desk: Desk) -> None:
    """FSharp.Finance.Personal, InterestTests: interest stops at 100 % of the principal.

    Principal 200, interest so far 75, 150 more asked, cap 100 %. Published: only 125 is added.
    """
    case = desk.open(
        "uk-total-cap",
        person_abroad(12),
        "2024-02-19",
        "Interest beyond the total cost cap.",
        currency="GBP",
        zone="Europe/London",
        offset="+00:00",
    )
    loan = case.loan("2023-09-04", _LENDER, 200, note="Dates are invented; amounts are published.")
    case.disbursed("2023-09-04", loan, 200)
    case.charge("2023-11-06", loan, "interest", 75)
    over = case.charge("2024-02-12", loan, "interest", 150)
    case.claim("2024-02-14", loan, [("principal", 200), ("interest", 225)], 425)
    case.note("2024-02-19", "The cap of 100 % leaves 125 of these 150.", about=over)
    case.complaint(
        "2024-02-22",
        "lender",
        _LENDER,
        ["overcharge"],
        loans=[loan],
        statement="Total cost of credit is above the amount lent.",
    )


def daily_interest(desk: Desk) -> None:
    """README of hledger-interest: 1000 at 5 %, actual/365, 96 days from 2010-09-26: 13.15."""
    case = desk.open(
        "hledger-daily",
        person_abroad(13),
        "2011-01-10",
        "Simple interest by the day.",
        currency="EUR",
        zone="Europe/Berlin",
        offset="+01:00",
    )
    loan = case.loan(
        "2010-09-26",
        "Sample Friend (invented)",
        1000,
        "private",
        terms=case.terms(rate="5", period="year"),
    )
    case.disbursed("2010-09-26", loan, 1000)
    case.charge("2010-12-31", loan, "interest", "13.15", note="96 days, actual/365.")
    case.note("2011-01-10", "1013.15 in all at the year's end.")


STORIES: Final = (
    ("uk-daily-cap", daily_cap),
    ("uk-total-cap", total_cap),
    ("hledger-daily", daily_interest),
)
