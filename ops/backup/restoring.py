"""Restoring: into an empty place, verified, and with everyone forgotten who ever was.

Everything is checked before anything is written. While it is under way, and after one that was cut
short, the file `restoring` in the data folder keeps anything from being served.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from ops.backup import evidence, key_backup, loading, notes
from ops.backup.forgetting import Forgotten, listed_in, together, write_lists
from ops.backup.journal_check import JournalCheck
from ops.backup.making import FORGOTTEN, database_of
from ops.backup.manifest import (
    MANIFEST,
    BackupFault,
    DataManifest,
    Progress,
    check_files,
    digest_of,
    read,
)
from ops.keys.durable import make_folder, sync_folder, write_once
from ops.keys.key_folder import KeyFolder
from ops.keys.key_store import FileKeyStore
from ops.keys.outer_source import keyring_of, source_of
from ops.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What a restore did.

    Attributes:
        made_at: when the backup of the record was made; None when only keys were restored.
        positions: where each organisation's journal ends; every leaf up to there was verified.
        rows: rows of all tables, as many as the manifest says.
        keys: keys that came from the key backup.
        evidence: sealed files that were put back.
        forgotten: people whose keys are destroyed, by any of the lists or by the journal.
        keyless: people whose values are in the journal and whose key is nowhere, though nobody
            destroyed it: a newer key backup has to be found.
        unrecorded: of the forgotten, those in the journal whose erasure is not: it came later.
        missing: evidence files that the backup already lacked.
        has_keys: whether there is a key store now.
    """

    made_at: datetime | None
    positions: Mapping[UUID, int]
    rows: int
    evidence: int
    keys: int
    forgotten: int
    keyless: int
    unrecorded: tuple[UUID, ...]
    missing: int
    has_keys: bool


@dataclass(frozen=True)
class _Given:
    """What is to be restored, read and checked."""

    data: tuple[Path, DataManifest] | None
    keys: key_backup.KeyBackup | None
    listed: Forgotten
    """Everyone whom the lists here, in the backups and beside them name."""

    def mark(self) -> bytes:
        """What tells the restore of these backups from any other."""
        lines = []
        if self.data is not None:
            lines.append(f"data {digest_of(self.data[0] / MANIFEST)[1]}\n")
        if self.keys is not None:
            lines.append(f"keys {digest_of(self.keys.folder / MANIFEST)[1]}\n")
        return "".join(lines).encode()


class _Mark:
    """The file that keeps anything from being served until a restore is done."""

    def __init__(self, data_dir: Path, content: bytes) -> None:
        self._path = data_dir / notes.RESTORING
        self._content = content
        make_folder(data_dir)

    def is_there(self) -> bool:
        """Whether this very restore was cut short here. Raises BackupFault where another was."""
        if not self._path.exists():
            return False
        if self._path.read_bytes() != self._content:
            raise BackupFault(
                "a restore of another backup was cut short here. Run that one again: it goes on; "
                "or begin with an empty data folder and database. Nothing was changed."
            )
        return True

    def set(self) -> None:
        """From now on."""
        write_once(self._path, self._content)

    def lift(self) -> None:
        """No longer."""
        self._path.unlink()
        sync_folder(self._path.parent)


async def restore(
    settings: Settings,
    data: Path | None,
    keys: Path | None,
    *,
    now: datetime,
    progress: Progress,
) -> Restored:
    """Restore a backup of the record, of the keys, or both.

    Raises BackupFault, KeyFault, MigrationError, ServerError, OSError. Cut short by one of them or
    by anything else, the same call goes on.
    """
    given = _checked(settings, data, keys, now, progress)
    mark = _Mark(settings.data_dir, given.mark())
    again = mark.is_there()
    if given.data is not None and not again:
        _refuse_evidence(settings)
    async with database_of(settings, alone=True) as dsn:
        if given.data is not None and not again:
            await loading.refuse_full(dsn)
        mark.set()
        loaded = await _database(dsn, given, mark, progress, again=again)
        erased: Mapping[UUID, set[UUID]] = await loading.erased_in(dsn)
    restored = _files(settings, given, loaded, erased, progress)
    notes.put_back(settings.data_dir, _note(given, restored, now))
    mark.lift()
    return restored


def _checked(
    settings: Settings, data: Path | None, keys: Path | None, now: datetime, progress: Progress
) -> _Given:
    of_data, of_keys = None, None
    if data is not None:
        manifest = read(data, DataManifest)
        loading.check_migrations(manifest)
        evidence.listed_in(manifest)
        check_files(data, manifest, progress)
        of_data = (data, manifest)
    folder = KeyFolder(settings.keys_dir)
    if keys is None and not folder.is_empty():
        FileKeyStore(settings.keys_dir, keyring_of(source_of(settings)))  # is this its outer key?
    if keys is not None:
        ring = keyring_of(source_of(settings))
        of_keys = key_backup.check(keys, ring, now=now, progress=progress)
        key_backup.refuse_other(folder, of_keys.manifest.outer_key)
    lists = [listed_in(settings.keys_dir)]
    lists += [key_backup.lists_beside(keys)] if keys is not None else []
    lists += [listed_in(data / FORGOTTEN)] if data is not None else []
    return _Given(of_data, of_keys, together(lists))


def _refuse_evidence(settings: Settings) -> None:
    there = next(settings.evidence_dir.glob("*/??/*"), None)
    if there is not None:
        raise BackupFault(
            f"there are evidence files here already, such as {there}. A restore never writes "
            "over anything: move them aside, or name another data folder. Nothing was changed."
        )


async def _database(
    dsn: str, given: _Given, mark: _Mark, progress: Progress, *, again: bool
) -> loading.Loaded | None:
    if given.data is None:
        return None
    try:
        loaded = await loading.put_back(dsn, *given.data, progress, again=again)
    except Exception:
        if not again:
            mark.lift()  # the transaction kept nothing, and nothing else was done yet
        raise
    await loading.bring_up(dsn)
    return loaded


def _files(
    settings: Settings,
    given: _Given,
    loaded: loading.Loaded | None,
    erased: Mapping[UUID, set[UUID]],
    progress: Progress,
) -> Restored:
    """Lists of the forgotten first, then keys, then evidence files."""
    forgotten = together([given.listed, erased])
    came, files, keys_dir = 0, 0, settings.keys_dir
    if given.keys is not None:
        came = key_backup.put_back(given.keys, keys_dir, forgotten, progress)
    write_lists(keys_dir, forgotten)
    if not KeyFolder(keys_dir).is_empty():
        # Opening it proves the outer key, and shreds whatever key of a listed person is there.
        FileKeyStore(keys_dir, keyring_of(source_of(settings)))
    if given.data is not None:
        files = evidence.put_back(*given.data, settings.evidence_dir, forgotten, progress)
    return _report(given, loaded, KeyFolder(keys_dir), forgotten, (came, files))


def _report(
    given: _Given,
    loaded: loading.Loaded | None,
    folder: KeyFolder,
    forgotten: Forgotten,
    came: tuple[int, int],
) -> Restored:
    manifest = given.data[1] if given.data else None
    journals = loaded.journals if loaded else {}
    return Restored(
        made_at=manifest.made_at if manifest else None,
        positions={organisation: check.position for organisation, check in journals.items()},
        rows=sum(table.rows for table in manifest.tables) if manifest else 0,
        evidence=came[1],
        keys=came[0],
        forgotten=sum(map(len, forgotten.values())),
        keyless=_keyless(journals, folder, forgotten),
        unrecorded=_unrecorded(journals, forgotten),
        missing=len(manifest.missing) if manifest else 0,
        has_keys=not folder.is_empty(),
    )


def _keyless(journals: Mapping[UUID, JournalCheck], folder: KeyFolder, forgotten: Forgotten) -> int:
    return sum(
        subject not in forgotten.get(organisation, frozenset())
        and not folder.key(organisation, subject).exists()
        for organisation, check in journals.items()
        for subject in check.subjects
    )


def _unrecorded(journals: Mapping[UUID, JournalCheck], forgotten: Forgotten) -> tuple[UUID, ...]:
    found: set[UUID] = set()
    for organisation, check in journals.items():
        found |= forgotten.get(organisation, frozenset()) & check.subjects - check.erased
    return tuple(sorted(found))


def _note(given: _Given, restored: Restored, now: datetime) -> notes.Note:
    folder = given.data[0] if given.data else given.keys.folder if given.keys else Path()
    positions = {str(name): position for name, position in restored.positions.items()}
    return notes.Note("restored", now, str(folder.absolute()), positions)
