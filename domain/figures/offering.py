"""Offers to all creditors out of what is available: in proportion to what each is owed.

What is owed is the position's figure on a day. Where that is Unknown, or on request, the lender's
own claim or an amount that the caller names is the weight instead; each row says which.
"""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.figures.calculation.shares import RESIDUE_RULE
from domain.figures.figure import RULES, Unknown
from domain.figures.position import position
from domain.figures.reading import LoanPosition
from domain.figures.token_offers import SMALL_RULE, token_offers
from domain.money import Money


class WeightSource(StrEnum):
    """What a creditor's weight is."""

    OWED = "owed"
    CLAIMED = "claimed"
    GIVEN = "given"


class OfferRow(msgspec.Struct, frozen=True, kw_only=True):
    """One loan in an offer calculation."""

    loan_id: UUID
    lender: str
    owed: Money | None
    """By the position, entries as recorded."""
    weight: Money | None
    """None for a loan without a share, see `unknown`."""
    weight_source: WeightSource | None
    share_pct: str | None
    """Its part of all weights, in per cent to two places; for people, no figure rests on it."""
    offer: Money | None
    is_token: bool
    payments_to_clear: int | None
    """How many such payments clear the weight, if nothing is added to it."""
    unknown: Unknown | None


class CreditorOffer(msgspec.Struct, frozen=True, kw_only=True):
    """All loans of one lender together."""

    lender: str
    weight: Money
    offer: Money


class OfferCalculation(msgspec.Struct, frozen=True, kw_only=True):
    """Offers on a day, and what the answer was made with."""

    case_id: UUID
    as_of: date
    known_at: int
    version: int
    rules: str
    available: Money
    offered: Money
    left: Money
    """Of what is available, what nobody is offered."""
    short: Money
    """By how much the offers are above what is available: tokens where there is too little."""
    token: Money
    minimum: Money
    residue_rule: str
    token_rule: str
    rows: tuple[OfferRow, ...]
    creditors: tuple[CreditorOffer, ...]


class OfferAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What offers are asked for."""

    available: Money
    """What there is: a month, or at once."""
    token: Money
    minimum: Money
    loan_ids: tuple[UUID, ...] = ()
    """Only these loans; empty: all in the currency of `available`."""
    by_claims: bool = False
    """Take each lender's latest claim as the weight, where it made one."""
    weights: Mapping[UUID, Money] = msgspec.field(default_factory=dict)
    """Amounts to take as weights instead, by loan."""


def offer_calculation(history: History, as_of: date, asked: OfferAsked) -> OfferCalculation:
    """Offers on the loans of a case on `as_of`. Pure.

    ValueError for a negative amount; CurrencyMismatch where the amounts are of several.
    """
    _ = asked.available + asked.token + asked.minimum
    currency = asked.available.currency
    loans = [
        loan
        for loan in position(history, as_of).loans
        if loan.currency == currency and loan.loan_id in (asked.loan_ids or (loan.loan_id,))
    ]
    weighed = [_weight(loan, asked) for loan in loans]
    weights = [weight.minor if weight else 0 for weight, _, _ in weighed]
    made, tokens = token_offers(
        asked.available.minor, weights, asked.token.minor, asked.minimum.minor
    )
    rows = tuple(
        _row(loan, *weighed[at], sum(weights), Money(made[at], currency), is_token=at in tokens)
        for at, loan in enumerate(loans)
    )
    over = sum(made) - asked.available.minor
    return OfferCalculation(
        case_id=history.case_id,
        as_of=as_of,
        known_at=history.position,
        version=history.version,
        rules=RULES,
        available=asked.available,
        offered=Money(sum(made), currency),
        left=Money(max(0, -over), currency),
        short=Money(max(0, over), currency),
        token=asked.token,
        minimum=asked.minimum,
        residue_rule=RESIDUE_RULE,
        token_rule=SMALL_RULE,
        rows=rows,
        creditors=_creditors(rows, currency),
    )


Weighed = tuple[Money | None, WeightSource | None, Unknown | None]


def _weight(loan: LoanPosition, asked: OfferAsked) -> Weighed:
    given = asked.weights.get(loan.loan_id)
    if given is not None:
        _ = given + asked.available
        return given, WeightSource.GIVEN, None
    if asked.by_claims and loan.claimed is not None:
        return loan.claimed.stated_total or loan.claimed.itemised, WeightSource.CLAIMED, None
    if loan.owed.amount is None:
        return None, None, loan.owed.unknown
    return loan.owed.amount, WeightSource.OWED, None


def _row(
    loan: LoanPosition,
    weight: Money | None,
    source: WeightSource | None,
    unknown: Unknown | None,
    whole_minor: int,
    offer: Money,
    *,
    is_token: bool,
) -> OfferRow:
    share = None
    if weight is not None and whole_minor:
        exact = Decimal(100 * weight.minor) / Decimal(whole_minor)
        share = str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    clears = weight is not None and weight.minor and offer.minor
    return OfferRow(
        loan_id=loan.loan_id,
        lender=loan.lender,
        owed=loan.owed.amount,
        weight=weight,
        weight_source=source,
        share_pct=share,
        offer=None if weight is None else offer,
        is_token=is_token,
        payments_to_clear=-(-weight.minor // offer.minor) if weight and clears else None,
        unknown=unknown,
    )


def _creditors(rows: tuple[OfferRow, ...], currency: str) -> tuple[CreditorOffer, ...]:
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.weight is not None and row.offer is not None:
            weight, offer = found.get(row.lender, (0, 0))
            found[row.lender] = weight + row.weight.minor, offer + row.offer.minor
    return tuple(
        CreditorOffer(lender=lender, weight=Money(weight, currency), offer=Money(offer, currency))
        for lender, (weight, offer) in found.items()
    )
