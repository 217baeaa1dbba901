"""What a claim check says: row by row, line by line. No arithmetic here."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.lending import ClaimKind
from domain.facts import Grade
from domain.figures.figure import Figure, Unknown
from domain.money import Money


class Verdict(StrEnum):
    """How an item of a claim stands against the records. Stable."""

    AGREED = "agreed"
    """What the records show, or no more than the contract gives on them."""
    UNEXPLAINED = "unexplained"
    """More than the records show."""
    CONTRADICTED = "contradicted"
    """Records show a disbursement or a payment that makes it impossible."""
    OVER_THE_CAP = "over-the-cap"
    """The cost items together are above a line that caps them."""
    NOT_CLAIMED = "not-claimed"
    """The records show more than is claimed."""
    UNKNOWN = "unknown"
    """It cannot be compared; `unknown` says why."""


class LineAmount(msgspec.Struct, frozen=True, kw_only=True):
    """What a labelled line gives to set beside a row."""

    line_id: str
    figure: str
    """Which of the line's figures: `principal`, `cost` (all cost items together), `apart`,
    `owed`."""
    amount: Money | None
    """None: the line is Unknown."""


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """All items of one kind against the records."""

    kind: ClaimKind
    claimed: Money
    recorded: Figure
    """What the entries as recorded give; of an unitemised sum, for every kind not itemised."""
    difference: Money | None
    """Claimed less recorded; None where what is recorded is Unknown."""
    verdicts: tuple[Verdict, ...]
    """Never empty."""
    explained_by: str | None = None
    """`records`, or `contract`: the line that a claim above the recorded charges agrees with."""
    entries: tuple[UUID, ...] = ()
    """Entries that contradict the claim."""
    unknown: Unknown | None = None
    documented: Money | None
    """Part of what is recorded that rests on more than somebody's word."""
    on_words: Money | None
    """The rest; the two sum to what is recorded."""
    lines: tuple[LineAmount, ...] = ()


class AgainstLine(msgspec.Struct, frozen=True, kw_only=True):
    """The whole claim against one labelled line."""

    line_id: str
    title_zh: str
    title_en: str
    why: str
    rule_ids: tuple[str, ...]
    hypothetical: bool
    is_cap: bool
    owed: Money | None
    difference: Money | None
    """Claimed in all less owed by the line."""
    cost_over: Money | None
    """How far interest, penalties and fees together are above what the line gives for them; costs
    of realising the claim stand outside a cap (law/cn.md 1.3) and are not among them."""
    unknown: Unknown | None = None


class WithheldClaimed(msgspec.Struct, frozen=True, kw_only=True):
    """Money kept back at disbursement that the claim treats as lent (民法典 670)."""

    entry_id: UUID
    """The disbursement."""
    withheld: Money
    claimed: Money
    """How much of it is within the principal claimed."""


class ClaimCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A lender's claim against the history, on the day for which it claims.

    The rows' differences sum to `difference` to the cent.
    """

    case_id: UUID
    claim_id: UUID
    loan_id: UUID
    as_of: date
    """The claim's own day."""
    known_at: int
    version: int
    rules: str
    """The arithmetic of what is recorded."""
    pack: str | None
    data: str | None
    reviewed: str | None
    claim_grade: Grade
    rows: tuple[ClaimRow, ...]
    lines: tuple[AgainstLine, ...]
    withheld: tuple[WithheldClaimed, ...]
    claimed: Money
    """Sum of the items."""
    recorded: Money | None
    difference: Money | None
    documented: Money | None
    on_words: Money | None
    stated_total: Money | None
    stated_difference: Money | None
    """The total that the claim prints, less its items."""
    asks: tuple[Unknown, ...]
    """What is open, and what would settle it: itemisation, the printed total, the books."""
