"""A slow, obvious run of a loan, a day at a time in exact fractions: what the loop is held to."""

from datetime import date, timedelta
from fractions import Fraction

from domain.figures.course import ALL_DUE, Course, Kind, Part

DAY = timedelta(days=1)


def half_up(amount: Fraction) -> int:
    return int((2 * amount + 1) // 2)


def rate_on(periods, day):
    for period in periods or ():
        if period.start <= day and (period.end is None or day <= period.end):
            return period
    return None


def for_the_day(periods, day, principal, lent):
    period = rate_on(periods, day)
    if period is None or period.rate_year is None:
        return Fraction(0)
    clock, base = period.clock, lent if period.flat and principal else principal
    ticks = clock.tick(day + DAY) - clock.tick(day)
    return base * period.rate_year * Fraction(ticks, clock.ticks_a_year)


class Slow:
    """Everything by its plain meaning; nothing is kept that could be worked out again."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.term_interest = self.late_interest = Fraction(0)
        self.allowed = self.topped = self.keeping = Fraction(0)
        self.charges = self.later_charges = self.paid = self.later_paid = 0
        self.principal = self.base = self.lent = self.apart = self.over = 0
        self.due = 0
        self.charges_open = self.kept = 0

    def claimed(self):
        return half_up(self.term_interest) + half_up(self.late_interest) + self.charges

    def payable(self, day):
        if self.course.caps is None:
            return self.claimed()
        if rate_on(self.course.keeps, day):
            return min(self.claimed(), half_up(self.keeping))
        return self.lawful()

    def overdue(self):
        if not self.course.late_rates:
            return 0
        if self.due == ALL_DUE:
            return self.principal
        return min(self.principal, max(0, self.due - (self.lent - self.base)))

    def end_of(self, day):
        late = self.overdue()
        course = self.course
        self.term_interest += for_the_day(course.rates, day, self.principal - late, self.lent)
        self.late_interest += for_the_day(course.late_rates, day, late, self.lent)
        self.allowed += for_the_day(course.caps, day, self.principal, self.lent)
        self.topped += for_the_day(course.ceiling, day, self.base, self.lent)
        self.keeping += for_the_day(course.keeps, day, self.base, self.lent)

    def lawful(self):
        limits = [self.claimed()]
        if self.course.caps is not None:
            limits.append(half_up(self.allowed) + self.kept)
            if self.course.ceiling is not None:
                limits.append(half_up(self.topped) + self.kept)
        return min(limits)

    def lent_step(self, minor):
        covered = min(minor, self.over)
        self.over -= covered
        self.lent += minor
        self.principal += minor - covered
        self.base += minor - covered

    def due_step(self, minor):
        if self.due != ALL_DUE:
            self.due = minor

    def charged(self, step):
        if self.course.is_apart(step):
            self.apart += step.minor
            took = min(self.over, self.apart)
            self.apart -= took
        else:
            self.charges += step.minor
            self.charges_open += step.minor
            self.later_charges += step.minor if step.charge in self.course.later else 0
            took = max(0, min(self.over, self.payable(step.on) - self.paid)) if self.over else 0
            self.met(took, step.on)
        self.over -= took

    def met(self, minor, day):
        self.paid += minor
        if self.course.caps is not None and rate_on(self.course.keeps, day):
            limits = [half_up(self.allowed)]
            if self.course.ceiling is not None:
                limits.append(half_up(self.topped))
            self.kept = max(self.kept, self.paid - min(limits))
        self.charges_open = max(0, self.charges_open - minor)

    def pay(self, step):
        left = step.minor
        for part in self.course.order:
            open_cost = max(0, self.payable(step.on) - self.paid)
            if part is Part.APART:
                took = min(left, self.apart)
                self.apart -= took
            elif part is Part.PRINCIPAL:
                took = min(left, self.principal)
                added = self.principal - self.base
                self.principal -= took
                self.base -= max(0, took - added)
            elif part is Part.COST:
                later = self.later_charges
                if self.course.interest_later:
                    later += half_up(self.term_interest) + half_up(self.late_interest)
                first = self.claimed() - later - (self.paid - self.later_paid)
                split = Part.LATER_COST in self.course.order
                took = max(0, min(left, open_cost, first if split else open_cost))
                self.met(took, step.on)
            else:
                took = min(left, open_cost)
                self.met(took, step.on)
                self.later_paid += took
            left -= took
        self.over += left

    def capitalise(self, step):
        open_cost = max(0, self.lawful() - self.paid)
        minor = min(open_cost, self.claimed() - self.paid - self.charges_open)
        if minor > 0:
            self.later_paid += minor if self.course.interest_later else 0
            self.paid += minor
            self.principal += minor


HANDLERS = {
    Kind.DUE: lambda slow, step: slow.due_step(step.minor),
    Kind.LENT: lambda slow, step: slow.lent_step(step.minor),
    Kind.CHARGED: lambda slow, step: slow.charged(step),
    Kind.PAID: lambda slow, step: slow.pay(step),
    Kind.CAPITALISED: lambda slow, step: slow.capitalise(step),
}


def slow_run(steps, course: Course, as_of: date):
    """(principal, cost still open, apart, over) on a day."""
    slow = Slow(course)
    todo = sorted(steps, key=lambda s: (s.on, s.kind, s.minor, s.entry_id))
    if todo:
        day = todo[0].on
        while day <= as_of:
            for step in todo:
                if step.on == day:
                    HANDLERS[step.kind](slow, step)
            if day < as_of:
                slow.end_of(day)
            day += DAY
    lawful = slow.lawful()
    return slow.principal, max(0, lawful - slow.paid), slow.apart, slow.over
