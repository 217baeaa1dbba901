"""Whose records may go, from what day, by which rule; and what was destroyed."""

from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.corrections import EntryCorrected
from domain.cases.intake import CaseClosed, CaseOpened, CaseReopened, CloseReason
from domain.clients import ClientRegistered
from domain.clients.client import ErasureState
from domain.clients.erasure import (
    ClientErased,
    ErasureGranted,
    ErasureGround,
    ErasureRequested,
    RequestedBy,
)
from domain.clients.holds import HeldFor, LegalHoldLifted, LegalHoldPlaced
from domain.organisation import RetentionRuleSet, replay_organisation
from domain.personal import Personal
from domain.recorded import Recorded
from projections.erasures import erasure_report, steps_of
from projections.retention import TOPICS, holds, retention, years_after

HOUSE = UUID(int=1)
TODAY = date(2030, 1, 1)


def day(text):
    return date.fromisoformat(text)


def sealed():
    return Personal(UUID(int=2), ciphertext=b"x", commitment=b"y")


class Journal:
    """Facts in journal order; streams by name."""

    def __init__(self):
        self._numbers, self._versions = count(1), {}
        self.events = []

    def add(self, stream, fact):
        number = next(self._numbers)
        version = self._versions[stream] = self._versions.get(stream, 0) + 1
        event = Recorded(
            originator_id=HOUSE if stream == "house" else uuid5(HOUSE, stream),
            originator_version=version,
            event_id=uuid5(HOUSE, f"event {number}"),
            position=number,
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
            actor="m-1",
            fact=fact,
        )
        self.events.append(event)
        return event.event_id

    def client(self, name):
        self.add(name, ClientRegistered(name=sealed()))
        return uuid5(HOUSE, name)

    def case(self, name, client, closed=None, outcome=CloseReason.SETTLED):
        opened = CaseOpened(client_id=uuid5(HOUSE, client), opened_on=day("2024-01-01"))
        self.add(name, opened)
        if closed:
            return self.close(name, closed, outcome)
        return None

    def close(self, name, on, outcome=CloseReason.SETTLED):
        return self.add(name, CaseClosed(closed_on=day(on), outcome=outcome, reason=sealed()))

    def rule(self, years, outcome=None, basis="档案管理制度"):
        fact = RetentionRuleSet(years=years, outcome=outcome, legal_basis=basis)
        return self.add("house", fact)

    def read(self, on=TODAY):
        own = [event for event in self.events if event.originator_id == HOUSE]
        others = [event for event in self.events if event.fact.TOPIC in TOPICS]
        return retention(others, replay_organisation(HOUSE, own), on)


@pytest.fixture
def journal():
    return Journal()


def only(found):
    (line,) = found.lines
    return line


def test_a_client_is_due_years_after_the_last_case_was_closed(journal):
    rule = journal.rule(5)
    journal.client("wang")
    journal.case("one", "wang", "2024-03-01")
    journal.case("two", "wang", "2025-06-30")
    line = only(journal.read())
    assert (line.last_closed_on, line.due_on) == (day("2025-06-30"), day("2030-06-30"))
    assert (line.rule.event_id, line.rule.years, line.case_id) == (rule, 5, uuid5(HOUSE, "two"))
    assert (line.cases, line.is_due) == (2, False)
    assert only(journal.read(day("2030-06-29"))).is_due is False
    assert only(journal.read(day("2030-06-30"))).is_due is True


def test_the_rule_of_the_outcome_goes_before_the_general_one(journal):
    journal.rule(3)
    own = journal.rule(10, CloseReason.WRITTEN_OFF, "商业银行法")
    journal.client("wang")
    journal.case("one", "wang", "2025-01-01")
    journal.case("two", "wang", "2024-01-01", CloseReason.WRITTEN_OFF)
    line = only(journal.read())
    # Closed earlier, kept longer.
    assert (line.due_on, line.rule.event_id) == (day("2034-01-01"), own)
    assert line.last_closed_on == day("2025-01-01")


def test_a_newer_rule_takes_the_place_of_the_older(journal):
    journal.rule(3)
    journal.rule(1)
    journal.client("wang")
    journal.case("one", "wang", "2025-01-01")
    assert only(journal.read()).due_on == day("2026-01-01")


def test_without_a_rule_no_day_is_made_up(journal):
    journal.rule(3, CloseReason.REFERRED)
    journal.client("wang")
    journal.case("one", "wang", "2020-01-01", CloseReason.REFERRED)
    journal.case("two", "wang", "2019-01-01")
    line = only(journal.read())
    assert (line.due_on, line.rule, line.is_due) == (None, None, False)
    assert line.case_id == uuid5(HOUSE, "two")


def test_an_open_case_keeps_everything(journal):
    journal.rule(0)
    journal.client("wang")
    journal.case("one", "wang", "2020-01-01")
    journal.case("two", "wang")
    journal.client("li")
    journal.client("zhao")
    journal.case("three", "zhao", "2020-01-01")
    journal.add("three", CaseReopened(reopened_on=day("2021-01-01"), reason=sealed()))
    found = journal.read()
    assert (found.lines, found.open, found.without_case) == ((), 2, 1)


def test_a_corrected_day_of_closing_counts(journal):
    journal.rule(1)
    journal.client("wang")
    closing = journal.case("one", "wang", "2020-01-01")
    moved = CaseClosed(closed_on=day("2021-02-28"), outcome=CloseReason.SETTLED, reason=sealed())
    journal.add("one", EntryCorrected(entry_id=closing, replacement=moved, reason=sealed()))
    assert only(journal.read()).due_on == day("2022-02-28")


def test_a_hold_keeps_what_is_due_and_comes_up_for_review(journal):
    journal.rule(1)
    client = journal.client("wang")
    journal.case("one", "wang", "2020-01-01")
    placed = {"placed_on": day("2021-01-01"), "reason": sealed()}
    late = journal.add(
        "wang",
        LegalHoldPlaced(held_for=HeldFor.COURT, review_on=day("2031-01-01"), **placed),
    )
    early = journal.add(
        "wang",
        LegalHoldPlaced(held_for=HeldFor.POLICE, review_on=day("2029-01-01"), **placed),
    )
    line = only(journal.read())
    assert (line.due_on, line.is_due, len(line.holds)) == (day("2021-01-01"), False, 2)
    listed = holds(journal.events, TODAY)
    assert [(hold.hold_id, hold.is_due) for hold in listed] == [(early, True), (late, False)]
    assert {hold.client_id for hold in listed} == {client}
    for hold in (early, late):
        lifting = LegalHoldLifted(hold_id=hold, lifted_on=TODAY, reason=sealed())
        journal.add("wang", lifting)
    assert only(journal.read()).is_due is True
    assert holds(journal.events, TODAY) == ()


def erase(journal):
    journal.client("wang")
    journal.case("one", "wang", "2020-01-01")
    asked = journal.add(
        "wang",
        ErasureRequested(requested_on=day("2021-01-01"), requested_by=RequestedBy.CLIENT),
    )
    decision = journal.add(
        "wang",
        ErasureGranted(
            decided_on=day("2021-01-02"),
            ground=ErasureGround.RETENTION_OVER,
            legal_basis="art. 47",
            reason=sealed(),
        ),
    )
    done = journal.add(
        "wang",
        ClientErased(
            erased_on=day("2021-01-03"),
            ground=ErasureGround.RETENTION_OVER,
            legal_basis="art. 47",
            decision_id=decision,
            cases=(uuid5(HOUSE, "one"),),
            files=(UUID(int=5), UUID(int=6)),
        ),
    )
    return asked, decision, done


def test_who_is_erased_is_counted_and_not_listed(journal):
    journal.rule(1)
    erase(journal)
    journal.client("li")
    journal.case("two", "li", "2020-01-01")
    found = journal.read()
    assert found.erased == 1
    assert only(found).client_id == uuid5(HOUSE, "li")
    assert only(found).erasure is ErasureState.NONE


def test_the_destruction_report_has_its_ground_and_every_reference(journal):
    asked, decision, done = erase(journal)
    wanted = [e for e in journal.events if e.fact.TOPIC.startswith(("erasure", "client-erased"))]
    (line,) = erasure_report(wanted)
    assert (line.request.event_id, line.decision.event_id, line.erased.event_id) == (
        asked,
        decision,
        done,
    )
    assert (line.erased.ground, line.erased.legal_basis) == ("retention-over", "art. 47")
    assert (line.cases, line.files) == ((uuid5(HOUSE, "one"),), 2)
    own = [event for event in journal.events if event.originator_id == line.client_id]
    assert [step.topic for step in steps_of(own)] == [
        "erasure-requested",
        "erasure-granted",
        "client-erased",
    ]


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 50))
def test_years_after_a_day_end_on_the_corresponding_day_or_the_last_of_february(start, years):
    end = years_after(start, years)
    assert end.year == start.year + years
    assert end.month == start.month
    assert end.day == start.day or (start.day, end.day, start.month) == (29, 28, 2)
