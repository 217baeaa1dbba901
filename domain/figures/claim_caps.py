"""How much cost each cap leaves room for, whatever the contract asks."""

from collections.abc import Sequence
from datetime import date

from domain.cases.history import Entry
from domain.figures.chain import moved_steps
from domain.figures.course import Course, Kind
from domain.figures.running import run
from domain.figures.story import story_of
from domain.money import Money
from domain.rules.books import Books
from domain.rules.cn import lines as cn


def cap_rooms(
    loan: Entry, standing: Sequence[Entry], as_of: date, books: Books
) -> dict[str, Money]:
    """By line id: what would be open on `as_of` had the loan cost exactly what the cap allows.

    A labelled line stops at what the contract gives, which may be less than its cap; a claim is
    over the cap only above this. Caps that are Unknown, or without a limit in some period, are
    not in it; none is where payments that name no debt reach into the loan from others.
    """
    story = story_of(loan, standing, as_of)
    if any(story.loan_id in shared.loan_ids for shared in story.shared):
        return {}
    steps = [step for step in moved_steps(story) if step.kind is not Kind.CHARGED]
    rooms: dict[str, Money] = {}
    for cap in cn.caps(story, books):
        if cap.unknown is None and all(period.rate_year is not None for period in cap.caps):
            most = cap.ceiling or cap.caps
            course = Course(rates=most, caps=most)
            cost = run(steps, course, as_of).cost
            rooms[cap.label.line_id] = Money(cost, story.currency)
    return rooms
