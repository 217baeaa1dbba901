"""The reading: a case as it was known at one position beside the same case at a later one.

Both sides are of the same day, so what differs comes from what was recorded in between, or from
rules and calendars taken in since, and never from days that went by.
"""

from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import CaseStatus, History
from domain.changes.entries import EntryChange, entries_since
from domain.changes.figures import LoanChange, TotalChange, loan_changes, total_changes
from domain.changes.pairing import (
    DeadlineChange,
    FindingChange,
    TaskChange,
    deadline_changes,
    finding_changes,
    task_changes,
)
from domain.conduct import conduct
from domain.deadlines import deadlines
from domain.figures.figure import Unknown
from domain.figures.position import position
from domain.letters.comparing import Did
from domain.rules.books import Books
from domain.work import in_charge, tasks_of


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """A case as known at a position, and the rules in force there."""

    history: History
    books: Books | Unknown


class CaseState(msgspec.Struct, frozen=True, kw_only=True):
    """What a side of the comparison was made with, and how the case stood."""

    position: int
    """Of the last event of the case that was taken into account; 0: there was none."""
    version: int
    status: CaseStatus
    in_charge: str | None
    """Member id; None where nobody was named."""
    pack: str | None
    """Rule pack in force then; None where none was adopted."""
    data: str | None
    """Version of the reference data: a calendar taken in since may move a day."""


class CaseChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What changed in a case after a position, for one day."""

    case_id: UUID
    since: int
    as_of: date
    then: CaseState
    now: CaseState
    recorded: int
    """Entries added since, whether or not they still count."""
    corrected: int
    """Corrections since: two of one entry are two."""
    withdrawn: int
    is_erased: bool
    """Its client was forgotten since."""
    entries: tuple[EntryChange, ...]
    loans: tuple[LoanChange, ...]
    totals: tuple[TotalChange, ...]
    deadlines: tuple[DeadlineChange, ...]
    findings: tuple[FindingChange, ...]
    tasks: tuple[TaskChange, ...]


def case_changes(then: Side, now: Side, since: int, as_of: date) -> CaseChanges:
    """What changed between two histories of one stream, for a day. Pure.

    `since` is the journal position up to which `then` was known; its history may end before it.
    """
    before, after = then.history, now.history
    changed = entries_since(after, since)
    was, stands = position(before, as_of), position(after, as_of)
    counted = [each.did for each in changed]
    return CaseChanges(
        case_id=after.case_id,
        since=since,
        as_of=as_of,
        then=_state(then, as_of),
        now=_state(now, as_of),
        recorded=counted.count(Did.RECORDED),
        corrected=counted.count(Did.CORRECTED),
        withdrawn=counted.count(Did.WITHDRAWN),
        is_erased=after.erased_at is not None and after.erased_at > since,
        entries=changed,
        loans=loan_changes(was, stands, changed),
        totals=total_changes(was, stands),
        deadlines=deadline_changes(
            deadlines(before, as_of, then.books), deadlines(after, as_of, now.books)
        ),
        findings=finding_changes(
            conduct(before, as_of, then.books).findings, conduct(after, as_of, now.books).findings
        ),
        tasks=task_changes(tasks_of(before, as_of), tasks_of(after, as_of)),
    )


def _state(side: Side, as_of: date) -> CaseState:
    history, books = side.history, side.books
    return CaseState(
        position=history.position,
        version=history.version,
        status=history.status,
        in_charge=in_charge(history, as_of),
        pack=books.pack.reference if isinstance(books, Books) else None,
        data=books.data.version if isinstance(books, Books) else None,
    )
