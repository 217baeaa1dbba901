"""The signing key: the Ed25519 key under which checkpoints of every journal here are signed.

It comes from a file of its own, outside the database, made on first use: whoever can write to the
database must not be able to sign what they wrote. Only its private half is secret; the public one
stands in each organisation's journal.
"""

import re
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from domain.checkpoints import VerifierKey, origin_of
from ops.keys.durable import make_folder, write_once
from ops.keys.outer_key import KeyFault

SEED_BYTES: Final = 32
HEADER: Final = "mingzhang signing key 1"
_FILE = re.compile(re.escape(HEADER) + r"\nid (?P<id>[0-9a-f]{16})\nseed (?P<seed>[0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private Ed25519 key (RFC 8032), and where it came from."""

    seed: bytes = field(repr=False)
    source: str
    """A path, for messages."""
    made: bool = False
    """Just made by `load_signing_key`."""

    @property
    def public_key(self) -> bytes:
        """The public half, 32 bytes."""
        return self._private().public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """Sixteen hex digits that name the key, whichever organisation it signs for."""
        return _key_id(self.public_key)

    def verifier(self, organisation: UUID) -> VerifierKey:
        """The public key under the name of an organisation's journal."""
        return VerifierKey(origin_of(organisation), self.public_key)

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes; the same message gives the same one."""
        return self._private().sign(message)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def is_signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is of this message by this key; see `domain.checkpoints.Check`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def load_signing_key(path: Path, *, is_in_use: bool) -> SigningKey:
    """The signing key of this file; a new one, mode 0600, when there is none and none is in use.

    Raises KeyFault when the file is missing although journals name a key, and when it is damaged
    or something else. OSError when it cannot be read or written.
    """
    try:
        return _read(path)
    except FileNotFoundError:
        if is_in_use:
            raise KeyFault(
                "the signing key is missing, and checkpoints are signed under it",
                str(path),
                "Put it back from the place where its copy is kept. If nobody has it any more, "
                "declare that: python3 -m ops keys replace-signing --reason lost",
            ) from None
    return _make(path)


def _key_id(public_key: bytes) -> str:
    return sha256(b"mingzhang signing key id\x00" + public_key).digest()[:8].hex()


def _read(path: Path) -> SigningKey:
    match = _FILE.fullmatch(path.read_bytes().decode("ascii", "replace"))
    key = SigningKey(bytes.fromhex(match["seed"]), str(path)) if match else None
    if match is None or key is None or key.key_id != match["id"]:
        raise KeyFault(
            "the file is not a whole signing key",
            str(path),
            "It was cut short, changed, or belongs to something else. "
            "Put the file back from the place where its copy is kept.",
        )
    return key


def _make(path: Path) -> SigningKey:
    key = SigningKey(secrets.token_bytes(SEED_BYTES), str(path), made=True)
    make_folder(path.parent)
    text = f"{HEADER}\nid {key.key_id}\nseed {key.seed.hex()}\n"
    # Two processes may start at once: both go on with the file that won.
    return key if write_once(path, text.encode()) else _read(path)
