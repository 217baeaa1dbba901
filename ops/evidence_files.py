"""Evidence files in a folder, sealed under their subject's data key.

    root/<organisation>/<first two hex>/<file id>.sealed
    root/<organisation>/<first two hex>/<file id>.<random>.part    while one is being taken in

The form of a sealed file is in `ops/keys/chunks.py`. Sealing and disk work run in threads.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from domain.sealing import StoredFile
from ops.keys.chunks import CHUNK_BYTES, EvidenceBroken
from ops.keys.data_key import DataKey, KeyDestroyed
from ops.keys.durable import make_folder, sync_folder
from ops.keys.key_store import KeyStore
from ops.keys.sealed_file import SealedReader, SealedWriter

__all__ = ["EvidenceBroken", "FileEvidenceStore"]


class FileEvidenceStore:
    """Implements `domain.sealing.EvidenceStore` in files; holds about 6 MiB for each transfer."""

    def __init__(self, root: Path, key_store: KeyStore) -> None:
        self._root = root
        self._key_store = key_store

    async def put(
        self, organisation: UUID, subject: UUID, file_id: UUID, chunks: AsyncIterator[bytes]
    ) -> StoredFile:
        """See `EvidenceStore.put`. Pieces may have any size.

        Raises UnknownSubject, KeyDestroyed, FileExistsError when the id is taken, OSError when
        the disk is full (ENOSPC), and whatever `chunks` raises: then nothing is kept.
        """
        key = await self._key(organisation, subject)
        folder = self._folder(organisation, file_id)
        await asyncio.to_thread(make_folder, folder)
        writer = SealedWriter(folder, key, organisation, subject, file_id)
        try:
            # Servers hand over a few kilobytes at a time: a thread for each would cost more.
            gathered = bytearray()
            async for data in chunks:
                gathered += data
                if len(gathered) >= CHUNK_BYTES:
                    await asyncio.to_thread(writer.add, gathered)
                    gathered = bytearray()
            await asyncio.to_thread(writer.add, gathered)
            return await asyncio.to_thread(writer.publish)
        except BaseException:
            # Without a thread: under cancellation another await might not come back.
            writer.abandon()
            raise

    async def get(self, organisation: UUID, subject: UUID, file_id: UUID) -> AsyncIterator[bytes]:
        """See `EvidenceStore.get`; pieces of 1 MiB. Faults show with the first piece asked for.

        Raises FileNotFoundError, UnknownSubject, KeyDestroyed, and EvidenceBroken at the first
        chunk that is not as it was sealed, before giving any of it.
        """
        key = await self._key(organisation, subject)
        path = self._path(organisation, file_id)
        reader = SealedReader(path, key, organisation, subject, file_id)
        try:
            while (plaintext := await asyncio.to_thread(reader.next)) is not None:
                if plaintext:
                    yield plaintext
        finally:
            reader.close()

    async def discard(self, organisation: UUID, file_id: UUID) -> None:
        """See `EvidenceStore.discard`; durable."""
        await asyncio.to_thread(_remove, [self._path(organisation, file_id)])

    async def sweep(
        self, organisation: UUID, known_file_ids: Collection[UUID], older_than_seconds: float
    ) -> list[UUID]:
        """Remove files that no event knows, and leftovers of uploads that a crash cut off.

        Only those last written more than `older_than_seconds` ago: that has to be longer than
        any upload waits for its event. Returns the ids of which nothing is left, sorted.
        """
        known = frozenset(known_file_ids)
        return await asyncio.to_thread(self._sweep, organisation, known, older_than_seconds)

    async def _key(self, organisation: UUID, subject: UUID) -> DataKey:
        key = await self._key_store.data_key(organisation, subject)
        if key is None:
            raise KeyDestroyed(f"the key of {subject} is destroyed")
        return key

    def _folder(self, organisation: UUID, file_id: UUID) -> Path:
        return self._root / str(organisation) / str(file_id)[:2]

    def _path(self, organisation: UUID, file_id: UUID) -> Path:
        return self._folder(organisation, file_id) / f"{file_id}.sealed"

    def _sweep(self, organisation: UUID, known: frozenset[UUID], age: float) -> list[UUID]:
        orphans = list(_orphans(self._root / str(organisation), known, time.time() - age))
        _remove([path for _, path in orphans])
        return sorted({file_id for file_id, _ in orphans} - known)


def _orphans(folder: Path, known: frozenset[UUID], before: float) -> Iterator[tuple[UUID, Path]]:
    for path in folder.glob("??/*"):
        name = path.name.partition(".")[0]
        with suppress(ValueError, FileNotFoundError):  # not ours, or gone meanwhile
            file_id = UUID(name)
            kept = path.suffix == ".sealed" and file_id in known
            if not kept and path.suffix in {".sealed", ".part"} and path.stat().st_mtime <= before:
                yield file_id, path


def _remove(paths: list[Path]) -> None:
    removed = [path for path in paths if path.exists()]
    for path in removed:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in removed}:
        sync_folder(folder)
