"""Evidence in: a file, sealed as it comes.

The order matters. The case is looked at before the body is taken; the file is on disk, sealed
and fsynced, before its event is appended; and only what was certainly not recorded is dropped.
"""

import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import date
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec
from multipart import MultipartSegment

from api.bodies import MULTIPART, check_announced, check_media, pieces
from api.call import Answered, Call
from api.decoding import decode
from api.multipart_form import METADATA_BYTES_MAX, EvidenceForm
from api.opening import gone
from api.orders import command_id_of, expected_version, idempotency_key, is_dry_run, order_of
from api.outcomes import Written, answer, settled
from api.problems import Problem, invalid, refused
from api.reading import known_case, subject_of
from domain.cases.deciding import Record
from domain.cases.evidence import EvidenceAdded, EvidenceSource
from domain.cases.history import CaseStatus
from domain.casework import Order
from domain.log import CommandMismatch, LogUnavailable
from domain.personal import Personal
from domain.refusals import Code, Refusal
from domain.sealing import StoredFile

OCTETS: Final = "application/octet-stream"
_MEDIA: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_UNWEIGHED: Final = "0" * 64
_ROOM: Final = METADATA_BYTES_MAX + 16_384
"""Bytes of a form that are not the file's."""


class EvidenceMetadata(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part `metadata`: where a file comes from."""

    source: EvidenceSource
    obtained_on: date
    obtained_by: Personal[str] | None = None
    description: Personal[str] | None = None
    sha256: str | None = None
    """Hex digest that the file must have."""
    name: Personal[str] | None = None
    """By default the file name of the part `file`."""


class EvidenceUpload(msgspec.Struct, frozen=True, kw_only=True):
    """The form: `metadata` first, then `file`."""

    metadata: EvidenceMetadata
    file: bytes


class EvidenceWritten(Written, frozen=True, kw_only=True):
    """A file was taken into custody; the entry id is the item's id."""

    sha256: str
    size_bytes: int


async def add_evidence(call: Call) -> Answered:
    """`POST .../evidence`."""
    boundary = check_media(call.request, MULTIPART).get("boundary", "").strip('"')
    limit = call.services.evidence_bytes_max + _ROOM
    check_announced(call.request, limit)
    expected_version(call)
    command_id = command_id_of(call)
    subject = await _ready(call, command_id)
    body = pieces(call.request, limit, call.services.idle_seconds)
    return await _take_in(call, EvidenceForm(body, boundary), command_id, subject)


async def _ready(call: Call, command_id: UUID) -> UUID:
    """The client of the case, which must be open, before a single byte is taken."""
    known = await known_case(call)
    history = known.history
    if known.is_erased and not await _came_before(call, command_id):
        raise await gone(call, subject_of(history))
    if history.status is CaseStatus.CLOSED and not await _came_before(call, command_id):
        raise refused(Refusal(code=Code.CASE_CLOSED, detail=str(history.case_id)))
    return subject_of(history)


async def _came_before(call: Call, command_id: UUID) -> bool:
    return idempotency_key(call) is not None and await _is_recorded(call, command_id)


async def _is_recorded(call: Call, command_id: UUID) -> bool:
    log = call.services.casework.log
    return await log.find_command(call.organisation, command_id) is not None


async def _take_in(call: Call, form: EvidenceForm, command_id: UUID, subject: UUID) -> Answered:
    raw = await form.metadata()
    metadata = decode(raw, EvidenceMetadata, "metadata")
    wanted = _wanted_digest(metadata)
    head = await form.file_head()
    file_id = call.services.new_id()
    fact = _fact(metadata, head, file_id)
    if not await _came_before(call, command_id):
        # Whatever the rules would say no to is said before the file is sent.
        rehearsal = msgspec.structs.replace(order_of(call, command_id, b""), dry_run=True)
        settled(await _record(call, _without_digest(rehearsal), fact))
    async with aclosing(form.file_pieces()) as file:
        stored = await _store(call, subject, file_id, _not_empty(file))
    if wanted not in (None, stored.sha256):
        await _drop(call, file_id)
        raise Problem("digest-mismatch", "the file has another digest", field="metadata/sha256")
    fact = msgspec.structs.replace(
        fact, sha256=Personal(None, stored.sha256), size_bytes=stored.size
    )
    content = b"\0".join([raw, _name(metadata, head).encode(), stored.sha256.encode()])
    return await _append(call, order_of(call, command_id, content), fact, stored)


async def _append(call: Call, order: Order, fact: EvidenceAdded, stored: StoredFile) -> Answered:
    try:
        outcome = settled(await _record(call, order, fact))
    except LogUnavailable:
        # Nobody knows whether it was recorded: the file stays, and the sweep drops it if no
        # event names it.
        raise
    except (Problem, CommandMismatch):
        await _drop(call, stored.file_id)
        raise
    except Exception:
        # Such as a conflict that did not end, or a key destroyed meanwhile. A fault may also
        # come after the recording, and a file that an event names is never dropped.
        if not await _is_recorded(call, order.command_id):
            await _drop(call, stored.file_id)
        raise
    if outcome.repeated:
        await _drop(call, stored.file_id)
    more = {"sha256": stored.sha256, "size_bytes": stored.size}
    return await answer(call, outcome, EvidenceWritten, more)


async def _record(call: Call, order: Order, fact: EvidenceAdded) -> Any:
    return await call.services.casework.case_command(order, call.id("case_id"), Record(fact))


def _without_digest(order: Order) -> Order:
    return msgspec.structs.replace(order, command_digest=None)


async def _store(
    call: Call, subject: UUID, file_id: UUID, file: AsyncIterator[bytes]
) -> StoredFile:
    if is_dry_run(call):
        return await _weigh(file_id, file)
    try:
        return await call.services.evidence.put(call.organisation, subject, file_id, file)
    except OSError:
        # The disk is full or gone: theirs to mend, and worth another try.
        raise Problem("unavailable", "the evidence store cannot take the file now") from None


async def _weigh(file_id: UUID, file: AsyncIterator[bytes]) -> StoredFile:
    digest, size = sha256(), 0
    async for piece in file:
        digest.update(piece)
        size += len(piece)
    return StoredFile(file_id=file_id, sha256=digest.hexdigest(), size=size)


async def _drop(call: Call, file_id: UUID) -> None:
    if not is_dry_run(call):
        await call.services.evidence.discard(call.organisation, file_id)


async def _not_empty(file: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    is_empty = True
    async for piece in file:
        is_empty = False
        yield piece
    if is_empty:
        raise invalid("file", "the file is empty")


def _wanted_digest(metadata: EvidenceMetadata) -> str | None:
    if metadata.sha256 is None:
        return None
    digest = metadata.sha256.lower()
    if not _DIGEST.fullmatch(digest):
        raise invalid("metadata/sha256", "64 hex digits")
    return digest


def _name(metadata: EvidenceMetadata, head: MultipartSegment) -> str:
    name = metadata.name.value if metadata.name else head.filename
    if not name:
        raise invalid("metadata/name", "give the file a name, here or as its `filename`")
    if "\x00" in name:
        raise invalid("file", "a file name cannot hold the character NUL")
    return name


def _fact(metadata: EvidenceMetadata, head: MultipartSegment, file_id: UUID) -> EvidenceAdded:
    media_type = head.content_type or OCTETS
    if not _MEDIA.fullmatch(media_type):
        raise invalid("file", 'its Content-Type is not a media type like "application/pdf"')
    return EvidenceAdded(
        file_id=file_id,
        name=Personal(None, _name(metadata, head)),
        sha256=Personal(None, _UNWEIGHED),
        size_bytes=0,
        media_type=media_type,
        source=metadata.source,
        obtained_on=metadata.obtained_on,
        obtained_by=metadata.obtained_by,
        description=metadata.description,
    )
