from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import asyncpg
import pytest

from domain.log import LogUnavailable
from ops.postgres.event_log import PostgresEventLog, append_on
from ops.postgres.pool import UNREACHABLE, Pool
from tests.ops.appends import append, event, write
from tests.ops.log_contract import LogContract, organisation

__all__ = ["organisation"]

TABLES = ("events", "commands", "journal_heads", "stream_heads", "tracking")
CALL = """
SELECT outcome FROM append_events(
    $1, gen_random_uuid(), NULL, 'x', NULL, ARRAY[gen_random_uuid()], '{0}', '{1}',
    ARRAY[gen_random_uuid()], '{t}', '{1}', ARRAY[''::bytea], '{}', '{}')
"""
CHANGES = (
    "UPDATE mingzhang.events SET actor = 'x'",
    "DELETE FROM mingzhang.events",
    "TRUNCATE mingzhang.events",
    "UPDATE mingzhang.commands SET digest = NULL",
    "DELETE FROM mingzhang.commands",
    "TRUNCATE mingzhang.commands",
)


@pytest.fixture
async def log(database):
    async with Pool(database) as pool:
        log = PostgresEventLog(pool)
        yield log
        await log.close()


@pytest.fixture
async def owner(database):
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


class TestPostgresEventLog(LogContract):
    pass


@pytest.mark.anyio
async def test_recorded_at_rises_when_the_clock_goes_back(log, owner, organisation):
    await log.append(append(organisation))
    # A clock that was an hour ahead and was then put right.
    await owner.execute(
        "UPDATE mingzhang.journal_heads SET recorded_at = recorded_at + interval '1 hour'"
    )
    ahead = (await log.head(organisation)).recorded_at
    for _ in range(3):
        await log.append(append(organisation, write(uuid4(), 0, event(), event())))
    times = [e.recorded_at for e in await log.read_journal(organisation, after_position=1)]
    assert all(b - a == timedelta(microseconds=1) for a, b in pairwise([ahead, *times]))


@pytest.mark.anyio
@pytest.mark.parametrize("change", CHANGES)
async def test_nobody_changes_what_was_recorded(log, owner, organisation, change):
    await log.append(append(organisation))
    before = await log.read_journal(organisation)
    with pytest.raises(asyncpg.PostgresError, match="stays as it was recorded") as caught:
        await owner.execute(change)
    assert caught.value.sqlstate == "MZ002"
    await owner.execute("SET session_replication_role = replica")
    with pytest.raises(asyncpg.PostgresError, match="stays as it was recorded"):
        await owner.execute(change)
    async with log.pool.acquire(organisation) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(change)
    assert await log.read_journal(organisation) == before


@pytest.mark.anyio
async def test_the_application_has_no_right_it_does_not_need(owner):
    rows = await owner.fetch(
        "SELECT table_name, string_agg(privilege_type, ' ' ORDER BY privilege_type) AS rights"
        " FROM information_schema.role_table_grants"
        " WHERE grantee = 'mingzhang_app' AND table_schema = 'mingzhang' GROUP BY table_name"
    )
    rights = {row["table_name"]: row["rights"] for row in rows}
    recorded = ("events", "commands", "journal_heads", "stream_heads", "stored_events")
    for table in (*recorded, "checkpoints", "tree_nodes"):
        assert rights[table] == "SELECT", table
    assert "sealers" not in rights
    assert rights["stamps"] == "INSERT SELECT"
    assert rights["tracking"] == "INSERT SELECT UPDATE"
    functions = await owner.fetch(
        "SELECT routine_name FROM information_schema.routine_privileges"
        " WHERE routine_schema = 'mingzhang' AND grantee IN ('mingzhang_app', 'PUBLIC')"
    )
    assert {row["routine_name"] for row in functions} == {
        "add_checkpoint",
        "append_events",
        "feed_by_secret",
        "position_at",
        "token_by_id",
    }
    role = await owner.fetchrow("SELECT * FROM pg_roles WHERE rolname = 'mingzhang_app'")
    assert [role[right] for right in ("rolcanlogin", "rolsuper", "rolbypassrls")] == [False] * 3


@pytest.mark.anyio
async def test_a_session_sees_its_own_organisation_only(log, owner, organisation):
    other = uuid4()
    for one in (organisation, other):
        await log.append(append(one))
        async with log.pool.acquire(one) as connection:
            await connection.execute(
                "INSERT INTO mingzhang.tracking VALUES ($1, 'projection', 1)", one
            )
    async with log.pool.acquire(organisation) as connection:
        for table in TABLES:
            found = await connection.fetch(f"SELECT DISTINCT organisation FROM {table}")
            assert [row["organisation"] for row in found] == [organisation], table
        assert await connection.fetchval("SELECT count(*) FROM stored_events") == 1
        hidden = "SELECT count(*) FROM events WHERE organisation = $1"
        assert await connection.fetchval(hidden, other) == 0
        moved = "UPDATE tracking SET notification_id = 9 WHERE organisation = $1"
        assert await connection.execute(moved, other) == "UPDATE 0"
    assert await owner.fetchval("SELECT count(*) FROM mingzhang.events") == 2  # superuser


@pytest.mark.anyio
@pytest.mark.parametrize(
    "statement",
    (
        "INSERT INTO tracking VALUES ($1, 'projection', 1)",
        CALL,
    ),
)
async def test_a_session_writes_to_its_own_organisation_only(log, organisation, statement):
    refusal = "row-level security|does not act for organisation"
    async with log.pool.acquire(organisation) as connection:
        for other in (uuid4(), None):
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match=refusal):
                await connection.execute(statement, other)
    async with log.pool.acquire(organisation) as connection:
        await connection.execute(statement, organisation)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "statement",
    (
        "INSERT INTO events SELECT * FROM events",
        "INSERT INTO journal_heads VALUES (gen_random_uuid(), 1)",
        "UPDATE journal_heads SET position = 9",
        "INSERT INTO stream_heads VALUES (gen_random_uuid(), gen_random_uuid(), 1, '')",
        "UPDATE stream_heads SET leaf = ''",
        "INSERT INTO commands VALUES (gen_random_uuid(), gen_random_uuid(), NULL, 1, 1)",
    ),
)
async def test_the_log_is_written_by_its_function_only(log, organisation, statement):
    await log.append(append(organisation))
    async with log.pool.acquire(organisation) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied"):
            await connection.execute(statement)


@pytest.mark.anyio
async def test_a_session_without_an_organisation_appends_nothing(log, owner, organisation):
    await owner.execute("SET ROLE mingzhang_app; SET search_path = mingzhang")
    for setting in (None, ""):
        if setting is not None:
            await owner.execute("SELECT set_config('mingzhang.organisation', $1, false)", setting)
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="does not act for"):
            await owner.execute(CALL, organisation)


@pytest.mark.anyio
async def test_a_function_of_an_owner_that_is_no_superuser_works_and_is_bound(
    log, owner, organisation
):
    """As on a server of somebody's own: there row-level security holds inside it, too."""
    role = f"owner_{organisation.hex[:8]}"
    await owner.execute(f"CREATE ROLE {role}; GRANT USAGE ON SCHEMA mingzhang TO {role}")
    try:
        for table in ("events", "commands", "journal_heads", "stream_heads"):
            await owner.execute(f"ALTER TABLE mingzhang.{table} OWNER TO {role}")
        for function in ("append_events", "event_leaf"):
            await owner.execute(f"ALTER FUNCTION mingzhang.{function} OWNER TO {role}")
        done = await log.append(append(organisation))
        assert done.events[0].is_intact()
        async with log.pool.acquire(organisation) as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(CALL, uuid4())
    finally:
        await owner.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


@pytest.mark.anyio
async def test_a_head_beyond_the_events_does_not_stop_a_search_by_time(log, owner, organisation):
    done = await log.append(append(organisation))
    await owner.execute("UPDATE mingzhang.journal_heads SET position = 40")
    assert await log.position_at(organisation, done.events[0].recorded_at) == 1


@pytest.mark.anyio
async def test_a_session_without_an_organisation_sees_nothing(log, owner, organisation):
    await log.append(append(organisation))
    await owner.execute("SET ROLE mingzhang_app")
    for setting in (None, ""):
        if setting is not None:
            await owner.execute("SELECT set_config('mingzhang.organisation', $1, false)", setting)
        for table in (*TABLES, "stored_events"):
            assert await owner.fetch(f"SELECT * FROM mingzhang.{table}") == []


@pytest.mark.anyio
async def test_row_level_security_binds_an_owner_that_is_no_superuser(log, owner, organisation):
    await log.append(append(organisation))
    await owner.execute("CREATE ROLE some_owner; GRANT USAGE ON SCHEMA mingzhang TO some_owner")
    try:
        await owner.execute("ALTER TABLE mingzhang.events OWNER TO some_owner")
        await owner.execute("SET ROLE some_owner")
        assert await owner.fetch("SELECT * FROM mingzhang.events") == []
    finally:
        await owner.execute("RESET ROLE; DROP OWNED BY some_owner CASCADE; DROP ROLE some_owner")


@pytest.mark.anyio
async def test_the_organisation_is_set_only_when_it_changes(log, organisation):
    other = uuid4()
    seen = []
    async with log.pool.acquire(organisation) as connection:
        real = connection._con.execute
        connection._con.execute = lambda sql, *args: (seen.append(args[0]), real(sql, *args))[1]
    for one in (organisation, other, other, organisation):
        async with log.pool.acquire(one) as connection:
            assert await connection.fetchval(
                "SELECT current_setting('mingzhang.organisation')"
            ) == str(one)
    assert seen == [str(other), str(organisation)]


@pytest.mark.anyio
async def test_a_connection_that_died_in_the_pool_costs_nobody_anything(log, owner, organisation):
    await log.append(append(organisation))
    for use in (lambda: log.head(organisation), lambda: log.append(append(organisation))):
        await owner.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE application_name = 'mingzhang' AND datname = current_database()"
        )
        await use()
    assert len(await log.read_journal(organisation)) == 2


@pytest.mark.anyio
async def test_a_lost_connection_and_a_full_pool_are_the_log_being_away(database, organisation):
    pool = Pool(database, max_size=1, acquire_timeout=0.2, statement_timeout=0.1)
    async with pool:
        with pytest.raises(LogUnavailable, match="statement timeout"):
            async with pool.acquire(organisation) as connection:
                await connection.execute("SELECT pg_sleep(5)")
        with pytest.raises(LogUnavailable):
            async with pool.acquire(organisation) as connection:
                await connection.execute(
                    "SET ROLE NONE; SELECT pg_terminate_backend(pg_backend_pid())"
                )
        async with pool.acquire(organisation):
            with pytest.raises(LogUnavailable, match="TimeoutError"):
                async with pool.acquire(organisation):
                    raise AssertionError("there is one connection only")
        async with pool.acquire(organisation) as connection:
            assert await connection.fetchval("SELECT 1") == 1


@pytest.mark.anyio
async def test_no_server_is_the_log_being_away(tmp_path, organisation):
    async with Pool(f"postgresql://nobody@/none?host={tmp_path}") as pool:
        log = PostgresEventLog(pool)
        with pytest.raises(LogUnavailable, match="PostgreSQL cannot be used now"):
            await log.append(append(organisation))
        with pytest.raises(LogUnavailable):
            await log.head(organisation)
        await log.close()


@pytest.mark.anyio
async def test_what_an_operator_has_to_mend_is_the_log_being_away(server, organisation):
    missing = server.embedded.dsn("missing")
    stranger = server.embedded.dsn("postgres", user="stranger")
    for dsn in (missing, stranger):
        async with Pool(dsn) as pool:
            with pytest.raises(LogUnavailable, match="PostgreSQL cannot be used now"):
                async with pool.acquire(organisation):
                    pass
    assert issubclass(asyncpg.InvalidPasswordError, UNREACHABLE)


@pytest.mark.anyio
async def test_an_append_whose_answer_was_lost_is_no_repeat(log, organisation, monkeypatch):
    """The connection dies between the recording and its answer; the second try finds it done."""
    tries = []

    async def lossy(connection, one):
        done = await append_on(connection, one)
        tries.append(done.repeated)
        if len(tries) == 1:
            raise asyncpg.ConnectionDoesNotExistError("connection was closed")
        return done

    monkeypatch.setattr("ops.postgres.event_log.append_on", lossy)
    command = append(organisation)
    done = await log.append(command)
    assert (tries, done.repeated, done.position) == ([False, True], False, 1)
    assert (await log.append(command)).repeated


@pytest.mark.anyio
async def test_the_session_runs_as_the_application_and_briefly(log, organisation):
    async with log.pool.acquire(organisation) as connection:
        assert await connection.fetchval("SELECT current_user") == "mingzhang_app"
        for name, value in (
            ("jit", "off"),
            ("statement_timeout", "30s"),
            ("search_path", "mingzhang, pg_catalog, pg_temp"),
            ("transaction_isolation", "read committed"),
        ):
            assert await connection.fetchval("SELECT current_setting($1)", name) == value
