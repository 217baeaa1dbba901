"""Making backups, of the record and apart from it of the keys, and checking them."""

import argparse
import sys
from datetime import timedelta
from pathlib import Path

from ops import loop
from ops.backup import evidence, key_backup, making, notes
from ops.backup.manifest import BackupFault, DataManifest, KeysManifest, check_files, read_any
from ops.backup.telling import Lines
from ops.keys.outer_source import keyring_of, source_of
from ops.settings import Settings
from ops.wiring import utc_now

SUMMARY = "back up the record, or with --keys the keys; check a backup"

_LONGEST_DAYS = 365


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to back up, and where to."""
    parser.add_argument("folder", type=Path, help="a folder of its own, new or empty")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--keys", action="store_true", help="the key store, wrapped; keep it apart from the record"
    )
    what.add_argument("--check", action="store_true", help="check the backup that is there")
    parser.add_argument(
        "--days",
        type=_days,
        default=key_backup.DAYS,
        metavar="N",
        help=f"how long a backup of the keys can be restored (default: {key_backup.DAYS})",
    )


def run(args: argparse.Namespace) -> int:
    """0 when the backup is whole; 1 when it is not, or lacks evidence files that events name."""
    settings, folder = Settings.load(args), args.folder.absolute()
    if args.check:
        return _check(settings, folder)
    _refuse_inside(settings, folder)
    try:
        return (
            _back_up_keys(settings, folder, args.days) if args.keys else _back_up(settings, folder)
        )
    except OSError as error:
        raise BackupFault(
            f"the backup was cut short ({error}). What is in {folder} is no backup yet: make room "
            "or mend the cause, and run the same again; it goes on."
        ) from error


def _back_up(settings: Settings, folder: Path) -> int:
    manifest = loop.run(making.make(settings, folder, Lines()))
    positions = {str(each.organisation): each.position for each in manifest.journals}
    notes.write(settings.data_dir, notes.Note("data", manifest.made_at, str(folder), positions))
    print(f"{folder}: the record as of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC, without keys")
    _say_content(manifest)
    print("The keys are backed up apart: python3 -m ops backup --keys FOLDER")
    return _say_missing(manifest)


def _back_up_keys(settings: Settings, folder: Path, days: int) -> int:
    ring = keyring_of(source_of(settings))
    manifest = key_backup.make(settings.keys_dir, ring, folder, now=utc_now(), days=days)
    note = notes.Note("keys", manifest.made_at, str(folder), {}, manifest.expires_at)
    notes.write(settings.data_dir, note)
    print(f"{folder}: {manifest.keys} keys, wrapped under the outer key {manifest.outer_key}")
    print(f"It can be restored until {manifest.expires_at:%Y-%m-%d %H:%M} UTC; destroy it then.")
    return 0


def _check(settings: Settings, folder: Path) -> int:
    manifest = read_any(folder)
    if isinstance(manifest, DataManifest):
        check_files(folder, manifest, Lines())
        print(f"{folder}: whole; the record as of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC")
        _say_content(manifest)
        return _say_missing(manifest)
    return _check_keys(settings, folder, manifest)


def _check_keys(settings: Settings, folder: Path, manifest: KeysManifest) -> int:
    now = utc_now()
    key_backup.check(folder, keyring_of(source_of(settings)), now=now, progress=Lines())
    left = manifest.expires_at - now
    print(
        f"{folder}: whole; {manifest.keys} keys under the outer key {manifest.outer_key}, "
        f"for another {left // timedelta(days=1)} days"
    )
    return 0


def _say_content(manifest: DataManifest) -> None:
    for each in manifest.journals:
        print(f"  organisation {each.organisation}: {each.position} events, last leaf {each.leaf}")
    rows = sum(table.rows for table in manifest.tables)
    sealed = sum(each.path.startswith(f"{evidence.EVIDENCE}/") for each in manifest.files)
    size = sum(each.size for each in manifest.files)
    print(f"  {rows} rows, {sealed} sealed evidence files, {size} bytes")


def _say_missing(manifest: DataManifest) -> int:
    for file_id in manifest.missing:
        print(f"MISSING: evidence file {file_id}, which an event names", file=sys.stderr)
    return 1 if manifest.missing else 0


def _refuse_inside(settings: Settings, folder: Path) -> None:
    if settings.data_dir.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise BackupFault(
            f"{folder} lies in the data folder itself: what befalls that would befall the backup. "
            "Name a folder on another disk."
        )


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _LONGEST_DAYS:
        raise argparse.ArgumentTypeError(f"a whole number of days, 1 to {_LONGEST_DAYS}")
    return int(text)
