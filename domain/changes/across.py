"""Across cases: which of them were written to in a stretch of the journal, and by what.

Only what stands beside a body is looked at, so nothing is decoded and nothing opened.
"""

from collections import Counter
from datetime import datetime
from uuid import UUID

import msgspec

from domain.log import StoredEvent


class CaseMoved(msgspec.Struct, frozen=True, kw_only=True):
    """A case that something was recorded in, within a stretch of the journal."""

    case_id: UUID
    events: int
    topics: dict[str, int]
    """Events of each topic; corrections and withdrawals under their own."""
    first_position: int
    last_position: int
    last_recorded_at: datetime


class _Seen(msgspec.Struct):
    # Not the events themselves: a body may hold hundreds of calls.
    first: int
    last: int
    last_recorded_at: datetime
    topics: Counter[str]


class Walk:
    """Cases met while walking along the journal: at most so many, and a tally for each.

    What it keeps grows with the cases and their topics, never with the events.
    """

    def __init__(self, cases_max: int) -> None:
        """Nothing met yet."""
        self._max = cases_max
        self._seen: dict[UUID, _Seen] = {}

    def take(self, event: StoredEvent) -> bool:
        """Count an event of a case; False, and it is not counted, where the case is one too many.

        The page ends before such an event, and the next one begins with it.
        """
        seen = self._seen.get(event.stream)
        if seen is None:
            if len(self._seen) >= self._max:
                return False
            seen = _Seen(event.position, event.position, event.recorded_at, Counter())
            self._seen[event.stream] = seen
        seen.last, seen.last_recorded_at = event.position, event.recorded_at
        seen.topics[event.topic] += 1
        return True

    def cases(self) -> tuple[CaseMoved, ...]:
        """Those met, in the order in which the journal came to them."""
        return tuple(
            CaseMoved(
                case_id=case_id,
                events=seen.topics.total(),
                topics=dict(sorted(seen.topics.items())),
                first_position=seen.first,
                last_position=seen.last,
                last_recorded_at=seen.last_recorded_at,
            )
            for case_id, seen in self._seen.items()
        )
