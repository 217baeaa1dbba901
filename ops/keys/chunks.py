"""Sealed files: 1 MiB chunks, each authenticated, in an order that cannot be changed.

    header = format line || subject (16) || file id (16) || salt (32)
    file   = header || chunk 0 || chunk 1 || ... || last chunk
    chunk  = AES-256-GCM(file key, up to 1 MiB of plaintext)        its tag is 16 bytes more
    nonce  = chunk number (11 bytes, big-endian) || 0, for the last chunk || 1

The file key is HKDF-SHA256 (RFC 5869) of the subject's data key, with the header's salt and the
info `format line || organisation || file id`; the associated data is the header. This is STREAM
(Hoang, Reyhanitabar, Rogaway, Vizar: "Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance", CRYPTO 2015): cutting, appending, swapping and repeating chunks are all found.
Every chunk but the last is full; a file without plaintext has one empty chunk.
"""

import os
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ops.keys.data_key import DataKey
from ops.keys.outer_key import KEY_BYTES
from ops.keys.wrapping import TAG_BYTES

FORMAT: Final = b"mingzhang sealed file 1\n"
CHUNK_BYTES: Final = 1024 * 1024
"""Plaintext of every chunk but the last."""
SEALED_CHUNK_BYTES: Final = CHUNK_BYTES + TAG_BYTES
SALT_BYTES: Final = 32
HEADER_BYTES: Final = len(FORMAT) + 16 + 16 + SALT_BYTES


class EvidenceBroken(ValueError):
    """A sealed file was changed, cut or exchanged. Names the file, never its content."""

    def __init__(self, file_id: UUID, what: str) -> None:
        super().__init__(f"evidence file {file_id} is broken: {what}")
        self.file_id = file_id


def new_header(subject: UUID, file_id: UUID) -> bytes:
    """A header with fresh salt: a file id used again, after a crash, gets another key."""
    return FORMAT + subject.bytes + file_id.bytes + os.urandom(SALT_BYTES)


def check_header(header: bytes, subject: UUID, file_id: UUID) -> None:
    """Raises EvidenceBroken unless the header is whole and of this subject and file."""
    expected = FORMAT + subject.bytes + file_id.bytes
    if len(header) != HEADER_BYTES or not header.startswith(expected):
        raise EvidenceBroken(file_id, "its header is not that of this file")


class ChunkCipher:
    """Seals or opens the chunks of one file, in order; a number is never used twice."""

    def __init__(self, key: DataKey, organisation: UUID, header: bytes) -> None:
        start = len(FORMAT) + 16
        self._file_id = UUID(bytes=header[start : start + 16])
        info = FORMAT + organisation.bytes + self._file_id.bytes
        salt = header[-SALT_BYTES:]
        self._cipher = AESGCM(HKDF(SHA256(), KEY_BYTES, salt, info).derive(key))
        self._header = header
        self._number = 0

    def seal(self, plaintext: bytes, *, last: bool) -> bytes:
        """The next chunk sealed."""
        return self._cipher.encrypt(self._nonce(last=last), plaintext, self._header)

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        """The next chunk's plaintext. Raises EvidenceBroken."""
        number = self._number
        try:
            return self._cipher.decrypt(self._nonce(last=last), sealed, self._header)
        except InvalidTag:
            raise EvidenceBroken(self._file_id, f"chunk {number} does not open") from None

    def _nonce(self, *, last: bool) -> bytes:
        number = self._number
        self._number += 1
        return number.to_bytes(11, "big") + bytes([last])
