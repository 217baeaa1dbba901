"""Personal values: facts about people that must be able to be forgotten.

A `Personal[T]` field holds its value in memory only until it is sealed; the stored body has a
ciphertext under the person's data key and a commitment (DESIGN 12). Whoever folds a history
needs no key: amounts, dates and kinds are never personal.
"""

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

T = TypeVar("T")


class Personal(Generic[T]):
    """A value about one person (`subject`), plain, sealed, or opened.

    draft: as a request brings it, `subject` still None. plain: `value` and `subject` are set,
    nothing is sealed yet. sealed: `ciphertext` and `commitment` as stored. opened: both.
    erased: sealed, and the subject's key is gone.
    """

    __slots__ = ("_ciphertext", "_commitment", "_stored", "_subject", "erased", "value")

    def __init__(
        self,
        subject: UUID | None,
        value: T | None = None,
        *,
        ciphertext: bytes | None = None,
        commitment: bytes | None = None,
        erased: bool = False,
    ) -> None:
        """Hold a value of `subject`, whose data key seals it."""
        self._stored: Mapping[str, str] | None = None
        self._subject = subject
        self._ciphertext = ciphertext
        self._commitment = commitment
        self.value = value
        self.erased = erased

    @classmethod
    def from_store(cls, stored: Mapping[str, str]) -> "Personal[T]":
        """A sealed value as a body holds it: `subject`, `ciphertext` (base64), `commitment` (hex).

        Its bytes are made when they are first asked for: a fold over a history never does, and
        making them took four fifths of the time of decoding an event.
        """
        personal: Personal[T] = cls(None)
        personal._stored = stored
        return personal

    @property
    def subject(self) -> UUID | None:
        """The person it is about; None for a draft."""
        self._unpack()
        return self._subject

    @property
    def ciphertext(self) -> bytes | None:
        """The sealed value; None while it is plain."""
        self._unpack()
        return self._ciphertext

    @property
    def commitment(self) -> bytes | None:
        """What the value is committed to; None while it is plain."""
        self._unpack()
        return self._commitment

    def put_seal(self, ciphertext: bytes, commitment: bytes) -> None:
        """Fill in the stored form of a plain value. For the vault, on its own copy."""
        self._ciphertext, self._commitment = ciphertext, commitment

    def _unpack(self) -> None:
        if self._stored is not None:
            stored, self._stored = self._stored, None
            self._subject = UUID(stored["subject"])
            self._ciphertext = b64decode(stored["ciphertext"], validate=True)
            self._commitment = bytes.fromhex(stored["commitment"])

    @property
    def is_sealed(self) -> bool:
        """Whether the stored form is there."""
        return self._stored is not None or self._ciphertext is not None

    def __eq__(self, other: object) -> bool:
        """Same subject, same value, same stored form."""
        if not isinstance(other, Personal):
            return NotImplemented
        return self._compared() == other._compared()

    def _compared(self) -> tuple[object, ...]:
        return self.subject, self.value, self.ciphertext, self.commitment, self.erased

    def __hash__(self) -> int:
        """Hash by subject and commitment: equal values of one event hash alike."""
        return hash((self.subject, self.commitment))

    def __repr__(self) -> str:
        """Without the value: a repr ends up in logs."""
        state = "sealed" if self.is_sealed else "plain"
        return f"<personal {state} of {self.subject}>"


Change = Callable[[str, Personal[Any]], Personal[Any]]


def map_personal(value: Any, change: Change, path: str = "") -> Any:
    """The same value with every `Personal` inside replaced by `change(path, personal)`.

    `path` names the field from the fact's root, with `/` between steps: `items/0/label`. It is
    what a sealed value is bound to, so a value cannot be moved to another field unnoticed.
    """
    if isinstance(value, Personal):
        return change(path, value)
    if isinstance(value, msgspec.Struct):
        changes: dict[str, Any] = {}
        for name in value.__struct_fields__:
            old = getattr(value, name)
            new = map_personal(old, change, f"{path}/{name}" if path else name)
            if new is not old:
                changes[name] = new
        return msgspec.structs.replace(value, **changes) if changes else value
    if isinstance(value, tuple) and value:
        items = tuple(map_personal(item, change, f"{path}/{i}") for i, item in enumerate(value))
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    return value
