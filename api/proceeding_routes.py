"""Readings of one case that rest on its history, a day and the rules in force."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

import msgspec

from api.case_folds import Fold, case_fold
from domain.cases.history import History
from domain.conduct import Conduct, conduct
from domain.deadlines import deadlines
from domain.deadlines.deadline import Deadline
from domain.figures.affordability import Affordability, affordability
from domain.figures.figure import Unknown
from domain.figures.helping import HelpReading, helping
from domain.figures.statement import StatementsReading, statements
from domain.proceedings.complaints import Complaints, complaints
from domain.proceedings.court import CourtReading, court
from domain.proceedings.credit import CreditRecord, credit_record
from domain.proceedings.insolvency import InsolvencyReading, insolvency
from domain.rules.book import Citation
from domain.rules.books import Books


class DeadlinesReading(msgspec.Struct, frozen=True, kw_only=True):
    """Every date of a case that obliges someone, on a day."""

    case_id: UUID
    position: int
    as_of: date
    pack: str | None
    data: str | None
    deadlines: tuple[Deadline, ...]
    """By day; those without one last."""
    citations: dict[str, Citation]
    """What each rule that they name says, by its id."""


def read_deadlines(history: History, as_of: date, books: Books | Unknown) -> DeadlinesReading:
    """The deadlines with the clauses behind them."""
    found = deadlines(history, as_of, books)
    named = {each.rule_id for each in found if each.rule_id is not None}
    citations: dict[str, Citation] = {}
    if isinstance(books, Books):
        citations = {
            rule.rule_id: rule.citation for rule in books.pack.rules if rule.rule_id in named
        }
    return DeadlinesReading(
        case_id=history.case_id,
        position=history.position,
        as_of=as_of,
        pack=books.pack.reference if isinstance(books, Books) else None,
        data=books.data.version if isinstance(books, Books) else None,
        deadlines=found,
        citations=citations,
    )


def _without_books(fold: Callable[[History, date], Any]) -> Fold:
    """A fold that rests on no rule."""
    return lambda history, as_of, _: fold(history, as_of)


PROCEEDINGS: Final = (
    case_fold(
        "financial-statements",
        "financial-statements/1",
        _without_books(statements),
        StatementsReading,
        "Every version of the financial statement a month, and where stated totals differ.",
    ),
    case_fold(
        "affordability",
        "affordability/1",
        _without_books(affordability),
        Affordability,
        "What is left for offers in a month: the surplus less what is promised already.",
    ),
    case_fold(
        "help",
        "help/1",
        _without_books(helping),
        HelpReading,
        "Help from family and friends: pledged, given, missing, owed back.",
    ),
    case_fold(
        "conduct",
        "conduct/1",
        conduct,
        Conduct,
        "What the contact log shows to be out of bounds, by which rule and with what force.",
    ),
    case_fold(
        "deadlines",
        "deadlines/1",
        read_deadlines,
        DeadlinesReading,
        "Every date that obliges someone, with its rule and its entry.",
    ),
    case_fold(
        "complaints",
        "complaints/1",
        complaints,
        Complaints,
        "Complaints: steps, clocks, what they lack, and where they can go next.",
    ),
    case_fold(
        "court",
        "court/1",
        court,
        CourtReading,
        "Suits, payment orders and judgments, with interest for late performance.",
    ),
    case_fold(
        "insolvency",
        "insolvency/1",
        insolvency,
        InsolvencyReading,
        "Who may petition for insolvency where: a checklist with what is missing.",
    ),
    case_fold(
        "credit-record",
        "credit-record/1",
        credit_record,
        CreditRecord,
        "What credit reports say, what was disputed, and when bad records must go.",
    ),
)
"""Those readings."""
