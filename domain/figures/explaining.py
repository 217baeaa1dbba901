"""`explain`: the tree from a number down to the entries, rules and clauses it rests on.

The parts of a branch sum to it to the cent, and each part names an entry.
"""

import msgspec

from domain.figures.figure import Figure, Part, Unknown
from domain.figures.line import Line
from domain.money import Money
from domain.rules.book import Rule, RulePack


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """An amount and the parts that sum to it, each naming its entry."""

    name: str
    amount: Money | None
    unknown: Unknown | None = None
    parts: tuple[Part, ...] = ()


class Tree(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed, and the branches that sum to it."""

    name: str
    amount: Money | None
    unknown: Unknown | None = None
    branches: tuple[Branch, ...] = ()


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that the figure rests on, as it is printed under it."""

    rule_id: str
    title_zh: str
    title_en: str
    code: str
    article: str
    zh: str
    en: str
    mark: str
    """How well its wording is established: T, S, K+, K, K-."""


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a figure rests on one evidence grade."""

    grade: str
    amount: Money


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A line explained."""

    line_id: str
    why: str
    pack: str
    tree: Tree
    rules: tuple[Cited, ...]
    grades: tuple[Share, ...]


def explain(line: Line, pack: RulePack) -> Explanation:
    """The explanation of what is owed by a line."""
    names = ("principal", "cost", "apart")
    branches = tuple(_branch(name, getattr(line, name)) for name in names)
    owed = line.owed
    tree = Tree(name="owed", amount=owed.amount, unknown=owed.unknown, branches=branches)
    named = dict.fromkeys(line.rule_ids)
    for child in branches:
        named |= dict.fromkeys(rule for part in child.parts for rule in part.rule_ids)
    return Explanation(
        line_id=line.line_id,
        why=line.why,
        pack=pack.reference,
        tree=tree,
        rules=tuple(_cited(pack.rule(rule_id)) for rule_id in named),
        grades=_grades(branches),
    )


def _branch(name: str, figure: Figure) -> Branch:
    return Branch(name=name, amount=figure.amount, unknown=figure.unknown, parts=figure.parts)


def _cited(rule: Rule) -> Cited:
    citation = rule.citation
    return Cited(
        rule_id=rule.rule_id,
        title_zh=rule.title_zh,
        title_en=rule.title_en,
        code=citation.code,
        article=citation.article,
        zh=citation.zh,
        en=citation.en,
        mark=citation.mark.value,
    )


def _grades(branches: tuple[Branch, ...]) -> tuple[Share, ...]:
    totals: dict[str, Money] = {}
    for child in branches:
        for part in child.parts:
            before = totals.get(part.grade.value, Money.zero(part.amount.currency))
            totals[part.grade.value] = before + part.amount
    return tuple(Share(grade=grade, amount=totals[grade]) for grade in sorted(totals))
