"""Other processes: Python code run from the checkout's root."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def start(code: str, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def outputs(code: str, *arguments: str, count: int) -> list[list[str]]:
    started = [start(code, *arguments) for _ in range(count)]
    return [process.communicate()[0].split() for process in started]
