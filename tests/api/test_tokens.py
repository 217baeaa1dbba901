"""Tokens in PostgreSQL: found without an organisation, changed only within one."""

from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from api.auth import authenticate, secret_digest
from api.problems import Problem
from ops.postgres.pool import Pool
from ops.tokens import PostgresTokenStore
from tests.api.desk import utc_now

pytestmark = pytest.mark.anyio


@pytest.fixture
async def pool(database):
    async with Pool(database) as pool:
        yield pool


@pytest.fixture
def store(pool):
    return PostgresTokenStore(pool)


async def test_what_is_stored_lets_nobody_in(store, database):
    token, text = await store.add(uuid4(), "m-1", now=utc_now())
    secret = text.split("_", 2)[2]
    assert token.secret_sha256 == secret_digest(secret)
    connection = await asyncpg.connect(database)
    rows = await connection.fetch("SELECT t::text FROM mingzhang.api_tokens t")
    await connection.close()
    assert len(rows) == 1
    assert secret not in rows[0][0]
    assert await store.find(token.token_id) == token


async def test_a_token_names_its_organisation_and_member(store):
    organisation = uuid4()
    _, text = await store.add(organisation, "m-1", now=utc_now(), capabilities=["case:read"])
    caller = await authenticate(f"Bearer {text}", store, utc_now())
    assert (caller.organisation, caller.actor) == (organisation, "m-1")
    assert caller.capabilities == {"case:read"}


async def test_an_ended_or_revoked_token_lets_nobody_in(store):
    organisation, now = uuid4(), utc_now()
    _, text = await store.add(organisation, "m-1", now=now, expires_at=now + timedelta(days=1))
    await authenticate(f"Bearer {text}", store, now)
    with pytest.raises(Problem, match="unauthenticated"):
        await authenticate(f"Bearer {text}", store, now + timedelta(days=1))
    token, text = await store.add(organisation, "m-1", now=now)
    assert not await store.revoke(uuid4(), token.token_id, now)
    assert await store.revoke(organisation, token.token_id, now)
    assert not await store.revoke(organisation, token.token_id, now)
    with pytest.raises(Problem, match="unauthenticated"):
        await authenticate(f"Bearer {text}", store, now)


async def test_an_organisation_sees_its_own_tokens_only(store, pool):
    mine, theirs = uuid4(), uuid4()
    token, _ = await store.add(mine, "m-1", now=utc_now())
    await store.add(theirs, "m-1", now=utc_now())
    assert [each.token_id for each in await store.all(mine)] == [token.token_id]
    async with pool.acquire(mine) as connection:
        assert await connection.fetchval("SELECT count(*) FROM mingzhang.api_tokens") == 1
        for change in (
            "UPDATE mingzhang.api_tokens SET capabilities = '{}'",
            "UPDATE mingzhang.api_tokens SET organisation = gen_random_uuid()",
            "DELETE FROM mingzhang.api_tokens",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(change)


async def test_a_revoked_token_stays_revoked_whoever_asks(store, pool, database):
    organisation, now = uuid4(), utc_now()
    token, _ = await store.add(organisation, "m-1", now=now)
    owner = await asyncpg.connect(database)
    changes = (
        "UPDATE mingzhang.api_tokens SET actor = 'm-2'",
        "UPDATE mingzhang.api_tokens SET capabilities = '{}', revoked_at = clock_timestamp()",
        "UPDATE mingzhang.api_tokens SET expires_at = NULL",
        "UPDATE mingzhang.api_tokens SET revoked_at = NULL",
    )
    try:
        for change in changes:
            with pytest.raises(asyncpg.PostgresError, match="revoked once"):
                await owner.execute(change)
        assert await store.revoke(organisation, token.token_id, now)
        for again in ("NULL", "clock_timestamp()", "revoked_at + interval '1 day'"):
            change = f"UPDATE mingzhang.api_tokens SET revoked_at = {again}"
            async with pool.acquire(organisation) as connection:
                for session in (owner, connection):
                    with pytest.raises(asyncpg.PostgresError, match="revoked once"):
                        await session.execute(change)
    finally:
        await owner.close()
    found = await store.find(token.token_id)
    assert found is not None
    assert found.revoked_at == now


async def test_what_cannot_be_granted_is_refused(store):
    for wrong in ({"capabilities": ["public"]}, {"capabilities": ["case:all"]}):
        with pytest.raises(ValueError, match="no such capability"):
            await store.add(uuid4(), "m-1", now=utc_now(), **wrong)
    with pytest.raises(ValueError, match="no actor"):
        await store.add(uuid4(), " ", now=utc_now())


async def test_the_lookup_works_for_an_owner_who_is_no_superuser(server, store, database):
    """As on a server of somebody's own, where the schema belongs to an ordinary role."""
    token, _ = await store.add(uuid4(), "m-1", now=utc_now())
    role = f"owner_{uuid4().hex[:8]}"
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(f"CREATE ROLE {role}; GRANT USAGE ON SCHEMA mingzhang TO {role}")
        await connection.execute(
            f"ALTER TABLE mingzhang.api_tokens OWNER TO {role};"
            f"ALTER FUNCTION mingzhang.token_by_id(text) OWNER TO {role};"
            f"ALTER POLICY owner_looks_up ON mingzhang.api_tokens TO {role}"
        )
        assert await store.find(token.token_id) == token
    finally:
        await connection.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")
        await connection.close()
