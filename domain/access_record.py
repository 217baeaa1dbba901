"""Putting accesses on record: durable before anything is given out, merged within one sitting.

What is covered is remembered in this process only. After a restart, or in another process, the
same reading is recorded once more: rather twice on record than not at all.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID
from weakref import WeakValueDictionary

import msgspec

from domain.accesses import (
    SITTING,
    AccessFact,
    NamesListed,
    PersonalDataRead,
    Reader,
    Reading,
    accesses_of,
    list_accesses_of,
)
from domain.codec import encode_body
from domain.log import NO_STREAM, Append, EventLog, NewEvent, StreamAppend, VersionConflict

REMEMBERED: Final = 20_000
"""Sittings kept in mind; about 400 bytes each."""
TRIES_MAX: Final = 20
"""How often an event is appended anew when somebody else wrote to its stream in between."""


class _Sitting(msgspec.Struct, frozen=True):
    """Readings that one event covers."""

    reader: Reader
    subject: UUID
    """The client; the organisation for a list."""
    case_id: UUID | None
    reading: Reading


class AccessRecord:
    """Records who reads whose data. When a method raises LogUnavailable, give out nothing."""

    def __init__(
        self, log: EventLog, *, clock: Callable[[], datetime], new_id: Callable[[], UUID]
    ) -> None:
        """`clock` gives the present moment, in UTC."""
        self._log, self._clock, self._new_id = log, clock, new_id
        self._covered: dict[_Sitting, tuple[datetime, int]] = {}
        self._versions: dict[UUID, int] = {}
        self._locks: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def reading(
        self, reader: Reader, client_id: UUID, reading: Reading, case_id: UUID | None = None
    ) -> None:
        """Have on record that `reader` is given data of a client, unless this sitting has it."""
        sitting = _Sitting(reader, client_id, case_id, reading)
        await self._record(sitting, accesses_of(client_id), 1)

    async def names(self, reader: Reader, clients: int, reading: Reading) -> None:
        """Have on record that `reader` is given a list with the names of so many clients."""
        if clients:
            sitting = _Sitting(reader, reader.organisation, None, reading)
            await self._record(sitting, list_accesses_of(reader.organisation), clients)

    async def _record(self, sitting: _Sitting, stream: UUID, clients: int) -> None:
        if self._is_covered(sitting, clients):
            return
        # One at a time for each stream: a page that asks for ten things at once is one sitting.
        lock = self._locks.setdefault(stream, asyncio.Lock())
        async with lock:
            if not self._is_covered(sitting, clients):
                until = self._clock() + SITTING
                await self._append(sitting.reader, stream, _fact(sitting, clients, until))
                self._remember(sitting, until, clients)

    def _is_covered(self, sitting: _Sitting, clients: int) -> bool:
        until, counted = self._covered.get(sitting, (None, 0))
        return until is not None and self._clock() < until and clients <= counted

    def _remember(self, sitting: _Sitting, until: datetime, clients: int) -> None:
        self._covered.pop(sitting, None)
        self._covered[sitting] = (until, clients)
        while len(self._covered) > REMEMBERED:
            # The oldest goes first: at worst one more event.
            del self._covered[next(iter(self._covered))]

    async def _append(self, reader: Reader, stream: UUID, fact: AccessFact) -> None:
        event, command_id = _event(self._new_id(), fact), self._new_id()
        last: VersionConflict | None = None
        for _ in range(TRIES_MAX):
            # Guessed rather than read: a wrong guess is told the right one.
            version = self._versions.get(stream, NO_STREAM)
            write = StreamAppend(stream=stream, expected_version=version, events=(event,))
            try:
                await self._log.append(_append(reader, command_id, write))
            except VersionConflict as conflict:
                last = conflict
                self._set_version(stream, conflict.actual)
            else:
                self._set_version(stream, version + 1)
                return
        raise last or RuntimeError("nothing was tried")

    def _set_version(self, stream: UUID, version: int) -> None:
        self._versions.pop(stream, None)
        self._versions[stream] = version
        if len(self._versions) > REMEMBERED:
            del self._versions[next(iter(self._versions))]


def _append(reader: Reader, command_id: UUID, write: StreamAppend) -> Append:
    return Append(
        organisation=reader.organisation,
        command_id=command_id,
        actor=reader.actor,
        writes=(write,),
    )


def _event(event_id: UUID, fact: AccessFact) -> NewEvent:
    return NewEvent(
        event_id=event_id,
        topic=fact.TOPIC,
        schema_version=fact.class_version,
        body=encode_body(fact),
    )


def _fact(sitting: _Sitting, clients: int, until: datetime) -> AccessFact:
    if sitting.subject == sitting.reader.organisation:
        return NamesListed(
            clients=clients,
            reading=sitting.reading,
            purpose=sitting.reader.purpose,
            covers_until=until,
        )
    return PersonalDataRead(
        client_id=sitting.subject,
        case_id=sitting.case_id,
        reading=sitting.reading,
        purpose=sitting.reader.purpose,
        covers_until=until,
    )
