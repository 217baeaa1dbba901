"""A labelled line: what a loan comes to by one reading, every figure with its parts.

There is never one "legal number" where courts differ (DESIGN 16): each line says by which rules
it was reached and whether it rests on something that has not happened.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import msgspec

from domain.facts import Grade
from domain.figures.course import Moved, Run, Step
from domain.figures.figure import Figure, Part, Unknown, of_parts, sum_of
from domain.figures.metering import Segment, half_up
from domain.money import Money


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed on a loan by one reading."""

    line_id: str
    """Stable: `contract`, `as-recorded`, `documented`, or the rule pack's id of a cap."""
    title_zh: str
    title_en: str
    why: str
    """Why this line could apply."""
    rule_ids: tuple[str, ...] = ()
    hypothetical: bool = False
    """It rests on something that has not happened, such as a suit filed today."""
    principal: Figure
    cost: Figure
    """Interest and every charge that counts with it."""
    apart: Figure
    """Charges that do not count with interest: costs of realising the claim."""
    owed: Figure
    overpaid: Figure


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What a line is called and why it is there."""

    line_id: str
    title_zh: str
    title_en: str
    why: str
    rule_ids: tuple[str, ...] = ()
    hypothetical: bool = False


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What every part of a line needs to be written."""

    loan_id: UUID
    loan_grade: Grade
    currency: str
    as_of: date


def unknown_line(label: Label, unknown: Unknown) -> Line:
    """A line that cannot be reached, and what would settle it."""
    figure = Figure(unknown=unknown)
    return _line(label, figure, figure, figure, figure, figure)


def line_of(label: Label, run: Run, setting: Setting) -> Line:
    """The line that a run comes to."""
    currency = setting.currency
    principal = of_parts(list(_principal(run, setting)), currency)
    cost = of_parts(list(_cost(run, setting, label.rule_ids)), currency)
    apart = of_parts(list(_apart(run, setting)), currency)
    over = of_parts(list(_over(run, setting)), currency)
    owed = sum_of({"principal": principal, "cost": cost, "apart": apart}, currency)
    return _line(label, principal, cost, apart, owed, over)


def _line(
    label: Label, principal: Figure, cost: Figure, apart: Figure, owed: Figure, over: Figure
) -> Line:
    return Line(
        line_id=label.line_id,
        title_zh=label.title_zh,
        title_en=label.title_en,
        why=label.why,
        rule_ids=label.rule_ids,
        hypothetical=label.hypothetical,
        principal=principal,
        cost=cost,
        apart=apart,
        owed=owed,
        overpaid=over,
    )


def _principal(run: Run, setting: Setting) -> Iterator[Part]:
    currency, left = setting.currency, run.principal
    for step in run.lent:
        left -= step.minor
        yield _part(step, step.minor, "lent", currency)
    for moved in run.moved:
        if moved.what in ("became-principal", "apart-became-principal"):
            left -= moved.minor
            yield _moved(moved, moved.minor, currency)
        elif moved.what == "principal-given-up":
            left += moved.minor
            yield _moved(moved, -moved.minor, currency)
    for used in run.used:
        if used.principal:
            left += used.principal
            yield _part(used.step, -used.principal, "paid", currency)
    if left:
        # Money that was over met a later disbursement.
        yield _ruled(setting, left, "paid", ())


def _cost(run: Run, setting: Setting, rule_ids: tuple[str, ...]) -> Iterator[Part]:
    """Interest by segments, charges, what is over the cap, what was paid: the sum is the cost."""
    currency = setting.currency
    yield from _interest(run.segments, run.unit, setting)
    yield from _interest(run.late_segments, run.late_unit, setting)
    for step in run.charges:
        yield _part(step, step.minor, "charged", currency)
    for moved in run.moved:
        if moved.what in _ON_COST:
            yield _moved(moved, _ON_COST[moved.what] * moved.minor, currency)
    if run.lawful != run.claimable:
        yield _ruled(setting, run.lawful - run.claimable, "over-the-cap", rule_ids)
    for used in run.used:
        if used.cost:
            yield _part(used.step, -used.cost, "paid", currency)
    if run.cost_paid > run.lawful:
        yield _ruled(setting, run.cost_paid - run.lawful, "kept-as-paid", rule_ids)


_CALLED = {"set-off-apart": "set-off", "apart-became-principal": "became-principal"}
"""Moves of what stands apart are called as those of cost are."""

_ON_COST = {
    "added-at-renewal": 1,
    "over-the-cap": 1,
    "given-up": 1,
    "became-principal": -1,
    "set-off": -1,
}
"""Sign with which a move counts in the cost."""


def _interest(segments: list[Segment], unit: int, setting: Setting) -> Iterator[Part]:
    """A part for each segment; fractions of a minor unit are carried, so the parts sum exactly."""
    before, currency, grade = 0, setting.currency, setting.loan_grade
    for segment in segments:
        after = half_up(segment.upto, unit)
        period = segment.period
        yield Part(
            segment.cause,
            segment.end,
            Money(after - before, currency),
            period.what,
            grade,
            segment.start,
            Money(segment.principal_minor, currency),
            segment.rate_pct,
            period.rule_ids,
        )
        before = after


def _apart(run: Run, setting: Setting) -> Iterator[Part]:
    for step in run.apart_charges:
        yield _part(step, step.minor, "charged", setting.currency)
    for moved in run.moved:
        if moved.what in ("set-off-apart", "apart-became-principal"):
            yield _moved(moved, -moved.minor, setting.currency)
    for used in run.used:
        if used.apart:
            yield _part(used.step, -used.apart, "paid", setting.currency)


def _over(run: Run, setting: Setting) -> Iterator[Part]:
    left = run.over
    for used in run.used:
        if used.over:
            left -= used.over
            yield _part(used.step, used.over, "paid", setting.currency)
    for moved in run.moved:
        if moved.what in ("set-off", "set-off-apart"):
            left += moved.minor
            yield _moved(moved, -moved.minor, setting.currency)
    if left:
        yield _ruled(setting, left, "lent", ())


def _part(step: Step, minor: int, what: str, currency: str) -> Part:
    return Part(step.entry_id, step.on, Money(minor, currency), what, step.grade)


def _moved(moved: Moved, minor: int, currency: str) -> Part:
    what = _CALLED.get(moved.what, moved.what)
    return _part(moved.step, minor, what, currency)


def _ruled(setting: Setting, minor: int, what: str, rule_ids: tuple[str, ...]) -> Part:
    return Part(
        setting.loan_id,
        setting.as_of,
        Money(minor, setting.currency),
        what,
        setting.loan_grade,
        rule_ids=rule_ids,
    )
