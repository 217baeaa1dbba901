"""Sources: the evidence items behind each entry, named by it or linked to it."""

from datetime import date
from uuid import UUID

import msgspec

from domain.cases.evidence import EvidenceAdded, EvidenceLinked, EvidenceSource
from domain.cases.history import History
from domain.facts import Observed
from domain.personal import Personal


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One item as an evidence list names it (证据规定 art. 19: source and what it shows)."""

    item_id: UUID
    name: Personal[str]
    sha256: Personal[str]
    size_bytes: int
    media_type: str
    source: EvidenceSource
    obtained_on: date
    obtained_by: Personal[str] | None
    shows: Personal[str] | None = None
    """What it shows, in the words of the link."""


class Sources:
    """Every entry's items, collected once from a history.

    Items count whenever they were obtained: what shows a payment of March is often got in May.
    """

    def __init__(self, history: History) -> None:
        """Collect them; withdrawn items and links do not count."""
        self._items = dict(history.standing(EvidenceAdded))
        self._named: dict[UUID, dict[UUID, Personal[str] | None]] = {}
        for entry_id, fact in history.standing(Observed):
            for item_id in fact.evidence:
                self._named.setdefault(entry_id, {})[item_id] = None
        for _, link in history.standing(EvidenceLinked):
            named = self._named.setdefault(link.entry_id, {})
            named[link.item_id] = link.shows or named.get(link.item_id)

    def of(self, entry_id: UUID) -> tuple[Source, ...]:
        """The items behind an entry, by the day they were obtained."""
        named = self._named.get(entry_id, {})
        found = [
            _source(item_id, self._items[item_id], shows)
            for item_id, shows in named.items()
            if item_id in self._items
        ]
        return tuple(sorted(found, key=lambda source: (source.obtained_on, source.item_id)))

    def is_broken(self, entry_id: UUID) -> bool:
        """Whether an entry names an item that was withdrawn or is not in the file."""
        return any(item_id not in self._items for item_id in self._named.get(entry_id, {}))


def _source(item_id: UUID, item: EvidenceAdded, shows: Personal[str] | None) -> Source:
    return Source(
        item_id=item_id,
        name=item.name,
        sha256=item.sha256,
        size_bytes=item.size_bytes,
        media_type=item.media_type,
        source=item.source,
        obtained_on=item.obtained_on,
        obtained_by=item.obtained_by,
        shows=shows,
    )
