"""Deadlines of objections to entries of a credit record (征信业管理条例 16, 25)."""

from collections.abc import Iterator
from datetime import date

from domain.cases.credit import CreditDisputeAnswered, CreditEntryDisputed
from domain.cases.history import History
from domain.deadlines.clock import Event, first, run
from domain.deadlines.deadline import Deadline
from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.rules.cn import clocks


def credit_deadlines(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    """By when each objection has to be answered."""
    for dispute_id, dispute in history.standing(CreditEntryDisputed):
        if dispute.occurred_on > as_of:
            continue
        answers = [
            Event(fact.occurred_on, entry_id)
            for entry_id, fact in history.standing(CreditDisputeAnswered)
            if fact.dispute_id == dispute_id
        ]
        yield run(
            clocks.OBJECTION_ANSWER,
            dispute.occurred_on,
            dispute_id,
            as_of,
            books,
            met=first(answers),
        )
