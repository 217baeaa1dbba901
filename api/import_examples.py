"""Examples of bodies of imports for the documentation."""

from typing import Any, Final

from domain.cases.imports import (
    ImportChunk,
    ImportDropped,
    ImportFinished,
    ImportRowCorrected,
    ImportRowWithdrawn,
    ImportStarted,
)

_IMPORT: Final = "0b4f7a1e-2f0a-4f1c-9a75-0a6f4d2b7c01"
_POINT: Final = "5c1d7a90-9a4e-4e0c-8c61-1f3b2a7d6e02"
_ITEM: Final = "2d0f4f0a-8b1e-4c6c-9f0d-7f6b5e4d3c03"
_ROW: Final = "7b3c9e52-1d44-5d7b-8c0a-3f2e1d0c9b04"

_COLLECTOR: Final = {
    "party": "collector",
    "numbers": [{"number": "021-60000001"}],
    "company": "样例消费金融",
    "agency": "样例催收",
}
LOG_METADATA: Final[dict[str, Any]] = {
    "kind": "calls",
    "contact_point_id": _POINT,
    "parties": [_COLLECTOR],
    "obtained_on": "2026-03-05",
}
_REASON: Final = {"import_id": _IMPORT, "row_id": _ROW, "reason": "客户误拨"}

IMPORT_BODIES: Final[dict[type, dict[str, Any]]] = {
    ImportStarted: {
        "grade": "document",
        "kind": "calls",
        "item_id": _ITEM,
        "contact_point_id": _POINT,
        "parties": [_COLLECTOR],
        "digest_key": "9f2c5d0e7a6b4c1d8e3f2a1b0c9d8e7f",
    },
    ImportChunk: {
        "import_id": _IMPORT,
        "sequence": 1,
        "numbers": [{"number": "02160000001"}],
        "rows": [
            {
                "line": 2,
                "digest": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
                "occurred_at": "2026-03-01T22:10:00+08:00",
                "direction": "incoming",
                "party": 0,
                "number": 0,
                "connected": True,
                "duration_seconds": 80,
            }
        ],
    },
    ImportFinished: {
        "import_id": _IMPORT,
        "imported_on": "2026-03-05",
        "chunks": 1,
        "rows": 1,
    },
    ImportDropped: {"import_id": _IMPORT, "reason": "不是客户本人的手机"},
    ImportRowCorrected: {
        **_REASON,
        "replacement": {
            "grade": "document",
            "occurred_at": "2026-03-01T22:10:00+08:00",
            "channel": "robot-call",
            "initiated_by": "collector",
            "reached": "client",
        },
    },
    ImportRowWithdrawn: _REASON,
}
