"""The checks that need no test: style, types, import rules, migrations."""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ops.installation import ROOT

SUMMARY = "run ruff, mypy, the import rules, and squawk over the migrations"

SQUAWK = (
    "--pg-version=15.0",
    "--assume-in-transaction",
    # The runner (ops/postgres/migrate.py) sets both for every migration.
    "--exclude=require-lock-timeout,require-statement-timeout",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `check`."""
    parser.add_argument("--fix", action="store_true", help="let ruff put right what it can first")


def run(args: argparse.Namespace) -> int:
    """Run every tool, though one fails; 0 when all agree."""
    if args.fix:
        _tool("ruff", "check", "--fix", "--quiet", ".")
        _tool("ruff", "format", "--quiet", ".")
    results = [_report(name, command) for name, command in _commands()]
    return 0 if all(results) else 1


def _commands() -> list[tuple[str, Callable[[], "subprocess.CompletedProcess[str]"]]]:
    listed: list[tuple[str, Callable[[], subprocess.CompletedProcess[str]]]] = [
        ("ruff check", lambda: _tool("ruff", "check", ".")),
        ("ruff format", lambda: _tool("ruff", "format", "--check", ".")),
        ("mypy", lambda: _tool("mypy")),
        ("import rules", lambda: _tool("lint-imports")),
    ]
    migrations = [str(path) for path in sorted(ROOT.glob("ops/**/migrations/*.sql"))]
    if migrations:
        listed.append(("squawk", lambda: _tool("squawk", *SQUAWK, *migrations)))
    return listed


def _tool(name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    # The one beside this Python, not whichever PATH has.
    program = Path(sys.executable).parent / name
    return subprocess.run(
        [str(program), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def _report(name: str, command: Callable[[], "subprocess.CompletedProcess[str]"]) -> bool:
    begun = time.monotonic()
    done = command()
    good = done.returncode == 0
    print(f"{name}: {'ok' if good else 'FAILED'} ({time.monotonic() - begun:.1f} s)", flush=True)
    if not good:
        print((done.stdout + done.stderr).rstrip(), flush=True)
    return good
