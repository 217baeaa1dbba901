"""Whose keys are destroyed, from every place that knows: so that no restore brings anyone back."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from ops.keys.destroyed import DestroyedList
from ops.keys.durable import make_folder
from ops.keys.key_folder import KeyFolder

Forgotten = Mapping[UUID, frozenset[UUID]]
"""For each organisation everyone who was forgotten."""


def listed_in(root: Path) -> Forgotten:
    """What the lists in a key store's folder, or in a backup of them, say. Raises KeyFault."""
    folder = KeyFolder(root)
    found = {
        organisation: DestroyedList(folder.destroyed(organisation)).refresh()
        for organisation in folder.organisations()
    }
    return {organisation: gone for organisation, gone in found.items() if gone}


def together(lists: Iterable[Mapping[UUID, Iterable[UUID]]]) -> Forgotten:
    """Everyone whom any of the lists names: a longer list never gives anyone back."""
    union: dict[UUID, frozenset[UUID]] = {}
    for each in lists:
        for organisation, gone in each.items():
            union[organisation] = union.get(organisation, frozenset()) | frozenset(gone)
    return union


def as_list(gone: Iterable[UUID]) -> bytes:
    """A list's file: one subject a line."""
    return "".join(f"{subject}\n" for subject in sorted(gone)).encode()


def write_lists(root: Path, forgotten: Forgotten) -> None:
    """Make a key store's folder list all of them, durably. The keys go when the store is opened."""
    folder = KeyFolder(root)
    for organisation, gone in sorted(forgotten.items()):
        path = folder.destroyed(organisation)
        make_folder(path.parent)
        listed = DestroyedList(path)
        for subject in sorted(gone - listed.refresh()):
            listed.add(subject)
