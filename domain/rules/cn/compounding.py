"""Re-signed debts: what may become principal, and the ceiling over the whole time (规定 27)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import msgspec

from domain.money import Money
from domain.rules.cn import rule_ids as ids
from domain.rules.rounding import half_up

DAYS_A_YEAR: Final = 365


class Stretch(msgspec.Struct, frozen=True):
    """Time under one cap: per cent a year, and how many years as an exact fraction."""

    cap_pct: Decimal
    years: Fraction


class Compounded(msgspec.Struct, frozen=True, kw_only=True):
    """The two steps of article 27 and what is left of a claim."""

    principal: Money
    """Step 1: the principal that the last signature could make."""
    ceiling: Money
    """Step 2: the first principal with interest at the cap for the whole time."""
    lawful: Money
    """The lowest of the claim, step 1 with its interest at the cap, and the ceiling."""
    rule_ids: tuple[str, ...] = (ids.COMPOUNDING,)


def years_between(start: date, end: date) -> Fraction:
    """Years by actual days over 365; the last day does not count. ValueError when it is before."""
    if end < start:
        raise ValueError("the time ends before it starts")
    return Fraction((end - start).days, DAYS_A_YEAR)


def renewed_principal(old: Money, re_signed: Money, time: Sequence[Stretch]) -> Money:
    """Step 1: the re-signed sum, as far as the interest in it is within the cap.

    `time` is that of the renewed loan. Rounded half up to the minor unit.
    """
    return min(re_signed, _at_cap(old, time))


def ceiling(first: Money, time: Sequence[Stretch]) -> Money:
    """Step 2: first principal + first principal x cap x the whole time, simple interest."""
    return _at_cap(first, time)


def compounding(
    first: Money,
    renewals: Sequence[tuple[Money, Sequence[Stretch]]],
    last_time: Sequence[Stretch],
    claim: Money,
) -> Compounded:
    """A chain of re-signed loans: each sum signed with the time since the signature before it.

    `last_time` runs from the last signature to the day of the claim. Nothing was paid between;
    where something was, the engine allocates it. CurrencyMismatch across currencies.
    """
    principal = first
    whole: list[Stretch] = []
    for re_signed, time in renewals:
        principal = renewed_principal(principal, re_signed, time)
        whole.extend(time)
    limit = ceiling(first, [*whole, *last_time])
    return Compounded(
        principal=principal,
        ceiling=limit,
        lawful=min(claim, limit, _at_cap(principal, last_time)),
    )


def _at_cap(principal: Money, time: Sequence[Stretch]) -> Money:
    growth = sum((Fraction(part.cap_pct) * part.years / 100 for part in time), Fraction(1))
    return half_up(principal.minor * growth, principal.currency)
