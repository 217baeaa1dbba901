"""Every way of changing a sealed file is found before any byte of a bad chunk is given out."""

import os
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ops.evidence_files import EvidenceBroken, FileEvidenceStore
from ops.keys.chunks import (
    CHUNK_BYTES,
    HEADER_BYTES,
    SEALED_CHUNK_BYTES,
    ChunkCipher,
    new_header,
)
from ops.keys.data_key import DataKey
from ops.keys.sealed_file import SealedReader

pytestmark = pytest.mark.anyio

KEY, ORGANISATION, SUBJECT, FILE = DataKey(os.urandom(32)), uuid4(), uuid4(), uuid4()
HEADER = new_header(SUBJECT, FILE)
PLAIN = [os.urandom(CHUNK_BYTES), os.urandom(CHUNK_BYTES), os.urandom(100)]


def sealed_chunks() -> list[bytes]:
    cipher = ChunkCipher(KEY, ORGANISATION, HEADER)
    return [cipher.seal(plain, last=plain is PLAIN[-1]) for plain in PLAIN]


CHUNKS = sealed_chunks()


def opened(path, *, organisation: UUID = ORGANISATION, subject: UUID = SUBJECT) -> list[bytes]:
    """The chunks given out before the end, or before EvidenceBroken is raised and kept."""
    reader, given_out = SealedReader(path, KEY, organisation, subject, FILE), []
    try:
        while (plain := reader.next()) is not None:
            given_out.append(plain)
    except EvidenceBroken:
        return [*given_out, b"broken"]
    finally:
        reader.close()
    return given_out


def write(path, *parts: bytes):
    path.write_bytes(b"".join(parts))
    return path


def test_whole_file_opens(tmp_path):
    assert opened(write(tmp_path / "f", HEADER, *CHUNKS)) == PLAIN


@pytest.mark.parametrize(
    ("chunks", "good"),
    (
        pytest.param(CHUNKS[:2], 1, id="last chunk cut"),
        pytest.param(CHUNKS[:1], 0, id="two chunks cut"),
        pytest.param([], 0, id="all chunks cut"),
        pytest.param([CHUNKS[0], CHUNKS[1], CHUNKS[2][:-1]], 2, id="one byte cut"),
        pytest.param([*CHUNKS, b"\0"], 2, id="one byte added"),
        pytest.param([*CHUNKS, CHUNKS[2]], 2, id="last chunk twice"),
        pytest.param([CHUNKS[1], CHUNKS[0], CHUNKS[2]], 0, id="swapped"),
        pytest.param([CHUNKS[0], CHUNKS[0], CHUNKS[1], CHUNKS[2]], 1, id="repeated"),
        pytest.param([CHUNKS[0], CHUNKS[2]], 1, id="one left out"),
        pytest.param([CHUNKS[2]], 0, id="only the last"),
        pytest.param([*CHUNKS[:2], bytes(SEALED_CHUNK_BYTES)], 2, id="another last"),
    ),
)
def test_cut_added_swapped_repeated(tmp_path, chunks, good):
    assert opened(write(tmp_path / "f", HEADER, *chunks)) == [*PLAIN[:good], b"broken"]


def test_of_another_subject_file_organisation_or_upload(tmp_path):
    path = write(tmp_path / "f", HEADER, *CHUNKS)
    assert opened(path, organisation=uuid4()) == [b"broken"]
    assert opened(path, subject=uuid4()) == [b"broken"]
    assert opened(write(path, new_header(SUBJECT, FILE), *CHUNKS)) == [b"broken"]
    assert opened(write(path, new_header(SUBJECT, uuid4()), *CHUNKS)) == [b"broken"]
    for length in range(HEADER_BYTES):
        assert opened(write(path, HEADER[:length])) == [b"broken"]


def test_every_byte_of_a_small_file_flipped(tmp_path):
    cipher = ChunkCipher(KEY, ORGANISATION, HEADER)
    whole = HEADER + cipher.seal(b"a small file", last=True)
    for place in range(len(whole)):
        for bit in (1, 16, 128):
            changed = bytes([whole[place] ^ bit])
            path = write(tmp_path / "f", whole[:place], changed, whole[place + 1 :])
            assert opened(path) == [b"broken"]


@given(data=st.data())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_byte_of_a_large_file_flipped(tmp_path, data):
    whole = HEADER + b"".join(CHUNKS)
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytes([whole[place] ^ data.draw(st.integers(1, 255))])
    path = write(tmp_path / "f", whole[:place], changed, whole[place + 1 :])
    good = max(0, place - HEADER_BYTES) // SEALED_CHUNK_BYTES
    assert opened(path) == [*PLAIN[:good], b"broken"]


async def test_the_store_raises_on_the_first_bad_chunk(tmp_path, store, organisation):
    await store.create(organisation, SUBJECT)
    evidence = FileEvidenceStore(tmp_path / "evidence", store)

    async def chunks():
        yield bytes(2 * CHUNK_BYTES + 5)

    await evidence.put(organisation, SUBJECT, FILE, chunks())
    path = evidence._path(organisation, FILE)
    with path.open("r+b") as file:
        file.seek(HEADER_BYTES + SEALED_CHUNK_BYTES + 7)
        file.write(b"?")
    reading = evidence.get(organisation, SUBJECT, FILE)
    assert await anext(reading) == bytes(CHUNK_BYTES)
    with pytest.raises(EvidenceBroken, match=str(FILE)) as broken:
        await anext(reading)
    assert isinstance(broken.value, ValueError)
