"""Nouns below a case for tasks and who is in charge; what each records."""

from typing import Any, Final

from domain.cases.work import CaseAssigned, CaseHandedOver, TaskDone, TaskDropped, TaskSet
from domain.facts import Fact

WORK_RECORDED: Final[dict[str, tuple[type[Fact], str]]] = {
    "tasks": (TaskSet, "Set a task; its entry id is the task's id."),
    "task-completions": (TaskDone, "Record that a task was done."),
    "task-drops": (TaskDropped, "Record that a task is not to be done after all."),
    "assignments": (CaseAssigned, "Put a member in charge of the case."),
    "hand-overs": (CaseHandedOver, "Record that a member handed the case over to another."),
}
"""Last part of the path, and what is recorded by it."""

_TASK: Final = "5c2e3d4f-6071-4b8c-9dae-000000000040"
WORK_BODIES: Final[dict[type, dict[str, Any]]] = {
    TaskSet: {
        "set_on": "2026-03-10",
        "title": "向平台客服要一份还款明细",
        "kind": "call",
        "due_on": "2026-03-13",
        "member": "m-2",
    },
    TaskDone: {"task_id": _TASK, "done_on": "2026-03-12", "note": "已收到明细"},
    TaskDropped: {"task_id": _TASK, "dropped_on": "2026-03-12", "reason": "客户已自行办妥"},
    CaseAssigned: {"to_member": "m-2", "assigned_on": "2026-03-10"},
    CaseHandedOver: {
        "from_member": "m-1",
        "to_member": "m-2",
        "handed_over_on": "2026-03-20",
        "note": "客户只在晚上七点后接电话；下周要交收支表。",
        "task_ids": [_TASK],
    },
}
"""A body for each, for the documents and the tests."""
