"""What may be recorded: given a past, when a command comes, then facts or a coded refusal."""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import reduce
from uuid import UUID

import msgspec
import pytest

from domain.cases.contacts import ContactChannel, ContactLogged, ContactParty
from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.deciding import Correct, Record, Rules, Withdraw, decide
from domain.cases.evidence import EvidenceLinked, NoteAdded
from domain.cases.history import CaseStatus, History, evolve, replay
from domain.cases.intake import CaseClosed, CaseReopened, CloseReason
from domain.cases.lending import (
    ChargeKind,
    ChargeMade,
    LenderClaimed,
    LoanDisbursed,
    LoanTaken,
    RatePeriod,
    Terms,
    WithheldBy,
)
from domain.cases.payments import PaymentChannel, PaymentMade, PaymentReversed, ReversedBy
from domain.cases.plans import PlanAgreed
from domain.facts import Grade
from domain.money import Money
from domain.personal import Personal
from domain.refusals import Code, Refusal
from tests.histories import CLIENT, CaseFile, cny, day, due, opening, said

TODAY = date(2026, 6, 1)
RULES = Rules(
    now=datetime(2026, 6, 1, 4, 0, tzinfo=UTC),
    today=TODAY,
    zones=frozenset({"Asia/Shanghai", "UTC"}),
)
CALLER = {"initiated_by": ContactParty.COLLECTOR, "reached": ContactParty.CLIENT}


def with_loan():
    case = CaseFile()
    return case, case.loan("2025-01-10", "10000.00")


def refused(case, command, rules=RULES):
    """The refusal, and never anything else."""
    answer = decide(case if isinstance(case, History) else case.history(), command, rules)
    assert isinstance(answer, Refusal), answer
    return answer


def payment(loan, **fields):
    values = {"occurred_on": day("2026-05-01"), "amount": cny("100.00"), "grade": Grade.DOCUMENT}
    values |= {"loan_id": loan, "channel": PaymentChannel.CASH}
    return PaymentMade(**(values | fields))


def test_a_recorded_fact_comes_back_bound_to_the_client():
    case, loan = with_loan()
    (fact,) = decide(case.history(), Record(payment(loan, reference=said("R-1"))), RULES)
    assert fact.reference.subject == CLIENT
    assert fact.reference.value == "R-1"


def test_deciding_changes_nothing():
    case, loan = with_loan()
    history = case.history()
    before = msgspec.structs.replace(history, entries=dict(history.entries))
    first = decide(history, Record(payment(loan)), RULES)
    assert decide(history, Record(payment(loan)), RULES) == first
    assert history == before


def test_evolving_event_by_event_is_replaying():
    case, loan = with_loan()
    paid = case.payment("2026-05-01", loan, "100.00")
    case.corrected(paid, amount=cny("120.00"))
    case.withdrawn(paid)
    case.closed("2026-05-20")
    folded = reduce(evolve, case.events(), History(case_id=case.case_id))
    assert folded == replay(case.case_id, case.events())


def test_evolving_leaves_the_given_history_as_it_was():
    case, loan = with_loan()
    *past, last = case.events()
    before = replay(case.case_id, past)
    after = evolve(before, last)
    assert loan not in before.entries
    assert loan in after.entries


def _cases():
    """(name, what makes the case and the command, code, field)."""
    loan_id = UUID(int=404)

    def on_loan(make):
        def build():
            case, loan = with_loan()
            return case, Record(make(loan))

        return build

    def amount(text, currency="CNY"):
        return Money.parse(text, currency)

    def contact(**fields):
        at = datetime(2026, 5, 1, 9, 0, tzinfo=timezone(timedelta(hours=8)))
        values = {"occurred_at": at, "channel": ContactChannel.CALL, "grade": Grade.CLIENT_SAYS}
        return ContactLogged(**(values | CALLER | fields))

    def plan(loan, instalments, **fields):
        values = {"occurred_on": day("2026-05-01"), "grade": Grade.DOCUMENT, "loan_ids": (loan,)}
        return PlanAgreed(**(values | {"instalments": instalments} | fields))

    def disbursement(loan, received, **fields):
        values = {"occurred_on": day("2025-01-10"), "grade": Grade.BANK_LINE, "loan_id": loan}
        return LoanDisbursed(**(values | {"received": amount(received)} | fields))

    def loan_with(terms):
        return LoanTaken(
            occurred_on=day("2025-01-10"),
            lender="L",
            grade=Grade.DOCUMENT,
            face_amount=amount("100"),
            terms=terms,
        )

    def claim(loan, items, **fields):
        values = {"occurred_on": day("2026-05-01"), "claimed_as_of": day("2026-05-01")}
        values |= {"loan_id": loan, "grade": Grade.LENDER_SAYS, "items": items}
        return LenderClaimed(**(values | fields))

    return {
        "a zero amount": (
            on_loan(lambda loan: payment(loan, amount=amount("0"))),
            Code.AMOUNT_NOT_POSITIVE,
            "amount",
        ),
        "a negative amount": (
            on_loan(lambda loan: payment(loan, amount=amount("-5"))),
            Code.AMOUNT_NOT_POSITIVE,
            "amount",
        ),
        "another currency than the loan's": (
            on_loan(lambda loan: payment(loan, amount=amount("5", "USD"))),
            Code.CURRENCY_MIXED,
            "amount",
        ),
        "two currencies in one fact": (
            on_loan(
                lambda loan: disbursement(
                    loan, "5", withheld=amount("1", "USD"), withheld_by=WithheldBy.LENDER
                )
            ),
            Code.CURRENCY_MIXED,
            "withheld",
        ),
        "a payment tomorrow": (
            on_loan(lambda loan: payment(loan, occurred_on=TODAY + timedelta(days=1))),
            Code.DATE_IN_FUTURE,
            "occurred_on",
        ),
        "a payment in 1979": (
            on_loan(lambda loan: payment(loan, occurred_on=date(1979, 12, 31))),
            Code.DATE_TOO_OLD,
            "occurred_on",
        ),
        "an instalment in a hundred years": (
            on_loan(lambda loan: plan(loan, due(("2126-01-01", "5")))),
            Code.DATE_TOO_FAR,
            "instalments/0/due_on",
        ),
        "credited before it was sent": (
            on_loan(lambda loan: payment(loan, credited_on=day("2026-04-30"))),
            Code.DATE_ORDER,
            "credited_on",
        ),
        "a payment on a loan of another case": (
            on_loan(lambda _: payment(loan_id)),
            Code.ENTRY_UNKNOWN,
            "loan_id",
        ),
        "evidence that is not there": (
            on_loan(lambda loan: payment(loan, evidence=(loan_id,))),
            Code.ENTRY_UNKNOWN,
            "evidence/0",
        ),
        "evidence that is a loan": (
            on_loan(lambda loan: payment(loan, evidence=(loan,))),
            Code.ENTRY_WRONG_KIND,
            "evidence/0",
        ),
        "more paid out than the contract names": (
            on_loan(lambda loan: disbursement(loan, "10000.01")),
            Code.AMOUNT_INCONSISTENT,
            "received",
        ),
        "withheld by nobody": (
            on_loan(lambda loan: disbursement(loan, "5", withheld=amount("1"))),
            Code.AMOUNT_INCONSISTENT,
            "withheld_by",
        ),
        "a rate without its period": (
            on_loan(lambda _: loan_with(Terms(rate_pct="3"))),
            Code.AMOUNT_INCONSISTENT,
            "terms/rate_period",
        ),
        "a rate that is not a number": (
            on_loan(lambda _: loan_with(Terms(rate_pct="3 fen", rate_period=RatePeriod.MONTH))),
            Code.AMOUNT_INCONSISTENT,
            "terms/rate_pct",
        ),
        "a claim without items": (
            on_loan(lambda loan: claim(loan, ())),
            Code.LIST_EMPTY,
            "items",
        ),
        "a plan without instalments": (
            on_loan(lambda loan: plan(loan, ())),
            Code.LIST_EMPTY,
            "instalments",
        ),
        "instalments out of order": (
            on_loan(lambda loan: plan(loan, due(("2026-08-01", "5"), ("2026-07-01", "5")))),
            Code.DATE_ORDER,
            "instalments",
        ),
        "a contact from the future": (
            on_loan(lambda _: contact(occurred_at=RULES.now + timedelta(seconds=301))),
            Code.DATE_IN_FUTURE,
            "occurred_at",
        ),
        "a contact nowhere": (
            on_loan(lambda _: contact(zone="Mars/Olympus")),
            Code.ZONE_UNKNOWN,
            "zone",
        ),
        "an empty note": (
            on_loan(lambda _: NoteAdded(noted_on=day("2026-05-01"), text=said("  "))),
            Code.TEXT_EMPTY,
            "text",
        ),
        "a note as long as a book": (
            on_loan(lambda _: NoteAdded(noted_on=day("2026-05-01"), text=said("x" * 20_001))),
            Code.TEXT_TOO_LONG,
            "text",
        ),
    }


@pytest.mark.parametrize("name", sorted(_cases()))
def test_bad_input_is_refused_by_code_and_field(name):
    build, code, field = _cases()[name]
    case, command = build()
    refusal = refused(case, command)
    assert (refusal.code, refusal.field) == (code, field)


def test_a_case_is_opened_once_and_a_closed_one_takes_nothing_but_its_reopening():
    case, loan = with_loan()
    assert refused(case, Record(opening())).code is Code.CASE_EXISTS
    assert refused(case, Record(_reopening())).code is Code.CASE_NOT_CLOSED
    case.closed("2026-05-01")
    assert case.history().status is CaseStatus.CLOSED
    assert refused(case, Record(payment(loan))).code is Code.CASE_CLOSED
    assert isinstance(decide(case.history(), Record(_reopening()), RULES), tuple)
    nowhere = History(case_id=UUID(int=5))
    assert refused(nowhere, Record(payment(loan))).code is Code.CASE_UNKNOWN
    assert refused(nowhere, Withdraw(entry_id=loan, reason=said("x"))).code is Code.CASE_UNKNOWN


def _reopening():
    return CaseReopened(reopened_on=TODAY, reason=said("they call again"))


def test_a_case_cannot_be_closed_in_the_future():
    case, _ = with_loan()
    closing = CaseClosed(
        closed_on=TODAY + timedelta(days=1), outcome=CloseReason.SETTLED, reason=said("done")
    )
    assert refused(case, Record(closing)).code is Code.DATE_IN_FUTURE


def test_a_payment_is_credited_or_expires_once_and_only_a_credited_one_is_reversed():
    case, loan = with_loan()
    pending = case.payment("2026-05-01", loan, "300.00", credited_on=None)
    reversal = PaymentReversed(
        occurred_on=day("2026-05-05"),
        payment_id=pending,
        reversed_by=ReversedBy.BANK,
        grade=Grade.BANK_LINE,
    )
    assert refused(case, Record(reversal)).code is Code.PAYMENT_NOT_CREDITED
    credit = case.credited("2026-05-03", pending)
    again = case.fact(credit)
    assert refused(case, Record(again)).code is Code.PAYMENT_SETTLED
    early = msgspec.structs.replace(reversal, occurred_on=day("2026-05-02"))
    assert refused(case, Record(early)).code is Code.DATE_ORDER
    case.reversed("2026-05-05", pending)
    assert refused(case, Record(reversal)).code is Code.PAYMENT_SETTLED


def test_a_correction_keeps_the_kind_and_obeys_the_same_rules():
    case, loan = with_loan()
    paid = case.payment("2026-05-01", loan, "100.00")
    why = said("misread")
    wrong_kind = Correct(entry_id=paid, replacement=case.fact(loan), reason=why)
    assert refused(case, wrong_kind).code is Code.ENTRY_WRONG_KIND
    zero = msgspec.structs.replace(case.fact(paid), amount=cny("0"))
    refusal = refused(case, Correct(entry_id=paid, replacement=zero, reason=why))
    assert (refusal.code, refusal.field) == (Code.AMOUNT_NOT_POSITIVE, "replacement/amount")
    right = msgspec.structs.replace(case.fact(paid), amount=cny("110.00"))
    (fact,) = decide(case.history(), Correct(entry_id=paid, replacement=right, reason=why), RULES)
    assert isinstance(fact, EntryCorrected)
    assert fact.replacement.amount == cny("110.00")


def test_a_correction_needs_its_reason_and_an_entry_that_stands():
    case, loan = with_loan()
    paid = case.payment("2026-05-01", loan, "100.00")
    same = case.fact(paid)
    assert refused(case, Correct(entry_id=paid, replacement=same, reason=said(" "))).code is (
        Code.REASON_MISSING
    )
    gone = Correct(entry_id=UUID(int=404), replacement=same, reason=said("x"))
    assert refused(case, gone).code is Code.ENTRY_UNKNOWN
    correction = case.corrected(paid, amount=cny("120.00"))
    of_correction = Correct(entry_id=correction, replacement=same, reason=said("x"))
    assert refused(case, of_correction).code is Code.ENTRY_FIXED
    case.withdrawn(paid)
    late = Correct(entry_id=paid, replacement=same, reason=said("x"))
    assert refused(case, late).code is Code.ENTRY_WITHDRAWN
    assert refused(case, Withdraw(entry_id=paid, reason=said("x"))).code is Code.ENTRY_WITHDRAWN


def test_a_correction_that_changes_nothing_is_refused():
    case, loan = with_loan()
    paid = case.payment("2026-05-01", loan, "100.00")
    same = Correct(entry_id=paid, replacement=case.fact(paid), reason=said("x"))
    assert refused(case, same).code is Code.NOTHING_CHANGED


def test_nothing_is_withdrawn_from_under_what_rests_on_it():
    case, loan = with_loan()
    paid = case.payment("2026-05-01", loan, "100.00")
    refusal = refused(case, Withdraw(entry_id=loan, reason=said("x")))
    assert (refusal.code, refusal.entries) == (Code.ENTRY_IN_USE, (str(paid),))
    case.withdrawn(paid)
    (fact,) = decide(case.history(), Withdraw(entry_id=loan, reason=said("x")), RULES)
    assert isinstance(fact, EntryWithdrawn)


def test_a_loans_currency_stays_while_entries_are_in_it():
    case, loan = with_loan()
    case.payment("2026-05-01", loan, "100.00")
    dollars = msgspec.structs.replace(case.fact(loan), face_amount=Money(1000000, "USD"))
    command = Correct(entry_id=loan, replacement=dollars, reason=said("x"))
    assert refused(case, command).code is Code.CURRENCY_MIXED


def test_a_case_stays_with_its_client():
    case = CaseFile()
    (opened,) = case.history().entries
    other = opening(client_id=UUID(int=99))
    command = Correct(entry_id=opened, replacement=other, reason=said("x"))
    assert refused(case, command).code is Code.ENTRY_FIXED
    assert refused(case, Withdraw(entry_id=opened, reason=said("x"))).code is Code.ENTRY_FIXED


def test_an_item_is_linked_to_an_entry_once():
    case, loan = with_loan()
    item = case.evidence("2026-05-01")
    case.linked(item, loan)
    again = EvidenceLinked(item_id=item, entry_id=loan)
    assert refused(case, Record(again)).code is Code.EVIDENCE_LINKED
    to_nothing = EvidenceLinked(item_id=item, entry_id=UUID(int=404))
    assert refused(case, Record(to_nothing)).code is Code.ENTRY_UNKNOWN


def test_the_same_outcome_twice_in_a_day_is_two_facts():
    case, loan = with_loan()
    charge = ChargeMade(
        occurred_on=day("2026-05-01"),
        loan_id=loan,
        kind=ChargeKind.PENALTY,
        amount=cny("50"),
        grade=Grade.DOCUMENT,
    )
    case.record(charge)
    assert isinstance(decide(case.history(), Record(charge), RULES), tuple)


def test_a_personal_value_is_never_in_a_refusal():
    case, loan = with_loan()
    secret = Personal(None, "Zhang San " * 3000)
    refusal = refused(case, Record(payment(loan, reference=secret)))
    assert "Zhang" not in repr(refusal)
