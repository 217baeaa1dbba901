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
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ops import installation
from ops.backup import notes
from ops.postgres import cluster, processes
from ops.postgres.binaries import find_binaries
from ops.settings import Settings

SUMMARY = "say what is in order here, what is not, and what to do about it"

# (whether in order, what it is about, what was found and what to do)
Finding = tuple[bool, str, str]

_ANSWER_SECONDS = 5.0
_OLDEST_BACKUP_DAYS = 7


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
    yield from _backups(settings)


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
    if settings.outer_key is None:
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
        return _outer_key_fits(settings, check)
    return (
        True,
        "outer key",
        str(file) if settings.outer_key is None else "set by MINGZHANG_OUTER_KEY",
    )


def _signing_key(settings: Settings) -> Finding:
    file = settings.signing_key_file
    if not file.exists():
        noted = notes.read(settings.data_dir)
        if any(note.what == "restored" and note.positions for note in noted):
            return False, "signing key", f"{file} is missing: put its copy back after the restore"
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


def _outer_key_fits(settings: Settings, check: Path) -> Finding:
    from ops.keys.outer_key import KeyFault
    from ops.keys.outer_source import keyring_of, source_of
    from ops.keys.wrapping import verify_check_mark

    try:
        ring, content = keyring_of(source_of(settings)), check.read_bytes()
        outer = ring.opening(content)
        verify_check_mark(outer, content, str(check))
    except (KeyFault, OSError) as fault:
        return False, "outer key", str(fault)
    if check.with_name("check.next").exists():
        text = "a rotation was not finished; both keys are accepted: keys rotate-outer goes on"
        return False, "outer key", text
    return True, "outer key", f"{outer.source} is the one that people's keys are sealed under"


def _backups(settings: Settings) -> Iterator[Finding]:
    if notes.is_restoring(settings.data_dir):
        text = "one is under way or was cut short; run the same `restore` again, it goes on"
        yield False, "restore", text
    noted = notes.read(settings.data_dir)
    now = datetime.now(UTC)
    for what, name, verb in (("data", "record", "backup"), ("keys", "keys", "backup --keys")):
        made = [note for note in noted if note.what == what]
        if not made:
            yield True, f"backup of the {name}", f"none was made yet: python3 -m ops {verb} FOLDER"
        else:
            yield _newest(made[-1], f"backup of the {name}", verb, now)
    for note in noted:
        if note.expires_at is not None and note.expires_at <= now and Path(note.folder).exists():
            text = f"{note.folder} expired on {note.expires_at:%Y-%m-%d}: destroy it"
            yield False, "backup of the keys", text
    for one in notes.behind(noted):
        yield False, "journal", notes.sentence(one)


def _newest(note: notes.Note, subject: str, verb: str, now: datetime) -> Finding:
    text = f"the newest is of {note.at:%Y-%m-%d %H:%M} UTC, in {note.folder}"
    if note.expires_at is not None:
        ended = note.expires_at <= now
        text += f"; it {'expired' if ended else 'expires'} on {note.expires_at:%Y-%m-%d}"
        return not ended, subject, f"{text}: make another ({verb})" if ended else text
    old = now - note.at > timedelta(days=_OLDEST_BACKUP_DAYS)
    return not old, subject, f"{text}, {(now - note.at).days} days ago" if old else text


def _database(settings: Settings) -> Finding:
    if settings.database_url is None:
        folder = settings.postgres_dir / "cluster"
        pid = None if sys.platform == "win32" else processes.postmaster(folder)
        reached = [note for note in notes.read(settings.data_dir) if any(note.positions.values())]
        if reached and not folder.exists():
            return False, "database", f"{folder} is gone, and it held a journal: restore a backup"
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
