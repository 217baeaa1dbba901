"""What a finding on conduct is."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.cases.complaints import Ground
from domain.figures.figure import Unknown
from domain.rules.book import Citation
from domain.rules.cn.conduct import Force


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One breach of one rule, as far as the log shows it. Never a verdict."""

    rule_id: str
    force: Force
    ground: Ground
    """What it is in a complaint."""
    lender: str | None
    """The creditor for whom it was done; None where the log does not say."""
    day: date
    """Local day of its start."""
    window_start: datetime
    """First moment of what was counted, with its offset."""
    window_end: datetime
    """Last moment of what was counted."""
    threshold: int | None
    """What is allowed: more calls a day than this; None where nothing of the kind is."""
    observed: int
    """Contacts counted, each entry once."""
    observed_at_least: int
    """The same where entries that may be doubles count once, and unclear ones not at all."""
    entries: tuple[UUID, ...]
    """Contacts it rests on, by time."""
    unknown: Unknown | None = None
    """Why it is not established; None: the log shows it."""
    citation: Citation | None = None


class RuleCount(msgspec.Struct, frozen=True, kw_only=True):
    """How often a rule was broken."""

    rule_id: str
    lender: str | None
    findings: int
    established: int
    days: int
    """Local days with at least one."""


class Conduct(msgspec.Struct, frozen=True, kw_only=True):
    """Findings of a case on a day, by time."""

    case_id: UUID
    position: int
    as_of: date
    pack: str | None
    data: str | None
    unknown: Unknown | None
    """Why nothing can be said at all; None as a rule."""
    contacts: int
    """Contacts from the creditors' side that were looked at."""
    findings: tuple[Finding, ...]
    summary: tuple[RuleCount, ...]
    possible_doubles: tuple[tuple[UUID, ...], ...]
    """Entries that may be one contact from two records; nothing is dropped on its own."""
