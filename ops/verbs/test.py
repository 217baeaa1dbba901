"""Running the suites, on every kind of PostgreSQL server."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ops.installation import ROOT

SUMMARY = "run the tests, on the embedded server and on PostgreSQL 15 (more after --)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `test`."""
    parser.add_argument("--workers", default="2", help="processes to use (default: 2)")
    parser.add_argument("rest", nargs="*", metavar="-- ARGS", help="passed on to pytest")


def run(args: argparse.Namespace) -> int:
    """Run pytest; its exit status, or 1 where CI did not run on every kind of server."""
    if not (ROOT / "tests").is_dir():
        print("The tests are part of the checkout, not of an installed package.", file=sys.stderr)
        return 2
    from tests import servers

    for kind in servers.KINDS:
        binaries = servers.binaries_of(kind)
        print(f"{kind}: {binaries or 'not on this machine; its tests are skipped'}", flush=True)
    with tempfile.TemporaryDirectory(prefix="mz-counts-") as name:
        environment = {**os.environ, servers.COUNTS_VARIABLE: name}
        command = [sys.executable, "-m", "pytest", "-n", args.workers, *args.rest]
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        counts = servers.counted_runs(Path(name))
    for kind, count in counts.items():
        print(f"tests passed on {kind}: {count}")
    idle = [kind for kind, count in counts.items() if count == 0]
    if idle and servers.in_ci():
        print(f"CI must run on every kind of server; nothing ran on: {', '.join(idle)}")
        return status or 1
    return status
