"""The tree gives the published roots and proofs, and what naive recursion gives at any size."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tree import (
    EMPTY_ROOT,
    Frontier,
    complete_subtrees,
    consistency_proof,
    inclusion_proof,
    needed,
    node_hash,
    root,
    subtrees_of,
    verify_consistency,
    verify_inclusion,
)

# The reference tree of certificate-transparency and transparency-dev/merkle.
ENTRIES = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
LEAVES = tuple(sha256(b"\x00" + bytes.fromhex(entry)).digest() for entry in ENTRIES)
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
L0, L1, L2, L3, L4, L5, L6, L7 = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
    "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
    "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
    "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
)
N01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
N23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
N45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
N67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
N03 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
N47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
N46 = "837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e"

INCLUSION = (
    (0, 1, ()),
    (0, 8, (L1, N23, N47)),
    (1, 8, (L0, N23, N47)),
    (2, 8, (L3, N01, N47)),
    (3, 8, (L2, N01, N47)),
    (4, 8, (L5, N67, N03)),
    (5, 8, (L4, N67, N03)),
    (6, 8, (L7, N45, N03)),
    (7, 8, (L6, N45, N03)),
    (2, 3, (N01,)),
    (1, 5, (L0, N23, L4)),
    (5, 7, (L4, L6, N03)),
)
CONSISTENCY = (
    (1, 1, ()),
    (1, 8, (L1, N23, N47)),
    (2, 5, (N23, L4)),
    (3, 7, (L2, L3, N01, N46)),
    (4, 8, (N47,)),
    (6, 8, (N45, N67, N03)),
    (7, 8, (L6, L7, N45, N03)),
)


def unhex(path):
    return tuple(bytes.fromhex(one) for one in path)


def published_root(size):
    return bytes.fromhex(ROOTS[size])


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_come_out(size):
    assert root(subtrees_of(LEAVES), size) == published_root(size)


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_the_published_inclusion_proofs_come_out_and_verify(index, size, path):
    made = inclusion_proof(subtrees_of(LEAVES), index, size)
    assert made == unhex(path)
    assert verify_inclusion(LEAVES[index], index, size, made, published_root(size))


@pytest.mark.parametrize(("old", "size", "path"), CONSISTENCY)
def test_the_published_consistency_proofs_come_out_and_verify(old, size, path):
    made = consistency_proof(subtrees_of(LEAVES), old, size)
    assert made == unhex(path)
    assert verify_consistency(old, published_root(old), size, published_root(size), made)


def naive_root(leaves):
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(naive_root(leaves[:k]), naive_root(leaves[k:]))


def numbered(count):
    return [sha256(b"\x00%d" % number).digest() for number in range(count)]


@given(st.integers(0, 300))
def test_frontier_and_subtrees_give_the_root_of_the_definition(size):
    leaves = numbered(size)
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    assert root(subtrees_of(leaves), size) == frontier.root() == naive_root(leaves)
    subtree = subtrees_of(leaves)
    assert frontier.peaks == tuple(subtree(*node) for node in complete_subtrees(0, size))


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_frontier_goes_on_from_its_peaks_and_names_what_it_completes(before, after):
    leaves = numbered(before + after)
    first, subtree = Frontier(), subtrees_of(leaves)
    for leaf in leaves[:before]:
        first.append(leaf)
    second = Frontier(before, first.peaks)
    for leaf in leaves[before:]:
        for level, made in enumerate(second.append(leaf)):
            assert made == subtree(level, (second.size >> level) - 1)
    assert second.root() == naive_root(leaves)


@given(st.data())
def test_every_leaf_is_proved_and_no_other_in_its_place(data):
    size = data.draw(st.integers(1, 130))
    index = data.draw(st.integers(0, size - 1))
    leaves = numbered(size)
    path = inclusion_proof(subtrees_of(leaves), index, size)
    top = naive_root(leaves)
    assert verify_inclusion(leaves[index], index, size, path, top)
    for other in set(range(size)) - {index}:
        assert not verify_inclusion(leaves[index], other, size, path, top)
    assert not verify_inclusion(bytes(32), index, size, path, top)


@given(st.data())
def test_every_earlier_size_is_proved_and_no_other(data):
    size = data.draw(st.integers(1, 130))
    old = data.draw(st.integers(1, size))
    leaves = numbered(size)
    path = consistency_proof(subtrees_of(leaves), old, size)
    old_root, top = naive_root(leaves[:old]), naive_root(leaves)
    assert verify_consistency(old, old_root, size, top, path)
    assert not verify_consistency(old, bytes(32), size, top, path)
    assert not verify_consistency(old, old_root, size, bytes(32), path)
    if old < size:
        forked = [*leaves[: old - 1], bytes(32), *leaves[old:]]
        fork = consistency_proof(subtrees_of(forked), old, size)
        assert not verify_consistency(old, old_root, size, naive_root(forked), fork)


def mangled(path):
    """Every way in which the public proof suites break a path."""
    yield from ([*path[:at], bytes(32), *path[at + 1 :]] for at in range(len(path)))
    yield from ([*path[:at], path[at][:-1] + b"?", *path[at + 1 :]] for at in range(len(path)))
    yield from ([*path[:at], *path[at + 1 :]] for at in range(len(path)))
    yield from ([*path[:at], path[at][:31], *path[at + 1 :]] for at in range(len(path)))
    yield [*path, bytes(32)]
    yield [bytes(32), *path]
    yield [*path, b""]
    yield list(reversed(path)) if len(set(path)) > 1 else [*path, bytes(32)]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_a_mangled_inclusion_proof_is_refused(index, size, path):
    leaf, top = LEAVES[index], published_root(size)
    for broken in mangled(unhex(path)):
        assert not verify_inclusion(leaf, index, size, broken, top)
    for wrong in (-1, index ^ 2, size, size + 1):
        assert not verify_inclusion(leaf, wrong, size, unhex(path), top)
    assert not verify_inclusion(leaf, index, 0, unhex(path), top)
    assert not verify_inclusion(leaf[:31], index, size, unhex(path), top)
    assert not verify_inclusion(leaf, index, size, unhex(path), b"")


@pytest.mark.parametrize(("old", "size", "path"), CONSISTENCY)
def test_a_mangled_consistency_proof_is_refused(old, size, path):
    roots = published_root(old), published_root(size)
    for broken in mangled(unhex(path)):
        assert not verify_consistency(old, roots[0], size, roots[1], broken)
    for first, second in ((-1, size), (old, old - 1), (size + 1, size), (0, size), (old, 0)):
        assert not verify_consistency(first, roots[0], second, roots[1], unhex(path))
    assert not verify_consistency(old, roots[0], size, b"", unhex(path))


def test_the_empty_tree_is_continued_by_every_tree_and_by_its_own_root_only():
    assert consistency_proof(subtrees_of(LEAVES), 0, 8) == ()
    assert verify_consistency(0, EMPTY_ROOT, 8, published_root(8), ())
    assert not verify_consistency(0, bytes(32), 8, published_root(8), ())
    assert verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, ())


@pytest.mark.parametrize(
    "asked",
    (
        lambda: root(subtrees_of(LEAVES), -1),
        lambda: root(subtrees_of(LEAVES), 9),
        lambda: inclusion_proof(subtrees_of(LEAVES), 8, 8),
        lambda: inclusion_proof(subtrees_of(LEAVES), -1, 8),
        lambda: consistency_proof(subtrees_of(LEAVES), 9, 8),
        lambda: consistency_proof(subtrees_of(LEAVES), -1, 8),
        lambda: Frontier(3, [bytes(32)]),
    ),
)
def test_what_no_tree_has_is_refused(asked):
    with pytest.raises(ValueError, match=r"tree|subtree"):
        asked()


def test_a_proof_over_a_million_leaves_asks_for_few_subtrees():
    size = 1_000_003
    asked = needed(lambda subtree: inclusion_proof(subtree, 777_777, size))
    asked += needed(lambda subtree: consistency_proof(subtree, 654_321, size))
    assert len(asked) < 100
    assert all(((index + 1) << level) <= size for level, index in asked)
