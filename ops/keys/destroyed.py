"""The list of destroyed keys of one organisation: append-only, one subject a line.

It is written before a key goes, so a crash in between loses nothing: whoever is listed has no key,
whatever files are found. A restore applies a newer list to an older store.
"""

import os
import re
import threading
from pathlib import Path
from typing import Final
from uuid import UUID

from ops.keys.durable import PRIVATE_FILE, sync_folder, write_all
from ops.keys.outer_key import KeyFault

_SUBJECT: Final = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LENGTH: Final = 36
_ABSENT: Final = (0, 0, 0)


class DestroyedList:
    """Subjects whose key is destroyed. Other processes append; `refresh` costs one stat."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen = _ABSENT
        self._subjects: frozenset[UUID] = frozenset()

    def refresh(self) -> frozenset[UUID]:
        """Everyone listed by now, by any process. The same object while nothing was added.

        Raises KeyFault when the file holds something else.
        """
        try:
            found = self._path.stat()
        except FileNotFoundError:
            mark = _ABSENT
        else:
            # It only grows, so its size tells; the others tell when a restore replaced it.
            mark = (found.st_size, found.st_ino, found.st_mtime_ns)
        if mark != self._seen:
            with self._lock:
                self._subjects = self._read() if mark != _ABSENT else frozenset()
                self._seen = mark
        return self._subjects

    def add(self, subject: UUID) -> None:
        """List a subject, durably. Repeats are harmless. Raises OSError."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        handle = os.open(self._path, flags, PRIVATE_FILE)
        try:
            size = os.fstat(handle).st_size
            torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            write_all(handle, (b"\n" if torn else b"") + f"{subject}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(self._path.parent)

    def _read(self) -> frozenset[UUID]:
        subjects: set[UUID] = set()
        for line in self._path.read_bytes().split(b"\n"):
            if _SUBJECT.fullmatch(line):
                subjects.add(UUID(line.decode()))
            elif len(line) >= _LENGTH:
                raise self._foreign()
            # A shorter line is the rest of an append that a crash cut off, never acknowledged.
        return frozenset(subjects)

    def _foreign(self) -> KeyFault:
        return KeyFault(
            "the list of destroyed keys holds something else",
            str(self._path),
            "Each line is one subject's id. Put the list back from its newest backup.",
        )
