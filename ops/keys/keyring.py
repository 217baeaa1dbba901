"""The outer keys that a process holds: one, or two while the outer key is rotated."""

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

from ops.keys.outer_key import KeyFault, OuterKey
from ops.keys.wrapping import outer_key_id


class Keyring:
    """Outer keys by their id. Asked for one that it does not hold, it looks at its source again.

    So a server goes on when the outer key is rotated beside it.
    """

    def __init__(
        self, keys: Iterable[OuterKey], look_again: Callable[[], Iterable[OuterKey]] | None = None
    ) -> None:
        """At least one key; the first is the one that the source calls in use."""
        held = list(keys)
        self.first = held[0]
        self._keys = {key.key_id: key for key in held}
        self._look_again = look_again
        self._lock = threading.Lock()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the keys held, the one in use first."""
        return tuple(self._keys)

    @property
    def keys(self) -> tuple[OuterKey, ...]:
        """The keys held, the one in use first."""
        return tuple(self._keys.values())

    def opening(self, content: bytes) -> OuterKey:
        """The key that a sealed file names; the one in use where there is no such key here.

        That one does not open the file, and says so by a KeyFault that names both.
        """
        key_id = outer_key_id(content)
        if key_id is None:
            return self.first
        found = self._keys.get(key_id) or self._looked_for(key_id)
        return found or self.first

    def _looked_for(self, key_id: str) -> OuterKey | None:
        if self._look_again is None:
            return None
        with self._lock, suppress(KeyFault, OSError):
            for key in self._look_again():
                self._keys.setdefault(key.key_id, key)
        return self._keys.get(key_id)
