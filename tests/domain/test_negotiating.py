"""Negotiating: what may be proposed and answered, what a promise is asked about, silence."""

from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

import msgspec
import pytest

from domain.cases.budget import BudgetLine, Category, FinancialStatementMade, Side
from domain.cases.contacts import ContactChannel
from domain.cases.deciding import Correct, Record, Rules, decide
from domain.cases.deciding.corrections import resting_on
from domain.cases.helpers import HelpPledged, HelpPotOpened, HelpRepaymentAgreed, Relation
from domain.cases.history import replay
from domain.cases.lending import Terms
from domain.cases.negotiating import (
    AnswerKind,
    Offer,
    PaperHanded,
    PaperKind,
    PapersAsked,
    PapersHandedIn,
    ProposalAnswered,
    ProposalKind,
    ProposalMade,
    ProposalWithdrawn,
)
from domain.cases.plans import PlanAgreed
from domain.codec import edge_out
from domain.facts import Grade
from domain.figures.calculation.monthly import Frequency
from domain.figures.figure import Unknown
from domain.figures.negotiation_clock import ClockBasis
from domain.figures.negotiation_reading import Standing, negotiations_reading
from domain.money import Money
from domain.personal import Personal
from domain.refusals import Code, Refusal
from domain.rules.books import Books
from domain.rules.cn import rule_ids as ids
from domain.rules.pack import pack_of
from domain.warnings import AnsweredWarning, WarningCode
from ops.reference_files import read_reference
from tests.histories import CaseFile, cny, day, due, in_order, said

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
PLAIN = Rules(
    now=datetime(2026, 6, 1, 4, 0, tzinfo=UTC),
    today=date(2026, 6, 1),
    zones=frozenset({"Asia/Shanghai"}),
)
RULED = msgspec.structs.replace(PLAIN, books=BOOKS)
EMAIL, PAPER, SAYS = ContactChannel.EMAIL, Grade.DOCUMENT, Grade.CLIENT_SAYS


@pytest.fixture
def case():
    case = CaseFile()
    case.one = case.loan("2025-01-10", "1000.00", lender="A", terms=Terms(due_on=day("2026-01-10")))
    case.two = case.loan("2025-01-11", "900.00", lender="B", terms=Terms(due_on=day("2026-01-11")))
    return case


def offer(loan, amount, **more):
    return Offer(loan_id=loan, amount=cny(amount), **more)


def proposal(case, **fields):
    values = {
        "occurred_on": day("2026-03-02"),
        "grade": PAPER,
        "kind": ProposalKind.INSTALMENTS,
        "loan_ids": (case.one, case.two),
        "offers": (offer(case.one, "60.00"), offer(case.two, "40.00")),
        "channel": EMAIL,
    }
    return ProposalMade(**(values | fields))


def answer(case, proposed, on, kind=AnswerKind.ACCEPTED, **fields):
    values = {
        "occurred_on": day(on),
        "grade": Grade.LENDER_SAYS,
        "proposal_id": proposed,
        "loan_ids": (case.one,),
        "answer": kind,
        "channel": EMAIL,
    }
    return ProposalAnswered(**(values | fields))


def refused(case, fact, rules=PLAIN):
    found = decide(case.history(), Record(fact), rules)
    assert isinstance(found, Refusal), found
    return found.code, found.field


def raised(case, fact, rules=PLAIN):
    found = decide(case.history(), Record(fact), rules)
    if not isinstance(found, Refusal):
        return []
    assert found.code is Code.WARNING_UNANSWERED, found
    return [each.code.value for each in found.warnings]


def reading(case, on):
    return negotiations_reading(case.history(), date.fromisoformat(on), BOOKS)


def first(case, on):
    return reading(case, on).proposals[0].loans[0]


def test_shares_over_the_whole_are_refused_and_under_it_asked_about(case):
    assert raised(case, proposal(case, available=cny("100.00"))) == []
    over = proposal(case, available=cny("99.99"))
    assert refused(case, over) == (Code.SHARES_OVER, "offers")
    assert raised(case, proposal(case, available=cny("100.01"))) == ["shares-under"]
    nothing = proposal(case, available=cny("0"))
    assert refused(case, nothing) == (Code.SHARES_OVER, "offers")


def bad(case):
    one, two = case.one, case.two
    wanted = {"answer_wanted_on": day("2026-03-01")}
    return {
        "an offer for another loan": (
            proposal(case, loan_ids=(one,)), Code.ENTRY_WRONG_KIND, "offers/1/loan_id",
        ),
        "two offers for one loan": (
            proposal(case, offers=(offer(one, "1"), offer(one, "2"))),
            Code.LIST_REPEATS, "offers/1/loan_id",
        ),
        "no offer": (proposal(case, offers=()), Code.LIST_EMPTY, "offers"),
        "no loan": (proposal(case, loan_ids=()), Code.LIST_EMPTY, "loan_ids"),
        "an offer of nothing": (
            proposal(case, offers=(offer(one, "0"),)), Code.AMOUNT_NOT_POSITIVE, "offers/0/amount",
        ),
        "another currency": (
            proposal(case, offers=(Offer(loan_id=two, amount=Money(1, "USD")),)),
            Code.CURRENCY_MIXED, "offers/0/amount",
        ),
        "an answer wanted before it went out": (
            proposal(case, **wanted), Code.DATE_ORDER, "answer_wanted_on",
        ),
        "two clocks": (
            proposal(case, answer_wanted_on=day("2026-03-09"), answer_working_days=3),
            Code.DAYS_UNUSABLE, "answer_working_days",
        ),
        "working days below zero": (
            proposal(case, answer_working_days=-1), Code.DAYS_UNUSABLE, "answer_working_days",
        ),
        "a statement that is not there": (
            proposal(case, statement_id=UUID(int=5)), Code.ENTRY_UNKNOWN, "statement_id",
        ),
        "a statement that is none": (
            proposal(case, statement_id=one), Code.ENTRY_WRONG_KIND, "statement_id",
        ),
        "instalments out of order": (
            proposal(case, offers=(
                offer(one, "1", instalments=due(("2026-05-01", "1"), ("2026-04-01", "1"))),
            )),
            Code.DATE_ORDER, "offers/0/instalments",
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", sorted(bad(type("C", (), {"one": UUID(int=1), "two": UUID(int=2)})))
)
def test_what_cannot_be_proposed(case, name):
    fact, code, field = bad(case)[name]
    assert refused(case, fact) == (code, field)


def test_no_answer_comes_before_its_proposal(case):
    proposed = case.record(proposal(case))
    early = answer(case, proposed, "2026-03-01")
    assert refused(case, early) == (Code.DATE_ORDER, "occurred_on")
    assert refused(case, answer(case, case.one, "2026-03-05")) == (
        Code.ENTRY_WRONG_KIND, "proposal_id",
    )  # fmt: skip
    fine = decide(case.history(), Record(answer(case, proposed, "2026-03-02")), PLAIN)
    assert not isinstance(fine, Refusal)


def test_a_proposal_cannot_be_moved_behind_its_answer(case):
    proposed = case.record(proposal(case))
    case.record(answer(case, proposed, "2026-03-04"))
    moved = Correct(
        entry_id=proposed,
        replacement=proposal(case, occurred_on=day("2026-03-05")),
        reason=Personal(None, "wrong day"),
    )
    found = decide(case.history(), moved, PLAIN)
    assert (found.code, found.field) == (Code.ENTRY_IN_USE, "entry_id")


def test_a_counter_offer_goes_with_its_answer_only(case):
    proposed = case.record(proposal(case))
    counter = (offer(case.one, "80.00"),)
    assert refused(case, answer(case, proposed, "2026-03-04", AnswerKind.COUNTER)) == (
        Code.ANSWER_UNFIT, "counter",
    )  # fmt: skip
    assert refused(case, answer(case, proposed, "2026-03-04", counter=counter)) == (
        Code.ANSWER_UNFIT, "counter",
    )  # fmt: skip
    case.record(answer(case, proposed, "2026-03-04", AnswerKind.COUNTER, counter=counter))
    assert first(case, "2026-03-04").counter == counter[0]


def test_a_proposal_is_taken_back_once(case):
    proposed = case.record(proposal(case))
    back = ProposalWithdrawn(proposal_id=proposed, occurred_on=day("2026-03-05"), grade=PAPER)
    case.record(back)
    assert refused(case, back) == (Code.PROPOSAL_WITHDRAWN, "proposal_id")
    assert first(case, "2026-03-04").standing is Standing.WAITING
    assert first(case, "2026-03-20").standing is Standing.WITHDRAWN


CLOCKS = (
    # sent, what it asks, last day, and what that rests on
    ("2026-03-02", {}, "2026-03-11", ClockBasis.PRACTICE),
    ("2026-03-02", {"answer_working_days": 3}, "2026-03-05", ClockBasis.ASKED_WORKING_DAYS),
    ("2026-04-30", {"answer_working_days": 3}, "2026-05-08", ClockBasis.ASKED_WORKING_DAYS),
    ("2026-05-07", {"answer_working_days": 2}, "2026-05-09", ClockBasis.ASKED_WORKING_DAYS),
    ("2026-03-02", {"answer_wanted_on": day("2026-03-08")}, "2026-03-08", ClockBasis.ASKED_DAY),
)


@pytest.mark.parametrize(("sent", "asks", "last", "basis"), CLOCKS)
def test_silence_begins_after_the_working_days_that_were_asked(case, sent, asks, last, basis):
    """The holiday of May 2026 is the 1st to the 5th; the Saturday of 9 May is worked."""
    case.record(proposal(case, occurred_on=day(sent), **asks))
    clock = first(case, last).clock
    assert (clock.wanted_by, clock.basis, clock.provisional) == (day(last), basis, None)
    assert first(case, last).standing is Standing.WAITING
    after = str(date.fromordinal(day(last).toordinal() + 1))
    assert (first(case, after).standing, first(case, after).days_late) == (Standing.SILENT, 1)


def test_the_clock_of_an_unpublished_year_is_provisional(case):
    case.record(proposal(case, occurred_on=day("2026-12-30"), answer_working_days=3))
    clock = first(case, "2026-12-31").clock
    assert (clock.wanted_by, "2027" in clock.provisional.reason) == (day("2027-01-04"), True)


def test_a_holding_answer_puts_the_last_day_off(case):
    proposed = case.record(proposal(case))
    held = answer(case, proposed, "2026-03-06", AnswerKind.HOLDING, due_on=day("2026-03-20"))
    case.record(held)
    assert first(case, "2026-03-20").standing is Standing.HOLDING
    assert first(case, "2026-03-20").clock.basis is ClockBasis.HOLDING_ANSWER
    assert first(case, "2026-03-21").standing is Standing.SILENT
    case.record(answer(case, proposed, "2026-03-25", AnswerKind.REFUSED))
    found = first(case, "2026-03-26")
    assert (found.standing, found.days_late, len(found.answers)) == (Standing.REFUSED, 5, 2)


def test_each_lender_answers_for_itself(case):
    proposed = case.record(proposal(case))
    case.record(answer(case, proposed, "2026-03-04"))
    loans = reading(case, "2026-04-01").proposals[0].loans
    assert [each.standing for each in loans] == [Standing.ACCEPTED, Standing.SILENT]
    plan = case.plan("2026-04-02", [case.one], ("2026-05-01", "60.00"), proposal_id=proposed)
    assert reading(case, "2026-04-02").proposals[0].plan_ids == (plan,)
    assert reading(case, "2026-04-01").proposals[0].plan_ids == ()


def asked_for(case, **fields):
    values = {"occurred_on": day("2026-03-02"), "grade": PAPER, "lender": "A", "channel": EMAIL}
    values |= {"loan_ids": (case.one,), "papers": (PaperKind.INCOME, PaperKind.MEDICAL)}
    return PapersAsked(**(values | fields))


def handed(case, asked, on, *kinds, **fields):
    values = {"occurred_on": day(on), "grade": PAPER, "lender": "A", "channel": EMAIL}
    values |= {"loan_ids": (case.one,), "asked_id": asked}
    values |= {"papers": tuple(PaperHanded(kind=kind) for kind in kinds)}
    return PapersHandedIn(**(values | fields))


def test_papers_are_listed_until_none_is_missing(case):
    asked = case.record(asked_for(case, due_on=day("2026-03-10")))
    case.record(handed(case, asked, "2026-03-08", PaperKind.INCOME))
    (papers,) = reading(case, "2026-03-12").papers
    assert (papers.handed_in, papers.missing) == ((PaperKind.INCOME,), (PaperKind.MEDICAL,))
    assert (papers.complete_on, papers.days_late) == (None, 2)
    case.record(handed(case, asked, "2026-03-11", PaperKind.MEDICAL))
    (papers,) = reading(case, "2026-03-20").papers
    assert (papers.missing, papers.complete_on, papers.days_late) == ((), day("2026-03-11"), 1)


def test_a_paper_handed_in_twice_counts_from_the_first_time(case):
    asked = case.record(asked_for(case, papers=(PaperKind.INCOME,)))
    for on in ("2026-03-05", "2026-03-09"):
        case.record(handed(case, asked, on, PaperKind.INCOME))
    (papers,) = reading(case, "2026-03-12").papers
    assert papers.complete_on == day("2026-03-05")


def test_a_copy_that_was_handed_in_cannot_be_withdrawn(case):
    item = case.evidence("2026-03-01")
    paper = (PaperHanded(kind=PaperKind.INCOME, item_id=item),)
    hand_in = case.record(handed(case, None, "2026-03-04", papers=paper))
    assert hand_in in set(resting_on(case.history(), item))


def test_papers_go_to_who_asked_and_not_before(case):
    asked = case.record(asked_for(case))
    early = handed(case, asked, "2026-03-01", PaperKind.INCOME)
    assert refused(case, early) == (Code.DATE_ORDER, "occurred_on")
    other = handed(case, asked, "2026-03-04", PaperKind.INCOME, lender="B")
    assert refused(case, other) == (Code.ENTRY_WRONG_KIND, "asked_id")
    copy = (PaperHanded(kind=PaperKind.INCOME, item_id=case.one),)
    stray = handed(case, asked, "2026-03-04", papers=copy)
    assert refused(case, stray) == (Code.ENTRY_WRONG_KIND, "papers/0/item_id")


def barred(case):
    """A loan whose three years ran out in 2024."""
    return case.loan("2020-09-01", "500.00", lender="Old", terms=Terms(due_on=day("2021-03-01")))


def plan(case, loan, **fields):
    values = {"occurred_on": day("2026-03-02"), "grade": PAPER, "loan_ids": (loan,)}
    return PlanAgreed(**(values | {"instalments": due(("2026-04-01", "50.00"))} | fields))


def test_a_promise_is_asked_about_in_the_words_of_the_pack(case):
    found = decide(case.history(), Record(plan(case, case.one)), RULED)
    (warning,) = found.warnings
    assert (warning.code, warning.field) == (WarningCode.LIMITATION_PROMISE, "loan_ids/0")
    assert "2029-03-02" in warning.detail
    assert ids.CONSENT in warning.detail
    assert "三年" in warning.detail
    old = barred(case)
    assert raised(case, plan(case, old), RULED) == ["promise-time-barred"]
    both = proposal(case, loan_ids=(case.one, old), offers=(offer(old, "5.00"),))
    assert raised(case, both, RULED) == ["limitation-promise", "promise-time-barred"]


def test_an_answer_to_the_weaker_warning_does_not_answer_the_stronger(case):
    old = barred(case)
    weak = (AnsweredWarning(code=WarningCode.LIMITATION_PROMISE, reason=said("told")),)
    assert raised(case, plan(case, old, answered=weak), RULED) == ["promise-time-barred"]
    strong = (AnsweredWarning(code=WarningCode.PROMISE_TIME_BARRED, reason=said("told")),)
    assert raised(case, plan(case, old, answered=strong), RULED) == []


def test_without_a_pack_nothing_is_said_of_the_law(case):
    assert raised(case, plan(case, case.one)) == []
    none = msgspec.structs.replace(PLAIN, books=Unknown(reason="none", settled_by="one"))
    assert raised(case, plan(case, case.one), none) == []


def statement(case, left, on="2026-02-01"):
    """A financial statement that leaves so much a month."""
    line = {"category": Category.WAGES, "frequency": Frequency.MONTHLY, "amount": cny(left)}
    return case.record(
        FinancialStatementMade(
            occurred_on=day(on), grade=PAPER, lines=(BudgetLine(side=Side.INCOME, **line),)
        )
    )


def test_more_than_the_statement_leaves_is_asked_about(case):
    first = statement(case, "90.00")
    assert raised(case, proposal(case, statement_id=first)) == ["plan-over-surplus"]
    second = statement(case, "100.00", "2026-02-02")
    assert raised(case, proposal(case, statement_id=second)) == []
    assert raised(case, proposal(case, statement_id=first)) == ["plan-over-surplus"]
    two = due(("2026-04-01", "60.00"), ("2026-04-15", "40.01"), ("2026-05-01", "1.00"))
    promised = plan(case, case.one, statement_id=second, instalments=two)
    assert raised(case, promised) == ["plan-over-surplus"]


def test_a_promise_that_names_no_statement_is_held_against_the_latest(case):
    statement(case, "90.00")
    assert raised(case, proposal(case)) == ["plan-over-surplus"]
    statement(case, "100.00", "2026-02-02")
    assert raised(case, proposal(case)) == []


def test_what_helpers_get_back_is_not_there_for_lenders(case):
    statement(case, "100.00")
    pot = case.record(
        HelpPotOpened(
            occurred_on=day("2026-02-01"),
            grade=SAYS,
            loan_ids=(case.one,),
            whole=cny("50.00"),
        )
    )
    pledge = case.record(
        HelpPledged(
            occurred_on=day("2026-02-01"),
            grade=SAYS,
            pot_id=pot,
            helper=said("an aunt"),
            relation=Relation.RELATIVE,
            share=cny("50.00"),
        )
    )
    assert raised(case, proposal(case)) == []
    case.record(
        HelpRepaymentAgreed(
            occurred_on=day("2026-02-02"),
            grade=SAYS,
            pledge_id=pledge,
            instalments=due(("2026-06-01", "10.00")),
        )
    )
    assert raised(case, proposal(case)) == ["plan-over-surplus"]


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_recording_changes_nothing(case, seed):
    proposed = case.record(proposal(case))
    asked = case.record(asked_for(case))
    case.record(handed(case, asked, "2026-03-04", PaperKind.MEDICAL, PaperKind.INCOME))
    case.record(answer(case, proposed, "2026-03-05", AnswerKind.HOLDING, due_on=day("2026-03-30")))
    case.record(answer(case, proposed, "2026-03-05", AnswerKind.REFUSED))
    case.record(answer(case, proposed, "2026-03-06", loan_ids=(case.two,)))
    shuffled = in_order(case, lambda events: Random(seed).sample(events, len(events)))
    both = [
        msgspec.json.encode(
            negotiations_reading(replay(case.case_id, events), date(2026, 4, 1), BOOKS),
            enc_hook=edge_out,
        )
        for events in (case.events(), shuffled)
    ]
    assert both[0] == both[1]
