"""Charges that the table shown before signing does not name (loans from 2026-08-01)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.lending import ChargeKind, LenderClass, ShownCost
from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.licensed_caps import DISCLOSED_FROM, DISCLOSING

__all__ = ["Charged", "Disclosed", "Disclosure", "ShownCost", "disclosure_check"]


class Disclosed(StrEnum):
    """How the charges stand to the table."""

    NOT_APPLICABLE = "not-applicable"
    COMPLETE = "complete"
    NOT_IN_TABLE = "charges-not-in-table"


class Charged(msgspec.Struct, frozen=True, kw_only=True):
    """A charge on record."""

    entry_id: UUID
    kind: ChargeKind
    amount: Money
    payee: str | None = None
    """Company that charged it, where it is not the lender."""


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """The comparison, with the charges that the table does not name."""

    state: Disclosed
    not_in_table: tuple[UUID, ...] = ()
    amount: Money | None = None
    """Sum of those charges; None where there are none."""
    why: str
    rule_ids: tuple[str, ...] = (ids.DISCLOSED,)


FROM_TEXT: Final = DISCLOSED_FROM.isoformat()


def disclosure_check(
    formation: date,
    lender_class: LenderClass,
    table: Sequence[ShownCost] | None,
    charges: Sequence[Charged],
) -> Disclosure | Unknown:
    """Which charges the table does not name by kind and payee.

    Not applicable to contracts before 2026-08-01 and to lenders that need not show it. Unknown
    where the class is not known, or no table is on record (`table` is None; an empty table was
    shown and names nothing).
    """
    if formation < DISCLOSED_FROM:
        why = f"the contract of {formation} is older than {FROM_TEXT}"
        return Disclosure(state=Disclosed.NOT_APPLICABLE, why=why)
    if lender_class is LenderClass.UNKNOWN:
        return Unknown(
            reason="the kind of lender is not known", settled_by="the lender's licence, or none"
        )
    if lender_class not in DISCLOSING:
        why = f"a lender of the kind {lender_class} need not show the table"
        return Disclosure(state=Disclosed.NOT_APPLICABLE, why=why)
    if table is None:
        return Unknown(
            reason="the table of the all-in cost is not on record",
            settled_by="the table as shown and confirmed, or that none was shown",
        )
    named = {(item.kind, item.payee) for item in table}
    return _compared([c for c in charges if (c.kind, c.payee) not in named])


def _compared(strange: list[Charged]) -> Disclosure:
    if not strange:
        return Disclosure(state=Disclosed.COMPLETE, why="every charge on record is in the table")
    total = Money.zero(strange[0].amount.currency)
    for charge in strange:
        total += charge.amount
    return Disclosure(
        state=Disclosed.NOT_IN_TABLE,
        not_in_table=tuple(sorted(charge.entry_id for charge in strange)),
        amount=total,
        why="nothing may be charged that the table does not name",
    )
