"""The position from the entries as recorded, in the words of a case."""

from datetime import date, timedelta
from itertools import permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cases.history import replay
from domain.cases.lending import ChargeKind, Terms
from domain.cases.payments import PaymentMade
from domain.codec import edge_out
from domain.figures.position import position
from domain.money import Money
from tests.histories import CaseFile, cny, day, due, in_order

AS_OF = date(2026, 6, 1)


def texts(loan):
    """The amounts of a loan's position by name, Unknown as None."""
    names = ("principal", "interest", "penalty", "fees", "owed", "paid", "overpaid", "arrears")
    figures = {name: getattr(loan, name) for name in names}
    return {name: f.amount.text() if f.amount else None for name, f in figures.items()}


def only_loan(case, as_of=AS_OF, known_at=None):
    (loan,) = position(case.history(known_at), as_of).loans
    return loan


def as_bytes(found):
    return msgspec.json.encode(found, enc_hook=edge_out)


@pytest.mark.parametrize(
    ("face", "withheld", "principal"),
    (
        ("200000", "4000", "196000.00"),
        ("50000", "3500", "46500.00"),
        ("20000", "600", "19400.00"),
        ("40000", "4000", "36000.00"),
        ("20000", "800", "19200.00"),
    ),
)
def test_head_interest_was_never_lent(face, withheld, principal):
    """民法典 art. 670; principals as published (law/worked-examples.md)."""
    case = CaseFile()
    loan = case.loan("2021-01-10", face)
    received = Money.parse(face, "CNY") - Money.parse(withheld, "CNY")
    case.disbursed("2021-01-10", loan, received.text(), withheld=withheld)
    assert texts(only_loan(case))["principal"] == principal
    assert only_loan(case).withheld.amount == cny(withheld)


def test_a_transfer_that_expired_is_no_payment():
    """Chongchuan court, 2024-02-28: 1,000 + 400 + 200 paid, 300 expired and never arrived."""
    case = CaseFile()
    loan = case.loan("2021-02-01", "30000")
    case.disbursed("2021-02-01", loan, "30000")
    for amount in ("1000", "400", "200"):
        case.payment("2021-05-01", loan, amount)
    lost = case.payment("2021-06-01", loan, "300", credited_on=None)
    assert only_loan(case, day("2021-06-01")).pending.amount == cny("300")
    case.expired("2021-06-02", lost)
    after = only_loan(case)
    assert after.pending.amount == cny("0")
    assert texts(after)["paid"] == "1600.00"
    assert texts(after)["principal"] == "28400.00"


def test_what_was_paid_as_interest_on_a_void_loan_comes_off_the_principal():
    """Jingning court, 2020-07-02: 150,000 lent, 59,000 paid as interest: 91,000 left."""
    case = CaseFile()
    loan = case.loan("2018-03-01", "150000")
    case.disbursed("2018-03-01", loan, "150000")
    case.payment("2019-03-01", loan, "59000")
    assert texts(only_loan(case))["principal"] == "91000.00"


def test_a_reversed_payment_stays_in_view_and_no_longer_counts():
    """Apache Fineract, line 1612: 2060 open after 1180 was paid, 3240 after it was reversed."""
    case = CaseFile()
    loan = case.loan("2023-01-01", "3000")
    case.disbursed("2023-01-01", loan, "3000")
    for on in ("2023-02-01", "2023-03-01", "2023-04-01"):
        case.charge(on, loan, "30")
    case.charge("2023-01-15", loan, "50", ChargeKind.PENALTY)
    case.charge("2023-01-20", loan, "50", ChargeKind.PENALTY)
    case.charge("2023-01-20", loan, "50", ChargeKind.SERVICE_FEE)
    paid = case.payment("2023-01-15", loan, "1180")
    assert texts(only_loan(case))["owed"] == "2060.00"
    case.reversed("2023-01-25", paid)
    assert texts(only_loan(case))["owed"] == "3240.00"
    assert texts(only_loan(case, day("2023-01-24")))["paid"] == "1180.00"
    assert isinstance(case.fact(paid), PaymentMade)


def test_a_payment_goes_to_costs_then_interest_then_principal():
    """民法典 art. 561."""
    case = CaseFile()
    loan = case.loan("2025-01-10", "1000")
    case.disbursed("2025-01-10", loan, "1000")
    case.charge("2025-02-10", loan, "30")
    case.charge("2025-02-10", loan, "20", ChargeKind.PENALTY)
    case.charge("2025-02-10", loan, "10", ChargeKind.COLLECTION_COST)
    case.payment("2025-02-11", loan, "45")
    assert texts(only_loan(case)) == {
        "principal": "1000.00",
        "interest": "15.00",
        "penalty": "0.00",
        "fees": "0.00",
        "owed": "1015.00",
        "paid": "45.00",
        "overpaid": "0.00",
        "arrears": None,
    }


def test_the_principal_is_never_negative_and_what_is_over_is_claimed_back():
    case = CaseFile()
    loan = case.loan("2025-01-10", "1000")
    case.disbursed("2025-01-10", loan, "1000")
    case.payment("2025-02-11", loan, "1100")
    assert texts(only_loan(case))["principal"] == "0.00"
    assert texts(only_loan(case))["overpaid"] == "100.00"
    case.charge("2025-03-01", loan, "40")
    assert texts(only_loan(case))["interest"] == "0.00"
    assert texts(only_loan(case))["overpaid"] == "60.00"


def test_without_a_disbursement_the_principal_is_unknown_and_says_what_settles_it():
    case = CaseFile()
    loan = case.loan("2025-01-10", "1000")
    case.charge("2025-02-01", loan, "30")
    found = only_loan(case)
    assert found.principal.amount is None
    assert found.principal.unknown.settled_by
    assert found.interest.amount == cny("30")
    assert found.owed.amount is None
    assert position(case.history(), AS_OF).totals[0].owed.unknown is not None


def test_a_late_payment_changes_the_past_as_known_now_and_not_as_known_then():
    case = CaseFile()
    loan = case.loan("2025-01-10", "1000")
    case.disbursed("2025-01-10", loan, "1000")
    then = case.position
    before = position(case.history(then), day("2025-06-30"))
    case.payment("2025-02-10", loan, "400")
    assert texts(only_loan(case, day("2025-06-30")))["principal"] == "600.00"
    assert texts(only_loan(case, day("2025-06-30"), then))["principal"] == "1000.00"
    assert as_bytes(position(case.history(then), day("2025-06-30"))) == as_bytes(before)


def test_a_payment_counts_from_the_very_day_it_was_credited():
    case = CaseFile()
    loan = case.loan("2025-01-10", "1000")
    case.disbursed("2025-01-10", loan, "1000")
    case.payment("2025-02-10", loan, "400", credited_on="2025-02-12")
    owed = {on: texts(only_loan(case, day(on)))["owed"] for on in ("2025-02-11", "2025-02-12")}
    assert owed == {"2025-02-11": "1000.00", "2025-02-12": "600.00"}


def test_a_correction_moves_the_figure_and_the_earlier_answer_stays():
    case = CaseFile()
    loan = case.loan("2025-01-10", "1000")
    case.disbursed("2025-01-10", loan, "1000")
    paid = case.payment("2025-02-10", loan, "400")
    then = case.position
    case.corrected(paid, amount=cny("40"))
    assert texts(only_loan(case))["principal"] == "960.00"
    assert texts(only_loan(case, known_at=then))["principal"] == "600.00"
    case.withdrawn(paid)
    assert texts(only_loan(case))["principal"] == "1000.00"


def test_arrears_by_the_contracts_schedule_count_from_the_day_after():
    case = CaseFile()
    schedule = due(("2026-03-01", "100"), ("2026-04-01", "100"), ("2026-05-01", "100"))
    loan = case.loan("2026-02-01", "280", terms=Terms(schedule=schedule))
    case.disbursed("2026-02-01", loan, "280")
    case.payment("2026-03-01", loan, "100")
    case.payment("2026-04-10", loan, "30")
    on_the_day = only_loan(case, day("2026-04-01"))
    assert on_the_day.arrears.amount == cny("0")
    late = only_loan(case, day("2026-04-15"))
    assert (late.arrears.amount, late.arrears_since) == (cny("70"), day("2026-04-01"))
    assert late.arrears_days == 14
    assert late.arrears_basis == "schedule"


def test_arrears_are_not_the_balance_and_a_plan_replaces_the_schedule():
    case = CaseFile()
    loan = case.loan("2026-01-01", "500", terms=Terms(schedule=due(("2026-02-01", "500"))))
    case.disbursed("2026-01-01", loan, "500")
    assert only_loan(case, day("2026-02-10")).arrears.amount == cny("500")
    case.plan("2026-02-15", [loan], ("2026-03-01", "50"), ("2026-04-01", "50"))
    assert only_loan(case, day("2026-02-20")).arrears.amount == cny("0")
    late = only_loan(case, day("2026-03-05"))
    assert (late.arrears.amount, late.owed.amount) == (cny("50"), cny("500"))


def test_a_plan_for_several_loans_stands_by_itself():
    case = CaseFile()
    loans = [case.loan("2026-01-01", "500", lender=name) for name in ("A", "B")]
    for loan in loans:
        case.disbursed("2026-01-01", loan, "500")
    case.plan("2026-02-01", loans, ("2026-03-01", "100"), ("2026-04-01", "100"))
    case.payment("2026-03-01", loans[0], "60")
    found = position(case.history(), day("2026-03-15"))
    (plan,) = found.plans
    assert (plan.arrears.amount, plan.next_due_on) == (cny("40"), day("2026-04-01"))
    assert all(loan.arrears.unknown for loan in found.loans)
    assert found.totals[0].owed.amount == cny("940")


def test_the_last_day_of_a_contract_without_schedule():
    """Shanting district court, 2021 case 326: due 2021-04-30."""
    case = CaseFile()
    loan = case.loan("2021-04-29", "20000", terms=Terms(due_on=day("2021-04-30")))
    case.disbursed("2021-04-29", loan, "19200", withheld="800")
    assert only_loan(case, day("2021-04-30")).arrears.amount == cny("0")
    late = only_loan(case, day("2021-05-01"))
    assert (late.arrears.amount, late.arrears_days) == (cny("19200"), 1)


def test_same_facts_in_all_six_orders():
    """frappe/lending pull 878: demand 03-05, payments 03-20 and 03-16, in every order."""
    found = set()
    for order in permutations(range(3)):
        case = CaseFile()
        loan = case.loan("2025-01-01", "1000")
        case.disbursed("2025-01-01", loan, "1000")
        steps = (
            (case.charge, "2025-03-05", "80"),
            (case.payment, "2025-03-20", "300"),
            (case.payment, "2025-03-16", "50"),
        )
        for step in order:
            record, on, amount = steps[step]
            record(on, loan, amount)
        loan_position = only_loan(case)
        parts = [(p.on, p.amount, p.what) for p in loan_position.interest.parts]
        found.add((str(texts(loan_position)), str(parts)))
    assert len(found) == 1


amounts = st.integers(1, 50_000_00)
days = st.integers(0, 400)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("charge"), days, amounts, st.sampled_from(list(ChargeKind))),
        st.tuples(st.just("payment"), days, amounts, st.booleans()),
        st.tuples(st.just("disbursed"), days, st.integers(1, 10_000_00), st.none()),
        st.tuples(st.just("reversed"), days, st.none(), st.none()),
        st.tuples(st.just("corrected"), days, amounts, st.none()),
        st.tuples(st.just("withdrawn"), days, st.none(), st.none()),
    ),
    max_size=25,
)
FIRST = date(2025, 1, 1)


def build(made):
    """A case of one loan from drawn steps; what cannot be is left out."""
    case = CaseFile()
    loan = case.loan("2025-01-01", "99999999")
    payments = []
    for kind, offset, minor, extra in made:
        on = (FIRST + timedelta(days=offset)).isoformat()
        text = Money(minor, "CNY").text() if minor else ""
        if kind == "charge":
            case.charge(on, loan, text, extra)
        elif kind == "payment":
            payments.append(
                case.payment(on, loan, text, **({} if extra else {"credited_on": None}))
            )
        elif kind == "disbursed":
            case.disbursed(on, loan, text)
        elif payments and kind == "reversed":
            case.reversed((FIRST + timedelta(days=offset + 400)).isoformat(), payments.pop())
        elif payments and kind == "corrected":
            case.corrected(payments[-1], amount=Money(minor, "CNY"))
        elif payments and kind == "withdrawn":
            case.withdrawn(payments.pop())
    return case


@settings(max_examples=300, deadline=None)
@given(steps, st.randoms(use_true_random=False), st.integers(0, 900))
def test_the_same_facts_in_any_order_give_the_same_position(made, random, offset):
    case = build(made)
    as_of = FIRST + timedelta(days=offset)

    def shuffled(events):
        mixed = list(events)
        random.shuffle(mixed)
        return mixed

    other = replay(case.case_id, in_order(case, shuffled))
    assert as_bytes(position(other, as_of)) == as_bytes(position(case.history(), as_of))


@settings(max_examples=300, deadline=None)
@given(steps, st.integers(0, 900))
def test_every_figure_is_the_sum_of_its_parts_and_every_payment_is_accounted_for(made, offset):
    case = build(made)
    as_of = FIRST + timedelta(days=offset)
    for loan in position(case.history(), as_of).loans:
        buckets = (loan.principal, loan.interest, loan.penalty, loan.fees)
        for figure in (*buckets, loan.paid, loan.pending, loan.overpaid, loan.lent, loan.withheld):
            if figure.amount is not None:
                assert figure.amount.minor == sum(p.amount.minor for p in figure.parts)
                assert figure.amount.minor >= 0
                assert all(part.entry_id in case.history().entries for part in figure.parts)
        if loan.principal.amount is not None:
            used = -sum(p.amount.minor for b in buckets for p in b.parts if p.what == "paid")
            assert used + loan.overpaid.amount.minor == loan.paid.amount.minor
            assert loan.owed.amount.minor == sum(b.amount.minor for b in buckets)


@settings(max_examples=100, deadline=None)
@given(steps, st.integers(0, 900))
def test_replaying_twice_gives_the_same_bytes_and_older_knowledge_never_changes(made, offset):
    case = build(made)
    as_of = FIRST + timedelta(days=offset)
    known_at = case.position
    before = as_bytes(position(case.history(), as_of))
    assert as_bytes(position(case.history(), as_of)) == before
    loan = next(entry_id for entry_id, _ in case.history().entries.items() if entry_id)
    case.note("2025-01-01", entry=loan)
    assert as_bytes(position(case.history(known_at), as_of)) == before
