"""Reminders as an iCalendar object, read back by a strict reader and by the library's own."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.deadlines import Obliged
from projections.calendar import Reminder, calendar
from tests.ics import LINE_OCTETS_MAX, read

CASE = UUID("3f2a91bc-0000-4000-8000-000000000001")
DEFENCE = Reminder(
    case_id=CASE,
    key="11111111-0000-4000-8000-000000000001/defence",
    kind="defence",
    zh="提交答辩状",
    en="Hand in the defence",
    obliged=Obliged.CLIENT,
    due_on=date(2026, 3, 4),
    is_provisional=False,
    is_missed=False,
    revision=12,
    changed_at=datetime(2026, 2, 1, 3, 4, 5, 678, tzinfo=UTC),
)


def event_of(reminder):
    (event,) = read(calendar([reminder])).events()
    return event


def test_a_deadline_is_an_event_of_a_whole_day_that_takes_no_time():
    event = event_of(DEFENCE)
    assert ("DTSTART", ";VALUE=DATE", "20260304") in event.properties
    assert ("DTEND", ";VALUE=DATE", "20260305") in event.properties
    assert event.one("TRANSP") == "TRANSPARENT"
    assert event.one("STATUS") == "CONFIRMED"
    assert event.text("SUMMARY") == "提交答辩状 Hand in the defence · 3f2a91bc"
    assert event.one("CATEGORIES") == "defence,client"
    assert (event.one("SEQUENCE"), event.all("DESCRIPTION")) == ("12", [])
    # Without METHOD the two say the same (RFC 5545, 3.8.7.2), in UTC and whole seconds.
    assert event.one("DTSTAMP") == event.one("LAST-MODIFIED") == "20260201T030405Z"


def test_the_days_of_a_year_end_follow_each_other():
    event = event_of(replace(DEFENCE, due_on=date(2026, 12, 31)))
    assert (event.one("DTSTART"), event.one("DTEND")) == ("20261231", "20270101")


def test_the_calendar_says_what_it_is_and_how_often_to_ask():
    made = read(calendar([DEFENCE]))
    assert made.one("VERSION") == "2.0"
    assert made.one("PRODID").startswith("-//mingzhang//")
    assert made.text("NAME") == made.text("X-WR-CALNAME") == "明账 期限 Deadlines"
    assert ("REFRESH-INTERVAL", ";VALUE=DURATION", "PT4H") in made.properties
    assert made.one("X-PUBLISHED-TTL") == "PT4H"
    assert made.all("METHOD") == []


def test_a_provisional_day_is_tentative_and_says_why():
    event = event_of(replace(DEFENCE, is_provisional=True))
    assert event.one("STATUS") == "TENTATIVE"
    assert event.text("SUMMARY").endswith("（暂定 provisional）")
    assert "not published" in event.text("DESCRIPTION")


def test_a_missed_one_says_so_and_reminds_nobody():
    event = event_of(replace(DEFENCE, is_missed=True))
    assert event.text("SUMMARY").startswith("已过期 Missed: ")
    assert event.parts == []


@pytest.mark.parametrize("obliged", list(Obliged))
def test_we_are_reminded_on_the_eve_of_what_we_have_to_do(obliged):
    event = event_of(replace(DEFENCE, obliged=obliged))
    alarms = [(part.name, part.one("ACTION"), part.one("TRIGGER")) for part in event.parts]
    ours = obliged in {"client", "adviser", "helper"}
    assert alarms == ([("VALARM", "DISPLAY", "-PT15H")] if ours else [])


def test_the_uid_is_the_deadlines_own_and_no_days():
    moved = replace(DEFENCE, due_on=date(2026, 3, 9), revision=40)
    assert event_of(moved).one("UID") == event_of(DEFENCE).one("UID")
    others = (
        replace(DEFENCE, key=DEFENCE.key.replace("defence", "evidence")),
        replace(DEFENCE, case_id=UUID(int=CASE.int + 1)),
    )
    uids = {event_of(each).one("UID") for each in (DEFENCE, *others)}
    assert len(uids) == 3
    # Pinned: another one would double every event on every phone.
    assert event_of(DEFENCE).one("UID") == "845cb75e-a244-5426-81af-5e43a926b256"


def test_where_nothing_is_due_it_is_still_a_calendar():
    made = read(calendar([]))
    assert [part.name for part in made.parts] == ["VTIMEZONE"]
    assert list(icalendar.Calendar.from_ical(calendar([])).walk("VEVENT")) == []


# Letters of every width in UTF-8, and what has a meaning of its own in a content line.
WORDS = st.text(
    st.one_of(
        st.sampled_from("期限;,:\\\n\"'=（）·A ñ€𝄞👩‍⚖️\t"),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"),
    ),
    max_size=120,
)
REMINDERS = st.builds(
    Reminder,
    case_id=st.uuids(),
    key=st.text(max_size=60),
    kind=st.from_regex(r"[a-z]+(-[a-z]+)*", fullmatch=True),
    zh=WORDS,
    en=WORDS,
    obliged=st.sampled_from(Obliged),
    due_on=st.dates(date(1970, 1, 1), date(9998, 12, 31)),
    is_provisional=st.booleans(),
    is_missed=st.booleans(),
    revision=st.integers(0, 2**31 - 1),
    changed_at=st.datetimes(
        datetime(1970, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
        timezones=st.sampled_from((UTC, timezone(timedelta(hours=8)))),
    ),
)


@given(st.lists(REMINDERS, max_size=4))
def test_whatever_the_words_are_they_come_back(reminders):
    content = calendar(reminders)
    assert content == calendar(reminders)
    events = read(content).events()
    theirs = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == len(theirs) == len(reminders)
    for reminder, event, their in zip(reminders, events, theirs, strict=True):
        said = event.text("SUMMARY")
        assert f"{reminder.zh} {reminder.en} · {str(reminder.case_id)[:8]}" in said
        assert str(their["summary"]) == said
        assert their["dtstart"].dt == reminder.due_on
        assert their["dtend"].dt == reminder.due_on + timedelta(days=1)


@given(st.integers(0, 90))
def test_a_fold_falls_between_characters_wherever_the_line_breaks(shift):
    content = calendar([replace(DEFENCE, zh="a" * shift + "账👩‍⚖️" * 40)])
    read(content)
    longest = max(len(line) for line in content.split(b"\r\n"))
    assert LINE_OCTETS_MAX - 3 <= longest <= LINE_OCTETS_MAX
