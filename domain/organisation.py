"""The organisation: its rule pack and data, how long it keeps records, the key it signs under.

Its stream's id is the organisation's own id. What was in force at a journal position is what
stood in this stream then.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final, assert_never, cast
from uuid import UUID

import msgspec

from domain.cases.intake import CloseReason
from domain.facts import Fact, register
from domain.recorded import Recorded
from domain.refusals import Code, Refusal


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


class RetentionRuleSet(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="retention-rule-set"
):
    """How long records are kept after a case was closed; replaces the rule before it."""

    outcome: CloseReason | None = None
    """Cases that ended so; None: all for which no rule of their own was set."""
    years: int
    """Whole years from the day of closing."""
    legal_basis: str
    """The provision or the policy it rests on, in clear."""


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


OrganisationFact = RulePackAdopted | ReferenceDataLoaded | RetentionRuleSet | SigningKeyAdopted
register(RulePackAdopted, ReferenceDataLoaded, RetentionRuleSet, SigningKeyAdopted)


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
    retention: dict[CloseReason | None, Recorded] = msgspec.field(default_factory=dict)
    """The `retention-rule-set` in force for each outcome; None: for all others."""
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
    pack, rows, retention, keys = state.pack, state.rows, state.retention, state.keys
    match fact:
        case RulePackAdopted():
            pack = fact
        case ReferenceDataLoaded():
            series = {**rows.get(fact.kind, {}), **{row.on: row for row in fact.rows}}
            rows = {**rows, fact.kind: series}
        case RetentionRuleSet():
            retention = {**retention, fact.outcome: event}
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
        retention=retention,
        keys=keys,
    )


YEARS_MAX: Final = 50


def decide_retention(
    state: Organisation, fact: RetentionRuleSet, text_chars_max: int
) -> tuple[RetentionRuleSet, ...] | Refusal:
    """Whether a retention rule may be set. Pure."""
    if not 0 <= fact.years <= YEARS_MAX:
        detail = f"{fact.years} years; from 0 to {YEARS_MAX}"
        return Refusal(code=Code.YEARS_UNUSABLE, field="years", detail=detail)
    if not fact.legal_basis.strip():
        return Refusal(code=Code.TEXT_EMPTY, field="legal_basis")
    if len(fact.legal_basis) > text_chars_max:
        detail = f"{len(fact.legal_basis)} characters; at most {text_chars_max}"
        return Refusal(code=Code.TEXT_TOO_LONG, field="legal_basis", detail=detail)
    before = state.retention.get(fact.outcome)
    if before is not None and before.fact == fact:
        return Refusal(code=Code.NOTHING_CHANGED)
    return (fact,)
