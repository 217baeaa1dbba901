"""The organisation: the rule pack it works by, its reference data, the key it signs under.

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


class KeyChange(StrEnum):
    """Why a signing key took the place of another."""

    ROUTINE = "routine"
    LOST = "lost"
    """Nobody has its private half any more."""
    EXPOSED = "exposed"
    """Somebody may have its private half who must not: what it signed alone proves little."""


class SigningKeyAdopted(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="signing-key-adopted"
):
    """Checkpoints of the journal that hold this event are signed under this key, until the next.

    So the key is in what it signs, and a checkpoint of an earlier size stays under an earlier key.
    """

    key: str
    """The verifier key as C2SP signed-note writes it."""
    replaces: str | None = None
    """The verifier key that was in force before."""
    reason: KeyChange | None = None
    """Why it was replaced; None for the first."""


OrganisationFact = RulePackAdopted | ReferenceDataLoaded | SigningKeyAdopted
register(RulePackAdopted, ReferenceDataLoaded, SigningKeyAdopted)


class KeyInForce(msgspec.Struct, frozen=True, kw_only=True):
    """A verifier key, and the position from which checkpoints are signed under it."""

    key: str
    position: int


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation as it stands at a position."""

    organisation: UUID
    version: int = 0
    position: int = 0
    pack: RulePackAdopted | None = None
    rows: dict[ReferenceKind, dict[date, ReferenceRow]] = msgspec.field(default_factory=dict)
    keys: tuple[KeyInForce, ...] = ()
    """Every key it has signed under, oldest first."""

    def key_at(self, size: int) -> str | None:
        """The verifier key of a checkpoint of this size; None before the first was adopted."""
        keys = [held.key for held in self.keys if held.position <= size]
        return keys[-1] if keys else None


def replay_organisation(organisation: UUID, events: Iterable[Recorded]) -> Organisation:
    """The organisation after these events of its stream."""
    state = Organisation(organisation=organisation)
    for event in events:
        state = evolve_organisation(state, event)
    return state


def evolve_organisation(state: Organisation, event: Recorded) -> Organisation:
    """The organisation after one more event. Total, never failing."""
    fact = cast("OrganisationFact", event.fact)
    pack, rows, keys = state.pack, state.rows, state.keys
    match fact:
        case RulePackAdopted():
            pack = fact
        case ReferenceDataLoaded():
            series = {**rows.get(fact.kind, {}), **{row.on: row for row in fact.rows}}
            rows = {**rows, fact.kind: series}
        case SigningKeyAdopted():
            keys = (*keys, KeyInForce(key=fact.key, position=event.position))
        case _:
            assert_never(fact)
    return Organisation(
        organisation=state.organisation,
        version=event.originator_version,
        position=event.position,
        pack=pack,
        rows=rows,
        keys=keys,
    )
