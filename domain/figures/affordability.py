"""What the client can afford in a month: the surplus less what is promised to others already."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.budget import FinancialStatementMade
from domain.cases.history import History
from domain.figures.figure import Unknown
from domain.figures.helping import DueState, HelperDue, PledgeReading, pledges
from domain.figures.plan_progress import agreed_plans, plan_progress
from domain.figures.plan_standing import PlanState
from domain.figures.statement import currency_of, surplus, versions_of
from domain.money import Money


class Burden(msgspec.Struct, frozen=True, kw_only=True):
    """One amount that is promised in the month."""

    what: str
    """`helper` or `plan`."""
    entry_id: UUID
    """The pledge or the plan."""
    due_on: date
    amount: Money


class Affordability(msgspec.Struct, frozen=True, kw_only=True):
    """The month of a day. `left` is the surplus less every burden."""

    case_id: UUID
    position: int
    as_of: date
    month: str
    """`2026-03`."""
    statement_id: UUID | None
    surplus: Money | None
    burdens: tuple[Burden, ...]
    left: Money | None
    """Negative: more is promised than there is."""
    unknown: Unknown | None


NO_STATEMENT = Unknown(
    reason="there is no financial statement", settled_by="a statement of income and expenditure"
)


def affordability(history: History, as_of: date) -> Affordability:
    """What is left for offers in the month of `as_of`. Pure."""
    versions = versions_of(history, as_of)
    entry, fact = versions[-1] if versions else (None, None)
    burdens = tuple(
        sorted(_burdens(history, as_of), key=lambda each: (each.due_on, each.entry_id.int))
    )
    over = surplus(fact) if fact is not None else None
    unknown = NO_STATEMENT if over is None else _mixed(over, burdens)
    left = None
    if over is not None and unknown is None:
        left = over - sum((each.amount for each in burdens), Money.zero(over.currency))
    return Affordability(
        case_id=history.case_id,
        position=history.position,
        as_of=as_of,
        month=f"{as_of:%Y-%m}",
        statement_id=entry.entry_id if entry is not None else None,
        surplus=over,
        burdens=burdens,
        left=left,
        unknown=unknown,
    )


def _mixed(over: Money, burdens: tuple[Burden, ...]) -> Unknown | None:
    if all(each.amount.currency == over.currency for each in burdens):
        return None
    return Unknown(
        reason="statement and promises are in different currencies",
        settled_by="a statement in the currency of the promises",
    )


def _burdens(history: History, as_of: date) -> Iterator[Burden]:
    month = (as_of.year, as_of.month)
    for pledge in pledges(history, as_of):
        for due in pledge.instalments:
            if (due.due_on.year, due.due_on.month) == month and due.state is not DueState.PAID:
                yield Burden(
                    what="helper",
                    entry_id=pledge.pledge_id,
                    due_on=due.due_on,
                    amount=due.amount - due.paid,
                )
    in_force = {
        each.plan_id
        for each in plan_progress(history, as_of)
        if each.state in (PlanState.RUNNING, PlanState.BREACH_DECLARED)
    }
    for entry, plan in agreed_plans(history, as_of):
        for instalment in plan.instalments if entry.entry_id in in_force else ():
            if (instalment.due_on.year, instalment.due_on.month) == month:
                yield Burden(
                    what="plan",
                    entry_id=entry.entry_id,
                    due_on=instalment.due_on,
                    amount=instalment.amount,
                )


def left_after_helpers(history: History, statement_id: UUID) -> Money | Unknown:
    """What a statement leaves over a month once helpers are paid: what a promise is held against.

    Of what helpers are still to get, the heaviest month counts. LookupError for no such entry,
    TypeError for one that is no statement.
    """
    fact = history.entries[statement_id].fact
    if not isinstance(fact, FinancialStatementMade):
        raise TypeError(fact.TOPIC)
    months: dict[tuple[int, int], int] = {}
    for pledge in pledges(history, date.max):
        for due in _open(pledge):
            if due.amount.currency != currency_of(fact):
                return Unknown(
                    reason="helpers are paid back in another currency than the statement's",
                    settled_by="a statement in that currency",
                )
            month = (due.due_on.year, due.due_on.month)
            months[month] = months.get(month, 0) + (due.amount - due.paid).minor
    heaviest = max(months.values(), default=0)
    return surplus(fact) - Money(heaviest, currency_of(fact))


def _open(pledge: PledgeReading) -> Iterator[HelperDue]:
    yield from (due for due in pledge.instalments if due.state is not DueState.PAID)
