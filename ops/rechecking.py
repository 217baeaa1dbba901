"""Replaying cases and rechecking their figures: one case, a file, or the whole caseload."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.cases.history import History, replay
from domain.cases.stating import FiguresStated
from domain.casework import Casework, case_zone
from domain.figures.explaining import Explanation, explain
from domain.figures.figure import RULES, Unknown
from domain.figures.position import Position, position
from domain.figures.rechecking import (
    Moved,
    Outcome,
    Rechecked,
    RecheckedAnswer,
    moved,
    recheck,
    recheck_answer,
)
from domain.figures.ruled import Ruled, ruled
from domain.figures.stating import statements as stated_in
from domain.log import PAGE_MAX, EventLog
from domain.recorded import Recorded
from domain.rules.books import Books
from domain.rules.pack import latest, pack_of
from ops.reference_files import read_reference


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """A case replayed: its figures, each explained, and what was stated of it made again."""

    case_id: UUID
    as_of: date
    known_at: int
    position: Position
    ruled: Ruled | None
    explanations: tuple[Explanation, ...]
    stated: tuple[Rechecked, ...]
    answers: tuple[RecheckedAnswer, ...]
    moved: tuple[Moved, ...] | None = None
    """Under `--against`: what another pack answers differently."""


def shipped_books(pack: str | None = None) -> Books:
    """The books that come with this release, for a file without its organisation's stream."""
    return Books(pack=pack_of(pack) if pack else latest(), data=read_reference())


def replayed(
    events: Sequence[Recorded],
    as_of: date | None,
    books: Books | None,
    against: Books | None,
    stated_books: "Sequence[tuple[UUID, Books | None]]",
) -> Replayed:
    """A case replayed from its events. Same inputs, same bytes, on every machine."""
    history = replay(events[0].originator_id, events)
    day = as_of or today_of(history)
    answer = ruled(history, day, books) if books else None
    return Replayed(
        case_id=history.case_id,
        as_of=day,
        known_at=history.position,
        position=position(history, day),
        ruled=answer,
        explanations=tuple(_explained(answer, books)) if answer and books else (),
        stated=tuple(_stated(events, history, dict(stated_books))),
        answers=tuple(
            recheck_answer(entry_id, stated, _then(events, history, stated))
            for entry_id, stated in statements(history)
        ),
        moved=tuple(moved(history, day, books, against)) if books and against else None,
    )


def today_of(history: History) -> date:
    """Today where the case is."""
    return datetime.now(UTC).astimezone(ZoneInfo(case_zone(history))).date()


def _explained(answer: Ruled, books: Books) -> Iterator[Explanation]:
    for loan in answer.loans:
        for line in loan.lines:
            yield explain(line, books.pack)


def _stated(
    events: Sequence[Recorded], history: History, books: dict[UUID, Books | None]
) -> Iterator[Rechecked]:
    for entry_id, stated in statements(history):
        then = _then(events, history, stated)
        yield from recheck(entry_id, stated, then, books.get(entry_id))


def _then(events: Sequence[Recorded], history: History, stated: FiguresStated) -> History:
    """The case as it was known to a statement."""
    known = [event for event in events if event.position <= stated.known_at]
    return replay(history.case_id, known)


def statements(history: History) -> list[tuple[UUID, FiguresStated]]:
    """What was given out in a case, letters included."""
    return list(stated_in(history))


async def books_of_statements(
    casework: Casework, organisation: UUID, history: History
) -> list[tuple[UUID, Books | None]]:
    """The books that each statement was made with: its pack, and the data loaded by then."""
    found: list[tuple[UUID, Books | None]] = []
    for entry_id, stated in statements(history):
        books: Books | Unknown | None = None
        if stated.pack != RULES:
            at = history.entries[entry_id].stamp.position
            books = await casework.books(organisation, at, stated.pack)
        found.append((entry_id, None if isinstance(books, Unknown) else books))
    return found


async def opened_cases(log: EventLog, organisation: UUID) -> AsyncIterator[tuple[int, UUID]]:
    """Position and id of every case of an organisation, in the order of opening, page by page."""
    at = 0
    while page := await log.read_journal(
        organisation, after_position=at, limit=PAGE_MAX, topics=("case-opened",)
    ):
        for event in page:
            yield event.position, event.stream
        at = page[-1].position


def differing(found: Sequence[Rechecked]) -> list[Rechecked]:
    """Figures that do not come out as they were given out."""
    return [figure for figure in found if figure.verdict is not Outcome.SAME]
