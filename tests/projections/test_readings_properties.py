"""What holds for the readings whatever was recorded, in whatever order."""

from datetime import date, timedelta
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cases.history import replay
from domain.codec import edge_out
from projections.audit_trail import audit_trail
from projections.timeline import Order, timeline
from tests.histories import CaseFile, cny, in_order

TODAY = date(2026, 6, 1)
KINDS = ("payment", "pending", "contact", "charge", "evidence", "note", "correct", "withdraw")

steps = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 5)), max_size=25)


def build(told):  # noqa: C901 - one flat case for each kind
    """A case with a loan and whatever was told of it; few days, so that many coincide."""
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00")
    payments, items = [], []
    for kind, number in told:
        on = str(date(2025, 2, 1) + timedelta(days=number % 3))
        match kind:
            case "payment":
                payments.append(case.payment(on, loan, f"{100 + number}.00"))
            case "pending":
                case.payment(on, loan, "50.00", credited_on=None)
            case "contact":
                case.contact(f"{on}T10:0{number % 2}:00+08:00", promised=cny(f"{number + 1}.00"))
            case "charge":
                case.charge(on, loan, f"{number + 1}.00")
            case "evidence":
                items.append(case.evidence(on, f"receipt-{number}.png"))
                if payments and len(items) == 1:
                    case.linked(items[0], payments[0])
            case "note":
                case.note(on)
            case "correct" if payments:
                case.corrected(payments[0], amount=cny(f"{200 + len(case.events())}.00"))
            case "withdraw" if len(payments) > 1:
                case.withdrawn(payments.pop())
    return case


def bare(reading):
    """The lines without what recording gave them, which another order gives anew."""
    free = {"position": 0, "version": 0, "recorded_at": None, "corrected_at": None}
    lines = [
        msgspec.structs.replace(
            line, **{k: v for k, v in free.items() if k in line.__struct_fields__}
        )
        for line in reading.lines
    ]
    return msgspec.json.encode((lines, reading.withdrawn_ids), enc_hook=edge_out)


@settings(max_examples=60, deadline=None)
@given(steps, st.integers(0, 2**32))
def test_the_timeline_is_the_same_for_any_order_of_recording(told, seed):
    case = build(told)
    shuffled = in_order(case, lambda events: Random(seed).sample(events, len(events)))
    one = timeline(case.history(), as_of=TODAY)
    other = timeline(replay(case.case_id, shuffled), as_of=TODAY)
    assert bare(one) == bare(other)


@settings(max_examples=60, deadline=None)
@given(steps, st.sampled_from(Order))
def test_replaying_twice_gives_the_same_bytes(told, order):
    case = build(told)
    first, second = (
        msgspec.json.encode(
            (timeline(case.history(), as_of=TODAY, order=order), audit_trail(case.events())),
            enc_hook=edge_out,
        )
        for _ in range(2)
    )
    assert first == second


@settings(max_examples=60, deadline=None)
@given(steps, st.sampled_from(Order))
def test_no_two_lines_share_a_sort_key_and_the_keys_rise(told, order):
    keys = [x.sort_key for x in timeline(build(told).history(), as_of=TODAY, order=order).lines]
    assert keys == sorted(set(keys))


@settings(max_examples=60, deadline=None)
@given(steps)
def test_every_recorded_event_is_a_line_of_the_audit_trail(told):
    case = build(told)
    assert [line.event_id for line in audit_trail(case.events()).lines] == [
        event.event_id for event in case.events()
    ]


@settings(max_examples=60, deadline=None)
@given(steps, st.integers(1, 20))
def test_what_was_known_then_does_not_move_with_what_is_recorded_later(told, known_at):
    case = build(told)
    then = case.history(known_at)
    before = msgspec.json.encode(timeline(then, as_of=TODAY), enc_hook=edge_out)
    case.note("2025-02-01", "recorded later")
    again = timeline(case.history(known_at), as_of=TODAY)
    if known_at < case.position:
        assert msgspec.json.encode(again, enc_hook=edge_out) == before
