"""The order of timeline lines: by when it happened or by when it was recorded, fixed by rule."""

from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from domain.cases.deciding.common import Leaf
from domain.cases.history import Entry
from domain.money import Money
from domain.personal import Personal
from projections.titles import ORDER


class Order(StrEnum):
    """By when it happened, or by when it was recorded."""

    OCCURRED = "occurred"
    RECORDED = "recorded"


def sort_key(order: Order, entry: Entry, day: date, amount: Money | None, said: list[Leaf]) -> str:
    """A text that rises along the lines; no two entries of a case share one."""
    if order is Order.RECORDED:
        return f"{entry.stamp.position:019d}"
    # Day, moment, topic, amount, what it says: never when it was recorded. The id comes last,
    # to part entries that are alike in every word.
    happened = entry.fact.happened()
    moment = f"{happened.timestamp():017.6f}" if isinstance(happened, datetime) else ""
    rank = ORDER.index(entry.fact.TOPIC)
    minor = amount.minor if amount else 0
    return f"{day}|{moment}|{rank:02d}|{minor:019d}|{_digest(said)}|{entry.entry_id}"


def _digest(said: list[Leaf]) -> str:
    """A short digest of what a fact says in clear: no ids, and nothing personal."""
    plain = [f"{path}={value}" for path, value in said if not isinstance(value, UUID | Personal)]
    return sha256("\n".join(plain).encode()).hexdigest()[:16]
