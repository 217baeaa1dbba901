"""What a caller may do: every route names one, every token carries some."""

from enum import StrEnum
from typing import Final


class Capability(StrEnum):
    """Stable names; they are stored with tokens."""

    PUBLIC = "public"
    """No token is asked for. Never given to one."""
    BY_ADDRESS = "by-address"
    """The address itself lets its holder in: the handler looks the secret in it up, and answers
    the same to every address that is not in force. Never given to a token."""
    CLIENT_READ = "client:read"
    CLIENT_WRITE = "client:write"
    CLIENT_HOLD = "client:hold"
    CLIENT_ERASE = "client:erase"
    CASE_READ = "case:read"
    CASE_WRITE = "case:write"
    CASE_CORRECT = "case:correct"
    CASE_CLOSE = "case:close"
    CASE_EXPORT = "case:export"
    """Case files: they take personal values out of the house."""
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_WRITE = "evidence:write"
    TABLES_READ = "tables:read"
    JOURNAL_READ = "journal:read"
    ACCESS_READ = "access:read"
    RETENTION_READ = "retention:read"
    RETENTION_WRITE = "retention:write"
    CONFLICT_CHECK = "conflict:check"
    """Look through all names for conflicts of interest; names are never given out."""
    CONFLICT_DECLARE = "conflict:declare"
    """Declare what ties members to lenders."""
    FIGURES_COMPUTE = "figures:compute"
    CALENDAR_READ = "calendar:read"
    CALENDAR_WRITE = "calendar:write"
    """Make feeds of a member's deadlines, and revoke them. Whoever has a feed's address reads
    them without a token."""


WITHOUT_TOKEN: Final = (Capability.PUBLIC, Capability.BY_ADDRESS)
"""What lets in whoever has no token."""
GRANTABLE: Final = tuple(each for each in Capability if each not in WITHOUT_TOKEN)
"""What a token can carry."""
