"""Which charges count into the total that the cap limits (规定 29; law/cn.md 1.3)."""

from typing import Final

import msgspec

from domain.cases.lending import ChargeKind
from domain.rules.book import RulePack
from domain.rules.cn import rule_ids as ids

COSTS_OF_REALISING: Final = frozenset({ChargeKind.COLLECTION_COST, ChargeKind.LAWYER_FEE})
"""Disputed between courts: 其他费用 inside, or 实现债权的费用 outside."""


class CountsIn(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a charge is inside the total, and why."""

    inside: bool
    why: str
    rule_ids: tuple[str, ...]


def counts_in(kind: ChargeKind, pack: RulePack) -> CountsIn:
    """Whether a charge of this kind counts, whoever received it.

    By its words the article takes in all that lender and borrower agreed. The court fee is not
    agreed but ordered. For lawyer's fee and collection cost the pack's switch decides.
    """
    if kind is ChargeKind.COURT_FEE:
        return CountsIn(
            inside=False,
            why="the court orders it; it is no fee that lender and borrower agreed",
            rule_ids=(ids.TOTAL,),
        )
    if kind in COSTS_OF_REALISING and pack.applies(ids.ENFORCEMENT_COSTS):
        return CountsIn(
            inside=False,
            why="cost of realising the claim, left outside by the pack's switch (mark K: courts "
            "differ)",
            rule_ids=(ids.ENFORCEMENT_COSTS,),
        )
    disputed = kind in COSTS_OF_REALISING
    why = "interest, penalties and every other fee count together, whoever was paid"
    return CountsIn(
        inside=True,
        why=f"{why}; some courts leave this one outside" if disputed else why,
        rule_ids=(ids.TOTAL,),
    )
