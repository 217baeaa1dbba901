"""From the journal to histories: which cases a page touches, and what each of them says.

What cannot be read is raised as Poison, with its place and never with its content.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date
from typing import Final, get_args
from uuid import UUID

from domain.cases.corrections import CaseFact
from domain.cases.history import History, replay
from domain.facts import FACTS
from domain.figures.figure import Unknown
from domain.log import EventLog, StoredEvent
from domain.recorded import Recorded, recorded
from domain.rules.books import Books
from projections.tables.definition import CaseTable, Poison, Row

CASE_TOPICS: Final = frozenset(fact.TOPIC for fact in get_args(CaseFact))

READERS: Final = 4
"""Streams that are fetched at the same time; the pool is there for others, too."""


def cases_in(page: Iterable[StoredEvent]) -> list[UUID]:
    """The cases that these events are of, in the order of appearance.

    Raises Poison for a topic that this release does not know: it may be one of a case.
    """
    cases: dict[UUID, None] = {}
    for event in page:
        if event.topic in CASE_TOPICS:
            cases[event.stream] = None
        elif event.topic not in FACTS:
            raise Poison(event.stream, f"unknown topic {event.topic!r}", event.position)
    return list(cases)


async def histories(
    log: EventLog, organisation: UUID, case_ids: Sequence[UUID], up_to_position: int
) -> AsyncIterator[History]:
    """Each case as known at a position, in the order asked for; a few are held at a time.

    Raises Poison for an event that cannot be read.
    """
    for start in range(0, len(case_ids), READERS):
        some = case_ids[start : start + READERS]
        streams = await asyncio.gather(
            *(log.read_stream(organisation, c, up_to_position=up_to_position) for c in some)
        )
        for case_id, events in zip(some, streams, strict=True):
            yield _replayed(case_id, [_decoded(event) for event in events])


def _decoded(event: StoredEvent) -> Recorded:
    try:
        return recorded(event)
    except Exception as error:
        # Whatever is wrong with it, the table has to stop; the error's own words may quote it.
        raise Poison(event.stream, type(error).__name__, event.position) from error


def _replayed(case_id: UUID, events: list[Recorded]) -> History:
    try:
        return replay(case_id, events)
    except Exception as error:
        raise Poison(case_id, type(error).__name__) from error


def rows_of(table: CaseTable, history: History, as_of: date, books: Books | Unknown) -> list[Row]:
    """A case's rows. Raises Poison when they cannot be made."""
    try:
        return table.rows(history, as_of, books)
    except Exception as error:
        raise Poison(history.case_id, type(error).__name__) from error
