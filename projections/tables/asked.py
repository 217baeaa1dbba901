"""What may be asked of the tables, and in which order they answer."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

import msgspec

from projections.tables.statements import Order, Where


class CaseOrder(StrEnum):
    """Orders of the caseload."""

    NEWEST = "newest"
    """Those opened last first."""
    NEXT = "next"
    """By what is to be done next: missed first, then soonest."""


class CasesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases; None: whatever it is."""

    status: str | None = None
    adviser: str | None = None
    phase: str | None = None
    urgency: str | None = None
    lender: str | None = None
    """A lender of the case, by its whole name."""
    overdue: bool | None = None
    next_before: date | None = None
    """Whose next action has to be done before this day; one that was missed, too."""
    changed_since: int | None = None
    """In which something was recorded after this position."""

    def where(self) -> Where:
        """The conditions."""
        return (
            Where()
            .given("r.status = {}", self.status)
            .given("r.adviser = {}", self.adviser)
            .given("r.phase = {}", self.phase)
            .given("r.urgency = {}", self.urgency)
            .given("{} = ANY(r.lenders)", self.lender)
            .given("r.overdue = {}", self.overdue)
            .given("r.next_on < {}", self.next_before)
            .given("r.position > {}", self.changed_since)
        )


class DeadlinesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which deadlines; None: whatever it is."""

    adviser: str | None = None
    """Who has to see to them."""
    first_day: date | None = None
    last_day: date | None = None
    """Days on which they end, both included; those without a day are then out."""
    state: str | None = None
    obliged: str | None = None
    provisional: bool | None = None
    status: str | None = None
    """Of their case."""

    def where(self) -> Where:
        """The conditions."""
        # The day that sorts is the one in the indexes, and infinity where there is none.
        return (
            Where("r.key <> ''")
            .given("r.adviser = {}", self.adviser)
            .given("r.due_sort >= {} AND r.due_on IS NOT NULL", self.first_day)
            .given("r.due_sort <= {}", self.last_day)
            .given("r.state = {}", self.state)
            .given("r.obliged = {}", self.obliged)
            .given("r.provisional = {}", self.provisional)
            .given("r.status = {}", self.status)
        )


_NextSort = Annotated[str, msgspec.Meta(pattern=r"^([29]|[01] [0-9]{4}-[0-9]{2}-[0-9]{2})$")]

NEWEST: Final = Order(columns=("opened_on", "case_id"), cursor=tuple[date, UUID], is_falling=True)
NEXT: Final = Order(columns=("next_sort", "case_id"), cursor=tuple[_NextSort, UUID])
BY_DAY: Final = Order(columns=("due_sort", "case_id", "key"), cursor=tuple[date, UUID, str])
BY_LOAN: Final = Order(columns=("case_id", "loan_id"), cursor=tuple[UUID, UUID])
