"""What a caller may do: every route names one, every token carries some."""

from enum import StrEnum
from typing import Final


class Capability(StrEnum):
    """Stable names; they are stored with tokens."""

    PUBLIC = "public"
    """No token is asked for. Never given to one."""
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


GRANTABLE: Final = tuple(each for each in Capability if each is not Capability.PUBLIC)
"""What a token can carry."""
