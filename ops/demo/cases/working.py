"""A case that changes hands: tasks set and done, one dropped, and what the next has to know."""

from typing import Final

from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import APP_LENDERS, person
from ops.demo.record import Entry


def changed_hands(desk: Desk) -> None:
    """From one member to another and on to a third, with the open tasks named."""
    case = desk.open("changed-hands", person(51), "2026-05-11", "同事调岗，个案移交。")
    loan = case.loan(
        "2025-08-05", APP_LENDERS[3], 7000, "consumer-finance", number="LS-0051",
        terms=case.terms(rate="1.5", period="month", due="2026-08-05"),
    )  # fmt: skip
    case.disbursed("2025-08-05", loan, 7000)
    case.missed("2026-04-05", loan)
    case.record("assignments", {"to_member": "m-3", "assigned_on": "2026-05-11"})
    ask = _task(case, "2026-05-11", "向平台客服要一份还款明细", "call", "2026-05-15", loan)
    case.record(
        "task-completions", {"task_id": ask, "done_on": "2026-05-14", "note": "客服答应三日内发。"}
    )
    look = _task(case, "2026-05-14", "核对收到的明细", "check", "2026-05-20", loan)
    visit = _task(case, "2026-05-14", "约客户面谈收支表", "meeting", "2026-05-22", None)
    case.record(
        "task-drops", {"task_id": visit, "dropped_on": "2026-05-18", "reason": "客户改为线上填写。"}
    )
    case.record(
        "hand-overs",
        {
            "from_member": "m-3",
            "to_member": "m-4",
            "handed_over_on": "2026-05-19",
            "note": "客户只在晚上七点后接电话；明细已收到，尚未核对。",
            "task_ids": [look],
        },
    )


def _task(case: Dossier, on: str, title: str, kind: str, due: str, about: Entry | None) -> Entry:
    body = {"set_on": on, "title": title, "kind": kind, "due_on": due}
    return case.record("tasks", body if about is None else {**body, "about_id": about})


STORIES: Final = (("changed-hands", changed_hands),)
