"""A log's file into custody, as any other piece of evidence, before a row of it comes in."""

from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec

from api.call import Call
from api.imports_form import LogForm
from api.orders import is_dry_run
from api.outcomes import settled
from api.problems import Problem, invalid
from domain.cases.deciding import Record
from domain.cases.evidence import EvidenceAdded
from domain.casework import Order, Outcome
from domain.log import CommandMismatch, LogUnavailable
from domain.personal import Personal

_PIECE: Final = 65_536
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def took_in(call: Call, order: Order, form: LogForm, subject: UUID) -> Outcome:
    """The outcome of `evidence-added`; its entry id is the item's id.

    What the rules say no to is said before the file is stored, and a file that no event names is
    dropped again.
    """
    fact = _fact(form, call.services.new_id())
    rehearsal = msgspec.structs.replace(order, dry_run=True)
    said = await _record(call, rehearsal, fact)
    if is_dry_run(call) or said.repeated:
        return said
    try:
        await call.services.evidence.put(
            call.organisation, subject, fact.file_id, _pieces(form.data)
        )
    except OSError:
        raise Problem("unavailable", "the evidence store cannot take the file now") from None
    return await _append(call, order, fact)


async def _append(call: Call, order: Order, fact: EvidenceAdded) -> Outcome:
    try:
        outcome = await _record(call, order, fact)
    except LogUnavailable:
        # Nobody knows whether it was recorded: the sweep drops a file that no event names.
        raise
    except (Problem, CommandMismatch):
        await call.services.evidence.discard(call.organisation, fact.file_id)
        raise
    if outcome.repeated:
        await call.services.evidence.discard(call.organisation, fact.file_id)
    return outcome


async def _record(call: Call, order: Order, fact: EvidenceAdded) -> Outcome:
    said = await call.services.casework.case_command(order, call.id("case_id"), Record(fact))
    return settled(said)


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]


def _fact(form: LogForm, file_id: UUID) -> EvidenceAdded:
    metadata = form.metadata
    name = metadata.name.value if metadata.name else form.head.filename
    if not name or "\0" in name:
        raise invalid("metadata/name", "give the file a name, here or as its `filename`")
    return EvidenceAdded(
        file_id=file_id,
        name=Personal(None, name),
        sha256=Personal(None, sha256(form.data).hexdigest()),
        size_bytes=len(form.data),
        media_type=XLSX if form.data.startswith(b"PK") else "text/csv",
        source=metadata.source,
        obtained_on=metadata.obtained_on,
        obtained_by=metadata.obtained_by,
        description=metadata.description,
    )


async def file_of(call: Call, item: EvidenceAdded, subject: UUID) -> bytes:
    """A file in custody, in memory; FileNotFoundError or ValueError for a lost or changed one."""
    file = call.services.evidence.get(call.organisation, subject, item.file_id)
    return b"".join([piece async for piece in file])
