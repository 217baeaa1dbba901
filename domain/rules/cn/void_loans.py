"""What follows when a court or a caseworker found a loan void (规定 13; law/cn.md 1.2).

Whether it is void is never decided here: the finding is recorded, with its author.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.cn import rule_ids as ids
from domain.rules.reference import ReferenceData


class Occupancy(StrEnum):
    """What the finding says of a fee for having had the money (资金占用费)."""

    NOT_SAID = "not-said"
    NONE = "none"
    LPR = "lpr"
    DEPOSIT_RATE = "deposit-rate"


class VoidFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded finding that the loan is void."""

    entry_id: UUID
    found_on: date
    occupancy: Occupancy = Occupancy.NOT_SAID
    rate_on: date | None = None
    """The day whose LPR the finding takes."""


class VoidLoan(msgspec.Struct, frozen=True, kw_only=True):
    """Principal less everything paid, and the fee rate if the finding gives one."""

    left: Money
    refund: Money
    """What was paid beyond the principal."""
    occupancy_rate_pct: Decimal | None
    """Per cent a year; None where the finding says there is no fee."""
    occupancy_unknown: Unknown | None
    rule_ids: tuple[str, ...] = (ids.VOID_LOAN,)


def void_loan(finding: VoidFinding, principal: Money, paid: Money, data: ReferenceData) -> VoidLoan:
    """Every payment, whatever it was called, comes off the principal as received.

    CurrencyMismatch across currencies.
    """
    rate = _rate(finding, data)
    zero = Money.zero(principal.currency)
    return VoidLoan(
        left=max(principal - paid, zero),
        refund=max(paid - principal, zero),
        occupancy_rate_pct=None if isinstance(rate, Unknown) else rate,
        occupancy_unknown=rate if isinstance(rate, Unknown) else None,
    )


def _rate(finding: VoidFinding, data: ReferenceData) -> Decimal | Unknown | None:
    if finding.occupancy is Occupancy.NONE:
        return None
    if finding.occupancy is Occupancy.LPR and finding.rate_on is not None:
        return data.lpr_1y.at(finding.rate_on)
    reason = {
        Occupancy.LPR: "the finding gives the LPR without its day",
        Occupancy.DEPOSIT_RATE: "the finding gives the deposit rate, which is not loaded",
    }.get(finding.occupancy, "the finding does not say what fee is owed for having had the money")
    return Unknown(reason=reason, settled_by="the judgment's words on 资金占用费")
