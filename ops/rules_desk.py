"""Where an organisation takes a rule pack and published rows into its own stream.

Both are facts like any other, so what was in force at a journal position can be said again. They
name no person, so nothing in them is sealed.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Final, Protocol
from uuid import UUID, uuid4

from domain.casework import TRIES_MAX
from domain.codec import encode_body
from domain.facts import Fact
from domain.log import Append, EventLog, NewEvent, StreamAppend, VersionConflict
from domain.organisation import (
    Organisation,
    ReferenceDataLoaded,
    ReferenceKind,
    ReferenceRow,
    RulePackAdopted,
    replay_organisation,
)
from domain.recorded import recorded
from domain.rules.pack import LATEST, PackUnknown, RulePack, pack_of
from ops.faults import Mendable
from ops.reference_files import DATA, HIGHEST_PCT, HOLIDAYS, KINDS, LPR
from ops.reference_rows import holiday_rows, lpr_rows

ACTOR: Final = "ops"
"""Who adopts and loads, in the journal: whoever runs the house."""


class RulesRefused(Mendable, ValueError):
    """A pack, a switch or a row cannot be taken; the message says what would be right."""


class Recording(Protocol):
    """What is needed of a house: its log."""

    @property
    def log(self) -> EventLog:
        """The journal of every organisation."""
        ...


Decide = Callable[[Organisation], tuple[Fact, ...]]


async def organisation_as_it_stands(house: Recording, organisation: UUID) -> Organisation:
    """Its adopted pack and loaded rows, at the journal's end. Raises LogUnavailable."""
    stored = await house.log.read_stream(organisation, organisation)
    return replay_organisation(organisation, [recorded(event) for event in stored])


async def adopt(
    house: Recording, organisation: UUID, pack: str, switches: Iterable[str] = ()
) -> int:
    """Adopt a released pack such as `cn@2026.1`; gives the journal position.

    Adopting again what is adopted records nothing, and gives the stream's last position.
    RulesRefused for a pack that was not released, or a switch that it does not have.
    """
    found = released(pack, switches)
    fact = RulePackAdopted(
        pack=f"{found.name}@{found.version}", switches=tuple(sorted(found.switches_on))
    )
    return await record(house, organisation, lambda now: () if now.pack == fact else (fact,))


async def load(
    house: Recording, organisation: UUID, kind: ReferenceKind, rows: Iterable[ReferenceRow]
) -> int:
    """Take rows of a series in; gives the journal position.

    Rows that are there with the same value are left out; where none is left nothing is recorded,
    and the stream's last position is given. RulesRefused for a row that cannot be meant, or a day
    that stands twice.
    """
    given = tuple(rows)
    _check_rows(kind, given)

    def decide(now: Organisation) -> tuple[Fact, ...]:
        there = now.rows.get(kind, {})
        new = [row for row in given if row.on not in there or not _same(there[row.on], row)]
        return (ReferenceDataLoaded(kind=kind, rows=tuple(new)),) if new else ()

    return await record(house, organisation, decide)


async def prepare(house: Recording, organisation: UUID) -> None:
    """Adopt the newest pack and load the shipped rows, all at once, where no pack is adopted.

    An organisation that chose its pack keeps it. Raises BadReferenceFile for spoilt shipped files.
    """
    facts = (
        RulePackAdopted(pack=LATEST),
        ReferenceDataLoaded(kind=ReferenceKind.LPR_1Y, rows=lpr_rows(DATA / LPR)),
        ReferenceDataLoaded(kind=ReferenceKind.HOLIDAYS, rows=holiday_rows(DATA / HOLIDAYS)),
    )
    await record(house, organisation, lambda now: facts if now.pack is None else ())


def released(pack: str, switches: Iterable[str] = ()) -> RulePack:
    """The released pack with these switches on; RulesRefused with a sentence where there is none.

    Switches may stand in the name too: `cn@2026.1+refund-above-four-lpr`.
    """
    try:
        return pack_of("+".join([pack, *sorted(switches)]))
    except PackUnknown as unknown:
        raise RulesRefused(f"There is {unknown}.") from None
    except ValueError as strange:
        has = ", ".join(sorted(pack_of(pack.partition("+")[0]).switches))
        raise RulesRefused(f"{strange}; it has: {has}.") from None


async def record(house: Recording, organisation: UUID, decide: Decide) -> int:
    """Append what the newest state calls for; decided anew when someone recorded in between.

    Gives the journal position, of what was there already where nothing is called for.
    """
    last: VersionConflict | None = None
    for _ in range(TRIES_MAX):
        now = await organisation_as_it_stands(house, organisation)
        facts = decide(now)
        if not facts:
            return now.position
        try:
            return (await house.log.append(_append(organisation, now.version, facts))).position
        except VersionConflict as conflict:
            last = conflict
    raise last or RuntimeError("nothing was tried")


def _append(organisation: UUID, version: int, facts: tuple[Fact, ...]) -> Append:
    events = tuple(
        NewEvent(
            event_id=uuid4(),
            topic=fact.TOPIC,
            schema_version=fact.class_version,
            body=encode_body(fact),
        )
        for fact in facts
    )
    write = StreamAppend(stream=organisation, expected_version=version, events=events)
    return Append(organisation=organisation, command_id=uuid4(), actor=ACTOR, writes=(write,))


def _check_rows(kind: ReferenceKind, rows: tuple[ReferenceRow, ...]) -> None:
    """A row that no reader can use must never reach the stream: it could not be taken out."""
    if len({row.on for row in rows}) != len(rows):
        raise RulesRefused(f"A day stands twice among the {kind} rows.")
    for row in rows:
        if not row.source.strip():
            raise RulesRefused(f"The {kind} row of {row.on} names no source.")
        if kind is ReferenceKind.HOLIDAYS and row.value not in KINDS:
            raise RulesRefused(f"{row.on} is {row.value!r}, not off or work.")
        if kind is ReferenceKind.LPR_1Y and not _is_rate(row.value):
            raise RulesRefused(f"{row.value!r} on {row.on} is no rate in per cent a year.")


def _is_rate(text: str) -> bool:
    try:
        rate = Decimal(text)
    except InvalidOperation:
        return False
    return rate.is_finite() and 0 < rate < HIGHEST_PCT


def _same(one: ReferenceRow, other: ReferenceRow) -> bool:
    if one.value in KINDS or other.value in KINDS:
        return one.value == other.value
    return Decimal(one.value) == Decimal(other.value)
