"""The leaf: the digest that binds every stored field of one event.

`leaf = SHA-256(0x00 || header || SHA-256(body))`. The header is a run of fields in a fixed
order, each as a 4-byte big-endian length and then its bytes, so no two different headers have
the same bytes. The layout never changes; a new one gets a new format name. Test vectors that
another language can be checked against stand in `ops/docs/leaf.md`.

The 0x00 is the leaf prefix of RFC 6962 section 2.1: the leaf is the Merkle leaf hash of the
entry `header || SHA-256(body)`.
"""

import struct
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec

FORMAT: Final = b"mingzhang/leaf/1"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """Every stored field of an event but its body."""

    organisation: UUID
    position: int
    stream: UUID
    version: int
    event_id: UUID
    topic: str
    schema_version: int
    recorded_at: datetime
    actor: str
    command_id: UUID
    causation_id: UUID | None
    previous_leaf: bytes | None
    """Leaf of the stream's event before this one; None for the stream's first."""


def microseconds(moment: datetime) -> int:
    """Whole microseconds from 1970-01-01T00:00:00Z to an aware `moment`."""
    return (moment - _EPOCH) // _MICROSECOND


def header_bytes(header: Header) -> bytes:
    """The header as it is hashed."""
    fields = (
        FORMAT,
        header.organisation.bytes,
        struct.pack(">q", header.position),
        header.stream.bytes,
        struct.pack(">q", header.version),
        header.event_id.bytes,
        header.topic.encode(),
        struct.pack(">i", header.schema_version),
        struct.pack(">q", microseconds(header.recorded_at)),
        header.actor.encode(),
        header.command_id.bytes,
        header.causation_id.bytes if header.causation_id else b"",
        header.previous_leaf or b"",
    )
    return b"".join(struct.pack(">I", len(field)) + field for field in fields)


def leaf(header: Header, body: bytes) -> bytes:
    """The 32-byte leaf of an event with this header and these exact body bytes."""
    return sha256(b"\x00" + header_bytes(header) + sha256(body).digest()).digest()
