"""Deadlines of intake: the day by which a pressing case is to be looked at again."""

from collections.abc import Iterator
from datetime import date

from domain.cases.history import History
from domain.cases.phases import UrgencySet
from domain.deadlines.clock import Course, Event, on_day
from domain.deadlines.deadline import Deadline, Obliged, Words
from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.rules.cn.counting import LastDay


def intake_deadlines(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    """Each review of an urgency; setting the urgency anew is the review."""
    found = sorted(
        (fact.set_on, order, entry_id, fact.review_on)
        for order, (entry_id, fact) in enumerate(history.standing(UrgencySet))
        if fact.set_on <= as_of
    )
    for index, (set_on, _, entry_id, review_on) in enumerate(found):
        if review_on is None:
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        course = Course(
            key=f"{entry_id}/urgency-review",
            kind="urgency-review",
            what=Words("复核紧急程度", "Look again at how pressing the case is"),
            obliged=Obliged.ADVISER,
            entry_id=entry_id,
            starts_on=set_on,
            met=Event(after[0], after[2]) if after else None,
            ended=None,
        )
        yield on_day(course, LastDay(on=review_on), as_of)
