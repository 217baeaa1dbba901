"""Deadlines: every date that obliges someone, computed from the entries it comes from."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from domain.cases.history import History
from domain.deadlines import negotiating, payments
from domain.deadlines.complaints import complaint_deadlines
from domain.deadlines.court import court_deadlines
from domain.deadlines.credit import credit_deadlines
from domain.deadlines.deadline import Deadline, Obliged, State
from domain.deadlines.helpers import budget_deadlines, helper_deadlines
from domain.deadlines.intake import intake_deadlines
from domain.deadlines.letters import letter_deadlines
from domain.deadlines.work import task_deadlines
from domain.figures.figure import Unknown
from domain.rules.books import Books

__all__ = ["SOURCES", "Deadline", "Obliged", "State", "deadlines"]

Source = Callable[[History, date, Books | Unknown], Iterator[Deadline]]

SOURCES: Final[tuple[Source, ...]] = (
    complaint_deadlines,
    court_deadlines,
    credit_deadlines,
    payments.deadlines,
    negotiating.deadlines,
    helper_deadlines,
    budget_deadlines,
    letter_deadlines,
    task_deadlines,
    intake_deadlines,
)
"""Where deadlines come from, a function for each chapter."""


def deadlines(history: History, as_of: date, books: Books | Unknown) -> tuple[Deadline, ...]:
    """Every deadline of a case on `as_of`, by day; what happened later does not count. Pure."""
    found = [each for source in SOURCES for each in source(history, as_of, books)]
    return tuple(sorted(found, key=lambda each: (each.due_on or date.max, each.key)))
