"""Work on a case: what is to be done by whom, and who is in charge."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Fact
from domain.personal import Personal
from domain.warnings import AnsweredWarning


class TaskKind(StrEnum):
    """What kind of work it is."""

    CALL = "call"
    WRITE = "write"
    PAPERS = "papers"
    """Have papers asked for, or handed in."""
    CHECK = "check"
    MEETING = "meeting"
    REVIEW = "review"
    OTHER = "other"


class TaskSet(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="task-set"):
    """Something is to be done; its entry id names the task."""

    set_on: date
    title: Personal[str]
    kind: TaskKind
    due_on: date | None = None
    member: str | None = None
    """Member id of who is to do it; None: whoever is in charge of the case."""
    about_id: UUID | None = None
    """The entry that it is about."""

    def happened(self) -> date:
        """The day it was set."""
        return self.set_on


class TaskDone(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="task-done"):
    """A task was done."""

    task_id: UUID
    done_on: date
    note: Personal[str] | None = None

    def happened(self) -> date:
        """The day it was done."""
        return self.done_on


class TaskDropped(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="task-dropped"):
    """A task is not to be done after all."""

    task_id: UUID
    dropped_on: date
    reason: Personal[str]

    def happened(self) -> date:
        """The day it was dropped."""
        return self.dropped_on


class CaseAssigned(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="case-assigned"):
    """A member took charge of the case; the last one in charge has it no more."""

    to_member: str
    assigned_on: date
    reason: Personal[str] | None = None

    def happened(self) -> date:
        """The day from which they are in charge."""
        return self.assigned_on


class CaseHandedOver(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="case-handed-over"):
    """One member handed the case over to another, with what they have to know."""

    from_member: str
    to_member: str
    handed_over_on: date
    note: Personal[str]
    task_ids: tuple[UUID, ...] = ()
    """Open tasks that were gone through."""
    answered: tuple[AnsweredWarning, ...] = ()

    def happened(self) -> date:
        """The day from which the other is in charge."""
        return self.handed_over_on


WorkFact = TaskSet | TaskDone | TaskDropped | CaseAssigned | CaseHandedOver
