"""Days on which a consent or an authority holds: from the day it was given to its last day."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

import msgspec

from domain.clients.authority import AuthorityEnded, AuthorityGiven
from domain.clients.consent import ConsentGiven, ConsentWithdrawn
from domain.clients.entries import ClientEntry
from domain.searching import plain

Given = ConsentGiven | AuthorityGiven
Over = ConsentWithdrawn | AuthorityEnded


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Both days in it; `last` None: no end is set."""

    first: date
    last: date | None

    def holds(self, on: date) -> bool:
        """Whether the day is in it."""
        return self.first <= on and (self.last is None or on <= self.last)

    def meets(self, other: "Period") -> bool:
        """Whether some day is in both."""
        if self.is_empty or other.is_empty:
            return False
        return self.first <= (other.last or date.max) and other.first <= (self.last or date.max)

    @property
    def is_empty(self) -> bool:
        """Whether it was over before its first day."""
        return self.last is not None and self.last < self.first


def about(fact: Over) -> UUID:
    """The entry that is over."""
    return fact.consent_id if isinstance(fact, ConsentWithdrawn) else fact.authority_id


def over_of(
    entries: Mapping[UUID, ClientEntry], entry_id: UUID, as_of: date = date.max
) -> tuple[UUID, Over] | None:
    """What ended a consent or an authority by `as_of`, with its entry id."""
    for other_id, fact in entries.items():
        if isinstance(fact, Over) and about(fact) == entry_id and _day(fact) <= as_of:
            return other_id, fact
    return None


def period_of(
    entries: Mapping[UUID, ClientEntry], entry_id: UUID, fact: Given, as_of: date = date.max
) -> Period:
    """The days on which it holds, by what had happened by `as_of`."""
    over = over_of(entries, entry_id, as_of)
    last = fact.ends_on
    if over is not None:
        before = _day(over[1]) - timedelta(days=1)
        last = before if last is None else min(last, before)
    return Period(first=fact.given_on, last=last)


def _day(fact: Over) -> date:
    return fact.withdrawn_on if isinstance(fact, ConsentWithdrawn) else fact.ended_on


def overlapping(entries: Mapping[UUID, ClientEntry], fact: Given) -> Iterator[UUID]:
    """Standing entries that give the same on a day on which `fact` would hold."""
    asked = Period(first=fact.given_on, last=fact.ends_on)
    for entry_id, other in entries.items():
        if (
            isinstance(other, ConsentGiven | AuthorityGiven)
            and _is_same(other, fact)
            and period_of(entries, entry_id, other).meets(asked)
        ):
            yield entry_id


def _is_same(one: Given, two: Given) -> bool:
    if isinstance(one, ConsentGiven) and isinstance(two, ConsentGiven):
        return one.purpose is two.purpose and concerns(one.to_whom, two.to_whom)
    if isinstance(one, AuthorityGiven) and isinstance(two, AuthorityGiven):
        shared = one.holder == two.holder and set(one.scopes) & set(two.scopes)
        return bool(shared) and concerns(one.towards, two.towards)
    return False


def concerns(one: str | None, two: str | None) -> bool:
    """Whether two recipients can be the same; None is anybody."""
    return one is None or two is None or plain(one) == plain(two)
