"""The key store's own backup: apart from the record's, wrapped as it is, and never for long.

A key that was destroyed lives on in every backup made before. So each has an expiry, which is
sealed under the outer key, and every restore applies the lists of destroyed keys first.
"""

import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ops.backup.draft import Draft
from ops.backup.forgetting import Forgotten, as_list, listed_in, together, write_lists
from ops.backup.manifest import (
    FORMAT,
    BackupFault,
    KeysManifest,
    Progress,
    check_files,
    encode,
    read,
)
from ops.keys.durable import make_folder, write_once
from ops.keys.key_folder import KeyFolder, KeyPlace
from ops.keys.key_store import FileKeyStore
from ops.keys.keyring import Keyring
from ops.keys.outer_key import KEY_BYTES, KeyFault, OuterKey
from ops.keys.side_by_side import side_by_side
from ops.keys.wrapping import outer_key_id

DAYS: Final = 30
"""How long a key backup may be restored, unless it is told otherwise."""

_STORE: Final = "keys"
"""The key store's folder inside a backup; laid out as the store's own."""


class KeyBackup(NamedTuple):
    """A key backup that was read, checked and found in date."""

    folder: Path
    manifest: KeysManifest

    @property
    def store(self) -> KeyFolder:
        """Its copy of the key store."""
        return KeyFolder(self.folder / _STORE)


def make(root: Path, ring: Keyring, target: Path, *, now: datetime, days: int) -> KeysManifest:
    """Back a key store up. Servers may run meanwhile; a rotation waits.

    Raises BackupFault, KeyFault for a wrong outer key, OSError.
    """
    FileKeyStore(root, ring).request_secret()
    folder = KeyFolder(root)
    with folder.making():
        if folder.check_next.exists():
            raise BackupFault(
                "the outer key is being rotated. Let `python3 -m ops keys rotate-outer` finish, "
                "then make the backup."
            )
        draft = Draft(target)
        outer = ring.opening(folder.check.read_bytes())
        count = _copy(folder, draft, outer)
    manifest = KeysManifest(
        format=FORMAT,
        made_at=now,
        expires_at=now + timedelta(days=days),
        outer_key=outer.key_id,
        keys=count,
        files=draft.files,
    )
    manifest = sealed(outer, manifest)
    draft.finish(manifest)
    return manifest


def sealed(outer: OuterKey, manifest: KeysManifest) -> KeysManifest:
    """The manifest with the seal that binds all else in it to the outer key."""
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"mingzhang/key-backup/1")
    bare = encode(msgspec.structs.replace(manifest, seal=None))
    seal = hmac.digest(derive.derive(outer.key), bare, "sha256").hex()
    return msgspec.structs.replace(manifest, seal=seal)


def check(folder: Path, ring: Keyring, *, now: datetime, progress: Progress) -> KeyBackup:
    """Read a key backup and check all of it: what it is, its seal, its date, every file.

    Raises BackupFault; KeyFault when it is under an outer key that is not here.
    """
    manifest = read(folder, KeysManifest)
    outer = next((key for key in ring.keys if key.key_id == manifest.outer_key), None)
    if outer is None:
        raise KeyFault(
            f"the key backup is under the outer key {manifest.outer_key}, and "
            f"{', '.join(ring.ids)} was given",
            str(folder),
            "Give the outer key that it was made under; nothing was written.",
        )
    if not hmac.compare_digest(sealed(outer, manifest).seal or "", manifest.seal or ""):
        raise BackupFault(f"the manifest of {folder} was changed after it was made. Use another.")
    refuse_expired(folder, manifest, now)
    check_files(folder, manifest, progress)
    return KeyBackup(folder, manifest)


def refuse_expired(folder: Path, manifest: KeysManifest, now: datetime) -> None:
    """Raises BackupFault from the moment on at which a key backup has expired."""
    if now >= manifest.expires_at:
        raise BackupFault(
            f"the key backup {folder} expired at {manifest.expires_at:%Y-%m-%d %H:%M} UTC: whoever "
            "was forgotten since could come back by it. Use a newer one, and destroy this one."
        )


def refuse_other(target: KeyFolder, outer_key: str) -> None:
    """Raises KeyFault where a key store is here, under another outer key than a backup."""
    for mark in _marks(target):
        under = outer_key_id(mark.read_bytes())
        if under != outer_key:
            raise KeyFault(
                f"the key store here is under the outer key {under}, and the backup is under "
                f"{outer_key}",
                str(target.root),
                "Restore the backup into an empty folder, or use one made since the rotation.",
            )


def lists_beside(folder: Path) -> Forgotten:
    """The lists of destroyed keys of a key backup and of all that lie beside it.

    Yesterday's keys are thereby restored with today's list, also when today's backup has expired,
    is under another outer key, or is not whole: a list only ever makes people stay forgotten.
    Raises KeyFault, naming the file, when one holds something else.
    """
    beside = sorted(each for each in folder.absolute().parent.iterdir() if each.is_dir())
    return together(listed_in(each / _STORE) for each in [folder, *beside])


def put_back(backup: KeyBackup, root: Path, forgotten: Forgotten, progress: Progress) -> int:
    """Restore the keys of everyone who is not forgotten; the lists come first. How many came.

    What a store already holds stays. Raises KeyFault when it is under another outer key.
    """
    target, source = KeyFolder(root), backup.store
    refuse_other(target, backup.manifest.outer_key)
    make_folder(root)
    write_lists(root, forgotten)

    def bring(place: KeyPlace) -> bool:
        if place.subject in forgotten.get(place.organisation, frozenset()):
            return False
        here = target.key(place.organisation, place.subject)
        make_folder(here.parent)
        return write_once(here, place.path.read_bytes())

    places = list(source.places())
    came = 0
    for number, came_now in enumerate(side_by_side(bring, places)):
        came += came_now
        progress("keys put back", number, len(places))
    progress("keys put back", len(places), len(places))
    write_once(target.request_secret, source.request_secret.read_bytes())
    # Last: keys without this file are no store, and nothing starts on them.
    write_once(target.check, source.check.read_bytes())
    return came


def _copy(folder: KeyFolder, draft: Draft, outer: OuterKey) -> int:
    """Copy a store, the lists of destroyed keys last; how many keys stayed."""
    copied = _copy_keys(folder, draft, outer)
    for path in (folder.check, folder.request_secret):
        draft.add(f"{_STORE}/{path.name}", path.read_bytes())
    forgotten = listed_in(folder.root)
    for organisation, gone in forgotten.items():
        draft.add(f"{_STORE}/{organisation}/destroyed", as_list(gone))
    for (organisation, subject), name in list(copied.items()):
        if subject in forgotten.get(organisation, ()):
            draft.drop(name)
            del copied[organisation, subject]
    _refuse_unread(folder, copied, forgotten)
    return len(copied)


def _copy_keys(folder: KeyFolder, draft: Draft, outer: OuterKey) -> dict[tuple[UUID, UUID], str]:
    def copy(place: KeyPlace) -> str | None:
        try:
            content = place.path.read_bytes()
        except FileNotFoundError:
            return None  # destroyed since we looked
        if outer_key_id(content) != outer.key_id:
            return None  # being overwritten, or damaged: `_refuse_unread` tells
        name = f"{_STORE}/{place.path.relative_to(folder.root)}"
        draft.add(name, content)
        return name

    places = list(folder.places())
    names = side_by_side(copy, places)
    named = zip(places, names, strict=True)
    return {(place.organisation, place.subject): name for place, name in named if name is not None}


def _refuse_unread(
    folder: KeyFolder, copied: dict[tuple[UUID, UUID], str], forgotten: Forgotten
) -> None:
    for organisation, subject, path in folder.places():
        known = (organisation, subject) in copied or subject in forgotten.get(organisation, ())
        if not known and outer_key_id(path.read_bytes()) is None:
            raise KeyFault(
                "the key file is damaged or belongs elsewhere",
                str(path),
                "Put it back from the newest backup of the key store, then make the backup.",
            )


def _marks(target: KeyFolder) -> Iterator[Path]:
    yield from (path for path in (target.check, target.check_next) if path.exists())
