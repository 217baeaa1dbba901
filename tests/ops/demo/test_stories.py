"""The demo's stories, put to the domain itself: no refusal, and everything in use."""

from collections import Counter
from datetime import date, datetime
from uuid import UUID

import pytest

from domain.cases.complaints import ComplaintChannel, ComplaintFiled, Ground
from domain.cases.contacts import ContactLogged, ContactOutcome, ContactParty
from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.evidence import EvidenceAdded
from domain.cases.history import CaseStatus
from domain.cases.intake import CaseClosed, CloseReason
from domain.cases.lending import ChargeKind, ChargeMade, LenderClaimed, LoanTaken
from domain.cases.payments import PaymentMade, PaymentMissed
from domain.figures.position import position
from domain.money import Money
from domain.personal import map_personal
from ops.demo.load import TOPICS, load_demo
from ops.demo.presenting import shortcomings
from ops.demo.record import CLIENT_ROUTES, MEMBER_ROUTES, ROUTES
from tests.ops.demo.domain_sender import LATEST, DomainSender

ELSEWHERE = {"client-registered", "case-opened", "case-erased"}
"""Routes of their own."""


def test_there_is_as_much_as_promised(told):
    assert shortcomings(told.report) == []
    assert told.report.cases == len(told.sender.histories)
    assert told.report.events == len(told.sender.events)
    assert sum(told.report.topics.values()) == told.report.events


def test_every_kind_of_fact_has_its_route_and_is_used(told):
    routes = {*ROUTES.values(), *CLIENT_ROUTES.values(), *MEMBER_ROUTES.values()}
    assert routes | ELSEWHERE == TOPICS
    assert {event.fact.TOPIC for event in told.sender.events} == TOPICS


def test_progress_is_told_from_the_first_to_the_last(told):
    total = told.heard[0][2]
    assert [done for _, done, _ in told.heard] == list(range(total + 1))


def test_loading_again_changes_nothing(told):
    events = len(told.sender.events)
    assert load_demo(told.sender, lambda *_: None) == told.report
    assert len(told.sender.events) == events


def test_a_load_that_was_cut_off_goes_on(told):
    class CutOff(DomainSender):
        left = 700

        def _once(self, *step):
            self.left -= 1
            if not self.left:
                raise ConnectionError
            return super()._once(*step)

    sender = CutOff()
    with pytest.raises(ConnectionError):
        load_demo(sender, lambda *_: None)
    load_demo(sender, lambda *_: None)
    assert [e.fact for e in sender.events] == [e.fact for e in told.sender.events]


def test_the_last_day_of_any_story_is_past(told):
    days = [event.happened() for event in told.sender.events]
    last = max(day.date() if isinstance(day, datetime) else day for day in days if day)
    assert date(2026, 1, 1) < last <= LATEST


def test_no_personal_value_could_stand_somewhere_by_chance(told):
    """Whoever searches a dump for them must not find a time or an id instead."""
    texts = set()

    def look(_, personal):
        texts.add(personal.value)
        return personal

    for event in told.sender.events:
        map_personal(event.fact, look)
    assert [text for text in texts if text.isascii() and len(text) < 6] == []


def test_a_client_has_two_cases(told):
    clients = Counter(history.client_id for history in told.sender.histories.values())
    assert max(clients.values()) == 2


def test_cases_have_several_loans_and_several_files(told):
    histories = told.sender.histories.values()
    assert max(len(list(history.standing(LoanTaken))) for history in histories) >= 5
    assert max(len(list(history.standing(EvidenceAdded))) for history in histories) >= 5
    kinds = {item.media_type for item in told.all(EvidenceAdded)}
    assert kinds == {"text/plain", "text/csv", "application/pdf", "image/png"}


def test_every_outcome_channel_and_ground_is_there(told):
    assert {fact.outcome for fact in told.all(CaseClosed)} == set(CloseReason)
    assert {fact.channel for fact in told.all(ComplaintFiled)} == set(ComplaintChannel)
    assert {ground for fact in told.all(ComplaintFiled) for ground in fact.grounds} == set(Ground)
    assert {fact.outcome for fact in told.all(ContactLogged)} >= set(ContactOutcome) - {
        ContactOutcome.MESSAGE_LEFT
    }
    assert len({fact.kind for fact in told.all(ChargeMade)}) >= len(ChargeKind) - 3


def test_contacts_come_at_night_and_reach_others_by_several_agencies(told):
    calls = [c for c in told.all(ContactLogged) if c.initiated_by is ContactParty.COLLECTOR]
    assert sum(c.occurred_at.hour >= 22 or c.occurred_at.hour < 8 for c in calls) >= 20
    assert len({c.occurred_at.hour for c in calls}) >= 12
    assert len({c.on_behalf_of for c in calls}) >= 4
    others = {ContactParty.FAMILY, ContactParty.FRIEND, ContactParty.EMPLOYER}
    assert others <= {c.reached for c in calls}


def test_the_same_call_twice_in_a_minute_is_two_contacts(told):
    twice = [
        c
        for c in told.history("harassment").standing(ContactLogged)
        if c[1].outcome is ContactOutcome.NO_ANSWER
    ]
    assert len(twice) == 2
    assert twice[0][1].occurred_at == twice[1][1].occurred_at


def test_some_claims_do_not_add_up(told):
    wrong = [
        claim
        for claim in told.all(LenderClaimed)
        if sum(item.amount.minor for item in claim.items) != claim.stated_total.minor
    ]
    assert len(wrong) >= 5


def test_every_kind_of_correction_is_there(told):
    entries = told.history("corrections").entries
    changed = set()
    for entry in entries.values():
        for change in entry.changes:
            if isinstance(change.fact, EntryCorrected):
                fields = type(entry.fact).__struct_fields__
                before, after = entry.recorded, change.fact.replacement
                changed |= {f for f in fields if getattr(before, f) != getattr(after, f)}
    assert changed >= {
        *("amount", "occurred_on", "credited_on", "loan_id", "kind", "grade", "promised"),
        *("instalments", "contract_number", "loan_ids", "text"),
    }
    withdrawn = [entry.fact for entry in entries.values() if entry.is_withdrawn]
    assert {type(fact) for fact in withdrawn} >= {PaymentMade, PaymentMissed}
    anew = [entry.fact for entry in entries.values() if not entry.is_withdrawn]
    missed = {fact.occurred_on for fact in withdrawn if isinstance(fact, PaymentMissed)}
    assert missed <= {fact.occurred_on for fact in anew if isinstance(fact, PaymentMissed)}
    mended = entries[UUID(told.report.marks["corrections"].entry_id)]
    assert [type(change.fact) for change in mended.changes] == [EntryCorrected, EntryCorrected]
    assert told.all(EntryWithdrawn)


def test_promised_200_was_corrected_to_250(told):
    (call,) = (
        entry
        for entry in told.history("corrections").entries.values()
        if isinstance(entry.recorded, ContactLogged)
    )
    assert call.recorded.promised == Money.parse("200", "CNY")
    assert call.fact.promised == Money.parse("250", "CNY")


def test_a_case_was_closed_and_reopened_twice(told):
    history = told.history("reopened")
    topics = [entry.fact.TOPIC for entry in history.entries.values()]
    assert topics.count("case-reopened") == 2
    assert history.status is CaseStatus.CLOSED


def test_the_late_payment_changes_the_past_as_known_now_only(told):
    mark = told.report.marks["late-payment"]
    then = told.history("late-payment", mark.position)
    now = told.history("late-payment")
    day = date(2026, 2, 28)
    assert isinstance(now.entries[UUID(mark.entry_id)].fact, PaymentMade)
    before, after = (position(h, day).totals[0].owed.amount for h in (then, now))
    assert before - after == Money.parse("1080", "CNY")
