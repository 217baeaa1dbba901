"""Deadlines of complaints, courts and credit records: given entries, on a day, this stands."""

from datetime import timedelta

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from domain.cases.complaints import (
    ComplaintAnswered,
    ComplaintChannel,
    ComplaintExtended,
    ComplaintMerged,
    ComplaintOutcome,
    ComplaintReceived,
    ComplaintWithdrawn,
    Ground,
    ReviewAsked,
)
from domain.cases.court import (
    Claimant,
    ClaimServed,
    DefenceFiled,
    ObjectionAbout,
    PaymentOrderObjected,
    PaymentOrderServed,
    SuitFiled,
)
from domain.cases.credit import (
    CreditDisputeAnswered,
    CreditEntryDisputed,
    CreditEntrySeen,
    CreditReportObtained,
    DisputeGround,
    DisputeOutcome,
)
from domain.cases.history import replay
from domain.deadlines import State, deadlines
from domain.facts import Grade
from domain.figures.figure import Unknown
from domain.personal import Personal
from domain.proceedings.complaints import ComplaintState, complaints
from domain.proceedings.court import court
from ops.rechecking import shipped_books
from tests.histories import CaseFile, day, given

BOOKS = shipped_books()
WITH_SWITCHES = shipped_books("cn@2026.3+complaint-review+nfra-handover+nfra-report+pboc-12363")
PAPER = Grade.DOCUMENT


def dated(kind, on, **fields):
    return kind(occurred_on=day(on), grade=PAPER, **fields)


def one(case: CaseFile, as_of: str, kind: str, books=BOOKS, known_at=None):
    found = deadlines(case.history(known_at), day(as_of), books)
    (deadline,) = [each for each in found if each.kind == kind]
    return deadline


@pytest.fixture
def case():
    return given()


def complain(case, on="2026-03-02", channel=ComplaintChannel.LENDER, **fields):
    return case.complaint(on, channel=channel, grounds=(Ground.HARASSMENT,), **fields)


def test_a_lender_has_fifteen_days_from_receipt_where_it_is_on_record(case):
    complaint = complain(case)
    assert one(case, "2026-03-10", "complaint-answer").due_on == day("2026-03-17")
    case.record(dated(ComplaintReceived, "2026-03-05", complaint_id=complaint))
    found = one(case, "2026-03-10", "complaint-answer")
    assert (found.starts_on, found.due_on) == (day("2026-03-05"), day("2026-03-20"))
    assert (found.obliged, found.entry_id) == ("lender", complaint)
    assert found.rule_id == "cn.complaint.lender-15-days"


@pytest.mark.parametrize(
    ("said", "until", "due"),
    (
        ("2026-03-16", "2026-04-01", "2026-04-01"),
        ("2026-03-17", "2026-04-01", "2026-04-01"),
        ("2026-03-18", "2026-04-01", "2026-03-17"),  # after the fifteen days: moves nothing
        ("2026-03-16", "2026-08-01", "2026-05-06"),  # sixty days and no more, off Labour Day
        ("2026-03-10", "2026-03-12", "2026-03-17"),  # an earlier day shortens nothing
    ),
)
def test_a_holding_letter_moves_the_day_only_in_time_and_never_beyond_sixty(case, said, until, due):
    complaint = complain(case)
    case.record(dated(ComplaintExtended, said, complaint_id=complaint, until=day(until)))
    assert one(case, "2026-09-01", "complaint-answer").due_on == day(due)


@pytest.mark.parametrize(
    ("answered", "state", "late"),
    (("2026-03-17", State.MET, None), ("2026-03-20", State.MET_LATE, 3), (None, State.MISSED, 14)),
)
def test_answered_in_time_late_or_not_at_all(case, answered, state, late):
    complaint = complain(case)
    if answered:
        case.record(
            dated(
                ComplaintAnswered,
                answered,
                complaint_id=complaint,
                outcome=ComplaintOutcome.REFUSED,
            )
        )
    found = one(case, "2026-03-31", "complaint-answer")
    assert (found.state, found.days_late) == (state, late)
    reading = complaints(case.history(), day("2026-03-31"), BOOKS).complaints[0]
    # Refused or silent: there is somewhere to go.
    assert reading.next_channels[0].en.startswith("The regulator")


def test_what_happens_after_the_day_asked_for_does_not_count(case):
    complaint = complain(case)
    case.record(
        dated(
            ComplaintAnswered,
            "2026-03-16",
            complaint_id=complaint,
            outcome=ComplaintOutcome.UPHELD,
        )
    )
    assert one(case, "2026-03-15", "complaint-answer").state is State.OPEN
    assert one(case, "2026-03-16", "complaint-answer").state is State.MET
    assert deadlines(case.history(), day("2026-03-01"), BOOKS) == ()


@pytest.mark.parametrize("ending", ("withdrawn", "merged"))
def test_a_complaint_taken_back_or_merged_obliges_nobody(case, ending):
    complaint = complain(case)
    other = complain(case, "2026-03-03", ComplaintChannel.POLICE)
    case.record(
        dated(
            ComplaintWithdrawn,
            "2026-03-09",
            complaint_id=complaint,
            reason=Personal(None, "settled"),
        )
        if ending == "withdrawn"
        else dated(ComplaintMerged, "2026-03-09", complaint_id=complaint, into_id=other)
    )
    assert one(case, "2026-04-09", "complaint-answer").state is State.FALLEN_AWAY
    first, second = complaints(case.history(), day("2026-04-09"), BOOKS).complaints
    assert first.state == ComplaintState(ending)
    assert first.next_channels == ()
    assert second.deadlines == ()  # the police have no term that is established


def test_a_clock_known_from_memory_gives_no_date_until_its_switch_is_on(case):
    complain(case, channel=ComplaintChannel.NFRA_12378)
    found = one(case, "2026-03-10", "complaint-handover")
    assert (found.due_on, found.state) == (None, State.OPEN)
    assert "not established" in found.unknown.reason
    on = one(case, "2026-03-10", "complaint-handover", WITH_SWITCHES)
    assert (on.due_on, on.unknown) == (day("2026-03-11"), None)


def test_without_a_pack_there_is_no_date_and_the_reason_is_named(case):
    complain(case)
    nothing = Unknown(reason="nothing adopted", settled_by="adopting a pack")
    assert one(case, "2026-03-10", "complaint-answer", nothing).unknown == nothing


def test_correcting_the_day_of_filing_moves_the_deadline_and_the_earlier_answer_stays(case):
    complaint = complain(case)
    before = case.position
    case.corrected(complaint, occurred_on=day("2026-03-09"))
    assert one(case, "2026-03-30", "complaint-answer").due_on == day("2026-03-24")
    assert one(case, "2026-03-30", "complaint-answer", known_at=before).due_on == day("2026-03-17")
    case.withdrawn(complaint)
    assert deadlines(case.history(), day("2026-03-30"), BOOKS) == ()


def test_a_review_is_asked_for_and_decided_by_clocks_behind_a_switch(case):
    complaint = complain(case)
    answered = dated(
        ComplaintAnswered, "2026-03-16", complaint_id=complaint, outcome=ComplaintOutcome.REFUSED
    )
    case.record(answered)
    assert one(case, "2026-04-01", "review-request", WITH_SWITCHES).due_on == day("2026-04-15")
    case.record(dated(ReviewAsked, "2026-04-10", complaint_id=complaint))
    assert one(case, "2026-04-11", "review-request", WITH_SWITCHES).state is State.MET
    assert one(case, "2026-04-11", "review-decision", WITH_SWITCHES).due_on == day("2026-05-11")


def test_a_defence_and_a_docket(case):
    loan = case.loan("2024-01-01", "8000")
    suit = case.record(dated(SuitFiled, "2026-05-28", loan_ids=(loan,), claimant=Claimant.LENDER))
    case.record(dated(ClaimServed, "2026-06-04", suit_id=suit))
    assert one(case, "2026-06-10", "docket").state is State.MISSED
    assert one(case, "2026-06-10", "defence").due_on == day("2026-06-22")
    case.record(dated(DefenceFiled, "2026-06-22", suit_id=suit))
    assert one(case, "2026-06-30", "defence").state is State.MET


@pytest.mark.parametrize(
    ("objections", "objection", "enforceable"),
    (
        ((), "none-yet", True),
        ((("2026-05-20", ObjectionAbout.DEBT),), "counts", False),
        ((("2026-05-22", ObjectionAbout.DEBT),), "late", True),
        ((("2026-05-20", ObjectionAbout.MEANS_OR_TIME),), "does-not-count", True),
    ),
)
def test_a_payment_order_lives_unless_the_debt_is_disputed_within_fifteen_days(
    case, objections, objection, enforceable
):
    loan = case.loan("2024-01-01", "8000")
    order = case.record(dated(PaymentOrderServed, "2026-05-06", loan_ids=(loan,), court="a court"))
    for on, about in objections:
        case.record(dated(PaymentOrderObjected, on, order_id=order, about=about))
    (reading,) = court(case.history(), day("2026-06-01"), BOOKS).orders
    assert reading.deadlines[0].due_on == day("2026-05-21")
    assert (reading.objection, reading.can_be_enforced) == (objection, enforceable)


def test_an_objection_to_a_credit_entry_is_answered_in_twenty_days(case):
    report = case.record(dated(CreditReportObtained, "2026-03-02", bureau="a bureau"))
    entry = case.record(dated(CreditEntrySeen, "2026-03-02", report_id=report, provider="a lender"))
    dispute = case.record(
        dated(
            CreditEntryDisputed,
            "2026-03-04",
            credit_entry_id=entry,
            grounds=(DisputeGround.PAID,),
        )
    )
    assert one(case, "2026-03-10", "objection-answer").due_on == day("2026-03-24")
    case.record(
        dated(
            CreditDisputeAnswered,
            "2026-03-25",
            dispute_id=dispute,
            outcome=DisputeOutcome.KEPT,
        )
    )
    found = one(case, "2026-04-10", "objection-answer")
    assert (found.state, found.days_late) == (State.MET_LATE, 1)


@generated(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(offsets, random):
    """Steps of one complaint on any days, recorded in any order: the same deadlines."""
    case = given(name="order")
    complaint = complain(case)
    start = day("2026-03-02")
    for number, offset in enumerate(offsets):
        on = start + timedelta(days=offset)
        fact = (
            ComplaintExtended(
                occurred_on=on,
                grade=PAPER,
                complaint_id=complaint,
                until=on + timedelta(days=9 + number),
            )
            if number % 2
            else ComplaintReceived(occurred_on=on, grade=PAPER, complaint_id=complaint)
        )
        case.record(fact)
    events = case.events()
    shuffled = events[:2] + random.sample(events[2:], len(events) - 2)
    asked = day("2026-06-01")

    def read(of):
        history = replay(case.case_id, of)
        return deadlines(history, asked, BOOKS)

    assert read(shuffled) == read(events)
