"""Desks: in memory for most, on both servers for what has to hold there too."""

import pytest

from ops.memory_log import MemoryEventLog
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool
from ops.rules_desk import prepare
from ops.tokens import PostgresTokenStore
from tests.api.desk import MemoryTokens, services_over, sit_down


@pytest.fixture
async def desk(tmp_path):
    """A desk over the log in memory. Its tables have no database behind them."""
    tokens = MemoryTokens()
    services = services_over(MemoryEventLog(), tokens, tmp_path, Pool("postgresql://nowhere/"))
    desk = await sit_down(services, tokens, tmp_path)
    async with desk.http:
        yield desk


@pytest.fixture
async def ruled(desk):
    """The desk of an organisation that begins as every new one does: with a pack and rows."""
    await prepare(desk.services.casework, desk.organisation)
    return desk


@pytest.fixture
async def office(database, tmp_path):
    """A desk over PostgreSQL, of each kind."""
    async with Pool(database) as pool:
        log = PostgresEventLog(pool)
        tokens = PostgresTokenStore(pool)
        services = services_over(log, tokens, tmp_path, pool)
        desk = await sit_down(services, tokens, tmp_path)
        desk.pool = pool
        async with desk.http:
            yield desk
        await log.close()
