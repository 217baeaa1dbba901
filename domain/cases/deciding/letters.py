"""When letters may be drafted, approved, sent and answered, and what to look at before."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never
from uuid import UUID

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_loans
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.letters import (
    Addressee,
    LetterAnswered,
    LetterApproved,
    LetterDelivered,
    LetterDrafted,
    LetterDropped,
    LetterFact,
    LetterFixed,
    LetterReturned,
    LetterSent,
)
from domain.figures.figure import Unknown
from domain.figures.limitation_reading import limitation_reading
from domain.letters.comparing import ComparedFigure, moved, touches
from domain.letters.course import Course, course_of
from domain.refusals import Code, Refusal
from domain.rules.cn.promise_warning import Weight
from domain.warnings import RaisedWarning, WarningCode

PEOPLE = frozenset({Addressee.CLIENT, Addressee.HELPER})
"""Addressees who are people: nothing of their name may stand in clear."""


def check(history: History, fact: LetterFact | LetterFixed, rules: Rules) -> Refusal | None:
    """Whether a letter, or what became of one, may be recorded."""
    if isinstance(fact, LetterDrafted):
        return check_draft(history, fact)
    refusal = need(history, fact.letter_id, LetterDrafted, "letter_id")
    letter = history.get(fact.letter_id, LetterDrafted)
    if refusal or letter is None:
        return refusal
    course = course_of(history, fact.letter_id)
    match fact:
        case LetterApproved():
            return check_approval(letter, course, fact)
        case LetterSent():
            return check_sending(course, fact)
        case LetterDelivered() | LetterReturned():
            return _check_sent(course, fact) or _check_one_end(course, fact)
        case LetterAnswered():
            return _check_sent(course, fact)
        case LetterDropped():
            return check_dropping(letter, course, fact)
        case _:
            assert_never(fact)


def check_draft(history: History, fact: LetterDrafted) -> Refusal | None:
    """It has an addressee, is about what this case holds, and replaces nothing that was sent."""
    refusal = _check_addressee(fact) or need_loans(history, fact.loan_ids, {})
    if refusal:
        return refusal
    if fact.answer_wanted_on is not None and fact.answer_wanted_on < fact.drafted_on:
        detail = f"wanted by {fact.answer_wanted_on}, drafted {fact.drafted_on}"
        return Refusal(code=Code.DATE_ORDER, field="answer_wanted_on", detail=detail)
    return _check_about(history, fact) or _check_replaced(history, fact)


def _check_addressee(fact: LetterDrafted) -> Refusal | None:
    if fact.addressee is not None and fact.addressee_kind in PEOPLE:
        detail = f"the name of a {fact.addressee_kind.value} belongs into addressee_name"
        return Refusal(code=Code.TEXT_NAMES_PERSON, field="addressee", detail=detail)
    if fact.addressee is None and fact.addressee_name is None:
        detail = "a company in addressee, a person in addressee_name"
        return Refusal(code=Code.TEXT_EMPTY, field="addressee", detail=detail)
    return None


def _check_about(history: History, fact: LetterDrafted) -> Refusal | None:
    if fact.about_id is None:
        return None
    entry = history.entries.get(fact.about_id)
    if entry is None:
        detail = f"this case has no entry {fact.about_id}"
        return Refusal(code=Code.ENTRY_UNKNOWN, field="about_id", detail=detail)
    if entry.is_withdrawn:
        return Refusal(code=Code.ENTRY_WITHDRAWN, field="about_id", detail=str(fact.about_id))
    return None


def _check_replaced(history: History, fact: LetterDrafted) -> Refusal | None:
    if fact.replaces_id is None:
        return None
    refusal = need(history, fact.replaces_id, LetterDrafted, "replaces_id")
    course = course_of(history, fact.replaces_id)
    return refusal or _check_open(course, "replaces_id") or _check_unsent(course, "replaces_id")


def check_approval(letter: LetterDrafted, course: Course, fact: LetterApproved) -> Refusal | None:
    """A letter is approved once, not before it was drafted, and while it is wanted."""
    if course.approved:
        return _settled("letter_id", "approved", course.approved[0][0])
    return _check_open(course, "letter_id") or _not_before(
        "approved_on", fact.approved_on, letter.drafted_on, "drafted"
    )


def check_sending(course: Course, fact: LetterSent) -> Refusal | None:
    """Only an approved letter goes out; it may go out again, on another way or day."""
    refusal = _check_open(course, "letter_id")
    if refusal:
        return refusal
    if not course.approved:
        detail = f"letter {fact.letter_id} is not approved"
        return Refusal(code=Code.LETTER_NOT_APPROVED, field="letter_id", detail=detail)
    for entry_id, other in course.sent:
        if (other.channel, other.sent_on) == (fact.channel, fact.sent_on):
            return _settled("channel", f"sent by {fact.channel.value} that day", entry_id)
    approved_on = course.approved[0][1].approved_on
    return _not_before("sent_on", fact.sent_on, approved_on, "approved")


def check_dropping(letter: LetterDrafted, course: Course, fact: LetterDropped) -> Refusal | None:
    """What was sent cannot be dropped any more."""
    return (
        _check_open(course, "letter_id")
        or _check_unsent(course, "letter_id")
        or _not_before("dropped_on", fact.dropped_on, letter.drafted_on, "drafted")
    )


def _check_open(course: Course, field: str) -> Refusal | None:
    """Neither dropped nor replaced."""
    if course.dropped:
        return _settled(field, "dropped", course.dropped[0][0])
    if course.replaced_by is not None:
        return _settled(field, "replaced by a later draft", course.replaced_by)
    return None


def _check_unsent(course: Course, field: str) -> Refusal | None:
    return _settled(field, "sent", course.sent[0][0]) if course.sent else None


def _check_sent(
    course: Course, fact: LetterDelivered | LetterReturned | LetterAnswered
) -> Refusal | None:
    if not course.sent:
        detail = f"no sending of letter {fact.letter_id} is on record"
        return Refusal(code=Code.LETTER_NOT_SENT, field="letter_id", detail=detail)
    sent_on = min(sent.sent_on for _, sent in course.sent)
    return _not_before("occurred_on", fact.occurred_on, sent_on, "sent")


def _check_one_end(course: Course, fact: LetterDelivered | LetterReturned) -> Refusal | None:
    """Each sending arrives or comes back, once."""
    ends = [*course.delivered, *course.returned]
    if len(ends) < len(course.sent):
        return None
    return _settled("letter_id", "delivered or returned as often as it was sent", ends[-1][0])


def _not_before(field: str, day: date, first: date, done: str) -> Refusal | None:
    if day >= first:
        return None
    return Refusal(code=Code.DATE_ORDER, field=field, detail=f"{day}; {done} {first}")


def _settled(field: str, what: str, entry_id: UUID) -> Refusal:
    detail = f"the letter is {what} already"
    return Refusal(
        code=Code.LETTER_SETTLED, field=field, detail=detail, entries=(str(entry_id),)
    )  # fmt: skip


def warnings(
    history: History, fact: LetterFact | LetterFixed, rules: Rules
) -> Iterator[RaisedWarning]:
    """Before a letter is approved, and again before it goes out."""
    if not isinstance(fact, LetterApproved | LetterSent):
        return
    letter = history.get(fact.letter_id, LetterDrafted)
    if letter is None:
        return
    if isinstance(fact, LetterApproved):
        yield from _one_pair_of_eyes(history, fact, rules)
    figures = moved(letter, history, rules.books)
    if figures:
        yield _moved(letter, history, figures)
    on = fact.approved_on if isinstance(fact, LetterApproved) else fact.sent_on
    if letter.is_promise:
        yield from _promises(history, letter, on, rules)


def _one_pair_of_eyes(
    history: History, fact: LetterApproved, rules: Rules
) -> Iterator[RaisedWarning]:
    drafter = history.entries[fact.letter_id].stamp.actor
    if rules.actor == drafter:
        yield RaisedWarning(
            code=WarningCode.APPROVER_IS_DRAFTER,
            field="letter_id",
            detail=f"{drafter} drafted it",
            entries=(str(fact.letter_id),),
        )


def _moved(
    letter: LetterDrafted, history: History, figures: tuple[ComparedFigure, ...]
) -> RaisedWarning:
    said = [
        f"{each.line} {each.part.value} of loan {each.loan_id}: "
        f"{each.frozen.text() if each.frozen else 'not known'} -> "
        f"{each.known_now.text() if each.known_now else 'not known'}"
        for each in figures
    ]
    since = dict.fromkeys(str(touch.entry_id) for touch in touches(letter, history))
    return RaisedWarning(
        code=WarningCode.FIGURES_MOVED,
        field="letter_id",
        detail="; ".join(said),
        entries=tuple(since),
    )


def _promises(
    history: History, letter: LetterDrafted, on: date, rules: Rules
) -> Iterator[RaisedWarning]:
    """What the promise does to the clock of each loan (law/cn.md 1.8)."""
    books = rules.books or Unknown(reason="no books were asked for", settled_by="")
    for loan_id in letter.loan_ids:
        if history.get(loan_id, LoanTaken) is None:
            continue
        found = limitation_reading(history, loan_id, on, books)
        warning, unknown = found.promise_today, found.limitation.unknown
        gives_up = warning is not None and warning.weight is Weight.GIVES_UP
        said = warning.en if warning else unknown.reason if unknown else ""
        yield RaisedWarning(
            code=WarningCode.PROMISE_TIME_BARRED if gives_up else WarningCode.LIMITATION_PROMISE,
            field="letter_id",
            detail=f"loan {loan_id}: {said}",
            entries=(str(loan_id),),
        )
