"""Which deadlines a member is reminded of, read from the table of deadlines."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from projections.calendar import Reminder
from projections.tables.reader import TableReader

AHEAD: Final = timedelta(days=400)
MISSED_FOR: Final = timedelta(days=30)
"""How long a deadline stays after it was missed."""


class NotReady(Exception):
    """The deadlines cannot be told now, which is not to say that there are none."""


async def reminders(
    tables: TableReader, organisation: UUID, adviser: str, today: date
) -> tuple[Reminder, ...]:
    """Deadlines of a member's cases around a day, by day. Raises NotReady, LogUnavailable."""
    raise NotReady("the deadlines are not worked out yet")
