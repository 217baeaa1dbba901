"""A PostgreSQL server of our own, for one data folder.

It listens on a private socket only, belongs to one process at a time, outlives
the terminal's Ctrl-C but never its owner, and is shared with other processes
of the same user while the owner runs (`ops token` beside `ops serve`).

In the data folder: `cluster/` (PostgreSQL's), `run/` (the socket, unless the
path is too long; `socket-folder` then says where), `postgres.log` and `server.lock`.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from ops.postgres import cluster, launching, processes, watchdog
from ops.postgres.binaries import ServerBinaries, ServerError, dotted
from ops.postgres.launching import Place
from ops.postgres.ownership import Lock, make_private, settle_socket_folder, socket_folder
from ops.postgres.privileges import runner

DATABASE = "mingzhang"
_LOCK_PATIENCE = 40.0


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


class EmbeddedServer:
    """The server of one data folder; a context manager that starts and stops it."""

    def __init__(
        self,
        data_dir: Path,
        binaries: ServerBinaries | None = None,
        *,
        durable: bool = True,
        notify: Callable[[str], None] = _say,
    ) -> None:
        """Nothing runs yet.

        Args:
            data_dir: made, with mode 0700, if it is not there.
            binaries: which server; by default the one that fits the data.
            durable: False, for tests only, trades safety at power cuts for speed.
            notify: told in a sentence what a person should know.
        """
        self.data_dir = Path(data_dir).absolute()
        self.cluster = self.data_dir / "cluster"
        self.log = self.data_dir / "postgres.log"
        self._wanted = binaries
        self._durable = durable
        self._notify = notify
        self._lock = Lock(self.data_dir / "server.lock")
        self._binaries: ServerBinaries | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._watchdog: subprocess.Popen[bytes] | None = None
        self.shared = False

    def __enter__(self) -> Self:
        """Start the server."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server, if it is ours."""
        self.stop()

    @property
    def binaries(self) -> ServerBinaries:
        """The programs in use, once started."""
        if self._binaries is None:
            raise ServerError(f"the server of {self.data_dir} has not been started")
        return self._binaries

    @property
    def version(self) -> tuple[int, int]:
        """(major, minor) of the server, once started."""
        return self.binaries.version

    @property
    def socket_dir(self) -> Path:
        """The folder of its socket. Its owner may have chosen it since this object was made."""
        return socket_folder(self.data_dir)

    @property
    def pid(self) -> int | None:
        """The postmaster's process number; None when it does not run."""
        return processes.postmaster(self.cluster)

    def dsn(self, database: str = DATABASE, user: str = cluster.SUPERUSER) -> str:
        """An address that asyncpg and libpq both take."""
        host = quote(str(self.socket_dir), safe="/")
        return f"postgresql://{quote(user)}@/{quote(database)}?host={host}"

    def start(self) -> None:
        """Start the server, adopt a running orphan, or share a living owner's server.

        Raises:
            ServerError: no binaries, data of another major version, a folder in
                use that does not answer, or a server that does not come up.
        """
        if sys.platform == "win32":
            raise ServerError("the embedded server needs unix sockets: set DATABASE_URL instead")
        make_private(self.data_dir)
        self._binaries = launching.choose(self.cluster, self._wanted)
        if not self._lock.held and not self._own_or_share():
            self.shared = True
            return
        try:
            self._start_owned()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server cleanly, waiting for it; leaves a shared one alone."""
        self.shared = False
        if not self._lock.held:
            return
        gone = self._halt()
        self._dismiss_watchdog(watchdog.FAREWELL if gone else b"")
        if gone and self.socket_dir.parent != self.data_dir and self.socket_dir.is_dir():
            self.socket_dir.rmdir()
        self._lock.release()
        if not gone:
            raise ServerError(f"the server in {self.cluster} does not stop; see {self.log}")

    def restart(self) -> None:
        """Stop and start again, keeping the folder ours in between."""
        if not self._lock.held:
            raise ServerError(f"the server of {self.data_dir} belongs to another process")
        self._halt()
        self._start_owned()

    def kill(self) -> None:
        """SIGKILL the server, for tests, and wait until all its processes are gone."""
        pids = processes.members(self.cluster)
        head = self.pid
        if head is not None:
            processes.signal_if_alive(head, signal.SIGKILL)
        if self._process is not None:
            self._process.wait()
            self._process = None
        if not processes.wait_gone(pids, _LOCK_PATIENCE):
            raise ServerError(f"children of the killed server still run: {pids}")

    def execute(self, sql: str, database: str = "postgres") -> str:
        """Run SQL by psql and return its unaligned output; for setting up, not for data.

        Raises:
            ServerError: the statement failed or the server does not answer.
        """
        command = [self.binaries.program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1"]
        done = subprocess.run(
            [*command, "-d", self.dsn(database), "-c", sql],
            capture_output=True,
            text=True,
            env=cluster.environment(),
            check=False,
        )
        if done.returncode != 0:
            raise ServerError(f"{self.data_dir}: {done.stderr.strip()}")
        return done.stdout.strip()

    def _own_or_share(self) -> bool:
        deadline = time.monotonic() + _LOCK_PATIENCE
        while not self._lock.acquire():
            holder = self._lock.holder()
            if holder is not None and holder[1] and self._answers():
                return False
            if time.monotonic() > deadline:
                who = f"process {holder[0]}" if holder else "a server that is stopping"
                raise ServerError(
                    f"the data folder {self.data_dir} is in use by {who}, and its server does "
                    "not answer. Stop that process, or choose another --data."
                )
            # No living holder: the watchdog is stopping the server of a killed one.
            time.sleep(0.05)
        return True

    def _answers(self) -> bool:
        if self.pid is None or not processes.ready(self.cluster):
            return False
        try:
            return self.execute("SELECT 1", DATABASE) == "1"
        except ServerError:
            return False  # it is stopping, or not yet set up: the caller waits

    def _start_owned(self) -> None:
        way = runner(self.binaries)
        if self._watchdog is None or self._watchdog.poll() is not None:
            self._watchdog = watchdog.start(self.cluster, self._lock.descriptor)
        if not self._adopt():
            make_private(settle_socket_folder(self.data_dir), way.owner)
            way.hand_over(self.socket_dir)
            self._process = launching.launch(
                Place(self.cluster, self.socket_dir, self.log), self.binaries, way, self._durable
            )
            launching.await_ready(self._process, self.cluster, self.log)
        if DATABASE not in self.execute("SELECT datname FROM pg_database").split():
            self.execute(f"CREATE DATABASE {DATABASE}")
        self._lock.announce()

    def _adopt(self) -> bool:
        """Take over a server whose owner and watchdog were both killed."""
        orphan = self.pid
        if orphan is None:
            return False
        reason = self._unfit(orphan)
        if reason is None:
            return True
        self._notify(f"The running server (process {orphan}) is restarted: {reason}.")
        if not processes.stop(self.cluster):
            raise ServerError(f"the server in {self.cluster} does not stop; see {self.log}")
        return False

    def _unfit(self, orphan: int) -> str | None:
        try:
            number = int(self.execute("SHOW server_version_num"))
        except ServerError:
            return "its owner was killed and it does not answer"
        running = divmod(number, 10_000)
        if running != self.version:
            return (
                f"its binaries changed under it, from PostgreSQL {dotted(running)} "
                f"to {dotted(self.version)}"
            )
        if sys.platform == "linux":
            program = processes.executable(orphan)
            if program != Path(self.binaries.program("postgres")).resolve():
                return f"it runs {program}, not the binaries in {self.binaries.directory}"
        return None

    def _halt(self) -> bool:
        # One that was interrupted at its start has no pid file to be found by.
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        gone = processes.stop(self.cluster)
        if self._process is not None and gone:
            self._process.wait()
            self._process = None
        return gone

    def _dismiss_watchdog(self, word: bytes) -> None:
        guard, self._watchdog = self._watchdog, None
        if guard is None or guard.stdin is None:
            return
        try:
            guard.stdin.write(word)
            guard.stdin.close()
        except BrokenPipeError:
            pass  # someone killed it; the server is stopped all the same
        guard.wait()
