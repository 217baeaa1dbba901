"""What a line is run with and what comes out: steps, the course of a contract, the run.

No arithmetic of its own beyond sums; `running` is the loop.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.lending import ChargeKind
from domain.cases.terms import InterestRounding
from domain.facts import Grade
from domain.figures.metering import RatePeriod, Segment

ALL_DUE: Final = -1
"""Amount of a `Kind.DUE` step after which the whole principal is due."""


class Kind(IntEnum):
    """What happened, in the order within one day."""

    DUE = 0
    """The day after a due day: `minor` of the principal, in all, should have been paid back."""
    LENT = 1
    CHARGED = 2
    PAID = 3
    RENEWED = 4
    """A new contract took the debt over, at `minor` in all."""
    NEW_CHARGED = 5
    """Charged by a new contract on the day on which it took the debt over."""
    NEW_PAID = 6
    """Paid under a new contract on that day."""
    CAPITALISED = 7
    """Unpaid interest became principal, as the contract says."""
    PERIOD_ENDED = 8
    """A day on which interest is rounded, where the contract rounds each period."""


class Part(IntEnum):
    """What a payment is used on."""

    APART = 0
    """Costs of realising the claim, outside the cap."""
    COST = 1
    PRINCIPAL = 2
    LATER_COST = 3
    """Cost that comes after the principal by an agreed order."""


STATUTORY: Final = (Part.APART, Part.COST, Part.PRINCIPAL)
"""Costs of realising the claim, interest and what counts with it, principal (民法典 art. 561)."""


class Step(msgspec.Struct, frozen=True, gc=False):
    """Something that happened to the loan on a day; `minor` is in minor units."""

    on: date
    kind: Kind
    minor: int
    entry_id: UUID
    grade: Grade
    charge: ChargeKind | None = None
    withheld_minor: int = 0
    """Kept back at a disbursement."""


class Used(msgspec.Struct, frozen=True, gc=False):
    """Where a payment went, in minor units."""

    step: Step
    apart: int
    cost: int
    principal: int
    over: int


class Moved(msgspec.Struct, frozen=True, gc=False):
    """A change that is no payment: which step made it, what it is called, how much."""

    step: Step
    what: str
    minor: int


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """What a line is computed with."""

    rates: tuple[RatePeriod, ...] = ()
    """The rate that interest is claimed at."""
    late_rates: tuple[RatePeriod, ...] = ()
    """The rate claimed on what is overdue, in the place of the other."""
    caps: tuple[RatePeriod, ...] | None = None
    """What each contract's interest is cut at, on its own principal."""
    ceiling: tuple[RatePeriod, ...] | None = None
    """What all cost is cut at, on what was first lent, for the whole time; None: the caps."""
    keeps: tuple[RatePeriod, ...] | None = None
    """Rates up to which interest may be kept if it was paid within these periods; None: none."""
    both_ends: bool = False
    """The day a payment comes bears interest on what it pays back, and so does the last day."""
    rounding: InterestRounding = InterestRounding.AT_THE_END
    order: tuple[Part, ...] = STATUTORY
    later: frozenset[ChargeKind] = frozenset()
    """Charges that an agreed order puts behind the principal."""
    interest_later: bool = False
    apart: frozenset[ChargeKind] = frozenset()
    """Charges outside the cap's total."""
    apart_ids: frozenset[UUID] = frozenset()
    """Charges that were found to be outside of it."""
    inside_ids: frozenset[UUID] = frozenset()
    """Charges that were found to be inside of it."""
    before: "Course | None" = None
    """Of the contract taken over: its ends, rounding and order hold up to the renewal."""

    def is_apart(self, step: Step) -> bool:
        """Whether a charge stands outside the total that the cap limits."""
        if step.entry_id in self.apart_ids:
            return True
        return step.charge in self.apart and step.entry_id not in self.inside_ids


class Run(msgspec.Struct, kw_only=True):
    """A loan on a day, by one line. Amounts in minor units."""

    principal: int = 0
    apart: int = 0
    claimable: int = 0
    """Interest and counted charges in all, before any cap."""
    allowed: int | None = None
    """What the cap allows in all; None without a cap."""
    cost_paid: int = 0
    over: int = 0
    """Paid beyond everything: a claim to have it back."""
    segments: list[Segment] = msgspec.field(default_factory=list)
    unit: int = 1
    late_segments: list[Segment] = msgspec.field(default_factory=list)
    late_unit: int = 1
    charges: list[Step] = msgspec.field(default_factory=list)
    apart_charges: list[Step] = msgspec.field(default_factory=list)
    lent: list[Step] = msgspec.field(default_factory=list)
    used: list[Used] = msgspec.field(default_factory=list)
    moved: list[Moved] = msgspec.field(default_factory=list)
    """Between cost and principal, and what a renewal added or gave up."""

    @property
    def lawful(self) -> int:
        """Cost in all that the line gives: claimable, cut at what is allowed."""
        return self.claimable if self.allowed is None else min(self.claimable, self.allowed)

    @property
    def cost(self) -> int:
        """Cost that is still open."""
        return max(0, self.lawful - self.cost_paid)


class Member(msgspec.Struct, frozen=True):
    """One of several loans that run side by side."""

    loan_id: UUID
    steps: Sequence[Step]
    course: Course


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps by day, then by what they are, then by amount: order of recording has no say."""
    return sorted(steps, key=lambda s: (s.on, s.kind, s.minor, s.entry_id))
