"""What is on record about suing and acceptance, and what may be assumed of what is not."""

from datetime import date
from enum import StrEnum

import msgspec

from domain.figures.figure import Unknown
from domain.rules.cn.cap_line import CapQuestion
from domain.rules.cn.regimes import FIRST_LPR, STARTS


class Filing(StrEnum):
    """How far the two days are on record."""

    COMPLETE = "complete"
    NOT_SUED = "not-sued"
    MISSING_SUIT = "missing-suit"
    MISSING_ACCEPTANCE = "missing-acceptance"


class Days(msgspec.Struct, frozen=True):
    """A day of suing and one of acceptance, and the assumption they rest on, if any."""

    sued: date
    accepted: date
    assumed: str = ""
    """Suffix of the line id, such as `accepted-2024-01-05`; empty when both are on record."""


def filing_of(question: CapQuestion) -> Filing | Unknown:
    """What is on record by `as_of`; Unknown where the days contradict each other."""
    if question.formation is None:
        return Unknown(
            reason="the day of formation is not on record",
            settled_by="the contract date; between natural persons the day the money was provided",
        )
    if question.formation > question.as_of:
        return Unknown(
            reason=f"the loan was made on {question.formation}, after {question.as_of}",
            settled_by="a later day to answer for",
        )
    sued, accepted = sued_and_accepted(question)
    if any(day is not None and day < question.formation for day in (sued, accepted)):
        return _contradiction("suing or acceptance lies before the loan was made")
    if sued is None and accepted is None:
        return Filing.NOT_SUED
    if sued is None:
        return Filing.MISSING_SUIT
    if accepted is None:
        return Filing.MISSING_ACCEPTANCE
    return _contradiction("accepted before suing") if accepted < sued else Filing.COMPLETE


def sued_and_accepted(question: CapQuestion) -> tuple[date | None, date | None]:
    """The two days as far as they had happened by `as_of`."""
    sued, accepted = (
        day if day is not None and day <= question.as_of else None
        for day in (question.sued_on, question.accepted_on)
    )
    return sued, accepted


def missing(filing: Filing) -> Unknown:
    """Why there is no single answer while one of the two days is missing."""
    if filing is Filing.MISSING_SUIT:
        return Unknown(
            reason="the case was accepted, but the day of suing is not on record",
            settled_by="the complaint or its receipt, with the day of suing",
        )
    return Unknown(
        reason="suit was brought, but the day the court accepted the case is not on record",
        settled_by="the court's notice of acceptance, with its day",
    )


def assumptions(question: CapQuestion, filing: Filing) -> tuple[Days, ...]:
    """The days to answer for: those on record, or both ends of what the missing one can be.

    A missing acceptance lies from suing to `as_of`, and each day between on which the rule
    changed is shown too; a missing suing lies from formation (the first LPR) to acceptance. Each
    day stands once, also where both ends are one day.
    """
    sued, accepted = sued_and_accepted(question)
    if sued is not None and accepted is not None:
        return (Days(sued, accepted),)
    if filing is Filing.NOT_SUED:
        return (Days(question.as_of, question.as_of),)
    if sued is not None:
        changes = [start for start, _ in STARTS if sued < start < question.as_of]
        days = dict.fromkeys([sued, *sorted(changes), question.as_of])
        return tuple(Days(sued, day, f"accepted-{day}") for day in days)
    if accepted is None or question.formation is None:
        raise ValueError(f"nothing is on record for {filing}")
    first = min(max(question.formation, FIRST_LPR), accepted)
    days = dict.fromkeys([first, accepted])
    return tuple(Days(day, accepted, f"sued-{day}") for day in days)


def _contradiction(reason: str) -> Unknown:
    return Unknown(reason=reason, settled_by="the court's papers, and the entries corrected")
