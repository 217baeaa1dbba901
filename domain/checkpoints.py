"""Checkpoints: what the seal puts a signature under, and how one is read.

A checkpoint says how long a journal was and what the root of its tree was: a C2SP tlog-checkpoint,
carried by a C2SP signed-note with an Ed25519 signature. Its text holds no moment of signing, so the
same journal gives the same note byte for byte. Signing and verifying are callables given in: no key
and no cryptography library comes near this module.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final, TypeAlias
from uuid import UUID

import msgspec

from domain.tree import HASH_BYTES

ORIGIN: Final = "mingzhang/"
"""Begins the origin of every journal; the organisation's id follows."""

NOTE_MAX: Final = 1_000_000
"""Longest note that is read, in characters."""

SIGNATURES_MAX: Final = 100
"""Most signatures in a note that is read; C2SP asks for at least 16."""

_ED25519: Final = b"\x01"
_KEY_BYTES: Final = 32
_SIGNATURE_BYTES: Final = 64
_DASH: Final = "— "
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_RECORDED: Final = re.compile(
    r"recorded ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6})Z", re.ASCII
)

Sign: TypeAlias = Callable[[bytes], bytes]
"""An Ed25519 signature (64 bytes) over a message."""

Check: TypeAlias = Callable[[bytes, bytes, bytes], bool]
"""Whether, by a 32-byte Ed25519 public key, a signature belongs to a message."""


class Malformed(ValueError):
    """Not a note, a checkpoint or a key in the exact form: says what is wrong."""


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Size and root of a log, with the log's name."""

    origin: str
    size: int
    """Leaves in the tree."""
    root: bytes
    """32 bytes."""
    extensions: tuple[str, ...] = ()
    """Further lines, signed with the rest."""


class Signature(msgspec.Struct, frozen=True):
    """One signature line of a note."""

    name: str
    key_id: bytes
    """Four bytes."""
    signature: bytes


class Note(msgspec.Struct, frozen=True):
    """A text and the signatures that stand under it, none of them verified."""

    text: str
    """With its last newline: exactly what was signed, as UTF-8."""
    signatures: tuple[Signature, ...]


class VerifierKey(msgspec.Struct, frozen=True):
    """A public Ed25519 key and the name it signs under."""

    name: str
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart (C2SP signed-note)."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public_key).digest()[:4]

    def text(self) -> str:
        """The key as verifiers take it: `<name>+<key id>+<base64>`."""
        key = base64.b64encode(_ED25519 + self.public_key).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"


class Verdict(StrEnum):
    """What a key says of a note."""

    VALID = "valid"
    UNSIGNED = "unsigned"
    """The key has signed nothing here; other signatures say nothing."""
    FALSE = "false"
    """A signature under the key's name and id does not belong to this text."""


def origin_of(organisation: UUID) -> str:
    """The name of an organisation's journal, in checkpoints and as the name of its key."""
    return f"{ORIGIN}{organisation}"


def journal_checkpoint(
    organisation: UUID, size: int, root: bytes, recorded_at: datetime
) -> Checkpoint:
    """The checkpoint of a journal of `size` events, the last recorded at `recorded_at`."""
    moment = recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
    line = f"recorded {moment.removesuffix('+00:00')}Z"
    return Checkpoint(origin=origin_of(organisation), size=size, root=root, extensions=(line,))


def recorded_at(checkpoint: Checkpoint) -> datetime:
    """When the last event of a journal's checkpoint was recorded; Malformed without that line."""
    match = _RECORDED.fullmatch(checkpoint.extensions[0]) if checkpoint.extensions else None
    if match is None or len(checkpoint.extensions) != 1:
        raise Malformed("a journal's checkpoint has one line `recorded <moment>Z` after the root")
    try:
        return datetime.fromisoformat(match[1]).replace(tzinfo=UTC)
    except ValueError:
        raise Malformed(f"no such moment: {match[1]}") from None


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """The text that is signed (C2SP tlog-checkpoint)."""
    root = base64.b64encode(checkpoint.root).decode()
    lines = (checkpoint.origin, str(checkpoint.size), root, *checkpoint.extensions)
    return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text, signatures apart; Malformed for anything else."""
    if not text.endswith("\n"):
        raise Malformed("a checkpoint ends with a newline")
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise Malformed("a checkpoint has three or more lines, and none is empty")
    origin, size, root, *extensions = lines
    if not _SIZE.fullmatch(size):
        raise Malformed("the second line has to be the size, in decimal digits")
    digest = _from_base64(root, "the third line, the root,")
    if len(digest) != HASH_BYTES:
        raise Malformed(f"a root has {HASH_BYTES} bytes, this one {len(digest)}")
    return Checkpoint(origin=origin, size=int(size), root=digest, extensions=tuple(extensions))


def sign(text: str, key: VerifierKey, signer: Sign) -> str:
    """The note with this text, signed by `key`, whose private half is behind `signer`."""
    line = base64.b64encode(key.key_id + signer(text.encode())).decode()
    return f"{text}\n{_DASH}{key.name} {line}\n"


def parse_note(note: str) -> Note:
    """Read a signed note; Malformed for anything but the exact form (C2SP signed-note)."""
    if len(note) > NOTE_MAX:
        raise Malformed("longer than any note")
    if any(char < " " and char != "\n" for char in note):
        raise Malformed("a note holds no control character but the newline")
    text, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise Malformed("a note is a text, an empty line, and signature lines")
    lines = signatures[:-1].split("\n")
    if len(lines) > SIGNATURES_MAX:
        raise Malformed(f"more than {SIGNATURES_MAX} signatures")
    return Note(f"{text}\n", tuple(_signature(line) for line in lines))


def verify_note(note: Note, key: VerifierKey, check: Check) -> Verdict:
    """What `key` says of the note; only its first signature by name and id counts."""
    for line in note.signatures:
        if (line.name, line.key_id) != (key.name, key.key_id):
            continue
        # Libraries differ in how they take a signature of another length.
        whole = len(line.signature) == _SIGNATURE_BYTES
        valid = whole and check(key.public_key, line.signature, note.text.encode())
        return Verdict.VALID if valid else Verdict.FALSE
    return Verdict.UNSIGNED


def parse_verifier_key(text: str) -> VerifierKey:
    """Read a verifier key; Malformed when any character of it is not as it has to be."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    if not _is_name(name):
        raise Malformed("a verifier key begins with a name without spaces, and a plus")
    raw = _from_base64(encoded, "the key in a verifier key")
    if raw[:1] != _ED25519 or len(raw) != 1 + _KEY_BYTES:
        raise Malformed("not an Ed25519 key of 32 bytes")
    key = VerifierKey(name, raw[1:])
    if key_id != key.key_id.hex():
        raise Malformed(f"the key's id is {key.key_id.hex()}, not {key_id[:20]}")
    return key


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not _is_name(name):
        raise Malformed("a signature line is a dash, a name and a signature")
    raw = _from_base64(encoded, "a signature")
    if len(raw) < 5:
        raise Malformed("a signature is shorter than its key id")
    return Signature(name, raw[:4], raw[4:])


def _is_name(name: str) -> bool:
    spaced = any(char.isspace() or unicodedata.category(char) == "Cc" for char in name)
    return bool(name) and not spaced and "+" not in name


def _from_base64(text: str, what: str) -> bytes:
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raw = b""
    # Bits that no byte uses could differ and still decode: one value, one text.
    if not raw or base64.b64encode(raw).decode() != text:
        raise Malformed(f"{what} is not base64 in its one form")
    return raw
