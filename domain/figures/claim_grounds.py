"""What a claim is judged by: the records by kind, the labelled lines, the room under each cap."""

from typing import Final

import msgspec

from domain.cases.lending import ClaimKind
from domain.figures.figure import Figure
from domain.figures.line import Line
from domain.money import Money

CAPPED: Final = (ClaimKind.INTEREST, ClaimKind.PENALTY, ClaimKind.FEE)
"""Items that count together into a cap (law/cn.md 1.3)."""


class Grounds(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a claim is judged by."""

    currency: str
    claimed: dict[ClaimKind, Money]
    recorded: dict[ClaimKind, Figure]
    lent: Money | None
    withheld: Money | None
    has_rate: bool
    """The contract's rate is on record: payments may have gone to interest that accrued."""
    lines: tuple[Line, ...]
    rooms: dict[str, Money]
    """By cap: the most cost that it can allow."""

    @property
    def contract(self) -> Line | None:
        """The contract's line, where it is known."""
        found = (line for line in self.lines if line.line_id == "contract")
        return next((line for line in found if line.owed.amount is not None), None)

    @property
    def most_principal(self) -> Money | None:
        """The most principal that can be left; None where nothing says what was lent.

        As recorded, or as the contract uses the payments: it takes interest first. Its line
        counts money kept back as lent, which it was not. With a rate on record and no contract
        line to compute it, all that was lent.
        """
        recorded = self.recorded[ClaimKind.PRINCIPAL].amount
        if recorded is None or self.lent is None or self.withheld is None:
            return None
        if self.contract is not None and self.contract.principal.amount is not None:
            return max(recorded, self.contract.principal.amount - self.withheld)
        return self.lent if self.has_rate else recorded

    def _limit(self, line: Line, cost: Money) -> Money:
        """Where the cap cut the line, the line itself; else what the cap has room for."""
        is_cut = any(part.what == "over-the-cap" for part in line.cost.parts)
        return cost if is_cut else max(cost, self.rooms.get(line.line_id, cost))

    def cost_over(self, line: Line) -> Money | None:
        """How far the capped items together are above a line or its cap; never negative.

        Charges that the line sets apart are matched by the claim's costs first. None where the
        line is Unknown, or where a sum without items may hide more of them.
        """
        if line.cost.amount is None or line.apart.amount is None:
            return None
        nothing = Money.zero(self.currency)
        beside = max(nothing, line.apart.amount - self.claimed[ClaimKind.COST])
        together = sum((self.claimed[kind] for kind in CAPPED), nothing)
        over = max(nothing, together - self._limit(line, line.cost.amount) - beside)
        is_whole = self.claimed[ClaimKind.UNITEMISED].minor == 0
        return over if is_whole or over.minor > 0 else None

    @property
    def is_over_a_cap(self) -> bool:
        """Whether the cost items together are above one of the lines that cap them."""
        caps = [line for line in self.lines if line.line_id in self.rooms]
        over = [self.cost_over(line) for line in caps]
        return any(amount is not None and amount.minor > 0 for amount in over)
