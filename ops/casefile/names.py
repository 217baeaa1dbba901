"""File names that any system can unpack, and that say no more than they may."""

import unicodedata
from typing import Final
from uuid import UUID

CHARS_MAX: Final = 80
_PLAIN: Final = frozenset("-_. ")
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{name}{n}" for name in ("com", "lpt") for n in range(10)}
)
"""Device names on Windows, whatever follows the dot."""
_SUFFIXES: Final = {
    "application/pdf": ".pdf",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
    "video/mp4": ".mp4",
}
"""Ours, not the machine's: `mimetypes` would give other bytes on another machine."""


def evidence_path(item_id: UUID, name: str | None, media_type: str) -> str:
    """Where an evidence file lies under `data/`; `name` None where it is not to be shown."""
    shown = "file" + _SUFFIXES.get(media_type, "") if name is None else safe_name(name)
    return f"evidence/{item_id}/{shown}"


def safe_name(name: str) -> str:
    """The name with everything but letters, digits, `-`, `_`, `.` and spaces replaced by `_`."""
    plain = unicodedata.normalize("NFC", name)
    kept = "".join(char if char.isalnum() or char in _PLAIN else "_" for char in plain)
    stem, dot, suffix = kept.rpartition(".")
    if dot and len(suffix) <= 10:
        kept = stem[: CHARS_MAX - len(suffix) - 1] + dot + suffix
    kept = kept[:CHARS_MAX].strip(" .") or "file"
    return f"_{kept}" if kept.partition(".")[0].strip().lower() in _RESERVED else kept
