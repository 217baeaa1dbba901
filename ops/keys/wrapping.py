"""A data key at rest: 32 bytes under the outer key, by AES-256-GCM (NIST SP 800-38D).

    format line || outer key id (8) || nonce (12) || ciphertext and tag (48)

Associated data: the format line, the organisation, the subject: a key file moved to another
person does not open. Nonces are random: 2^32 wraps under one outer key are allowed (8.3).
"""

import os
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ops.keys.outer_key import KEY_BYTES, KeyFault, OuterKey

FORMAT: Final = b"mingzhang data key 1\n"
CHECK: Final = b"mingzhang key store 1\n"
SECRET: Final = b"mingzhang request secret 1\n"
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
_ID_BYTES: Final = 8
_LABELS: Final = (FORMAT, CHECK, SECRET)


def wrap(outer: OuterKey, organisation: UUID, subject: UUID, key: bytes) -> bytes:
    """The content of a person's key file."""
    return _seal(outer, FORMAT, organisation.bytes + subject.bytes, key)


def unwrap(outer: OuterKey, organisation: UUID, subject: UUID, content: bytes, where: str) -> bytes:
    """The data key from the content of its file. Raises KeyFault; `where` is for its message."""
    key = _open(outer, FORMAT, organisation.bytes + subject.bytes, content, where)
    if len(key) != KEY_BYTES:
        raise _damaged(where)
    return key


def check_mark(outer: OuterKey) -> bytes:
    """The content of a key store's `check` file: opens under the right outer key only."""
    return _seal(outer, CHECK, b"", b"")


def verify_check_mark(outer: OuterKey, content: bytes, where: str) -> None:
    """Raises KeyFault unless this outer key made the mark."""
    _open(outer, CHECK, b"", content, where)


def wrap_secret(outer: OuterKey, secret: bytes) -> bytes:
    """The content of a key store's `request-secret` file."""
    return _seal(outer, SECRET, b"", secret)


def unwrap_secret(outer: OuterKey, content: bytes, where: str) -> bytes:
    """The secret from the content of its file. Raises KeyFault; `where` is for its message."""
    secret = _open(outer, SECRET, b"", content, where)
    if len(secret) != KEY_BYTES:
        raise _damaged(where)
    return secret


def outer_key_id(content: bytes) -> str | None:
    """The id of the outer key that a file was sealed under; None where it does not say."""
    label, line_feed, rest = content.partition(b"\n")
    if not line_feed or label + line_feed not in _LABELS or len(rest) < _ID_BYTES:
        return None
    return rest[:_ID_BYTES].hex()


def _seal(outer: OuterKey, label: bytes, bound: bytes, plaintext: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(outer.key).encrypt(nonce, plaintext, label + bound)
    return label + bytes.fromhex(outer.key_id) + nonce + sealed


def _open(outer: OuterKey, label: bytes, bound: bytes, content: bytes, where: str) -> bytes:
    rest = content.removeprefix(label)
    if rest == content or len(rest) < _ID_BYTES + NONCE_BYTES + TAG_BYTES:
        raise _damaged(where)
    key_id, nonce = rest[:_ID_BYTES].hex(), rest[_ID_BYTES : _ID_BYTES + NONCE_BYTES]
    if key_id != outer.key_id:
        raise KeyFault(
            f"sealed under the outer key {key_id}, but {outer.key_id} was given",
            f"{where}; the key came from {outer.source}",
            f"Start with the outer key {key_id}; nothing was written.",
        )
    try:
        sealed = rest[_ID_BYTES + NONCE_BYTES :]
        return AESGCM(outer.key).decrypt(nonce, sealed, label + bound)
    except InvalidTag:
        raise _damaged(where) from None


def _damaged(where: str) -> KeyFault:
    return KeyFault(
        "the key file is damaged or belongs elsewhere",
        where,
        "Put it back from the newest backup of the key store.",
    )
