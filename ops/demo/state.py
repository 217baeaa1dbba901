"""What a data folder remembers of its demo, so that a second start does not load it again."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from ops.demo.desk import Mark
from ops.demo.load import DemoReport
from ops.demo.sender import EDITION

FILE = "demo.json"


@dataclass(frozen=True)
class DemoState:
    """The demo's organisation, token and calendar, and its report once all is loaded.

    Token and calendar are kept in clear, in a file for its owner only: they open invented cases.
    """

    organisation: UUID
    token: str
    calendar: str = ""
    """Path of the calendar feed."""
    report: DemoReport | None = None

    def write(self, folder: Path) -> None:
        """Keep it in the data folder, whole or not at all."""
        body = {
            "edition": EDITION,
            "organisation": str(self.organisation),
            "token": self.token,
            "calendar": self.calendar,
            "report": None if self.report is None else asdict(self.report),
        }
        draft = folder / f"{FILE}.new"
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(body, file)
        draft.replace(folder / FILE)


def read_state(folder: Path) -> DemoState | None:
    """What was kept; None where there is nothing, or only of another edition of the stories."""
    try:
        body = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if body["edition"] != EDITION:
            return None
        report = body["report"]
        return DemoState(
            organisation=UUID(body["organisation"]),
            token=str(body["token"]),
            calendar=str(body.get("calendar", "")),
            report=None if report is None else _report(report),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _report(kept: dict[str, object]) -> DemoReport:
    marks = kept.pop("marks")
    if not isinstance(marks, dict):
        raise TypeError("marks")
    named = {name: Mark(**mark) for name, mark in marks.items()}
    return DemoReport(**kept, marks=named)  # type: ignore[arg-type]
