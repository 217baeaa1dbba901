"""Fixtures for every suite.

A test that takes `database` runs twice, on each kind of server, with a fresh
migrated database of its own: the fixture's value is its address.
"""

from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

from tests.servers import KINDS, Server, Servers, count_run

# Twenty times as many made histories: python3 -m ops test -- --hypothesis-profile=deep
settings.register_profile("deep", max_examples=2000, deadline=None, print_blob=True)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests (`@pytest.mark.anyio`) run on asyncio only."""
    return "asyncio"


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """The servers of this worker, stopped at its end."""
    running = Servers()
    yield running
    running.stop()


@pytest.fixture(scope="session", params=KINDS)
def server_kind(request: pytest.FixtureRequest) -> str:
    """The kind of server: a test that depends on it runs on every kind."""
    return str(request.param)


@pytest.fixture(scope="session")
def server(servers: Servers, server_kind: str) -> Server:
    """A running server of the kind."""
    return servers.get(server_kind)


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """The address of a fresh, migrated database, dropped after the test."""
    name = server.create_database()
    yield server.dsn(name)
    server.drop_database(name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count the tests that passed on each kind of server."""
    report = yield
    parameters = getattr(item, "callspec", None)
    if report.when == "call" and report.passed and parameters is not None:
        kind = parameters.params.get("server_kind")
        if kind is not None:
            count_run(kind)
    return report
