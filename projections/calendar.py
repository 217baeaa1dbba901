"""Deadlines as an iCalendar object (RFC 5545), for a calendar program to subscribe to. Pure.

It says what is due by when, and a short case reference: no name, no amount, no lender and no free
text, for it stands on phones and in other people's clouds.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

import msgspec
from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vText

from domain.deadlines import Obliged

FORM: Final = "calendar/1"
"""Changes with the bytes that the same reminders give."""
PRODUCT: Final = "-//mingzhang//deadlines 1//ZH"
NAME: Final = "明账 期限 Deadlines"
REFRESH: Final = timedelta(hours=4)
REFERENCE_CHARS: Final = 8

_DAY: Final = timedelta(days=1)
_EVE: Final = timedelta(hours=-15)
"""Nine in the morning of the day before: what is due by a day cannot wait for that day."""
_REMINDED: Final = frozenset({Obliged.CLIENT, Obliged.ADVISER, Obliged.HELPER})
"""Who is reminded on the eve; that a lender's or a court's time runs out is only shown."""
_MISSED: Final = "已过期 Missed: "
_PROVISIONAL: Final = "（暂定 provisional）"
_MAY_MOVE: Final = (
    "该年节假日安排尚未公布，日期可能变动。"
    " The calendar of that year is not published yet; the day may move."
)


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """One deadline of a case, as a calendar shows it."""

    case_id: UUID
    key: str
    """The deadline's key, which stays the same when a correction moves its day."""
    kind: str
    """Stable code of the deadline: `defence`."""
    zh: str
    en: str
    """What has to be done, in both languages."""
    obliged: Obliged
    """Who has to act."""
    due_on: date
    is_provisional: bool
    """Whether the day may still move because the calendar of its year is not published."""
    is_missed: bool
    revision: int
    """Rises whenever anything of the reminder may have changed; a journal position."""
    changed_at: datetime
    """When that was recorded."""


def calendar(reminders: Iterable[Reminder]) -> bytes:
    """The calendar's bytes; the same reminders in the same order give the same bytes.

    Without METHOD, for this is a calendar to read and no scheduling message (RFC 5546 would want
    an organiser): so DTSTAMP says what LAST-MODIFIED says (RFC 5545, 3.8.7.2).
    """
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("name", NAME)
    # What was in use before NAME and REFRESH-INTERVAL (RFC 7986), and is still all that some read.
    made.add("x-wr-calname", vText(NAME))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT4H")
    for reminder in reminders:
        made.add_component(_event(reminder))
    if not made.subcomponents:
        made.add_component(_zone())
    content: bytes = made.to_ical(sorted=False)
    return content


def _event(reminder: Reminder) -> Event:
    event = Event()
    event.add("uid", str(uuid5(reminder.case_id, reminder.key)))
    event.add("dtstamp", reminder.changed_at.astimezone(UTC))
    event.add("last-modified", reminder.changed_at.astimezone(UTC))
    event.add("sequence", reminder.revision)
    event.add("dtstart", reminder.due_on)
    event.add("dtend", reminder.due_on + _DAY)
    event.add("summary", _summary(reminder))
    if reminder.is_provisional:
        event.add("description", _MAY_MOVE)
    event.add("status", "TENTATIVE" if reminder.is_provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [reminder.kind, reminder.obliged])
    if reminder.obliged in _REMINDED and not reminder.is_missed:
        event.add_component(_alarm(reminder))
    return event


def _summary(reminder: Reminder) -> str:
    reference = str(reminder.case_id)[:REFERENCE_CHARS]
    before = _MISSED if reminder.is_missed else ""
    after = _PROVISIONAL if reminder.is_provisional else ""
    return f"{before}{reminder.zh} {reminder.en} · {reference}{after}"


def _alarm(reminder: Reminder) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(reminder))
    alarm.add("trigger", _EVE)
    return alarm


def _zone() -> Timezone:
    """Stands where nothing is due: a calendar has at least one component (RFC 5545, 3.4)."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Shanghai")
    standard.add("dtstart", datetime(1991, 9, 15))  # noqa: DTZ001 - a local time, by 3.6.5
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    zone.add_component(standard)
    return zone
