"""What the verifier computes by itself is what published vectors and other programs compute."""

from hashlib import sha256, sha512

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.tree import consistency_proof, inclusion_proof, root, subtrees_of
from ops.verifier.verify import ORDER, is_consistent, is_included, signature_holds
from tests.domain.test_tree import LEAVES, ROOTS

RFC_8032 = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
            "1cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
            "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
            "984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        sha512(b"abc").hexdigest(),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c6"
            "6431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
)
"""RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc)."""

MANY_EDDSAS = (
    (
        "small order of key and R",
        "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        (
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a000000000000000000000000"
            "0000000000000000000000000000000000000000"
        ),
    ),
    (
        "small order of the key",
        "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        (
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3"
            "f3f89b03984d8068dcf1bb7dfc6637b45450ac04"
        ),
    ),
    (
        "small order of R",
        "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        (
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa8c4bd45aecaca5b24fb97bc1"
            "0ac27ac8751a7dfe1baff8b953ec9f5833ca260e"
        ),
    ),
    (
        "holds only after multiplying by eight",
        "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
        "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
        (
            "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e5"
            "40911a9a6a58921d6925e434ab10aa7940551a09"
        ),
    ),
    (
        "S above the order",
        "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
        "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
        (
            "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e547f7690a0e2ddcd04d87dbc"
            "3490dc19b3b3052f7ff0538cb68afb369ba3a514"
        ),
    ),
    (
        "R in a second form",
        "fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        (
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f454d370c8d9fc323a41450f8"
            "d513eafeb5b0697390c1e505a0d4ddc71f566607"
        ),
    ),
)
"""Chalkias, Garillot and Nikolaenko, Taming the many EdDSAs (2020): forms some libraries take."""


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_the_signatures_of_rfc_8032_hold(key, message, signature):
    raw = bytes.fromhex(signature)
    assert signature_holds(bytes.fromhex(key), bytes.fromhex(message), raw)
    assert not signature_holds(bytes.fromhex(key), bytes.fromhex(message) + b"!", raw)
    higher = int.from_bytes(raw[32:], "little") + ORDER
    assert not signature_holds(
        bytes.fromhex(key), bytes.fromhex(message), raw[:32] + higher.to_bytes(32, "little")
    )


@pytest.mark.parametrize(
    ("message", "key", "signature"), [case[1:] for case in MANY_EDDSAS], ids=lambda _: ""
)
def test_forms_on_which_libraries_differ_are_refused(message, key, signature):
    parts = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert not signature_holds(*parts)


def test_a_key_that_is_no_point_or_of_another_length_is_refused():
    signature = bytes.fromhex(RFC_8032[0][2])
    for key in (b"", b"\2" + bytes(31), b"\xff" * 32, bytes(33)):
        assert not signature_holds(key, b"", signature)
    assert not signature_holds(bytes.fromhex(RFC_8032[0][0]), b"", signature[:63])


@settings(max_examples=25, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200), at=st.integers(0))
def test_what_another_library_signs_holds_and_any_changed_bit_does_not(seed, message, at):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert signature_holds(key, message, signature)
    changed = bytearray(signature)
    changed[at // 8 % 64] ^= 1 << at % 8
    assert not signature_holds(key, message, bytes(changed))


def test_the_reference_roots_include_and_continue():
    for size in range(1, 9):
        tree = subtrees_of(LEAVES[:size])
        top = bytes.fromhex(ROOTS[size])
        for index in range(size):
            path = list(inclusion_proof(tree, index, size))
            assert is_included(LEAVES[index], index, size, path, top)
        for old in range(1, size + 1):
            path = list(consistency_proof(tree, old, size))
            assert is_consistent(bytes.fromhex(ROOTS[old]), old, top, size, path)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_proof_of_anything_else_does_not_hold(data):
    size = data.draw(st.integers(2, 70))
    leaves = [sha256(bytes([number])).digest() for number in range(size)]
    tree = subtrees_of(leaves)
    top = root(tree, size)
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    path = list(inclusion_proof(tree, index, size))
    assert is_included(leaves[index], index, size, path, top)
    assert is_included(leaves[other], index, size, path, top) == (other == index)
    assert is_included(leaves[index], other, size, path, top) == (other == index)
    assert not is_included(leaves[index], index, size, [*path, bytes(32)], top)
    assert not is_included(leaves[index], index + size, size, path, top)
    old = data.draw(st.integers(1, size - 1))
    path = list(consistency_proof(tree, old, size))
    assert is_consistent(root(tree, old), old, top, size, path)
    assert not is_consistent(root(tree, old), old, top, size, path[:-1])
    assert not is_consistent(top, old, top, size, path)
    assert not is_consistent(root(tree, old), size, top, old, path)
