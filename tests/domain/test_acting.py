"""What goes out in a client's name after they took their authority or consent back."""

from datetime import UTC, date, datetime

import pytest

from domain.cases.complaints import ComplaintChannel, ComplaintFiled, Ground
from domain.cases.contacts import ContactChannel
from domain.cases.deciding import Record, Rules, decide
from domain.cases.deciding.commands import KnownClient
from domain.cases.negotiating import PaperHanded, PaperKind, PapersHandedIn
from domain.clients.allowing import allowed_by
from domain.clients.authority import AuthorityScope
from domain.clients.consent import ConsentPurpose
from domain.facts import Grade
from domain.refusals import Code, Refusal
from domain.warnings import AnsweredWarning, WarningCode
from tests.domain.test_client_standing import (
    LENDER,
    OTHER,
    Stands,
    authority,
    consent,
    ended,
    withdrawn,
)
from tests.histories import CaseFile, day, said

TO_LENDER = ConsentPurpose.SHARING_WITH_LENDER


def rules(person):
    return Rules(
        now=datetime(2026, 6, 1, 4, 0, tzinfo=UTC),
        today=date(2026, 6, 1),
        zones=frozenset({"Asia/Shanghai"}),
        client=KnownClient(name="王小明", allowed=allowed_by(person.client.entries)),
    )


def handed(loan, on="2026-04-10", lender=LENDER, **fields):
    return PapersHandedIn(
        lender=lender,
        loan_ids=(loan,),
        papers=(PaperHanded(kind=PaperKind.INCOME),),
        channel=ContactChannel.EMAIL,
        occurred_on=day(on),
        grade=Grade.DOCUMENT,
        **fields,
    )


def complained(on="2026-04-10", **fields):
    return ComplaintFiled(
        channel=ComplaintChannel.NFRA_12378,
        respondent=LENDER,
        grounds=(Ground.HARASSMENT,),
        occurred_on=day(on),
        grade=Grade.DOCUMENT,
        **fields,
    )


@pytest.fixture
def case():
    file = CaseFile()
    file.lent = file.loan("2025-06-01", "10000.00", lender=LENDER)
    return file


def raised(case, fact, person):
    """Warnings that are to be answered, by code, with the entries that they name."""
    decided = decide(case.history(), Record(fact), rules(person))
    if not isinstance(decided, Refusal):
        return {}
    assert decided.code is Code.WARNING_UNANSWERED, decided
    return {warning.code: warning.entries for warning in decided.warnings}


def test_nothing_is_asked_where_no_consent_was_ever_recorded(case):
    assert raised(case, handed(case.lent), Stands()) == {}


def test_papers_go_out_unasked_while_the_consent_holds_and_not_after(case):
    person = Stands()
    entry = person.says(consent(purpose=TO_LENDER, to=LENDER, ends="2026-04-10"))
    assert raised(case, handed(case.lent, "2026-04-10"), person) == {}
    gone = raised(case, handed(case.lent, "2026-04-11"), person)
    assert gone == {WarningCode.CONSENT_OVER: (str(entry),)}
    person.says(withdrawn(entry, "2026-04-10"))
    gone = raised(case, handed(case.lent, "2026-04-10"), person)
    assert gone == {WarningCode.CONSENT_OVER: (str(entry),)}


def test_before_it_was_given_it_does_not_hold_either(case):
    person = Stands()
    person.says(consent("2026-04-11", purpose=TO_LENDER))
    assert set(raised(case, handed(case.lent), person)) == {WarningCode.CONSENT_OVER}


def test_a_consent_for_another_lender_is_neither_here_nor_there(case):
    person = Stands()
    entry = person.says(consent(purpose=TO_LENDER, to=OTHER))
    person.says(withdrawn(entry))
    assert raised(case, handed(case.lent), person) == {}
    everybody = person.says(consent(purpose=TO_LENDER, on="2026-04-02"))
    assert raised(case, handed(case.lent), person) == {}
    person.says(withdrawn(everybody, "2026-04-05"))
    gone = raised(case, handed(case.lent, lender=OTHER), person)
    assert gone == {WarningCode.CONSENT_OVER: (str(entry), str(everybody))}


def test_a_complaint_after_the_authority_ended_is_asked_about_and_answered(case):
    person = Stands()
    entry = person.says(authority(scopes=(AuthorityScope.COMPLAIN,)))
    person.says(ended(entry, "2026-04-10"))
    assert raised(case, complained("2026-04-09"), person) == {}
    gone = raised(case, complained(), person)
    assert gone == {WarningCode.AUTHORITY_OVER: (str(entry),)}
    answer = AnsweredWarning(code=WarningCode.AUTHORITY_OVER, reason=said("客户当面再次确认"))
    assert raised(case, complained(answered=(answer,)), person) == {}


def test_another_holder_who_may_still_act_is_enough(case):
    person = Stands()
    entry = person.says(authority(scopes=(AuthorityScope.COMPLAIN,)))
    person.says(authority(scopes=(AuthorityScope.COMPLAIN,), holder="adviser-8"))
    person.says(ended(entry))
    assert raised(case, complained(), person) == {}
