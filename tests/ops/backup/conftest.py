"""Empty databases to restore into, beside the one that is backed up."""

import pytest

from tests.servers import KINDS


@pytest.fixture
def empty_database(server):
    """The address of a database in which nothing is, dropped after the test."""
    name = server.create_database("template0")
    yield server.dsn(name)
    server.drop_database(name)


@pytest.fixture
def empty_elsewhere(servers, server_kind):
    """The same on the other kind of server: of another major version."""
    (other,) = (kind for kind in KINDS if kind != server_kind)
    running = servers.get(other)
    name = running.create_database("template0")
    yield running.dsn(name)
    running.drop_database(name)
