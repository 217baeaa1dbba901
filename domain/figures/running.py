"""Running a loan from its first day to a given one: interest accrues, payments are used.

One pure loop serves every labelled line; lines differ in what they are given: the rates and the
clock, the cap, which charges count, the order of payment. Interest is exact (`metering`); it is
rounded where the contract says, else where a payment is used and at the end, half-up to the minor
unit.

Cost is cumulative: at any moment it is the lesser of what is claimable and what the cap allows so
far, less what was paid on it. Interest that became principal bears interest, but there is a
ceiling on all cost, which grows on what was lent alone (法释〔2020〕17号 art. 27).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import IntEnum
from functools import partial
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.lending import ChargeKind
from domain.cases.terms import InterestRounding
from domain.facts import Grade
from domain.figures.metering import NOBODY, Meter, RatePeriod, Segment
from domain.figures.several import Shared, used_on

__all__ = ["Course", "Kind", "Part", "RatePeriod", "Run", "Segment", "Step", "Used", "run"]

_DAY: Final = timedelta(days=1)
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


def run(steps: Sequence[Step], course: Course, as_of: date) -> Run:
    """The loan on `as_of`, after every step up to and including that day.

    `steps` stand in order of days, within a day in the order of `Kind`.
    """
    state = _State(course)
    for step in steps:
        if step.on > as_of:
            break
        state.take(step)
    return state.end(as_of)


class Member(msgspec.Struct, frozen=True):
    """One of several loans that run side by side."""

    loan_id: UUID
    steps: Sequence[Step]
    course: Course


def run_together(
    members: Sequence[Member],
    payments: Sequence[tuple[Shared, Sequence[Sequence[UUID]]]],
    as_of: date,
) -> dict[UUID, Run]:
    """Several loans of one creditor on `as_of`, with payments that name none of them.

    `payments` come with their debts in the order of the rule (`several.ranked`).
    """
    states = {member.loan_id: _State(member.course) for member in members}
    todo: list[tuple[tuple[date, Kind, int, UUID], Callable[[], None]]] = []
    for member in members:
        for step in member.steps:
            key = (step.on, step.kind, step.minor, step.entry_id)
            todo.append((key, partial(states[member.loan_id].take, step)))
    for shared, groups in payments:
        kind = Kind.NEW_PAID if shared.is_anew else Kind.PAID
        key = (shared.on, kind, shared.minor, shared.entry_id)
        todo.append((key, partial(_share_out, states, shared, groups)))
    for key, take in sorted(todo, key=lambda each: each[0]):
        if key[0] <= as_of:
            take()
    return {loan_id: state.end(as_of) for loan_id, state in states.items()}


def _share_out(
    states: dict[UUID, "_State"], shared: Shared, groups: Sequence[Sequence[UUID]]
) -> None:
    for loan_id, minor in used_on(shared, groups, states).items():
        paid = Step(shared.on, Kind.PAID, minor, shared.entry_id, shared.grade)
        states[loan_id].take(paid)


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps by day, then by what they are, then by amount: order of recording has no say."""
    return sorted(steps, key=lambda s: (s.on, s.kind, s.minor, s.entry_id))


def _manners(course: Course) -> Iterator[Course]:
    """The contract's course and those of the ones taken over, the first contract last."""
    yield course
    if course.before is not None:
        yield from _manners(course.before)


class _State:
    """The loop's own memory."""

    def __init__(self, course: Course) -> None:
        self.run = Run()
        self.course = course
        self.manners = list(_manners(course))
        """Ends, rounding and order of each contract to come, the next one last."""
        self.lent = 0
        """By the contract in force: what it lent, and what it took over."""
        self.own = 0
        """What of that is open, without interest that became principal under it."""
        self.base = 0
        """Principal without interest that became principal: what the ceiling grows on."""
        self.charged = self.later_charged = self.later_paid = 0
        self.charges_open = 0
        """Charges that no payment has met: they come before interest, and never bear any."""
        self.kept = 0
        """Paid over the cap while that could be kept: it meets nothing that runs later."""
        self.unused = 0
        """Room under the caps of earlier contracts that their interest did not fill."""
        self.due = 0
        self.term = Meter(course.rates)
        self.late = Meter(course.late_rates) if course.late_rates else None
        self.cap = None if course.caps is None else Meter(course.caps, is_kept=False)
        self.top: Meter | None = None
        """The ceiling, from where interest first became principal: until then it is the cap."""
        if course.ceiling is not None:
            self.top = Meter(course.ceiling, is_kept=False)
        self.keep = Meter(course.keeps, is_kept=False) if course.keeps else None
        self._behave(self.manners.pop())

    def _behave(self, manner: Course) -> None:
        """The ends, rounding and order of this contract hold from now on."""
        self.manner = manner
        self.rounds = manner.rounding is not InterestRounding.AT_THE_END
        self.is_statutory = manner.order == STATUTORY

    def take(self, step: Step) -> None:
        """Take in what happened."""
        match step.kind:
            case Kind.PAID | Kind.NEW_PAID:
                self._pay(step)
            case Kind.CHARGED | Kind.NEW_CHARGED:
                self._charge(step)
            case Kind.LENT:
                self._lend(step)
            case Kind.DUE:
                self._fall_due(step)
            case Kind.RENEWED:
                self._renew(step)
            case Kind.CAPITALISED:
                self._capitalise(step)
            case Kind.PERIOD_ENDED:
                self._round(step.on)

    def open_on(self, day: date) -> int:
        """Everything open on a day, before its payments."""
        at = day + _DAY if self.manner.both_ends else day
        cost = max(0, self._payable(at, day) - self.run.cost_paid)
        return self.run.apart + cost + self.run.principal

    def end(self, as_of: date) -> Run:
        """Close the books on a day."""
        at = as_of + _DAY if self.manner.both_ends else as_of
        found = self.run
        found.claimable = self._claimed(at)
        found.allowed = None if self.cap is None else self._allowed(self.cap, as_of)
        self.term.change(at, 0, 0, NOBODY)
        found.segments, found.unit = self.term.segments, self.term.unit
        if self.late is not None:
            self.late.change(at, 0, 0, NOBODY)
            found.late_segments, found.late_unit = self.late.segments, self.late.unit
        return found

    def _lend(self, step: Step) -> None:
        found = self.run
        covered = min(step.minor, found.over)
        found.over -= covered
        found.lent.append(step)
        self.lent += step.minor
        self.own += step.minor - covered
        self._owe(step.on, step, step.minor - covered, base=step.minor - covered)

    def _charge(self, step: Step) -> None:
        found = self.run
        if self.course.is_apart(step):
            found.apart_charges.append(step)
            found.apart += step.minor
        else:
            found.charges.append(step)
            self.charged += step.minor
            self.charges_open += step.minor
            if step.charge in self.manner.later:
                self.later_charged += step.minor
        if found.over:
            self._set_off(step)

    def _set_off(self, step: Step) -> None:
        """What was paid beyond everything meets what is charged later."""
        found = self.run
        if self.course.is_apart(step):
            took = min(found.over, found.apart)
            found.apart -= took
            what = "set-off-apart"
        else:
            open_cost = self._payable(step.on, step.on) - found.cost_paid
            took = max(0, min(found.over, open_cost))
            self._met(took, step.on)
            what = "set-off"
        found.over -= took
        if took:
            found.moved.append(Moved(step, what, took))

    def _pay(self, step: Step) -> None:
        found, at = self.run, self._end_of(step)
        if self.rounds:
            self._round(at)
        open_cost = self._payable(at, step.on) - found.cost_paid
        if self.is_statutory:
            used = self._by_statute(step, max(0, open_cost))
        else:
            used = self._by_order(step, at, max(0, open_cost))
        found.apart -= used.apart
        self._met(used.cost, step.on)
        found.over += used.over
        found.used.append(used)
        if used.principal:
            self._repay(at, step, used.principal)

    def _met(self, minor: int, day: date) -> None:
        """Something was paid on cost."""
        self.run.cost_paid += minor
        if self.cap is not None and self.keep is not None and self._may_keep(day):
            over = self.run.cost_paid - self._allowed(self.cap, day)
            self.kept += max(0, over)
        self.charges_open = max(0, self.charges_open - minor)

    def _by_statute(self, step: Step, open_cost: int) -> Used:
        """Costs of realising the claim, what is open of the cost, principal, and what is over."""
        found, left = self.run, step.minor
        apart = min(found.apart, left)
        left -= apart
        cost = min(open_cost, left)
        left -= cost
        principal = min(found.principal, left)
        return Used(step, apart, cost, principal, left - principal)

    def _by_order(self, step: Step, at: date, open_cost: int) -> Used:
        """The same in the order that was agreed."""
        found, left = self.run, step.minor
        apart = cost = principal = 0
        first = self._before(at, open_cost)
        for part in self.manner.order:
            if part is Part.APART:
                took = apart = min(left, found.apart)
            elif part is Part.PRINCIPAL:
                took = principal = min(left, found.principal)
            else:
                took = min(left, first if part is Part.COST else open_cost - cost)
                cost += took
                if part is Part.LATER_COST:
                    self.later_paid += took
            left -= took
        return Used(step, apart, cost, principal, left)

    def _before(self, at: date, open_cost: int) -> int:
        """The part of the open cost that comes before the principal by an agreed order."""
        later = self.later_charged
        if self.manner.interest_later:
            later += self._interest(at)
        first = self._claimed(at) - later
        return max(0, min(open_cost, first - (self.run.cost_paid - self.later_paid)))

    def _repay(self, at: date, step: Step, minor: int) -> None:
        """Principal goes down; interest that became principal first (law/cn.md 1.6)."""
        added = self.run.principal - self.base
        self.own -= max(0, minor - (self.run.principal - self.own))
        self._owe(at, step, -minor, base=-max(0, minor - added))

    def _owe(self, at: date, step: Step, minor: int, *, base: int) -> None:
        """The principal changes from a day on, and with it what the meters run on."""
        self.run.principal += minor
        self.base += base
        self._set(at, step.on, step.entry_id)

    def _set(self, at: date, day: date, cause: UUID) -> None:
        principal, late = self.run.principal, 0
        if self.late is not None:
            late = self._overdue()
            self.late.change(at, late, self.lent, cause)
        self.term.change(at, principal - late, self.lent, cause)
        if self.cap is not None:
            self.cap.change(day, principal, self.lent, cause)
        if self.top is not None:
            self.top.change(day, self.base, self.lent, cause)
        if self.keep is not None:
            self.keep.change(day, self.base, self.lent, cause)

    def _overdue(self) -> int:
        principal = self.run.principal
        if self.due == ALL_DUE:
            return principal
        return min(principal, max(0, self.due - (self.lent - self.own)))

    def _fall_due(self, step: Step) -> None:
        if self.due != ALL_DUE:
            self.due = step.minor
            self._set(step.on, step.on, step.entry_id)

    def _renew(self, step: Step) -> None:
        """A new contract names the whole debt anew: open cost becomes principal as far as it may.

        What the new sum holds beyond everything open is claimable by the contract and nothing
        more; what it does not hold was given up. Cost over the cap stays behind: it cannot become
        principal, and no later room under the cap brings it back (法释〔2020〕17号 art. 27).
        """
        found, at = self.run, self._end_of(step)
        beyond = step.minor - found.principal - (self._claimed(at) - found.cost_paid)
        beyond -= self._carry_apart(step, max(0, min(beyond, found.apart)))
        if beyond > 0:
            self._adjust(step, "added-at-renewal", beyond)
        # Each contract's interest is held to its own cap; the ceiling over all comes at the end.
        over = self._claimed(at) - self._own_cap(self.cap, step.on) if self.cap else 0
        if over > 0:
            self._adjust(step, "over-the-cap", -over)
        open_cost = max(0, self._claimed(at) - found.cost_paid)
        carried = max(0, min(open_cost, step.minor - found.principal))
        if carried < open_cost:
            self._adjust(step, "given-up", carried - open_cost)
        self._become_principal(step, carried)
        if step.minor < found.principal:
            given_up = found.principal - step.minor
            found.moved.append(Moved(step, "principal-given-up", given_up))
            self._repay(at, step, given_up)
        # Whatever was overdue is due anew by the new contract, whose own terms hold from here.
        self.due, self.charges_open = 0, 0
        self.lent = self.own = found.principal
        if self.cap is not None:
            room = self._own_cap(self.cap, step.on) - self._claimed(at)
            self.unused += max(0, room)
        self._set(at, step.on, step.entry_id)
        if self.manners:
            self._behave(self.manners.pop())
        self.later_paid = self.later_charged
        if self.manner.interest_later:
            self.later_paid += self._interest(at)

    def _carry_apart(self, step: Step, minor: int) -> int:
        """Costs of realising the claim that the new contract names too become principal."""
        if minor > 0:
            self.run.apart -= minor
            self.run.moved.append(Moved(step, "apart-became-principal", minor))
            self._owe(self._end_of(step), step, minor, base=0)
        return minor

    def _adjust(self, step: Step, what: str, minor: int) -> None:
        self.charged += minor
        self.run.moved.append(Moved(step, what, minor))

    def _capitalise(self, step: Step) -> None:
        """Unpaid interest becomes principal; penalties and fees bear none."""
        at = self._end_of(step)
        if self.rounds:
            self._round(at)
        # What may be kept once paid is not supported unpaid (rule of 2015 art. 28).
        lawful = self._claimed(at)
        if self.cap is not None:
            lawful = min(lawful, self._allowed(self.cap, step.on))
        open_cost = max(0, lawful - self.run.cost_paid)
        interest = self._claimed(at) - self.run.cost_paid - self.charges_open
        minor = max(0, min(open_cost, interest))
        if self.manner.interest_later:
            self.later_paid += minor
        self._become_principal(step, minor)

    def _become_principal(self, step: Step, minor: int) -> None:
        if minor > 0:
            self.run.cost_paid += minor
            self.run.moved.append(Moved(step, "became-principal", minor))
            self._owe(self._end_of(step), step, minor, base=0)

    def _end_of(self, step: Step) -> date:
        """Up to where interest runs at a step that ends a day."""
        return step.on + _DAY if self.manner.both_ends else step.on

    def _round(self, at: date) -> None:
        down = self.manner.rounding is InterestRounding.EACH_PERIOD_DOWN
        self.term.round(at, down=down)
        if self.late is not None:
            self.late.round(at, down=down)

    def _interest(self, at: date) -> int:
        """Interest in all, up to a day, before any cap."""
        term = self.term.minor(at)
        return term if self.late is None else term + self.late.minor(at)

    def _claimed(self, at: date) -> int:
        """Interest and charges in all, before any cap."""
        return self._interest(at) + self.charged

    def _payable(self, at: date, day: date) -> int:
        """Cost in all that a payment of this day may be used on."""
        claimed = self._claimed(at)
        cap = self.cap
        if cap is None:
            return claimed
        if self.keep is not None and self._may_keep(day):
            return min(claimed, self.keep.minor(day))
        return min(claimed, self._allowed(cap, day))

    def _allowed(self, cap: Meter, day: date) -> int:
        own = cap.minor(day) - self.unused + self.kept
        return own if self.top is None else min(own, self.top.minor(day) + self.kept)

    def _own_cap(self, cap: Meter, day: date) -> int:
        return cap.minor(day) - self.unused + self.kept

    def _may_keep(self, day: date) -> bool:
        return any(
            period.start <= day and (period.end is None or day <= period.end)
            for period in self.course.keeps or ()
        )
