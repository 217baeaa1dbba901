"""Stops the server when its owner is gone, however the owner ended.

A small process beside the server. It holds the reading end of a pipe whose
other end only the owner has, and a copy of the owner's lock: a new owner thus
waits until the server of the old one has stopped, and never meets it halfway.
"""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

from ops.postgres import processes

# Written to the pipe by an owner that has stopped the server itself.
FAREWELL = b"q"

_LOOK_EVERY = 1.0
# A server started in the last moment of its owner's life has no pid file yet.
_LATE_START = 3.0

_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from ops.postgres.watchdog import main; main(sys.argv[2], int(sys.argv[3]))"
)


def start(cluster: Path, lock: int) -> "subprocess.Popen[bytes]":
    """Start a watchdog for this data folder, to act when its stdin is closed.

    Args:
        cluster: the server's data folder.
        lock: the descriptor of the owner's lock, which the watchdog keeps open.
    """
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        # Isolated: no PYTHONPATH, no site packages; it has to start at once.
        [sys.executable, "-I", "-S", "-c", _PROGRAM, root, str(cluster), str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(lock,),
        start_new_session=True,
        cwd=os.sep,
    )


def main(cluster: str, owner: int) -> None:
    """Wait for the owner's end, then stop the server cleanly."""
    # The pipe may have been inherited by a fork of the owner; its parent
    # number cannot.
    word = b"waiting"
    while os.getppid() == owner and word == b"waiting":
        word = _read(sys.stdin.fileno())
    if word == FAREWELL:
        return
    folder = Path(cluster)
    deadline = time.monotonic() + _LATE_START
    while processes.postmaster(folder) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    processes.stop(folder)


def _read(descriptor: int) -> bytes:
    readable, _, _ = select.select([descriptor], [], [], _LOOK_EVERY)
    return os.read(descriptor, 1) if readable else b"waiting"
