"""The evidence timeline: what happened, when, what shows it, and where nothing does.

What is handed to a complaint body or a court. Corrected entries say what they say now and that
they were corrected; withdrawn ones are counted and named, not told. Notes between caseworkers
stay inside unless asked for.
"""

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.cases.contacts import ContactLogged
from domain.cases.deciding.common import Leaf, leaves
from domain.cases.evidence import NoteAdded
from domain.cases.history import Entry, History
from domain.cases.lending import LenderClaimed, LoanDisbursed, LoanTaken
from domain.cases.letters import LetterApproved, LetterDrafted, LetterDropped
from domain.cases.payments import (
    PaymentBounced,
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
    PaymentReversed,
)
from domain.facts import Fact, Grade, Observed
from domain.money import Money
from projections.days import day_of, zone_of
from projections.endings import Ending, endings
from projections.gaps import Gap, Settled, gaps_of, settled
from projections.imported_rows import with_rows
from projections.ordering import Order, sort_key
from projections.sources import Source, Sources
from projections.titles import Title, title_of

__all__ = ["Order", "Said", "Timeline", "TimelineLine", "timeline"]

_OWN_PLACE: Final = frozenset({"occurred_on", "occurred_at", "zone", "grade", "evidence"})
"""Fields that a line shows outside `says`."""
_INSIDE: Final = (NoteAdded, LetterDrafted, LetterApproved, LetterDropped)
"""What caseworkers do among themselves: a letter comes onto the timeline when it goes out."""
_NOT_SAID: Final = frozenset({"file_id", "client_id", "files"})
"""Where a file lies, who the client is, the digests of a case file: not for reading."""


class Said(msgspec.Struct, frozen=True):
    """One field of what an entry says; `field` is a path with `/` between steps."""

    field: str
    value: Any


class TimelineLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as it stands."""

    sort_key: str
    """Rises along the lines in the order asked for; no two lines share one."""
    entry_id: UUID
    day: date
    """Local day in the case's zone."""
    occurred: date | datetime
    """As said: a day, or a moment with its offset."""
    zone: str
    """IANA name of the zone that the entry itself is in."""
    recorded_at: datetime
    position: int
    actor: str
    topic: str
    title: Title
    amount: Money | None
    says: tuple[Said, ...]
    grade: Grade | None
    """None for what needs no proof: intake, evidence items, notes."""
    is_documented: bool | None
    sources: tuple[Source, ...]
    corrections: int
    """How often it was corrected."""
    corrected_at: datetime | None
    """When last."""
    ended: Ending | None
    """Of a payment that did not stay: how it went back, when, and the entry that says so."""
    gaps: tuple[Gap, ...]


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """A case's entries that happened by `as_of`, as known at `position`."""

    case_id: UUID
    position: int
    version: int
    as_of: date
    order: Order
    zone: str
    lines: tuple[TimelineLine, ...]
    withdrawn: int
    withdrawn_ids: tuple[UUID, ...]
    """Entries that were withdrawn; the audit trail says when and why."""


class _Case(msgspec.Struct):
    """What each line needs to know of the whole case."""

    history: History
    as_of: date
    order: Order
    zone: ZoneInfo
    sources: Sources
    known: Settled
    ended: dict[UUID, Ending]
    recorded: AbstractSet[UUID]
    """Ids of what was recorded by itself, and not as a row of an import."""


def timeline(
    history: History,
    *,
    as_of: date,
    order: Order = Order.OCCURRED,
    include_notes: bool = False,
    include_rows: bool = False,
) -> Timeline:
    """The timeline of a case. Pure: the same history gives the same bytes.

    An import is one line, and so is each of its rows that was corrected; `include_rows` shows all.
    """
    own, history = history.entries.keys(), with_rows(history, every=include_rows)
    zone = zone_of(entry.fact for entry in history.entries.values())
    sources, known = Sources(history), settled(history, as_of)
    case = _Case(history, as_of, order, zone, sources, known, endings(history, as_of), own)
    shown = [
        (entry, day)
        for entry in history.entries.values()
        if (day := day_of(entry.fact, zone)) is not None
        and day <= as_of
        and (include_notes or not isinstance(entry.fact, _INSIDE))
    ]
    lines = [_line(case, entry, day) for entry, day in shown if not entry.is_withdrawn]
    gone = sorted(entry.entry_id for entry, _ in shown if entry.is_withdrawn)
    return Timeline(
        case_id=history.case_id,
        position=history.position,
        version=history.version,
        as_of=as_of,
        order=order,
        zone=zone.key,
        lines=tuple(sorted(lines, key=lambda line: line.sort_key)),
        withdrawn=len(gone),
        withdrawn_ids=tuple(gone),
    )


def _line(case: _Case, entry: Entry, day: date) -> TimelineLine:
    fact, grade = entry.fact, entry.fact.grade if isinstance(entry.fact, Observed) else None
    amount, said = _amount(case.history, fact), list(leaves(fact))
    return TimelineLine(
        sort_key=sort_key(case.order, entry, day, amount, said) + _of_row(case, entry),
        entry_id=entry.entry_id,
        day=day,
        occurred=fact.happened() or day,
        zone=fact.zone if isinstance(fact, ContactLogged) else case.zone.key,
        recorded_at=entry.stamp.recorded_at,
        position=entry.stamp.position,
        actor=entry.stamp.actor,
        topic=fact.TOPIC,
        title=title_of(fact),
        amount=amount,
        says=_says(said),
        grade=grade,
        is_documented=grade.is_documented if grade else None,
        sources=case.sources.of(entry.entry_id),
        corrections=len(entry.changes),
        corrected_at=entry.changes[-1].stamp.recorded_at if entry.changes else None,
        ended=case.ended.get(entry.entry_id),
        gaps=gaps_of(entry.entry_id, fact, case.sources, case.known, case.as_of),
    )


def _of_row(case: _Case, entry: Entry) -> str:
    """Rows of one import were recorded together: their ids part them."""
    is_row = case.order is Order.RECORDED and entry.entry_id not in case.recorded
    return f"|{entry.entry_id}" if is_row else ""


def _says(said: list[Leaf]) -> tuple[Said, ...]:
    return tuple(
        Said(path, value)
        for path, value in said
        if path.split("/", 1)[0] not in _OWN_PLACE and path not in _NOT_SAID
    )


def _amount(history: History, fact: Fact) -> Money | None:
    match fact:
        case LoanTaken():
            return fact.face_amount
        case LoanDisbursed():
            return fact.received
        case LenderClaimed():
            itemised = Money(sum(i.amount.minor for i in fact.items), fact.items[0].amount.currency)
            return fact.stated_total or itemised
        case PaymentCredited() | PaymentExpired() | PaymentBounced() | PaymentReversed():
            payment = history.get(fact.payment_id, PaymentMade)
            return payment.amount if payment else None
        case ContactLogged():
            return fact.promised
        case _:
            amount: Money | None = getattr(fact, "amount", None)
            return amount
