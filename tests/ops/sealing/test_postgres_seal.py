"""The seal on PostgreSQL: the contract, the rights, and a journal that is not what it was."""

from uuid import uuid4

import asyncpg
import pytest

from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool
from ops.sealing.growth import SealStopped
from ops.sealing.postgres_store import PostgresSealStore
from ops.sealing.sealer import Sealer
from tests.ops.sealing.seal_contract import (
    KEY,
    SealContract,
    grow,
    opened,
    organisation,
    proofs,
    sealer,
)

__all__ = ["organisation", "proofs", "sealer"]

CHANGES = (
    "UPDATE mingzhang.{} SET organisation = organisation",
    "DELETE FROM mingzhang.{}",
    "TRUNCATE mingzhang.{}",
)


@pytest.fixture
async def log(database):
    async with Pool(database) as pool:
        log = PostgresEventLog(pool)
        yield log
        await log.close()


@pytest.fixture
def store(log):
    return PostgresSealStore(log.pool)


@pytest.fixture
async def owner(database):
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


class TestPostgresSeal(SealContract):
    pass


@pytest.mark.anyio
@pytest.mark.parametrize("table", ("checkpoints", "tree_nodes", "stamps"))
async def test_nobody_changes_what_was_sealed(log, store, sealer, owner, organisation, table):
    await grow(log, organisation, 300)
    checkpoint = await sealer.seal(organisation)
    await store.add_stamp(organisation, checkpoint.size, b"token")
    for change in CHANGES:
        with pytest.raises(asyncpg.PostgresError, match="stays as it was recorded"):
            await owner.execute(change.format(table))
        async with log.pool.acquire(organisation) as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(change.format(table))
    async with log.pool.acquire(organisation) as connection:
        if table != "stamps":
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(
                    f"INSERT INTO {table} SELECT * FROM {table} WHERE organisation = $1",
                    organisation,
                )
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("DELETE FROM sealers")


@pytest.mark.anyio
async def test_a_session_seals_for_its_own_organisation_only_and_no_more_than_there_is(
    log, store, sealer, organisation
):
    other = uuid4()
    await grow(log, organisation, 2)
    await sealer.seal(organisation)
    call = "SELECT mingzhang.add_checkpoint($1, $2, $3, 'x', '{}', '{}', '{}')"
    async with log.pool.acquire(other) as connection:
        assert await connection.fetchval("SELECT count(*) FROM checkpoints") == 0
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(call, organisation, 3, 4)
    async with log.pool.acquire(organisation) as connection:
        for previous, size in ((0, 4), (2, 4), (3, 3), (3, 2), (4, 5)):
            assert await connection.fetchval(call, organisation, previous, size) is False
        with pytest.raises(asyncpg.PostgresError, match="has no 4 events"):
            await connection.execute(call, organisation, 3, 4)


async def damaged(owner, statement, *args):
    """As whoever can do everything to the database."""
    await owner.execute("ALTER TABLE mingzhang.events DISABLE TRIGGER ALL")
    await owner.execute("ALTER TABLE mingzhang.tree_nodes DISABLE TRIGGER ALL")
    await owner.execute("ALTER TABLE mingzhang.checkpoints DISABLE TRIGGER ALL")
    await owner.execute(statement, *args)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("change", "said"),
    (
        ("UPDATE mingzhang.events SET body = 'x' WHERE position = 305", "at position 305 is not"),
        ("UPDATE mingzhang.events SET leaf = sha256('x') WHERE position = 305", "position 305"),
        ("DELETE FROM mingzhang.events WHERE position = 305", "after position 304 comes 306"),
        # Below the last checkpoint: found when another process takes over.
        ("UPDATE mingzhang.events SET actor = 'x' WHERE position = 290", "position 290"),
        ("DELETE FROM mingzhang.events WHERE position = 290", "after position 289 comes 291"),
        ("UPDATE mingzhang.tree_nodes SET hash = sha256('x')", "no longer have the root"),
        ("DELETE FROM mingzhang.tree_nodes", "at position 1 is not there"),
        ("UPDATE mingzhang.checkpoints SET note = 'x'", "cannot be read"),
        ("UPDATE mingzhang.checkpoints SET note = replace(note, '301', '302')", "says it is of"),
        (
            "UPDATE mingzhang.checkpoints SET note = replace(note, 'recorded 2', 'recorded 3')",
            "not signed by the key",
        ),
    ),
)
async def test_what_is_not_as_it_was_is_never_signed(
    log, store, sealer, owner, organisation, change, said
):
    await grow(log, organisation, 300)
    last = await sealer.seal(organisation)
    assert last.size == 301
    await grow(log, organisation, 9)
    await damaged(owner, change)
    with pytest.raises(SealStopped, match=said):
        await Sealer(log, store, KEY).seal(organisation)
    assert (await owner.fetchval("SELECT max(size) FROM mingzhang.checkpoints")) == 301


@pytest.mark.anyio
async def test_a_journal_that_became_shorter_is_not_sealed(log, store, sealer, owner, organisation):
    await grow(log, organisation, 10)
    await sealer.seal(organisation)
    await damaged(owner, "DELETE FROM mingzhang.events WHERE position > 8")
    await owner.execute("UPDATE mingzhang.journal_heads SET position = 8")
    for one in (sealer, Sealer(log, store, KEY)):
        with pytest.raises(SealStopped, match="3 are gone"):
            await one.seal(organisation)


@pytest.mark.anyio
async def test_a_journal_begun_anew_after_the_checkpoint_is_not_sealed(
    log, store, sealer, owner, organisation
):
    """The tail is cut, the heads are put back, and others record on: a fork."""
    for count in (2, 9):
        await grow(log, organisation, count)
        await sealer.seal(organisation)
    await damaged(owner, "DELETE FROM mingzhang.events WHERE position > 5")
    await owner.execute("UPDATE mingzhang.journal_heads SET position = 5")
    await owner.execute("DELETE FROM mingzhang.stream_heads")
    await grow(log, organisation, 30)
    # The one that was there all along signs on what it saw, and finds the contradiction.
    for one in (sealer, Sealer(log, store, KEY)):
        with pytest.raises(SealStopped, match=r"root|continue"):
            await one.seal(organisation)


@pytest.mark.anyio
async def test_the_seal_goes_on_after_what_was_wrong_is_put_right(log, store, owner, organisation):
    await grow(log, organisation, 20)
    one = Sealer(log, store, KEY)
    await one.seal(organisation)
    await grow(log, organisation, 3)
    await damaged(owner, "UPDATE mingzhang.events SET actor = 'x' WHERE position = 23")
    with pytest.raises(SealStopped):
        await one.seal(organisation)
    await owner.execute("UPDATE mingzhang.events SET actor = '陈工' WHERE position = 23")
    assert opened(await one.seal(organisation)).size == 24
