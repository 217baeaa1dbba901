"""Deadlines across cases: every date that obliges someone, as the reading of its case gives it."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from domain.cases.history import CaseStatus, History
from domain.deadlines import Deadline, deadlines
from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.work import in_charge, tasks_of
from projections.tables.books import label_of
from projections.tables.definition import CaseTable, Row

ANCHOR: Final = ""
"""The key of the row that every case has: without it a case that has no deadline today would never
be found again when the day or the rules change."""

_OWN: Final = (
    "code",
    "due_on",
    "due_sort",
    "starts_on",
    "obliged",
    "state",
    "provisional",
    "unknown",
    "rule_id",
    "entry_id",
    "met_by",
    "days_late",
)
"""Columns of a deadline itself; empty in an anchor but for the one that sorts."""


def rows(history: History, as_of: date, books: Books | Unknown) -> list[Row]:
    """The anchor and one row for each deadline; none for a case whose opening was not read."""
    if history.status is CaseStatus.NONE or history.client_id is None:
        return []
    charge = in_charge(history, as_of)
    members = {task.task_id: task.member for task in tasks_of(history, as_of)}
    end = (
        history.client_id,
        history.status.value,
        history.erased_at is not None,
        label_of(books),
        as_of,
        history.position,
    )
    anchor = (history.case_id, ANCHOR, charge, *_nothing(), *end)
    return [
        anchor,
        *(
            (history.case_id, each.key, _adviser(each, members, charge), *_own(each), *end)
            for each in deadlines(history, as_of, books)
        ),
    ]


def _adviser(
    deadline: Deadline, members: Mapping[UUID, str | None], charge: str | None
) -> str | None:
    """Who has to see to it: the member that a task names, else who is in charge of the case."""
    return members.get(deadline.entry_id) or charge


def _own(deadline: Deadline) -> Row:
    return (
        deadline.kind,
        deadline.due_on,
        # The last day there is: PostgreSQL keeps it as infinity.
        deadline.due_on or date.max,
        deadline.starts_on,
        deadline.obliged.value,
        deadline.state.value,
        deadline.provisional is not None,
        deadline.unknown.reason if deadline.unknown else None,
        deadline.rule_id,
        deadline.entry_id,
        deadline.met_by,
        deadline.days_late,
    )


def _nothing() -> Row:
    return tuple(date.max if column == "due_sort" else None for column in _OWN)


DEADLINES: Final = CaseTable(
    name="deadlines",
    version=1,
    columns=(
        "case_id",
        "key",
        "adviser",
        *_OWN,
        "client_id",
        "status",
        "erased",
        "rules",
        "as_of",
        "position",
    ),
    rows=rows,
    label=label_of,
    each=f"key = '{ANCHOR}'",
)
