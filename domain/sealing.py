"""Ports for personal values and evidence files: keys, sealing, storage.

The layout of a sealed value and of its commitment is fixed here, since a verifier needs it; the
cipher itself lives in `ops/keys/`.
"""

import struct
from collections.abc import AsyncIterator, Sequence
from hashlib import sha256
from typing import Final, Protocol, TypeVar
from uuid import UUID

import msgspec

SALT_BYTES: Final = 32

F = TypeVar("F")


def commitment(event_id: UUID, field: str, salt: bytes, plaintext: bytes) -> bytes:
    """SHA-256(0x02 || event id || field || salt || plaintext): binds one value to one field.

    `field` goes in as a 4-byte big-endian length and its UTF-8 bytes; the salt has 32 bytes.
    A value can be opened to an outsider by plaintext and salt, without anyone's key; AES-GCM
    alone would not do, since it does not commit to its key.
    """
    name = field.encode()
    head = b"\x02" + event_id.bytes + struct.pack(">I", len(name)) + name
    return sha256(head + salt + plaintext).digest()


def associated_data(event_id: UUID, field: str, subject: UUID) -> bytes:
    """What a ciphertext is bound to: event id, field (length and UTF-8 bytes), subject."""
    name = field.encode()
    return event_id.bytes + struct.pack(">I", len(name)) + name + subject.bytes


class UnknownSubject(LookupError):
    """A person for whom no data key was ever made. A fault: registering makes one."""


class Forgotten(KeyError):
    """The person's data key was destroyed: nothing can be sealed under it, or opened."""


class Vault(Protocol):
    """Seals and opens personal values under each person's data key."""

    async def admit(self, organisation: UUID, subject: UUID) -> None:
        """Make a data key for a person, durably, before the first event that needs it.

        Asked again it does nothing. Raises KeyError when the person's key was destroyed.
        """
        ...

    async def forget(self, organisation: UUID, subject: UUID) -> None:
        """Destroy a person's data key for good, durably listed first. Repeats are allowed."""
        ...

    async def seal(self, organisation: UUID, event_id: UUID, fact: F) -> F:
        """The fact with every plain `Personal` sealed for this event; sealed ones untouched."""
        ...

    async def open(self, organisation: UUID, facts: Sequence[tuple[UUID, F]]) -> list[F]:
        """The facts (each with its event id) with every `Personal` opened, or marked erased."""
        ...


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """What the evidence store found out while it took a file in."""

    file_id: UUID
    sha256: str
    """Lower-case hex digest of the plaintext. Personal: never stored in clear."""
    size: int
    """Bytes of plaintext."""


class EvidenceStore(Protocol):
    """Evidence files, sealed under the subject's data key; durable before their event."""

    async def put(
        self, organisation: UUID, subject: UUID, file_id: UUID, chunks: AsyncIterator[bytes]
    ) -> StoredFile:
        """Take a file in, in bounded memory; on disk and fsynced when this returns.

        When the chunks end by an exception nothing is kept.
        """
        ...

    def get(self, organisation: UUID, subject: UUID, file_id: UUID) -> AsyncIterator[bytes]:
        """The plaintext in pieces; raises ValueError when a byte was changed, FileNotFoundError."""
        ...

    async def discard(self, organisation: UUID, file_id: UUID) -> None:
        """Drop a file whose event was refused; no error when it is not there."""
        ...
