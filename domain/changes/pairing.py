"""Deadlines, findings and tasks of one day, as they were known and as they are.

Time passing changes nothing here: both sides are of the same day.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec

from domain.conduct import Finding
from domain.deadlines import Deadline, State
from domain.work import Task, TaskState

T = TypeVar("T")


_ENDS: Final = frozenset({State.MET, State.MET_LATE, State.FALLEN_AWAY})


class Became(StrEnum):
    """What became of something."""

    APPEARED = "appeared"
    MOVED = "moved"
    """It is due on another day."""
    ENDED = "ended"
    """It was not over, and now it is: met or fallen away, done or dropped."""
    CHANGED = "changed"
    """It is there and otherwise than it was."""
    VANISHED = "vanished"


class DeadlineChange(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline that is otherwise than it was known to be."""

    key: str
    became: Became
    then: Deadline | None
    now: Deadline | None


class FindingChange(msgspec.Struct, frozen=True, kw_only=True):
    """A finding on conduct that is otherwise than it was known to be."""

    became: Became
    then: Finding | None
    now: Finding | None


class TaskChange(msgspec.Struct, frozen=True, kw_only=True):
    """A task that is otherwise than it was known to be; its title stands in its entry."""

    task_id: UUID
    became: Became
    then: Task | None
    now: Task | None


def deadline_changes(
    then: Iterable[Deadline], now: Iterable[Deadline]
) -> tuple[DeadlineChange, ...]:
    """By key: those of now in their order, then those that vanished."""
    return tuple(
        DeadlineChange(key=key, became=_of_deadline(was, stands), then=was, now=stands)
        for key, was, stands in _pairs(then, now, lambda each: each.key)
    )


def _of_deadline(then: Deadline | None, now: Deadline | None) -> Became:
    if then is None or now is None:
        return Became.APPEARED if then is None else Became.VANISHED
    if now.due_on != then.due_on:
        return Became.MOVED
    if now.state in _ENDS and then.state not in _ENDS:
        return Became.ENDED
    return Became.CHANGED


def task_changes(then: Iterable[Task], now: Iterable[Task]) -> tuple[TaskChange, ...]:
    """By id: those of now in their order, then those whose setting was withdrawn."""
    return tuple(
        TaskChange(task_id=task_id, became=_of_task(was, stands), then=was, now=stands)
        for task_id, was, stands in _pairs(then, now, lambda each: each.task_id)
    )


def _of_task(then: Task | None, now: Task | None) -> Became:
    if then is None or now is None:
        return Became.APPEARED if then is None else Became.VANISHED
    if then.state is TaskState.OPEN and now.state is not TaskState.OPEN:
        return Became.ENDED
    return Became.MOVED if now.due_on != then.due_on else Became.CHANGED


def finding_changes(then: Iterable[Finding], now: Iterable[Finding]) -> tuple[FindingChange, ...]:
    """Those of now by time, then those that vanished.

    A finding has no id. It is the same where it rests on the same contacts; of those that are
    left, where it is of the same rule, ground and creditor on the same day: one call more in a
    day of too many changes a finding, and makes no second one.
    """
    was, stands = list(then), list(now)
    paired: dict[int, Finding] = {}
    for alike in (_by_contacts, _by_day):
        left: dict[Any, list[Finding]] = {}
        for finding in was:
            left.setdefault(alike(finding), []).append(finding)
        for index, finding in enumerate(stands):
            if index not in paired and (found := left.get(alike(finding))):
                paired[index] = found.pop(0)
        taken = {id(finding) for finding in paired.values()}
        was = [finding for finding in was if id(finding) not in taken]
    return tuple(_findings(paired, stands, was))


def _findings(
    paired: dict[int, Finding], stands: list[Finding], gone: list[Finding]
) -> Iterator[FindingChange]:
    for index, finding in enumerate(stands):
        before = paired.get(index)
        if before is None:
            yield FindingChange(became=Became.APPEARED, then=None, now=finding)
        elif before != finding:
            yield FindingChange(became=Became.CHANGED, then=before, now=finding)
    for finding in gone:
        yield FindingChange(became=Became.VANISHED, then=finding, now=None)


def _by_contacts(finding: Finding) -> tuple[Any, ...]:
    return finding.rule_id, finding.ground, finding.entries


def _by_day(finding: Finding) -> tuple[Any, ...]:
    # Without a threshold each contact is a finding of its own: another contact, another finding.
    counted = None if finding.threshold is not None else finding.entries
    return finding.rule_id, finding.ground, finding.lender, finding.day, counted


def _pairs(
    then: Iterable[T], now: Iterable[T], key: Callable[[T], Any]
) -> Iterator[tuple[Any, T | None, T | None]]:
    """What differs, by key."""
    before, after = {key(each): each for each in then}, {key(each): each for each in now}
    for name in {**after, **before}:
        was, stands = before.get(name), after.get(name)
        if was != stands:
            yield name, was, stands
