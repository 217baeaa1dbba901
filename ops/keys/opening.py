"""Opening sealed values for an outsider: each by its salt and plaintext, never by anyone's key."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from domain.personal import Personal, map_personal
from domain.recorded import Recorded
from ops.keys.key_store import KeyStore
from ops.keys.sealing import unseal_value

_VALUES_A_TURN: Final = 500
"""Opened without letting others run: about 3 ms."""


class OpenedValue(msgspec.Struct, frozen=True, kw_only=True):
    """One value as it was committed to."""

    field: str
    """Path from the fact's root."""
    salt: bytes
    plaintext: bytes
    """The value as JSON."""


Wanted = Callable[[Recorded, str], bool]


class Opener:
    """Opens chosen values of sealed facts."""

    def __init__(self, key_store: KeyStore) -> None:
        self._key_store = key_store

    async def is_erased(self, organisation: UUID, subject: UUID) -> bool:
        """Whether a person's key is destroyed. Raises UnknownSubject."""
        return await self._key_store.data_key(organisation, subject) is None

    async def open(
        self, organisation: UUID, events: Sequence[Recorded], wanted: Wanted
    ) -> dict[UUID, list[OpenedValue]]:
        """The wanted values of each event by its id, in the order of its fields.

        Those of a person whose key is destroyed are missing. Raises SealBroken, UnknownSubject.
        """
        places = [place for event in events for place in _places(event, wanted)]
        subjects = {personal.subject for _, _, personal in places if personal.subject}
        keys = await self._key_store.data_keys(organisation, subjects) if subjects else {}
        found: dict[UUID, list[OpenedValue]] = {}
        for number, (event_id, field, personal) in enumerate(places, start=1):
            if number % _VALUES_A_TURN == 0:
                await asyncio.sleep(0)
            key = keys[personal.subject] if personal.subject else None
            if key is not None:
                salt, plaintext = unseal_value(key, event_id, field, personal)
                value = OpenedValue(field=field, salt=salt, plaintext=plaintext)
                found.setdefault(event_id, []).append(value)
        return found


def _places(event: Recorded, wanted: Wanted) -> list[tuple[UUID, str, Personal[Any]]]:
    found: list[tuple[UUID, str, Personal[Any]]] = []

    def note(field: str, personal: Personal[Any]) -> Personal[Any]:
        if personal.is_sealed and wanted(event, field):
            found.append((event.event_id, field, personal))
        return personal

    map_personal(event.fact, note)
    return found
