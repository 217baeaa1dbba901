"""Tasks of a case, and the member in charge, on a day. Pure."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.intake import CaseOpened
from domain.cases.work import CaseAssigned, CaseHandedOver, TaskDone, TaskDropped, TaskKind, TaskSet


class TaskState(StrEnum):
    """How a task stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A task on a day. Its title is personal, and stands in the entry."""

    task_id: UUID
    kind: TaskKind
    set_on: date
    due_on: date | None
    member: str | None
    """Who is to do it: the member named, else whoever is in charge."""
    about_id: UUID | None
    state: TaskState
    ended_on: date | None = None
    ended_by: UUID | None = None
    """The entry that says it was done or dropped."""


def tasks_of(history: History, as_of: date) -> tuple[Task, ...]:
    """Tasks set by `as_of`, in the order of recording."""
    ends: dict[UUID, tuple[TaskState, date, UUID]] = {}
    for entry_id, done in history.standing(TaskDone):
        if done.done_on <= as_of:
            ends.setdefault(done.task_id, (TaskState.DONE, done.done_on, entry_id))
    for entry_id, dropped in history.standing(TaskDropped):
        if dropped.dropped_on <= as_of:
            ends.setdefault(dropped.task_id, (TaskState.DROPPED, dropped.dropped_on, entry_id))
    charge = in_charge(history, as_of)
    return tuple(
        _task(task_id, task, ends.get(task_id), charge)
        for task_id, task in history.standing(TaskSet)
        if task.set_on <= as_of
    )


def _task(
    task_id: UUID, task: TaskSet, end: tuple[TaskState, date, UUID] | None, charge: str | None
) -> Task:
    state, ended_on, ended_by = end or (TaskState.OPEN, None, None)
    return Task(
        task_id=task_id,
        kind=task.kind,
        set_on=task.set_on,
        due_on=task.due_on,
        member=task.member or charge,
        about_id=task.about_id,
        state=state,
        ended_on=ended_on,
        ended_by=ended_by,
    )


def open_tasks(history: History, as_of: date) -> tuple[Task, ...]:
    """Those that are still to be done."""
    return tuple(task for task in tasks_of(history, as_of) if task.state is TaskState.OPEN)


def in_charge(history: History, as_of: date) -> str | None:
    """The member in charge on a day: by the last assignment or hand-over, else by the opening."""
    turns: list[tuple[date, int, str]] = []
    for order, entry in enumerate(history.entries.values()):
        fact = entry.fact
        if entry.is_withdrawn:
            continue
        if isinstance(fact, CaseAssigned | CaseHandedOver):
            day = fact.happened()
            if day <= as_of:
                turns.append((day, order, fact.to_member))
    if turns:
        return max(turns)[2]
    return next((fact.adviser for _, fact in history.standing(CaseOpened)), None)
