"""Consents, authorities, wishes and household: what may be recorded, and how a client stands."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.clients import RecordOnClient, replay_client
from domain.clients.authority import (
    AuthorityEndCause,
    AuthorityEnded,
    AuthorityForm,
    AuthorityGiven,
    AuthorityScope,
)
from domain.clients.consent import ConsentGiven, ConsentPurpose, ConsentWay, ConsentWithdrawn
from domain.clients.entries import ClientEntryWithdrawn
from domain.clients.household import HouseholdMember, HouseholdRelation, HouseholdSet
from domain.clients.standing import Holds, Missing, standing
from domain.clients.wishes import ContactWishesSet, SafeHours, Weekday
from domain.refusals import Code, Refusal
from tests.domain.test_forgetting_decisions import CLIENT, Person, code, said
from tests.histories import day

LENDER, OTHER = "示例快借小额贷款公司（虚构）", "样例青禾小额贷款公司（虚构）"


def consent(on="2026-03-02", ends=None, purpose=ConsentPurpose.CASEWORK, to=None, **fields):
    return ConsentGiven(
        purpose=purpose,
        given_on=day(on),
        ends_on=ends and day(ends),
        way=ConsentWay.PAPER,
        to_whom=to,
        **fields,
    )


def withdrawn(consent_id, on="2026-04-01"):
    return ConsentWithdrawn(consent_id=consent_id, withdrawn_on=day(on), reason=said())


def authority(on="2026-03-02", ends=None, scopes=(AuthorityScope.NEGOTIATE,), **fields):
    values = {"form": AuthorityForm.LETTER, "holder": "adviser-7"}
    values |= {"scopes": scopes, "given_on": day(on), "ends_on": ends and day(ends)}
    return AuthorityGiven(**(values | fields))


def ended(authority_id, on="2026-04-01"):
    return AuthorityEnded(
        authority_id=authority_id, ended_on=day(on), cause=AuthorityEndCause.CLIENT_REVOKED
    )


def wishes(on="2026-03-02", **fields):
    return ContactWishesSet(set_on=day(on), **fields)


def household(*members, on="2026-03-02"):
    return HouseholdSet(set_on=day(on), members=members)


def mistaken(entry_id, reason="写到了别人名下"):
    return ClientEntryWithdrawn(entry_id=entry_id, reason=said(reason))


class Stands(Person):
    """A person of whom facts are recorded; each gives its entry id, or the refusal."""

    def says(self, fact):
        return self.put(RecordOnClient(fact))

    def on(self, text, known_at=None):
        events = [e for e in self.events if known_at is None or e.position <= known_at]
        return standing(replay_client(CLIENT, events).entries, day(text))


def test_a_consent_holds_to_its_last_day_and_says_how_many_are_left():
    person = Stands()
    entry = person.says(consent(ends="2026-05-31"))
    for on, state, left in (
        ("2026-03-02", Holds.IN_FORCE, 90),
        ("2026-05-31", Holds.IN_FORCE, 0),
        ("2026-06-01", Holds.ENDED, None),
    ):
        (line,) = person.on(on).consents
        assert (line.consent_id, line.term.state, line.term.days_left) == (entry, state, left)
    assert person.on("2026-03-01").consents == ()


def test_taken_back_it_holds_no_more_from_that_day_and_held_before():
    person = Stands()
    entry = person.says(consent(ends="2026-05-31"))
    over = person.says(withdrawn(entry, "2026-04-01"))
    (line,) = person.on("2026-04-01").consents
    assert (line.term.state, line.term.over_by) == (Holds.WITHDRAWN, over)
    assert line.term.last_on == day("2026-03-31")
    (line,) = person.on("2026-03-31").consents
    assert (line.term.state, line.term.last_on) == (Holds.IN_FORCE, day("2026-05-31"))
    (line,) = person.on("2026-05-31", known_at=2).consents
    assert line.term.state is Holds.IN_FORCE


def test_taken_back_after_its_last_day_it_had_ended_by_itself():
    person = Stands()
    entry = person.says(consent(ends="2026-03-31"))
    person.says(withdrawn(entry, "2026-04-15"))
    (line,) = person.on("2026-05-01").consents
    assert (line.term.state, line.term.last_on) == (Holds.ENDED, day("2026-03-31"))


@pytest.mark.parametrize(
    ("first", "second"),
    (
        (consent(ends="2026-04-30"), consent("2026-04-30")),
        (consent(), consent("2026-05-01")),
        (consent("2026-04-01"), consent("2026-03-01", ends="2026-04-01")),
        (
            consent(purpose=ConsentPurpose.SHARING_WITH_LENDER, to=LENDER),
            consent(purpose=ConsentPurpose.SHARING_WITH_LENDER, to=f" {LENDER} "),
        ),
        (
            consent(purpose=ConsentPurpose.SHARING_WITH_LENDER),
            consent(purpose=ConsentPurpose.SHARING_WITH_LENDER, to=LENDER),
        ),
    ),
)
def test_overlapping_consents_are_refused_and_the_standing_one_named(first, second):
    person = Stands()
    entry = person.says(first)
    refusal = person.says(second)
    assert code(refusal) is Code.CONSENT_OVERLAPS
    assert refusal.entries == (str(entry),)


@pytest.mark.parametrize(
    "second",
    (
        consent("2026-05-01"),
        consent("2026-04-01", purpose=ConsentPurpose.STATISTICS),
        consent("2026-02-01", ends="2026-03-01"),
    ),
)
def test_a_renewal_the_day_after_another_purpose_or_an_earlier_time_is_no_overlap(second):
    person = Stands()
    person.says(consent(ends="2026-04-30"))
    assert not isinstance(person.says(second), Refusal)


def test_each_recipient_has_a_consent_of_their_own():
    person = Stands()
    for lender in (LENDER, OTHER):
        fact = consent(purpose=ConsentPurpose.SHARING_WITH_LENDER, to=lender)
        assert not isinstance(person.says(fact), Refusal)


def test_once_taken_back_a_new_one_may_begin_that_day():
    person = Stands()
    entry = person.says(consent())
    person.says(withdrawn(entry, "2026-04-01"))
    assert code(person.says(consent("2026-03-31"))) is Code.CONSENT_OVERLAPS
    again = person.says(consent("2026-04-01"))
    states = [line.term.state for line in person.on("2026-04-01").consents]
    assert states == [Holds.WITHDRAWN, Holds.IN_FORCE]
    # Were the withdrawal a mistake, both would stand on the same days.
    refusal = person.says(mistaken(person.events[2].event_id))
    assert code(refusal) is Code.ENTRY_IN_USE
    assert set(refusal.entries) == {str(entry), str(again)}


def test_a_consent_is_taken_back_once_by_its_id_and_not_before_it_was_given():
    person = Stands()
    entry = person.says(consent())
    unknown = person.says(withdrawn(UUID(int=5)))
    assert (code(unknown), unknown.field) == (Code.CLIENT_ENTRY_UNKNOWN, "consent_id")
    early = person.says(withdrawn(entry, "2026-03-01"))
    assert (code(early), early.field) == (Code.DATE_ORDER, "withdrawn_on")
    over = person.says(withdrawn(entry))
    twice = person.says(withdrawn(entry))
    assert (code(twice), twice.entries) == (Code.STEP_RECORDED, (str(over),))
    other = person.says(authority())
    assert code(person.says(withdrawn(other))) is Code.CLIENT_ENTRY_UNKNOWN


def test_the_same_authority_twice_is_refused_and_another_holder_or_scope_not():
    person = Stands()
    entry = person.says(authority(scopes=(AuthorityScope.NEGOTIATE, AuthorityScope.COMPLAIN)))
    refusal = person.says(authority(scopes=(AuthorityScope.COMPLAIN,), towards=LENDER))
    assert (code(refusal), refusal.entries) == (Code.AUTHORITY_OVERLAPS, (str(entry),))
    assert not isinstance(person.says(authority(holder="adviser-8")), Refusal)
    assert not isinstance(person.says(authority(scopes=(AuthorityScope.COURT,))), Refusal)
    person.says(ended(entry))
    states = [line.term.state for line in person.on("2026-04-01").authorities]
    assert states == [Holds.WITHDRAWN, Holds.IN_FORCE, Holds.IN_FORCE]


@pytest.mark.parametrize(
    ("fact", "wanted", "field"),
    (
        (authority(scopes=()), Code.LIST_EMPTY, "scopes"),
        (authority(scopes=(AuthorityScope.COURT,) * 2), Code.LIST_REPEATS, "scopes"),
        (authority(holder="王小明"), Code.MEMBER_UNUSABLE, "holder"),
        (authority(ends="2026-03-01"), Code.DATE_ORDER, "ends_on"),
        (authority(towards="王小明"), Code.TEXT_NAMES_CLIENT, "towards"),
        (consent(to="13800000001的家人"), Code.TEXT_NAMES_CLIENT, "to_whom"),
        (consent(to=" "), Code.TEXT_EMPTY, "to_whom"),
        (consent("2026-06-02"), Code.DATE_IN_FUTURE, "given_on"),
        (consent(ends="2090-01-01"), Code.DATE_TOO_FAR, "ends_on"),
        (consent(note=said(" ")), Code.TEXT_EMPTY, "note"),
        (wishes(adjustments=(said("大字"),)), Code.ADJUSTMENT_UNKNOWN, "adjustments/0"),
        (wishes(review_on=day("2026-03-01")), Code.DATE_ORDER, "review_on"),
        (
            wishes(hours=(SafeHours(begins=time(9), ends=time(9)),)),
            Code.HOURS_UNUSABLE,
            "hours/0",
        ),
        (
            wishes(hours=(SafeHours(days=(Weekday.MONDAY,) * 2, begins=time(9), ends=time(10)),)),
            Code.HOURS_UNUSABLE,
            "hours/0",
        ),
    ),
)
def test_what_cannot_be_meant_is_refused_with_its_field(fact, wanted, field):
    refusal = Stands().says(fact)
    assert (code(refusal), refusal.field) == (wanted, field)


@pytest.mark.parametrize("year", ("1879", "2027", "20O1", "１９９０", "19", ""))
def test_a_year_of_birth_is_four_digits_of_a_year_that_was(year):
    member = HouseholdMember(relation=HouseholdRelation.CHILD, born_year=said(year))
    refusal = Stands().says(household(member))
    assert code(refusal) is Code.BIRTH_YEAR_UNUSABLE
    assert refusal.field == "members/0/born_year"


def test_of_wishes_and_households_the_version_of_the_latest_day_stands():
    person = Stands()
    first = person.says(wishes("2026-03-02", safe_person=said("表姐")))
    later = person.says(wishes("2026-04-10"))
    person.says(wishes("2026-03-20", not_to_say=said("补记")))
    again = person.says(wishes("2026-04-10", safe_person=said("同事")))
    assert person.on("2026-03-10").wishes.entry_id == first
    assert person.on("2026-03-25").wishes.wishes.not_to_say.value == "补记"
    assert person.on("2026-04-10").wishes.entry_id == again
    assert person.on("2026-04-10", known_at=3).wishes.entry_id == later
    spouse = HouseholdMember(relation=HouseholdRelation.SPOUSE, name=said("李某"))
    person.says(household(spouse))
    alone = person.says(household(on="2026-05-01"))
    (member,) = person.on("2026-04-30").household.household.members
    assert member.name.value == "李某"
    assert person.on("2026-05-01").household.entry_id == alone


def test_a_mistaken_entry_is_withdrawn_and_what_was_known_before_stays_answerable():
    person = Stands()
    first = person.says(wishes("2026-03-02"))
    second = person.says(wishes("2026-04-10"))
    before = person.events[-1].position
    person.says(mistaken(second))
    assert person.on("2026-05-01").wishes.entry_id == first
    assert person.on("2026-05-01", known_at=before).wishes.entry_id == second
    gone = person.says(mistaken(second))
    assert (code(gone), gone.field) == (Code.CLIENT_ENTRY_UNKNOWN, "entry_id")
    assert code(person.says(mistaken(first, " "))) is Code.REASON_MISSING
    assert code(person.says(mistaken(person.events[0].event_id))) is Code.CLIENT_ENTRY_UNKNOWN


def test_a_consent_that_was_taken_back_is_not_withdrawn_under_its_withdrawal():
    person = Stands()
    entry = person.says(consent())
    over = person.says(withdrawn(entry))
    refusal = person.says(mistaken(entry))
    assert (code(refusal), refusal.entries) == (Code.ENTRY_IN_USE, (str(over),))
    person.says(mistaken(over))
    (line,) = person.on("2026-05-01").consents
    assert line.term.state is Holds.IN_FORCE
    person.says(mistaken(entry))
    assert person.on("2026-05-01").consents == ()


def test_what_is_missing_is_named_until_it_is_there():
    person = Stands()
    assert set(person.on("2026-03-02").missing) == set(Missing) - {Missing.CONTACT_REVIEW}
    entry = person.says(consent())
    person.says(consent(purpose=ConsentPurpose.SENSITIVE_DATA))
    person.says(authority(ends="2026-05-31"))
    person.says(wishes(review_on=day("2026-04-01")))
    person.says(household())
    assert person.on("2026-04-01").missing == ()
    assert person.on("2026-04-02").missing == (Missing.CONTACT_REVIEW,)
    person.says(withdrawn(entry, "2026-05-01"))
    assert person.on("2026-06-01").missing == (
        Missing.CONSENT_CASEWORK,
        Missing.AUTHORITY_NEGOTIATE,
        Missing.CONTACT_REVIEW,
    )


FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 40).map(lambda number: FIRST + timedelta(days=number))
ASKS = st.tuples(st.sampled_from(("give", "take")), DAYS, st.none() | DAYS, st.integers(0, 5))


@settings(max_examples=200, deadline=None)
@given(st.lists(ASKS, max_size=12))
def test_on_no_day_do_two_consents_for_the_same_hold(asks):
    """Against a model that keeps, day by day, which consent holds."""
    person, held, given_ids = Stands(), {}, []
    every = [FIRST + timedelta(days=number) for number in range(45)]
    for what, on, ends, pick in asks:
        if what == "give":
            covers = {d for d in every if on <= d and (ends is None or d <= ends)}
            answer = person.says(consent(on, ends=ends))
            is_fit = bool(covers) and not any(held.get(d) for d in covers)
            assert isinstance(answer, Refusal) != is_fit
            if is_fit:
                given_ids.append(answer)
                held |= dict.fromkeys(covers, answer)
        elif given_ids:
            entry = given_ids[pick % len(given_ids)]
            if not isinstance(person.says(withdrawn(entry, on)), Refusal):
                held = {d: by for d, by in held.items() if by != entry or d < on}
    for d in every:
        lines = standing(person.client.entries, date(2026, 5, 1)).consents
        holding = [c.consent_id for c in lines if c.term.given_on <= d <= (c.term.last_on or d)]
        assert holding == ([held[d]] if held.get(d) else [])
