"""The Merkle tree over a journal's leaves: roots, proofs, and their verification.

RFC 6962 section 2.1, with the verification algorithms of RFC 9162 sections 2.1.3 and 2.1.4. The
leaves of an event log are leaf hashes already (`domain/leaf.py`), so nothing here hashes an entry.
Leaf `index` counts from 0: an event's index is its position less one.

A proof is made from the roots of complete subtrees, which the caller fetches: a journal of any
length is never held in memory. `needed` says which ones a proof will ask for.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()
"""Root of a tree without leaves (RFC 6962 section 2.1)."""

Subtree: TypeAlias = Callable[[int, int], bytes]
"""`subtree(level, index)`: root of the complete subtree of 2**level leaves that begins at leaf
`index * 2**level`; at level 0 the leaf itself."""

Node: TypeAlias = tuple[int, int]
"""Level and index of a complete subtree."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 6962 section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def complete_subtrees(start: int, end: int) -> Iterator[Node]:
    """The complete subtrees that leaves `start` to `end` fall into, from the left.

    `start` has to be a multiple of the largest power of two in the range, as it is in every
    range that RFC 6962 splits off.
    """
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def root(subtree: Subtree, size: int) -> bytes:
    """The root of the first `size` leaves; ValueError for a negative size."""
    _check(size >= 0, f"a tree has no size {size}")
    return _range_root(subtree, 0, size)


def inclusion_proof(subtree: Subtree, index: int, size: int) -> tuple[bytes, ...]:
    """The audit path of leaf `index` in the tree of `size` leaves (RFC 6962 section 2.1.1).

    ValueError when the tree has no such leaf.
    """
    _check(0 <= index < size, f"a tree of {size} leaves has no leaf {index}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(subtree, middle, end))
            end = middle
        else:
            path.append(_range_root(subtree, start, middle))
            start = middle
    return tuple(reversed(path))


def consistency_proof(subtree: Subtree, old_size: int, size: int) -> tuple[bytes, ...]:
    """The proof that the first `old_size` leaves begin the tree of `size` (RFC 6962, 2.1.2).

    Empty for equal sizes and for the empty tree, which every tree continues. ValueError when
    `old_size` is not within 0 and `size`.
    """
    _check(0 <= old_size <= size, f"a tree of {size} leaves has no earlier size {old_size}")
    if old_size in {0, size}:
        return ()
    path: list[bytes] = []
    start, end = 0, size
    while old_size != end:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(_range_root(subtree, middle, end))
            end = middle
        else:
            path.append(_range_root(subtree, start, middle))
            start = middle
    # With start still 0 the verifier has this hash already: it is the old root.
    if start > 0:
        path.append(_range_root(subtree, start, end))
    return tuple(reversed(path))


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], tree_root: bytes
) -> bool:
    """Whether `leaf` is leaf `index` of the tree of this size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes([leaf, tree_root, *path]):
        return False
    here, last, made = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            made = node_hash(other, made)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            made = node_hash(made, other)
        here, last = here >> 1, last >> 1
    return last == 0 and made == tree_root


def verify_consistency(
    old_size: int, old_root: bytes, size: int, tree_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the tree of `size` continues the one of `old_size` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= size or not _are_hashes([old_root, tree_root, *path]):
        return False
    if old_size == size:
        return not path and old_root == tree_root
    if old_size == 0:
        return not path and old_root == EMPTY_ROOT
    if old_size & (old_size - 1) == 0:
        path = [old_root, *path]
    return bool(path) and _replays(old_size, old_root, size, tree_root, path)


def _replays(
    old_size: int, old_root: bytes, size: int, tree_root: bytes, path: Sequence[bytes]
) -> bool:
    here, last = old_size - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old_made = made = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old_made, made = node_hash(other, old_made), node_hash(other, made)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            made = node_hash(made, other)
        here, last = here >> 1, last >> 1
    return last == 0 and old_made == old_root and made == tree_root


def needed(proof: Callable[[Subtree], object]) -> tuple[Node, ...]:
    """The complete subtrees that `proof` asks for, in order: fetch them, then call it again."""
    asked: dict[Node, None] = {}

    def note(level: int, index: int) -> bytes:
        asked[level, index] = None
        return bytes(HASH_BYTES)

    proof(note)
    return tuple(asked)


def subtrees_of(leaves: Sequence[bytes]) -> Subtree:
    """Subtree roots computed from leaves in memory: for short runs of them."""

    def subtree(level: int, index: int) -> bytes:
        row = leaves[index << level : (index + 1) << level]
        _check(len(row) == 1 << level, f"no complete subtree {index} of level {level}")
        while len(row) > 1:
            row = [node_hash(*pair) for pair in zip(row[::2], row[1::2], strict=True)]
        return row[0]

    return subtree


class Frontier:
    """A growing tree, kept as the roots of its complete subtrees: 32 bytes for each bit of size."""

    __slots__ = ("_peaks", "size")

    size: int
    """Leaves taken in."""

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        """Go on from a tree of `size`, whose `peaks` are its complete subtrees from the left.

        ValueError when their number does not fit the size.
        """
        _check(len(peaks) == size.bit_count(), f"{len(peaks)} peaks do not make a tree of {size}")
        self.size = size
        self._peaks = list(peaks)

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """Roots of the complete subtrees, from the left: `complete_subtrees(0, size)`."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> tuple[bytes, ...]:
        """Take in the next leaf; the roots of all complete subtrees that end with it, by level.

        The one of level n has the index `(size >> n) - 1`, by the size after the leaf.
        """
        made = [leaf]
        before = self.size
        while before & 1:
            made.append(node_hash(self._peaks.pop(), made[-1]))
            before >>= 1
        self._peaks.append(made[-1])
        self.size += 1
        return tuple(made)

    def root(self) -> bytes:
        """The root of everything taken in."""
        return _fold(self._peaks)


def _range_root(subtree: Subtree, start: int, end: int) -> bytes:
    return _fold([subtree(level, index) for level, index in complete_subtrees(start, end)])


def _fold(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    made = peaks[-1]
    for peak in reversed(peaks[:-1]):
        made = node_hash(peak, made)
    return made


def _split(count: int) -> int:
    """The largest power of two below `count` (at least 2)."""
    return 1 << ((count - 1).bit_length() - 1)


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def _check(holds: bool, what: str) -> None:  # noqa: FBT001
    if not holds:
        raise ValueError(what)
