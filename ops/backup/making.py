"""Making a backup of the record: the database first, then the evidence files.

The order is what makes it whole: a file is on disk before the event that names it, and stays. So
whatever the snapshot's events name is there when the files are copied, while the other way round a
file and its event could both come in between, and the backup would hold only the event.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from ops.backup import notes
from ops.backup.draft import Draft
from ops.backup.evidence import EVIDENCE, sealed_files, subject_of
from ops.backup.forgetting import as_list, listed_in
from ops.backup.manifest import FORMAT, BackupFault, DataManifest, Progress
from ops.backup.reading import ReadOut, read_out
from ops.keys.side_by_side import side_by_side
from ops.postgres.embedded import EmbeddedServer
from ops.settings import Settings

FORGOTTEN: Final = "forgotten"
"""Where a backup of the record keeps the lists of destroyed keys: ids, and no key."""


@asynccontextmanager
async def database_of(settings: Settings, *, alone: bool) -> AsyncIterator[str]:
    """The address of the settings' database, its own server started where there is one.

    `alone`: no other process may be using it. Raises ServerError, BackupFault.
    """
    if settings.database_url is not None:
        yield settings.database_url
        return
    server = EmbeddedServer(settings.postgres_dir)
    server.start()
    try:
        if alone and server.shared:
            raise BackupFault(
                f"{settings.data_dir} is being served. Stop that first; nothing was changed."
            )
        yield server.dsn()
    finally:
        server.stop()


async def make(settings: Settings, target: Path, progress: Progress) -> DataManifest:
    """Back the record up into a folder of its own; goes on with one that was cut short.

    Raises BackupFault, ServerError, OSError: what is in the folder then is no backup yet.
    """
    if notes.is_restoring(settings.data_dir):
        raise BackupFault(f"{settings.data_dir}: {notes.UNDER_WAY}")
    draft = Draft(target)
    async with database_of(settings, alone=False) as dsn:
        read = await read_out(dsn, draft)
    missing = _copy_evidence(settings, draft, read, progress)
    manifest = DataManifest(
        format=FORMAT,
        made_at=read.taken_at,
        server=read.server,
        migrations=read.migrations,
        journals=read.journals,
        tables=read.tables,
        missing=tuple(missing),
        files=draft.files,
    )
    draft.finish(manifest)
    return manifest


def _copy_evidence(
    settings: Settings, draft: Draft, read: ReadOut, progress: Progress
) -> list[UUID]:
    """Copy all sealed files but those of people forgotten; the ids of those that are missing."""
    found = list(sealed_files(settings.evidence_dir))

    def copy(one: tuple[UUID, UUID, Path]) -> str | None:
        name = f"{EVIDENCE}/{one[2].relative_to(settings.evidence_dir)}"
        try:
            draft.copy(one[2], name)
        except FileNotFoundError:
            return None  # its event was refused, or its person forgotten, since we looked
        return name

    copied: dict[tuple[UUID, UUID], str] = {}
    for number, name in enumerate(side_by_side(copy, found)):
        progress("evidence files copied", number, len(found))
        if name is not None:
            copied[found[number][:2]] = name
    progress("evidence files copied", len(found), len(found))
    return _leave_out_forgotten(settings, draft, read, copied)


def _leave_out_forgotten(
    settings: Settings, draft: Draft, read: ReadOut, copied: dict[tuple[UUID, UUID], str]
) -> list[UUID]:
    # Last of all, so that nobody forgotten until now is in it.
    forgotten = listed_in(settings.keys_dir)
    for organisation, gone in forgotten.items():
        draft.add(f"{FORGOTTEN}/{organisation}/destroyed", as_list(gone))
    for (organisation, _), name in copied.items():
        if subject_of(draft.folder / name) in forgotten.get(organisation, ()):
            draft.drop(name)
    return sorted(
        file_id
        for organisation, named in read.evidence.items()
        for file_id, subject in named.items()
        if (organisation, file_id) not in copied
        and subject not in forgotten.get(organisation, frozenset())
    )
