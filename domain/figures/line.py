"""A labelled line: what a loan comes to by one reading, every figure with its parts.

There is never one "legal number" where courts differ (DESIGN 16): each line says by which rules
it was reached and whether it rests on something that has not happened.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import msgspec

from domain.facts import Grade
from domain.figures.figure import Figure, Part, Unknown, of_parts, sum_of
from domain.figures.running import Run, Segment, half_up
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
    """Charges that do not count with interest."""
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
    loan_on: date
    loan_grade: Grade
    currency: str
    as_of: date


def unknown_line(label: Label, unknown: Unknown) -> Line:
    """A line that cannot be reached, and what would settle it."""
    figure = Figure(unknown=unknown)
    return _line(label, figure, figure, figure, figure, figure)


def line_of(label: Label, run: Run, apart: Figure, setting: Setting) -> Line:
    """The line that a run comes to."""
    principal = of_parts(list(_principal(run, setting)), setting.currency)
    cost = of_parts(list(_cost(run, setting, label.rule_ids)), setting.currency)
    over = of_parts(list(_over(run, setting)), setting.currency)
    owed = sum_of({"principal": principal, "cost": cost, "apart": apart}, setting.currency)
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
    covered = sum(step.minor for step in run.lent) - run.principal_minor
    for step in run.lent:
        yield _part(setting, step.entry_id, step.on, step.minor, "lent", step.grade)
    for used in run.used:
        if used.to_principal:
            step = used.step
            yield _part(setting, step.entry_id, step.on, -used.to_principal, "paid", step.grade)
            covered -= used.to_principal
    if covered:
        # Money that was over met a later disbursement.
        yield _part(setting, setting.loan_id, setting.as_of, -covered, "paid", setting.loan_grade)


def _cost(run: Run, setting: Setting, rule_ids: tuple[str, ...]) -> Iterator[Part]:
    """Interest by segments, charges, what is over the cap, what was paid: the sum is the cost."""
    total = before = 0
    for segment in run.segments:
        total += segment.grains
        after = half_up(total)
        yield _interest(setting, segment, after - before)
        before = after
    for step in run.charges:
        yield _part(setting, step.entry_id, step.on, step.minor, "charged", step.grade)
    cut = run.lawful_minor - half_up(run.claimable)
    if cut:
        yield _ruled(setting, cut, "over-the-cap", rule_ids)
    for used in run.used:
        if used.to_cost:
            step = used.step
            yield _part(setting, step.entry_id, step.on, -used.to_cost, "paid", step.grade)
    kept = run.cost_paid_minor - run.lawful_minor
    if kept > 0:
        yield _ruled(setting, kept, "kept-as-paid", rule_ids)


def _over(run: Run, setting: Setting) -> Iterator[Part]:
    total = 0
    for used in run.used:
        if used.over:
            step = used.step
            total += used.over
            yield _part(setting, step.entry_id, step.on, used.over, "paid", step.grade)
    if total != run.over_minor:
        yield _ruled(setting, run.over_minor - total, "lent", ())


def _interest(setting: Setting, segment: Segment, minor: int) -> Part:
    return Part(
        entry_id=segment.entry_id,
        on=segment.end,
        amount=Money(minor, setting.currency),
        what="interest",
        grade=setting.loan_grade,
        start=segment.start,
        principal=Money(segment.principal_minor, setting.currency),
        rate_pct=segment.rate_pct,
        rule_ids=segment.rule_ids,
    )


def _ruled(setting: Setting, minor: int, what: str, rule_ids: tuple[str, ...]) -> Part:
    return Part(
        entry_id=setting.loan_id,
        on=setting.as_of,
        amount=Money(minor, setting.currency),
        what=what,
        grade=setting.loan_grade,
        rule_ids=rule_ids,
    )


def _part(setting: Setting, entry_id: UUID, on: date, minor: int, what: str, grade: Grade) -> Part:
    return Part(
        entry_id=entry_id, on=on, amount=Money(minor, setting.currency), what=what, grade=grade
    )
