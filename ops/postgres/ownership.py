"""One owner for a data folder, and the private folder of its socket."""

import fcntl
import hashlib
import os
import stat
import tempfile
from pathlib import Path

from ops.postgres import processes
from ops.postgres.binaries import ServerError

# A socket's whole path may be 107 bytes on Linux and 103 on macOS, and the
# server adds "/.s.PGSQL.5432.lock" to that of its folder.
LONGEST_SOCKET_FOLDER = 80

SOCKET_NOTE = "socket-folder"
"""The file in a data folder that says where its socket is, when that is not inside."""


class Lock:
    """The lock that says who runs the server of a data folder.

    A `flock`, so it ends with its holders however they end. The watchdog holds
    it too: it stays until the server of a killed owner has stopped.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    @property
    def descriptor(self) -> int:
        """The open file of a held lock, for the watchdog."""
        if self._descriptor is None:
            raise ServerError(f"the lock {self.path} is not held")
        return self._descriptor

    def acquire(self) -> bool:
        """Take the lock if it is free, without waiting."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        self._write("starting")
        return True

    def announce(self) -> None:
        """Say that the server is up, so that others may share it."""
        self._write("ready")

    def release(self) -> None:
        """Let go; the file stays, for removing it would race with the next owner."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> tuple[int, bool] | None:
        """(process number, whether its server is up) of a living holder, or None."""
        words = self.path.read_text(encoding="ascii", errors="replace").split()
        if len(words) != 2 or not words[0].isdigit():
            return None
        pid = int(words[0])
        return (pid, words[1] == "ready") if processes.alive(pid) else None

    def _write(self, state: str) -> None:
        line = f"{os.getpid()} {state}\n".encode("ascii")
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, line, 0)


def socket_folder(data_dir: Path) -> Path:
    """Where the socket of this data folder lives; not yet made.

    Inside the data folder, unless that path is too long for a socket or holds
    characters that connection strings give a meaning to. Then it is the place
    that the owner chose and noted in the data folder: what the environment
    says differs between a terminal and cron.
    """
    inside = str(data_dir / "run")
    plain = inside.isascii() and not set(inside) & set(",'\"\\ %?#&")
    if plain and len(inside) <= LONGEST_SOCKET_FOLDER:
        return Path(inside)
    try:
        return Path(os.fsdecode((data_dir / SOCKET_NOTE).read_bytes()))
    except FileNotFoundError:
        return _outside(data_dir)


def settle_socket_folder(data_dir: Path) -> Path:
    """Choose the socket's folder, for the owner before a start, and note it for all others."""
    folder = socket_folder(data_dir)
    if folder.parent == data_dir:
        return folder
    if not os.access(folder.parent, os.W_OK):
        folder = _outside(data_dir)  # noted by a session whose folder is gone
    draft = data_dir / f"{SOCKET_NOTE}.new"
    draft.write_bytes(os.fsencode(folder))
    draft.replace(data_dir / SOCKET_NOTE)
    return folder


def _outside(data_dir: Path) -> Path:
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and len(runtime) < LONGEST_SOCKET_FOLDER - 30 and os.access(runtime, os.W_OK):
        return Path(runtime) / f"mingzhang-{name}"
    base = Path(tempfile.gettempdir())
    base = base if len(str(base)) < LONGEST_SOCKET_FOLDER - 40 else Path("/tmp")  # noqa: S108
    return base / f"mingzhang-{os.geteuid()}-{name}"


def make_private(folder: Path, also: tuple[int, int] | None = None) -> None:
    """Make a folder that only its owner can enter, or check the one that is there.

    Raises:
        ServerError: what is there is a link, another user's, or open to others.
    """
    # `parents=True` would leave what it makes open to others.
    for parent in reversed(folder.parents):
        if not parent.exists():
            parent.mkdir(mode=0o700, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        _check_private(folder, also)


def _check_private(folder: Path, also: tuple[int, int] | None) -> None:
    found = folder.lstat()
    allowed = {os.geteuid(), also[0] if also else os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in allowed or found.st_mode & 0o077:
        raise ServerError(
            f"the folder {folder} must be a private one of this user (mode 0700), and is not. "
            "Look who made it; if it is yours, `chmod 700` it, or choose another --data."
        )
