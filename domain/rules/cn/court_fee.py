"""The court's fee for a claim of money, by bands (诉讼费用交纳办法 13)."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

import msgspec

from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.cn import rule_ids as ids
from domain.rules.rounding import half_up

FLAT_YUAN: Final = 50
FLAT_TO_YUAN: Final = 10_000
BANDS: Final = (
    (100_000, Decimal("2.5")),
    (200_000, Decimal(2)),
    (500_000, Decimal("1.5")),
    (1_000_000, Decimal(1)),
    (2_000_000, Decimal("0.9")),
    (5_000_000, Decimal("0.8")),
    (10_000_000, Decimal("0.7")),
    (20_000_000, Decimal("0.6")),
    (None, Decimal("0.5")),
)
"""Upper edge in yuan, inclusive, and per cent of what lies in the band."""
FEN: Final = 100


class CourtFee(msgspec.Struct, frozen=True, kw_only=True):
    """The fee, and half of it for mediation, withdrawal or summary procedure."""

    fee: Money
    half: Money
    rule_ids: tuple[str, ...] = (ids.COURT_FEE, ids.COURT_FEE_HALF)


def court_fee(claim: Money) -> CourtFee | Unknown:
    """The fee for a claim of `claim`, rounded half up to the fen.

    Unknown for a claim of nothing or less, or not in yuan.
    """
    if claim.currency != "CNY":
        return Unknown(
            reason=f"the bands are in yuan, the claim in {claim.currency}",
            settled_by="the claim as the court put it in yuan",
        )
    if claim.minor <= 0:
        return Unknown(reason="the claim names no sum", settled_by="the sum claimed in the suit")
    exact = _in_bands(Fraction(claim.minor, FEN)) * FEN
    return CourtFee(fee=half_up(exact, "CNY"), half=half_up(exact / 2, "CNY"))


def _in_bands(yuan: Fraction) -> Fraction:
    total, floor = Fraction(FLAT_YUAN), FLAT_TO_YUAN
    for edge, per_cent in BANDS:
        if yuan <= floor:
            break
        top = yuan if edge is None else min(yuan, Fraction(edge))
        total += (top - floor) * Fraction(per_cent) / 100
        floor = edge or floor
        if edge is None:
            break
    return total
