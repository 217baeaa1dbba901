"""The rows of the tables, as functions of one case and a day."""

from datetime import date

from domain.cases.history import replay
from domain.cases.lending import LenderClass, Terms
from projections.tables.balances import BALANCES, NOT_BEGUN
from projections.tables.caseload import CASELOAD
from tests.histories import CaseFile, cny, due, opening
from tests.projections.tables import NO_BOOKS

TODAY = date(2026, 4, 1)


def row(case, as_of=TODAY):
    (values,) = CASELOAD.rows(case.history(), as_of, NO_BOOKS)
    return dict(zip(CASELOAD.columns, values, strict=True))


def lent(case, terms=None, on="2026-01-10"):
    loan = case.loan(on, "300.00", terms=terms)
    case.disbursed(on, loan, "300.00")
    return loan


SCHEDULE = Terms(
    schedule=due(("2026-03-01", "100.00"), ("2026-04-01", "100.00"), ("2026-05-01", "100.00"))
)


def test_a_case_in_one_line():
    case = CaseFile(facts=(opening("2026-01-05", adviser="li"),))
    lent(case)
    case.contact("2026-03-01T23:30:00+08:00")
    gone = case.contact("2026-03-01T23:31:00+08:00")
    case.withdrawn(gone)
    case.complaint("2026-02-01")
    case.loan("2026-02-10", "50.00", lender="Another")
    line = row(case)
    assert (line["status"], line["adviser"], line["opened_on"]) == (
        "open",
        "li",
        date(2026, 1, 5),
    )
    assert (line["loans"], line["lenders"], line["currencies"]) == (
        2,
        ["Another", "Kuaidai"],
        ["CNY"],
    )
    assert (line["entries"], line["contacts"], line["open_complaints"]) == (6, 1, 1)
    assert line["last_occurred_on"] == date(2026, 3, 1)
    assert line["last_recorded_at"] == case.events()[-1].recorded_at
    assert line["position"] == case.position


def test_what_is_due_next_by_the_contract_counts_the_day_itself():
    case = CaseFile()
    lent(case, SCHEDULE)
    assert row(case)["next_due_on"] == TODAY
    assert row(case, date(2026, 4, 2))["next_due_on"] == date(2026, 5, 1)
    assert row(case, date(2026, 5, 2))["next_due_on"] is None


def test_a_plan_replaces_the_contracts_days():
    case = CaseFile()
    loan = lent(case, SCHEDULE)
    case.plan("2026-03-15", [loan], ("2026-06-01", "150.00"))
    assert row(case, date(2026, 3, 14))["next_due_on"] == TODAY
    assert row(case)["next_due_on"] == date(2026, 6, 1)


def test_a_loan_with_only_a_last_day():
    case = CaseFile()
    lent(case, Terms(due_on=date(2026, 5, 1)))
    assert (row(case)["next_due_on"], row(case)["overdue"]) == (date(2026, 5, 1), False)
    assert row(case, date(2026, 5, 2))["overdue"] is True


def test_nothing_is_due_on_what_was_paid():
    case = CaseFile()
    loan = lent(case, SCHEDULE)
    case.payment("2026-02-01", loan, "300.00")
    assert (row(case)["next_due_on"], row(case)["overdue"]) == (None, False)


def test_overdue_is_unknown_where_no_day_is_on_record():
    case = CaseFile()
    lent(case)
    assert row(case)["overdue"] is None
    late = CaseFile("late")
    lent(late)
    lent(late, SCHEDULE)
    assert row(late)["overdue"] is True


def test_a_plan_for_several_loans_is_late_as_a_whole():
    case = CaseFile()
    loans = [lent(case), lent(case)]
    case.plan("2026-02-01", loans, ("2026-03-01", "100.00"))
    assert row(case)["overdue"] is True
    case.payment("2026-02-20", loans[0], "100.00")
    assert row(case)["overdue"] is False


def test_closed_and_reopened():
    case = CaseFile()
    case.closed("2026-01-20")
    assert (row(case)["status"], row(case)["closed_on"]) == ("closed", date(2026, 1, 20))
    case.reopened("2026-02-01")
    assert (row(case)["status"], row(case)["closed_on"]) == ("open", None)


def test_a_case_whose_opening_was_not_read_has_no_row():
    history = replay(CaseFile().case_id, [])
    assert CASELOAD.rows(history, TODAY, NO_BOOKS) == BALANCES.rows(history, TODAY, NO_BOOKS) == []


def test_a_loan_is_a_row_of_balances_with_figures_from_its_day_on():
    case = CaseFile()
    loan = lent(case)
    case.corrected(loan, lender_class=LenderClass.SMALL_LOAN)
    case.charge("2026-02-10", loan, "10.00")
    (values,) = BALANCES.rows(case.history(), TODAY, NO_BOOKS)
    line = dict(zip(BALANCES.columns, values, strict=True))
    assert (line["loan_id"], line["lender_class"], line["owed_minor"]) == (
        loan,
        "small-loan",
        cny("310.00").minor,
    )
    assert line["unknown"] == "arrears: no plan, schedule or last day is on record"
    (values,) = BALANCES.rows(case.history(), date(2026, 1, 9), NO_BOOKS)
    line = dict(zip(BALANCES.columns, values, strict=True))
    assert (line["loan_id"], line["lender_class"], line["unknown"]) == (
        loan,
        "small-loan",
        NOT_BEGUN,
    )
    assert {line[name] for name in line if name.endswith("_minor")} == {None}
