"""Files that are there after a power cut, or not there at all: private, whole, never replaced."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


def sync_folder(folder: Path) -> None:
    """Make the folder's entries durable: a file's own fsync does not cover its name (POSIX)."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make the folder and what is missing above it, mode 0700, durably.

    Folders that are there keep their mode: they are someone else's.
    """
    missing: list[Path] = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for child in reversed(missing):
        with suppress(FileExistsError):  # another process was faster
            child.mkdir(PRIVATE_FOLDER)
        sync_folder(child.parent)


def create_file(path: Path) -> int:
    """Open a new file for writing, mode 0600. Raises FileExistsError; never follows a link."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, PRIVATE_FILE)


def write_all(handle: int, content: bytes) -> None:
    """Write every byte; raises OSError when the disk or a quota ends it."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


@contextmanager
def _temporary(path: Path, content: bytes) -> Iterator[Path]:
    temporary = path.with_name(f"{path.stem}.{secrets.token_hex(8)}.tmp")
    handle = create_file(temporary)
    try:
        try:
            write_all(handle, content)
            os.fsync(handle)
        finally:
            os.close(handle)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def write_once(path: Path, content: bytes) -> bool:
    """Write a whole private file unless one is there; durable when this returns.

    Returns whether it was ours: of several processes one wins, and no reader ever sees a part.
    A link, unlike a rename, does not replace what is there.
    """
    with _temporary(path, content) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            ours = False
        else:
            ours = True
    sync_folder(path.parent)
    return ours


def write_over(path: Path, content: bytes) -> None:
    """Write a whole private file in the place of what is there, in one step.

    The caller syncs the folder: until then a power cut may leave the old file, never a part.
    """
    with _temporary(path, content) as temporary:
        temporary.replace(path)


def shred(path: Path) -> None:
    """Overwrite a small file in place, then unlink it. The caller syncs the folder.

    Overwriting reaches other names of the same file; that a copying file system or an SSD keeps
    the old blocks cannot be helped here: rotating the outer key makes those worthless.
    """
    with suppress(FileNotFoundError):
        handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
        try:
            write_all(handle, bytes(os.fstat(handle).st_size))
            os.fsync(handle)
        finally:
            os.close(handle)
        path.unlink(missing_ok=True)
