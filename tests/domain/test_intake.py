"""Referral, phases and urgency."""

from datetime import UTC, date, datetime

from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.cases.corrections import EntryCorrected
from domain.cases.deciding import Record, Rules, decide
from domain.cases.phases import Phase, PhaseBegun, Urgency, UrgencySet
from domain.deadlines import Obliged, State, deadlines
from domain.intake import phase_on, phases_of, urgency_on
from domain.refusals import Code, Refusal
from ops.rechecking import shipped_books
from tests.histories import day, given, said

RULES = Rules(
    now=datetime(2026, 11, 20, 4, 0, tzinfo=UTC),
    today=date(2026, 11, 20),
    zones=frozenset({"Asia/Shanghai"}),
)


def begun(phase, on):
    return PhaseBegun(phase=Phase(phase), begun_on=day(on))


def urgency(level="urgent", on="2026-03-02", review="2026-03-09", reason="催收人扬言上门"):
    return UrgencySet(
        level=Urgency(level),
        set_on=day(on),
        review_on=review and day(review),
        reason=said(reason),
    )


def refused(case, fact):
    decided = decide(case.history(), Record(fact=fact), RULES)
    return (decided.code, decided.field) if isinstance(decided, Refusal) else None


def reviews(case, as_of):
    found = deadlines(case.history(), day(as_of), shipped_books())
    return [each for each in found if each.kind == "urgency-review"]


def test_given_no_phase_then_a_case_is_in_none():
    assert phase_on(given().history(), day("2026-03-01")) is None
    assert urgency_on(given().history(), day("2026-03-01")) is None


def test_given_phases_back_and_forth_then_each_ends_where_the_next_begins():
    case = given(
        begun("explore", "2026-03-02"),
        begun("creditors", "2026-03-09"),
        begun("explore", "2026-03-12"),
    )
    spans = phases_of(case.history(), day("2026-03-20"))
    assert [(span.phase.value, span.days, span.ended_on) for span in spans] == [
        ("explore", 7, day("2026-03-09")),
        ("creditors", 3, day("2026-03-12")),
        ("explore", 8, None),
    ]
    assert phase_on(case.history(), day("2026-03-10")).phase is Phase.CREDITORS


@any_of(
    st.lists(
        st.tuples(st.sampled_from(Phase), st.integers(0, 400)),
        max_size=12,
        unique_by=lambda p: p[1],
    ),
    st.integers(0, 500),
)
def test_the_days_of_the_phases_add_up_and_the_order_of_recording_says_nothing(phases, until):
    facts = [
        PhaseBegun(phase=phase, begun_on=date.fromordinal(day("2026-01-01").toordinal() + after))
        for phase, after in phases
    ]
    as_of = date.fromordinal(day("2026-01-01").toordinal() + until)
    spans = phases_of(given(*facts).history(), as_of)
    backwards = phases_of(given(*reversed(facts)).history(), as_of)
    assert [(s.phase, s.begun_on, s.ended_on) for s in spans] == [
        (s.phase, s.begun_on, s.ended_on) for s in backwards
    ]
    if spans:
        assert sum(span.days for span in spans) == (as_of - spans[0].begun_on).days


def test_when_the_phase_that_a_case_is_in_begins_again_then_it_is_refused():
    case = given(begun("explore", "2026-03-02"), begun("creditors", "2026-03-09"))
    assert refused(case, begun("creditors", "2026-03-10")) == (Code.STEP_RECORDED, "phase")
    assert refused(case, begun("explore", "2026-03-08")) == (Code.STEP_RECORDED, "phase")
    assert refused(case, begun("explore", "2026-03-10")) is None


def test_what_presses_has_a_reason_and_a_day_to_be_looked_at_again():
    case = given()
    assert refused(case, urgency(review=None)) == (Code.REVIEW_MISSING, "review_on")
    assert refused(case, urgency(reason=None)) == (Code.REASON_MISSING, "reason")
    assert refused(case, urgency(review="2026-03-01")) == (Code.DATE_ORDER, "review_on")
    assert refused(case, urgency("ordinary", review=None, reason=None)) is None
    assert refused(case, urgency(review="2026-12-24")) is None


def test_given_an_urgency_then_its_review_obliges_the_adviser_until_it_is_set_anew():
    case = given(urgency())
    (open_one,) = reviews(case, "2026-03-05")
    assert (open_one.due_on, open_one.obliged, open_one.state) == (
        day("2026-03-09"),
        Obliged.ADVISER,
        State.OPEN,
    )
    (missed,) = reviews(case, "2026-03-10")
    assert (missed.state, missed.days_late) == (State.MISSED, 1)
    case.record(urgency("ordinary", "2026-03-09", None, None))
    (met,) = reviews(case, "2026-03-10")
    assert met.state is State.MET
    assert urgency_on(case.history(), day("2026-03-10")).level is Urgency.ORDINARY


def test_a_correction_moves_the_review_and_the_answer_as_known_before_stays():
    case = given()
    entry = case.record(urgency())
    before = case.history().position
    case.record(
        EntryCorrected(
            entry_id=entry, replacement=urgency(review="2026-03-12"), reason=said("看错")
        )
    )
    assert [one.due_on for one in reviews(case, "2026-03-05")] == [day("2026-03-12")]
    old = deadlines(case.history(before), day("2026-03-05"), shipped_books())
    assert [one.due_on for one in old if one.kind == "urgency-review"] == [day("2026-03-09")]
