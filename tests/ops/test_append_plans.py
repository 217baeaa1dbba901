"""An append reads a bounded number of buffers, whatever the table's size and statistics.

Plans inside functions are cached by session, so each state of the table is met by a session that
has been there since it was empty and by one that is new.
"""

import json
from uuid import UUID, uuid4

import asyncpg
import pytest

from ops.postgres import statements as sql
from ops.postgres.event_log import PostgresEventLog, _arguments
from ops.postgres.pool import Pool
from tests.ops.appends import append, event, write

ORGANISATION = UUID(int=7)
STREAM_LENGTH = 20
YOUNG = 3_000
LARGE = 1_000_000

BOUND_FIRST = 1500
"""A session's first append also reads the catalogue to make its plans."""
BOUND_NEW_STREAM = 60
BOUND_OLD_STREAM = 60

# As the superuser that the tests log in as, beside the function: only sizes matter here.
FILL = """
INSERT INTO mingzhang.events
SELECT $1, n, md5((n / 20)::text)::uuid, n % 20 + 1, gen_random_uuid(), 'payment-made', 1,
    timestamptz '2020-01-01Z' + n * interval '1 second', 'x', md5(n::text)::uuid, NULL, NULL,
    decode(repeat('00', 32), 'hex'), decode(repeat('ab', 100), 'hex')
FROM generate_series($2::bigint, $3::bigint) AS n;
"""
FILL_COMMANDS = """
INSERT INTO mingzhang.commands
SELECT $1, md5(n::text)::uuid, NULL, n, n FROM generate_series($2::bigint, $3::bigint) AS n
"""
FILL_STREAMS = """
INSERT INTO mingzhang.stream_heads
SELECT $1, md5(n::text)::uuid, 20, decode(repeat('00', 32), 'hex')
FROM generate_series($2::bigint, $3::bigint) AS n
"""
FILL_HEAD = """
UPDATE mingzhang.journal_heads SET position = $2, recorded_at = clock_timestamp()
WHERE organisation = $1
"""


@pytest.fixture
async def pool(database):
    async with Pool(database) as pool:
        yield pool


@pytest.fixture
async def owner(database):
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


async def fill(owner, last):
    """Put the journal's end at `last`, from what it is."""
    first = await owner.fetchval("SELECT max(position) + 1 FROM mingzhang.events")
    first += -first % STREAM_LENGTH
    await owner.execute(FILL, ORGANISATION, first, last)
    await owner.execute(FILL_COMMANDS, ORGANISATION, first, last)
    streams = first // STREAM_LENGTH, last // STREAM_LENGTH
    await owner.execute(FILL_STREAMS, ORGANISATION, *streams)
    await owner.execute(FILL_HEAD, ORGANISATION, last)


async def buffers(connection, statement, *args):
    plan = await connection.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", *args)
    top = json.loads(plan)[0]["Plan"]
    return top["Shared Hit Blocks"] + top["Shared Read Blocks"]


async def append_buffers(connection, *writes):
    command = append(ORGANISATION, *writes)
    return await buffers(connection, sql.APPEND, *_arguments(command))


async def measure(connection):
    """Buffers of a first append, and the most of ten new and ten known streams."""
    first = await append_buffers(connection)
    stream = uuid4()
    await append_buffers(connection, write(stream, 0))
    known = [await append_buffers(connection, write(stream, n, event())) for n in range(1, 11)]
    new = [await append_buffers(connection) for _ in range(10)]
    return {"first": first, "new stream": max(new), "known stream": max(known)}


@pytest.mark.anyio
async def test_an_append_reads_few_buffers_on_any_table(pool, owner, capsys, server_kind):
    await owner.execute("ALTER TABLE mingzhang.events SET (autovacuum_enabled = false)")
    lines = []
    async with pool.acquire(ORGANISATION) as old:
        for name, size in (("empty", 0), ("young", YOUNG), ("large", LARGE)):
            if size:
                await fill(owner, size)
            async with pool.acquire(ORGANISATION) as fresh:
                results = {"old": await measure(old), "new": await measure(fresh)}
            await pool._pool.expire_connections()
            for session, counts in results.items():
                lines.append(f"{server_kind}, {name} table, {session} session: {counts}")
                assert counts["first"] <= BOUND_FIRST, lines
                assert counts["new stream"] <= BOUND_NEW_STREAM, lines
                assert counts["known stream"] <= BOUND_OLD_STREAM, lines
    with capsys.disabled():
        print("", *lines, sep="\n")
    await check_reads(pool, LARGE)


async def check_reads(pool, size):
    """Reads of the large, never-analysed table go by the keys, too."""
    log = PostgresEventLog(pool)
    stream = await pool_fetchval(pool, "SELECT md5($1)::uuid", str(size // STREAM_LENGTH - 1))
    async with pool.acquire(ORGANISATION) as connection:
        whole = (ORGANISATION, stream, -1, 2**63 - 1, 5000)
        assert await buffers(connection, sql.STREAM_PAGE, *whole) < 40
        page = (ORGANISATION, size // 2, 2**63 - 1, 500)
        assert await buffers(connection, sql.JOURNAL_PAGE, *page) < 100
        moment = await connection.fetchval("SELECT timestamptz '2020-01-03Z'")
        found = (ORGANISATION, moment)
        await buffers(connection, sql.POSITION_AT, *found)
        assert await buffers(connection, sql.POSITION_AT, *found) < 21 * 6
    assert await log.position_at(ORGANISATION, moment) == 2 * 24 * 3600
    assert len(await log.read_stream(ORGANISATION, stream)) == STREAM_LENGTH


async def pool_fetchval(pool, statement, *args):
    async with pool.acquire(ORGANISATION) as connection:
        return await connection.fetchval(statement, *args)
