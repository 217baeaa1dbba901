import asyncio
import hashlib
import os
import signal
import stat
import time
import tracemalloc
from uuid import UUID, uuid4

import pytest

from domain.sealing import EvidenceStore, UnknownSubject
from ops.evidence_files import FileEvidenceStore
from ops.keys.chunks import CHUNK_BYTES, HEADER_BYTES
from ops.keys.data_key import KeyDestroyed
from tests.ops.keys.processes import outputs, start

pytestmark = pytest.mark.anyio

SUBJECT = UUID(int=5)

_PUT = """
import asyncio, resource, sys
from pathlib import Path
from uuid import UUID
from ops.evidence_files import FileEvidenceStore
from ops.keys.key_store import FileKeyStore
from ops.keys.outer_key import from_text
root, outer, mebibytes, limit = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
async def pieces():
    for number in range(mebibytes):
        if number == 3:
            print("under way", flush=True)
        yield bytes([number % 251]) * 2**20
        await asyncio.sleep(0.001)
async def main():
    keys = FileKeyStore(root / "keys", from_text(outer, "argv"))
    await keys.create(UUID(int=1), UUID(int=5))
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    store = FileEvidenceStore(root / "evidence", keys)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        await store.put(UUID(int=1), UUID(int=5), UUID(int=9), pieces())
    except OSError as error:
        print("refused", error.errno)
    print("grown", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
asyncio.run(main())
"""


@pytest.fixture
async def evidence(tmp_path, store, organisation) -> FileEvidenceStore:
    await store.create(organisation, SUBJECT)
    return FileEvidenceStore(tmp_path / "evidence", store)


async def pieces(data: bytes, size: int = 65_536):
    for place in range(0, len(data), size):
        yield data[place : place + size]


async def read(evidence, organisation, file_id, subject=SUBJECT) -> bytes:
    return b"".join([data async for data in evidence.get(organisation, subject, file_id)])


@pytest.mark.parametrize(
    "size", (0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 2_500_000)
)
@pytest.mark.parametrize("piece", (10_007, 10_000_000))
async def test_comes_back_with_size_and_digest(evidence, organisation, size, piece):
    data, file_id = os.urandom(size), uuid4()
    port: EvidenceStore = evidence
    kept = await port.put(organisation, SUBJECT, file_id, pieces(data, piece))
    assert (kept.file_id, kept.size) == (file_id, size)
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    assert await read(evidence, organisation, file_id) == data
    chunks = max(1, -(-size // CHUNK_BYTES))
    sealed = evidence._path(organisation, file_id)
    assert sealed.stat().st_size == HEADER_BYTES + size + 16 * chunks
    assert [path.name for path in sealed.parent.iterdir()] == [f"{file_id}.sealed"]


async def test_private_and_nothing_in_clear(evidence, organisation, tmp_path, wide_umask):
    text = "王小明 13800000000 ".encode() * 90_000
    file_id = uuid4()
    kept = await evidence.put(organisation, SUBJECT, file_id, pieces(text))
    for path in (tmp_path / "evidence").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    for path in tmp_path.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for clear in (b"13800000000", "小明".encode(), bytes.fromhex(kept.sha256)):
            assert clear not in content
            assert clear not in str(path).encode()


async def test_taken_id_is_refused_and_the_first_file_stays(evidence, organisation):
    file_id = uuid4()
    await evidence.put(organisation, SUBJECT, file_id, pieces(b"first"))
    with pytest.raises(FileExistsError):
        await evidence.put(organisation, SUBJECT, file_id, pieces(b"second"))
    assert await read(evidence, organisation, file_id) == b"first"


async def test_of_two_uploads_at_once_one_wins(evidence, organisation):
    file_id, data = uuid4(), [os.urandom(2_000_000) for _ in range(4)]
    puts = [evidence.put(organisation, SUBJECT, file_id, pieces(each)) for each in data]
    ended = await asyncio.gather(*puts, return_exceptions=True)
    lost = [each for each in ended if isinstance(each, BaseException)]
    assert all(isinstance(each, FileExistsError) for each in lost)
    assert len(lost) == 3
    won = next(i for i, each in enumerate(ended) if not isinstance(each, BaseException))
    assert await read(evidence, organisation, file_id) == data[won]
    assert len(list(evidence._root.rglob("*.*"))) == 1


async def test_exception_in_the_upload_leaves_nothing(evidence, organisation, tmp_path):
    async def cut():
        yield os.urandom(3 * CHUNK_BYTES)
        raise ConnectionError("the client went away")

    with pytest.raises(ConnectionError):
        await evidence.put(organisation, SUBJECT, uuid4(), cut())
    assert not [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]


async def test_cancelled_at_any_moment_leaves_nothing(evidence, organisation, tmp_path):
    for delay in range(0, 40, 3):
        data = pieces(os.urandom(4 * CHUNK_BYTES))
        put = asyncio.create_task(evidence.put(organisation, SUBJECT, uuid4(), data))
        await asyncio.sleep(delay / 1000)
        if put.cancel():
            with pytest.raises(asyncio.CancelledError):
                await put
            files = [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
            assert not files
        else:
            await evidence.discard(organisation, (await put).file_id)


async def test_missing_unknown_destroyed(evidence, store, organisation):
    file_id = uuid4()
    with pytest.raises(FileNotFoundError):
        await read(evidence, organisation, file_id)
    with pytest.raises(UnknownSubject):
        await evidence.put(organisation, uuid4(), file_id, pieces(b"x"))
    await evidence.put(organisation, SUBJECT, file_id, pieces(b"x"))
    await store.create(other := uuid4(), SUBJECT)
    with pytest.raises(FileNotFoundError):
        await read(evidence, other, file_id)
    await store.destroy(organisation, SUBJECT)
    with pytest.raises(KeyDestroyed):
        await read(evidence, organisation, file_id)
    with pytest.raises(KeyDestroyed):
        await evidence.put(organisation, SUBJECT, uuid4(), pieces(b"x"))


async def test_discard_and_a_reader_that_stops_early(evidence, organisation):
    file_id = uuid4()
    await evidence.put(organisation, SUBJECT, file_id, pieces(bytes(3 * CHUNK_BYTES)))
    reading = evidence.get(organisation, SUBJECT, file_id)
    assert len(await anext(reading)) == CHUNK_BYTES
    await reading.aclose()
    await evidence.discard(organisation, file_id)
    await evidence.discard(organisation, file_id)
    assert not list(evidence._root.rglob("*.sealed"))


async def test_sweep_takes_old_orphans_and_parts_only(evidence, organisation):
    known, orphan, fresh, part = sorted(uuid4() for _ in range(4))
    for file_id in (known, orphan, fresh):
        await evidence.put(organisation, SUBJECT, file_id, pieces(b"x"))
    leftovers = [evidence._folder(organisation, i) / f"{i}.0011.part" for i in (part, known)]
    for path in leftovers:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"y")
    long_ago = time.time() - 7200
    old = [evidence._path(organisation, i) for i in (known, orphan)] + leftovers
    for path in old:
        os.utime(path, (long_ago, long_ago))
    stranger = leftovers[0].with_name("notes.txt")
    stranger.write_bytes(b"z")
    os.utime(stranger, (long_ago, long_ago))
    assert await evidence.sweep(organisation, {known}, 3600) == sorted([orphan, part])
    assert await evidence.sweep(organisation, {known}, 3600) == []
    assert await evidence.sweep(uuid4(), set(), 0) == []
    left = sorted(path.name for path in evidence._root.rglob("*.*"))
    assert left == sorted([f"{known}.sealed", f"{fresh}.sealed", "notes.txt"])


async def test_killed_in_the_middle_leaves_no_sealed_file(tmp_path, outer):
    process = start(_PUT, str(tmp_path), outer.key.hex(), "1000", "0")
    assert process.stdout is not None
    assert process.stdout.readline() == "under way\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    names = [path.suffix for path in (tmp_path / "evidence").rglob("*.*")]
    assert names == [".part"]


async def test_no_room_left_is_an_os_error_and_leaves_nothing(tmp_path, outer):
    (said,) = outputs(_PUT, str(tmp_path), outer.key.hex(), "8", str(4 * 2**20), count=1)
    assert said[2] == "refused"
    assert not list((tmp_path / "evidence").rglob("*.*"))


async def test_memory_is_bounded_for_64_mebibytes(tmp_path, outer, evidence, organisation):
    (said,) = outputs(_PUT, str(tmp_path), outer.key.hex(), "64", "0", count=1)
    assert int(said[-1]) < 16 * 1024, "kilobytes of resident memory more than before"
    file_id = uuid4()
    piece = bytes(65_536)

    async def many():
        for _ in range(1024):
            yield piece

    tracemalloc.start()
    try:
        await evidence.put(organisation, SUBJECT, file_id, many())
        async for _ in evidence.get(organisation, SUBJECT, file_id):
            pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * 2**20
