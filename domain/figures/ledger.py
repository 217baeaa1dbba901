"""The ledger of one loan: its money movements in order of days, and where each payment went.

The same facts give the same ledger in whatever order they were recorded. On one day, what was
paid out comes first, then what was charged, then what was paid (domain rule, not arrival).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.history import Entry
from domain.cases.lending import ChargeMade, LoanDisbursed, LoanTaken, part_of
from domain.cases.payments import (
    PaymentBounced,
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
    PaymentReversed,
)
from domain.facts import Grade
from domain.figures.several import Shared, shared_payment, used_on

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
    """Expired, bounced or reversed by then."""


def outcomes(entries: Iterable[Entry], as_of: date) -> Outcomes:
    """Credits, expiries, bounces and reversals up to and including `as_of`."""
    credited: dict[UUID, date] = {}
    ended: set[UUID] = set()
    for entry in entries:
        fact = entry.fact
        if entry.is_withdrawn or not isinstance(
            fact, PaymentCredited | PaymentExpired | PaymentBounced | PaymentReversed
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
    """Payments sent by `as_of`, credited or still pending then; what went back is out."""
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


def shared_payments(entries: Iterable[Entry], known: Outcomes, as_of: date) -> Iterator[Shared]:
    """Payments credited by `as_of` that could be for several debts, in order of days."""
    some = [entry for entry in entries if getattr(entry.fact, "also_for", ())]
    by_id = {entry.entry_id: entry for entry in some}
    for paid in sorted(payments_of(some, known, as_of).credited, key=_in_order):
        shared = shared_payment(by_id[paid.entry_id], paid.on, paid.minor)
        if shared is not None:
            yield shared


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
    book = _Ledger(order)
    for movement in sorted(movements, key=_in_order):
        book.take(movement)
    return book.uses, book.surplus


def share_out(
    loans: Mapping[UUID, tuple[list[Movement], tuple[str, ...]]],
    payments: Iterable[tuple[Shared, Sequence[Sequence[UUID]]]],
) -> dict[UUID, list[Movement]]:
    """Payments that name no debt, as payments on each: by what is open on every one of them.

    `loans` gives each loan's other movements and its order of payment.
    """
    books = {loan_id: _Ledger(order) for loan_id, (_, order) in loans.items()}
    todo: list[tuple[Movement, Callable[[], list[tuple[UUID, Movement]]]]] = []
    for loan_id, (movements, _) in loans.items():
        todo += [(each, partial(_taken, books[loan_id], each)) for each in movements]
    for shared, groups in payments:
        paid = Movement(shared.on, PAID, shared.minor, shared.entry_id, "", shared.grade)
        todo.append((paid, partial(_split, books, shared, groups)))
    found: dict[UUID, list[Movement]] = {loan_id: [] for loan_id in loans}
    for _, act in sorted(todo, key=lambda each: _in_order(each[0])):
        for loan_id, movement in act():
            found[loan_id].append(movement)
    return found


def _taken(book: "_Ledger", movement: Movement) -> list[tuple[UUID, Movement]]:
    book.take(movement)
    return []


def _split(
    books: dict[UUID, "_Ledger"], shared: Shared, groups: Sequence[Sequence[UUID]]
) -> list[tuple[UUID, Movement]]:
    made = [
        (loan_id, Movement(shared.on, PAID, minor, shared.entry_id, "", shared.grade))
        for loan_id, minor in used_on(shared, groups, books).items()
    ]
    for loan_id, movement in made:
        books[loan_id].take(movement)
    return made


def _in_order(movement: Movement) -> tuple[date, int, int, UUID]:
    return movement.on, movement.rank, movement.minor, movement.entry_id


class _Ledger:
    """What stands open of a loan while its movements are taken in."""

    def __init__(self, order: tuple[str, ...]) -> None:
        self.order = order
        self.open = dict.fromkeys(ALLOCATION, 0)
        self.uses: list[Use] = []
        self.surplus: list[Use] = []

    def open_on(self, day: date) -> int:  # noqa: ARG002 - nothing accrues here
        """What is open, in minor units."""
        return sum(self.open.values())

    def take(self, movement: Movement) -> None:
        """Take in the next movement in order of days."""
        if movement.rank == PAID:
            self.surplus.append(_use("", movement, movement.minor, "paid"))
        elif movement.rank == RENEWED:
            held = [(bucket, minor) for bucket, minor in self.open.items() if minor]
            self.uses += [_use(bucket, movement, -minor, movement.what) for bucket, minor in held]
            self.open = dict.fromkeys(ALLOCATION, 0)
        else:
            what = movement.what or ("lent" if movement.rank == LENT else "charged")
            self.uses.append(_use(movement.bucket, movement, movement.minor, what))
            self.open[movement.bucket] += movement.minor
        if self.surplus:
            self.surplus = list(self._settled(movement.on))

    def _settled(self, on: date) -> Iterator[Use]:
        """Use what is over on what stands open; gives back what remains."""
        for money in self.surplus:
            rest = money.minor
            for bucket in self.order:
                take = min(rest, self.open[bucket])
                if take:
                    self.uses.append(Use(bucket, on, -take, money.entry_id, "paid", money.grade))
                    self.open[bucket] -= take
                    rest -= take
            if rest:
                yield Use("", money.on, rest, money.entry_id, "paid", money.grade)


def _use(bucket: str, movement: Movement, minor: int, what: str) -> Use:
    return Use(bucket, movement.on, minor, movement.entry_id, what, movement.grade)
