"""Collection conduct: hand-made edges, and generated logs against a slow, plain reference."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from domain.cases.contacts import (
    Agreed,
    ContactChannel,
    ContactConsented,
    ContactConsentEnded,
    ContactFlag,
    ContactLogged,
    ContactObjected,
    ContactParty,
    ContactPointNoted,
    ContactsFoundSame,
    PointKind,
)
from domain.cases.history import replay
from domain.cases.lending import LenderClass
from domain.conduct import conduct
from domain.facts import Grade
from domain.figures.figure import Unknown
from domain.personal import Personal
from domain.rules.cn import conduct_ids as ids
from ops.rechecking import shipped_books
from tests.domain.conduct.slow_conduct import breaches
from tests.histories import CaseFile, day, given

BOOKS = shipped_books()
LENDER = "Kuaidai"
SAYS = Grade.CLIENT_SAYS
END = day("2026-11-20")


@pytest.fixture
def case():
    """A client with one loan of a consumer finance company, which the guideline binds."""
    case = given()
    case.loan("2024-01-01", "8000", lender=LENDER, lender_class=LenderClass.CONSUMER_FINANCE)
    return case


def call(case, at, **fields):
    values = {"on_behalf_of": LENDER, "connected": True}
    return case.contact(at if "+" in at else f"{at}+08:00", **(values | fields))


def found(case, rule, known_at=None, as_of=END):
    reading = conduct(case.history(known_at), as_of, BOOKS)
    return [each for each in reading.findings if each.rule_id == rule]


@pytest.mark.parametrize(
    ("at", "is_night"),
    (
        ("2026-03-02T07:59:59", True),
        ("2026-03-02T08:00:00", False),
        ("2026-03-02T21:59:59", False),
        ("2026-03-02T22:00:00", True),
        ("2026-03-02T23:59:59", True),
        ("2026-03-03T00:00:00", True),
    ),
)
def test_the_night_begins_and_ends_to_the_second(case, at, is_night):
    entry = call(case, at)
    for rule in (ids.NIGHT_GBT, ids.NIGHT_CBA):
        assert [each.entries for each in found(case, rule)] == ([(entry,)] if is_night else [])


def test_a_call_counts_by_its_start_and_where_it_was_received(case):
    call(case, "2026-03-02T21:59:30", duration_seconds=600)
    assert not found(case, ids.NIGHT_GBT)
    # 09:30 in Shanghai is 01:30 in London, where the client was.
    call(case, "2026-03-03T09:30:00", zone="Europe/London")
    assert [each.day for each in found(case, ids.NIGHT_GBT)] == [day("2026-03-03")]


@pytest.mark.parametrize(("on", "expected"), (("2025-02-27", 0), ("2025-02-28", 1)))
def test_the_standard_counts_from_its_first_day(case, on, expected):
    call(case, f"{on}T23:00:00")
    assert len(found(case, ids.NIGHT_GBT)) == expected
    assert not found(case, ids.NIGHT_CBA)


def test_a_consent_covers_the_night_until_it_ends(case):
    consent = case.record(
        ContactConsented(
            occurred_at=datetime.fromisoformat("2026-03-01T12:00:00+08:00"),
            grade=SAYS,
            to=LENDER,
            what=(Agreed.NIGHT,),
            until=day("2026-03-20"),
        )
    )
    before = call(case, "2026-02-28T22:30:00")
    call(case, "2026-03-05T22:30:00")
    other = call(case, "2026-03-05T22:40:00", on_behalf_of="Another")
    case.record(
        ContactConsentEnded(
            occurred_at=datetime.fromisoformat("2026-03-10T09:00:00+08:00"),
            grade=SAYS,
            consent_id=consent,
        )
    )
    after = call(case, "2026-03-12T22:30:00")
    assert {e for each in found(case, ids.NIGHT_GBT) for e in each.entries} == {
        before,
        other,
        after,
    }


def test_calls_of_a_creditor_and_its_agencies_are_summed_over_a_local_day(case):
    for hour, agency in ((9, None), (11, "Agency A"), (15, "Agency B")):
        call(case, f"2026-03-02T{hour:02}:00:00", agency=agency)
    call(case, "2026-03-02T16:00:00", on_behalf_of="Another")
    call(case, "2026-03-02T17:00:00", connected=False)
    call(case, "2026-03-02T18:00:00", channel=ContactChannel.SMS)
    assert not found(case, ids.CALLS_GBT)
    call(case, "2026-03-03T00:00:00")
    assert not found(case, ids.CALLS_GBT)
    call(case, "2026-03-02T23:59:59", channel=ContactChannel.ROBOT_CALL)
    (finding,) = found(case, ids.CALLS_GBT)
    assert (finding.observed, finding.threshold, finding.unknown) == (4, 3, None)
    assert (finding.force, finding.lender) == ("recommended-standard", LENDER)


def test_unclear_calls_do_not_establish_a_finding(case):
    for hour in (9, 10, 11):
        call(case, f"2026-03-02T{hour:02}:00:00")
    call(case, "2026-03-02T12:00:00", connected=None)
    (finding,) = found(case, ids.CALLS_GBT)
    assert (finding.observed, finding.observed_at_least) == (4, 3)
    assert "not on record" in finding.unknown.reason


def test_the_same_call_from_two_phones_is_pointed_out_and_not_dropped(case):
    twice = [call(case, "2026-03-02T09:00:00", duration_seconds=12) for _ in range(2)]
    for hour in (10, 11):
        call(case, f"2026-03-02T{hour:02}:00:00")
    reading = conduct(case.history(), END, BOOKS)
    assert reading.possible_doubles == (tuple(sorted(twice, key=lambda e: e.int)),)
    (finding,) = found(case, ids.CALLS_GBT)
    assert "two phones" in finding.unknown.reason
    case.record(
        ContactsFoundSame(
            occurred_on=day("2026-03-04"), grade=SAYS, kept_id=twice[0], same_ids=(twice[1],)
        )
    )
    assert not found(case, ids.CALLS_GBT)


def point(case, whose=ContactParty.CLIENT, **fields):
    values = {"kind": PointKind.MOBILE, "number": Personal(None, "13900000000")}
    return case.record(
        ContactPointNoted(
            occurred_on=day("2026-01-02"), grade=SAYS, whose=whose, **(values | fields)
        )
    )


def test_seven_unanswered_attempts_at_one_point(case):
    mobile, work = point(case), point(case, kind=PointKind.WORK_PHONE)
    for minute in range(6):
        call(case, f"2026-03-02T10:{minute:02}:00", connected=False, contact_point_id=mobile)
    call(case, "2026-03-02T11:00:00", connected=False, contact_point_id=work)
    assert not found(case, ids.ATTEMPTS_CBA)
    call(case, "2026-03-02T12:00:00", connected=False, contact_point_id=mobile)
    (finding,) = found(case, ids.ATTEMPTS_CBA)
    assert (finding.observed, finding.threshold, finding.unknown) == (7, 6, None)


def test_a_guideline_of_banks_does_not_bind_a_small_loan_company():
    case = given()
    case.loan("2024-01-01", "8000", lender=LENDER, lender_class=LenderClass.SMALL_LOAN)
    call(case, "2026-03-02T23:00:00")
    assert not found(case, ids.NIGHT_CBA)
    call(case, "2026-03-02T23:00:00", on_behalf_of="Never heard of")
    (finding,) = found(case, ids.NIGHT_CBA)
    assert "class" in finding.unknown.reason


def test_a_relative_may_be_called_only_once_contact_is_lost(case):
    first = call(case, "2026-03-02T10:00:00", reached=ContactParty.FAMILY)
    for hour in (11, 12, 13):
        call(case, f"2026-03-02T{hour}:00:00", connected=False)
    call(case, "2026-03-02T14:00:00", reached=ContactParty.FAMILY)
    call(case, "2026-03-02T15:00:00")
    again = call(case, "2026-03-02T16:00:00", reached=ContactParty.FAMILY)
    for rule in (ids.THIRD_PARTY_CFC, ids.THIRD_PARTY_GBT, ids.THIRD_PARTY_CBA):
        assert [each.entries for each in found(case, rule)] == [(first,), (again,)]


def test_after_an_objection_nobody_calls_that_person_again(case):
    mother, brother = point(case, ContactParty.FAMILY), point(case, ContactParty.FAMILY)
    for hour in (9, 10, 11):
        call(case, f"2026-03-02T{hour:02}:00:00", connected=False)
    case.record(
        ContactObjected(
            occurred_at=datetime.fromisoformat("2026-03-02T12:00:00+08:00"),
            grade=SAYS,
            by=ContactParty.FAMILY,
            contact_point_id=mother,
        )
    )
    family = {"reached": ContactParty.FAMILY}
    sure = call(case, "2026-03-02T13:00:00", contact_point_id=mother, **family)
    call(case, "2026-03-02T14:00:00", contact_point_id=brother, **family)
    unsure = call(case, "2026-03-02T15:00:00", **family)
    known = {each.entries[0]: each.unknown for each in found(case, ids.OBJECTED_GBT)}
    assert known[sure] is None
    assert isinstance(known[unsure], Unknown)
    assert len(known) == 2


def test_what_was_said_touches_law_and_a_crime_is_never_a_verdict(case):
    call(
        case,
        "2026-03-02T10:00:00",
        reached=ContactParty.EMPLOYER,
        flags=(ContactFlag.DEBT_DISCLOSED, ContactFlag.THREAT),
    )
    (told,) = found(case, ids.DISCLOSED_PIPL)
    assert (told.force, told.unknown) == ("law", None)
    assert found(case, ids.PRIVATE_LIFE)[0].unknown is None
    assert found(case, ids.CRIME)[0].unknown is not None


def test_visits_a_day_rest_on_one_page_and_stay_off(case):
    for hour in (10, 14):
        call(case, f"2026-03-02T{hour}:00:00", channel=ContactChannel.VISIT, persons=1)
    assert not found(case, ids.VISITS_GBT)
    assert len(found(case, ids.VISITORS_CBA)) == 2
    switched = shipped_books("cn@2026.3+visits-a-day")
    reading = conduct(case.history(), END, switched)
    assert [e.observed for e in reading.findings if e.rule_id == ids.VISITS_GBT] == [2]


def test_correcting_the_hour_moves_the_finding_and_the_earlier_answer_stays(case):
    entry = call(case, "2026-03-02T22:10:00")
    before = case.position
    case.corrected(entry, occurred_at=datetime.fromisoformat("2026-03-02T20:10:00+08:00"))
    assert not found(case, ids.NIGHT_GBT)
    assert len(found(case, ids.NIGHT_GBT, known_at=before)) == 1
    case.withdrawn(entry)
    assert not found(case, ids.NIGHT_GBT)


def test_without_a_pack_nothing_is_found_and_the_reason_is_named(case):
    call(case, "2026-03-02T22:10:00")
    nothing = Unknown(reason="no pack", settled_by="adopt one")
    reading = conduct(case.history(), END, nothing)
    assert (reading.findings, reading.unknown) == ((), nothing)


# Generated logs.

LENDERS = {"Bank": "bank", "Fin": "consumer-finance", "Small": "small-loan", "New": "unknown"}
MOMENTS = ("07:59:59", "08:00:00", "12:00:00", "12:00:00", "21:59:59", "22:00:00", "00:00:00")
DAYS = ("2025-02-27", "2025-02-28", "2026-01-29", "2026-01-30", "2026-03-02", "2026-03-02")
ZONES = ("Asia/Shanghai", "Asia/Shanghai", "Europe/London")
TALKED = st.sampled_from((True, True, True, False, False, None))
FLAGS = st.lists(
    st.sampled_from(
        (
            ContactFlag.DEBT_DISCLOSED,
            ContactFlag.THREAT,
            ContactFlag.POSTED_NOTICE,
            ContactFlag.POSED_AS_AUTHORITY,
        )
    ),
    max_size=2,
    unique=True,
)


@st.composite
def moments(draw):
    text = f"{draw(st.sampled_from(DAYS))}T{draw(st.sampled_from(MOMENTS))}+08:00"
    return datetime.fromisoformat(text) + timedelta(seconds=draw(st.integers(0, 3)))


@st.composite
def logs(draw):
    """A case with lenders, contact points, consents, objections and up to thirty contacts."""
    case = CaseFile("log")
    for number, (lender, kind) in enumerate(LENDERS.items()):
        if kind != "unknown":
            case.loan(
                f"2024-01-0{number + 1}", "8000", lender=lender, lender_class=LenderClass(kind)
            )
    points = [point(case) for _ in range(2)]
    if draw(st.integers(0, 5)) == 0:
        points.append(point(case, invalid_since=day("2026-03-01")))
    whom = st.sampled_from((None, *LENDERS))
    for _ in range(draw(st.integers(0, 2))):
        consent = case.record(
            ContactConsented(
                occurred_at=draw(moments()),
                grade=SAYS,
                to=draw(whom),
                what=(draw(st.sampled_from(Agreed)),),
                until=draw(st.sampled_from((None, day("2026-03-01"), day("2026-03-02")))),
            )
        )
        if draw(st.booleans()):
            case.record(
                ContactConsentEnded(occurred_at=draw(moments()), grade=SAYS, consent_id=consent)
            )
    if draw(st.booleans()):
        case.record(
            ContactObjected(
                occurred_at=draw(moments()),
                grade=SAYS,
                by=draw(st.sampled_from((ContactParty.FAMILY, ContactParty.FRIEND))),
                to=draw(whom),
                contact_point_id=draw(st.sampled_from((None, points[0]))),
            )
        )
    lender = draw(st.sampled_from(tuple(LENDERS)))
    contacts = []
    for _ in range(draw(st.integers(1, 30))):
        channel = draw(st.sampled_from(("call", "call", "call", "robot-call", "sms", "visit")))
        contacts.append(
            case.record(
                ContactLogged(
                    occurred_at=draw(moments()),
                    zone=draw(st.sampled_from(ZONES)),
                    channel=ContactChannel(channel),
                    initiated_by=ContactParty(
                        draw(st.sampled_from(("lender", "collector", "collector", "client")))
                    ),
                    reached=ContactParty(
                        draw(st.sampled_from(("client", "client", "client", "family", "friend")))
                    ),
                    on_behalf_of=draw(st.sampled_from((lender, lender, lender, "New", None))),
                    connected=draw(TALKED),
                    duration_seconds=draw(st.sampled_from((None, None, 12, 30))),
                    contact_point_id=draw(st.sampled_from((points[0], points[0], None))),
                    flags=tuple(draw(FLAGS)) if draw(st.integers(0, 4)) == 0 else (),
                    persons=draw(st.sampled_from((None, 1, 2))) if channel == "visit" else None,
                    grade=SAYS,
                )
            )
        )
    if len(contacts) > 2 and draw(st.booleans()):
        case.record(
            ContactsFoundSame(
                occurred_on=day("2026-03-04"),
                grade=SAYS,
                kept_id=contacts[0],
                same_ids=(contacts[1],),
            )
        )
    return case


def slow(case):
    history = case.history()
    log = {
        "contacts": list(history.standing(ContactLogged)),
        "same": [fact for _, fact in history.standing(ContactsFoundSame)],
        "consents": list(history.standing(ContactConsented)),
        "ends": [fact for _, fact in history.standing(ContactConsentEnded)],
        "objections": [fact for _, fact in history.standing(ContactObjected)],
        "points": [fact for _, fact in history.standing(ContactPointNoted)],
    }
    return breaches(log, LENDERS)


def fast(case):
    return {
        (
            each.rule_id.removeprefix("cn.conduct."),
            each.lender,
            each.day.isoformat(),
            each.entries,
            each.unknown is None,
        )
        for each in conduct(case.history(), date(2026, 12, 31), BOOKS).findings
    }


@settings(max_examples=2000, deadline=None)
@generated(logs())
def test_generated_logs_come_out_as_in_the_slow_reference(case):
    assert fast(case) == slow(case)


@settings(max_examples=100, deadline=None)
@generated(logs(), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(case, random):
    events = case.events()
    # An entry that is named comes first, so contacts alone change places.
    places = [n for n, e in enumerate(events) if isinstance(e.fact, ContactLogged)]
    shuffled = list(events)
    for place, number in zip(places, random.sample(places, len(places)), strict=True):
        shuffled[place] = events[number]
    one, other = (conduct(replay(case.case_id, of), END, BOOKS) for of in (events, shuffled))
    assert one.findings == other.findings
    assert one.possible_doubles == other.possible_doubles


def test_two_calls_of_one_second_with_different_durations_are_two(case):
    call(case, "2026-03-02T09:00:00", duration_seconds=12)
    call(case, "2026-03-02T09:00:00", duration_seconds=30)
    assert conduct(case.history(), END, BOOKS).possible_doubles == ()
    call(case, "2026-03-02T09:00:01")
    call(case, "2026-03-02T09:00:01", duration_seconds=5)
    assert len(conduct(case.history(), END, BOOKS).possible_doubles) == 1
