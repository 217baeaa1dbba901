"""Guarantors of a case's loans, from its own facts, by the rules of the pack (law/cn.md 1.9)."""

import pytest

from domain.cases.court import Claimant, SuitFiled
from domain.cases.guarantees import GuaranteeForm, GuaranteeGiven, GuarantorCalled
from domain.cases.terms import Terms
from domain.facts import Grade
from domain.figures.figure import Unknown
from domain.figures.guarantee_reading import guarantees_reading
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import CaseFile, day

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())


def guaranteed(form=None, until=None, due_on="2025-03-31"):
    case = CaseFile()
    loan = case.loan("2024-01-01", "10000", terms=Terms(due_on=due_on and day(due_on)))
    given = GuaranteeGiven(
        loan_id=loan,
        occurred_on=day("2024-01-01"),
        form=form,
        until=until and day(until),
        grade=Grade.DOCUMENT,
    )
    return case, loan, case.record(given)


def state_of(case, as_of, books=BOOKS):
    (found,) = guarantees_reading(case.history(), day(as_of), books).guarantees
    return found.guarantee.state if found.guarantee else found.unknown


@pytest.mark.parametrize(
    ("form", "until", "as_of", "state"),
    (
        # Six months from 2025-03-31 end on 2025-09-30.
        (None, None, "2025-09-30", "running"),
        (None, None, "2025-10-09", "free"),
        (GuaranteeForm.JOINT, "2026-03-31", "2025-10-09", "running"),
        # An agreed end that is not after the due date counts as none.
        (None, "2025-03-31", "2025-09-30", "running"),
    ),
)
def test_a_creditor_that_stays_silent(form, until, as_of, state):
    case, _, _ = guaranteed(form, until)
    assert state_of(case, as_of) == state


def test_a_joint_guarantor_is_kept_by_a_demand_in_time():
    case, _, guarantee = guaranteed(GuaranteeForm.JOINT)
    called = GuarantorCalled(
        guarantee_id=guarantee, occurred_on=day("2025-09-30"), grade=Grade.DOCUMENT
    )
    entry = case.record(called)
    assert state_of(case, "2025-12-01") == "creditor-acted-in-time"
    case.withdrawn(entry)
    assert state_of(case, "2025-12-01") == "free"


def test_a_general_guarantor_is_kept_by_a_suit_against_the_debtor_alone():
    case, loan, guarantee = guaranteed(GuaranteeForm.GENERAL)
    case.record(
        GuarantorCalled(guarantee_id=guarantee, occurred_on=day("2025-05-01"), grade=Grade.DOCUMENT)
    )
    assert state_of(case, "2025-12-01") == "free"
    suit = SuitFiled(
        loan_ids=(loan,),
        occurred_on=day("2025-08-01"),
        claimant=Claimant.LENDER,
        grade=Grade.DOCUMENT,
    )
    case.record(suit)
    assert state_of(case, "2025-12-01") == "creditor-acted-in-time"


def test_a_plan_agreed_later_does_not_move_the_guarantors_period():
    case, loan, _ = guaranteed()
    case.plan("2025-03-01", (loan,), ("2026-03-01", "10000"))
    assert state_of(case, "2025-10-09") == "free"


def test_what_is_missing_is_said():
    case, _, _ = guaranteed(due_on=None)
    assert state_of(case, "2025-10-09") == "unknown"
    nothing = Unknown(reason="no pack", settled_by="a pack")
    assert state_of(case, "2025-10-09", nothing) == nothing
    assert guarantees_reading(case.history(), day("2023-01-01"), BOOKS).guarantees == ()
