"""The rule books that rows are made by: those in force where a table stands."""

from collections.abc import AsyncIterator, Sequence
from typing import Final
from uuid import UUID

from domain.figures.figure import Unknown
from domain.log import EventLog, StoredEvent
from domain.organisation import ReferenceDataLoaded, RulePackAdopted, replay_organisation
from domain.recorded import Recorded, recorded
from domain.rules.books import Books, books_of
from domain.rules.pack import PackUnknown
from projections.tables.definition import Poison

NO_BOOKS: Final = "none"
"""The label of rows made while no rule pack is adopted."""

_CHANGES: Final = (RulePackAdopted.TOPIC, ReferenceDataLoaded.TOPIC)


def label_of(books: Books | Unknown) -> str:
    """What a row says of its books: the pack with its switches, and the version of the data."""
    if isinstance(books, Unknown):
        return NO_BOOKS
    return f"{books.pack.reference} {books.data.version}"


class BooksAt:
    """The books in force at positions of journals.

    An organisation's stream is read once, and then only what it has gained; its books are made
    again when a pack was adopted or rows were taken in. Only the last ones made are kept.
    """

    def __init__(self, log: EventLog) -> None:
        """The log with the organisations' own streams."""
        self._log = log
        self._read: dict[UUID, tuple[int, list[Recorded]]] = {}
        """How far each stream was read, by version, and what in it changes the books."""
        self._made: dict[UUID, tuple[int, Books | Unknown]] = {}
        """By how many changes the books kept were made."""

    async def at(self, organisation: UUID, position: int) -> Books | Unknown:
        """The books in force at a position; Unknown while no pack was adopted.

        Raises Poison when a change of the books cannot be read, or names a pack that this
        release does not have.
        """
        changes = await self._changes(organisation, position)
        number, books = self._made.get(organisation, (-1, None))
        if books is None or number != len(changes):
            books = _books(organisation, changes)
            self._made[organisation] = (len(changes), books)
        return books

    async def back_from(self, organisation: UUID, position: int) -> AsyncIterator[Books | Unknown]:
        """The books in force at a position and, one by one, those before them. Raises Poison."""
        yield await self.at(organisation, position)
        changes = await self._changes(organisation, position)
        for number in range(len(changes) - 1, -1, -1):
            yield _books(organisation, changes[:number])

    async def _changes(self, organisation: UUID, position: int) -> list[Recorded]:
        version, changes = self._read.get(organisation, (-1, []))
        gained = await self._log.read_stream(organisation, organisation, after_version=version)
        if gained:
            found = [_decoded(event) for event in gained if event.topic in _CHANGES]
            changes = [*changes, *found]
            self._read[organisation] = (gained[-1].version, changes)
        return [change for change in changes if change.position <= position]


def _decoded(event: StoredEvent) -> Recorded:
    try:
        return recorded(event)
    except Exception as error:
        raise Poison(event.stream, type(error).__name__, event.position) from error


def _books(organisation: UUID, changes: Sequence[Recorded]) -> Books | Unknown:
    try:
        return books_of(replay_organisation(organisation, changes))
    except (PackUnknown, ValueError) as error:
        # A newer release's pack or switch: its tables have to wait for that release.
        position = changes[-1].position if changes else None
        raise Poison(organisation, type(error).__name__, position) from error
