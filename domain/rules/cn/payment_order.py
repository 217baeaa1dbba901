"""In what order a payment is used: within one debt (民法典 561) and among several (560)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.cn import rule_ids as ids


class Claim(StrEnum):
    """The parts of a debt that a payment can be used for."""

    COSTS = "costs"
    INTEREST = "interest"
    PRINCIPAL = "principal"
    JUDGED = "judged-debt"
    DOUBLED = "doubled-part"


STATUTORY: Final = (Claim.COSTS, Claim.INTEREST, Claim.PRINCIPAL)
"""民法典 561: costs of realising the claim, interest, principal."""

IN_ENFORCEMENT: Final = (Claim.JUDGED, Claim.DOUBLED)
"""法释〔2014〕8号 art. 4: the judged debt, then the doubled part of delay interest."""


class Order(msgspec.Struct, frozen=True):
    """An order of parts, and the rule it comes from; an agreed order overrides."""

    parts: tuple[Claim, ...]
    rule_ids: tuple[str, ...]


class Used(msgspec.Struct, frozen=True):
    """Where a payment went, in order, and what was left over."""

    parts: tuple[tuple[Claim, Money], ...]
    surplus: Money


def order_of(agreed: tuple[Claim, ...] | None = None, *, in_enforcement: bool = False) -> Order:
    """The order for one debt: agreed, or by statute; ValueError for a part named twice."""
    if agreed is not None:
        if len(set(agreed)) != len(agreed):
            raise ValueError("an agreed order names each part once")
        return Order(agreed, (ids.PAYMENT_ORDER,))
    if in_enforcement:
        return Order(IN_ENFORCEMENT, (ids.ENFORCEMENT_ORDER,))
    return Order(STATUTORY, (ids.PAYMENT_ORDER,))


def use(payment: Money, owed: Mapping[Claim, Money], order: Order) -> Used:
    """Use a payment for what is owed, in order. Parts and surplus sum to the payment.

    ValueError when something is owed that the order does not name.
    """
    if strange := [part for part, due in owed.items() if due.minor and part not in order.parts]:
        raise ValueError(f"the order does not name {', '.join(sorted(strange))}")
    left, used = payment, []
    for part in order.parts:
        taken = min(left, owed.get(part, Money.zero(payment.currency)))
        if taken.minor > 0:
            used.append((part, taken))
            left -= taken
    return Used(tuple(used), left)


class Debt(msgspec.Struct, frozen=True, kw_only=True):
    """One of several debts to one creditor, on the day of payment."""

    loan_id: UUID
    due_on: date | None
    security: Money | None = None
    """Worth of what secures it; zero where nothing does, None where that is not known."""
    burden_pct: Decimal | None = None
    """How heavy it is on the debtor: its rate in per cent a year; None where not known."""


def debts_in_order(
    debts: Sequence[Debt], paid_on: date, designated: UUID | None = None
) -> tuple[tuple[UUID, ...], ...] | Unknown:
    """Groups of debts to pay one after the other; within a group pro rata.

    The debtor's designation at payment comes first. Then debts due; among them the least secured,
    the most burdensome, the earliest due. Unknown where a comparison that decides lacks a fact.
    """
    rest = [debt for debt in debts if debt.loan_id != designated]
    first = [(debt.loan_id,) for debt in debts if debt.loan_id == designated]
    due = [debt for debt in rest if debt.due_on is not None and debt.due_on <= paid_on]
    ordered = _ranked(due)
    if isinstance(ordered, Unknown):
        return ordered
    later = _ranked([debt for debt in rest if debt not in due])
    if isinstance(later, Unknown):
        return later
    return (*first, *ordered, *later)


def _ranked(debts: list[Debt]) -> tuple[tuple[UUID, ...], ...] | Unknown:
    if len(debts) > 1:
        if any(debt.security is None for debt in debts):
            return _lacking("how far each of several debts is secured", "security agreements")
        if any(debt.burden_pct is None for debt in debts) and _ties(debts):
            return _lacking("the rate of each of several debts", "the contracts' rates")
    groups: dict[tuple[int, Decimal, date], list[UUID]] = {}
    for debt in debts:
        security = debt.security.minor if debt.security else 0
        burden = debt.burden_pct if debt.burden_pct is not None else Decimal(0)
        rank = (security, -burden, debt.due_on or date.max)
        groups.setdefault(rank, []).append(debt.loan_id)
    return tuple(tuple(sorted(groups[rank])) for rank in sorted(groups))


def _ties(debts: Iterable[Debt]) -> bool:
    """Whether two debts are secured alike, so that their burden decides."""
    worth = [debt.security.minor if debt.security else 0 for debt in debts]
    return len(set(worth)) < len(worth)


def _lacking(what: str, settled_by: str) -> Unknown:
    return Unknown(
        reason=f"{what} is not on record, and it decides the order", settled_by=settled_by
    )
