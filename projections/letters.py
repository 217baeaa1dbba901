"""Letters of a case: how far each has come, and one beside what would be said now."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.cases.history import Entry, History
from domain.cases.letters import (
    AboutLetter,
    Addressee,
    Language,
    LetterAnswer,
    LetterDrafted,
)
from domain.figures.figure import Unknown
from domain.figures.rechecking import answer_digest
from domain.letters.comparing import ComparedFigure, Touch, compare, touches
from domain.letters.course import Course, LetterState, course_of, state_of
from domain.rules.books import Books
from projections.gaps import DELIVERY_NOT_SHOWN, Gap


class LetterLine(msgspec.Struct, frozen=True, kw_only=True):
    """One letter at a glance; its text and a person's name stay sealed."""

    letter_id: UUID
    template: str
    template_version: int
    language: Language
    addressee_kind: Addressee
    addressee: str | None
    loan_ids: tuple[UUID, ...]
    about_id: UUID | None
    replaces_id: UUID | None
    replaced_by: UUID | None
    is_promise: bool
    drafted_on: date
    drafted_by: str
    figures_as_of: date
    """The day that its figures are for."""
    state: LetterState
    approved_on: date | None
    sent_on: date | None
    """The first sending."""
    delivered_on: date | None
    """As shown by the record; never assumed."""
    returned_on: date | None
    answer_wanted_on: date | None
    answered_on: date | None
    """The last answer."""
    answer: LetterAnswer | None
    gaps: tuple[Gap, ...]


class Letters(msgspec.Struct, frozen=True, kw_only=True):
    """The letters of a case on a day, newest draft first."""

    case_id: UUID
    position: int
    version: int
    as_of: date
    letters: tuple[LetterLine, ...]


class LetterStep(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on record of a letter."""

    entry_id: UUID
    on: date
    recorded_at: datetime
    position: int
    actor: str
    fact: AboutLetter


class LetterReading(msgspec.Struct, frozen=True, kw_only=True):
    """A letter as it was written, what was believed then, and what has changed since."""

    case_id: UUID
    position: int
    version: int
    as_of: date
    pack: str | None
    """The pack that the comparison is made by; the letter's own is in `letter`."""
    data: str | None
    line: LetterLine
    letter: LetterDrafted
    """Its text and frozen figures, with the day, position, pack and data behind them."""
    recorded_at: datetime
    recorded_position: int
    steps: tuple[LetterStep, ...]
    figures: tuple[ComparedFigure, ...]
    figures_have_moved: bool
    """Whether the letter's own day comes out otherwise by now."""
    answer_is_same: bool
    """Whether the whole position of that day still has the letter's digest."""
    since: tuple[Touch, ...]
    """What was recorded since that touches its loans."""


def letters(history: History, as_of: date) -> Letters:
    """Every letter drafted by a day. Pure."""
    found = [
        (entry, letter)
        for entry in history.entries.values()
        if not entry.is_withdrawn
        and isinstance(letter := entry.fact, LetterDrafted)
        and letter.drafted_on <= as_of
    ]
    found.sort(key=lambda each: (each[1].drafted_on, each[0].stamp.position), reverse=True)
    return Letters(
        case_id=history.case_id,
        position=history.position,
        version=history.version,
        as_of=as_of,
        letters=tuple(
            _line(entry, letter, course_of(history, entry.entry_id, as_of))
            for entry, letter in found
        ),
    )


def letter_reading(
    history: History, letter_id: UUID, as_of: date, books: Books | Unknown
) -> LetterReading:
    """One letter on a day; its texts are as open as the history. LookupError where there is none.

    The comparison for the letter's own day uses the books given, so a change of pack shows too.
    """
    letter = history.get(letter_id, LetterDrafted)
    if letter is None or letter.drafted_on > as_of:
        raise LookupError(f"no letter {letter_id} by {as_of}")
    entry, course = history.entries[letter_id], course_of(history, letter_id, as_of)
    figures = tuple(compare(letter, history, books, as_of))
    return LetterReading(
        case_id=history.case_id,
        position=history.position,
        version=history.version,
        as_of=as_of,
        pack=books.pack.reference if isinstance(books, Books) else None,
        data=books.data.version if isinstance(books, Books) else None,
        line=_line(entry, letter, course),
        letter=letter,
        recorded_at=entry.stamp.recorded_at,
        recorded_position=entry.stamp.position,
        steps=tuple(_steps(history, course)),
        figures=figures,
        figures_have_moved=any(each.has_moved for each in figures),
        answer_is_same=answer_digest(history, letter.as_of) == letter.digest,
        since=touches(letter, history),
    )


def _line(entry: Entry, letter: LetterDrafted, course: Course) -> LetterLine:
    state, last = state_of(course), course.answered[-1][1] if course.answered else None
    return LetterLine(
        letter_id=entry.entry_id,
        template=letter.template,
        template_version=letter.template_version,
        language=letter.language,
        addressee_kind=letter.addressee_kind,
        addressee=letter.addressee,
        loan_ids=letter.loan_ids,
        about_id=letter.about_id,
        replaces_id=letter.replaces_id,
        replaced_by=course.replaced_by,
        is_promise=letter.is_promise,
        drafted_on=letter.drafted_on,
        drafted_by=entry.stamp.actor,
        figures_as_of=letter.as_of,
        state=state,
        approved_on=course.approved[0][1].approved_on if course.approved else None,
        sent_on=course.sent[0][1].sent_on if course.sent else None,
        delivered_on=course.delivered[0][1].occurred_on if course.delivered else None,
        returned_on=course.returned[-1][1].occurred_on if course.returned else None,
        answer_wanted_on=letter.answer_wanted_on,
        answered_on=last.occurred_on if last else None,
        answer=last.answer if last else None,
        gaps=(DELIVERY_NOT_SHOWN,) if state in _NOT_SHOWN else (),
    )


_NOT_SHOWN = (LetterState.SENT, LetterState.RETURNED)


def _steps(history: History, course: Course) -> list[LetterStep]:
    kinds: tuple[tuple[tuple[UUID, AboutLetter], ...], ...] = (
        course.approved,
        course.sent,
        course.delivered,
        course.returned,
        course.answered,
        course.dropped,
    )
    steps = []
    for entry_id, fact in (each for kind in kinds for each in kind):
        stamp = history.entries[entry_id].stamp
        steps.append(
            LetterStep(
                entry_id=entry_id,
                on=fact.happened(),
                recorded_at=stamp.recorded_at,
                position=stamp.position,
                actor=stamp.actor,
                fact=fact,
            )
        )
    return sorted(steps, key=lambda step: (step.on, step.position))
