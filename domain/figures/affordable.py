"""What a financial statement leaves over for debts: what a promise is compared with.

How a statement is read is its own chapter's matter. That chapter lists its reader here, which
takes off what is paid to helpers: they are creditors of their own in what the client can afford.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from domain.cases.history import History
from domain.figures.figure import Unknown
from domain.money import Money

Reader = Callable[[History, UUID], Money | Unknown]
"""From a case and a statement's entry id to what is left a month; below zero where short."""

READERS: Final[dict[str, Reader]] = {}
"""By the topic of the statement."""


def surplus_of(history: History, statement_id: UUID) -> Money | Unknown:
    """What a statement leaves over a month; Unknown where nothing reads it, or it says too little.

    LookupError when the case has no such entry.
    """
    entry = history.entries.get(statement_id)
    if entry is None:
        raise LookupError(f"no entry {statement_id}")
    reader = READERS.get(entry.fact.TOPIC)
    if reader is None:
        return Unknown(
            reason=f"a {entry.fact.TOPIC} does not say what is left over",
            settled_by="a financial statement",
        )
    return reader(history, statement_id)
