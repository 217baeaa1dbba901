"""Deadlines of help and budget: pledges, repayments to helpers, statements to look at again.

Only what is still open: when several contributions met one, no single entry did.
"""

from collections.abc import Iterator
from datetime import date

from domain.cases.helpers import HelpPotOpened
from domain.cases.history import History
from domain.deadlines.clock import Course, on_day
from domain.deadlines.deadline import Deadline, Obliged, Words
from domain.figures.figure import Unknown
from domain.figures.helping import DueState, HelpReading, PledgeReading, agreement_of, helping
from domain.figures.statement import versions_of
from domain.rules.books import Books
from domain.rules.cn.counting import LastDay


def helper_deadlines(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    """What helpers promised for a day, and what the client owes them by when."""
    reading = helping(history, as_of)
    yield from _pots(history, reading)
    for pot in reading.pots:
        for pledge in pot.pledges:
            yield from _pledge(reading, pledge, history)


def _pots(history: History, reading: HelpReading) -> Iterator[Deadline]:
    for pot in reading.pots:
        opened = history.get(pot.pot_id, HelpPotOpened)
        if pot.needed_on is not None and opened is not None and pot.missing.minor:
            course = Course(
                key=f"{pot.pot_id}/pot-needed",
                kind="pot-needed",
                what=Words("筹足款项", "Have the sum together"),
                obliged=Obliged.HELPER,
                entry_id=pot.pot_id,
                starts_on=opened.occurred_on,
            )
            yield on_day(course, LastDay(on=pot.needed_on), reading.as_of)


def _pledge(reading: HelpReading, pledge: PledgeReading, history: History) -> Iterator[Deadline]:
    if pledge.promised_on is not None and not pledge.is_taken_back and pledge.missing.minor:
        course = Course(
            key=f"{pledge.pledge_id}/pledge",
            kind="pledge",
            what=Words("交付认领份额", "Give what was pledged"),
            obliged=Obliged.HELPER,
            entry_id=pledge.pledge_id,
            starts_on=pledge.promised_on,
        )
        yield on_day(course, LastDay(on=pledge.promised_on), reading.as_of)
    agreed = agreement_of(history, pledge.pledge_id, reading.as_of)
    if agreed is None:
        return
    agreement_id, fact = agreed
    for number, due in enumerate(pledge.instalments, 1):
        if due.state is not DueState.PAID:
            course = Course(
                key=f"{agreement_id}/helper-instalment/{number}",
                kind="helper-instalment",
                what=Words("偿还亲友", "Pay the helper back"),
                obliged=Obliged.CLIENT,
                entry_id=agreement_id,
                starts_on=fact.occurred_on,
            )
            yield on_day(course, LastDay(on=due.due_on), reading.as_of)


def budget_deadlines(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    """When the statement in use is to be looked at again."""
    versions = versions_of(history, as_of)
    if versions and versions[-1][1].review_on is not None:
        entry, fact = versions[-1]
        course = Course(
            key=f"{entry.entry_id}/statement-review",
            kind="statement-review",
            what=Words("复核收支表", "Look at the financial statement again"),
            obliged=Obliged.ADVISER,
            entry_id=entry.entry_id,
            starts_on=fact.occurred_on,
        )
        yield on_day(course, LastDay(on=fact.review_on or as_of), as_of)
