"""Setting up: when `.venv` is made or filled, and becoming the program that runs in it.

Standard library only: this runs on a bare Python, before anything is installed.
"""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ops import cli
from ops.environment import (
    LOCKS,
    ROOT,
    SETUP_LOCK,
    VENV,
    SetupError,
    clean_environment,
    install,
    make,
    python,
    say,
    this_python,
)

__all__ = ["LOCKS", "ROOT", "VENV", "ensure", "inside", "locks_for", "missing", "read_stamp"]


_TEST_VERBS = frozenset({"test", "check", "bench", "lock"})
# Says what is wrong even where the set-up is what is wrong.
_BARE_VERBS = frozenset({"doctor"})
_HELD = frozenset({"runtime", "stamps"})
# Tells the process that we become that its set-up was just done: a part that
# may be missing is not tried again at once, and again.
_DONE = "MINGZHANG_SET_UP"


def ensure(arguments: Sequence[str]) -> None:
    """Return in a process that can run the verb, setting up and starting over as needed.

    Where the verb is unknown, or no checkout is around (an installed wheel),
    there is nothing to set up and it returns at once. Ends the process with
    status 1 and a sentence when the set-up fails.
    """
    verb = cli.chosen_verb(arguments)
    if verb is None or not (ROOT / "pyproject.toml").is_file():
        return
    if os.environ.pop(_DONE, None) and inside():
        return
    wanted = locks_for(verb)
    if verb in _BARE_VERBS and missing(wanted):
        return
    complete = not missing(wanted)
    try:
        if not complete:
            with _alone():
                _install(missing(wanted))
    except (SetupError, OSError) as error:
        sys.exit(f"Set-up failed. {error}")
    except KeyboardInterrupt:
        print("\nStopped; the next run takes the set-up up again.", file=sys.stderr)
        sys.exit(cli.INTERRUPTED)
    # Also after an installation from within: what is loaded may have changed.
    if not complete or not inside():
        _become([str(python()), "-m", "ops", *arguments])


def locks_for(verb: str) -> tuple[str, ...]:
    """The locks that a verb needs, by name; one more where a stamping authority is configured."""
    if verb in _TEST_VERBS:
        return ("test", "embedded")
    stamps = ("stamps",) if os.environ.get("MINGZHANG_STAMP_URL") else ()
    return ("runtime", "embedded", *stamps)


def inside() -> bool:
    """Whether this process already runs in the checkout's `.venv`."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def missing(wanted: Sequence[str]) -> list[str]:
    """Which of these locks are not installed as they are now."""
    stamp = read_stamp()
    # The tests' lock holds all of the others', in the same versions, but for the server's.
    has_all = stamp.get("test") == digest("test")
    return [
        lock
        for lock in wanted
        if stamp.get(lock) != digest(lock) and not (lock in _HELD and has_all)
    ]


def digest(lock: str) -> str:
    """SHA-256 of a lock file, in hexadecimal."""
    return hashlib.sha256((LOCKS / f"{lock}.txt").read_bytes()).hexdigest()


def read_stamp() -> dict[str, str]:
    """What `.venv` was made with; empty where it is absent, half-made, or of another Python."""
    try:
        stamp = json.loads((VENV / "mingzhang.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    if not python().exists() or stamp.get("python") != this_python() or stamp["root"] != str(ROOT):
        return {}
    return {str(name): str(value) for name, value in stamp.items()}


def _install(locks: Sequence[str]) -> None:
    stamp = read_stamp()
    if not stamp:
        make()
        stamp = {"python": this_python(), "root": str(ROOT)}
    for lock in locks:
        # Without its stamp an interrupted installation is seen as half-made.
        (VENV / "mingzhang.json").unlink(missing_ok=True)
        stamp.pop(lock, None)
        try:
            if install(lock):
                stamp[lock] = digest(lock)
        except SetupError:
            _write_stamp(stamp)  # pip gave up in order: the next run goes on from here
            raise
        _write_stamp(stamp)
    say("Ready.")


def _write_stamp(stamp: dict[str, str]) -> None:
    draft = VENV / "mingzhang.json.new"
    draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    draft.replace(VENV / "mingzhang.json")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep a second set-up waiting while one runs; the lock ends with its process."""
    VENV.mkdir(exist_ok=True)
    with (VENV / SETUP_LOCK).open("a", encoding="ascii") as file:
        told = False
        while not _try_lock(file.fileno()):
            if not told:
                say("Another set-up is running in this checkout; waiting for it ...")
            told = True
            time.sleep(0.2)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _become(command: list[str]) -> None:
    environment = {**clean_environment(), _DONE: "1"}
    if sys.platform == "win32":
        # exec returns to the shell at once there, and loses the exit status.
        sys.exit(subprocess.run(command, check=False, env=environment).returncode)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(command[0], command, environment)
