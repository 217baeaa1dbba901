"""The failure table as a document, made from the codes themselves."""

from domain.refusals import TABLE

HEAD = """# Failures

Every refusal has a stable code. Nothing is recorded when one is given. Over HTTP it is a problem
document (RFC 9457) of type `/problems/<code>` that names the field.

| code | what was wrong | what would be right |
|---|---|---|
"""


def failures() -> str:
    """The text of `ops/docs/failures.md`."""
    rows = [f"| `{code.value}` | {row.what} | {row.right} |" for code, row in TABLE.items()]
    return HEAD + "\n".join(rows) + "\n"
