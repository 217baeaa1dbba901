"""Checkpoints and notes: the public examples come out, and nothing half right gets in."""

import base64
from datetime import UTC, datetime
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from domain.checkpoints import (
    Checkpoint,
    Malformed,
    Verdict,
    VerifierKey,
    checkpoint_text,
    journal_checkpoint,
    parse_checkpoint,
    parse_note,
    parse_verifier_key,
    recorded_at,
    sign,
    verify_note,
)

# golang.org/x/mod/sumdb/note, note_test.go.
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ"
    "SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
NOTE = f"{TEXT}\n{LINE}"

# C2SP signed-note.md and tlog-checkpoint.md.
QUASIMODO = """\
Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""  # noqa: E501
BEHIND_THE_SOFA = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""  # noqa: E501

ORGANISATION = UUID("0f9c6f0e-5d1b-4a8e-9d6c-2b7a1c3e4f50")
RECORDED = datetime(2026, 3, 1, 9, 30, 0, 120, tzinfo=UTC)


def check(public_key, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def signer(seed=SEED):
    return Ed25519PrivateKey.from_private_bytes(seed).sign


def test_the_published_note_is_signed_byte_for_byte_and_verifies():
    key = parse_verifier_key(VKEY)
    assert key.text() == VKEY
    assert sign(TEXT, key, signer()) == NOTE
    note = parse_note(NOTE)
    assert note.text == TEXT
    assert verify_note(note, key, check) is Verdict.VALID


@pytest.mark.parametrize(
    "bad",
    (
        "",
        TEXT,
        f"{TEXT}\n",
        NOTE[:-1],
        f"\x01{NOTE}",
        NOTE.replace("\n", "\r\n"),
        f"\t{NOTE}",
        NOTE.replace("PeterNeumann", "Bad Name"),
        NOTE.replace("PeterNeumann", ""),
        NOTE.replace("PeterNeumann", "Peter+Neumann"),
        NOTE.replace("PeterNeumann", "Peter\u3000Neumann"),
        NOTE.replace("— ", "- "),
        f"{NOTE}Unexpected line.\n",
        NOTE.replace("JnAM=", "JnAN="),
        NOTE.replace("JnAM=", "JnAM"),
        NOTE.replace("x08go/", "x08go_"),
        f"{TEXT}\n— PeterNeumann x08goA==\n"[:-6] + "\n",
        f"{TEXT}\n— PeterNeumann x08gow==\n",
        TEXT + "\n" + LINE * 101,
        NOTE.replace("\n\n", "\n"),
        "x" * 1_000_001 + f"\n\n{LINE}",
    ),
)
def test_a_malformed_note_is_refused(bad):
    with pytest.raises(Malformed):
        parse_note(bad)


def test_up_to_a_hundred_signatures_are_read():
    assert len(parse_note(TEXT + "\n" + LINE * 100).signatures) == 100


def test_every_part_and_every_slip_of_a_verifier_key_is_refused():
    whole = len(VKEY)
    parts = [VKEY[i:j] for i in range(whole + 1) for j in range(i, whole + 1)]
    slips = [VKEY[:i] + chr(ord(VKEY[i]) + 1) + VKEY[i + 1 :] for i in range(whole)]
    for bad in (
        *(part for part in parts if part != VKEY),
        *slips,
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        VKEY.upper(),
        f"{VKEY}\n",
    ):
        with pytest.raises(Malformed):
            parse_verifier_key(bad)


def test_a_key_says_what_it_has_signed_and_what_not():
    key = parse_verifier_key(VKEY)
    changed = parse_note(NOTE.replace("cryptography", "cryptographY"))
    assert verify_note(changed, key, check) is Verdict.FALSE
    short = parse_note(f"{TEXT}\n— PeterNeumann x08gowAA\n")
    assert verify_note(short, key, check) is Verdict.FALSE
    for other in (VerifierKey("PeterNeuman", key.public_key), VerifierKey(key.name, bytes(32))):
        assert verify_note(parse_note(NOTE), other, check) is Verdict.UNSIGNED


def test_only_the_first_signature_of_a_key_counts_and_those_of_others_do_not():
    key = parse_verifier_key(VKEY)
    wrong = LINE.replace("RyyBwJnAM=", "RyyBwJnBM=")
    other = QUASIMODO.rpartition("\n\n")[2]
    assert verify_note(parse_note(f"{TEXT}\n{LINE}{wrong}"), key, check) is Verdict.VALID
    assert verify_note(parse_note(f"{TEXT}\n{wrong}{LINE}"), key, check) is Verdict.FALSE
    assert verify_note(parse_note(f"{TEXT}\n{other}{LINE}"), key, check) is Verdict.VALID


def test_a_note_is_parted_at_its_last_empty_line():
    note = parse_note(QUASIMODO)
    assert note.text.endswith("\n\ned è subito sera.\n")
    assert note.signatures[0].name == "quasimodo.example/salvatore"
    assert note.signatures[0].key_id.hex() == "367ba04b"


def test_the_published_checkpoint_is_read_and_written_as_it_is():
    note = parse_note(BEHIND_THE_SOFA)
    checkpoint = parse_checkpoint(note.text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint_text(checkpoint) == note.text


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "bad",
    (
        "",
        "log\n",
        f"log\n1\n{ROOT}",
        f"\n1\n{ROOT}\n",
        f"log\n01\n{ROOT}\n",
        f"log\n-1\n{ROOT}\n",
        f"log\n+1\n{ROOT}\n",
        f"log\n1.0\n{ROOT}\n",
        f"log\n１\n{ROOT}\n",
        f"log\n{'9' * 20}\n{ROOT}\n",
        f"log\n1 \n{ROOT}\n",
        f"log\n1\n{ROOT[:-1]}\n",
        f"log\n1\n{ROOT[:-2]}B=\n",
        f"log\n1\n{base64.b64encode(bytes(31)).decode()}\n",
        f"log\n1\n {ROOT}\n",
        f"log\n1\n{ROOT}\n\n",
        f"log\n1\n{ROOT}\n\nmore\n",
        "log\n1\n\n",
    ),
)
def test_a_malformed_checkpoint_is_refused(bad):
    with pytest.raises(Malformed):
        parse_checkpoint(bad)


names = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1)


@given(names, st.integers(0, 2**62), st.binary(min_size=32, max_size=32), st.lists(names))
def test_a_checkpoint_survives_its_text_and_its_note(origin, size, root, lines):
    checkpoint = Checkpoint(origin=origin, size=size, root=root, extensions=tuple(lines))
    public = Ed25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw()
    key = VerifierKey("mingzhang/x", public)
    note = parse_note(sign(checkpoint_text(checkpoint), key, signer()))
    assert parse_checkpoint(note.text) == checkpoint
    assert verify_note(note, key, check) is Verdict.VALID
    assert parse_verifier_key(key.text()) == key


def test_a_journals_checkpoint_names_the_organisation_and_the_last_moment():
    checkpoint = journal_checkpoint(ORGANISATION, 7, bytes(32), RECORDED)
    assert checkpoint_text(checkpoint) == (
        f"mingzhang/{ORGANISATION}\n7\n{ROOT}\nrecorded 2026-03-01T09:30:00.000120Z\n"
    )
    assert recorded_at(checkpoint) == RECORDED


@pytest.mark.parametrize(
    "lines",
    (
        (),
        ("recorded 2026-03-01T09:30:00Z",),
        ("recorded 2026-13-01T09:30:00.000000Z",),
        ("recorded 2026-03-01T09:30:00.000000+00:00",),
        ("recorded 2026-03-01T09:30:00.000000Z", "more"),
    ),
)
def test_another_line_than_the_last_moment_is_refused(lines):
    with pytest.raises(Malformed):
        recorded_at(Checkpoint(origin="log", size=1, root=bytes(32), extensions=lines))
