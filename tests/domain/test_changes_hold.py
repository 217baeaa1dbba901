"""A correction or withdrawal leaves nothing standing that its own chapter would refuse."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cases.court import Claimant, SuitFiled
from domain.cases.deciding import Correct, Record, Rules, Withdraw, corrections, decide
from domain.cases.deciding.decide import check_chapter
from domain.cases.history import CaseStatus, History, evolve
from domain.cases.intake import CaseClosed, CaseReopened, CloseReason
from domain.cases.lending import LoanDisbursed, LoanTaken, Terms
from domain.cases.payments import (
    PaymentChannel,
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
    PaymentReversed,
    ReversedBy,
)
from domain.facts import Grade
from domain.figures.position import position
from domain.money import Money
from domain.recorded import Recorded
from domain.refusals import Code, Refusal
from tests.histories import NAMES, CaseFile, cny, day, due, said

RULES = Rules(
    now=datetime(2026, 6, 1, 4, 0, tzinfo=UTC), today=date(2026, 6, 1), zones=frozenset({"UTC"})
)
WHY = said("misread")


def refusal_of(case, command):
    answer = decide(case.history(), command, RULES)
    assert isinstance(answer, Refusal), answer
    return answer


def correct(case, entry_id, **fields):
    replacement = msgspec.structs.replace(case.fact(entry_id), **fields)
    return Correct(entry_id=entry_id, replacement=replacement, reason=WHY)


@pytest.fixture
def lent():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000")
    return case, loan, case.disbursed("2025-01-10", loan, "9000", withheld="1000")


def test_an_expired_payment_cannot_be_made_credited_by_a_correction(lent):
    case, loan, _ = lent
    payment = case.payment("2025-02-01", loan, "100", credited_on=None)
    expiry = case.expired("2025-02-03", payment)
    refusal = refusal_of(case, correct(case, payment, credited_on=day("2025-02-02")))
    assert (refusal.code, refusal.entries) == (Code.ENTRY_IN_USE, (str(expiry),))


def test_a_credit_cannot_go_from_under_a_reversal(lent):
    case, loan, _ = lent
    payment = case.payment("2025-02-01", loan, "100", credited_on=None)
    credit = case.credited("2025-02-02", payment)
    case.reversed("2025-02-05", payment)
    for command in (
        Withdraw(entry_id=credit, reason=WHY),
        correct(case, credit, occurred_on=day("2025-02-06")),
        correct(case, payment, occurred_on=day("2025-02-03")),
    ):
        assert refusal_of(case, command).code is Code.ENTRY_IN_USE


def test_a_contract_cannot_shrink_under_what_was_paid_out(lent):
    case, loan, _ = lent
    assert refusal_of(case, correct(case, loan, face_amount=cny("100"))).code is Code.ENTRY_IN_USE


def test_what_was_withheld_counts_against_the_contract(lent):
    case, _loan, disbursement = lent
    more = correct(case, disbursement, withheld=cny("1000.01"))
    refusal = refusal_of(case, more)
    assert (refusal.code, refusal.field) == (Code.AMOUNT_INCONSISTENT, "replacement/withheld")


def test_a_loan_is_named_once_in_a_list(lent):
    case, loan, _ = lent
    suit = SuitFiled(
        occurred_on=day("2026-01-01"),
        loan_ids=(loan, loan),
        claimant=Claimant.LENDER,
        grade=Grade.DOCUMENT,
    )
    assert refusal_of(case, Record(suit)).code is Code.LIST_REPEATS


def test_a_case_is_closed_after_it_was_opened_and_reopened_after_it_was_closed(lent):
    case, _, _ = lent
    early = CaseClosed(closed_on=day("1999-01-01"), outcome=CloseReason.SETTLED, reason=WHY)
    assert refusal_of(case, Record(early)).code is Code.DATE_ORDER
    closing = case.closed("2026-01-01")
    back = CaseReopened(reopened_on=day("2025-12-31"), reason=WHY)
    assert refusal_of(case, Record(back)).code is Code.DATE_ORDER
    mended = decide(case.history(), correct(case, closing, closed_on=day("2025-12-01")), RULES)
    assert not isinstance(mended, Refusal)


def test_terms_come_due_after_the_contract():
    case = CaseFile()
    for terms in (Terms(due_on=day("1990-01-01")), Terms(schedule=due(("1990-01-01", "5")))):
        loan = LoanTaken(
            occurred_on=day("2025-01-10"),
            lender="L",
            face_amount=cny("100"),
            grade=Grade.DOCUMENT,
            terms=terms,
        )
        assert refusal_of(case, Record(loan)).code is Code.DATE_ORDER


def test_money_that_came_before_the_contract_is_in_the_position():
    case = CaseFile()
    loan = case.loan("2025-01-15", "1000")
    case.disbursed("2025-01-10", loan, "1000")
    (found,) = position(case.history(), day("2025-01-12")).loans
    assert found.principal.amount == cny("1000")
    assert position(case.history(), day("2025-01-09")).loans == ()


def test_a_payment_is_not_used_for_two_plans():
    case = CaseFile()
    loans = [case.loan("2026-01-01", "5000", lender=name) for name in ("A", "B")]
    for loan in loans:
        case.disbursed("2026-01-01", loan, "5000")
    case.plan("2026-02-01", loans, ("2026-03-01", "1000"))
    case.plan("2026-02-10", loans[:1], ("2026-03-01", "600"))
    case.payment("2026-02-20", loans[0], "600")
    by_loans = {len(p.loan_ids): p for p in position(case.history(), day("2026-04-01")).plans}
    assert by_loans[1].arrears.amount == cny("0")
    assert by_loans[2].arrears.unknown is not None


FIRST = date(2025, 1, 1)
offsets = st.integers(0, 300)
amounts = st.integers(1, 400_000)
kinds = st.sampled_from(
    [
        "loan",
        "lent",
        "paid",
        "credited",
        "expired",
        "reversed",
        "close",
        "reopen",
        "correct",
        "correct",
        "withdraw",
    ]
)


def command_from(history, kind, offset, minor, pick):
    """A command that may or may not be allowed, about entries that are there."""
    on = FIRST + timedelta(days=offset)
    ids = list(history.entries)
    entry_id = ids[pick % len(ids)]
    of = {"occurred_on": on, "grade": Grade.DOCUMENT}
    amount = Money(minor, "CNY")
    made = {
        "loan": lambda: LoanTaken(lender="L", face_amount=amount, **of),
        "lent": lambda: LoanDisbursed(loan_id=entry_id, received=amount, **of),
        "paid": lambda: PaymentMade(
            loan_id=entry_id,
            amount=amount,
            channel=PaymentChannel.CASH,
            credited_on=on if minor % 2 else None,
            **of,
        ),
        "credited": lambda: PaymentCredited(payment_id=entry_id, **of),
        "expired": lambda: PaymentExpired(payment_id=entry_id, **of),
        "reversed": lambda: PaymentReversed(payment_id=entry_id, reversed_by=ReversedBy.BANK, **of),
        "close": lambda: CaseClosed(closed_on=on, outcome=CloseReason.OTHER, reason=WHY),
        "reopen": lambda: CaseReopened(reopened_on=on, reason=WHY),
    }
    if kind == "withdraw":
        return Withdraw(entry_id=entry_id, reason=WHY)
    if kind == "correct":
        return Correct(
            entry_id=entry_id, replacement=changed(history, entry_id, on, amount), reason=WHY
        )
    return Record(made[kind]())


def changed(history, entry_id, on, amount):
    fact = history.entries[entry_id].fact
    fields = {"occurred_on": on, "amount": amount, "received": amount, "face_amount": amount}
    fields |= {"credited_on": on, "closed_on": on, "reopened_on": on, "opened_on": on}
    here = {name: value for name, value in fields.items() if name in fact.__struct_fields__}
    return msgspec.structs.replace(fact, **here)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(kinds, offsets, amounts, st.integers(0, 99)), max_size=30))
def test_after_every_accepted_command_every_standing_entry_fits(steps):
    case = CaseFile()
    history = case.history()
    for number, (kind, offset, minor, pick) in enumerate(steps, start=2):
        decided = decide(history, command_from(history, kind, offset, minor, pick), RULES)
        if isinstance(decided, Refusal):
            continue
        (fact,) = decided
        event = Recorded(
            originator_id=case.case_id,
            originator_version=history.version + 1,
            event_id=NAMES if number == 0 else msgspec.convert(f"{number:032x}", type=type(NAMES)),
            position=history.position + 1,
            recorded_at=datetime(2026, 6, 1, tzinfo=UTC),
            fact=fact,
        )
        history = evolve(history, event)
        assert broken_in(history) == []


def broken_in(history: History):
    """Standing movements that the rules of their chapter would not take any more."""
    movements = (LoanTaken, LoanDisbursed, PaymentMade, PaymentCredited, PaymentExpired)
    found = []
    for entry in history.entries.values():
        if entry.is_withdrawn or not isinstance(entry.fact, (*movements, PaymentReversed)):
            continue
        rest = corrections.without(history, entry.entry_id)
        open_rest = msgspec.structs.replace(rest, status=CaseStatus.OPEN)
        refusal = check_chapter(open_rest, entry.fact, RULES)
        if refusal:
            found.append((entry.fact, refusal))
    return found
