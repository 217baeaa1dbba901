"""Saying what is in order and what is not, and what to do about it.

Runs on a bare Python too: it is asked when the rest does not work.
"""

import argparse
import asyncio
import importlib.util
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from ops import installation
from ops.postgres import cluster, processes
from ops.postgres.binaries import find_binaries
from ops.settings import Settings

SUMMARY = "say what is in order here, what is not, and what to do about it"

# (whether in order, what it is about, what was found and what to do)
Finding = tuple[bool, str, str]

_ANSWER_SECONDS = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`doctor` has no options of its own."""


def run(args: argparse.Namespace) -> int:
    """Print one line for each finding; 1 when one of them is a problem."""
    good = True
    for fine, subject, text in _findings(args):
        print(f"{'ok     ' if fine else 'PROBLEM'}  {subject}: {text}", flush=True)
        good = good and fine
    return 0 if good else 1


def _findings(args: argparse.Namespace) -> Iterator[Finding]:
    yield True, "Python", f"{platform.python_version()} ({sys.executable})"
    yield True, "platform", f"{platform.platform()}, user {_user()}"
    yield _installation()
    try:
        settings = Settings.load(args)
    except ValueError as error:
        yield False, "settings", str(error)
        return
    yield from _servers(settings)
    yield _data_folder(settings.data_dir)
    yield _outer_key(settings)
    yield _signing_key(settings)
    yield _database(settings)


def _user() -> str:
    return "unknown" if sys.platform == "win32" else str(os.geteuid())


def _installation() -> Finding:
    if not (installation.ROOT / "pyproject.toml").is_file():
        return True, "installation", f"a package in {installation.ROOT}"
    lacking = installation.missing(installation.locks_for("serve"))
    if not lacking:
        return True, "installation", f"{installation.VENV} is as the locks say"
    text = f"{installation.VENV} lacks {', '.join(lacking)}; the next other verb sets it up"
    return False, "installation", text


def _servers(settings: Settings) -> Iterator[Finding]:
    found = find_binaries()
    for binaries in found:
        yield True, "server programs", str(binaries)
    if not found:
        text = (
            "none of PostgreSQL 15 or later; install one (Debian: apt-get install postgresql) "
            "or set DATABASE_URL"
        )
        given = settings.database_url is not None
        yield given, "server programs", "none, and DATABASE_URL is set" if given else text
    made_by = cluster.major_version(settings.postgres_dir / "cluster")
    if made_by is not None and found and all(made_by != one.major for one in found):
        text = f"made by PostgreSQL {made_by}, which is not here: install it to read or dump it"
        yield False, "data", text


def _data_folder(folder: Path) -> Finding:
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        text = f"{folder} cannot be written: {nearest} is closed to this user; use --data DIR"
        return False, "data folder", text
    return True, "data folder", f"{folder}{'' if folder.exists() else ' (not made yet)'}"


def _outer_key(settings: Settings) -> Finding:
    file, check = settings.outer_key_file, settings.keys_dir / "check"
    if not file.exists() and check.exists():
        text = f"{file} is missing, and people's keys are sealed under it: put it back"
        return False, "outer key", text
    if not file.exists():
        return True, "outer key", f"{file} (not there yet; made on first use)"
    if not os.access(file, os.R_OK):
        return False, "outer key", f"{file} cannot be read by this user"
    if (found := _is_private("outer key", file)) is not None:
        return found
    if check.exists() and importlib.util.find_spec("cryptography") is not None:
        return _outer_key_fits(file, check)
    return True, "outer key", str(file)


def _signing_key(settings: Settings) -> Finding:
    file = settings.signing_key_file
    if not file.exists():
        return True, "signing key", f"{file} (not there; made on first use)"
    if not os.access(file, os.R_OK):
        return False, "signing key", f"{file} cannot be read by this user"
    return _is_private("signing key", file) or (True, "signing key", str(file))


def _is_private(subject: str, file: Path) -> Finding | None:
    """What is wrong with a key file's mode; None where nothing is."""
    mode = file.stat().st_mode & 0o777
    if os.name != "nt" and mode & 0o077:
        return False, subject, f"{file} is open to others ({mode:o}): chmod 600 {file}"
    return None


def _outer_key_fits(file: Path, check: Path) -> Finding:
    from ops.keys.outer_key import KeyFault, load_or_make
    from ops.keys.wrapping import verify_check_mark

    try:
        verify_check_mark(
            load_or_make(file, key_store_is_empty=False), check.read_bytes(), str(check)
        )
    except KeyFault as fault:
        return False, "outer key", str(fault)
    return True, "outer key", f"{file} is the one that people's keys are sealed under"


def _database(settings: Settings) -> Finding:
    if settings.database_url is None:
        folder = settings.postgres_dir / "cluster"
        pid = None if sys.platform == "win32" else processes.postmaster(folder)
        state = f"runs as process {pid}" if pid else "does not run (it is started when needed)"
        return True, "database", f"the embedded server {state}"
    if importlib.util.find_spec("asyncpg") is None:
        return True, "database", "DATABASE_URL is set; not asked, for nothing is installed yet"
    try:
        said = asyncio.run(_ask(settings.database_url))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we report
        # Not the address: it may hold a password.
        text = f"DATABASE_URL does not answer ({type(error).__name__}); is the server running?"
        return False, "database", text
    number = int(said)
    text = f"DATABASE_URL answers, PostgreSQL {number // 10_000}.{number % 10_000}"
    return number >= 150_000, "database", text if number >= 150_000 else f"{text}; 15 is needed"


async def _ask(url: str) -> str:
    import asyncpg

    connection = await asyncpg.connect(url, timeout=_ANSWER_SECONDS)
    try:
        return str(await connection.fetchval("SHOW server_version_num"))
    finally:
        await connection.close()
