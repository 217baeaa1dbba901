"""Running a loan from its first day to a given one: interest accrues, payments are used.

One pure loop serves every labelled line; lines differ in what they are given: the rates and the
clock, the cap, which charges count, the order of payment. Interest is exact (`metering`); it is
rounded where the contract says, else where a payment is used and at the end, half-up to the minor
unit.

Cost is cumulative: at any moment it is the lesser of what is claimable and what the cap allows so
far, less what was paid on it. Interest that became principal bears interest, but there is a
ceiling on all cost, which grows on what was lent alone (法释〔2020〕17号 art. 27).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.cases.terms import InterestRounding
from domain.figures.course import (
    ALL_DUE,
    STATUTORY,
    Course,
    Kind,
    Moved,
    Part,
    Run,
    Step,
    Used,
)
from domain.figures.metering import NOBODY, Meter

_DAY: Final = timedelta(days=1)


def run(steps: Sequence[Step], course: Course, as_of: date) -> Run:
    """The loan on `as_of`, after every step up to and including that day.

    `steps` stand in order of days, within a day in the order of `Kind`.
    """
    state = State(course)
    for step in steps:
        if step.on > as_of:
            break
        state.take(step)
    return state.end(as_of)


def _manners(course: Course) -> Iterator[Course]:
    """The contract's course and those of the ones taken over, the first contract last."""
    yield course
    if course.before is not None:
        yield from _manners(course.before)


class State:
    """The loop's own memory: a loan while its steps are taken in."""

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
        # Here and in `_payable` comparisons are written out and nothing is called twice: most
        # steps of a long case are payments, and a call costs as much as the arithmetic.
        found, at = self.run, self._end_of(step)
        if self.rounds:
            self._round(at)
        open_cost = self._payable(at, step.on) - found.cost_paid
        if open_cost < 0:
            open_cost = 0
        if self.is_statutory:
            left = step.minor
            apart = left if left < found.apart else found.apart
            left -= apart
            cost = left if left < open_cost else open_cost
            left -= cost
            principal = left if left < found.principal else found.principal
            used = Used(step, apart, cost, principal, left - principal)
        else:
            used = self._by_order(step, at, open_cost)
        found.apart -= used.apart
        if used.cost:
            self._met(used.cost, step.on)
        found.over += used.over
        found.used.append(used)
        if used.principal:
            self._repay(at, step, used.principal)

    def _met(self, minor: int, day: date) -> None:
        """Something was paid on cost."""
        self.run.cost_paid += minor
        if self.keep is not None and self.cap is not None and self._may_keep(day):
            over = self.run.cost_paid - self._allowed(self.cap, day)
            self.kept += max(0, over)
        if self.charges_open:
            self.charges_open = max(0, self.charges_open - minor)

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
        # Head interest named again was never lent, by whichever paper (法释〔2020〕17号 art. 26).
        beyond -= min(max(0, beyond), step.withheld_minor)
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
        claimed = self.term.minor(at) + self.charged
        if self.late is not None:
            claimed += self.late.minor(at)
        cap = self.cap
        if cap is None:
            return claimed
        if self.keep is not None and self._may_keep(day):
            return min(claimed, self.keep.minor(day))
        allowed = self._allowed(cap, day)
        return claimed if claimed < allowed else allowed

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
