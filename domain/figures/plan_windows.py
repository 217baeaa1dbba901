"""The time in which payments on a loan count for a plan: from its day to that of what follows."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import Entry, History
from domain.cases.plans import PlanAgreed, PlanEnded
from domain.figures.arrears import agreed_order
from domain.figures.ledger import Movement


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Days on which payments count; the last one is not in it."""

    start: date
    before: date | None = None
    """None while the plan is the latest for its loan."""
    ended_by: UUID | None = None
    """The newer plan, or what ended this one."""

    def of(self, paid: Iterable[Movement]) -> tuple[Movement, ...]:
        """The payments in it."""
        return tuple(
            each
            for each in paid
            if each.on >= self.start and (self.before is None or each.on < self.before)
        )


def windows_of(history: History, entry: Entry, as_of: date) -> dict[UUID, Window]:
    """For each loan of a plan, the days on which payments on it count for the plan.

    TypeError for an entry that is no plan.
    """
    plan = entry.fact
    if not isinstance(plan, PlanAgreed):
        raise TypeError(plan.TOPIC)
    ends = [
        (fact.occurred_on, entry_id)
        for entry_id, fact in history.standing(PlanEnded)
        if fact.plan_id == entry.entry_id and fact.occurred_on <= as_of
    ]
    return {
        loan_id: _window(plan.occurred_on, [*ends, *_newer(history, entry, loan_id, as_of)])
        for loan_id in plan.loan_ids
    }


def _window(start: date, ends: list[tuple[date, UUID]]) -> Window:
    before, ended_by = min(ends, default=(None, None))
    return Window(start=start, before=before, ended_by=ended_by)


def _newer(
    history: History, entry: Entry, loan_id: UUID, as_of: date
) -> Iterable[tuple[date, UUID]]:
    for other in history.entries.values():
        if other.is_withdrawn or not isinstance(other.fact, PlanAgreed):
            continue
        is_known = loan_id in other.fact.loan_ids and other.fact.occurred_on <= as_of
        if is_known and agreed_order(other) > agreed_order(entry):
            yield other.fact.occurred_on, other.entry_id
