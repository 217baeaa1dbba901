"""What a serving house does beside answering."""

import asyncio
import os
from uuid import uuid4

import pytest

from ops.cli import main
from ops.serving import serving
from ops.settings import Settings
from ops.wiring import open_house


@pytest.mark.anyio
async def test_evidence_that_no_event_names_is_swept_when_serving_begins(tmp_path):
    settings = Settings(data_dir=tmp_path, database_url=None, outer_key_file=tmp_path / "outer.key")
    async with open_house(settings, say=lambda _: None) as house:
        organisation = await house.new_organisation()
        folder = settings.evidence_dir / str(organisation) / "00"
        folder.mkdir(parents=True)
        orphan, fresh = (folder / f"{uuid4()}.sealed" for _ in range(2))
        for path in (orphan, fresh):
            path.write_bytes(b"x")
        os.utime(orphan, (0, 0))
        async with serving(house, "127.0.0.1", 0):
            for _ in range(200):
                if not orphan.exists():
                    break
                await asyncio.sleep(0.02)
        assert not orphan.exists()
        assert fresh.exists()


def test_a_stopped_table_is_resumed_from_the_command_line(tmp_path, capsys):
    settings = Settings(data_dir=tmp_path, database_url=None, outer_key_file=tmp_path / "outer.key")
    stop = "UPDATE mingzhang.projections SET state = 'stopped', error = 'x' WHERE organisation = $1"

    async def prepare():
        async with open_house(settings, say=lambda _: None) as house:
            organisation = await house.new_organisation()
            await house.tables.run_once(organisation)
            async with house.pool.acquire(organisation) as connection:
                await connection.execute(stop, organisation)

    asyncio.run(prepare())
    command = ["rebuild", "--data", str(tmp_path)]
    assert main([*command, "--resume", "balances"]) == 0
    assert "  runs\n" in capsys.readouterr().out
    assert main([*command, "--resume", "balances"]) == 0
    assert "was not stopped" in capsys.readouterr().out
    assert main([*command, "--resume", "nothing"]) == 2
    assert main([*command, "--resume", "balances", "--all"]) == 2
