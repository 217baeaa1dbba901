"""The audit trail of a case."""

from datetime import date

import msgspec

from domain.codec import edge_out
from projections.audit_trail import Done, audit_trail
from tests.histories import CaseFile, cny, said, sealed


def encoded(value):
    return msgspec.json.encode(value, enc_hook=edge_out)


def changes(line):
    return {change.field: (change.old, change.new) for change in line.changes}


def test_a_new_entry_shows_every_field_with_nothing_before_it():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00", lender="Kuaidai", contract_number=said("K-77"))

    line = audit_trail(case.events()).lines[-1]

    assert (line.entry_id, line.event_id) == (loan, loan)
    assert (line.topic, line.done, line.actor) == ("loan-taken", Done.RECORDED, "li")
    assert (line.position, line.version, line.occurred) == (2, 2, date(2025, 1, 10))
    assert changes(line)["face_amount"] == (None, cny("10000.00"))
    assert changes(line)["contract_number"][1].value == "K-77"
    assert all(change.old is None for change in line.changes)


def test_a_correction_shows_the_old_and_the_new_value_and_the_reason():
    case = CaseFile()
    promise = case.contact("2026-03-01T10:00:00+08:00", promised=cny("200.00"))
    case.corrected(promise, promised=cny("250.00"), reason="misheard")

    line = audit_trail(case.events()).lines[-1]

    assert (line.entry_id, line.done, line.topic) == (promise, Done.CORRECTED, "contact-logged")
    assert line.event_id != promise
    assert changes(line) == {"promised": (cny("200.00"), cny("250.00"))}
    assert line.reason.value == "misheard"


def test_each_step_of_a_chain_of_corrections_starts_from_the_one_before():
    case = CaseFile()
    promise = case.contact("2026-03-01T10:00:00+08:00", promised=cny("200.00"))
    case.corrected(promise, promised=cny("250.00"))
    case.corrected(promise, promised=cny("250.00"), on_behalf_of="Kuaidai")
    case.corrected(promise, promised=None)

    steps = [changes(line) for line in audit_trail(case.events()).lines[2:]]

    assert steps == [
        {"promised": (cny("200.00"), cny("250.00"))},
        {"on_behalf_of": (None, "Kuaidai")},
        {"promised": (cny("250.00"), None)},
    ]


def test_a_withdrawal_shows_what_stood_last():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00")
    payment = case.payment("2025-02-10", loan, "500.00")
    case.corrected(payment, amount=cny("550.00"))
    case.withdrawn(payment, reason="booked on the wrong case")

    line = audit_trail(case.events()).lines[-1]

    assert (line.entry_id, line.done) == (payment, Done.WITHDRAWN)
    assert changes(line)["amount"] == (cny("550.00"), None)
    assert line.reason.value == "booked on the wrong case"
    assert line.occurred == date(2025, 2, 10)


def test_the_same_outcome_logged_twice_in_a_day_is_two_lines():
    case = CaseFile()
    first = case.contact("2026-03-01T10:00:00+08:00", outcome="no-answer")
    second = case.contact("2026-03-01T10:00:00+08:00", outcome="no-answer")

    lines = audit_trail(case.events()).lines[-2:]

    assert [line.entry_id for line in lines] == [first, second]
    assert lines[0].changes == lines[1].changes


def test_personal_values_are_compared_opened():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00", contract_number=said("K-77"), note=said("first"))
    case.corrected(loan, note=said("second"))

    (change,) = audit_trail(case.events()).lines[-1].changes

    assert (change.field, change.old.value, change.new.value) == ("note", "first", "second")


def test_personal_values_that_nobody_opened_differ_by_their_commitments():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00", contract_number=said("K-77"))
    case.corrected(loan, lender="Kuaidai Ltd")
    events = [
        msgspec.structs.replace(event, fact=sealed(event.event_id, event.fact))
        for event in case.events()
    ]

    fields = [change.field for change in audit_trail(events).lines[-1].changes]

    assert fields == ["lender", "contract_number"]


def test_every_word_that_left_the_fact_is_shown():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00")
    claim = case.claim("2025-06-01", loan, {"principal": "9000.00", "interest": "700.00"})
    case.corrected(claim, items=case.fact(claim).items[:1])

    after = changes(audit_trail(case.events()).lines[-1])

    assert after["items/1/amount"] == (cny("700.00"), None)
    assert set(after) == {"items/1/amount", "items/1/kind"}


def test_as_of_leaves_out_entries_that_happened_later():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00")
    early = case.payment("2025-02-10", loan, "500.00")
    late = case.payment("2025-05-10", loan, "500.00")
    case.corrected(late, amount=cny("510.00"))
    item = case.evidence("2025-02-11")
    link = case.linked(item, early)

    shown = {line.entry_id for line in audit_trail(case.events(), as_of=date(2025, 3, 1)).lines}

    assert {early, item, link} <= shown
    assert late not in shown


def test_an_entry_moved_across_the_day_keeps_all_its_lines():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00")
    payment = case.payment("2025-02-10", loan, "500.00")
    case.corrected(payment, occurred_on=date(2025, 5, 10), credited_on=date(2025, 5, 10))

    trail = audit_trail(case.events(), as_of=date(2025, 3, 1))

    assert [line.done for line in trail.lines[-2:]] == [Done.RECORDED, Done.CORRECTED]
    assert (trail.position, trail.version) == (4, 4)


def test_a_call_belongs_to_the_day_that_the_case_has_then():
    case = CaseFile()
    call = case.contact("2026-03-01T17:30:00+00:00")

    on_the_first = audit_trail(case.events(), as_of=date(2026, 3, 1))
    on_the_second = audit_trail(case.events(), as_of=date(2026, 3, 2))

    assert call not in {line.entry_id for line in on_the_first.lines}
    assert call in {line.entry_id for line in on_the_second.lines}


def test_nothing_recorded_is_an_empty_trail():
    trail = audit_trail([])
    assert (trail.case_id, trail.position, trail.lines) == (None, 0, ())


def test_the_same_events_give_the_same_bytes():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00", contract_number=said("K-77"))
    case.corrected(loan, lender="Kuaidai Ltd")
    assert encoded(audit_trail(case.events())) == encoded(audit_trail(case.events()))
