"""Where the outer key comes from: a file, the environment, one day a key service.

A source holds the key in use and, while the outer key is rotated, the one that takes its place.
During a rotation a key store holds keys under either, so both are asked for.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from ops.keys.durable import sync_folder, write_all
from ops.keys.keyring import Keyring
from ops.keys.outer_key import KeyFault, OuterKey, from_text, load_or_make, read_key
from ops.settings import OUTER_KEY, OUTER_KEY_NEXT, Settings

NEXT_SUFFIX: Final = ".next"


class OuterKeySource(Protocol):
    """A place outside every database that keeps outer keys. Nothing it says is ever stored."""

    def keys(self) -> list[OuterKey]:
        """The key in use, and after it the one that a rotation goes to, if there is one.

        Raises KeyFault when the key in use is missing or cannot be read.
        """
        ...

    def first(self) -> OuterKey:
        """The key for a key store that was never sealed: made durably where the source can."""
        ...

    def next_key(self) -> OuterKey:
        """The key that a rotation goes to; made durably, or KeyFault where the source cannot."""
        ...

    def retire(self) -> str:
        """Put the next key in the place of the one in use; nothing is under the old one any more.

        Returns what is left for a person to do. Repeats are harmless.
        """
        ...


def source_of(settings: Settings) -> OuterKeySource:
    """The source that the settings name."""
    if settings.outer_key is not None:
        return EnvironmentSource(settings.outer_key, settings.outer_key_next)
    return FileSource(settings.outer_key_file)


def keyring_of(source: OuterKeySource) -> Keyring:
    """The keys of a source, which is asked again when another is needed. Raises KeyFault."""
    return Keyring(source.keys(), source.keys)


class FileSource:
    """A file; during a rotation the next key lies beside it, in `<name>.next`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = path.with_name(path.name + NEXT_SUFFIX)

    def keys(self) -> list[OuterKey]:
        """See `OuterKeySource.keys`."""
        # The next one is read first: a rotation that ends in between then shows its key twice.
        following = []
        with suppress(FileNotFoundError):
            following.append(read_key(self._next))
        return [load_or_make(self._path, key_store_is_empty=False), *following]

    def first(self) -> OuterKey:
        """See `OuterKeySource.first`."""
        return load_or_make(self._path, key_store_is_empty=True)

    def next_key(self) -> OuterKey:
        """See `OuterKeySource.next_key`. Raises KeyFault where nothing can be written there."""
        try:
            return load_or_make(self._next, key_store_is_empty=True)
        except OSError as error:
            raise KeyFault(
                f"the next outer key cannot be written ({error.strerror})",
                str(self._next),
                "Let this user write in that folder, or put a key file of that name there.",
            ) from error

    def retire(self) -> str:
        """See `OuterKeySource.retire`. The old key is overwritten on the disk."""
        try:
            if self._next.exists():
                self._put_in_place()
        except OSError as error:
            return (
                f"The outer key is now the one in {self._next}, which could not be moved "
                f"({error.strerror}): put it in the place of {self._path} yourself. Until then "
                "both are accepted."
            )
        return (
            f"The outer key is now the one in {self._path}: keep a copy of it apart. "
            "Key backups made before are sealed under the old one: make a new one now "
            "(python3 -m ops backup --keys FOLDER), and destroy the copies of the old key "
            "together with those backups."
        )

    def _put_in_place(self) -> None:
        old = os.open(self._path, os.O_WRONLY | os.O_NOFOLLOW)
        try:
            self._next.replace(self._path)
            sync_folder(self._path.parent)
            write_all(old, bytes(os.fstat(old).st_size))
            os.fsync(old)
        finally:
            os.close(old)


class EnvironmentSource:
    """Variables of the environment, which a running program cannot change."""

    def __init__(self, text: str, next_text: str | None) -> None:
        self._text = text
        self._next_text = next_text

    def keys(self) -> list[OuterKey]:
        """See `OuterKeySource.keys`."""
        return [self.first(), *([] if self._next_text is None else [self.next_key()])]

    def first(self) -> OuterKey:
        """See `OuterKeySource.first`: the variable's; none is made."""
        return from_text(self._text, OUTER_KEY)

    def next_key(self) -> OuterKey:
        """See `OuterKeySource.next_key`."""
        if self._next_text is None:
            raise KeyFault(
                "there is no outer key to rotate to",
                OUTER_KEY_NEXT,
                "Set it to a new key, such as `openssl rand -hex 32` makes, for every process "
                "that serves, start them again, and rotate then.",
            )
        return from_text(self._next_text, OUTER_KEY_NEXT)

    def retire(self) -> str:
        """See `OuterKeySource.retire`: only a person can change a variable."""
        return (
            f"The outer key is now the value of {OUTER_KEY_NEXT}: put it into {OUTER_KEY}, take "
            f"{OUTER_KEY_NEXT} away, and destroy the old value together with the key backups "
            "that are sealed under it. Until then both are accepted."
        )
