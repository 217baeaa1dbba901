"""A person's data key in memory, and the bounded cache of them."""

import threading
from collections.abc import Collection, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.sealing import Forgotten

_NONE: Final[Mapping[UUID, "DataKey"]] = MappingProxyType({})


class KeyDestroyed(Forgotten):
    """The person was forgotten: their key is destroyed, and no new one is ever made."""


class DataKey(bytes):
    """A person's 32-byte data key. Neither repr nor str shows it."""

    @cached_property
    def cipher(self) -> AESGCM:
        """AES-256-GCM under this key: setting one up costs more than opening a name."""
        return AESGCM(self)

    def __repr__(self) -> str:
        return "<data key>"

    __str__ = __repr__


class KeyCache:
    """At most `limit` unwrapped keys; the oldest of the largest organisation makes room."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._keys: dict[UUID, dict[UUID, DataKey]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._size

    def of(self, organisation: UUID) -> Mapping[UUID, DataKey]:
        """The cached keys of one organisation, by subject; to look in, not to keep."""
        return self._keys.get(organisation, _NONE)

    def put(self, organisation: UUID, keys: Mapping[UUID, DataKey]) -> None:
        """Remember keys."""
        with self._lock:
            shelf = self._keys.setdefault(organisation, {})
            before = len(shelf)
            shelf.update(keys)
            self._size += len(shelf) - before
            while self._size > self._limit:
                largest = max(self._keys.values(), key=len)
                del largest[next(iter(largest))]
                self._size -= 1

    def forget(self, organisation: UUID, subjects: Collection[UUID]) -> None:
        """Drop the keys of these subjects."""
        with self._lock:
            shelf = self._keys.get(organisation, {})
            for subject in subjects:
                if shelf.pop(subject, None) is not None:
                    self._size -= 1
