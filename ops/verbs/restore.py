"""Restoring a backup of the record, of the keys, or both, into an empty place."""

import argparse
import sys
from pathlib import Path

from ops import loop
from ops.backup import notes
from ops.backup.manifest import BackupFault
from ops.backup.restoring import Restored, restore
from ops.backup.telling import Lines
from ops.settings import Settings
from ops.wiring import utc_now

SUMMARY = "restore a backup into an empty data folder or database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to restore."""
    parser.add_argument("folder", type=Path, nargs="?", help="a backup of the record")
    parser.add_argument("--keys", type=Path, metavar="FOLDER", help="a backup of the keys")


def run(args: argparse.Namespace) -> int:
    """0 when all is there; 1 when keys or evidence files are lacking; 2 when nothing was named."""
    if args.folder is None and args.keys is None:
        print("name a backup of the record, or one of the keys by --keys", file=sys.stderr)
        return 2
    settings = Settings.load(args)
    try:
        work = restore(settings, args.folder, args.keys, now=utc_now(), progress=Lines())
        done = loop.run(work)
    except OSError as error:
        raise BackupFault(
            f"the restore was cut short ({error}). Nothing is served meanwhile: mend the cause, "
            "and run the same again; it goes on."
        ) from error
    _say(done)
    if done.positions and not settings.signing_key_file.exists():
        print(f"NOTE: put {settings.signing_key_file} back before the first start (signing key).")
    for one in notes.behind(notes.read(settings.data_dir)):
        print(f"NOTE: {notes.sentence(one)}.")
    return _say_lacking(done)


def _say(done: Restored) -> None:
    if done.made_at is not None:
        print(f"The record as of {done.made_at:%Y-%m-%d %H:%M:%S} UTC is back.")
        for organisation, position in done.positions.items():
            print(f"  organisation {organisation}: {position} events, every leaf verified")
        print(f"  {done.rows} rows, as many as the manifest says; {done.evidence} evidence files")
        print("  Tokens that were revoked since then work again: revoke them (token list).")
    print(f"{done.keys} keys came back; {done.forgotten} people stay forgotten.")
    for client_id in done.unrecorded:
        print(
            f"NOTE: client {client_id} was forgotten after this backup was made: nothing of theirs "
            "can be read, and the journal no longer says when and why. Erase them once "
            "more (request, grant without a reason in words, erasure): that puts it on record."
        )


def _say_lacking(done: Restored) -> int:
    lacking = []
    if not done.has_keys:
        lacking.append(
            "There is no key store yet, and nothing starts without it: "
            "python3 -m ops restore --keys FOLDER"
        )
    elif done.keyless:
        lacking.append(
            f"The keys of {done.keyless} people are nowhere, and nobody destroyed them: restore a "
            "key backup that is newer than the record (python3 -m ops restore --keys FOLDER)."
        )
    if done.missing:
        lacking.append(f"{done.missing} evidence files were missing when the backup was made.")
    for line in lacking:
        print(f"LACKING: {line}", file=sys.stderr)
    return 1 if lacking else 0
