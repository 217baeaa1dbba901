"""Which private-lending interpretation a case is judged by: chosen by the day of acceptance."""

from datetime import date
from enum import StrEnum
from typing import Final

from domain.rules.book import RulePack
from domain.rules.cn import rule_ids as ids

FROM_2015: Final = date(2015, 9, 1)
LAST_FIXED_DAY: Final = date(2020, 8, 19)
"""Last day of the 24 % and 36 % lines; inclusive (law/cn.md 1.2)."""
FIRST_LPR_RULE_DAY: Final = date(2020, 8, 20)
FIRST_LPR: Final = date(2019, 8, 20)
"""First publication of the LPR, and the line that the transition of autumn 2020 draws."""
AMENDED_FROM: Final = date(2021, 1, 1)


class Regime(StrEnum):
    """The interpretations, oldest first."""

    BANK_RATE = "1991"
    FIXED_LINES = "2015"
    AUTUMN_2020 = "2020"
    AMENDED = "2021"


STARTS: Final = (
    (AMENDED_FROM, Regime.AMENDED),
    (FIRST_LPR_RULE_DAY, Regime.AUTUMN_2020),
    (FROM_2015, Regime.FIXED_LINES),
)


def regime_of(accepted: date, as_of: date, decided_on: date | None, pack: RulePack) -> Regime:
    """The regime of a case accepted on `accepted`, as the law stood on `as_of`.

    The amended article 31 of 2021 reaches cases of autumn 2020 that are still undecided, where
    the pack reads it so; what was decided by 2020-12-31 keeps the rule it was decided by.
    """
    found = next((regime for start, regime in STARTS if accepted >= start), Regime.BANK_RATE)
    was_decided = decided_on is not None and decided_on < AMENDED_FROM
    if (
        found is Regime.AUTUMN_2020
        and as_of >= AMENDED_FROM
        and not was_decided
        and pack.applies(ids.REACH_PENDING)
    ):
        return Regime.AMENDED
    return found
