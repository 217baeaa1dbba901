"""The tables of failures and of warnings as documents, made from the tables themselves."""

from typing import Final

from api.problems import KINDS
from domain.warnings import WARNINGS

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


WARNINGS_HEAD: Final = """# Warnings to answer

What may be recorded, but not unasked. A write that raises a warning is refused with
`warning-unanswered`, and the problem names each warning with the entries that it comes from. Send
it again with each code and a reason under `answered`; the answers stay with the entry. A dry run
(`?dry_run=true`) tells the warnings without recording anything. Earlier entries are never warned
about again.

| code | what is doubtful | what to look at before going on |
|---|---|---|
"""


def warnings() -> str:
    """The text of `ops/docs/warnings.md`."""
    rows = [f"| `{code}` | {row.what} | {row.right} |" for code, row in WARNINGS.items()]
    return WARNINGS_HEAD + "\n".join(rows) + "\n"
