"""What a deadline is: who must do what by when, by which rule, and from which entry it comes."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.figures.figure import Unknown


class Obliged(StrEnum):
    """Who has to act."""

    CLIENT = "client"
    ADVISER = "adviser"
    LENDER = "lender"
    REGULATOR = "regulator"
    COURT = "court"
    CREDIT_BUREAU = "credit-bureau"
    HELPER = "helper"
    OTHER = "other"


class State(StrEnum):
    """How a deadline stands on a day."""

    OPEN = "open"
    MET = "met"
    MET_LATE = "met-late"
    MISSED = "missed"
    FALLEN_AWAY = "fallen-away"
    """Something else ended it: a withdrawal, a settlement, a later step."""


class Words(msgspec.Struct, frozen=True):
    """The same in both languages."""

    zh: str
    en: str


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """One date that obliges someone, on a day `as_of`."""

    key: str
    """Stable within the case while its entry stands: `<entry id>/<kind>`, with a number after it
    where one entry sets off several of a kind."""
    kind: str
    """Stable code: `complaint-answer`, `instalment`, `defence`."""
    what: Words
    """What has to be done."""
    obliged: Obliged
    entry_id: UUID
    """The entry that set it off."""
    rule_id: str | None = None
    """The rule of the pack that it follows; None where the parties or we set the date."""
    starts_on: date
    """The day it is counted from."""
    due_on: date | None
    """The last day; None where it is not known, and `unknown` then says why."""
    provisional: Unknown | None = None
    """Why the day may still move: the calendar of its year is not published."""
    unknown: Unknown | None = None
    """Why there is no date."""
    state: State
    met_by: UUID | None = None
    """The entry that met or ended it."""
    days_late: int | None = None
    """Whole days between the last day and what met it, or `as_of` where nothing did; None while
    it is not late."""
    next_step: Words | None = None
    """What can be done once it has run out."""
