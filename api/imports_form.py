"""The form of a log: what it is and who is who in it, and the file, held in memory."""

from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from multipart import MultipartSegment

from api.bodies import MULTIPART, check_announced, check_media, pieces
from api.call import Call
from api.decoding import decode
from api.imports_table import FILE_BYTES_MAX
from api.multipart_form import METADATA_BYTES_MAX, EvidenceForm
from api.problems import Problem, invalid
from domain.cases.evidence import EvidenceSource
from domain.cases.imports import ImportedParty, LogKind
from domain.facts import Grade
from domain.importing.parties import WrongNumber, listed
from domain.importing.verdicts import FILES, Unreadable
from domain.personal import Personal

_ROOM: Final = METADATA_BYTES_MAX + 16_384
"""Bytes of a form that are not the file's."""


class LogMetadata(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part `metadata`: what the log is, whose phone it is from, and who is who in it."""

    kind: LogKind
    contact_point_id: UUID
    """The phone that the log is from."""
    parties: tuple[ImportedParty, ...] = ()
    rest: ImportedParty | None = None
    """Who is at the other end of every number that is not listed; left out: such rows stay out."""
    zone: str | None = None
    """IANA name of the zone in which the file's times are; by default the case's own."""
    grade: Grade = Grade.DOCUMENT
    note: Personal[str] | None = None
    source: EvidenceSource = EvidenceSource.CLIENT_PHONE
    obtained_on: date
    obtained_by: Personal[str] | None = None
    description: Personal[str] | None = None
    name: Personal[str] | None = None
    """By default the file name of the part `file`."""


class LogUpload(msgspec.Struct, frozen=True, kw_only=True):
    """The form: `metadata` first, then `file`."""

    metadata: LogMetadata
    file: bytes


class LogForm(msgspec.Struct, frozen=True, kw_only=True):
    """A form that has come in."""

    raw: bytes
    """The metadata as they came."""
    metadata: LogMetadata
    head: MultipartSegment
    data: bytes
    """The file."""


async def log_form(call: Call) -> LogForm:
    """Take the form in; Problem for one that cannot be meant, or a file that is too large."""
    boundary = check_media(call.request, MULTIPART).get("boundary", "").strip('"')
    limit = FILE_BYTES_MAX + _ROOM
    check_announced(call.request, limit)
    form = EvidenceForm(pieces(call.request, limit, call.services.idle_seconds), boundary)
    raw = await form.metadata()
    metadata = decode(raw, LogMetadata, "metadata")
    numbers_of(metadata.parties)
    if not metadata.parties and metadata.rest is None:
        raise invalid("metadata/parties", "say who is at the other end, or give `rest`")
    head = await form.file_head()
    data = b"".join([piece async for piece in form.file_pieces()])
    if not data:
        raise invalid("file", "the file is empty")
    return LogForm(raw=raw, metadata=metadata, head=head, data=data)


def numbers_of(parties: tuple[ImportedParty, ...]) -> dict[str, int]:
    """Index of the party of each listed number; Problem for a number that cannot be used."""
    found = listed(parties)
    if isinstance(found, WrongNumber):
        raise invalid(f"metadata/parties/{found.field}", found.detail)
    return found


def zone_of(name: str) -> ZoneInfo:
    """The zone of a file's times; Problem for one that is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Problem("zone-unknown", name[:40], field="metadata/zone") from None


def unreadable(told: Unreadable) -> Problem:
    """The problem that answers for a file that cannot be read as a log."""
    meaning = FILES[told.code]
    detail = " ".join(filter(None, (f"{told.code.value}:", told.detail, meaning.right)))
    return Problem("import-unreadable", detail, field="file")
