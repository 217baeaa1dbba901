"""The data folder of an embedded server: making it, and what it is set to."""

import os
import shutil
import subprocess
from pathlib import Path

from ops.postgres.binaries import ServerBinaries, ServerError
from ops.postgres.privileges import Runner

SUPERUSER = "mingzhang"
_LOG_LIMIT = 5 * 1024 * 1024

# Written into postgresql.conf once: an operator may change these there.
_TUNING = {
    "max_connections": "60",
    "shared_buffers": "128MB",
    "wal_level": "replica",
    "timezone": "UTC",
    "log_timezone": "UTC",
}

# Given on every start's command line, which no file overrides. Not one line of
# the log may hold a value: no statements, no parameters, no details, and no
# errors, whose messages quote their input (the client gets those anyway).
_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_line_prefix": "%m [%p] ",
}

# Only for tests, whose data nobody misses after a power cut. Commits stay
# synchronous: what was acknowledged must survive a SIGKILL of the server.
_CARELESS = {"fsync": "off", "full_page_writes": "off"}

# The socket's folder is closed to every other user, so a password would guard
# nothing: whoever can reach the socket can read a password file beside it.
_HBA = """\
# The socket lies in a folder that only the server's owner can enter.
local all         all trust
local replication all trust
"""


def environment() -> dict[str, str]:
    """What the server's programs may see: no PG* settings, no foreign libraries."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **kept}


def major_version(cluster: Path) -> int | None:
    """The major version that made this data folder; None where there is none yet."""
    try:
        return int((cluster / "PG_VERSION").read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None


def create(cluster: Path, binaries: ServerBinaries, runner: Runner, *, durable: bool) -> None:
    """Make a new data folder, complete or not at all.

    Raises:
        ServerError: initdb failed; the message has its last lines.
    """
    draft = cluster.with_name(cluster.name + ".new")
    if draft.exists():
        shutil.rmtree(draft)  # an initdb that was killed; nothing ever ran on it
    draft.mkdir(mode=0o700)
    runner.hand_over(draft)
    _initdb(draft, binaries, runner, durable=durable)
    with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\n# Chosen by mingzhang at creation; yours to change.\n")
        file.writelines(f"{name} = '{value}'\n" for name, value in _TUNING.items())
    (draft / "pg_hba.conf").write_text(_HBA, encoding="utf-8")
    draft.rename(cluster)
    if durable:
        _sync(cluster / "pg_hba.conf", cluster / "postgresql.conf", cluster, cluster.parent)


def server_command(
    cluster: Path, binaries: ServerBinaries, runner: Runner, sockets: Path, *, durable: bool
) -> list[str]:
    """The command that runs the server in the foreground."""
    settings = {**_ALWAYS, "unix_socket_directories": str(sockets)}
    if not durable:
        settings |= _CARELESS
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return [*runner.prefix, binaries.program("postgres"), "-D", str(cluster), *options]


def rotate(log: Path) -> None:
    """Put an overgrown log aside, in the place of the one before."""
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        log.replace(log.with_name(log.name + ".1"))


def last_lines(log: Path, count: int = 12) -> str:
    """The end of the server's log, for an error message."""
    if not log.exists():
        return "(no log yet)"
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])


def _initdb(draft: Path, binaries: ServerBinaries, runner: Runner, *, durable: bool) -> None:
    said = ""
    # Systems without C.UTF-8 have C, which sorts alike.
    for locale in ("C.UTF-8", "C"):
        command = [*runner.prefix, binaries.program("initdb"), "-D", str(draft), "-U", SUPERUSER]
        command += [f"--locale={locale}", "--encoding=UTF8", "--auth=trust", "--no-instructions"]
        command += [] if durable else ["--no-sync"]
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment(), check=False
        )
        if done.returncode == 0:
            return
        said = (done.stdout + done.stderr).strip()
        if "locale" not in said:
            break
    tail = "\n".join(said.splitlines()[-12:])
    raise ServerError(
        f"{binaries} could not make a database in {draft.parent}. Check that the disk has "
        f"room and that this user may write there, or choose another --data.\n{tail}"
    )


def _sync(*paths: Path) -> None:
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
