"""As whom the house logs in on its own server, and what is left when a session drops its role."""

import asyncpg
import pytest

from ops.settings import Settings
from ops.wiring import open_house
from tests.ops.appends import append


@pytest.mark.anyio
async def test_the_pool_of_the_embedded_server_logs_in_as_nobody(tmp_path):
    settings = Settings(data_dir=tmp_path, database_url=None, outer_key_file=tmp_path / "outer.key")
    async with open_house(settings, say=lambda _: None) as house:
        organisation = await house.new_organisation()
        await house.log.append(append(organisation))
        async with house.pool.acquire(organisation) as connection:
            assert await connection.fetchval("SELECT current_user") == "mingzhang_app"
            await connection.execute("SET ROLE NONE")
            assert await connection.fetchval("SELECT current_user") == "mingzhang_web"
            for change in (
                "UPDATE mingzhang.journal_heads SET position = 9",
                "ALTER TABLE mingzhang.events DISABLE TRIGGER ALL",
                "SET ROLE mingzhang",
                "DROP SCHEMA mingzhang CASCADE",
            ):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(change)
            await connection.execute("RESET ROLE")
    async with open_house(settings, say=lambda _: None) as house:
        assert await house.organisations() == [organisation]
