"""Personal values: facts about people that must be able to be forgotten.

A `Personal[T]` field holds its value in memory only until it is sealed; the stored body has a
ciphertext under the person's data key and a commitment (DESIGN 12). Whoever folds a history
needs no key: amounts, dates and kinds are never personal.
"""

from collections.abc import Callable
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

    __slots__ = ("ciphertext", "commitment", "erased", "subject", "value")

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
        self.subject = subject
        self.value = value
        self.ciphertext = ciphertext
        self.commitment = commitment
        self.erased = erased

    @property
    def is_sealed(self) -> bool:
        """Whether the stored form is there."""
        return self.ciphertext is not None

    def __eq__(self, other: object) -> bool:
        """Same subject, same value, same stored form."""
        if not isinstance(other, Personal):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in Personal.__slots__)

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
