"""The path of one client over HTTP, from the first talk to a petition, and the page that tells it.

What each step is held to stands in `tests/api/walk/`. After a change, write the page anew from the
folder of the repository: `python -m tests.api.test_whole_path`.
"""

import tempfile
from pathlib import Path

import anyio
import pytest

from ops.documents import FOLDER
from ops.memory_log import MemoryEventLog
from ops.postgres.pool import Pool
from ops.rules_desk import prepare
from tests.api.desk import MemoryTokens, services_over, sit_down
from tests.api.walk import path
from tests.api.walk.walk import Walk

PAGE = FOLDER / "whole-path.md"
HEAD = """# The whole path of one client

From the first talk to a petition for insolvency, all through the API. The client is invented. Each
line is a request, with the day that it tells of; an indented line is what a reading then says.
`…` stands for `/v1/cases/{case_id}`. The page is written by the test that walks the path
(`tests/api/walk/`), so that what it says is what happens.
"""


@pytest.mark.anyio
async def test_the_whole_path_and_its_page(ruled):
    """Given a client with two loans, each step does what the page says of it."""
    assert await _page(ruled) == PAGE.read_text(encoding="utf-8")


async def _page(desk):
    walk = Walk(desk)
    await path.walk(walk)
    return HEAD + "\n".join(walk.lines) + "\n"


async def _write(folder):
    tokens = MemoryTokens()
    services = services_over(MemoryEventLog(), tokens, folder, Pool("postgresql://nowhere/"))
    desk = await sit_down(services, tokens, folder)
    await prepare(services.casework, desk.organisation)
    async with desk.http:
        PAGE.write_text(await _page(desk), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        anyio.run(_write, Path(made))
