"""The rate of one period: the growth at which what was lent and what was paid are worth the same.

With one change of sign the present value falls or rises through nil exactly once. The root is
bracketed from one outward, then found by Newton's steps inside the bracket, halved wherever a
step leaves it or gains too little: so it is always found, and always the same.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext
from fractions import Fraction
from math import lcm
from typing import Final

from domain.figures.calculation.flows import NotDefined, TimedFlow, netted, refusal

PRECISION: Final = 50
"""Digits that are carried while a root is looked for."""
_TOLERANCE: Final = Decimal("1e-38")
_GROWTH_MAX: Final = Decimal("1e9")
_STEPS_MAX: Final = 1000

_Term = tuple[int, int, Decimal]
"""Amount, whole periods, part of a period."""
_Curve = Callable[[Decimal], tuple[Decimal, Decimal]]
"""Present value and its slope at a growth."""


@contextmanager
def working() -> Iterator[None]:
    """The decimal context in which rates are computed, whatever the caller's is."""
    with localcontext() as context:
        context.prec = PRECISION
        context.Emax, context.Emin = MAX_EMAX, MIN_EMIN
        yield


def simple_in_parts(flows: Sequence[TimedFlow]) -> Decimal | NotDefined:
    """The rate of a period, simple interest within a part of one (Regulation Z App. J (b)(8)).

    Times are at least zero. The result has about 35 correct digits.
    """
    standing = netted(flows)
    refused = refusal([flow.minor for flow in standing])
    if refused:
        return refused
    with working():
        growth = _growth([_term(flow) for flow in standing])
        return growth if isinstance(growth, NotDefined) else growth - 1


def compounding(flows: Sequence[TimedFlow], periods: Fraction) -> Decimal | NotDefined:
    """The rate of `periods` periods together, compounding within parts of a period too."""
    standing = netted(flows)
    refused = refusal([flow.minor for flow in standing])
    if refused:
        return refused
    # In the common fraction of all times the powers are whole: exact and quick.
    parts = lcm(*(flow.periods.denominator for flow in standing))
    with working():
        growth = _growth([(f.minor, int(f.periods * parts), Decimal(0)) for f in standing])
        if isinstance(growth, NotDefined):
            return growth
        power = periods * parts
        return growth ** (Decimal(power.numerator) / Decimal(power.denominator)) - 1


def _term(flow: TimedFlow) -> _Term:
    whole, part = divmod(flow.periods, 1)
    return flow.minor, int(whole), Decimal(part.numerator) / Decimal(part.denominator)


def _growth(terms: Sequence[_Term]) -> Decimal | NotDefined:
    def curve(growth: Decimal) -> tuple[Decimal, Decimal]:
        value = slope = Decimal(0)
        for minor, whole, part in terms:
            simple = 1 + part * (growth - 1)
            worth = minor / (simple * growth**whole)
            value += worth
            slope -= worth * (part / simple + whole / growth)
        return value, slope

    return _solve(curve)


def _solve(curve: _Curve) -> Decimal | NotDefined:
    """Where `curve` is nil; a growth of one, a loan without cost, is found exactly."""
    value, _ = curve(Decimal(1))
    if value == 0:
        return Decimal(1)
    step = Decimal("1e-6")
    low = high = Decimal(1)
    while curve(high)[0].is_signed() == value.is_signed():
        if curve(low)[0].is_signed() != value.is_signed():
            return _within(curve, low, Decimal(1))
        high, low, step = 1 + step, 1 / (1 + step), step * 4
        if high > _GROWTH_MAX:
            return NotDefined.OUT_OF_RANGE
    return _within(curve, Decimal(1), high)


def _within(curve: _Curve, low: Decimal, high: Decimal) -> Decimal:
    """The root between `low` and `high`, at which the curve has different signs."""
    sign = curve(low)[0].is_signed()
    at, before = (low + high) / 2, Decimal("Infinity")
    for _ in range(_STEPS_MAX):
        value, slope = curve(at)
        if value == 0:
            return at
        low, high = (at, high) if value.is_signed() == sign else (low, at)
        following = at - value / slope if slope else low
        is_slow = abs(value) * 2 > before
        if is_slow or not low <= following <= high:
            following = (low + high) / 2
        if abs(following - at) <= _TOLERANCE * at or high - low <= _TOLERANCE * at:
            return following
        at, before = following, abs(value)
    return at
