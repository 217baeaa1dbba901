"""The evidence form, read as it comes: `metadata` first, then `file`, then the end.

litestar's own parser would write the file to a temporary folder in clear. Here a piece goes from
the network to the evidence store, which seals it, and is never held longer.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Final, TypeAlias

from multipart import MultipartError, MultipartSegment, PushMultipartParser

from api.problems import Problem

METADATA_BYTES_MAX: Final = 65_536
_PARTS: Final = 2

Event: TypeAlias = MultipartSegment | bytes | bytearray | None


class EvidenceForm:
    """One form, to be read in order: `metadata`, `file_head`, `file_pieces`."""

    def __init__(self, pieces: AsyncIterator[bytes], boundary: str) -> None:
        """`pieces` is the body; `boundary` comes from the Content-Type."""
        try:
            self._parser = PushMultipartParser(boundary, max_segment_count=_PARTS)
        except MultipartError as error:
            raise Problem("malformed-multipart", str(error), field="Content-Type") from None
        self._events = self._read(pieces)

    async def metadata(self) -> bytes:
        """The part `metadata`, whole."""
        await self._head("metadata")
        gathered = bytearray()
        async for piece in self._payload():
            gathered += piece
            if len(gathered) > METADATA_BYTES_MAX:
                detail = f"at most {METADATA_BYTES_MAX} bytes"
                raise Problem("body-too-large", detail, field="metadata")
        return bytes(gathered)

    async def file_head(self) -> MultipartSegment:
        """The head of the part `file`: its name and media type."""
        return await self._head("file")

    async def file_pieces(self) -> AsyncGenerator[bytes, None]:
        """The file. Ends only when the whole form has come in as it should."""
        async for piece in self._payload():
            yield piece
        async for _ in self._events:
            raise Problem("malformed-multipart", "nothing may follow the file", field="file")

    async def _head(self, wanted: str) -> MultipartSegment:
        event = await anext(self._events, None)
        if not isinstance(event, MultipartSegment) or event.name != wanted:
            found = event.name if isinstance(event, MultipartSegment) else None
            detail = f"the part `{wanted}` belongs here" + (f", not `{found}`" if found else "")
            raise Problem("malformed-multipart", detail[:200], field=wanted)
        return event

    async def _payload(self) -> AsyncGenerator[bytes, None]:
        async for event in self._events:
            if event is None:
                return
            if isinstance(event, bytes | bytearray):
                yield bytes(event)

    async def _read(self, pieces: AsyncIterator[bytes]) -> AsyncGenerator[Event, None]:
        async for piece in pieces:
            try:
                for event in self._parser.parse(piece):
                    yield event
            except MultipartError as error:
                raise Problem("malformed-multipart", str(error), field="body") from None
        try:
            self._parser.close()
        except MultipartError:
            detail = "the form ends before its last boundary"
            raise Problem("body-cut-short", detail, field="file") from None
