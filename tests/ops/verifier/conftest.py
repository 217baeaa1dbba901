"""Case files to verify, made once: a whole one, one with gaps, an older one, a foreign one."""

import asyncio

import pytest

from ops.tamper.world import make_world


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    return asyncio.run(make_world(tmp_path_factory.mktemp("world"), seed=1))


@pytest.fixture
def case_file(world, tmp_path):
    """The whole one, as a file."""
    path = tmp_path / "case.zip"
    path.write_bytes(world.whole.packed())
    return path
