"""Answers that our letters ask for by a day of their own. No law sets these days: we do."""

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID

from domain.cases.history import History
from domain.cases.letters import Addressee, LetterDrafted, LetterSent
from domain.deadlines.deadline import Deadline, Obliged, State, Words
from domain.figures.figure import Unknown
from domain.letters.course import Course, course_of
from domain.rules.books import Books

OBLIGED: Final = {
    Addressee.LENDER: Obliged.LENDER,
    Addressee.COLLECTOR: Obliged.LENDER,
    Addressee.REGULATOR: Obliged.REGULATOR,
    Addressee.CREDIT_BUREAU: Obliged.CREDIT_BUREAU,
    Addressee.COURT: Obliged.COURT,
    Addressee.HELPER: Obliged.HELPER,
    Addressee.CLIENT: Obliged.CLIENT,
    Addressee.MEDIATOR: Obliged.OTHER,
    Addressee.EMPLOYER: Obliged.OTHER,
    Addressee.GUARANTOR: Obliged.OTHER,
}
_WHAT: Final = Words("答复我方发出的信函", "Answer the letter that we sent")
_NEXT: Final = Words(
    "核对送达凭证，再次发函或向上一级提出。",
    "See whether delivery is shown; write again, or go one step up.",
)


def letter_deadlines(
    history: History, as_of: date, _books: Books | Unknown
) -> Iterator[Deadline]:  # fmt: skip
    """A deadline for each letter that was sent by `as_of` and names a day for the answer."""
    for letter_id, letter in history.standing(LetterDrafted):
        course = course_of(history, letter_id, as_of)
        if letter.answer_wanted_on is not None and course.sent:
            yield _deadline(letter, letter.answer_wanted_on, course, as_of)


def _deadline(letter: LetterDrafted, due_on: date, course: Course, as_of: date) -> Deadline:
    sent_id, sent = course.sent[0]
    state, met_by, ended_on = _state(course, due_on, as_of)
    late = (ended_on - due_on).days
    return Deadline(
        key=f"{sent_id}/letter-answer",
        kind="letter-answer",
        what=_WHAT,
        obliged=OBLIGED[letter.addressee_kind],
        entry_id=sent_id,
        starts_on=sent.sent_on,
        due_on=due_on,
        state=state,
        met_by=met_by,
        days_late=late if late > 0 and state in (State.MISSED, State.MET_LATE) else None,
        next_step=_NEXT if state is State.MISSED else None,
    )


def _state(course: Course, due_on: date, as_of: date) -> tuple[State, UUID | None, date]:
    """How it stands, by which entry, and the day of that or `as_of`."""
    for entry_id, answer in course.final_answers:
        on = answer.occurred_on
        return (State.MET if on <= due_on else State.MET_LATE), entry_id, on
    last = _came_back(course)
    if last is not None:
        return State.FALLEN_AWAY, last, as_of
    return (State.MISSED if as_of > due_on else State.OPEN), None, as_of


def _came_back(course: Course) -> UUID | None:
    """The last return, where every sending came back: nobody is asked who never got it."""
    sent: tuple[tuple[UUID, LetterSent], ...] = course.sent
    if course.delivered or len(course.returned) < len(sent):
        return None
    return course.returned[-1][0]
