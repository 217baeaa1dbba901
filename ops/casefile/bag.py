"""A BagIt 1.0 bag (RFC 8493) in a zip, written as a stream: manifests come last."""

from collections.abc import AsyncIterator, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

from ops.casefile.zipping import ZipStream

GIVEN_ALONG: Final = Path(__file__).parents[1] / "verifier"
"""Where the readme and the verifier of every case file lie."""
BAGIT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PIECE_BYTES: Final = 65_536
"""Smaller pieces are gathered up to this before they are sent."""

Payload = tuple[str, AsyncIterator[bytes]]
"""A path under `data/`, and the bytes."""


class _Files:
    """The files of one top level of the bag: their digests, and how much they are."""

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self.bytes = 0

    def manifest(self) -> bytes:
        return b"".join(f"{self.digests[path]}  {path}\n".encode() for path in sorted(self.digests))


async def bag_bytes(folder: str, payload: AsyncIterator[Payload]) -> AsyncIterator[bytes]:
    """The zip's bytes. Holds about as much as one piece of the payload and all file names."""
    stream, tags, data = ZipStream(), _Files(), _Files()

    async def send(path: str, pieces: AsyncIterator[bytes], files: _Files) -> AsyncIterator[bytes]:
        digest = sha256()
        yield stream.begin(folder + path)
        async for piece in _gathered(pieces):
            digest.update(piece)
            files.bytes += len(piece)
            yield stream.add(piece)
        yield stream.end()
        files.digests[path] = digest.hexdigest()

    readme, verifier = ((GIVEN_ALONG / name).read_bytes() for name in ("README.md", "verify.py"))
    for path, text in (("bagit.txt", BAGIT), ("README.md", readme), ("verify.py", verifier)):
        async for sent in send(path, once(text), tags):
            yield sent
    async for path, pieces in payload:
        async for sent in send(f"data/{path}", pieces, data):
            yield sent
    oxum = f"{data.bytes}.{len(data.digests)}"
    info = f"External-Identifier: {folder[:-1]}\nPayload-Oxum: {oxum}\n".encode()
    for path, text in (("bag-info.txt", info), ("manifest-sha256.txt", data.manifest())):
        async for sent in send(path, once(text), tags):
            yield sent
    async for sent in send("tagmanifest-sha256.txt", once(tags.manifest()), _Files()):
        yield sent
    yield stream.finish()


async def once(data: bytes) -> AsyncIterator[bytes]:
    """Bytes that are there already, as a stream."""
    yield data


async def in_turn(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    """Bytes made one after another, as a stream."""
    for piece in pieces:
        yield piece


async def _gathered(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    held = bytearray()
    async for piece in pieces:
        if not held and len(piece) >= PIECE_BYTES:
            yield piece
            continue
        held += piece
        if len(held) >= PIECE_BYTES:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)
