"""The organisation: the rule pack it works by and the reference data it has loaded.

Its stream's id is the organisation's own id. What was in force at a journal position is what
stood in this stream then.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import assert_never, cast
from uuid import UUID

import msgspec

from domain.facts import Fact, register
from domain.recorded import Recorded


class RulePackAdopted(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="rule-pack-adopted"):
    """The organisation works by this rule pack from now on."""

    pack: str
    """Name and version: `cn@2026.1`."""
    switches: tuple[str, ...] = ()
    """Rules switched on that rest on general knowledge only."""


class ReferenceKind(StrEnum):
    """Which series."""

    LPR_1Y = "lpr-1y"
    HOLIDAYS = "holidays"


class ReferenceRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value on a day, with its source."""

    on: date
    value: str
    """A decimal string in per cent for a rate; `off` or `work` for a calendar."""
    source: str
    status: str = ""


class ReferenceDataLoaded(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="reference-data-loaded"
):
    """Rows of a series were taken in; a row for a day that is there already replaces it."""

    kind: ReferenceKind
    rows: tuple[ReferenceRow, ...]


OrganisationFact = RulePackAdopted | ReferenceDataLoaded
register(RulePackAdopted, ReferenceDataLoaded)


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation as it stands at a position."""

    organisation: UUID
    version: int = 0
    position: int = 0
    pack: RulePackAdopted | None = None
    rows: dict[ReferenceKind, dict[date, ReferenceRow]] = msgspec.field(default_factory=dict)


def replay_organisation(organisation: UUID, events: Iterable[Recorded]) -> Organisation:
    """The organisation after these events of its stream."""
    state = Organisation(organisation=organisation)
    for event in events:
        state = evolve_organisation(state, event)
    return state


def evolve_organisation(state: Organisation, event: Recorded) -> Organisation:
    """The organisation after one more event. Total, never failing."""
    fact = cast("OrganisationFact", event.fact)
    pack, rows = state.pack, state.rows
    match fact:
        case RulePackAdopted():
            pack = fact
        case ReferenceDataLoaded():
            series = {**rows.get(fact.kind, {}), **{row.on: row for row in fact.rows}}
            rows = {**rows, fact.kind: series}
        case _:
            assert_never(fact)
    return Organisation(
        organisation=state.organisation,
        version=event.originator_version,
        position=event.position,
        pack=pack,
        rows=rows,
    )
