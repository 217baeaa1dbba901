"""One sealed file on disk: written aside and published whole, read chunk by chunk.

Both sides are used from threads, one call at a time. A cancelled request may close them while its
thread still works, so each call holds a lock: nothing is written to a handle that was closed.
"""

import os
import secrets
import threading
from hashlib import sha256
from io import FileIO
from pathlib import Path
from uuid import UUID

from domain.sealing import StoredFile
from ops.keys.chunks import (
    CHUNK_BYTES,
    HEADER_BYTES,
    SEALED_CHUNK_BYTES,
    ChunkCipher,
    check_header,
    new_header,
)
from ops.keys.data_key import DataKey
from ops.keys.durable import create_file, sync_folder, write_all


class SealedWriter:
    """Takes plaintext in and publishes `<file id>.sealed`, which never replaces another file."""

    def __init__(
        self, folder: Path, key: DataKey, organisation: UUID, subject: UUID, file_id: UUID
    ) -> None:
        """Open a `.part` file in a folder that is there.

        Raises FileExistsError when the file id is taken, OSError.
        """
        self._final = folder / f"{file_id}.sealed"
        self._part = folder / f"{file_id}.{secrets.token_hex(8)}.part"
        if self._final.exists():
            raise FileExistsError(f"evidence file {file_id} is stored already")
        header = new_header(subject, file_id)
        self._cipher = ChunkCipher(key, organisation, header)
        self._file_id = file_id
        self._buffer = bytearray()
        self._digest = sha256()
        self._size = 0
        self._published = False
        self._lock = threading.Lock()
        self._handle: int | None = create_file(self._part)
        try:
            self._write(header)
        except OSError:
            self.abandon()
            raise

    def add(self, data: bytes | bytearray) -> None:
        """Seal what fills chunks; keep at most one chunk back, since the last one is marked."""
        with self._lock:
            self._digest.update(data)
            self._size += len(data)
            rest = memoryview(data)
            while len(self._buffer) + len(rest) > CHUNK_BYTES:
                taken = CHUNK_BYTES - len(self._buffer)
                self._buffer += rest[:taken]
                rest = rest[taken:]
                self._write(self._cipher.seal(bytes(self._buffer), last=False))
                self._buffer.clear()
            self._buffer += rest

    def publish(self) -> StoredFile:
        """Write the last chunk, make all of it durable, and give it its name."""
        with self._lock:
            self._write(self._cipher.seal(bytes(self._buffer), last=True))
            self._close(sync=True)
            # A link, unlike a rename, does not replace a file of the same id.
            os.link(self._part, self._final)
            self._published = True
            self._part.unlink()
            sync_folder(self._final.parent)
            return StoredFile(
                file_id=self._file_id, sha256=self._digest.hexdigest(), size=self._size
            )

    def abandon(self) -> None:
        """Leave nothing behind, also after `publish`. Waits for a call that is under way."""
        with self._lock:
            self._close(sync=False)
            self._part.unlink(missing_ok=True)
            if self._published:
                self._final.unlink(missing_ok=True)
                sync_folder(self._final.parent)

    def _write(self, content: bytes) -> None:
        if self._handle is None:
            raise ValueError("the file was abandoned or published")
        write_all(self._handle, content)

    def _close(self, *, sync: bool) -> None:
        handle, self._handle = self._handle, None
        if handle is None:
            return
        try:
            if sync:
                os.fsync(handle)
        finally:
            os.close(handle)


class SealedReader:
    """Gives the plaintext of a sealed file, one checked chunk at a time."""

    def __init__(
        self, path: Path, key: DataKey, organisation: UUID, subject: UUID, file_id: UUID
    ) -> None:
        """Remember what to read; the file is opened by the first `next`."""
        self._path = path
        self._key = key
        self._organisation = organisation
        self._subject = subject
        self._file_id = file_id
        self._lock = threading.Lock()
        self._file: FileIO | None = None
        self._cipher: ChunkCipher | None = None
        self._left = 0
        self._ended = False

    def next(self) -> bytes | None:
        """The next chunk, None after the last or after `close`.

        Raises FileNotFoundError at first, and EvidenceBroken before giving anything of a bad chunk.
        """
        with self._lock:
            if self._ended:
                return None
            if self._file is None or self._cipher is None:
                self._file = FileIO(self._path)
                self._cipher = self._begin(self._file)
            sealed = _read(self._file, SEALED_CHUNK_BYTES)
            self._left -= len(sealed)
            self._ended = self._left <= 0 or not sealed
            return self._cipher.open(sealed, last=self._ended)

    def close(self) -> None:
        """Close the file. Waits for a call that is under way."""
        with self._lock:
            self._ended = True
            if self._file is not None:
                self._file.close()

    def _begin(self, file: FileIO) -> ChunkCipher:
        # Its size now decides which chunk is the last: a file that is published never grows.
        self._left = os.fstat(file.fileno()).st_size - HEADER_BYTES
        header = _read(file, HEADER_BYTES)
        check_header(header, self._subject, self._file_id)
        return ChunkCipher(self._key, self._organisation, header)


def _read(file: FileIO, count: int) -> bytes:
    parts: list[bytes] = []
    while count and (part := file.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
