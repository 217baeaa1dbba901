"""Roots of complete subtrees, put together from the nodes that are kept and from leaves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.seal import SealBroken
from domain.tree import Node, subtrees_of
from ops.sealing.store import STORED_BITS, Ranges, TreeSource


class Grown:
    """A source with leaves and nodes on top of it that are not stored yet."""

    def __init__(
        self, source: TreeSource, leaves: Mapping[int, bytes], nodes: Mapping[Node, bytes]
    ) -> None:
        """`leaves` by index, `nodes` by level and index."""
        self._source, self._leaves, self._nodes = source, leaves, nodes

    async def leaves(self, organisation: UUID, ranges: Ranges) -> dict[int, bytes]:
        """See `TreeSource.leaves`; for a new leaf the log is not asked."""
        found = {index: self._leaves[index] for index in _indexes(ranges) if index in self._leaves}
        if len(found) < sum(high - low for low, high in ranges):
            found = await self._source.leaves(organisation, ranges) | found
        return found

    async def nodes(self, organisation: UUID, level: int, ranges: Ranges) -> dict[int, bytes]:
        """See `TreeSource.nodes`."""
        known = await self._source.nodes(organisation, level, ranges)
        new = {
            index: self._nodes[level, index]
            for index in _indexes(ranges)
            if (level, index) in self._nodes
        }
        return known | new


async def fetch(source: TreeSource, organisation: UUID, nodes: Iterable[Node]) -> dict[Node, bytes]:
    """The roots of these complete subtrees, in one query for each kept level."""
    asked: dict[int, dict[Node, tuple[int, int]]] = defaultdict(dict)
    for level, index in nodes:
        above = level % STORED_BITS
        low = index << above
        asked[level - above][level, index] = (low, low + (1 << above))
    made: dict[Node, bytes] = {}
    for kept, ranges in asked.items():
        spans = list(ranges.values())
        if kept == 0:
            known = await source.leaves(organisation, spans)
        else:
            known = await source.nodes(organisation, kept, spans)
        for node, (low, high) in ranges.items():
            made[node] = _root_of(known, kept, low, high)
    return made


def _root_of(known: Mapping[int, bytes], level: int, low: int, high: int) -> bytes:
    row = [known[index] for index in range(low, high) if index in known]
    if len(row) < high - low:
        lacking = next(index for index in range(low, high) if index not in known)
        first = (lacking << level) + 1
        what = "the event" if level == 0 else f"the tree's node over {1 << level} events from"
        raise SealBroken(f"{what} at position {first} is not there")
    return subtrees_of(row)((high - low).bit_length() - 1, 0)


def _indexes(ranges: Ranges) -> Iterable[int]:
    return (index for low, high in ranges for index in range(low, high))
