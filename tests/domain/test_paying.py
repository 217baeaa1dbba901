"""Paying directly: what is asked before a payment, how long it takes, what went where."""

from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.deciding import Record, Rules, decide
from domain.cases.deciding.commands import KnownClient
from domain.cases.deciding.payment_check import fits
from domain.cases.history import replay
from domain.cases.paying import (
    ChannelDaysNoted,
    DaysSource,
    KnownPayeeNoted,
    PayeeSource,
    PaymentChecked,
)
from domain.cases.payments import PaymentBounced, PaymentChannel, PaymentMade
from domain.codec import edge_out
from domain.facts import Grade
from domain.figures.payment_standing import PaymentState
from domain.figures.position import position
from domain.figures.workdays import before_working_days, working_days_between
from domain.personal import Personal
from domain.refusals import Code, Refusal
from domain.rules.books import Books
from domain.rules.pack import pack_of
from domain.warnings import AnsweredWarning, WarningCode
from ops.reference_files import read_reference
from projections.payments import payments_reading
from tests.histories import CaseFile, cny, day, in_order, said
from tests.made import examples

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
CALENDAR = BOOKS.data.calendar
RULES = Rules(
    now=datetime(2026, 6, 1, 4, 0, tzinfo=UTC),
    today=date(2026, 6, 1),
    zones=frozenset({"Asia/Shanghai", "UTC"}),
    client=KnownClient(name="王小明", id_number="410000199001011234"),
)
TRANSFER = PaymentChannel.BANK_TRANSFER


@pytest.fixture
def case():
    case = CaseFile()
    case.lent = case.loan("2025-01-10", "1000.00", lender="某某小贷", contract_number=said("HT-77"))
    return case


def check(case, **fields):
    values = {
        "occurred_on": day("2026-05-06"),
        "grade": Grade.DOCUMENT,
        "loan_id": case.lent,
        "amount": cny("100.00"),
        "channel": TRANSFER,
        "payee": "某某小贷",
        "borrower_name": said("王小明"),
        "borrower_id_number": said("1234"),
        "contract_number": said("ht-77"),
    }
    return PaymentChecked(**(values | fields))


def payment(case, **fields):
    values = {"occurred_on": day("2026-05-06"), "amount": cny("100.00"), "grade": Grade.DOCUMENT}
    return PaymentMade(**(values | {"loan_id": case.lent, "channel": TRANSFER} | fields))


def payee(case, company, loan=None, **fields):
    values = {"occurred_on": day("2026-01-05"), "grade": Grade.DOCUMENT, "company": company}
    values |= {"loan_ids": (loan or case.lent,), "source": PayeeSource.CONTRACT}
    return KnownPayeeNoted(**(values | fields))


def asked(case, fact, rules=RULES):
    """Codes of the warnings that keep a fact from being recorded."""
    answer = decide(case.history(), Record(fact), rules)
    if not isinstance(answer, Refusal):
        return set()
    assert answer.code is Code.WARNING_UNANSWERED, answer
    return {each.code.value for each in answer.warnings}


def test_a_look_at_which_everything_fits_asks_nothing(case):
    assert asked(case, check(case)) == set()
    masked = {"borrower_name": said("王*明"), "borrower_id_number": said("4****1234")}
    assert asked(case, check(case, **masked)) == set()


@pytest.mark.parametrize(
    ("fields", "code"),
    (
        ({"payee": "别家公司"}, "payee-unknown"),
        ({"payee": None}, "payee-not-shown"),
        ({"payee_account": said("6222")}, "payee-account-not-held"),
        ({"contract_number": said("HT-78")}, "contract-number-differs"),
        ({"contract_number": None}, "contract-number-not-shown"),
        ({"borrower_name": said("王大明")}, "borrower-name-differs"),
        ({"borrower_name": said("李*明")}, "borrower-name-differs"),
        ({"borrower_name": None}, "borrower-name-not-shown"),
        ({"borrower_id_number": said("4****1235")}, "borrower-number-differs"),
        ({"borrower_id_number": said("****34")}, "borrower-number-not-shown"),
        ({"borrower_id_number": None}, "borrower-number-not-shown"),
    ),
)
def test_what_does_not_fit_and_what_cannot_be_compared_is_asked(case, fields, code):
    assert asked(case, check(case, **fields)) == {code}
    answered = (AnsweredWarning(code=WarningCode(code), reason=Personal(None, "看过")),)
    assert asked(case, check(case, **fields, answered=answered)) == set()


def test_what_the_case_does_not_hold_is_asked(case):
    nobody = msgspec.structs.replace(RULES, client=KnownClient(name="王小明"))
    assert asked(case, check(case), nobody) == {"borrower-number-not-held"}
    other = case.loan("2025-02-01", "500.00", lender="某某小贷")
    assert asked(case, check(case, loan_id=other)) == {"contract-number-not-held"}


def test_an_account_is_compared_with_the_one_noted(case):
    case.record(payee(case, "某某小贷", account=said("6222 0000 1111")))
    assert asked(case, check(case, payee_account=said("622200001111"))) == set()
    assert asked(case, check(case, payee_account=said("6222****1111"))) == set()
    other = check(case, payee_account=said("622200002222"))
    assert asked(case, other) == {"payee-account-differs"}


def test_an_account_for_another_channel_says_nothing(case):
    case.record(payee(case, "某某小贷", account=said("62220001"), channel=PaymentChannel.ALIPAY))
    shown = check(case, payee_account=said("62220001"))
    assert asked(case, shown) == {"payee-account-not-held"}


def test_a_number_is_compared_by_its_end(case):
    assert asked(case, check(case, borrower_id_number=said("0101"))) == {"borrower-number-differs"}


def test_names_are_compared_without_width_and_case(case):
    other = case.loan("2025-02-01", "500.00", lender="Kuai Dai（Ltd）")
    assert asked(case, payment(case, loan_id=other, payee="kuaidai(LTD)")) == set()


def test_a_payee_noted_for_another_loan_is_the_wrong_one(case):
    other = case.loan("2025-02-01", "500.00", lender="另一家")
    case.record(payee(case, "担保公司", loan=other))
    assert asked(case, payment(case, payee="担保公司")) == {"payee-differs"}


def test_another_channel_than_the_one_looked_at_is_asked_about(case):
    looked = case.record(check(case))
    paid = payment(case, check_id=looked, channel=PaymentChannel.ALIPAY)
    assert asked(case, paid) == {"check-differs"}


def test_nobody_is_missed_before_the_case_or_at_a_direct_debit(case):
    """The case was opened on 2025-01-01."""
    case.payment("2024-12-31", case.lent, "10.00")
    case.payment("2025-01-01", case.lent, "20.00")
    case.payment("2025-01-02", case.lent, "30.00", channel=PaymentChannel.DIRECT_DEBIT)
    lines = payments_reading(case.history(), date(2026, 6, 1), BOOKS).payments
    codes = ["payment-unchecked" in {gap.code for gap in line.gaps} for line in lines]
    assert codes == [False, True, False]


def test_no_warning_repeats_a_personal_value(case):
    fact = check(case, borrower_name=said("李四光"), contract_number=said("GEHEIM-9"))
    answer = decide(case.history(), Record(fact), RULES)
    said_aloud = msgspec.json.encode(answer).decode()
    for secret in ("李四光", "王小明", "GEHEIM-9", "HT-77"):
        assert secret not in said_aloud


def test_a_payee_that_nobody_knows_is_asked_about_and_listed(case):
    fact = payment(case, payee="陌生公司")
    assert asked(case, fact) == {"payee-unknown"}
    answered = (AnsweredWarning(code=WarningCode.PAYEE_UNKNOWN, reason=Personal(None, "客户已付")),)
    paid = case.record(
        msgspec.structs.replace(fact, answered=answered, credited_on=day("2026-05-06"))
    )
    reading = payments_reading(case.history(), date(2026, 6, 1), BOOKS)
    assert reading.unknown_payees == (paid,)
    codes = {gap.code for gap in reading.payments[0].gaps}
    assert {"payee-unknown", "payment-unchecked"} <= codes
    assert position(case.history(), date(2026, 6, 1)).loans[0].paid.amount == cny("100.00")
    case.record(payee(case, "陌生 公司"))
    assert payments_reading(case.history(), date(2026, 6, 1), BOOKS).unknown_payees == ()


def test_a_payee_of_another_loan_is_the_wrong_one(case):
    case.loan("2025-02-01", "500.00", lender="另一家")
    assert asked(case, payment(case, payee="另一家")) == {"payee-differs"}
    assert asked(case, payment(case, payee="某某小贷")) == set()


def test_a_payment_is_what_was_checked(case):
    looked = case.record(check(case))
    assert asked(case, payment(case, check_id=looked)) == set()
    assert asked(case, payment(case, check_id=looked, amount=cny("120.00"))) == {"check-differs"}
    early = decide(
        case.history(), Record(payment(case, check_id=looked, occurred_on=day("2026-05-05"))), RULES
    )
    assert isinstance(early, Refusal)
    assert early.code is Code.DATE_ORDER


def test_a_look_serves_the_next_payment_only(case):
    case.record(check(case, occurred_on=day("2026-05-04")))
    for on in ("2026-05-06", "2026-05-08"):
        case.payment(on, case.lent, "10.00")
    lines = payments_reading(case.history(), date(2026, 6, 1), BOOKS).payments
    assert ["payment-unchecked" in {gap.code for gap in line.gaps} for line in lines] == [
        False,
        True,
    ]


def bounce(payment_id, on):
    return PaymentBounced(
        payment_id=payment_id, occurred_on=day(on), grade=Grade.BANK_LINE, reason=said("户名不符")
    )


def test_each_payment_says_what_became_of_it(case):
    kept = case.payment("2026-04-30", case.lent, "1.00", credited_on="2026-05-06")
    lost = case.payment("2026-05-01", case.lent, "2.00", credited_on=None)
    case.record(bounce(lost, "2026-05-08"))
    gone = case.payment("2026-05-02", case.lent, "3.00", credited_on=None)
    case.expired("2026-05-03", gone)
    back = case.payment("2026-05-03", case.lent, "4.00")
    case.reversed("2026-05-09", back)
    case.payment("2026-05-04", case.lent, "5.00", credited_on=None)

    def states(on):
        lines = payments_reading(case.history(), date.fromisoformat(on), BOOKS).payments
        return [line.payment.state.value for line in lines]

    assert states("2026-05-07") == ["credited", "pending", "expired", "credited", "pending"]
    assert states("2026-05-10") == ["credited", "bounced", "expired", "reversed", "pending"]
    first = payments_reading(case.history(), date(2026, 5, 10), BOOKS).payments[0].payment
    # The first five days of May are off: only the sixth is worked.
    assert (first.payment_id, first.days, first.working_days) == (kept, 6, 1)
    assert position(case.history(), date(2026, 5, 10)).loans[0].pending.amount == cny("5.00")


def test_what_bounced_is_settled(case):
    lost = case.payment("2026-05-01", case.lent, "2.00", credited_on=None)
    case.record(bounce(lost, "2026-05-08"))
    again = decide(case.history(), Record(bounce(lost, "2026-05-09")), RULES)
    assert isinstance(again, Refusal)
    assert again.code is Code.PAYMENT_SETTLED


def days(channel=TRANSFER, count=2, on="2026-01-05", lender=None):
    return ChannelDaysNoted(
        occurred_on=day(on),
        grade=Grade.CLIENT_SAYS,
        channel=channel,
        working_days=count,
        source=DaysSource.BANK,
        lender=lender,
    )


def test_days_of_a_channel_are_what_was_noted_last_and_nearest(case):
    def usual(on="2026-06-01"):
        lines = payments_reading(case.history(), date.fromisoformat(on), BOOKS).payments
        return lines[0].payment.usual_working_days

    case.payment("2026-02-02", case.lent, "10.00", credited_on=None)
    assert usual() is None
    case.record(days(count=3, on="2026-02-10"))
    assert (usual("2026-02-09"), usual()) == (None, 3)
    case.record(days(count=1, on="2026-02-01", lender="某某小贷"))
    assert usual() == 1


def test_without_noted_days_there_is_only_what_was_observed(case):
    case.payment("2026-03-02", case.lent, "10.00", credited_on="2026-03-04")
    case.payment("2026-03-06", case.lent, "10.00", credited_on="2026-03-09")
    (known,) = payments_reading(case.history(), date(2026, 6, 1), BOOKS).channels
    assert known.working_days is None
    assert known.unknown is not None
    seen = known.observed
    assert (seen.payments, seen.least_working_days, seen.most_working_days) == (2, 1, 2)


def test_a_pending_payment_is_overdue_after_the_noted_days(case):
    case.record(days(count=2))
    case.payment("2026-03-05", case.lent, "10.00", credited_on=None)  # a Thursday

    def overdue(on):
        lines = payments_reading(case.history(), date.fromisoformat(on), BOOKS).payments
        return lines[0].payment.is_overdue

    assert [overdue(on) for on in ("2026-03-09", "2026-03-10")] == [False, True]


def test_an_unpublished_year_is_not_counted(case):
    case.payment("2026-12-30", case.lent, "10.00", credited_on="2027-01-04")
    line = payments_reading(case.history(), date(2027, 1, 5), BOOKS).payments[0].payment
    assert (line.days, line.working_days) == (5, None)
    assert "2027" in line.working_days_unknown.reason


SEND_BY = (
    ("2026-05-06", 0, "2026-05-06"),
    ("2026-05-06", 1, "2026-05-05"),
    ("2026-05-06", 2, "2026-04-29"),  # the holiday of May is passed over
    ("2026-03-08", 1, "2026-03-05"),  # due on a Sunday: it has to be there on Friday
    ("2026-05-09", 1, "2026-05-08"),  # a Saturday that is worked
)


@pytest.mark.parametrize(("due", "count", "last"), SEND_BY)
def test_the_last_day_for_sending_leaves_the_channel_its_days(due, count, last):
    found = before_working_days(CALENDAR, date.fromisoformat(due), count)
    assert (found.on, found.provisional) == (date.fromisoformat(last), None)


def test_the_last_day_for_sending_is_provisional_in_an_unpublished_year():
    found = before_working_days(CALENDAR, date(2027, 3, 10), 2)
    assert found.on == date(2027, 3, 8)
    assert "2027" in found.provisional.reason


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 20))
def test_one_day_later_would_be_too_late(due, count):
    last = before_working_days(CALENDAR, due, count).on
    assert working_days_between(CALENDAR, last, due) == count
    assert (
        count == 0
        or working_days_between(CALENDAR, date.fromordinal(last.toordinal() + 1), due) < count
    )


@given(st.text("ab1", max_size=6), st.text("ab1*", max_size=6))
def test_a_mask_fits_what_it_could_hide(held, shown):
    def slow(left, right):
        if not left:
            return not right
        if left[0] != "*":
            return right[:1] == left[0] and slow(left[1:], right[1:])
        rest = left.lstrip("*")
        return any(slow(rest, right[at:]) for at in range(1, len(right) + 1))

    assert fits(shown, held) == slow(shown, held)


@examples(60)
@given(st.integers(0, 2**32))
def test_the_order_of_recording_changes_no_reading(seed):
    case = CaseFile()
    case.lent = case.loan("2025-01-10", "1000.00", lender="某某小贷")
    case.record(days(count=2))
    case.record(days(count=3))
    case.record(payee(case, "担保公司"))
    case.record(check(case, occurred_on=day("2026-03-02")))
    for on in ("2026-03-02", "2026-03-02", "2026-03-09"):
        lost = case.payment(on, case.lent, "10.00", credited_on=None, payee="担保公司")
    case.record(bounce(lost, "2026-03-11"))
    shuffled = in_order(case, lambda events: Random(seed).sample(events, len(events)))
    readings = [
        payments_reading(replay(case.case_id, events), date(2026, 3, 12), BOOKS)
        for events in (case.events(), shuffled)
    ]
    said_twice = [msgspec.json.encode(each, enc_hook=edge_out) for each in readings]
    assert said_twice[0] == said_twice[1]
    assert PaymentState.BOUNCED in {line.payment.state for line in readings[0].payments}


def test_a_payee_is_noted_for_some_loan(case):
    fact = msgspec.structs.replace(payee(case, "某公司"), loan_ids=())
    answer = decide(case.history(), Record(fact), RULES)
    assert (answer.code, answer.field) == (Code.LIST_EMPTY, "loan_ids")
    fact = payee(case, "某公司", loan=UUID(int=9))
    assert decide(case.history(), Record(fact), RULES).code is Code.ENTRY_UNKNOWN
    bad = decide(case.history(), Record(days(count=91)), RULES)
    assert (bad.code, bad.field) == (Code.DAYS_UNUSABLE, "working_days")
