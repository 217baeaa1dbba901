"""Embedded servers of a test's own, and other processes that own one."""

import json
import subprocess
import sys

import pytest

from ops.installation import ROOT
from ops.postgres.binaries import find_binaries
from ops.postgres.embedded import EmbeddedServer
from tests.servers import KINDS, binaries_of, missing

OWNER = """
import json, sys, time
from pathlib import Path
from ops.postgres.binaries import ServerBinaries
from ops.postgres.embedded import EmbeddedServer
folder, directory, major, minor = sys.argv[1:]
binaries = ServerBinaries(Path(directory), (int(major), int(minor)), "test")
server = EmbeddedServer(Path(folder), binaries, durable=False)
server.start()
watchdog = server._watchdog.pid if server._watchdog else None
print(json.dumps({"server": server.pid, "watchdog": watchdog, "shared": server.shared}), flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture(params=KINDS)
def binaries(request):
    found = binaries_of(request.param)
    if found is None:
        missing(request.param)
    return found


@pytest.fixture
def newest():
    found = find_binaries()
    return found[0] if found else missing("any")


@pytest.fixture
def make(tmp_path, newest):
    """Servers of a test, stopped at its end."""
    made = []

    def build(folder=None, chosen=newest, **options):
        said = []
        server = EmbeddedServer(
            folder or tmp_path / "pg", chosen, durable=False, notify=said.append, **options
        )
        server.said = said
        made.append(server)
        return server

    yield build
    for server in made:
        server.stop()


@pytest.fixture
def owner(newest):
    """Starts another process that owns a server, and tells the process numbers."""
    running = []

    def begin(folder):
        words = [str(folder), str(newest.directory), *map(str, newest.version)]
        process = subprocess.Popen(
            [sys.executable, "-c", OWNER, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            text=True,
        )
        running.append(process)
        return process, json.loads(process.stdout.readline())

    yield begin
    for process in running:
        process.stdin.close()
        process.wait()
        process.stdout.close()
