"""Which deadlines a member is reminded of: those of the cases that they are in charge of."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.corrections import EntryCorrected
from domain.cases.history import CaseStatus, History, replay, stamp_of
from domain.cases.intake import CaseOpened
from domain.cases.work import CaseAssigned, CaseHandedOver, TaskKind, TaskSet
from domain.casework import Casework
from domain.deadlines import State, deadlines
from domain.figures.figure import Unknown
from domain.organisation import ReferenceDataLoaded, RulePackAdopted, replay_organisation
from domain.recorded import Recorded
from domain.rules.books import Books, books_of
from domain.work import in_charge, tasks_of
from projections.calendar import Reminder

AHEAD: Final = timedelta(days=400)
MISSED_FOR: Final = timedelta(days=30)
"""How long a deadline stays after it was missed."""

_NAMING: Final = tuple(
    kind.TOPIC for kind in (CaseOpened, CaseAssigned, CaseHandedOver, TaskSet, EntryCorrected)
)
_TASKS: Final[dict[TaskKind, tuple[str, str]]] = {
    TaskKind.CALL: ("任务：致电", "Task: call"),
    TaskKind.WRITE: ("任务：发函", "Task: write"),
    TaskKind.PAPERS: ("任务：材料", "Task: papers"),
    TaskKind.CHECK: ("任务：核对", "Task: check"),
    TaskKind.MEETING: ("任务：面谈", "Task: meeting"),
    TaskKind.REVIEW: ("任务：复核", "Task: review"),
    TaskKind.OTHER: ("任务", "Task"),
}
"""A task by its kind only: its title is personal."""


class Revision(msgspec.Struct, frozen=True, order=True):
    """The last event that a deadline may rest on: its journal position and moment."""

    position: int
    recorded_at: datetime


_NEVER: Final = Revision(0, datetime.min.replace(tzinfo=UTC))


async def reminders(
    casework: Casework, organisation: UUID, adviser: str, today: date
) -> tuple[Reminder, ...]:
    """Deadlines of a member's open cases around a day, by day. Raises LogUnavailable."""
    own = await casework.events(organisation, organisation)
    books = books_of(replay_organisation(organisation, own))
    # New rules and newly published days off move days in cases where nothing was recorded.
    rules = _revision(
        event for event in own if isinstance(event.fact, RulePackAdopted | ReferenceDataLoaded)
    )
    found: list[Reminder] = []
    for case_id in await _cases_naming(casework, organisation, adviser):
        events = await casework.events(organisation, case_id)
        changed = max(_revision(events), rules)
        found += reminders_of(replay(case_id, events), adviser, today, books, changed)
    return tuple(sorted(found, key=lambda each: (each.due_on, each.case_id, each.key)))


async def _cases_naming(casework: Casework, organisation: UUID, adviser: str) -> list[UUID]:
    """Cases in which somebody said at some time that they are, or a task is, the member's."""
    events = await casework.journal(organisation, _NAMING)
    return list(dict.fromkeys(event.originator_id for event in events if _named(event) == adviser))


def _named(event: Recorded) -> str | None:
    fact = event.fact.replacement if isinstance(event.fact, EntryCorrected) else event.fact
    match fact:
        case CaseOpened():
            return fact.adviser
        case CaseAssigned() | CaseHandedOver():
            return fact.to_member
        case TaskSet():
            return fact.member
    return None


def _revision(events: Iterable[Recorded]) -> Revision:
    last = max(
        (stamp_of(event) for event in events), key=lambda stamp: stamp.position, default=None
    )
    return Revision(last.position, last.recorded_at) if last else _NEVER


def reminders_of(
    history: History, adviser: str, today: date, books: Books | Unknown, changed: Revision
) -> Iterator[Reminder]:
    """A member's in one case. Pure."""
    if history.status is not CaseStatus.OPEN or history.erased_at is not None:
        return
    tasks = {task.task_id: task for task in tasks_of(history, today)}
    charge = in_charge(history, today)
    for deadline in deadlines(history, today, books):
        task = tasks.get(deadline.entry_id)
        whose = task.member if task else charge
        if whose != adviser or deadline.due_on is None:
            continue
        if not _is_shown(deadline.state, deadline.due_on, today):
            continue
        zh, en = _TASKS[task.kind] if task else (deadline.what.zh, deadline.what.en)
        yield Reminder(
            case_id=history.case_id,
            key=deadline.key,
            kind=deadline.kind,
            zh=zh,
            en=en,
            obliged=deadline.obliged,
            due_on=deadline.due_on,
            is_provisional=deadline.provisional is not None,
            is_missed=deadline.state is State.MISSED,
            revision=changed.position,
            changed_at=changed.recorded_at,
        )


def _is_shown(state: State, due_on: date, today: date) -> bool:
    if state is State.MISSED:
        return due_on >= today - MISSED_FOR
    return state is State.OPEN and due_on <= today + AHEAD
