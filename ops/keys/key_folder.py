"""Where everything lies in a key store's folder, and the lock by which processes agree.

Seen from the store's folder:

    root/check                                         proves the outer key at start
    root/check.next                                    while the outer key is being rotated
    root/request-secret                                for keyed digests of requests, wrapped
    root/lock                                          held while a key is made, or a rotation turns
    root/<organisation>/destroyed                      whose key was destroyed
    root/<organisation>/<first two hex>/<subject>.key  one person's key, wrapped
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from ops.keys.durable import PRIVATE_FILE, shred, sync_folder
from ops.keys.outer_key import KeyFault


class KeyPlace(NamedTuple):
    """One person's key file."""

    organisation: UUID
    subject: UUID
    path: Path


class KeyFolder:
    """The files of a key store, by name; opens and proves nothing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.check = root / "check"
        self.check_next = root / "check.next"
        self.request_secret = root / "request-secret"

    def key(self, organisation: UUID, subject: UUID) -> Path:
        """The key file of one person."""
        name = str(subject)
        return self.root / str(organisation) / name[:2] / f"{name}.key"

    def destroyed(self, organisation: UUID) -> Path:
        """The list of an organisation's destroyed keys."""
        return self.root / str(organisation) / "destroyed"

    def has_keys(self) -> bool:
        """Whether any person's key is here."""
        return any(True for _ in self.root.glob("*/??/*.key"))

    def is_empty(self) -> bool:
        """Whether nothing here was ever sealed under an outer key."""
        return not self.check.exists() and not self.has_keys()

    def organisations(self) -> list[UUID]:
        """Every organisation that has a folder here, sorted."""
        found = []
        if self.root.is_dir():
            for path in self.root.iterdir():
                with suppress(ValueError):
                    found.append(UUID(path.name))
        return sorted(found)

    def places(self) -> Iterator[KeyPlace]:
        """Every person's key file, in order of their names."""
        for organisation in self.organisations():
            for path in sorted((self.root / str(organisation)).glob("??/*.key")):
                with suppress(ValueError):
                    yield KeyPlace(organisation, UUID(path.stem), path)

    def delete(self, organisation: UUID, subject: UUID) -> None:
        """Shred a person's key and what a crash while making it may have left beside it."""
        folder = self.key(organisation, subject).parent
        files = list(folder.glob(f"{subject}.*"))
        for path in files:
            shred(path)
        if files:
            sync_folder(folder)

    @contextmanager
    def making(self) -> Iterator[None]:
        """Held while keys are made or copied: no rotation begins or ends meanwhile."""
        with _locked(self.root / "lock", fcntl.LOCK_SH):
            yield

    @contextmanager
    def turning(self) -> Iterator[None]:
        """Held for the moment in which a rotation begins or ends: no key is being made then."""
        with _locked(self.root / "lock", fcntl.LOCK_EX):
            yield

    @contextmanager
    def rotating(self) -> Iterator[None]:
        """Held for a whole rotation. Raises KeyFault when another process holds it."""
        try:
            with _locked(self.root / "rotation", fcntl.LOCK_EX | fcntl.LOCK_NB):
                yield
        except BlockingIOError:
            raise KeyFault(
                "another process is rotating the outer key",
                str(self.root),
                "Let it finish; one that was killed holds nothing.",
            ) from None


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    # A flock ends with its process, however that ends.
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, PRIVATE_FILE)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
