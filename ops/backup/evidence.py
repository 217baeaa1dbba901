"""Sealed evidence files in a backup, and back again: as they are, never opened."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

from ops.backup.forgetting import Forgotten
from ops.backup.manifest import BackupFault, DataManifest, Progress, StoredFile, digest_of
from ops.keys.chunks import FORMAT as SEALED_FORMAT
from ops.keys.durable import create_file, make_folder, sync_folder, write_all
from ops.keys.side_by_side import side_by_side

EVIDENCE: Final = "evidence"
_PIECE: Final = 1024 * 1024
_UUID: Final = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SEALED: Final = re.compile(rf"{EVIDENCE}/{_UUID}/[0-9a-f]{{2}}/{_UUID}\.sealed")


def sealed_files(root: Path) -> Iterator[tuple[UUID, UUID, Path]]:
    """Every sealed file of an evidence folder: organisation, file id, path; in order."""
    for path in sorted(root.glob("*/??/*.sealed")):
        try:
            yield UUID(path.parts[-3]), UUID(path.stem), path
        except ValueError:
            continue  # not one of ours


def subject_of(path: Path) -> UUID | None:
    """Under whose key a sealed file is; None when it does not say."""
    with path.open("rb") as file:
        head = file.read(len(SEALED_FORMAT) + 16)
    if not head.startswith(SEALED_FORMAT) or len(head) != len(SEALED_FORMAT) + 16:
        return None
    return UUID(bytes=head[len(SEALED_FORMAT) :])


def listed_in(manifest: DataManifest) -> list[StoredFile]:
    """A backup's sealed files. Raises BackupFault for one that is not in a sealed file's place."""
    listed = [each for each in manifest.files if each.path.startswith(f"{EVIDENCE}/")]
    for each in listed:
        if not _SEALED.fullmatch(each.path):
            raise BackupFault(f"the manifest has {each.path!r}, which is no sealed file's place.")
    return listed


def put_back(
    folder: Path, manifest: DataManifest, root: Path, forgotten: Forgotten, progress: Progress
) -> int:
    """Copy the sealed files of everyone who is not forgotten; how many there are."""

    def bring(each: StoredFile) -> bool:
        source = folder / each.path
        if subject_of(source) in forgotten.get(UUID(source.parts[-3]), frozenset()):
            return False
        _copy(source, root / source.relative_to(folder / EVIDENCE))
        return True

    listed, count = listed_in(manifest), 0
    for number, came in enumerate(side_by_side(bring, listed)):
        count += came
        progress("evidence files put back", number, len(listed))
    return count


def _copy(source: Path, target: Path) -> None:
    make_folder(target.parent)
    if target.exists() and digest_of(target) == digest_of(source):
        return  # a restore that was cut short did it
    part = target.with_name(f"{target.stem}.restored.part")
    part.unlink(missing_ok=True)
    handle = create_file(part)
    try:
        with source.open("rb") as file:
            while piece := file.read(_PIECE):
                write_all(handle, piece)
        os.fsync(handle)
    finally:
        os.close(handle)
    part.replace(target)
    sync_folder(target.parent)
