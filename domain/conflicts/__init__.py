"""Conflicts of interest: found among opened names in memory, and never told by name."""

from domain.conflicts.checks import CheckState, ConflictStanding, conflict_standing
from domain.conflicts.gathering import gathered
from domain.conflicts.known import KnownPerson, KnownTie
from domain.conflicts.looking import Match, Sought, SoughtAs, SoughtPerson, found_of, look

__all__ = [
    "CheckState",
    "ConflictStanding",
    "KnownPerson",
    "KnownTie",
    "Match",
    "Sought",
    "SoughtAs",
    "SoughtPerson",
    "conflict_standing",
    "found_of",
    "gathered",
    "look",
]
