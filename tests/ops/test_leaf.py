"""The vectors of ops/docs/leaf.md, recomputed from the document's text."""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.leaf import FORMAT, Header, header_bytes, leaf

DOCUMENT = Path(__file__).parents[2] / "ops/docs/leaf.md"
FIELDS = (
    "format",
    "organisation",
    "position",
    "stream",
    "version",
    "event_id",
    "topic",
    "schema_version",
    "recorded_at",
    "actor",
    "command_id",
    "causation_id",
    "previous_leaf",
)
SQL_LEAF = (
    "SELECT mingzhang.event_leaf($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, sha256($13))"
)


def vectors() -> list[dict[str, bytes]]:
    blocks = re.findall(r"```\n(format: .*?)```", DOCUMENT.read_text(), re.DOTALL)
    lines = [[line.partition(":") for line in block.splitlines()] for block in blocks]
    return [{name: bytes.fromhex(value) for name, _, value in block} for block in lines]


VECTORS = vectors()


def header_of(vector: dict[str, bytes]) -> Header:
    number = {
        name: int.from_bytes(vector[name], "big", signed=True)
        for name in ("position", "version", "schema_version", "recorded_at")
    }
    return Header(
        organisation=UUID(bytes=vector["organisation"]),
        position=number["position"],
        stream=UUID(bytes=vector["stream"]),
        version=number["version"],
        event_id=UUID(bytes=vector["event_id"]),
        topic=vector["topic"].decode(),
        schema_version=number["schema_version"],
        recorded_at=datetime(1970, 1, 1, tzinfo=UTC)
        + timedelta(microseconds=number["recorded_at"]),
        actor=vector["actor"].decode(),
        command_id=UUID(bytes=vector["command_id"]),
        causation_id=UUID(bytes=vector["causation_id"]) if vector["causation_id"] else None,
        previous_leaf=vector["previous_leaf"] or None,
    )


def test_the_document_has_its_vectors():
    assert len(VECTORS) == 3
    for vector in VECTORS:
        assert tuple(vector) == (*FIELDS, "body", "body_sha256", "header", "leaf")
        assert vector["format"] == FORMAT
    assert VECTORS[1]["previous_leaf"] == VECTORS[0]["leaf"]


@pytest.mark.parametrize("vector", VECTORS)
def test_the_text_alone_is_enough(vector):
    """As a reader in another language would do it: none of our code."""
    header = b"".join(len(vector[name]).to_bytes(4, "big") + vector[name] for name in FIELDS)
    digest = sha256(vector["body"]).digest()
    assert (header, digest) == (vector["header"], vector["body_sha256"])
    assert sha256(b"\x00" + header + digest).digest() == vector["leaf"]


@pytest.mark.parametrize("vector", VECTORS)
def test_python_agrees(vector):
    header = header_of(vector)
    assert header_bytes(header) == vector["header"]
    assert leaf(header, vector["body"]) == vector["leaf"]


@pytest.mark.anyio
async def test_sql_agrees(database):
    connection = await asyncpg.connect(database)
    try:
        for vector in VECTORS:
            fields = msgspec.structs.astuple(header_of(vector))
            assert await connection.fetchval(SQL_LEAF, *fields, vector["body"]) == vector["leaf"]
    finally:
        await connection.close()


TEXT = st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=20)
HEADERS = st.builds(
    Header,
    organisation=st.uuids(),
    position=st.integers(1, 2**63 - 1),
    stream=st.uuids(),
    version=st.integers(0, 2**63 - 1),
    event_id=st.uuids(),
    topic=TEXT,
    schema_version=st.integers(-(2**31), 2**31 - 1),
    recorded_at=st.datetimes(timezones=st.just(UTC)),
    actor=TEXT,
    command_id=st.uuids(),
    causation_id=st.none() | st.uuids(),
    previous_leaf=st.none() | st.binary(min_size=32, max_size=32),
)


@pytest.mark.anyio
async def test_sql_and_python_agree_on_anything(database):
    drawn: list[tuple[Header, bytes]] = []

    @given(HEADERS, st.binary(max_size=100))
    def draw(header, body):
        drawn.append((header, body))

    draw()
    connection = await asyncpg.connect(database)
    try:
        for header, body in drawn:
            fields = msgspec.structs.astuple(header)
            assert await connection.fetchval(SQL_LEAF, *fields, body) == leaf(header, body)
    finally:
        await connection.close()


@given(HEADERS, HEADERS)
def test_no_two_headers_have_the_same_bytes(one, other):
    assert (header_bytes(one) == header_bytes(other)) == (one == other)
