"""Financial statements: each line as an amount a month, totals, surplus, and what differs."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.budget import BudgetLine, Category, FinancialStatementMade, Side, Whose
from domain.cases.history import Entry, History
from domain.figures.calculation.monthly import (
    TIMES_A_YEAR,
    Frequency,
    a_month,
    parts_a_month,
    total_a_month,
)
from domain.figures.calculation.shares import RESIDUE_RULE
from domain.money import Money

ROUNDING_RULE: Final = (
    "lines are turned into months exactly and each side is rounded half up once, to the minor "
    f"unit; among the lines of a side {RESIDUE_RULE}"
)


class LineReading(msgspec.Struct, frozen=True, kw_only=True):
    """One line a month."""

    side: Side
    category: Category
    whose: Whose
    amount: Money
    frequency: Frequency
    rule: str
    """How it becomes a month: `52/12`."""
    exact: str
    """Minor units a month as a fraction: `1300000/3`."""
    a_month: Money
    """The lines of a side sum to its total."""
    is_shown: bool
    """Whether an evidence item shows it."""


class CategoryTotal(msgspec.Struct, frozen=True, kw_only=True):
    """All lines of one category, a month."""

    side: Side
    category: Category
    a_month: Money


class Differs(msgspec.Struct, frozen=True, kw_only=True):
    """A stated total that is not what the lines come to. It is kept as it was stated."""

    what: str
    """`income`, `expenditure` or `surplus`."""
    stated: Money
    computed: Money


class StatementReading(msgspec.Struct, frozen=True, kw_only=True):
    """One version."""

    statement_id: UUID
    made_on: date
    replaces: UUID | None
    is_current: bool
    """Whether it is the latest on the day asked for."""
    adults: int
    children: int
    lines: tuple[LineReading, ...]
    categories: tuple[CategoryTotal, ...]
    income: Money
    expenditure: Money
    surplus: Money
    """Income less expenditure a month; negative: a deficit."""
    rounding: str
    differs: tuple[Differs, ...]
    shown_minor: int
    """What of both sides evidence items show, a month, in minor units."""
    changed: tuple[CategoryTotal, ...]
    """What categories came to more or less than in the version before, by the difference."""
    review_on: date | None


class StatementsReading(msgspec.Struct, frozen=True, kw_only=True):
    """Every version of up to a day, oldest first."""

    case_id: UUID
    position: int
    as_of: date
    current_id: UUID | None
    statements: tuple[StatementReading, ...]


def statements(history: History, as_of: date) -> StatementsReading:
    """The versions on `as_of`. Pure."""
    versions = versions_of(history, as_of)
    found, before = [], None
    for entry, fact in versions:
        is_current = entry is versions[-1][0]
        found.append(_reading(entry.entry_id, fact, before, is_current=is_current))
        before = fact
    return StatementsReading(
        case_id=history.case_id,
        position=history.position,
        as_of=as_of,
        current_id=versions[-1][0].entry_id if versions else None,
        statements=tuple(found),
    )


def versions_of(history: History, as_of: date) -> list[tuple[Entry, FinancialStatementMade]]:
    """Standing versions of up to `as_of`, by day and then by position; the last is current."""
    found = [
        (entry, entry.fact)
        for entry in history.entries.values()
        if not entry.is_withdrawn
        and isinstance(entry.fact, FinancialStatementMade)
        and entry.fact.occurred_on <= as_of
    ]
    return sorted(found, key=lambda each: (each[1].occurred_on, each[0].stamp.position))


def currency_of(fact: FinancialStatementMade) -> str:
    """The currency of its lines, which is one."""
    return fact.lines[0].amount.currency


def totals(fact: FinancialStatementMade) -> tuple[Money, Money]:
    """Income and expenditure a month, each rounded once."""
    sides = []
    for side in Side:
        lines = [(e.amount.minor, e.frequency) for e in fact.lines if e.side is side]
        sides.append(Money(total_a_month(lines), currency_of(fact)))
    return sides[0], sides[1]


def surplus(fact: FinancialStatementMade) -> Money:
    """What is left over a month; negative where it does not reach."""
    income, expenditure = totals(fact)
    return income - expenditure


def _reading(
    statement_id: UUID,
    fact: FinancialStatementMade,
    before: FinancialStatementMade | None,
    *,
    is_current: bool,
) -> StatementReading:
    lines = _lines(fact)
    income, expenditure = totals(fact)
    left = income - expenditure
    return StatementReading(
        statement_id=statement_id,
        made_on=fact.occurred_on,
        replaces=fact.replaces,
        is_current=is_current,
        adults=fact.adults,
        children=fact.children,
        lines=lines,
        categories=_categories(lines),
        income=income,
        expenditure=expenditure,
        surplus=left,
        rounding=ROUNDING_RULE,
        differs=_differs(fact, income, expenditure, left),
        shown_minor=sum(line.a_month.minor for line in lines if line.is_shown),
        changed=_changed(lines, _lines(before) if before else None),
        review_on=fact.review_on,
    )


def _lines(fact: FinancialStatementMade) -> tuple[LineReading, ...]:
    months: dict[int, int] = {}
    for side in Side:
        own = [(at, line) for at, line in enumerate(fact.lines) if line.side is side]
        parts = parts_a_month((line.amount.minor, line.frequency) for _, line in own)
        months |= {at: part for (at, _), part in zip(own, parts, strict=True)}
    return tuple(_line(line, months[at]) for at, line in enumerate(fact.lines))


def _line(line: BudgetLine, minor: int) -> LineReading:
    exact = a_month(line.amount.minor, line.frequency)
    return LineReading(
        side=line.side,
        category=line.category,
        whose=line.whose,
        amount=line.amount,
        frequency=line.frequency,
        rule=f"{TIMES_A_YEAR[line.frequency]}/12",
        exact=str(exact),
        a_month=Money(minor, line.amount.currency),
        is_shown=line.item_id is not None,
    )


def _categories(lines: Iterable[LineReading]) -> tuple[CategoryTotal, ...]:
    totals_of: dict[tuple[Side, Category], Money] = {}
    for line in lines:
        key = (line.side, line.category)
        totals_of[key] = totals_of[key] + line.a_month if key in totals_of else line.a_month
    order = list(Category)
    return tuple(
        CategoryTotal(side=side, category=category, a_month=amount)
        for (side, category), amount in sorted(
            totals_of.items(), key=lambda item: order.index(item[0][1])
        )
    )


def _differs(
    fact: FinancialStatementMade, income: Money, expenditure: Money, left: Money
) -> tuple[Differs, ...]:
    stated = (
        ("income", fact.stated_income, income),
        ("expenditure", fact.stated_expenditure, expenditure),
        ("surplus", fact.stated_surplus, left),
    )
    return tuple(
        Differs(what=what, stated=said, computed=computed)
        for what, said, computed in stated
        if said is not None and said != computed
    )


def _changed(
    lines: Iterable[LineReading], before: Iterable[LineReading] | None
) -> tuple[CategoryTotal, ...]:
    if before is None:
        return ()
    now = {(e.side, e.category): e.a_month for e in _categories(lines)}
    then = {(e.side, e.category): e.a_month for e in _categories(before)}
    order = list(Category)
    found = []
    for side, category in sorted(now.keys() | then.keys(), key=lambda key: order.index(key[1])):
        amounts = now.get((side, category)), then.get((side, category))
        currency = next(amount.currency for amount in amounts if amount is not None)
        new, old = (amount or Money.zero(currency) for amount in amounts)
        if new != old:
            found.append(CategoryTotal(side=side, category=category, a_month=new - old))
    return tuple(found)
