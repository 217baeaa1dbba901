"""Making the lock files anew, from the bounds in pyproject.toml."""

import argparse
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from ops.installation import LOCKS, ROOT

SUMMARY = "resolve the dependencies again and write ops/locks (needs the network)"

_OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    # The locks must work with any mirror, so they name none.
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `lock`."""
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")


def run(args: argparse.Namespace) -> int:
    """Write `runtime.txt`, `embedded.txt`, `stamps.txt`, `test.txt`; one version of each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime, extras = project["dependencies"], project["optional-dependencies"]
    wanted = {
        "runtime": runtime,
        # Alone, because its wheels do not fit every platform.
        "embedded": extras["embedded"],
        "stamps": extras["stamps"],
        "test": runtime + extras["test"],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        everything = folder / "everything.txt"
        if not args.upgrade:
            # What is locked now is kept wherever the bounds still allow it.
            everything.write_text(_present(), encoding="utf-8")
        together = [requirement for group in wanted.values() for requirement in group]
        status = _compile(folder, together, everything, None)
        for lock, requirements in wanted.items():
            if status == 0:
                status = _compile(folder, requirements, LOCKS / f"{lock}.txt", everything)
    return status


def _present() -> str:
    pins: dict[str, str] = {}
    for lock in sorted(LOCKS.glob("*.txt")):
        for line in lock.read_text(encoding="utf-8").splitlines():
            if "==" in line:
                pins[line.partition("==")[0]] = line.rstrip(" \\")
    return "\n".join(pins.values())


def _compile(folder: Path, requirements: list[str], target: Path, same: Path | None) -> int:
    source = folder / "wanted.in"
    source.write_text("\n".join(requirements), encoding="utf-8")
    constraint = [] if same is None else [f"--constraint={same}"]
    command = [sys.executable, "-m", "uv", "pip", "compile", *_OPTIONS, *constraint]
    done = subprocess.run([*command, f"--output-file={target}", str(source)], check=False)
    print(f"{target.name}: {'ok' if done.returncode == 0 else 'failed'}", file=sys.stderr)
    return done.returncode
