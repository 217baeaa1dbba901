"""Money at times: what a rate is computed from, and why there may be none."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

import msgspec


class Flow(msgspec.Struct, frozen=True):
    """Money on a day: positive one way, negative the other; which is which does not matter."""

    on: date
    minor: int


class TimedFlow(msgspec.Struct, frozen=True):
    """Money at a time, in periods from the start; a part of a period is allowed."""

    periods: Fraction
    minor: int


class NotDefined(StrEnum):
    """Why there is no rate. Never a number instead."""

    NO_SIGN_CHANGE = "no-sign-change"
    """Money goes one way only: nothing is lent, or nothing is paid back."""
    SEVERAL_SIGN_CHANGES = "several-sign-changes"
    """The equation may have several roots, and none of them is the rate."""
    OUT_OF_RANGE = "out-of-range"
    """Growth of a year, or of a period, above a thousand million times; or next to nothing."""
    NO_COMMON_PERIOD = "no-common-period"
    """A nominal rate needs a period that recurs, and the days have none."""


def sign_changes(amounts: Sequence[int]) -> int:
    """How often amounts in order of time change sign; zeros do not count."""
    signs = [amount > 0 for amount in amounts if amount]
    return sum(one is not other for one, other in pairwise(signs))


def refusal(amounts: Sequence[int]) -> NotDefined | None:
    """Why flows in order of time, one at each time, have no rate; None where they have one.

    With one change of sign there is exactly one (Descartes' rule of signs).
    """
    changes = sign_changes(amounts)
    if changes == 0:
        return NotDefined.NO_SIGN_CHANGE
    return NotDefined.SEVERAL_SIGN_CHANGES if changes > 1 else None


def netted(flows: Iterable[TimedFlow]) -> list[TimedFlow]:
    """One flow for each time, in order: what moves at one time has no order of its own."""
    sums: dict[Fraction, int] = {}
    for flow in flows:
        sums[flow.periods] = sums.get(flow.periods, 0) + flow.minor
    return [TimedFlow(at, sums[at]) for at in sorted(sums) if sums[at]]


def netted_days(flows: Iterable[Flow]) -> list[Flow]:
    """One flow for each day on which money moved, in order."""
    sums: dict[date, int] = {}
    for flow in flows:
        sums[flow.on] = sums.get(flow.on, 0) + flow.minor
    return [Flow(on, sums[on]) for on in sorted(sums) if sums[on]]
