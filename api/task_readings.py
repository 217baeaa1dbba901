"""The tasks of a case, with their titles, and who is in charge."""

from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.opening import open_case, refuse_erased
from api.reading import (
    AXES,
    await_position,
    day_asked,
    known_at,
    known_case,
    read_answer,
    reading_tag,
    unchanged,
)
from domain.accesses import Reading
from domain.cases.history import replay
from domain.cases.work import TaskSet
from domain.personal import Personal
from domain.work import Task, in_charge, tasks_of

FORM: Final = "tasks/1"


class TaskLine(msgspec.Struct, frozen=True, kw_only=True):
    """A task with its title."""

    task: Task
    title: Personal[str]


class TasksReading(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks of a case on a day, in the order of recording."""

    case_id: UUID
    position: int
    as_of: date
    in_charge: str | None
    """Member id; None where nobody was named."""
    tasks: tuple[TaskLine, ...]


async def read_tasks(call: Call) -> Answered:
    """`GET .../tasks`."""
    await await_position(call)
    known = await known_case(call, await known_at(call))
    await refuse_erased(call, known)
    as_of = day_asked(call, known.history)
    tag = reading_tag(call, known, as_of, FORM)
    same = unchanged(call, tag)
    if same:
        return same
    opened = replay(known.history.case_id, await open_case(call, known, Reading.TASKS))
    titles = {task_id: task.title for task_id, task in opened.standing(TaskSet)}
    answer = TasksReading(
        case_id=opened.case_id,
        position=opened.position,
        as_of=as_of,
        in_charge=in_charge(opened, as_of),
        tasks=tuple(
            TaskLine(task=task, title=titles[task.task_id]) for task in tasks_of(opened, as_of)
        ),
    )
    return read_answer(answer, tag, opened.position)


TASKS: Final = (
    Route(
        method="GET",
        path="/v1/cases/{case_id}/tasks",
        capability=Capability.CASE_READ,
        summary="What is to be done on a case, by whom and by when, and who is in charge.",
        handle=read_tasks,
        answer=TasksReading,
        is_personal=True,
        is_reading=True,
        parameters=AXES,
        problems=("case-unknown",),
    ),
)
"""That reading."""
