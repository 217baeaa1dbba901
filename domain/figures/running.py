"""Running a loan from its first day to a given one: interest accrues, payments are used.

One pure loop serves every labelled line; lines differ in what they are given: the rate, the cap,
which charges count. Interest is exact: whole grains, of which a minor unit has 365 * 10**12, so
that any rate with up to twelve decimal places is a whole number of them for a day. Rounding happens
where a payment is used and at the end, half-up to the minor unit.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from domain.facts import Grade

SCALE: Final = 10**12
GRAINS: Final = 365 * SCALE
"""Grains in a minor unit. Whole numbers add some ten times faster than fractions."""


def half_up(grains: int) -> int:
    """To whole minor units, halves up. Amounts here are never negative."""
    return (2 * grains + GRAINS) // (2 * GRAINS)


def scaled(rate_year: Fraction) -> int:
    """A yearly rate times SCALE; ValueError for one with more than twelve decimal places."""
    whole = rate_year * SCALE
    if whole.denominator != 1:
        raise ValueError(f"a rate of {rate_year} has more than twelve decimal places")
    return whole.numerator


def per_cent(rate: Fraction) -> str:
    """A rate as a decimal string in per cent, at most six places: `15.4`."""
    value = Decimal(rate.numerator * 100) / Decimal(rate.denominator)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text or "0"


class RatePeriod(msgspec.Struct, frozen=True, kw_only=True):
    """An annual rate in force from a day up to and including another; None: without end."""

    start: date
    end: date | None
    rate_year: Fraction | None
    """A fraction of one for a year of 365 days; None: no limit in this period."""
    rule_ids: tuple[str, ...] = ()


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to the loan on a day."""

    on: date
    kind: str
    """`lent`, `charged` or `paid`: the order within one day."""
    minor: int
    entry_id: UUID
    grade: Grade


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """Interest on one principal at one rate, first day in, last day out."""

    start: date
    end: date
    days: int
    principal_minor: int
    rate_pct: str
    """The rate in per cent a year, a decimal string."""
    grains: int
    """Interest, exactly: see GRAINS."""
    entry_id: UUID
    """What made the principal what it is: the last disbursement or payment before."""
    rule_ids: tuple[str, ...] = ()


class Used(msgspec.Struct, frozen=True, kw_only=True):
    """Where a payment went, in minor units."""

    step: Step
    to_cost: int
    to_principal: int
    over: int


class Run(msgspec.Struct, kw_only=True):
    """A loan on a day, by one line."""

    principal_minor: int = 0
    claimable: int = 0
    """Interest and counted charges in all, before any cap, in grains."""
    allowed: int | None = None
    """What the cap allows in all, in grains; None without a cap."""
    cost_paid_minor: int = 0
    over_minor: int = 0
    """Paid beyond everything: a claim to have it back."""
    segments: list[Segment] = msgspec.field(default_factory=list)
    charges: list[Step] = msgspec.field(default_factory=list)
    lent: list[Step] = msgspec.field(default_factory=list)
    used: list[Used] = msgspec.field(default_factory=list)

    @property
    def lawful_minor(self) -> int:
        """Cost in all that the line gives: claimable, cut at what is allowed."""
        claimable = half_up(self.claimable)
        return claimable if self.allowed is None else min(claimable, half_up(self.allowed))

    @property
    def cost_minor(self) -> int:
        """Cost still open. What was paid above it stays paid where the law lets it."""
        return max(0, self.lawful_minor - self.cost_paid_minor)


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """What a line is run with."""

    rates: tuple[RatePeriod, ...]
    """The rate that interest is claimed at."""
    caps: tuple[RatePeriod, ...] | None = None
    keeps: tuple[RatePeriod, ...] | None = None
    """Rates up to which interest may be kept if it was paid within these periods; None: none."""


_RANK: Final = {"lent": 0, "charged": 1, "paid": 2}


def run(steps: Sequence[Step], course: Course, as_of: date) -> Run:
    """The loan on `as_of`, after every step up to and including that day."""
    ordered = sorted(
        (step for step in steps if step.on <= as_of),
        key=lambda s: (s.on, _RANK[s.kind], s.minor, s.entry_id),
    )
    state = _State(Run(allowed=None if course.caps is None else 0), course)
    for step in ordered:
        state.accrue_to(step.on)
        state.take(step)
    state.accrue_to(as_of)
    return state.run


class _State:
    """The loop's own memory: the run so far, and up to which day interest has accrued."""

    def __init__(self, run_so_far: Run, course: Course) -> None:
        self.run = run_so_far
        self.course = course
        self.day: date | None = None
        self.keeping = 0
        self.rates = _spans(course.rates)
        self.caps = _spans(course.caps or ())
        self.keeps = _spans(course.keeps or ())
        self.cause: UUID | None = None

    def accrue_to(self, day: date) -> None:
        """Let interest accrue up to a day, that day not included."""
        start, principal = self.day, self.run.principal_minor
        if start is None or self.cause is None or principal == 0 or day <= start:
            self.day = day
            return
        for segment in _segments(self.rates, start, day, principal, self.cause):
            self.run.segments.append(segment)
            self.run.claimable += segment.grains
        if self.run.allowed is not None:
            self.run.allowed += _accrued(self.caps, start, day, principal)
        self.keeping += _accrued(self.keeps, start, day, principal)
        self.day = day

    def take(self, step: Step) -> None:
        """Take in what happened, after interest has accrued up to its day."""
        if step.kind == "lent":
            covered = min(step.minor, self.run.over_minor)
            self.run.over_minor -= covered
            self.run.principal_minor += step.minor - covered
            self.run.lent.append(step)
            self.cause = step.entry_id
        elif step.kind == "charged":
            self.run.claimable += step.minor * GRAINS
            self.run.charges.append(step)
        else:
            self._pay(step)

    def _pay(self, step: Step) -> None:
        due = max(0, self._payable(step.on) - self.run.cost_paid_minor)
        to_cost = min(step.minor, due)
        to_principal = min(step.minor - to_cost, self.run.principal_minor)
        over = step.minor - to_cost - to_principal
        self.run.cost_paid_minor += to_cost
        self.run.principal_minor -= to_principal
        self.run.over_minor += over
        self.run.used.append(Used(step=step, to_cost=to_cost, to_principal=to_principal, over=over))
        if to_principal:
            self.cause = step.entry_id

    def _payable(self, day: date) -> int:
        """Cost in all that a payment of this day may be used on."""
        claimable = half_up(self.run.claimable)
        if self.run.allowed is None:
            return claimable
        may_keep = any(span.start <= day < span.stop for span in self.keeps)
        return min(claimable, half_up(self.keeping if may_keep else self.run.allowed))


class _Span(NamedTuple):
    """A rate period made ready for the loop: half-open, its rate in whole numbers."""

    start: date
    stop: date
    scaled: int
    rule_ids: tuple[str, ...]
    rate_pct: str


def _spans(periods: Sequence[RatePeriod]) -> list[_Span]:
    return [
        _Span(
            period.start,
            date.max if period.end is None else period.end + timedelta(days=1),
            scaled(period.rate_year),
            period.rule_ids,
            per_cent(period.rate_year),
        )
        for period in periods
        if period.rate_year is not None
    ]


def _segments(
    spans: Sequence[_Span], start: date, end: date, principal: int, cause: UUID
) -> Iterator[Segment]:
    """The part of [start, end) that lies in each rate period, with its interest."""
    for span in spans:
        first, last = max(start, span.start), min(end, span.stop)
        if first < last:
            days = (last - first).days
            yield Segment(
                start=first,
                end=last,
                days=days,
                principal_minor=principal,
                rate_pct=span.rate_pct,
                grains=principal * span.scaled * days,
                entry_id=cause,
                rule_ids=span.rule_ids,
            )


def _accrued(spans: Sequence[_Span], start: date, end: date, principal: int) -> int:
    """Interest on [start, end) in grains, where nobody asks for its segments."""
    total = 0
    for span in spans:
        first, last = max(start, span.start), min(end, span.stop)
        if first < last:
            total += principal * span.scaled * (last - first).days
    return total
