"""What may be recorded of a client on the way to being forgotten, and what a hold forbids."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cases.deciding import Record, Rules, decide
from domain.cases.erasing import CaseErased
from domain.cases.evidence import NoteAdded
from domain.clients import (
    ClientRegistered,
    CorrectClient,
    EraseClient,
    RecordOnClient,
    RegisterClient,
    decide_client,
    evolve_client,
    replay_client,
)
from domain.clients.client import ErasureState
from domain.clients.deciding import check_case_may_open
from domain.clients.erasure import (
    ClientErased,
    ErasureGranted,
    ErasureGround,
    ErasureRefused,
    ErasureRequested,
    RefusalGround,
    RequestedBy,
)
from domain.clients.holds import HeldFor, LegalHoldLifted, LegalHoldPlaced
from domain.personal import Personal
from domain.recorded import Recorded
from domain.refusals import Code, Refusal
from tests.histories import CaseFile, day

CLIENT = UUID(int=77)
RULES = Rules(
    now=datetime(2026, 6, 1, 4, 0, tzinfo=UTC),
    today=date(2026, 6, 1),
    zones=frozenset({"Asia/Shanghai", "UTC"}),
)


def said(text="why"):
    return Personal(None, text)


def requested(**fields):
    values = {"requested_on": day("2026-05-01"), "requested_by": RequestedBy.CLIENT}
    return RecordOnClient(ErasureRequested(**(values | fields)))


def granted(**fields):
    values = {"decided_on": day("2026-05-02"), "ground": ErasureGround.CONSENT_WITHDRAWN}
    values |= {"legal_basis": "个人信息保护法 art. 47", "reason": said()}
    return RecordOnClient(ErasureGranted(**(values | fields)))


def refusing(**fields):
    values = {"decided_on": day("2026-05-02"), "ground": RefusalGround.CLAIM_PENDING}
    values |= {"legal_basis": "个人信息保护法 art. 47", "reason": said()}
    return RecordOnClient(ErasureRefused(**(values | fields)))


def held(**fields):
    values = {"placed_on": day("2026-05-01"), "held_for": HeldFor.COURT}
    values |= {"review_on": day("2026-12-01"), "reason": said()}
    return RecordOnClient(LegalHoldPlaced(**(values | fields)))


def lifted(hold_id, **fields):
    values = {"hold_id": hold_id, "lifted_on": day("2026-05-20"), "reason": said()}
    return RecordOnClient(LegalHoldLifted(**(values | fields)))


class Person:
    """A client's stream in memory: put commands to it, and it says what came of them."""

    def __init__(self, *commands):
        self.client = replay_client(CLIENT, ())
        self.events = []
        details = ClientRegistered(
            name=said("王小明"), id_number=said("110101199003070011"), phones=(said("13800000001"),)
        )
        for command in (RegisterClient(details), *commands):
            assert not isinstance(self.put(command), Refusal)

    def put(self, command):
        """The refusal, or the id of the event that was recorded."""
        decided = decide_client(self.client, command, RULES)
        if isinstance(decided, Refusal):
            return decided
        for fact in decided:
            number = len(self.events) + 1
            event = Recorded(
                originator_id=CLIENT,
                originator_version=number,
                event_id=uuid5(CLIENT, str(number)),
                position=number,
                recorded_at=RULES.now + timedelta(seconds=number),
                actor="m-1",
                fact=fact,
            )
            self.events.append(event)
            self.client = evolve_client(self.client, event)
        return self.events[-1].event_id

    def erase(self, decision_id):
        return self.put(EraseClient(decision_id=decision_id, erased_on=RULES.today))


def code(answer):
    assert isinstance(answer, Refusal), answer
    return answer.code


def test_a_client_who_asked_is_erased_once_it_was_granted():
    person = Person(requested())
    decision = person.put(granted())
    person.erase(decision)
    assert person.client.erasure is ErasureState.ERASED
    erased = person.client.erased.fact
    assert isinstance(erased, ClientErased)
    assert (erased.decision_id, erased.ground) == (decision, ErasureGround.CONSENT_WITHDRAWN)


def test_nothing_is_decided_that_nobody_asked_for():
    person = Person()
    assert code(person.put(granted())) is Code.ERASURE_NOT_ASKED
    assert code(person.put(refusing())) is Code.ERASURE_NOT_ASKED
    assert code(person.erase(UUID(int=1))) is Code.ERASURE_NOT_GRANTED


def test_it_is_asked_for_once_and_again_after_a_refusal():
    person = Person(requested())
    assert code(person.put(requested())) is Code.ERASURE_OPEN
    person.put(refusing())
    assert person.client.erasure is ErasureState.REFUSED
    assert not isinstance(person.put(requested()), Refusal)


def test_a_grant_needs_its_reason_while_there_is_a_key_to_seal_it_under():
    person = Person(requested())
    refusal = person.put(granted(reason=None))
    assert (code(refusal), refusal.field) == (Code.REASON_MISSING, "reason")
    assert person.client.details.name.value
    gone = Personal(None, None, erased=True)
    details = msgspec.structs.replace(person.client.details, name=gone)
    person.client = msgspec.structs.replace(person.client, details=details)
    person.erase(person.put(granted(reason=None)))
    assert person.client.erasure is ErasureState.ERASED


def test_a_grant_that_was_taken_back_erases_nobody():
    person = Person(requested())
    decision = person.put(granted())
    person.put(refusing())
    assert code(person.erase(decision)) is Code.ERASURE_NOT_GRANTED
    person.put(requested())
    later = person.put(granted())
    refusal = person.erase(decision)
    assert (code(refusal), refusal.field) == (Code.ERASURE_NOT_GRANTED, "decision_id")
    assert not isinstance(person.erase(later), Refusal)


def test_under_a_hold_nothing_is_granted_and_nothing_erased():
    person = Person(requested())
    hold = person.put(held())
    refusal = person.put(granted())
    assert (code(refusal), refusal.entries) == (Code.LEGAL_HOLD, (str(hold),))
    assert code(person.erase(UUID(int=1))) is Code.LEGAL_HOLD
    person.put(lifted(hold))
    decision = person.put(granted())
    # Placed after the decision, it holds all the same.
    second = person.put(held(held_for=HeldFor.REGULATOR))
    assert code(person.erase(decision)) is Code.LEGAL_HOLD
    person.put(lifted(second))
    assert not isinstance(person.erase(decision), Refusal)


def test_a_hold_may_be_refused_in_words_and_does_not_end_by_itself():
    person = Person(requested())
    person.put(held(placed_on=day("2025-01-01"), review_on=day("2025-06-01")))
    assert code(person.put(granted())) is Code.LEGAL_HOLD
    assert not isinstance(person.put(refusing(ground=RefusalGround.LEGAL_HOLD)), Refusal)


def test_holds_have_days_that_fit_and_are_lifted_by_their_id():
    person = Person()
    early = person.put(held(review_on=day("2026-04-01")))
    assert (code(early), early.field) == (Code.DATE_ORDER, "review_on")
    assert code(person.put(held(placed_on=day("2026-06-02")))) is Code.DATE_IN_FUTURE
    assert code(person.put(held(review_on=day("2096-06-02")))) is Code.DATE_TOO_FAR
    hold = person.put(held())
    assert code(person.put(lifted(UUID(int=5)))) is Code.HOLD_UNKNOWN
    assert code(person.put(lifted(hold, lifted_on=day("2026-04-30")))) is Code.DATE_ORDER
    person.put(lifted(hold))
    assert code(person.put(lifted(hold))) is Code.HOLD_UNKNOWN


@pytest.mark.parametrize("name", ("王小明", "110101199003070011", "13800000001"))
def test_a_legal_basis_stays_in_clear_so_it_may_not_name_the_client(name):
    person = Person(requested())
    refusal = person.put(granted(legal_basis=f"as {name} wishes"))
    assert (code(refusal), refusal.field) == (Code.TEXT_NAMES_CLIENT, "legal_basis")
    assert name not in refusal.detail
    assert code(person.put(refusing(legal_basis=f"{name}"))) is Code.TEXT_NAMES_CLIENT


def test_texts_are_there_and_fit():
    person = Person(requested())
    assert code(person.put(granted(legal_basis=" "))) is Code.TEXT_EMPTY
    assert code(person.put(granted(legal_basis="x" * 201))) is Code.TEXT_TOO_LONG
    assert code(person.put(granted(reason=said("")))) is Code.TEXT_EMPTY
    assert code(person.put(granted(reason=said("a\0b")))) is Code.TEXT_UNUSABLE


def erased_person():
    person = Person(requested())
    person.erase(person.put(granted()))
    return person


@pytest.mark.parametrize(
    "command",
    (
        RegisterClient(ClientRegistered(name=said("李雷"))),
        CorrectClient(replacement=ClientRegistered(name=said("李雷")), reason=said()),
        requested(),
        granted(),
        refusing(),
        held(),
        lifted(UUID(int=1)),
        EraseClient(decision_id=UUID(int=1), erased_on=RULES.today),
    ),
)
def test_of_who_is_erased_nothing_more_is_recorded(command):
    person = erased_person()
    refusal = person.put(command)
    assert code(refusal) is Code.CLIENT_ERASED
    assert refusal.entries == (str(person.client.erased.event_id),)


def test_no_case_is_opened_for_who_is_being_erased():
    assert check_case_may_open(Person(requested()).client) is None
    assert code(check_case_may_open(Person(requested(), granted()).client)) is Code.ERASURE_GRANTED
    assert check_case_may_open(Person(requested(), granted(), refusing()).client) is None
    assert code(check_case_may_open(erased_person().client)) is Code.CLIENT_ERASED


def test_in_an_erased_case_nothing_is_recorded_and_no_figure_moves():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00")
    before = case.history()
    case.record(CaseErased(erased_on=day("2026-05-02")))
    after = case.history()
    assert (after.entries, after.status) == (before.entries, before.status)
    note = NoteAdded(noted_on=day("2026-05-01"), text=said(), entry_id=loan)
    assert code(decide(after, Record(note), RULES)) is Code.CLIENT_ERASED


STEPS = st.lists(st.sampled_from(("request", "grant", "refuse", "hold", "lift", "erase")))


@settings(max_examples=300)
@given(STEPS)
def test_whatever_the_order_nobody_is_erased_under_a_hold_or_ungranted(steps):
    """Against a model that knows only three things: granted, holds, erased."""
    person, decision, holds, erased = Person(), None, [], False
    for step in steps:
        command = {
            "request": requested(),
            "grant": granted(),
            "refuse": refusing(),
            "hold": held(),
            "lift": lifted(holds[0] if holds else UUID(int=3)),
            "erase": EraseClient(decision_id=decision or UUID(int=9), erased_on=RULES.today),
        }[step]
        answer = person.put(command)
        done = not isinstance(answer, Refusal)
        if erased:
            assert not done
            assert answer.code is Code.CLIENT_ERASED
        elif step == "erase":
            assert done == (decision is not None and not holds)
            erased = done
        elif done:
            decision = {"grant": answer, "refuse": None, "request": None}.get(step, decision)
            holds = [*holds, answer] if step == "hold" else holds[1:] if step == "lift" else holds
    assert (person.client.erased is not None) == erased
    assert replay_client(CLIENT, person.events) == person.client
