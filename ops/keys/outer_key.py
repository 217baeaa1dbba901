"""The outer key: the one secret that wraps every person's data key.

It comes from outside every database: from a file of its own, made on first use, or from the
environment of a server. Whoever loses it loses every personal value, so it is never replaced in
silence.
"""

import base64
import binascii
import re
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from ops.faults import Mendable
from ops.keys.durable import make_folder, write_once

KEY_BYTES: Final = 32
HEADER: Final = "mingzhang outer key 1"
_FILE = re.compile(re.escape(HEADER) + r"\nid (?P<id>[0-9a-f]{16})\nkey (?P<key>[0-9a-f]{64})\n")


class KeyFault(Mendable, RuntimeError):
    """A key is missing, wrong or damaged: what is wrong, where, and what would be right.

    Its text never holds key material.
    """

    def __init__(self, what: str, where: str, right: str) -> None:
        super().__init__(f"{what} ({where}). {right}")
        self.what = what
        self.where = where
        self.right = right


def key_id(key: bytes) -> str:
    """Sixteen hex digits that name an outer key without telling anything about it.

    The first 8 bytes of SHA-256 over a label of this use alone and the key.
    """
    return sha256(b"mingzhang outer key id\x00" + key).digest()[:8].hex()


@dataclass(frozen=True, slots=True)
class OuterKey:
    """Thirty-two secret bytes, and where they came from."""

    key: bytes = field(repr=False)
    source: str
    """A path or the name of a setting, for messages."""
    made: bool = False
    """Just made by `load_or_make`: say that a copy must be kept safe, apart from the data."""

    @property
    def key_id(self) -> str:
        """See `key_id`; written into every file that this key seals."""
        return key_id(self.key)


def load_or_make(path: Path, key_store_is_empty: bool) -> OuterKey:  # noqa: FBT001
    """The outer key of this file; a new one, mode 0600, when there is none and no keys need it.

    Raises KeyFault when the file is missing although a key store exists, and when the file is
    damaged or not an outer key. OSError when it cannot be read or written.
    """
    try:
        return read_key(path)
    except FileNotFoundError:
        if not key_store_is_empty:
            raise KeyFault(
                "the outer key is missing, and people's keys are sealed under it",
                str(path),
                "Put it back from the place where its copy is kept. "
                "A new one would open nothing, so none was made.",
            ) from None
    return _make(path)


def from_text(text: str, source: str) -> OuterKey:
    """The outer key from a setting: 64 hex digits, or base64 (plain or URL-safe) of 32 bytes.

    `source` names the setting in messages. Raises KeyFault, which does not repeat the text.
    """
    raw = _decode(text.strip())
    if raw is None or len(raw) != KEY_BYTES:
        raise KeyFault(
            "the outer key's text cannot be read",
            source,
            "It has to be 32 bytes, as 64 hex digits or as base64.",
        )
    return OuterKey(raw, source)


def _decode(text: str) -> bytes | None:
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return bytes.fromhex(text)
    try:
        padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
        return base64.b64decode(padded.translate(str.maketrans("-_", "+/")), validate=True)
    except (binascii.Error, ValueError):
        return None


def read_key(path: Path) -> OuterKey:
    """The outer key of a file. Raises FileNotFoundError, KeyFault, OSError."""
    match = _FILE.fullmatch(path.read_bytes().decode("ascii", "replace"))
    key = bytes.fromhex(match["key"]) if match else b""
    if match is None or key_id(key) != match["id"]:
        raise KeyFault(
            "the file is not a whole outer key",
            str(path),
            "It was cut short, changed, or belongs to something else. "
            "Put the file back from the place where its copy is kept.",
        )
    return OuterKey(key, str(path))


def _make(path: Path) -> OuterKey:
    key = secrets.token_bytes(KEY_BYTES)
    make_folder(path.parent)
    ours = write_once(path, f"{HEADER}\nid {key_id(key)}\nkey {key.hex()}\n".encode())
    # Two processes may start at once: both go on with the file that won.
    return OuterKey(key, str(path), made=True) if ours else read_key(path)
