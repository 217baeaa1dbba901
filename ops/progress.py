"""A bar on standard error for long work, where somebody looks at it."""

import sys
from typing import Final

_WIDTH: Final = 40


def bar(done: int, total: int, words: str) -> None:
    """Show how far it has come: `done` of `total`, and in words; nothing into a file or a pipe."""
    if sys.stderr.isatty():
        filled = min(_WIDTH, _WIDTH * done // max(total, 1))
        drawn = f"[{'#' * filled}{'.' * (_WIDTH - filled)}]"
        print(f"\r{drawn} {words}", end="", file=sys.stderr, flush=True)


def clear() -> None:
    """Take the bar away, before a line is printed over it."""
    if sys.stderr.isatty():
        print("\r" + " " * 79 + "\r", end="", file=sys.stderr, flush=True)
