"""The limitation clock of a loan from its case's entries: what moves it and what does not."""

from datetime import date

import pytest

from domain.cases.contacts import ContactChannel, ContactOutcome, ContactParty
from domain.cases.court import Claimant, SuitFiled
from domain.cases.history import replay
from domain.cases.lending import Terms
from domain.cases.payments import PayerKind
from domain.figures.figure import Unknown
from domain.figures.limitation_reading import limitation_reading
from domain.rules.books import Books
from domain.rules.cn.limitation_facts import Effect, LimitationState
from domain.rules.cn.promise_warning import Weight
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import PAPER, CaseFile, day, due, in_order

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
SMS, CALL = ContactChannel.SMS, ContactChannel.CALL
RUNNING, EXPIRED = LimitationState.RUNNING, LimitationState.EXPIRED
PLAIN_END = date(2024, 3, 11)
"""Three years from 2021-03-10: a Sunday, so the Monday after it."""


@pytest.fixture
def case():
    return CaseFile()


@pytest.fixture
def loan(case):
    """Two instalments, the last one due on 2021-03-10."""
    terms = Terms(schedule=due(("2021-02-10", "5000"), ("2021-03-10", "5000")))
    return case.loan("2020-12-10", "10000", terms=terms)


def clock(case, loan, as_of, known_at=None):
    return limitation_reading(case.history(known_at), loan, day(as_of), BOOKS)


def end(case, loan, as_of="2024-01-05"):
    return clock(case, loan, as_of).limitation.expires_on


def effects(reading):
    return [(cause.entry_id, cause.effect) for cause in reading.limitation.chain]


def test_three_years_from_the_last_instalment(case, loan):
    before, after = clock(case, loan, "2024-03-11"), clock(case, loan, "2024-03-12")
    assert (before.limitation.state, after.limitation.state) == (RUNNING, EXPIRED)
    assert before.limitation.expires_on == after.limitation.expires_on == PLAIN_END
    assert before.due_dates == (date(2021, 2, 10), date(2021, 3, 10))
    assert (before.pack, before.data) == ("cn@2026.2", BOOKS.data.version)


@pytest.mark.parametrize("about", ("loan", "lender"))
def test_a_demand_by_sms_restarts_it(case, loan, about):
    told = {"loan_ids": (loan,)} if about == "loan" else {"on_behalf_of": "Kuaidai"}
    sms = case.contact("2022-05-06T10:00:00+08:00", channel=SMS, **told)
    reading = clock(case, loan, "2024-06-01")
    assert reading.limitation.expires_on == date(2025, 5, 6)
    assert effects(reading) == [(None, Effect.STARTED), (sms, Effect.RESTARTED)]
    assert reading.left_out == ()


def test_a_demand_for_another_debt_or_lender_does_not(case, loan):
    other = case.loan("2020-12-10", "900")
    case.contact("2022-05-06T10:00:00+08:00", channel=SMS, loan_ids=(other,))
    case.contact("2022-05-06T10:00:00+08:00", channel=SMS, on_behalf_of="Another")
    assert end(case, loan) == PLAIN_END
    assert clock(case, loan, "2024-01-05").left_out == ()


LEFT_OUT = {
    "nothing on record says that it got through": {"channel": CALL},
    "nothing on record says that it got through ": {"channel": CALL, "connected": False},
    "it did not arrive": {"channel": SMS, "connected": False},
    "it reached family, not the client": {"channel": SMS, "reached": ContactParty.FAMILY},
    "the promise was not made to the lender": {
        "initiated_by": ContactParty.ADVISER,
        "outcome": ContactOutcome.PROMISE,
    },
    "which debt it was about is not on record": {"channel": SMS, "loan_ids": ()},
}


@pytest.mark.parametrize("why", LEFT_OUT)
def test_what_only_looks_like_an_interruption_is_named_with_its_reason(case, loan, why):
    fields = {"loan_ids": (loan,), **LEFT_OUT[why]}
    contact = case.contact("2022-05-06T10:00:00+08:00", **fields)
    reading = clock(case, loan, "2024-01-05")
    assert reading.limitation.expires_on == PLAIN_END
    assert [(each.entry_id, each.why) for each in reading.left_out] == [(contact, why.strip())]


def test_a_call_that_got_through_restarts_it(case, loan):
    case.contact("2022-05-06T10:00:00+08:00", connected=True, loan_ids=(loan,))
    assert end(case, loan) == date(2025, 5, 6)


def test_the_day_of_a_contact_is_the_day_where_it_was_received(case, loan):
    case.contact("2022-05-06T18:00:00+00:00", channel=SMS, loan_ids=(loan,))
    assert clock(case, loan, "2022-05-06").limitation.chain[1:] == ()
    assert clock(case, loan, "2022-05-07").limitation.chain[1].on == date(2022, 5, 7)


def test_a_part_payment_restarts_it_from_the_day_it_was_credited(case, loan):
    payment = case.payment("2022-05-05", loan, "100", credited_on=None)
    assert end(case, loan) == PLAIN_END
    case.credited("2022-05-06", payment)
    assert end(case, loan) == date(2025, 5, 6)


def test_a_payment_reversed_expired_withdrawn_or_a_guarantors_does_not(case, loan):
    case.reversed("2022-05-08", case.payment("2022-05-06", loan, "100"))
    case.expired("2022-05-08", case.payment("2022-05-06", loan, "100", credited_on=None))
    case.withdrawn(case.payment("2022-05-06", loan, "100"))
    theirs = case.payment("2022-05-06", loan, "100", payer=PayerKind.GUARANTOR)
    reading = clock(case, loan, "2024-01-05")
    assert reading.limitation.expires_on == PLAIN_END
    assert [each.entry_id for each in reading.left_out] == [theirs]


def test_a_payment_for_the_client_counts_as_theirs(case, loan):
    case.payment("2022-05-06", loan, "100", payer=PayerKind.FAMILY)
    assert end(case, loan) == date(2025, 5, 6)


def test_a_payment_counted_until_it_was_reversed(case, loan):
    case.reversed("2022-06-01", case.payment("2022-05-06", loan, "100"))
    assert end(case, loan, "2022-05-31") == date(2025, 5, 6)
    assert end(case, loan, "2022-06-01") == PLAIN_END


def test_a_plan_is_consent_and_no_due_date(case, loan):
    case.plan("2022-05-06", [loan], ("2023-01-01", "500"), ("2026-01-01", "500"))
    reading = clock(case, loan, "2024-01-05")
    assert reading.limitation.expires_on == date(2025, 5, 6)
    assert reading.due_dates[-1] == date(2021, 3, 10)


@pytest.mark.parametrize("claimant", Claimant)
def test_a_suit_of_the_creditor_interrupts(case, loan, claimant):
    suit = SuitFiled(
        occurred_on=day("2022-05-06"), loan_ids=(loan,), claimant=claimant, grade=PAPER
    )
    case.record(suit)
    found = clock(case, loan, "2024-06-01").limitation
    interrupts = claimant in (Claimant.LENDER, Claimant.ASSIGNEE)
    assert found.state is (RUNNING if interrupts else EXPIRED)
    assert isinstance(found.provisional, Unknown) == interrupts


def test_a_promise_after_expiry_waives_and_the_warning_had_said_so(case, loan):
    before = clock(case, loan, "2024-06-03")
    assert before.promise_today.weight is Weight.GIVES_UP
    assert before.part_payment_today.weight is Weight.GIVES_UP
    promise = case.contact(
        "2024-06-03T10:00:00+08:00",
        initiated_by=ContactParty.CLIENT,
        reached=ContactParty.LENDER,
        outcome=ContactOutcome.PROMISE,
        loan_ids=(loan,),
    )
    after = clock(case, loan, "2024-06-04")
    assert effects(after)[-1] == (promise, Effect.WAIVED)
    assert after.limitation.state is RUNNING
    assert after.limitation.expires_on == before.promise_today.would_expire_on
    assert after.promise_today.weight is Weight.RESTARTS


def test_a_demand_recorded_late_counts_as_known_now_and_not_then(case, loan):
    then = case.position
    sms = case.contact("2022-05-06T10:00:00+08:00", channel=SMS, loan_ids=(loan,))
    known_then, now = clock(case, loan, "2024-06-01", then), clock(case, loan, "2024-06-01")
    assert (known_then.limitation.state, now.limitation.state) == (EXPIRED, RUNNING)
    case.withdrawn(sms)
    assert clock(case, loan, "2024-06-01").limitation == known_then.limitation


def test_the_order_of_recording_does_not_matter(case, loan):
    case.contact("2022-05-06T10:00:00+08:00", channel=SMS, loan_ids=(loan,))
    case.contact("2022-05-07T10:00:00+08:00", channel=CALL, loan_ids=(loan,))
    case.plan("2022-05-06", [loan], ("2023-01-01", "500"))
    case.credited("2022-05-06", case.payment("2022-05-05", loan, "100", credited_on=None))
    again = replay(case.case_id, in_order(case, lambda events: events[::-1]))
    reading = clock(case, loan, "2024-01-05")
    assert limitation_reading(again, loan, day("2024-01-05"), BOOKS) == reading
    assert len(reading.limitation.chain) == 4


def test_without_a_due_date_it_is_unknown_and_says_what_settles_it(case):
    loan = case.loan("2020-12-10", "10000")
    reading = clock(case, loan, "2024-06-01")
    assert reading.limitation.state is LimitationState.UNKNOWN
    assert reading.limitation.unknown.settled_by == "the contract's due date or schedule"
    assert reading.promise_today.weight is Weight.MIGHT_GIVE_UP


def test_before_the_contract_without_books_and_abroad_it_is_unknown(case, loan):
    early = clock(case, loan, "2020-12-09")
    assert "after the day asked about" in early.limitation.unknown.reason
    missing = Unknown(reason="no pack", settled_by="adopting one")
    bare = limitation_reading(case.history(), loan, day("2024-01-05"), missing)
    assert (bare.limitation.unknown, bare.promise_today, bare.pack) == (missing, None, None)
    case.corrected(loan, face_amount=type(case.fact(loan).face_amount).parse("100", "GBP"))
    abroad = clock(case, loan, "2024-01-05")
    assert "GBP" in abroad.limitation.unknown.reason


def test_the_end_of_the_calendar_is_no_obstacle(case, loan):
    reading = clock(case, loan, "9999-12-31")
    assert reading.limitation.state is EXPIRED
    assert reading.promise_today is None


def test_no_such_loan(case):
    with pytest.raises(LookupError):
        clock(case, case.case_id, "2024-01-05")
