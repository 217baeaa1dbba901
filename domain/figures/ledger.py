"""The ledger of one loan: its money movements in order of days, and where each payment went.

The same facts give the same ledger in whatever order they were recorded. On one day, what was
paid out comes first, then what was charged, then what was paid (domain rule, not arrival).
"""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.history import Entry
from domain.cases.lending import ChargeMade, LoanDisbursed, LoanTaken, part_of
from domain.cases.payments import (
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
    PaymentReversed,
)
from domain.facts import Grade

COSTS: Final = "costs"
FEES: Final = "fees"
PENALTY: Final = "penalty"
INTEREST: Final = "interest"
PRINCIPAL: Final = "principal"

ALLOCATION: Final = (COSTS, FEES, PENALTY, INTEREST, PRINCIPAL)
"""Order in which a payment is used: costs, then interest, then principal (民法典 art. 561)."""

LENT: Final = 0
CHARGED: Final = 1
PAID: Final = 2
RENEWED: Final = 3


class Movement(msgspec.Struct, frozen=True):
    """Money that moved, or was charged, on a day. `bucket` is empty for a payment."""

    on: date
    rank: int
    """LENT, CHARGED, PAID, RENEWED: the order within one day."""
    minor: int
    entry_id: UUID
    bucket: str
    grade: Grade
    what: str = ""
    """How it is called; empty: by its rank."""


class Use(msgspec.Struct, frozen=True):
    """Part of a movement as it counts in a bucket; negative where a payment was used."""

    bucket: str
    on: date
    minor: int
    entry_id: UUID
    what: str
    grade: Grade


class Payments(msgspec.Struct, frozen=True, kw_only=True):
    """The payments of a loan as they stand on a day."""

    credited: tuple[Movement, ...]
    pending: tuple[Movement, ...]


class Outcomes(msgspec.Struct, frozen=True):
    """What became of payments by a day, by payment id."""

    credited: dict[UUID, date]
    ended: frozenset[UUID]
    """Expired or reversed by then."""


def outcomes(entries: Iterable[Entry], as_of: date) -> Outcomes:
    """Credits, expiries and reversals up to and including `as_of`."""
    credited: dict[UUID, date] = {}
    ended: set[UUID] = set()
    for entry in entries:
        fact = entry.fact
        if entry.is_withdrawn or not isinstance(
            fact, PaymentCredited | PaymentExpired | PaymentReversed
        ):
            continue
        if fact.occurred_on > as_of:
            continue
        if isinstance(fact, PaymentCredited):
            earlier = credited.get(fact.payment_id, fact.occurred_on)
            credited[fact.payment_id] = min(earlier, fact.occurred_on)
        else:
            ended.add(fact.payment_id)
    return Outcomes(credited, frozenset(ended))


def payments_of(entries: Iterable[Entry], known: Outcomes, as_of: date) -> Payments:
    """Payments sent by `as_of`, credited or still pending then; expired and reversed are out."""
    credited: list[Movement] = []
    pending: list[Movement] = []
    for entry in entries:
        fact = entry.fact
        if not isinstance(fact, PaymentMade) or entry.entry_id in known.ended:
            continue
        day = fact.credited_on or known.credited.get(entry.entry_id)
        if day is not None and day <= as_of:
            credited.append(_movement(entry, day, fact))
        elif fact.occurred_on <= as_of:
            pending.append(_movement(entry, fact.occurred_on, fact))
    return Payments(credited=tuple(credited), pending=tuple(pending))


def _movement(entry: Entry, day: date, fact: PaymentMade) -> Movement:
    return Movement(day, PAID, fact.amount.minor, entry.entry_id, "", fact.grade)


def owed_movements(entries: Iterable[Entry], as_of: date) -> list[Movement]:
    """What was paid out and what was charged up to and including `as_of`."""
    found: list[Movement] = []
    for entry in entries:
        fact = entry.fact
        if isinstance(fact, LoanDisbursed) and fact.occurred_on <= as_of:
            amount = fact.received.minor
            found.append(
                Movement(fact.occurred_on, LENT, amount, entry.entry_id, PRINCIPAL, fact.grade)
            )
        elif isinstance(fact, ChargeMade) and fact.occurred_on <= as_of:
            bucket, amount = part_of(fact.kind).value, fact.amount.minor
            found.append(
                Movement(fact.occurred_on, CHARGED, amount, entry.entry_id, bucket, fact.grade)
            )
    return found


def renewal_movements(loan: Entry, renewed: Entry | None) -> list[Movement]:
    """What a loan took over from an earlier one, and its end where a later one took it over."""
    found: list[Movement] = []
    if isinstance(loan.fact, LoanTaken) and loan.fact.renews is not None:
        fact, carried = loan.fact, loan.fact.renews.carried_over.minor
        found.append(
            Movement(
                fact.occurred_on, LENT, carried, loan.entry_id, PRINCIPAL, fact.grade, CARRIED_OVER
            )
        )
    if renewed is not None and isinstance(renewed.fact, LoanTaken):
        fact = renewed.fact
        found.append(
            Movement(fact.occurred_on, RENEWED, 0, renewed.entry_id, "", fact.grade, CARRIED_OVER)
        )
    return found


CARRIED_OVER: Final = "carried-over"


def allocate(
    movements: Iterable[Movement], order: tuple[str, ...] = ALLOCATION
) -> tuple[list[Use], list[Use]]:
    """Where every movement counts: (uses by bucket, surplus that no bucket could take).

    A payment is used in `order`, by statute or as agreed, on what stands open that day. What is
    over is kept and meets what is charged or paid out later; whatever is left at the end is a
    surplus, a claim to have it back.
    """
    ordered = sorted(movements, key=lambda m: (m.on, m.rank, m.minor, m.entry_id))
    open_minor = dict.fromkeys(ALLOCATION, 0)
    uses: list[Use] = []
    surplus: list[Use] = []
    for movement in ordered:
        if movement.rank == PAID:
            surplus.append(_use("", movement, movement.minor, "paid"))
        elif movement.rank == RENEWED:
            uses += [_use(b, movement, -m, movement.what) for b, m in open_minor.items() if m]
            open_minor = dict.fromkeys(ALLOCATION, 0)
        else:
            what = movement.what or ("lent" if movement.rank == LENT else "charged")
            uses.append(_use(movement.bucket, movement, movement.minor, what))
            open_minor[movement.bucket] += movement.minor
        if surplus:
            surplus = _settle(open_minor, surplus, movement.on, uses, order)
    return uses, surplus


def _settle(
    open_minor: dict[str, int],
    surplus: list[Use],
    on: date,
    uses: list[Use],
    order: tuple[str, ...],
) -> list[Use]:
    """Use what is over on what stands open; gives back what remains."""
    left: list[Use] = []
    for money in surplus:
        rest = money.minor
        for bucket in order:
            take = min(rest, open_minor[bucket])
            if take:
                uses.append(Use(bucket, on, -take, money.entry_id, "paid", money.grade))
                open_minor[bucket] -= take
                rest -= take
        if rest:
            left.append(Use("", money.on, rest, money.entry_id, "paid", money.grade))
    return left


def _use(bucket: str, movement: Movement, minor: int, what: str) -> Use:
    return Use(bucket, movement.on, minor, movement.entry_id, what, movement.grade)
