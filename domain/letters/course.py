"""The course of a letter: which facts are on record of it, and what state they add up to."""

from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.letters import (
    AboutLetter,
    LetterAnswer,
    LetterAnswered,
    LetterApproved,
    LetterDelivered,
    LetterDrafted,
    LetterDropped,
    LetterReturned,
    LetterSent,
)

F = TypeVar("F", bound=AboutLetter)


class LetterState(StrEnum):
    """How far a letter has come, as far as the record shows."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    SENT = "sent"
    """Its sending is on record; that it arrived is not."""
    DELIVERED = "delivered"
    RETURNED = "returned"
    HOLDING = "holding"
    """An answer came that promises one."""
    ANSWERED = "answered"
    DROPPED = "dropped"
    REPLACED = "replaced"


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """What stands of one letter, each kind in the order of days."""

    approved: tuple[tuple[UUID, LetterApproved], ...]
    sent: tuple[tuple[UUID, LetterSent], ...]
    delivered: tuple[tuple[UUID, LetterDelivered], ...]
    returned: tuple[tuple[UUID, LetterReturned], ...]
    answered: tuple[tuple[UUID, LetterAnswered], ...]
    dropped: tuple[tuple[UUID, LetterDropped], ...]
    replaced_by: UUID | None
    """The later draft."""

    @property
    def final_answers(self) -> tuple[tuple[UUID, LetterAnswered], ...]:
        """Answers that are more than the promise of one."""
        return tuple(
            (entry_id, answer)
            for entry_id, answer in self.answered
            if answer.answer is not LetterAnswer.HOLDING
        )


def course_of(history: History, letter_id: UUID, as_of: date = date.max) -> Course:
    """What became of a letter by a day."""
    later = [
        (draft.drafted_on, entry_id)
        for entry_id, draft in history.standing(LetterDrafted)
        if draft.replaces_id == letter_id and draft.drafted_on <= as_of
    ]

    def of(kind: type[F]) -> tuple[tuple[UUID, F], ...]:
        return _of(history, letter_id, as_of, kind)

    return Course(
        approved=of(LetterApproved),
        sent=of(LetterSent),
        delivered=of(LetterDelivered),
        returned=of(LetterReturned),
        answered=of(LetterAnswered),
        dropped=of(LetterDropped),
        replaced_by=min(later)[1] if later else None,
    )


def _of(
    history: History, letter_id: UUID, as_of: date, kind: type[F]
) -> tuple[tuple[UUID, F], ...]:
    found = [
        (day, entry_id, fact)
        for entry_id, fact in history.standing(kind)
        if fact.letter_id == letter_id and (day := fact.happened()) <= as_of
    ]
    return tuple((entry_id, fact) for _, entry_id, fact in sorted(found, key=lambda f: f[:2]))


def state_of(course: Course) -> LetterState:
    """The furthest state that the record shows; a return counts until it is sent again."""
    if course.dropped:
        return LetterState.DROPPED
    if course.replaced_by is not None:
        return LetterState.REPLACED
    if course.answered:
        return LetterState.ANSWERED if course.final_answers else LetterState.HOLDING
    if course.delivered:
        return LetterState.DELIVERED
    if course.sent:
        came_back = len(course.returned) >= len(course.sent)
        return LetterState.RETURNED if came_back else LetterState.SENT
    return LetterState.APPROVED if course.approved else LetterState.DRAFTED
