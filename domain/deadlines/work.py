"""Deadlines of tasks."""

from collections.abc import Iterator
from datetime import date

from domain.cases.history import History
from domain.deadlines.clock import Course, Event, on_day
from domain.deadlines.deadline import Deadline, Obliged, Words
from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.rules.cn.counting import LastDay
from domain.work.tasks import TaskState, tasks_of


def task_deadlines(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    """Each task that has a day."""
    for task in tasks_of(history, as_of):
        if task.due_on is None:
            continue
        end = None
        if task.ended_on is not None and task.ended_by is not None:
            end = Event(task.ended_on, task.ended_by)
        course = Course(
            key=f"{task.task_id}/task",
            kind="task",
            what=Words("完成任务", "Do the task"),
            obliged=Obliged.ADVISER,
            entry_id=task.task_id,
            starts_on=task.set_on,
            met=end if task.state is TaskState.DONE else None,
            ended=end if task.state is TaskState.DROPPED else None,
        )
        yield on_day(course, LastDay(on=task.due_on), as_of)
