"""What a letter said beside what would be said now, and which entries came in between."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from domain.cases.corrections import EntryCorrected
from domain.cases.history import Entry, History
from domain.cases.lending import LoanTaken
from domain.cases.letters import FigurePart, LetterDrafted
from domain.exports import CHAPTERS, FIGURES
from domain.facts import Fact
from domain.figures.figure import Unknown
from domain.figures.printed import Lines, amount_of, lines_of
from domain.money import Money
from domain.rules.books import Books


class ComparedFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a letter beside the same figure made now."""

    loan_id: UUID
    line: str
    part: FigurePart
    is_printed: bool
    """In the text; else one of the lines kept with it."""
    frozen: Money | None
    """As it stood in the letter; None: not known."""
    known_now: Money | None
    """For the letter's own day, by what is on record now."""
    today: Money | None
    """For the day asked about."""
    is_gone: bool
    """The loan has no such line any more."""
    has_moved: bool
    """The letter's own day comes out otherwise; that a debt grows with the days is no move."""


class Did(StrEnum):
    """How an entry came to touch a loan."""

    RECORDED = "recorded"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Touch(msgspec.Struct, frozen=True, kw_only=True):
    """Something recorded after a letter was drafted that touches one of its loans."""

    entry_id: UUID
    topic: str
    did: Did
    position: int
    loan_ids: tuple[UUID, ...]
    """Loans of the letter that it touches."""


def compare(
    letter: LetterDrafted, history: History, books: Books | Unknown | None, today: date
) -> Iterator[ComparedFigure]:
    """Each figure of a letter: what it prints first, then the lines kept with it."""
    then = lines_of(history, letter.as_of, books)
    now = then if today == letter.as_of else lines_of(history, today, books)
    printed = [((each.loan_id, each.line, each.part), each.amount) for each in letter.frozen]
    for key, amount in printed:
        yield _compared(key, amount, then, now, is_printed=True)
    for kept in letter.figures:
        key = (kept.loan_id, kept.line, FigurePart.OWED)
        if key not in dict(printed):
            yield _compared(key, kept.owed, then, now, is_printed=False)


def moved(
    letter: LetterDrafted, history: History, books: Books | Unknown | None
) -> tuple[ComparedFigure, ...]:
    """Figures that a letter which prints some would say otherwise by now; else none."""
    if not letter.frozen:
        return ()
    return tuple(each for each in compare(letter, history, books, letter.as_of) if each.has_moved)


def _compared(
    key: tuple[UUID, str, FigurePart],
    frozen: Money | None,
    then: Lines,
    now: Lines,
    *,
    is_printed: bool,
) -> ComparedFigure:
    loan_id, line, part = key
    known = amount_of(then, *key)
    return ComparedFigure(
        loan_id=loan_id,
        line=line,
        part=part,
        is_printed=is_printed,
        frozen=frozen,
        known_now=known,
        today=amount_of(now, *key),
        is_gone=(loan_id, line) not in then,
        has_moved=known != frozen,
    )


def touches(letter: LetterDrafted, history: History) -> tuple[Touch, ...]:
    """What was recorded, corrected or withdrawn about its loans since, in the order of recording.

    Only chapters that figures rest on; a correction touches what the entry said and what it says.
    """
    found: list[Touch] = []
    for entry in history.entries.values():
        if CHAPTERS[entry.recorded.TOPIC] in FIGURES:
            found += _touches(letter, history, entry)
    return tuple(sorted(found, key=lambda each: each.position))


def _touches(letter: LetterDrafted, history: History, entry: Entry) -> Iterator[Touch]:
    said = entry.recorded
    if entry.stamp.position > letter.known_at:
        yield from _touch(letter, history, entry, Did.RECORDED, entry.stamp.position, (said,))
    for change in entry.changes:
        facts: tuple[Fact, ...] = (said,)
        did = Did.WITHDRAWN
        if isinstance(change.fact, EntryCorrected):
            facts, did = (said, change.fact.replacement), Did.CORRECTED
            said = change.fact.replacement
        if change.stamp.position > letter.known_at:
            yield from _touch(letter, history, entry, did, change.stamp.position, facts)


def _touch(
    letter: LetterDrafted,
    history: History,
    entry: Entry,
    did: Did,
    position: int,
    facts: tuple[Fact, ...],
) -> Iterator[Touch]:
    touched = {loan for fact in facts for loan in loans_of(history, entry.entry_id, fact)}
    mine = tuple(loan for loan in letter.loan_ids if loan in touched)
    if mine:
        yield Touch(
            entry_id=entry.entry_id,
            topic=entry.recorded.TOPIC,
            did=did,
            position=position,
            loan_ids=mine,
        )


def loans_of(
    history: History, entry_id: UUID, fact: Fact, seen: frozenset[UUID] = frozenset()
) -> frozenset[UUID]:
    """The loans that a fact speaks of, itself or through the entries that it names."""
    found = {entry_id} if isinstance(fact, LoanTaken) else set()
    seen |= {entry_id}
    for named_id in _ids(fact):
        named = history.entries.get(named_id)
        if named is not None and named_id not in seen:
            found |= loans_of(history, named_id, named.fact, seen)
    return frozenset(found)


def _ids(value: Any) -> Iterator[UUID]:
    if isinstance(value, UUID):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _ids(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _ids(item)
