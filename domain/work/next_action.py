"""What is to be done next on a case: its earliest unmet deadline of ours, or an open task. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.history import CaseStatus, History
from domain.deadlines.deadline import Deadline, Obliged, State
from domain.work.tasks import Task, open_tasks

OUR_SIDE: Final = frozenset({Obliged.CLIENT, Obliged.ADVISER})
"""Who acts for the client. What others owe is waited for, and is no action of ours."""

NONE_LAST: Final = "9"
"""Sorts a case without any action after all others."""


class ActionKind(StrEnum):
    """Where an action comes from."""

    DEADLINE = "deadline"
    TASK = "task"


class NextAction(msgspec.Struct, frozen=True, kw_only=True):
    """What comes first on a case, on a day."""

    key: str
    """The deadline's key; for a task without a day, what its deadline's key would be."""
    kind: ActionKind
    code: str
    """The deadline's kind, or the kind of the task."""
    entry_id: UUID
    due_on: date | None
    """The last day; None where none is known."""
    is_missed: bool

    @property
    def sort(self) -> str:
        """Puts actions in order as text: missed ones, then by day, then those without a day."""
        if self.due_on is None:
            return "2"
        return f"{0 if self.is_missed else 1} {self.due_on.isoformat()}"


def unmet(found: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Deadlines of our side that are still to be met, missed ones among them."""
    return tuple(
        each
        for each in found
        if each.obliged in OUR_SIDE and each.state in (State.OPEN, State.MISSED)
    )


def due_within(found: Iterable[Deadline], as_of: date, days: int) -> int:
    """How many of our deadlines end within so many days from `as_of`, that day not counted.

    Missed ones are not among them; one whose day is `as_of` itself is.
    """
    until = as_of + timedelta(days=days)
    return sum(
        each.state is State.OPEN and each.due_on is not None and each.due_on <= until
        for each in unmet(found)
    )


def next_action(history: History, as_of: date, found: Sequence[Deadline]) -> NextAction | None:
    """The first thing to be done; `found` are the case's deadlines on `as_of`.

    Missed ones come first, the oldest before the others; then the soonest; then what has no day.
    None for a case that is closed, or where nothing is to be done.
    """
    if history.status is not CaseStatus.OPEN:
        return None
    tasks = {task.task_id: task for task in open_tasks(history, as_of)}
    actions = [_by_deadline(each, tasks.get(each.entry_id)) for each in unmet(found)]
    actions += [_by_task(task) for task in tasks.values() if task.due_on is None]
    return min(actions, key=lambda action: (action.sort, action.key), default=None)


def _by_deadline(deadline: Deadline, task: Task | None) -> NextAction:
    return NextAction(
        key=deadline.key,
        kind=ActionKind.TASK if task else ActionKind.DEADLINE,
        code=task.kind if task else deadline.kind,
        entry_id=deadline.entry_id,
        due_on=deadline.due_on,
        is_missed=deadline.state is State.MISSED,
    )


def _by_task(task: Task) -> NextAction:
    return NextAction(
        key=f"{task.task_id}/task",
        kind=ActionKind.TASK,
        code=task.kind,
        entry_id=task.task_id,
        due_on=None,
        is_missed=False,
    )
