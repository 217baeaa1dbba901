"""Published test cases of other loan systems, as cases: their figures, no people of theirs."""

from typing import Final

from ops.demo import papers
from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import ABROAD, person_abroad
from ops.demo.sums import months_after

_TWELVE: Final = {"rate": "12", "period": "year"}
_RS02_INTEREST: Final = ("50.00", "47.45", "44.87", "42.27", "39.65", "36.99")
_RP02_INTEREST: Final = ("49.32", "42.67", "34.32", "23.38", "17.33", "8.44")


def _abroad(desk: Desk, key: str, number: int, on: str, summary: str) -> Dossier:
    return desk.open(
        key,
        person_abroad(number),
        on,
        summary,
        currency="EUR",
        zone="Europe/Dublin",
        offset="+00:00",
    )


def declining(desk: Desk) -> None:
    """Apache Fineract, LoanRepayment.feature RS02: 5000 at 12 %, 18 months from 2022-11-01.

    Published: 17 x 305.00 and 303.22; interest 488.22; the first three months 50.00, 47.45, 44.87.
    """
    case = _abroad(desk, "fineract-declining", 1, "2023-05-15", "Declining balance, 18 months.")
    dues = [(months_after("2022-12-01", n), "305.00" if n < 17 else "303.22") for n in range(18)]
    loan = case.loan(
        "2022-11-01",
        ABROAD,
        5000,
        number="SAMPLE-RS02",
        terms=case.terms(
            **_TWELVE, repayment="level-instalments", day_count="monthly", schedule=dues
        ),
    )
    case.disbursed("2022-11-01", loan, 5000)
    for (due, amount), interest in zip(dues, _RS02_INTEREST, strict=False):
        case.charge(due, loan, "interest", interest)
        case.paid(due, loan, amount, "direct-debit")
    case.note("2023-05-15", "Checked against the published schedule: interest 488.22 in all.")


def flat(desk: Desk) -> None:
    """Apache Fineract RS01: the same loan, flat. Published: 17 x 328 and 324, total 5900."""
    case = _abroad(desk, "fineract-flat", 2, "2023-03-20", "Flat interest, 18 months.")
    dues = [(months_after("2022-12-01", n), 328 if n < 17 else 324) for n in range(18)]
    loan = case.loan(
        "2022-11-01",
        ABROAD,
        5000,
        number="SAMPLE-RS01",
        terms=case.terms(**_TWELVE, repayment="flat", schedule=dues),
    )
    case.disbursed("2022-11-01", loan, 5000)
    for due, amount in dues[:4]:
        case.charge(due, loan, "interest", 50)
        case.paid(due, loan, amount, "direct-debit")
    case.missed(dues[4][0], loan, 328)
    case.note("2023-04-03", "Total by contract 5900; four instalments paid.")


def on_time(desk: Desk) -> None:
    """Apache Fineract RP02: six months, interest by the day, the first instalment paid on time.

    Published: instalments 863, 4 x 862, 864.46; interest 175.46; 4312.46 outstanding after 863.
    The interest of each month is worked out here from the stated rule and sums to 175.46.
    """
    case = _abroad(desk, "fineract-on-time", 3, "2022-12-05", "Interest by the day, six months.")
    amounts = ("863", "862", "862", "862", "862", "864.46")
    dues = [(months_after("2022-12-01", n), amount) for n, amount in enumerate(amounts)]
    loan = case.loan(
        "2022-11-01",
        ABROAD,
        5000,
        number="SAMPLE-RP02",
        terms=case.terms(
            **_TWELVE, repayment="level-instalments", day_count="monthly", schedule=dues
        ),
    )
    case.disbursed("2022-11-01", loan, 5000)
    case.paid("2022-12-01", loan, 863, "direct-debit")
    for (due, _), interest in zip(dues, _RP02_INTEREST, strict=True):
        case.charge(due, loan, "interest", interest)
    case.note("2022-12-05", "Outstanding with all interest to come: 4312.46, as published.")


def reversal(desk: Desk) -> None:
    """Apache Fineract, line 1612: a payment that is taken back.

    3000, 12 % flat, 3 x (1000 + 30) from 2023-01-01; penalties of 50 (due 01-15) and 50 (01-20),
    a fee of 50 (01-20); 1180 paid on 2023-01-15. Published: 2060 outstanding, and 3240 once the
    payment is reversed, which stays on the record.
    """
    case = _abroad(desk, "fineract-reversal", 4, "2023-01-10", "A payment that was reversed.")
    dues = [(months_after("2023-02-01", n), 1030) for n in range(3)]
    loan = case.loan(
        "2023-01-01",
        ABROAD,
        3000,
        number="SAMPLE-RR1612",
        terms=case.terms(**_TWELVE, repayment="flat", schedule=dues),
    )
    case.disbursed("2023-01-01", loan, 3000)
    for due, _ in dues:
        case.charge(due, loan, "interest", 30)
    case.charge("2023-01-15", loan, "penalty", 50)
    case.charge("2023-01-20", loan, "penalty", 50)
    case.charge("2023-01-20", loan, "other-fee", 50)
    payment = case.paid("2023-01-15", loan, 1180, "bank-transfer")
    receipt = case.file(
        papers.page("receipt-1180.pdf", "Receipt (invented)", "EUR 1180.00"),
        "bank",
        "2023-01-16",
        "Receipt of the transfer",
    )
    case.link(receipt, payment, "1180 was sent and arrived")
    before = case.position
    taken_back = case.reversed("2023-02-06", payment, "bank", "Recalled by the sending bank.")
    desk.mark("reversal", case, before, taken_back)
    case.note("2023-02-06", "2060 before, 3240 after the reversal, as published.")


def rounded_up(desk: Desk) -> None:
    """frappe/lending, test_loan.py: 280,000 at 8.4 % over 20 months (its currency left out).

    Published: instalment 15,052; interest 21,034; total 301,034.
    """
    case = _abroad(desk, "frappe-rounded-up", 5, "2024-02-12", "Instalments rounded up.")
    dues = [(months_after("2024-02-05", n), 15052 if n < 19 else 15046) for n in range(20)]
    loan = case.loan(
        "2024-01-05",
        ABROAD,
        280000,
        note="Dates are invented.",
        terms=case.terms(
            rate="8.4",
            period="year",
            repayment="level-instalments",
            day_count="monthly",
            schedule=dues,
        ),
    )
    case.disbursed("2024-01-05", loan, 280000)
    for due, interest in zip((due for due, _ in dues), ("1960.00", "1868.36"), strict=False):
        case.charge(due, loan, "interest", interest)
        case.paid(due, loan, 15052, "direct-debit")
    case.note("2024-03-11", "Interest 21,034 in all by the published schedule.")


def same_facts_in_any_order(desk: Desk) -> None:
    """frappe/lending pull 878: one demand, two payments, recorded in all six orders.

    Demand 2025-03-05, payments 2025-03-20 and 2025-03-16. Six loans with the same facts; the
    amounts are invented. Published: identical balances and identical allocation.
    """
    case = _abroad(desk, "frappe-any-order", 6, "2025-03-24", "The same facts in six orders.")
    orders = ("abc", "acb", "bac", "bca", "cab", "cba")
    for number, order in enumerate(orders, 1):
        loan = case.loan("2025-02-05", ABROAD, 600, number=f"ORDER-{order}")
        case.disbursed("2025-02-05", loan, 600, note=f"Loan {number} of six.")
        for letter in order:
            if letter == "a":
                case.charge("2025-03-05", loan, "interest", "48.20")
            elif letter == "b":
                case.paid("2025-03-20", loan, "150.00")
            else:
                case.paid("2025-03-16", loan, "90.50")
    case.note("2025-03-24", "Six orders of recording, one balance.")


STORIES: Final = (
    ("fineract-declining", declining),
    ("fineract-flat", flat),
    ("fineract-on-time", on_time),
    ("fineract-reversal", reversal),
    ("frappe-rounded-up", rounded_up),
    ("frappe-any-order", same_facts_in_any_order),
)
