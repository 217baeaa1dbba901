"""Evidence out: the file as it was taken in, checked piece by piece."""

from collections.abc import AsyncGenerator, AsyncIterator
from urllib.parse import quote
from uuid import UUID

from litestar.response import Stream

from api.call import Answered, Call
from api.opening import gone, open_case
from api.problems import Problem
from api.reading import known_case, subject_of
from api.responses import SECURITY_HEADERS
from domain.accesses import Reading
from domain.cases.evidence import EvidenceAdded
from domain.sealing import Forgotten


async def read_content(call: Call) -> Answered:
    """`GET .../evidence/{item_id}/content`: never shown by a browser, only saved."""
    known = await known_case(call)
    item_id = call.id("item_id")
    event = next((e for e in known.events if e.event_id == item_id), None)
    if event is None or not isinstance(event.fact, EvidenceAdded):
        raise Problem("not-found", f"this case has no evidence item {item_id}")
    [opened] = await open_case(call, known, Reading.EVIDENCE, [event])
    name = opened.fact.name.value if isinstance(opened.fact, EvidenceAdded) else None
    subject = subject_of(known.history)
    file = call.services.evidence.get(call.organisation, subject, event.fact.file_id)
    first = await _first(call, file, subject)
    return Stream(
        _after(first, file),
        media_type=event.fact.media_type,
        headers={
            **SECURITY_HEADERS,
            "Content-Length": str(event.fact.size_bytes),
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name or 'evidence', '')}",
        },
    )


async def _first(call: Call, file: AsyncIterator[bytes], subject: UUID) -> bytes:
    """The first piece before the answer begins: a file that is lost or changed is a 500."""
    try:
        return await anext(file, b"")
    except (Forgotten, FileNotFoundError):
        # Erased since we looked, or truly lost.
        if not (await known_case(call)).is_erased:
            raise
        raise await gone(call, subject) from None


async def _after(first: bytes, rest: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    yield first
    async for piece in rest:
        yield piece
