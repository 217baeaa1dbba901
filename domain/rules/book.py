"""What a rule pack is made of: citations, rules, and the pack that binds them.

A pack is a released value: once given out, a version never changes its meaning.
"""

from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

NOT_REVIEWED: Final = "not reviewed by a lawyer"
"""What every pack says of itself until an organisation records its own review."""


class Mark(StrEnum):
    """How well a rule's wording is established; from the text down to vague memory."""

    TEXT = "T"
    SECONDARY = "S"
    KNOWN_HIGH = "K+"
    KNOWN = "K"
    KNOWN_LOW = "K-"

    @property
    def is_read(self) -> bool:
        """Whether somebody read the instrument, or a page that states it."""
        return self in (Mark.TEXT, Mark.SECONDARY)


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """A clause, as it is printed under a figure."""

    code: str
    """The instrument."""
    article: str
    """The article in it; empty where the whole instrument is meant."""
    zh: str
    en: str
    mark: Mark


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule, with the days on which the instrument behind it was in force."""

    rule_id: str
    title_zh: str
    title_en: str
    citation: Citation
    in_force_from: date
    in_force_to: date | None = None
    """Last day, inclusive; None while in force."""
    switch: str | None = None
    """Pack switch that has to be on for the rule to apply."""

    def in_force(self, day: date) -> bool:
        """Whether the instrument was in force on `day`."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


class RuleUnknown(KeyError):
    """A rule id that the pack does not hold: a fault of the program."""


class RulePack(msgspec.Struct, frozen=True, kw_only=True):
    """A released set of rules under one name and version.

    ValueError when a rule id stands twice, when a rule known from memory only is not behind a
    switch, or when a switch is on that no rule has.
    """

    name: str
    version: str
    released_on: date
    rules: tuple[Rule, ...]
    changelog: tuple[str, ...]
    """What this version reads otherwise than the one before it, in sentences."""
    switches_on: frozenset[str] = frozenset()
    reviewed: str = NOT_REVIEWED

    def __post_init__(self) -> None:
        """Check what the docstring promises."""
        ids = [rule.rule_id for rule in self.rules]
        if len(set(ids)) != len(ids):
            raise ValueError(f"{self.reference} names a rule twice")
        loose = [r.rule_id for r in self.rules if r.switch is None and not r.citation.mark.is_read]
        if loose:
            raise ValueError(f"{self.reference} has rules from memory without a switch: {loose}")
        if strange := self.switches_on - self.switches:
            raise ValueError(f"{self.reference} has no switch {', '.join(sorted(strange))}")

    @property
    def reference(self) -> str:
        """How a figure names the pack: `cn@2026.2`, with switches that are on after a plus."""
        return "+".join([f"{self.name}@{self.version}", *sorted(self.switches_on)])

    @property
    def switches(self) -> frozenset[str]:
        """Every switch that the pack has, on or off."""
        return frozenset(rule.switch for rule in self.rules if rule.switch is not None)

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id; RuleUnknown where the pack has none."""
        for rule in self.rules:
            if rule.rule_id == rule_id:
                return rule
        raise RuleUnknown(f"{self.reference} has no rule {rule_id}")

    def applies(self, rule_id: str) -> bool:
        """Whether the pack holds the rule, and its switch, where it has one, is on."""
        return any(
            rule.rule_id == rule_id and (rule.switch is None or rule.switch in self.switches_on)
            for rule in self.rules
        )

    def with_switches(self, switches: frozenset[str]) -> "RulePack":
        """The same release with these switches on; ValueError for one it does not have."""
        return msgspec.structs.replace(self, switches_on=switches)
