"""What a backup says of itself: `manifest.json`, written last, with the SHA-256 of all the rest.

`ops/docs/backup.md` describes every field.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Annotated, Final, TypeVar
from uuid import UUID

import msgspec

from ops.faults import Mendable

FORMAT: Final = "mingzhang/backup/1"
MANIFEST: Final = "manifest.json"
UNFINISHED: Final = "unfinished"
"""The file that is there from a backup's first moment to its last."""

_PIECE: Final = 1024 * 1024
_Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
_Count = Annotated[int, msgspec.Meta(ge=0)]
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
_M = TypeVar("_M", bound="DataManifest | KeysManifest")

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class BackupFault(Mendable, RuntimeError):
    """A backup cannot be made, trusted or restored; the message says why and what to do."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class StoredFile(_Part, frozen=True, kw_only=True):
    """One file of a backup; `path` is relative to its folder, with `/`. Size in bytes."""

    path: str
    size: _Count
    sha256: _Digest


class AppliedMigration(_Part, frozen=True, kw_only=True):
    """A migration that the database had, with the digest of its file."""

    name: str
    sha256: _Digest


class Journal(_Part, frozen=True, kw_only=True):
    """Where one organisation's journal stood; `leaf` is its last event's, None without one."""

    organisation: UUID
    position: _Count
    leaf: _Digest | None


class Table(_Part, frozen=True, kw_only=True):
    """One table: its columns in the order in which they stand in its file, and its rows."""

    name: Annotated[str, msgspec.Meta(pattern="^[a-z_]+$")]
    columns: tuple[Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+$")], ...]
    rows: _Count

    @property
    def path(self) -> str:
        """Where its rows are: PostgreSQL's text form of COPY, compressed by gzip."""
        return f"database/{self.name}.copy.gz"


class DataManifest(_Part, frozen=True, kw_only=True, tag_field="kind", tag="data"):
    """A backup of the record: database, sealed evidence files, and no key."""

    format: str
    made_at: _Moment
    """When its snapshot of the database was taken."""
    server: str
    migrations: tuple[AppliedMigration, ...]
    journals: tuple[Journal, ...]
    tables: tuple[Table, ...]
    missing: tuple[UUID, ...]
    """Evidence files that events name and that were not there, of people not forgotten."""
    files: tuple[StoredFile, ...]


class KeysManifest(_Part, frozen=True, kw_only=True, tag_field="kind", tag="keys"):
    """A backup of the key store: every key wrapped, and the lists of destroyed keys."""

    format: str
    made_at: _Moment
    expires_at: _Moment
    """From then on it is refused: whoever was forgotten meanwhile must stay forgotten."""
    outer_key: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]
    """Id of the outer key that everything in it is wrapped under."""
    keys: _Count
    seal: _Digest | None = None
    """HMAC-SHA256 of the manifest without it, under a key that comes of the outer key."""
    files: tuple[StoredFile, ...]


def encode(manifest: DataManifest | KeysManifest) -> bytes:
    """The manifest as it is written: JSON, indented for people."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def read(folder: Path, kind: type[_M]) -> _M:
    """The manifest of a finished backup. Raises BackupFault, naming what is wrong with it."""
    found = read_any(folder)
    if not isinstance(found, kind):
        other = "keys" if isinstance(found, KeysManifest) else "the record"
        raise BackupFault(f"{folder} is a backup of {other}, which is not what was asked for.")
    return found


def read_any(folder: Path) -> DataManifest | KeysManifest:
    """The manifest of a finished backup of either kind. Raises BackupFault."""
    if (folder / UNFINISHED).exists():
        raise BackupFault(
            f"{folder} holds a backup that was cut short. Run the same `backup` again: it goes on."
        )
    try:
        raw = (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise BackupFault(f"{folder} holds no backup: there is no {MANIFEST} in it.") from None
    try:
        found = msgspec.json.decode(raw, type=DataManifest | KeysManifest)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise BackupFault(
            f"{folder / MANIFEST} is not a manifest that this release reads ({error}). It was "
            "changed or cut, or a newer release made it: use that one, or another backup."
        ) from None
    if found.format != FORMAT:
        raise BackupFault(f"{folder} has the format {found.format[:40]!r}; this reads {FORMAT}.")
    return found


def check_files(
    folder: Path, manifest: DataManifest | KeysManifest, progress: Progress | None = None
) -> None:
    """Read every file of a backup and compare. Raises BackupFault at the first that differs."""
    listed = [each.path for each in manifest.files]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if len(set(listed)) != len(listed) or not all(map(_stays_inside, listed)):
        raise BackupFault(f"{folder / MANIFEST} names a file twice, or one outside the backup.")
    if strange := sorted(there - set(listed) - {MANIFEST}):
        raise BackupFault(f"{folder / strange[0]} is not in the manifest: it was added later.")
    for number, each in enumerate(manifest.files):
        if progress is not None:
            progress("files checked", number, len(manifest.files))
        _check_file(folder / each.path, each)
    if progress is not None:
        progress("files checked", len(manifest.files), len(manifest.files))


def digest_of(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 in hex of a file."""
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _check_file(path: Path, listed: StoredFile) -> None:
    if path.is_symlink() or not path.is_file():
        raise BackupFault(f"{path} is missing: the backup is not whole. Use another one.")
    size, digest = digest_of(path)
    if (size, digest) != (listed.size, listed.sha256):
        cut = f" ({size} bytes of {listed.size})" if size != listed.size else ""
        raise BackupFault(
            f"{path} is not as it was written{cut}: it was cut or changed. Use another backup."
        )
