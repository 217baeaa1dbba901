"""The failure table as a document, made from the problem kinds themselves."""

from typing import Final

from api.problems import KINDS

HEAD: Final = """# Failures

Every failure has a stable code. Over HTTP it is a problem document (RFC 9457) of type
`/problems/<code>` that names the field; `GET /problems/<code>` says the same as this table.
Except where `unavailable` leaves it open, nothing was recorded.

| code | status | what was wrong | what would be right |
|---|---|---|---|
"""


def failures() -> str:
    """The text of `ops/docs/failures.md`."""
    kinds = sorted(KINDS.values(), key=lambda kind: (kind.status, kind.code))
    rows = [f"| `{kind.code}` | {kind.status} | {kind.title} | {kind.right} |" for kind in kinds]
    return HEAD + "\n".join(rows) + "\n"
