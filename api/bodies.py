"""Reading a request's body: piece by piece, with a limit, and never longer than it may take."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, Final

from litestar import Request

from api.problems import Problem

Requested = Request[Any, Any, Any]
JSON: Final = "application/json"
MULTIPART: Final = "multipart/form-data"
DRAIN_BYTES: Final = 16 * 1024 * 1024
DRAIN_SECONDS: Final = 2.0


def check_media(request: Requested, wanted: str) -> dict[str, str]:
    """The Content-Type's parameters; Problem unless it is of the wanted type and not encoded."""
    media, parameters = request.content_type
    if media.lower() != wanted:
        raise Problem("wrong-media-type", f"send {wanted}", field="Content-Type")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem("wrong-media-type", "send it as it is", field="Content-Encoding")
    charset = parameters.get("charset", "utf-8").strip('"').lower()
    if wanted == JSON and charset not in {"utf-8", "utf8"}:
        raise Problem("wrong-media-type", "JSON is UTF-8", field="Content-Type")
    return parameters


def check_announced(request: Requested, limit: int) -> None:
    """Refuse a body that says beforehand that it is too large."""
    announced = request.headers.get("content-length", "0")
    # Longer than any limit has digits; int() itself refuses some thousand of them.
    if announced.isascii() and announced.isdecimal():
        if len(announced) > 18 or int(announced) > limit:
            raise _too_large(limit)
    else:
        raise Problem("bad-request", "not a length", field="Content-Length")


async def pieces(request: Requested, limit: int, idle_seconds: float) -> AsyncIterator[bytes]:
    """The body as it comes in; Problem at the first byte above `limit`, or when it stops short."""
    check_announced(request, limit)
    taken, more = 0, True
    while more:
        try:
            async with asyncio.timeout(idle_seconds):
                event: Any = await request.receive()
        except TimeoutError:
            raise Problem("body-too-slow", headers={"Connection": "close"}) from None
        if event["type"] == "http.disconnect":
            raise Problem("body-cut-short")
        piece: bytes = event.get("body", b"")
        taken += len(piece)
        if taken > limit:
            await _drain(request)
            raise _too_large(limit, headers={"Connection": "close"})
        if piece:
            yield piece
        more = event.get("more_body", False)


async def json_body(request: Requested, limit: int, idle_seconds: float) -> bytes:
    """The whole body of a JSON request."""
    check_media(request, JSON)
    return b"".join([piece async for piece in pieces(request, limit, idle_seconds)])


async def _drain(request: Requested) -> None:
    """Take some more and drop it: closing on a sender at once would lose the answer on the way."""
    taken, more = 0, True
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_SECONDS):
            while more and taken < DRAIN_BYTES:
                event: Any = await request.receive()
                taken += len(event.get("body", b""))
                more = event.get("more_body", False)


def _too_large(limit: int, headers: dict[str, str] | None = None) -> Problem:
    return Problem("body-too-large", f"at most {limit} bytes", field="body", headers=headers)
