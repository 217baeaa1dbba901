import asyncio
import shutil
from itertools import chain

import asyncpg
import pytest

from ops.postgres.migrate import FOLDER, MigrationError, load, migrate


@pytest.fixture
def empty(server):
    name = server.create_database("template1")
    yield server.dsn(name)
    server.drop_database(name)


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "migrations")


def add(folder, name, up):
    path = folder / name
    path.write_text(f"-- migrate:up\n{up}\n-- migrate:down\nSELECT 1 / 0;\n")
    return path


async def ask(dsn, query):
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


@pytest.mark.anyio
async def test_only_those_named_are_applied_and_the_rest_later(empty, folder):
    names = [path.name for path in sorted(folder.glob("*.sql"))]
    assert await migrate(empty, folder=folder, only=names[:2]) == names[:2]
    assert await migrate(empty, folder=folder, only=names[:2]) == []
    assert await migrate(empty, folder=folder) == names[2:]


@pytest.mark.anyio
async def test_everything_is_applied_once_and_remembered(empty, folder):
    names = [path.name for path in sorted(folder.glob("*.sql"))]
    assert names[0] == "0001_event_log.sql"
    assert await migrate(empty, folder=folder) == names
    assert await migrate(empty, folder=folder) == []
    add(folder, "9998_more.sql", "CREATE TABLE mingzhang.more ();")
    assert await migrate(empty, folder=folder) == ["9998_more.sql"]
    digests = await ask(
        empty, "SELECT array_agg(sha256 ORDER BY name) FROM mingzhang.schema_migrations"
    )
    assert digests == [one.sha256 for one in load(folder)]


@pytest.mark.anyio
async def test_several_at_once_apply_each_file_once(empty):
    results = await asyncio.gather(*(migrate(empty) for _ in range(6)))
    assert sorted(chain.from_iterable(results)) == [
        path.name for path in sorted(FOLDER.glob("*.sql"))
    ]


@pytest.mark.anyio
async def test_an_edited_file_is_refused(empty, folder):
    path = add(folder, "9998_more.sql", "SELECT 1;")
    await migrate(empty, folder=folder)
    path.write_text(path.read_text() + "\n")
    with pytest.raises(MigrationError, match=r"9998_more.sql was changed after it was applied"):
        await migrate(empty, folder=folder)


@pytest.mark.anyio
async def test_a_newer_database_is_refused(empty, folder):
    path = add(folder, "9998_more.sql", "SELECT 1;")
    await migrate(empty, folder=folder)
    path.unlink()
    with pytest.raises(MigrationError, match=r"does not know: 9998_more.sql"):
        await migrate(empty, folder=folder)


@pytest.mark.anyio
async def test_a_file_that_fails_leaves_nothing(empty, folder):
    add(folder, "9998_bad.sql", "CREATE TABLE mingzhang.half (); SELECT 1 / 0;")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(empty, folder=folder)
    assert await ask(empty, "SELECT to_regclass('mingzhang.half')") is None
    assert await ask(empty, "SELECT to_regclass('mingzhang.events')") is not None
    add(folder, "9998_bad.sql", "SELECT 1;")
    assert await migrate(empty, folder=folder) == ["9998_bad.sql"]


@pytest.mark.anyio
async def test_a_file_without_a_marker_is_refused(empty, folder):
    (folder / "9998_bare.sql").write_text("SELECT 1;")
    with pytest.raises(MigrationError, match="migrate:up"):
        await migrate(empty, folder=folder)


@pytest.mark.anyio
async def test_the_log_is_not_taken_down(database):
    down = (FOLDER / "0001_event_log.sql").read_text().partition("-- migrate:down")[2]
    with pytest.raises(asyncpg.PostgresError, match="not taken down"):
        await ask(database, down)


@pytest.mark.anyio
async def test_a_database_in_another_encoding_is_refused(server):
    server.embedded.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    try:
        with pytest.raises(MigrationError, match="UTF8, not LATIN1"):
            await migrate(server.dsn("latin"))
    finally:
        server.drop_database("latin")


@pytest.mark.anyio
async def test_an_owner_without_great_rights_is_told_what_to_run_and_then_works(server, empty):
    database = empty.partition("?")[0].rpartition("/")[2]
    server.embedded.execute(f"CREATE ROLE small LOGIN; ALTER DATABASE {database} OWNER TO small")
    dsn = server.embedded.dsn(database, user="small")
    try:
        with pytest.raises(MigrationError, match=r"GRANT mingzhang_app TO small"):
            await migrate(dsn)
        server.embedded.execute("GRANT mingzhang_app TO small")
        assert await migrate(dsn)
        # Row-level security is forced, so the owner sees no events either.
        assert await ask(dsn, "SELECT count(*) FROM mingzhang.events") == 0
    finally:
        server.embedded.execute("DROP OWNED BY small CASCADE", database)
        server.embedded.execute(f"ALTER DATABASE {database} OWNER TO mingzhang; DROP ROLE small")


@pytest.mark.anyio
async def test_an_old_server_is_refused(empty, monkeypatch):
    monkeypatch.setattr("ops.postgres.migrate.OLDEST_SERVER", 990000)
    with pytest.raises(MigrationError, match="PostgreSQL 15 or later is needed"):
        await migrate(empty)
