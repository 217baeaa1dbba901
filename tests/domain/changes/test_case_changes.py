"""What changed in a case: hand-made turns, and made histories against both sides read apart."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from domain.cases.complaints import ComplaintChannel
from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.history import History
from domain.cases.lending import LenderClass
from domain.cases.work import CaseAssigned, TaskDone, TaskKind, TaskSet
from domain.changes import Side, case_changes
from domain.changes.pairing import Became, deadline_changes, finding_changes
from domain.conduct import conduct
from domain.deadlines import deadlines
from domain.figures.figure import Unknown
from domain.figures.position import position
from domain.letters.comparing import Did
from domain.rules.cn import conduct_ids as ids
from ops.rechecking import shipped_books
from tests import made
from tests.histories import CaseFile, cny, day, said

BOOKS = shipped_books()
TODAY = date(2026, 11, 20)
LENDER = "Kuaidai"
NIGHT = {ids.NIGHT_GBT, ids.NIGHT_CBA}


def changes(case, since, as_of=TODAY, now=None, then_books=BOOKS):
    return case_changes(
        Side(history=case.history(since), books=then_books),
        Side(history=case.history(now), books=BOOKS),
        since,
        as_of,
    )


def moves(change):
    """Figure, then, now, by: as texts."""
    return [
        tuple(value and getattr(value, "text", lambda v=value: v)() for value in each)
        for each in ((m.figure, m.then, m.now, m.by) for m in change.moves)
    ]


@pytest.fixture
def lent():
    case = CaseFile()
    loan = case.loan(
        "2025-01-10", "10000", lender=LENDER, lender_class=LenderClass.CONSUMER_FINANCE
    )
    case.disbursed("2025-01-10", loan, "10000")
    return case, loan


def test_nothing_recorded_is_nothing_changed(lent):
    case, loan = lent
    found = changes(case, case.position)
    assert (found.entries, found.deadlines, found.findings, found.tasks) == ((), (), (), ())
    (line,) = found.loans
    assert (line.loan_id, line.moves, line.entries) == (loan, (), ())
    assert line.owed_then == line.owed_now == cny("10000")
    assert found.then == found.now


def test_a_payment_since_moves_what_is_owed_and_is_named(lent):
    case, loan = lent
    since = case.position
    paid = case.payment("2025-03-01", loan, "400")
    found = changes(case, since)
    (entry,) = found.entries
    assert (entry.entry_id, entry.topic, entry.did) == (paid, "payment-made", Did.RECORDED)
    assert (entry.actor, entry.happened, entry.loan_ids) == ("li", date(2025, 3, 1), (loan,))
    (line,) = found.loans
    assert moves(line) == [
        ("owed", "10000.00", "9600.00", "-400.00"),
        ("principal", "10000.00", "9600.00", "-400.00"),
        ("paid", "0.00", "400.00", "400.00"),
    ]
    assert line.entries == (paid,)
    assert [moves(total) for total in found.totals] == [moves(line)]
    assert (found.recorded, found.corrected, found.withdrawn) == (1, 0, 0)


def test_what_was_corrected_and_withdrawn_since_is_told_by_field_and_by_effect(lent):
    case, loan = lent
    paid = case.payment("2025-03-01", loan, "400", payer_name=said("王芳"))
    twice = case.payment("2025-03-01", loan, "400")
    since = case.position
    case.corrected(paid, amount=cny("450"), occurred_on=day("2025-03-02"))
    case.withdrawn(twice)
    found = changes(case, since)
    assert [(e.entry_id, e.did, e.fields) for e in found.entries] == [
        (paid, Did.CORRECTED, ("occurred_on", "amount")),
        (twice, Did.WITHDRAWN, ()),
    ]
    assert found.entries[0].happened == date(2025, 3, 2)
    assert moves(found.loans[0])[0] == ("owed", "9200.00", "9550.00", "350.00")
    assert found.loans[0].entries == (paid, twice)
    # Before any of it: the same events are additions with a correction and a withdrawal.
    earlier = changes(case, since - 2)
    assert [each.did for each in earlier.entries] == [
        Did.RECORDED,
        Did.RECORDED,
        Did.CORRECTED,
        Did.WITHDRAWN,
    ]
    assert (earlier.recorded, earlier.corrected, earlier.withdrawn) == (2, 1, 1)


def test_only_a_name_corrected_names_no_plain_field(lent):
    case, loan = lent
    paid = case.payment("2025-03-01", loan, "400", payer_name=said("王芳"))
    since = case.position
    case.corrected(paid, payer_name=said("王方"))
    (entry,) = changes(case, since).entries
    assert (entry.did, entry.fields) == (Did.CORRECTED, ())


def test_a_loan_that_came_and_one_that_went(lent):
    case, first = lent
    since = case.position
    second = case.loan("2025-06-01", "3000", lender="Xiaodai")
    found = changes(case, since)
    assert [(each.loan_id, each.is_new, each.is_gone) for each in found.loans] == [
        (first, False, False),
        (second, True, False),
    ]
    since = case.position
    case.withdrawn(second)
    gone = changes(case, since).loans[-1]
    assert (gone.loan_id, gone.is_gone, gone.owed_now) == (second, True, None)
    assert all(move.now is None and move.by is None for move in gone.moves)


def test_before_the_opening_everything_is_new(lent):
    case, loan = lent
    found = changes(case, 0)
    assert found.then.position == found.then.version == 0
    assert [each.topic for each in found.entries] == ["case-opened", "loan-taken", "loan-disbursed"]
    assert found.loans[0].is_new
    assert found.loans[0].loan_id == loan


def test_days_that_go_by_change_nothing(lent):
    """A deadline that was open and is missed by now was missed on both sides of the same day."""
    case, loan = lent
    case.plan("2025-02-01", [loan], ("2025-03-01", "300"))
    for as_of in (date(2025, 2, 15), TODAY):
        assert changes(case, case.position, as_of).deadlines == ()


def test_deadlines_appear_move_and_vanish(lent):
    case, _ = lent
    start = case.position
    complaint = case.complaint("2026-03-02", channel=ComplaintChannel.LENDER)
    appeared = changes(case, start).deadlines
    assert appeared
    assert {each.became for each in appeared} == {Became.APPEARED}
    assert all(each.then is None and each.now.entry_id == complaint for each in appeared)
    filed = case.position
    case.corrected(complaint, occurred_on=day("2026-03-16"))
    moved = changes(case, filed).deadlines
    assert {each.became for each in moved} == {Became.MOVED}
    assert {each.key for each in moved} == {each.key for each in appeared}
    assert all(each.now.due_on > each.then.due_on for each in moved)
    corrected = case.position
    case.withdrawn(complaint)
    vanished = changes(case, corrected).deadlines
    assert {each.became for each in vanished} == {Became.VANISHED}
    assert changes(case, start).deadlines == ()


def test_an_instalment_paid_since_has_ended(lent):
    case, loan = lent
    case.plan("2025-02-01", [loan], ("2025-03-01", "300"), ("2025-04-01", "300"))
    since = case.position
    case.payment("2025-03-01", loan, "300")
    ended = [e for e in changes(case, since).deadlines if e.became is Became.ENDED]
    assert date(2025, 3, 1) in {each.now.due_on for each in ended}
    assert all(each.now.met_by is not None for each in ended if each.now.kind == "instalment")


def call(case, at, **fields):
    return case.contact(f"{at}+08:00", **({"on_behalf_of": LENDER, "connected": True} | fields))


def of_rule(found, rule):
    one = [each for each in found.findings if (each.now or each.then).rule_id == rule]
    return [(e.became, e.then and e.then.observed, e.now and e.now.observed) for e in one]


def test_a_call_more_on_a_day_of_too_many_changes_the_finding(lent):
    case, _ = lent
    for hour in (9, 10, 11):
        call(case, f"2026-06-02T{hour:02}:00:00")
    since = case.position
    call(case, "2026-06-02T12:00:00")
    assert of_rule(changes(case, since), ids.CALLS_GBT) == [(Became.APPEARED, None, 4)]
    four = case.position
    last = call(case, "2026-06-02T13:00:00")
    assert of_rule(changes(case, four), ids.CALLS_GBT) == [(Became.CHANGED, 4, 5)]
    five = case.position
    case.withdrawn(last)
    assert of_rule(changes(case, five), ids.CALLS_GBT) == [(Became.CHANGED, 5, 4)]
    assert of_rule(changes(case, four), ids.CALLS_GBT) == []


def test_an_hour_corrected_takes_a_night_call_back(lent):
    case, _ = lent
    late = call(case, "2026-06-02T22:30:00")
    since = case.position
    case.corrected(late, occurred_at=case.fact(late).occurred_at.replace(hour=20))
    found = changes(case, since).findings
    assert {each.then.rule_id for each in found} == NIGHT
    assert {each.became for each in found} == {Became.VANISHED}
    assert {each.then.entries for each in found} == {(late,)}


def test_two_night_calls_are_two_findings_and_stay_apart(lent):
    case, _ = lent
    first = call(case, "2026-06-02T22:30:00")
    since = case.position
    second = call(case, "2026-06-02T23:10:00")
    case.withdrawn(first)
    found = changes(case, since).findings
    assert {(e.became, (e.now or e.then).rule_id, (e.now or e.then).entries) for e in found} == {
        (became, rule, (contact,))
        for became, contact in ((Became.APPEARED, second), (Became.VANISHED, first))
        for rule in NIGHT
    }


def test_rules_adopted_since_are_a_change_though_nothing_was_recorded(lent):
    case, _ = lent
    call(case, "2026-06-02T22:30:00")
    none = Unknown(reason="no rule pack is adopted", settled_by="adopting one")
    found = changes(case, case.position, then_books=none)
    assert found.entries == ()
    assert {(each.became, each.now.rule_id) for each in found.findings} == {
        (Became.APPEARED, rule) for rule in NIGHT
    }
    assert (found.then.pack, found.now.pack) == (None, BOOKS.pack.reference)


def test_tasks_appear_move_end_and_vanish_and_charge_goes_over(lent):
    case, _ = lent
    start = case.position
    setting = TaskSet(
        set_on=day("2026-03-02"),
        title=said("向客服要明细"),
        kind=TaskKind.CALL,
        due_on=day("2026-03-06"),
    )
    task = case.record(setting)
    later = case.position
    case.corrected(task, due_on=day("2026-03-09"))
    moved = case.position
    case.record(TaskDone(task_id=task, done_on=day("2026-03-08")))
    done = case.position
    case.record(CaseAssigned(to_member="m-2", assigned_on=day("2026-04-01")))
    became = [changes(case, since, now=now).tasks[0].became for since, now in (
        (start, later), (later, moved), (moved, done), (done, None), (start, None),
    )]  # fmt: skip
    assert became == [
        Became.APPEARED, Became.MOVED, Became.ENDED, Became.CHANGED, Became.APPEARED,
    ]  # fmt: skip
    over = changes(case, done)
    assert (over.then.in_charge, over.now.in_charge) == (None, "m-2")
    other = case.record(setting)
    last = case.position
    case.withdrawn(other)
    assert [each.became for each in changes(case, last).tasks] == [Became.VANISHED]


def test_a_closing_shows_on_both_sides(lent):
    case, _ = lent
    since = case.position
    case.closed("2026-06-01")
    found = changes(case, since)
    assert (found.then.status, found.now.status) == ("open", "closed")


def test_an_empty_history_has_two_sides_as_well():
    case = CaseFile()
    empty = Side(history=History(case_id=case.case_id), books=BOOKS)
    found = case_changes(empty, empty, 0, TODAY)
    assert (found.entries, found.loans, found.deadlines, found.tasks) == ((), (), (), ())


@made.examples(150)
@generated(made.cases(), made.days, st.data())
def test_then_and_what_moved_come_to_now(case, as_of, data):
    """Read apart by the position itself: no figure is left out, none moved that did not."""
    since = data.draw(st.integers(0, case.position))
    found = changes(case, since, as_of)
    then = {loan.loan_id: loan for loan in position(case.history(since), as_of).loans}
    now = {loan.loan_id: loan for loan in position(case.history(), as_of).loans}
    assert {line.loan_id for line in found.loans} == then.keys() | now.keys()
    for line in found.loans:
        moved = {move.figure: move for move in line.moves}
        before, after = then.get(line.loan_id), now.get(line.loan_id)
        assert (line.is_new, line.is_gone) == (before is None, after is None)
        for name in ("owed", "principal", "interest", "penalty", "fees", "paid", "pending",
                     "overpaid", "arrears", "lent", "withheld"):  # fmt: skip
            was = before and getattr(before, name).amount
            stands = after and getattr(after, name).amount
            if was == stands:
                assert name not in moved
                continue
            assert (moved[name].then, moved[name].now) == (was, stands)
            if was is not None and stands is not None:
                assert was + moved[name].by == stands


@made.examples(100)
@generated(made.cases(), made.days, st.data())
def test_every_event_since_has_its_line_and_none_else(case, as_of, data):
    since = data.draw(st.integers(0, case.position))
    found = changes(case, since, as_of)
    later = [event for event in case.events() if event.position > since]
    assert [line.position for line in found.entries] == [event.position for event in later]
    kinds = Counter(type(event.fact) for event in later)
    assert found.corrected == kinds[EntryCorrected]
    assert found.withdrawn == kinds[EntryWithdrawn]
    assert found.recorded == len(later) - found.corrected - found.withdrawn


@made.examples(100)
@generated(made.cases(), made.days, st.data())
def test_a_change_after_another_comes_to_both_at_once(case, as_of, data):
    """Deadlines carried over two stretches are those of the end, whichever way they are read."""
    first = data.draw(st.integers(0, case.position))
    second = data.draw(st.integers(first, case.position))
    held = {each.key: each for each in deadlines(case.history(first), as_of, BOOKS)}
    for since, until in ((first, second), (second, case.position)):
        for change in changes(case, since, as_of, now=until).deadlines:
            assert held.pop(change.key, None) == change.then
            if change.now is not None:
                held[change.key] = change.now
    ends = deadlines(case.history(), as_of, BOOKS)
    assert held == {each.key: each for each in ends}
    assert len(held) == len(ends), "two deadlines with one key"


hours = st.integers(6, 23)
calls = st.lists(st.tuples(st.integers(1, 3), hours), max_size=14)


@made.examples(100)
@generated(calls, calls, st.sets(st.integers(0, 13), max_size=4))
def test_findings_then_with_what_changed_are_those_now(before, after, withdrawn):
    case = CaseFile()
    case.loan("2025-01-10", "10000", lender=LENDER, lender_class=LenderClass.CONSUMER_FINANCE)
    logged = [call(case, f"2026-06-{on:02}T{hour:02}:15:00") for on, hour in before]
    since = case.position
    for on, hour in after:
        call(case, f"2026-06-{on:02}T{hour:02}:40:00")
    for index in withdrawn:
        if index < len(logged):
            case.withdrawn(logged[index])
    then = list(conduct(case.history(since), TODAY, BOOKS).findings)
    now = list(conduct(case.history(), TODAY, BOOKS).findings)
    found = changes(case, since).findings
    for change in found:
        if change.then is not None:
            then.remove(change.then)
        assert change.then != change.now
    assert sorted(map(repr, [*then, *(c.now for c in found if c.now)])) == sorted(map(repr, now))
    # A count over a day never vanishes beside another of the same day that appears.
    ends = [(c.became, (c.now or c.then).day) for c in found
            if (c.now or c.then).rule_id == ids.CALLS_GBT]  # fmt: skip
    assert len({on for _, on in ends}) == len(ends)


def test_pairing_is_no_change_for_the_same_again(lent):
    case, _ = lent
    case.complaint("2026-03-02")
    call(case, "2026-06-02T22:30:00")
    held = deadlines(case.history(), TODAY, BOOKS)
    findings = conduct(case.history(), TODAY, BOOKS).findings
    assert held
    assert findings
    assert deadline_changes(held, held) == ()
    assert finding_changes(findings, tuple(reversed(findings))) == ()
