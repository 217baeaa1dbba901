"""What was backed up and restored here, one line each, in the data folder.

Standard library only: `doctor` reads it on a bare Python.
"""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

NOTES: Final = "backups.jsonl"
RESTORING: Final = "restoring"
"""The file that is there while a restore is under way: nothing serves meanwhile."""

SEALED: Final = "sealed"
"""The folder with a line for each organisation: how far its newest checkpoint reaches."""

_PRIVATE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700


class Note(NamedTuple):
    """One backup made, one restore done, or something else that tells where a journal stood.

    Attributes:
        what: `data`, `keys`, `restored`; `checkpoint` for one that was signed; `found` for a
            journal that was found behind, without a restore by us.
        folder: where it is, or came from.
        positions: where each organisation's journal stood, by its id as text.
        expires_at: of a key backup.
    """

    what: str
    at: datetime
    folder: str
    positions: Mapping[str, int]
    expires_at: datetime | None = None


class Behind(NamedTuple):
    """A journal that stands, or was put back, below a position that it had reached before."""

    organisation: str
    position: int
    reached: int
    known_from: str


def write(data_dir: Path, note: Note) -> None:
    """Add a line, durably. Raises OSError."""
    line = json.dumps(
        {
            "what": note.what,
            "at": note.at.isoformat(),
            "folder": note.folder,
            "positions": dict(note.positions),
            "expires_at": note.expires_at.isoformat() if note.expires_at else None,
        }
    )
    data_dir.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    handle = os.open(data_dir / NOTES, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _PRIVATE)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def mark_sealed(data_dir: Path, organisation: str, size: int, at: datetime) -> None:
    """Remember how far a checkpoint reaches before anybody can be given it. Raises OSError.

    One line that is written over, and never by a lower one: checkpoints are many.
    """
    if size <= max((note.positions.get(organisation, 0) for note in _marks(data_dir)), default=0):
        return
    folder = data_dir / SEALED
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    draft = folder / f"{organisation}.{os.getpid()}.part"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
    try:
        os.write(handle, f"{size} {at.isoformat()}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    draft.replace(folder / organisation)


def _marks(data_dir: Path) -> Iterator[Note]:
    for path in sorted((data_dir / SEALED).glob("*-*[0-9a-f]")):
        try:
            size, at = path.read_text(encoding="utf-8").split()
            moment = datetime.fromisoformat(at)
            yield Note("checkpoint", moment, str(path), {path.name: int(size)})
        except (ValueError, FileNotFoundError):
            continue


def put_back(data_dir: Path, note: Note) -> None:
    """Note that journals were put back, after how far their checkpoints had reached.

    The marks go: from here on the journal makes its own. Raises OSError.
    """
    for mark in _marks(data_dir):
        if mark.positions.keys() & note.positions.keys():
            write(data_dir, mark)
    write(data_dir, note)
    for organisation in note.positions:
        (data_dir / SEALED / organisation).unlink(missing_ok=True)


def read(data_dir: Path) -> list[Note]:
    """Every note, oldest first; a line that was cut off or is not one of ours is passed over.

    How far the newest checkpoints reach stands at the end.
    """
    try:
        lines = (data_dir / NOTES).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        lines = []
    return [*_understood(lines), *_marks(data_dir)]


UNDER_WAY: Final = (
    "a restore is under way here or was cut short. Let it finish, or run the same `restore` again: "
    "it goes on where it stopped."
)
"""What to say where something is not to be done meanwhile."""


def is_restoring(data_dir: Path) -> bool:
    """Whether a restore is under way or was cut short: nothing may be served then."""
    return (data_dir / RESTORING).exists()


def behind(notes: list[Note], now: Mapping[str, int] | None = None) -> list[Behind]:
    """The journals that were put back to a position below one noted before, as far as is known.

    `now`: where each stands at present, to find one that was put back without us.
    """
    found: dict[str, Behind] = {}
    reached: dict[str, tuple[int, str]] = {}
    for note in notes:
        for organisation, position in note.positions.items():
            top, source = reached.get(organisation, (0, ""))
            if note.what in {"restored", "found"} and position < top:
                found[organisation] = Behind(organisation, position, top, source)
            if position > top:
                reached[organisation] = (position, _source(note))
    for organisation, (top, source) in reached.items():
        if now is not None and now.get(organisation, 0) < top:
            found[organisation] = Behind(organisation, now.get(organisation, 0), top, source)
    return list(found.values())


def sentence(one: Behind) -> str:
    """What that means, for a person."""
    if one.position == 0:
        return (
            f"the journal of {one.organisation} is not in this database, and it had reached "
            f"{one.reached} ({one.known_from}): restore a backup, or start with the right database"
        )
    return (
        f"the journal of {one.organisation} was put back to position {one.position}, and it had "
        f"reached {one.reached} ({one.known_from}): what was recorded in between is lost, and "
        "whatever was given out since then (checkpoints, bundles) does not fit it any more, "
        "nor will it when the journal has grown past that position"
    )


def _source(note: Note) -> str:
    kind = "checkpoint" if note.what == "checkpoint" else "backup"
    return f"the {kind} of {note.at:%Y-%m-%d %H:%M} UTC"


def _understood(lines: list[str]) -> Iterator[Note]:
    for line in lines:
        try:
            found: dict[str, Any] = json.loads(line)
            expires = found["expires_at"]
            yield Note(
                what=str(found["what"]),
                at=datetime.fromisoformat(found["at"]),
                folder=str(found["folder"]),
                positions={str(name): int(place) for name, place in found["positions"].items()},
                expires_at=datetime.fromisoformat(expires) if expires else None,
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
