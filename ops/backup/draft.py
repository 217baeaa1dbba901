"""A backup's folder while it is being made: whole files only, and a manifest at the very end.

A backup that was cut short is recognised by its `unfinished` file, and goes on where it stopped:
files that cannot have changed since are kept.
"""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import RawIOBase
from pathlib import Path
from typing import Any, Final

from ops.backup.manifest import (
    MANIFEST,
    UNFINISHED,
    BackupFault,
    DataManifest,
    KeysManifest,
    StoredFile,
    digest_of,
    encode,
)
from ops.keys.chunks import HEADER_BYTES
from ops.keys.durable import (
    create_file,
    make_folder,
    sync_folder,
    write_all,
    write_once,
    write_over,
)

_PIECE: Final = 1024 * 1024
_PART: Final = ".part"


class Draft:
    """The backup that is being made in a folder. Everything in it is private."""

    def __init__(self, folder: Path) -> None:
        """Begin, or go on. Raises BackupFault when something else is in the folder."""
        self.folder = folder
        self._files: dict[str, StoredFile] = {}
        make_folder(folder)
        others = [path for path in folder.iterdir() if path.stem.partition(".")[0] != UNFINISHED]
        if others and not (folder / UNFINISHED).exists():
            raise BackupFault(
                f"{folder} is not empty. Each backup gets a folder of its own: name a new one."
            )
        write_once(folder / UNFINISHED, b"This backup is being made, or was cut short.\n")

    @property
    def files(self) -> tuple[StoredFile, ...]:
        """What was written by now, in order of the names."""
        return tuple(self._files[path] for path in sorted(self._files))

    def add(self, path: str, content: bytes) -> None:
        """Write a small file."""
        with self._whole(path) as out:
            out.write(content)

    def copy(self, source: Path, path: str) -> None:
        """Copy a sealed file, which never changes. Raises FileNotFoundError when it is gone."""
        target = self.folder / path
        if _is_copy(source, target):
            size, digest = digest_of(target)
            self._files[path] = StoredFile(path=path, size=size, sha256=digest)
            return
        with source.open("rb") as file, self._whole(path) as out:
            while piece := file.read(_PIECE):
                out.write(piece)

    @contextmanager
    def compressed(self, path: str) -> Iterator[gzip.GzipFile]:
        """A file to write, compressed by gzip; kept when the block ends without an exception."""
        with (
            self._whole(path) as out,
            gzip.GzipFile("", "wb", compresslevel=1, fileobj=out, mtime=0) as packed,
        ):
            yield packed

    def drop(self, path: str) -> None:
        """Take a file out again."""
        self._files.pop(path, None)
        (self.folder / path).unlink(missing_ok=True)

    def finish(self, manifest: DataManifest | KeysManifest) -> None:
        """Make everything durable, write the manifest, and be a backup from then on."""
        kept = {self.folder / each.path for each in manifest.files}
        kept |= {self.folder / MANIFEST, self.folder / UNFINISHED}
        for path in sorted(self.folder.rglob("*")):
            if path.is_dir():
                sync_folder(path)
            elif path not in kept:
                path.unlink()  # left by a run that was cut short
        write_over(self.folder / MANIFEST, encode(manifest))
        sync_folder(self.folder)
        (self.folder / UNFINISHED).unlink()
        sync_folder(self.folder)

    @contextmanager
    def _whole(self, path: str) -> Iterator["_Hashing"]:
        target = self.folder / path
        make_folder(target.parent)
        part = target.with_name(target.name + _PART)
        part.unlink(missing_ok=True)
        out = _Hashing(create_file(part))
        try:
            yield out
            os.fsync(out.handle)
        finally:
            os.close(out.handle)
        part.replace(target)
        self._files[path] = StoredFile(path=path, size=out.size, sha256=out.digest.hexdigest())


def _is_copy(source: Path, target: Path) -> bool:
    """Whether an earlier run copied the file: its size, and its head with its salt, agree."""
    if not target.is_file() or target.stat().st_size != source.stat().st_size:
        return False
    with source.open("rb") as one, target.open("rb") as other:
        return one.read(HEADER_BYTES) == other.read(HEADER_BYTES)


class _Hashing(RawIOBase):
    """Writes to a descriptor and digests what it writes."""

    def __init__(self, handle: int) -> None:
        super().__init__()
        self.handle = handle
        self.digest = sha256()
        self.size = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """All of it, or OSError."""
        content = bytes(data)
        write_all(self.handle, content)
        self.digest.update(content)
        self.size += len(content)
        return len(content)
