"""A zip as a stream: stored entries, each size known only after its bytes, no clock, no seeking.

`zipfile` can write to a stream too, but which bytes it writes around the files is its own affair
and moves between Python releases; a case file is the same bytes wherever it is made, and its
verifier accepts no other. So the four headers are written here: PKWARE's APPNOTE 4.3.7, 4.3.9,
4.3.12 and 4.3.14 to 4.3.16 (zip64, when the archive passes 4 GiB or 65,534 files).
"""

import struct
import zlib
from typing import Final

FLAGS: Final = 0x0808
"""Sizes and checksum follow the bytes (bit 3); names are UTF-8 (bit 11)."""
DOS_DATE: Final = 0x21
"""1980-01-01, the earliest that a zip can say; the time is 0."""
PLAIN_FILE: Final = 0o100644 << 16
LARGE: Final = 0xFFFFFFFF
MANY: Final = 0xFFFF
_MADE_ON_UNIX: Final = 0x0300


class ZipStream:
    """Gives the bytes to send, piece by piece; one entry is open at a time."""

    def __init__(self) -> None:
        self._offset = 0
        self._directory: list[bytes] = []
        self._name = b""
        self._start = self._size = self._crc = 0

    def begin(self, path: str) -> bytes:
        """What stands before the bytes of a file."""
        self._name, self._start = path.encode(), self._offset
        self._size = self._crc = 0
        head = struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, FLAGS, 0, 0, DOS_DATE, 0, 0, 0, len(self._name), 0
        )
        return self._sent(head + self._name)

    def add(self, data: bytes) -> bytes:
        """The next bytes of the open file; ValueError past 4 GiB, which one file may not have."""
        self._size += len(data)
        if self._size >= LARGE:
            raise ValueError("a file in a case file has to be smaller than 4 GiB")
        self._crc = zlib.crc32(data, self._crc)
        return self._sent(data)

    def end(self) -> bytes:
        """What stands after the bytes of the open file."""
        self._directory.append(self._line())
        return self._sent(struct.pack("<4s3L", b"PK\7\x08", self._crc, self._size, self._size))

    def finish(self) -> bytes:
        """The directory and the end of the zip."""
        directory = b"".join(self._directory)
        return directory + _ending(len(self._directory), len(directory), self._offset)

    def _sent(self, data: bytes) -> bytes:
        self._offset += len(data)
        return data

    def _line(self) -> bytes:
        far = self._start >= LARGE
        extra = struct.pack("<HHQ", 1, 8, self._start) if far else b""
        need = 45 if far else 20
        sizes = (self._crc, self._size, self._size, len(self._name), len(extra))
        head = struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\1\2", _MADE_ON_UNIX + need, need, FLAGS, 0, 0, DOS_DATE, *sizes),
            *(0, 0, 0, PLAIN_FILE, min(self._start, LARGE)),
        )
        return head + self._name + extra


def _ending(count: int, size: int, start: int) -> bytes:
    wide = b""
    if count >= MANY or start >= LARGE:
        sizes = (count, count, size, start)
        wide = struct.pack(
            "<4sQ2H2L4Q", b"PK\6\6", 44, _MADE_ON_UNIX + 45, 45, 0, 0, *sizes
        ) + struct.pack("<4sLQL", b"PK\6\7", 0, start + size, 1)
    few = min(count, MANY)
    return wide + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, few, few, size, min(start, LARGE), 0)
