"""What a rebuild says: how far it has come, and what it came to."""

from collections.abc import Callable
from uuid import UUID

import msgspec


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a rebuild has come."""

    name: str
    cases: int
    of_cases: int
    position: int
    """The journal's position that it builds up to."""


Notice = Callable[[Progress], None]


def ignore(_: Progress) -> None:
    """Say nothing."""


class RebuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a rebuild came to."""

    name: str
    version: int
    generation: int
    position: int
    cases: int
    rows: int
    events: int
    """Journal events looked at."""
    seconds: float
    is_compared: bool
    """Whether there was a live table of the same version to compare with, row by row."""
    same: int
    """Cases whose rows were the same in both."""
    differing: tuple[UUID, ...]
    """Cases whose rows were not: the live table was wrong, or its rule changed unannounced."""
