"""Where people's data keys live: apart from the events, so that forgetting one is forgetting all.

`ops/keys/key_folder.py` says where each file lies. Written so that a crash at any moment leaves a
store that is right.
"""

import asyncio
import threading
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes
from typing import Final, Protocol
from uuid import UUID

from domain.sealing import UnknownSubject
from ops.keys.data_key import DataKey, KeyCache, KeyDestroyed
from ops.keys.destroyed import DestroyedList
from ops.keys.durable import make_folder, write_once
from ops.keys.key_folder import KeyFolder
from ops.keys.keyring import Keyring
from ops.keys.outer_key import KEY_BYTES, KeyFault, OuterKey
from ops.keys.request_secret import first_secret
from ops.keys.wrapping import (
    check_mark,
    unwrap,
    unwrap_secret,
    verify_check_mark,
    wrap,
    wrap_secret,
)

CACHED_KEYS: Final = 32_768
"""Unwrapped keys kept in memory: two large caseloads; about 1 KB each."""


class KeyStore(Protocol):
    """Each person's data key. A subject may be a person or the organisation itself."""

    async def create(self, organisation: UUID, subject: UUID) -> DataKey:
        """The subject's key, made durably if there is none. Raises KeyDestroyed."""
        ...

    async def data_key(self, organisation: UUID, subject: UUID) -> DataKey | None:
        """The key, None when it is destroyed. Raises UnknownSubject when it was never made."""
        ...

    async def data_keys(
        self, organisation: UUID, subjects: Collection[UUID]
    ) -> dict[UUID, DataKey | None]:
        """`data_key` for many at once."""
        ...

    async def destroy(self, organisation: UUID, subject: UUID) -> None:
        """Delete the key for good and list the subject. Repeats, and without a key, allowed."""
        ...

    async def destroyed(self, organisation: UUID) -> frozenset[UUID]:
        """Everyone whose key was destroyed: what a restore applies before it serves."""
        ...


def key_store_is_empty(root: Path) -> bool:
    """Whether nothing here was ever sealed under an outer key."""
    return KeyFolder(root).is_empty()


class FileKeyStore:
    """A `KeyStore` in files, shared by any number of processes on one machine.

    Unwrapped keys are cached. Every call first looks (one stat) whether any process has added to
    the list of destroyed keys, so a destruction is never hidden once it was acknowledged. An idle
    process may hold a destroyed key in memory until it is next asked; `destroyed` asks.
    """

    def __init__(
        self, root: Path, outer: OuterKey | Keyring, cached_keys: int = CACHED_KEYS
    ) -> None:
        """Open the store, or start one, and finish destructions that a crash or restore left.

        Raises KeyFault under another outer key than the store's own; nothing is written then.
        While the outer key is rotated both keys are needed, and both are taken.
        """
        self._root = root
        self._folder = KeyFolder(root)
        self._outer = outer if isinstance(outer, Keyring) else Keyring([outer])
        self._cache = KeyCache(cached_keys)
        self._lists: dict[UUID, tuple[DestroyedList, frozenset[UUID]]] = {}
        self._lock = threading.Lock()
        self._prove_outer_key()
        self._finish_destructions()

    async def create(self, organisation: UUID, subject: UUID) -> DataKey:
        """See `KeyStore.create`. Of two processes at once both get the key that won."""
        return await asyncio.to_thread(self._create, organisation, subject)

    async def data_key(self, organisation: UUID, subject: UUID) -> DataKey | None:
        """See `KeyStore.data_key`. Raises KeyFault when the key file is damaged."""
        return (await self.data_keys(organisation, (subject,)))[subject]

    async def data_keys(
        self, organisation: UUID, subjects: Collection[UUID]
    ) -> dict[UUID, DataKey | None]:
        """See `KeyStore.data_keys`. Goes to a thread only for keys that are not cached."""
        gone = self._refresh(organisation)
        cache = self._cache.of(organisation)
        keys = {subject: None if subject in gone else cache.get(subject) for subject in subjects}
        missing = [subject for subject, key in keys.items() if key is None and subject not in gone]
        if missing:
            keys |= await asyncio.to_thread(self._load, organisation, missing)
        return keys

    async def destroy(self, organisation: UUID, subject: UUID) -> None:
        """See `KeyStore.destroy`. Listed first: from then on nobody is given the key."""
        await asyncio.to_thread(self._destroy, organisation, subject)

    async def destroyed(self, organisation: UUID) -> frozenset[UUID]:
        """See `KeyStore.destroyed`."""
        return await asyncio.to_thread(self._refresh, organisation)

    def request_secret(self) -> bytes:
        """Thirty-two bytes for keyed digests of requests: the same after every rotation.

        Raises KeyFault when its file is damaged.
        """
        path = self._folder.request_secret
        if not path.exists():
            with self._folder.making():
                # Installations that have none yet used the one that came of their outer key.
                mark = self._folder.check.read_bytes()
                self._keep_secret(first_secret(self._outer.opening(mark)))
        content = path.read_bytes()
        return unwrap_secret(self._outer.opening(content), content, str(path))

    def _prove_outer_key(self) -> None:
        check = self._folder.check
        if not check.exists():
            if self._folder.has_keys():
                raise KeyFault(
                    "the key store holds keys but not the file that proves their outer key",
                    str(check),
                    "Put the whole key store back from its newest backup.",
                )
            make_folder(self._root)
            if write_once(check, check_mark(self._outer.first)):
                with self._folder.making():
                    self._keep_secret(token_bytes(KEY_BYTES))
        self._proven(check)
        if self._folder.check_next.exists():
            with suppress(FileNotFoundError):  # the rotation has ended meanwhile
                self._proven(self._folder.check_next)

    def _proven(self, mark: Path) -> OuterKey:
        content = mark.read_bytes()
        outer = self._outer.opening(content)
        verify_check_mark(outer, content, str(mark))
        return outer

    def _writing(self) -> OuterKey:
        """The outer key for a new file; ask only while holding `KeyFolder.making`."""
        following = self._folder.check_next
        return self._proven(following if following.exists() else self._folder.check)

    def _keep_secret(self, secret: bytes) -> None:
        write_once(self._folder.request_secret, wrap_secret(self._writing(), secret))

    def _finish_destructions(self) -> None:
        for organisation in self._folder.organisations():
            for subject in self._refresh(organisation):
                self._folder.delete(organisation, subject)

    def _refresh(self, organisation: UUID) -> frozenset[UUID]:
        known = self._lists.get(organisation)
        if known is None:
            path = self._folder.destroyed(organisation)
            known = self._lists.setdefault(organisation, (DestroyedList(path), frozenset()))
        listed, seen = known
        gone = listed.refresh()
        if gone is not seen:
            with self._lock:
                self._cache.forget(organisation, gone)
                self._lists[organisation] = (listed, gone)
        return gone

    def _create(self, organisation: UUID, subject: UUID) -> DataKey:
        self._refuse_destroyed(organisation, subject)
        path = self._folder.key(organisation, subject)
        if not path.exists():
            make_folder(path.parent)
            try:
                with self._folder.making():
                    key = token_bytes(KEY_BYTES)
                    write_once(path, wrap(self._writing(), organisation, subject, key))
            finally:
                # Another process may have destroyed the person, and looked before our link.
                self._refuse_destroyed(organisation, subject)
        made = self._load(organisation, [subject])[subject]
        if made is None:
            raise KeyDestroyed(f"the key of {subject} is destroyed")
        return made

    def _refuse_destroyed(self, organisation: UUID, subject: UUID) -> None:
        if subject in self._refresh(organisation):
            self._folder.delete(organisation, subject)
            raise KeyDestroyed(f"the key of {subject} is destroyed")

    def _load(self, organisation: UUID, subjects: list[UUID]) -> dict[UUID, DataKey | None]:
        found = {subject: self._read(organisation, subject) for subject in subjects}
        # Keys read before another process listed them are neither given out nor kept. The lock
        # lets no one forget between our look at the list and our putting the keys away.
        gone = self._refresh(organisation)
        with self._lock:
            gone = gone | self._lists[organisation][1]
            keys = {s: key for s, key in found.items() if key is not None and s not in gone}
            self._cache.put(organisation, keys)
        return {subject: keys.get(subject) for subject in subjects}

    def _read(self, organisation: UUID, subject: UUID) -> DataKey | None:
        path = self._folder.key(organisation, subject)
        try:
            content = path.read_bytes()
            outer = self._outer.opening(content)
            return DataKey(unwrap(outer, organisation, subject, content, str(path)))
        except (FileNotFoundError, KeyFault) as fault:
            # It may just have been overwritten and deleted: the list is written before that.
            if subject in self._refresh(organisation):
                return None
            if isinstance(fault, KeyFault):
                raise
            raise UnknownSubject(f"no key was ever made for {subject}") from None

    def _destroy(self, organisation: UUID, subject: UUID) -> None:
        make_folder(self._root / str(organisation))
        if subject not in self._refresh(organisation):
            self._lists[organisation][0].add(subject)
            self._refresh(organisation)
        self._folder.delete(organisation, subject)
