"""How a client can be reached without harm, and what they need to take part.

Who lives with somebody who must not know of the debt, or with somebody violent, is put in danger
by one wrong call. What they need is about health or descent, so it is sealed, code and all
(个人信息保护法 art. 28).
"""

from datetime import date, time
from enum import StrEnum
from typing import Annotated

import msgspec

from domain.cases.contacts import ContactChannel
from domain.facts import Fact
from domain.personal import Personal

LocalTime = Annotated[time, msgspec.Meta(tz=False)]
"""A time of day where the client lives."""


class Weekday(StrEnum):
    """Days of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class SafeHours(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hours in which contact is safe; past midnight where the end comes before the beginning."""

    days: tuple[Weekday, ...] = ()
    """Empty: every day."""
    begins: LocalTime
    ends: LocalTime


class Adjustment(StrEnum):
    """What a client needs to take part."""

    LANGUAGE = "language"
    """An interpreter, or texts in another language."""
    LARGE_PRINT = "large-print"
    SIGN_LANGUAGE = "sign-language"
    READING_HELP = "reading-help"
    """Letters are read out and explained."""
    WRITTEN_ONLY = "written-only"
    STEP_FREE = "step-free"
    HOME_VISIT = "home-visit"
    LONGER_TALKS = "longer-talks"
    SAME_MEMBER = "same-member"
    """Somebody they know already, whenever it can be done."""
    APPOINTEE = "appointee"
    """Somebody else sees to their affairs, and is named as the safe person."""
    OTHER_NEED = "other-need"
    """As `adjustment_note` says."""


class ContactWishesSet(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="contact-wishes-set"
):
    """How the client wants to be reached from a day on; it replaces what was set before."""

    set_on: date
    channels: tuple[ContactChannel, ...] = ()
    """Those that are safe; empty: none is, but for the safe person."""
    hours: tuple[SafeHours, ...] = ()
    """Empty: at any hour."""
    not_to_say: Personal[str] | None = None
    """What must not be said, left on a machine or put into a letter's window."""
    unsafe_numbers: tuple[Personal[str], ...] = ()
    """Numbers that others answer or read."""
    safe_person: Personal[str] | None = None
    safe_person_phone: Personal[str] | None = None
    adjustments: tuple[Personal[str], ...] = ()
    """Codes of `Adjustment`."""
    adjustment_note: Personal[str] | None = None
    """Which language, which size of print, what else."""
    review_on: date | None = None
    """By when to ask again."""

    def happened(self) -> date:
        """The day from which they hold."""
        return self.set_on


WishesFact = ContactWishesSet
