"""What changed since a position: of one case from two of its histories, across cases by walking.

Pure, and nothing personal: entries are named, never told.
"""

from domain.changes.across import CaseMoved, Walk
from domain.changes.reading import CaseChanges, Side, case_changes

__all__ = ["CaseChanges", "CaseMoved", "Side", "Walk", "case_changes"]
