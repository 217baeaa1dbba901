"""What collectors may not do, as data: instrument, force, days in force, whom it binds, how many.

The hours and counts are the pack's constants. A standard and a guideline of an association are
evidence of bad conduct in a complaint; only law and regulation are law.
"""

from datetime import date, time
from enum import StrEnum
from typing import Final

import msgspec

from domain.cases.lending import LenderClass
from domain.rules.cn import conduct_ids as ids

NIGHT_FROM: Final = time(22)
"""From this second on it is night (own reading: 22:00:00 itself is night)."""
DAY_FROM: Final = time(8)
"""From this second on it is day (08:00:00 itself is allowed)."""
CALLS_A_DAY: Final = 3
ATTEMPTS_A_DAY: Final = 6
VISITS_A_DAY: Final = 1
VISITORS_MIN: Final = 2
FAILED_TRIES: Final = 3
"""Tries in a row without an answer after which contact counts as lost."""


class Force(StrEnum):
    """What an instrument is."""

    CRIME = "crime"
    LAW = "law"
    REGULATION = "regulation"
    STANDARD = "recommended-standard"
    SELF_REGULATION = "self-regulation"


class ConductRule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule on conduct."""

    rule_id: str
    force: Force
    start: date
    """First day on which conduct is measured by it."""
    binds: frozenset[LenderClass] | None = None
    """Lenders that it binds; None: every lender."""


_MEMBERS: Final = frozenset({LenderClass.BANK, LenderClass.CONSUMER_FINANCE})
_GBT, _CBA = date(2025, 2, 28), date(2026, 1, 30)


def _standard(rule_id: str) -> ConductRule:
    return ConductRule(rule_id=rule_id, force=Force.STANDARD, start=_GBT)


def _guideline(rule_id: str) -> ConductRule:
    return ConductRule(rule_id=rule_id, force=Force.SELF_REGULATION, start=_CBA, binds=_MEMBERS)


def _law(rule_id: str, start: date, force: Force = Force.LAW) -> ConductRule:
    return ConductRule(rule_id=rule_id, force=force, start=start)


NIGHT: Final = (_standard(ids.NIGHT_GBT), _guideline(ids.NIGHT_CBA))
CALLS: Final = _standard(ids.CALLS_GBT)
ATTEMPTS: Final = _guideline(ids.ATTEMPTS_CBA)
THIRD_PARTY: Final = (
    ConductRule(
        rule_id=ids.THIRD_PARTY_CFC,
        force=Force.REGULATION,
        start=date(2024, 4, 18),
        binds=frozenset({LenderClass.CONSUMER_FINANCE}),
    ),
    _standard(ids.THIRD_PARTY_GBT),
    _guideline(ids.THIRD_PARTY_CBA),
)
DISCLOSED: Final = (_law(ids.DISCLOSED_PIPL, date(2021, 11, 1)), _standard(ids.DISCLOSED_GBT))
OBJECTED: Final = _standard(ids.OBJECTED_GBT)
VISITS: Final = _standard(ids.VISITS_GBT)
VISITORS: Final = _guideline(ids.VISITORS_CBA)
WORDS: Final = _guideline(ids.WORDS_CBA)
PUBLISHED: Final = _law(ids.PUBLISHED_PIPL, date(2021, 11, 1))
PRIVATE_LIFE: Final = _law(ids.PRIVATE_LIFE, date(2021, 1, 1))
CRIME: Final = _law(ids.CRIME, date(2021, 3, 1), Force.CRIME)
