"""Which processes belong to a server's data folder. Standard library only.

A process number alone proves nothing: after a restart of the machine it may be
anyone's. So a process counts as the server's only when it runs `postgres` in
that very folder.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PID_FILE = "postmaster.pid"
_STATUS_LINE = 7
_LINUX = sys.platform == "linux"


def alive(pid: int) -> bool:
    """Whether the process runs; one that has ended but was not reaped does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) != "Z"


def belongs(pid: int, cluster: Path) -> bool:
    """Whether the process is a `postgres` that works in this data folder."""
    if not _LINUX:
        command = _ps("-p", str(pid), "-o", "command=")
        return "postgres" in command and str(cluster) in command
    try:
        folder = Path(f"/proc/{pid}/cwd").readlink()
        program = executable(pid)
    except OSError:
        return False  # gone in between, or another user's: not ours
    return folder == cluster.resolve() and program.name.startswith("postgres")


def executable(pid: int) -> Path:
    """The program that the process runs; its name ends in ` (deleted)` once removed.

    Raises:
        OSError: the process has ended, or the platform has no /proc.
    """
    return Path(f"/proc/{pid}/exe").readlink()


def postmaster(cluster: Path) -> int | None:
    """The process number of the server that runs in this data folder, if one does."""
    lines = _pid_file(cluster)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    return pid if alive(pid) and belongs(pid, cluster) else None


def ready(cluster: Path) -> bool:
    """Whether the server has written that it takes connections."""
    lines = _pid_file(cluster)
    return len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready"


def members(cluster: Path) -> list[int]:
    """Every process of the server in this data folder, the postmaster among them.

    Children outlive a killed postmaster for a moment. Without /proc they are
    seen only while the postmaster lives.
    """
    if _LINUX:
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        return [pid for pid in pids if belongs(pid, cluster) and alive(pid)]
    head = postmaster(cluster)
    if head is None:
        return []
    pairs = [line.split() for line in _ps("-A", "-o", "pid=,ppid=").splitlines()]
    return [head, *(int(pid) for pid, parent in pairs if int(parent) == head)]


def stop(cluster: Path, patience: float = 30.0) -> bool:
    """Ask the server to stop at once but cleanly; after `patience` seconds, insist.

    Returns:
        Whether no process of the server is left.
    """
    for number in (signal.SIGINT, signal.SIGQUIT):
        pid = postmaster(cluster)
        if pid is not None:
            signal_if_alive(pid, number)
        if wait_gone(members(cluster), patience):
            return True
    return False


def signal_if_alive(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process that may have ended in between."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def wait_gone(pids: list[int], patience: float) -> bool:
    """Wait up to `patience` seconds until none of these processes runs."""
    deadline = time.monotonic() + patience
    while any(alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _pid_file(cluster: Path) -> list[str]:
    try:
        return (cluster / PID_FILE).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []


def _state(pid: int) -> str:
    if not _LINUX:
        return _ps("-p", str(pid), "-o", "state=").strip()[:1]
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return "Z"  # ended between the two looks
    # The command's name, in brackets, may itself hold spaces and brackets.
    return stat.rpartition(")")[2].split()[0]


def _ps(*arguments: str) -> str:
    return subprocess.run(
        ["ps", *arguments], capture_output=True, text=True, check=False, timeout=20
    ).stdout
