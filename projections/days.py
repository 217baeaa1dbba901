"""Local days: a moment falls on the day that the case's own zone had then."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from domain.cases.corrections import EntryCorrected
from domain.cases.intake import CaseOpened
from domain.facts import Fact

NO_ZONE: Final = "UTC"
"""For a case whose opening was not read."""


def zone_of(facts: Iterable[Fact]) -> ZoneInfo:
    """The zone that the case's opening names, as last corrected."""
    name = NO_ZONE
    for fact in facts:
        said = fact.replacement if isinstance(fact, EntryCorrected) else fact
        if isinstance(said, CaseOpened):
            name = said.zone
    return ZoneInfo(name)


def day_of(fact: Fact, zone: ZoneInfo) -> date | None:
    """The local day on which a fact happened; None for one without a day."""
    happened = fact.happened()
    if isinstance(happened, datetime):
        return happened.astimezone(zone).date()
    return happened
