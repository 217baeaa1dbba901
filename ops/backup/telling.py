"""Saying now and then how far a long piece of work has come."""

import sys
import time
from typing import Final

_SECONDS_BETWEEN: Final = 2.0


class Lines:
    """A `Progress` that writes to standard error; short work is not mentioned."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Say it, unless something was said just before."""
        now = time.monotonic()
        if now - self._said >= _SECONDS_BETWEEN:
            self._said = now
            print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)
