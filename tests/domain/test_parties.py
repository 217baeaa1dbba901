"""Parties of a debt: who they are, which notices reached whom, and what that changes."""

from datetime import UTC, date, datetime

import pytest

from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.deciding import Record, Rules, Withdraw, decide
from domain.cases.exporting import Opens
from domain.cases.guarantees import GuaranteeGiven
from domain.cases.lending import LoanTaken
from domain.cases.parties import (
    NoticeKind,
    NoticeReached,
    NoticeWay,
    PartyLeft,
    PartyNamed,
    PartyRole,
)
from domain.cases.payments import PaymentChannel, PaymentMade
from domain.exports import kind_of
from domain.facts import Grade
from domain.figures.limitation_events import events_of
from domain.figures.payees import PayeeStanding, payee_standing
from domain.intake import Lacking, notices_of, parties_of
from domain.refusals import Code, Refusal
from domain.rules.cn.limitation import LimitationKind
from domain.warnings import WarningCode
from tests.histories import CaseFile, cny, day, said

RULES = Rules(
    now=datetime(2026, 11, 20, 4, 0, tzinfo=UTC),
    today=date(2026, 11, 20),
    zones=frozenset({"Asia/Shanghai"}),
)
BUYER = "样例资产管理公司（虚构）"
PAPER = Grade.DOCUMENT


@pytest.fixture
def case():
    made = CaseFile()
    made.first = made.loan("2025-01-10", "10000.00", lender="Kuaidai")
    made.second = made.loan("2025-02-10", "5000.00", lender="Mandai")
    return made


def named(*loans, role=PartyRole.ASSIGNEE, on="2026-02-01", company=BUYER, grade=PAPER, **more):
    return PartyNamed(
        loan_ids=loans, role=role, company=company, occurred_on=day(on), grade=grade, **more
    )


def notice(party, *loans, kind=NoticeKind.ASSIGNMENT, on="2026-02-10", **more):
    return NoticeReached(
        kind=kind,
        loan_ids=loans,
        party_id=party,
        occurred_on=day(on),
        way=NoticeWay.LETTER,
        grade=PAPER,
        **more,
    )


def paid(loan, payee, on="2026-03-01", **more):
    return PaymentMade(
        loan_id=loan,
        amount=cny("100.00"),
        channel=PaymentChannel.BANK_TRANSFER,
        occurred_on=day(on),
        payee=payee,
        grade=Grade.BANK_LINE,
        **more,
    )


def answer(case, fact):
    decided = decide(case.history(), Record(fact=fact), RULES)
    if not isinstance(decided, Refusal):
        return None
    return [w.code for w in decided.warnings] or (decided.code, decided.field)


def test_given_an_assignee_without_a_notice_then_the_notice_and_no_more_is_lacking(case):
    party = case.record(named(case.first))
    (line,) = parties_of(case.history(), day("2026-03-01"))
    assert (line.party_id, line.since, line.notified_on) == (party, day("2026-02-01"), None)
    assert line.lacking == (Lacking.NOTICE_TO_BORROWER,)
    assert parties_of(case.history(), day("2026-01-31")) == ()


def test_given_notices_then_the_first_that_reached_the_borrower_counts(case):
    party = case.record(named(case.first))
    other = case.record(
        named(case.first, role=PartyRole.CO_DEBTOR, company=None, person=said("甲"))
    )
    case.record(notice(party, case.first, on="2026-02-20"))
    case.record(notice(party, case.first, on="2026-02-03", recipient_id=other))
    case.record(notice(party, case.first, on="2026-02-10", sent_on=day("2026-02-04")))
    line = parties_of(case.history(), day("2026-03-01"))[0]
    assert (line.notified_on, line.lacking) == (day("2026-02-10"), ())
    days = [
        (each.reached_on, each.recipient_id)
        for each in notices_of(case.history(), day("2026-02-15"))
    ]
    assert days == [(day("2026-02-03"), other), (day("2026-02-10"), None)]


def test_a_guarantor_without_a_guarantee_and_a_word_without_paper_are_said(case):
    case.record(
        named(
            case.first,
            role=PartyRole.GUARANTOR,
            company=None,
            person=said("乙"),
            grade=Grade.CLIENT_SAYS,
        )
    )
    (line,) = parties_of(case.history(), day("2026-03-01"))
    assert line.lacking == (Lacking.GUARANTEE, Lacking.PAPER)
    given = case.record(
        GuaranteeGiven(loan_id=case.first, occurred_on=day("2025-01-10"), grade=PAPER)
    )
    case.record(
        named(case.first, role=PartyRole.GUARANTOR, company="样例担保公司", guarantee_id=given)
    )
    assert parties_of(case.history(), day("2026-03-01"))[1].lacking == ()


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    (
        ({"company": None}, Code.PARTY_UNNAMED, "company"),
        ({"person": said("甲")}, Code.PARTY_UNNAMED, "company"),
        ({"on": "2025-01-09"}, Code.STEP_TOO_EARLY, "occurred_on"),
    ),
)
def test_a_party_that_cannot_be(case, wrong, code, field):
    assert answer(case, named(case.first, **wrong)) == (code, field)


def test_a_party_is_to_a_debt_of_this_case_and_named_once(case):
    stranger = CaseFile("other").loan("2025-01-10", "1.00")
    assert answer(case, named()) == (Code.LIST_EMPTY, "loan_ids")
    assert answer(case, named(stranger)) == (Code.ENTRY_UNKNOWN, "loan_ids/0")
    assert answer(case, named(case.first, case.first)) == (Code.LIST_REPEATS, "loan_ids/1")
    party = case.record(named(case.first))
    assert answer(case, named(case.first, case.second, on="2026-03-01")) == (
        Code.STEP_RECORDED,
        "role",
    )
    assert answer(case, named(case.first, role=PartyRole.COLLECTOR)) is None
    assert answer(case, named(case.second)) is None
    assert answer(case, named(case.first, company="样例资产管理公司 (虚构)")) == (
        Code.STEP_RECORDED,
        "role",
    )
    case.record(PartyLeft(party_id=party, occurred_on=day("2026-02-15"), grade=PAPER))
    assert answer(case, named(case.first, on="2026-03-01")) is None


def test_a_guarantee_belongs_to_a_guarantor_of_its_loan(case):
    given = case.record(
        GuaranteeGiven(loan_id=case.first, occurred_on=day("2025-01-10"), grade=PAPER)
    )
    unfit = (Code.PARTY_UNFIT, "guarantee_id")
    assert answer(case, named(case.first, guarantee_id=given)) == unfit
    guarantor = {"role": PartyRole.GUARANTOR, "guarantee_id": given}
    assert answer(case, named(case.second, **guarantor)) == unfit
    assert answer(case, named(case.first, **guarantor)) is None


def test_who_left_before_they_came_or_twice_is_refused(case):
    party = case.record(named(case.first))

    def left(on):
        return PartyLeft(party_id=party, occurred_on=day(on), grade=PAPER)

    assert answer(case, left("2026-01-31")) == (Code.STEP_TOO_EARLY, "occurred_on")
    case.record(left("2026-02-20"))
    assert answer(case, left("2026-02-21")) == (Code.STEP_RECORDED, "party_id")
    assert parties_of(case.history(), day("2026-02-19"))[0].left_on is None
    assert parties_of(case.history(), day("2026-02-20"))[0].left_on == day("2026-02-20")


def test_a_notice_that_cannot_be(case):
    party = case.record(named(case.first))
    collector = case.record(named(case.first, role=PartyRole.COLLECTOR, company="样例催收"))
    of_second = case.record(
        named(case.second, role=PartyRole.CO_DEBTOR, company=None, person=said("丙"))
    )
    about = (Code.PARTY_UNFIT, "party_id")
    assert answer(case, notice(None, case.first)) == about
    assert answer(case, notice(collector, case.first)) == about
    assert answer(case, notice(party, case.second)) == (Code.PARTY_UNFIT, "loan_ids/0")
    assert answer(case, notice(party, case.first, on="2026-01-31")) == (
        Code.STEP_TOO_EARLY,
        "occurred_on",
    )
    assert answer(case, notice(party, case.first, sent_on=day("2026-02-11"))) == (
        Code.DATE_ORDER,
        "sent_on",
    )
    for recipient in (party, of_second):
        assert answer(case, notice(party, case.first, recipient_id=recipient)) == (
            Code.PARTY_UNFIT,
            "recipient_id",
        )
    assert answer(case, notice(party)) == (Code.LIST_EMPTY, "loan_ids")
    assert answer(case, notice(None, case.first, kind=NoticeKind.ACCOUNT_CHANGED)) is None


def test_paying_the_assignee_is_asked_about_until_the_borrower_had_notice(case):
    assert answer(case, paid(case.first, BUYER)) == [WarningCode.PAYEE_UNKNOWN]
    party = case.record(named(case.first))
    assert answer(case, paid(case.first, BUYER)) == [WarningCode.PAYEE_NOT_NOTIFIED]
    assert answer(case, paid(case.second, BUYER)) == [WarningCode.PAYEE_UNKNOWN]
    case.record(notice(party, case.first))
    assert answer(case, paid(case.first, BUYER)) is None


def test_paying_the_lender_is_asked_about_once_the_loan_went_over_with_notice(case):
    party = case.record(named(case.first))
    for payee in (None, "Kuaidai"):
        assert answer(case, paid(case.first, payee)) is None
    case.record(notice(party, case.first, on="2026-02-10"))
    for payee in (None, "Kuaidai"):
        assert answer(case, paid(case.first, payee)) == [WarningCode.LOAN_ASSIGNED]
        # Whoever paid before the notice came has paid the right one.
        assert answer(case, paid(case.first, payee, on="2026-02-09")) is None
    assert answer(case, paid(case.second, None)) is None
    case.record(PartyLeft(party_id=party, occurred_on=day("2026-02-20"), grade=PAPER))
    assert answer(case, paid(case.first, None)) is None


def test_the_standing_of_a_payee_is_of_a_day(case):
    party = case.record(named(case.first))
    case.record(notice(party, case.first, on="2026-02-10"))

    def standing(on):
        return payee_standing(case.history(), (case.first,), BUYER, day(on))

    assert standing("2026-01-31") is PayeeStanding.UNKNOWN
    assert standing("2026-02-09") is PayeeStanding.ASSIGNEE_UNTOLD
    assert standing("2026-02-10") is PayeeStanding.ASSIGNEE


def test_the_notice_of_an_assignment_interrupts_limitation_when_it_reached_the_borrower(case):
    party = case.record(named(case.first))
    other = case.record(
        named(case.first, role=PartyRole.CO_DEBTOR, company=None, person=said("甲"))
    )
    case.record(notice(party, case.first, on="2026-02-09", recipient_id=other))
    entry = case.record(notice(party, case.first, on="2026-02-10"))

    def moved(loan, as_of="2026-03-01", known_at=None):
        history = case.history(known_at)
        fact = history.get(loan, LoanTaken)
        return [(e.kind, e.on, e.entry_id) for e in events_of(history, loan, fact, day(as_of))]

    assert moved(case.first) == [(LimitationKind.ASSIGNMENT_NOTICE, day("2026-02-10"), entry)]
    assert moved(case.second) == []
    assert moved(case.first, "2026-02-09") == []
    before = case.history().position
    replacement = notice(party, case.first, on="2026-02-14")
    case.record(EntryCorrected(entry_id=entry, replacement=replacement, reason=said("邮戳")))
    assert moved(case.first)[0][1] == day("2026-02-14")
    assert moved(case.first, known_at=before)[0][1] == day("2026-02-10")
    case.record(EntryWithdrawn(entry_id=entry, reason=said("误记")))
    assert moved(case.first) == []


def test_a_party_on_which_a_notice_rests_is_not_withdrawn_nor_moved_behind_it(case):
    party = case.record(named(case.first))
    case.record(notice(party, case.first))
    withdrawn = decide(case.history(), Withdraw(entry_id=party, reason=said("误记")), RULES)
    assert withdrawn.code is Code.ENTRY_IN_USE


def test_a_value_in_a_list_is_shown_by_the_lists_kind():
    assert kind_of("phones/1") is Opens.NUMBERS
    assert kind_of("person") is Opens.NAMES
