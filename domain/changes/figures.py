"""Figures for one day, as they were known and as they are: which moved, and by how much."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from uuid import UUID

import msgspec

from domain.changes.entries import EntryChange
from domain.figures.figure import Figure
from domain.figures.reading import LoanPosition, Position, Total
from domain.money import Money

OF_ALL: Final = (
    "owed", "principal", "interest", "penalty", "fees", "paid", "pending", "overpaid", "arrears",
)  # fmt: skip
OF_LOAN: Final = (*OF_ALL, "lent", "withheld")
"""Names of the figures that are compared, as the position has them."""


class FigureMove(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that is another than it was."""

    figure: str
    """Its name in the position: `owed`, `paid`, `arrears`."""
    then: Money | None
    """None: it was not known, or there was no such loan."""
    now: Money | None
    """None: it is not known, or there is no such loan any more."""
    by: Money | None
    """Now less then; None where one of them is."""


class LoanChange(msgspec.Struct, frozen=True, kw_only=True):
    """A loan that is, or was, in the position."""

    loan_id: UUID
    lender: str
    currency: str
    is_new: bool
    """It was not in the position then."""
    is_gone: bool
    """It is not in the position now."""
    owed_then: Money | None
    owed_now: Money | None
    moves: tuple[FigureMove, ...]
    """None of them: every figure is as it was."""
    entries: tuple[UUID, ...]
    """Entries changed since that speak of it, first changed first."""


class TotalChange(msgspec.Struct, frozen=True, kw_only=True):
    """All loans in one currency together."""

    currency: str
    owed_then: Money | None
    owed_now: Money | None
    moves: tuple[FigureMove, ...]


def loan_changes(
    then: Position, now: Position, changed: Iterable[EntryChange]
) -> tuple[LoanChange, ...]:
    """Every loan of either position: those of now in its order, then those that are gone."""
    before = {loan.loan_id: loan for loan in then.loans}
    after = {loan.loan_id: loan for loan in now.loans}
    touched = _touched(changed)
    return tuple(
        _loan(loan_id, before.get(loan_id), after.get(loan_id), touched)
        for loan_id in {**after, **before}
    )


def total_changes(then: Position, now: Position) -> tuple[TotalChange, ...]:
    """Every currency of either position."""
    before = {total.currency: total for total in then.totals}
    after = {total.currency: total for total in now.totals}
    return tuple(
        TotalChange(
            currency=currency,
            owed_then=_amount(before.get(currency), "owed"),
            owed_now=_amount(after.get(currency), "owed"),
            moves=tuple(_moves(before.get(currency), after.get(currency), OF_ALL)),
        )
        for currency in sorted(before.keys() | after.keys())
    )


def _touched(changed: Iterable[EntryChange]) -> dict[UUID, tuple[UUID, ...]]:
    found: dict[UUID, dict[UUID, None]] = {}
    for change in changed:
        for loan_id in change.loan_ids:
            found.setdefault(loan_id, {})[change.entry_id] = None
    return {loan_id: tuple(entries) for loan_id, entries in found.items()}


def _loan(
    loan_id: UUID,
    then: LoanPosition | None,
    now: LoanPosition | None,
    touched: Mapping[UUID, tuple[UUID, ...]],
) -> LoanChange:
    stands = now or then
    if stands is None:
        raise ValueError(f"loan {loan_id} is in neither position")
    return LoanChange(
        loan_id=loan_id,
        lender=stands.lender,
        currency=stands.currency,
        is_new=then is None,
        is_gone=now is None,
        owed_then=_amount(then, "owed"),
        owed_now=_amount(now, "owed"),
        moves=tuple(_moves(then, now, OF_LOAN)),
        entries=touched.get(loan_id, ()),
    )


def _moves(
    then: LoanPosition | Total | None, now: LoanPosition | Total | None, names: Iterable[str]
) -> Iterator[FigureMove]:
    for name in names:
        was, is_now = _amount(then, name), _amount(now, name)
        if was != is_now:
            yield FigureMove(figure=name, then=was, now=is_now, by=_difference(was, is_now))


def _amount(held: LoanPosition | Total | None, name: str) -> Money | None:
    if held is None:
        return None
    figure: Figure = getattr(held, name)
    return figure.amount


def _difference(then: Money | None, now: Money | None) -> Money | None:
    # A loan keeps its currency: a correction may not change it.
    return None if then is None or now is None else now - then
