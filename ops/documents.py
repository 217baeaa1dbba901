"""The documents that are made from the program: `python -m ops.documents` writes them anew."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from ops.docs_clocks import clocks
from ops.docs_imports import imports
from ops.docs_table import failures, warnings

FOLDER: Final = Path(__file__).parent / "docs"
MADE: Final[dict[str, Callable[[], str]]] = {
    "failures.md": failures,
    "warnings.md": warnings,
    "clocks.md": clocks,
    "imports.md": imports,
}


def write() -> None:
    """Write each document into `ops/docs`."""
    for name, text in MADE.items():
        (FOLDER / name).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    write()
