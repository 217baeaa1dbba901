"""The routes of imported logs: looking at a file, taking it in, how far each import is."""

from datetime import date
from typing import Any, Final
from uuid import UUID

import msgspec

from api.call import DRY_RUN, IfMatch, Route
from api.capabilities import Capability
from api.case_folds import case_fold
from api.import_examples import IMPORT_BODIES, LOG_METADATA
from api.imports import Imported, ImportPreview, import_log, preview_log, resume_import
from api.imports_form import LogUpload
from api.outcomes import Written
from api.parameters import Parameter, ParameterKind
from api.reading import LIMIT
from api.writing import recording
from domain.cases.history import History
from domain.cases.imported import ImportState, import_states
from domain.cases.imports import (
    ImportChunk,
    ImportDropped,
    ImportFinished,
    ImportRowCorrected,
    ImportRowWithdrawn,
    ImportStarted,
)
from domain.facts import Fact
from domain.figures.figure import Unknown
from domain.rules.books import Books

_CASE: Final = "/v1/cases/{case_id}"

IMPORT_RECORDED: Final[dict[str, tuple[type[Fact], str]]] = {
    "import-starts": (ImportStarted, "Begin an import whose rows you send yourself, by chunks."),
    "import-chunks": (ImportChunk, "Send the next rows of an import."),
    "import-finishes": (ImportFinished, "Say that an import is whole: its rows count from now on."),
    "import-drops": (ImportDropped, "Give an import up, half done or whole."),
    "import-row-corrections": (ImportRowCorrected, "Replace what one row of an import says."),
    "import-row-withdrawals": (ImportRowWithdrawn, "Let one row of an import count no more."),
}
"""What is recorded of an import, by the last part of the path."""

_DECIDED: Final = (ImportRowCorrected, ImportRowWithdrawn)
"""What rests on the case as the caller saw it."""


class CaseImports(msgspec.Struct, frozen=True, kw_only=True):
    """Every import of a case, in the order in which they began."""

    case_id: UUID
    position: int
    imports: tuple[ImportState, ...]


def _imports(history: History, _: date, __: Books | Unknown) -> CaseImports:
    """How far each is; neither the day nor the rules change it."""
    return CaseImports(
        case_id=history.case_id,
        position=history.position,
        imports=tuple(import_states(history)),
    )


def _recorded(noun: str, kind: type[Fact], summary: str) -> Route:
    is_decided = kind in _DECIDED
    return Route(
        method="POST",
        path=f"{_CASE}/{noun}",
        capability=Capability.CASE_CORRECT if is_decided else Capability.CASE_WRITE,
        summary=summary,
        handle=recording(kind),
        body=kind,
        answer=Written,
        status=201,
        is_write=True,
        if_match=IfMatch.REQUIRED if is_decided else IfMatch.OPTIONAL,
        parameters=(DRY_RUN,),
        problems=("case-unknown",),
        example=IMPORT_BODIES[kind],
    )


_FORM: Final[dict[str, Any]] = {
    "method": "POST",
    "capability": Capability.CASE_WRITE,
    "body": LogUpload,
    "body_media": "multipart/form-data",
    "example": {"metadata": LOG_METADATA, "file": "号码,时间,类型\n"},
    "problems": (
        *("case-unknown", "case-closed", "client-erased", "malformed-multipart"),
        *("import-unreadable", "entry-unknown", "zone-unknown"),
    ),
}

IMPORT_WRITES: Final = (
    Route(
        path=f"{_CASE}/imports",
        summary="Take a log of calls or messages into custody, and its rows in as contacts.",
        handle=import_log,
        answer=Imported,
        status=201,
        is_write=True,
        if_match=IfMatch.OPTIONAL,
        parameters=(DRY_RUN,),
        description=(
            "CSV or XLSX as phones export them. Rows count once all of them are in; until then "
            "`GET .../imports` shows how far it is. Broken off, it goes on by the same request "
            "with the same Idempotency-Key, or by `resumptions`."
        ),
        **(_FORM | {"problems": (*_FORM["problems"], "import-nothing-new")}),
    ),
    *(_recorded(noun, kind, summary) for noun, (kind, summary) in IMPORT_RECORDED.items()),
)
"""The routes that write."""

IMPORTS: Final = (
    Route(
        path=f"{_CASE}/import-previews",
        summary="Say what an import of a file would take in, row by row; nothing is kept.",
        handle=preview_log,
        answer=ImportPreview,
        parameters=(
            Parameter(
                name="after_row",
                kind=ParameterKind.POSITION,
                description="Only verdicts on rows after this one; comes with `next_after_row`.",
            ),
            LIMIT,
        ),
        **_FORM,
    ),
    Route(
        method="POST",
        path=f"{_CASE}/imports/{{import_id}}/resumptions",
        capability=Capability.CASE_WRITE,
        summary="Go on with an import that broke off, from the file in custody.",
        handle=resume_import,
        answer=Imported,
        problems=(
            *("case-unknown", "case-closed", "client-erased", "import-unreadable"),
            *("import-over", "import-sequence"),
        ),
    ),
    case_fold(
        "imports",
        "imports/1",
        _imports,
        CaseImports,
        "How far each import is, and which chunk comes next.",
    ),
)
"""Those that only look, and the one that goes on."""
