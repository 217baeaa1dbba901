"""Rotating the outer key: every key goes under a new one, and no event is touched.

The order makes it safe to be cut off anywhere, and to go on:

1. the source makes the next key durably;
2. `check.next` appears: from then on new keys are made under the next one;
3. every file is written anew, one by one; files under either key are read all the while;
4. `check.next` takes the place of `check`: nothing is under the old key any more;
5. the source puts the next key in the place of the old one, which is overwritten.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from ops.keys.destroyed import DestroyedList
from ops.keys.durable import shred, sync_folder, write_once, write_over
from ops.keys.key_folder import KeyFolder, KeyPlace
from ops.keys.key_store import FileKeyStore
from ops.keys.keyring import Keyring
from ops.keys.outer_key import KeyFault, OuterKey
from ops.keys.outer_source import OuterKeySource, keyring_of
from ops.keys.side_by_side import side_by_side
from ops.keys.wrapping import (
    check_mark,
    outer_key_id,
    unwrap,
    unwrap_secret,
    verify_check_mark,
    wrap,
    wrap_secret,
)

Progress = Callable[[int, int], None]
"""Told how many key files are done, and of how many."""

TOLD_EVERY: Final = 500


class Rotated(NamedTuple):
    """What a rotation did."""

    old_id: str
    new_id: str
    keys: int
    """Key files that are now under the new outer key."""
    left_to_do: str
    """For a person: where the new key is, and what to do with the old one."""


def settle(folder: KeyFolder, source: OuterKeySource) -> str | None:
    """Let the source follow a rotation that ended in the store and was cut off right then.

    Returns what is left for a person to do; None where nothing was to follow. Raises KeyFault.
    """
    if not folder.check.exists() or folder.check_next.exists():
        return None
    sealed_under = outer_key_id(folder.check.read_bytes())
    in_use, *following = source.keys()
    if sealed_under == in_use.key_id or sealed_under not in {key.key_id for key in following}:
        return None
    return source.retire()


def rotate(root: Path, source: OuterKeySource, progress: Progress) -> Rotated:
    """Put everything in a key store under the source's next key, or go on where that was cut off.

    Servers may run meanwhile. Raises KeyFault: wrong keys, a damaged key file, another rotation;
    what was done by then stays done, and both keys are accepted.
    """
    folder = KeyFolder(root)
    if not folder.check.exists():
        raise KeyFault("there is no key store", str(root), "It is made by the first start.")
    with folder.rotating():
        left = settle(folder, source)
        FileKeyStore(root, keyring_of(source)).request_secret()
        old_id = outer_key_id(folder.check.read_bytes()) or ""
        following = source.next_key()
        if following.key_id == old_id:
            raise KeyFault("the outer key is rotated already", following.source, left or "")
        return _Rotation(folder, source, following).run(old_id, progress)


class _Rotation:
    def __init__(self, folder: KeyFolder, source: OuterKeySource, following: OuterKey) -> None:
        self._folder = folder
        self._source = source
        self._next = following
        self._ring: Keyring = keyring_of(source)
        self._lists = {
            organisation: DestroyedList(folder.destroyed(organisation))
            for organisation in folder.organisations()
        }

    def run(self, old_id: str, progress: Progress) -> Rotated:
        self._begin()
        count = self._rewrap_all(progress)
        self._end()
        return Rotated(old_id, self._next.key_id, count, self._source.retire())

    def _begin(self) -> None:
        mark = self._folder.check_next
        with self._folder.turning():
            write_once(mark, check_mark(self._next))
        # It may be there from a rotation that was cut off, and to another key.
        verify_check_mark(self._next, mark.read_bytes(), str(mark))

    def _rewrap_all(self, progress: Progress) -> int:
        places = list(self._folder.places())
        touched: set[Path] = set()
        for number, written in enumerate(side_by_side(self._rewrap, places)):
            if number % TOLD_EVERY == 0:
                progress(number, len(places))
            if written:
                touched.add(places[number].path.parent)
        _sync(touched)
        self._rewrap_secret()
        progress(len(places), len(places))
        return len(places)

    def _rewrap(self, place: KeyPlace) -> bool:
        """Whether the file was written anew; its folder is then to be synced."""
        organisation, subject, path = place
        try:
            content = path.read_bytes()
            if outer_key_id(content) == self._next.key_id:
                return False
            key = unwrap(self._ring.opening(content), organisation, subject, content, str(path))
            write_over(path, wrap(self._next, organisation, subject, key))
        except (FileNotFoundError, KeyFault):
            # It may just be overwritten and deleted: the list was written before that.
            if not self._is_destroyed(organisation, subject):
                raise
        if self._is_destroyed(organisation, subject):
            self._folder.delete(organisation, subject)
        return True

    def _is_destroyed(self, organisation: UUID, subject: UUID) -> bool:
        listed = self._lists.get(organisation)
        if listed is None:
            listed = self._lists[organisation] = DestroyedList(self._folder.destroyed(organisation))
        return subject in listed.refresh()

    def _rewrap_secret(self) -> None:
        path = self._folder.request_secret
        content = path.read_bytes()
        if outer_key_id(content) != self._next.key_id:
            secret = unwrap_secret(self._ring.opening(content), content, str(path))
            write_over(path, wrap_secret(self._next, secret))
            sync_folder(path.parent)

    def _end(self) -> None:
        with self._folder.turning():
            # Nobody makes a key now: what a second look finds is put right before the old key
            # stops being asked for.
            _sync({place.path.parent for place in self._folder.places() if self._rewrap(place)})
            for leftover in self._folder.root.glob("*/??/*.tmp"):
                shred(leftover)
            self._folder.check_next.replace(self._folder.check)
            sync_folder(self._folder.root)


def _sync(folders: set[Path]) -> None:
    for folder in folders:
        sync_folder(folder)
