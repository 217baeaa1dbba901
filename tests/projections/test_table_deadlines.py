"""Rows of deadlines, and what the caseload says of work, as functions of one case."""

from datetime import date

import pytest

from domain.cases.complaints import ComplaintChannel, ComplaintReceived
from domain.cases.phases import Phase, PhaseBegun, Urgency, UrgencySet
from domain.cases.work import CaseAssigned, CaseHandedOver, TaskKind, TaskSet
from domain.deadlines import deadlines
from domain.facts import Grade
from ops.rechecking import shipped_books
from projections.tables.books import NO_BOOKS as NO_LABEL
from projections.tables.caseload import CASELOAD
from projections.tables.deadlines import ANCHOR, DEADLINES
from tests.histories import CaseFile, day, given, opening, said
from tests.projections.tables import NO_BOOKS

BOOKS = shipped_books()


def rows(case, as_of, books=BOOKS, table=DEADLINES):
    """Rows by column; an anchor only where nothing else is asked for."""
    found = table.rows(case.history(), day(as_of), books)
    return [dict(zip(table.columns, row, strict=True)) for row in found]


def one(case, as_of, books=BOOKS):
    anchor, row = rows(case, as_of, books)
    assert anchor["key"] == ANCHOR
    return row


def task(due=None, member=None, on="2026-03-02"):
    return TaskSet(
        set_on=day(on),
        title=said("打给客服"),
        kind=TaskKind.CALL,
        due_on=due and day(due),
        member=member,
    )


@pytest.fixture
def case():
    return given(opening("2026-03-01", adviser="m-1"))


def received(complaint, on):
    return ComplaintReceived(occurred_on=day(on), grade=Grade.DOCUMENT, complaint_id=complaint)


def test_a_case_without_deadlines_has_its_anchor_alone(case):
    (anchor,) = rows(case, "2026-03-10")
    assert (anchor["key"], anchor["code"], anchor["due_on"]) == (ANCHOR, None, None)
    assert (anchor["adviser"], anchor["as_of"]) == ("m-1", day("2026-03-10"))


def test_a_case_whose_opening_was_not_read_has_no_row():
    assert rows(CaseFile(facts=()), "2026-03-10") == []


def test_a_deadline_says_what_the_reading_of_its_case_says(case):
    complaint = case.complaint("2026-03-02", channel=ComplaintChannel.LENDER)
    row = one(case, "2026-03-20")
    (wanted,) = deadlines(case.history(), day("2026-03-20"), BOOKS)
    for name in ("key", "due_on", "starts_on", "obliged", "state", "rule_id", "days_late"):
        assert row[name] == getattr(wanted, name), name
    assert (row["code"], row["entry_id"], row["due_sort"]) == (
        wanted.kind,
        complaint,
        wanted.due_on,
    )
    assert (row["state"], row["provisional"]) == ("missed", False)
    assert row["rules"] == f"{BOOKS.pack.reference} {BOOKS.data.version}"


def test_a_day_that_nobody_knows_stays_unknown_with_the_reason_and_sorts_last(case):
    case.complaint("2026-03-02", channel=ComplaintChannel.LENDER)
    row = one(case, "2026-03-20", NO_BOOKS)
    assert (row["due_on"], row["due_sort"], row["state"]) == (None, date.max, "open")
    assert (row["unknown"], row["rules"]) == (NO_BOOKS.reason, NO_LABEL)


def test_a_day_in_a_year_without_a_calendar_is_provisional(case):
    case.complaint("2027-03-02", channel=ComplaintChannel.LENDER)
    assert one(case, "2027-03-03")["provisional"] is True
    other = given(opening("2026-03-01"))
    other.complaint("2026-03-02", channel=ComplaintChannel.LENDER)
    assert one(other, "2026-03-03")["provisional"] is False


def test_correcting_the_filing_day_moves_the_row(case):
    complaint = case.complaint("2026-03-02", channel=ComplaintChannel.LENDER)
    assert one(case, "2026-03-20")["state"] == "missed"
    case.corrected(complaint, occurred_on=day("2026-03-10"))
    moved = one(case, "2026-03-20")
    assert (moved["due_on"], moved["state"]) == (day("2026-03-25"), "open")
    case.record(received(complaint, "2026-03-12"))
    assert one(case, "2026-03-20")["due_on"] == day("2026-03-27")
    case.withdrawn(complaint)
    assert [row["key"] for row in rows(case, "2026-03-20")] == [ANCHOR]


def test_whoever_is_in_charge_has_to_see_to_it_and_of_a_task_whom_it_names(case):
    case.complaint("2026-03-02", channel=ComplaintChannel.LENDER)
    own = case.record(task("2026-03-20"))
    others = case.record(task("2026-03-21", member="m-9"))
    case.record(CaseAssigned(to_member="m-2", assigned_on=day("2026-03-05")))
    case.record(
        CaseHandedOver(
            from_member="m-2", to_member="m-3", handed_over_on=day("2026-04-01"), note=said("x")
        )
    )

    def advisers(as_of):
        return {row["entry_id"]: row["adviser"] for row in rows(case, as_of)}

    assert set(advisers("2026-03-04").values()) == {"m-1", "m-9"}
    assert advisers("2026-03-31")[own] == "m-2"
    assert set(advisers("2026-04-01").values()) == {"m-3", "m-9"}
    assert advisers("2026-04-01")[others] == "m-9"
    assert rows(case, "2026-04-01", table=CASELOAD)[0]["adviser"] == "m-3"


def test_the_caseload_says_what_is_next_how_much_is_due_and_how_pressing_it_is(case):
    case.record(PhaseBegun(phase=Phase.CREDITORS, begun_on=day("2026-03-04")))
    case.record(
        UrgencySet(
            level=Urgency.EMERGENCY,
            set_on=day("2026-03-04"),
            review_on=day("2026-03-08"),
            reason=said("上门"),
        )
    )
    for due in ("2026-03-10", "2026-03-17", "2026-03-18", "2026-03-25"):
        case.record(task(due))
    case.record(task())
    (line,) = rows(case, "2026-03-10", table=CASELOAD)
    assert (line["phase"], line["urgency"]) == ("creditors", "emergency")
    assert (line["next_code"], line["next_kind"]) == ("urgency-review", "deadline")
    assert (line["next_on"], line["next_sort"]) == (day("2026-03-08"), "0 2026-03-08")
    assert (line["missed"], line["due_in_7"], line["due_in_14"]) == (1, 2, 3)
    assert (line["open_tasks"], line["last_contact_on"]) == (5, None)


def test_of_a_closed_case_nothing_is_to_be_done_and_its_deadlines_stay(case):
    case.record(task("2026-03-05"))
    case.closed("2026-03-10")
    (line,) = rows(case, "2026-03-10", table=CASELOAD)
    assert (line["next_on"], line["next_sort"], line["next_key"]) == (None, "9", None)
    assert (line["missed"], line["due_in_7"], line["open_tasks"]) == (0, 0, 0)
    row = one(case, "2026-03-10")
    assert (row["status"], row["state"]) == ("closed", "missed")


def test_nothing_personal_is_in_a_row(case):
    case.record(task("2026-03-05"))
    assert "打给客服" not in str(
        rows(case, "2026-03-10") + rows(case, "2026-03-10", table=CASELOAD)
    )
