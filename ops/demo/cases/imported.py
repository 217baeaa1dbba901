"""A phone's call log taken in: one row corrected, one withdrawn, and a wrong log dropped."""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.cases.imported import row_id
from domain.cases.imports import LogKind
from domain.codec import edge_out
from domain.importing.chunks import chunk_of
from domain.importing.columns import find_columns
from domain.importing.rows import Judge, Line, Setting, Taken
from domain.importing.values import read_number
from ops.demo import papers
from ops.demo.desk import Desk
from ops.demo.dossier import Dossier
from ops.demo.people import AGENCIES, APP_LENDERS, caller, mobile, person
from ops.demo.record import Entry

_HEAD: Final = ("号码", "通话时间", "呼叫类型", "通话时长")
_KEY: Final = "demo-key-of-row-digests"
_NUMBERS: Final = (caller(31), caller(32))


def call_logs(desk: Desk) -> None:
    """Nine calls of two evenings, some after ten; the sister's log was another person's."""
    who = person(54)
    case = desk.open("call-log", who, "2026-03-04", "催收来电频繁，当事人导出了手机通话记录。")
    loan = case.loan("2025-06-01", APP_LENDERS[1], 8000, "consumer-finance", number="TH-0054")
    case.disbursed("2025-06-01", loan, 8000)
    own = _phone(case, "client", who.phones[0])
    calls = [
        (_NUMBERS[n % 2], f"2026-03-0{1 + n // 5} {20 + n % 3}:{n * 7 % 60:02d}:00", *taken)
        for n, taken in enumerate((("呼入", "1分20秒"), ("未接", "0秒"), ("呼入", "35秒")) * 3)
    ]
    whole = _import(case, own, loan, calls)
    first, second = (row_id(UUID(whole[0]), row.digest) for row in whole[1][:2])
    case.decide(
        "import-row-corrections",
        {
            "import_id": whole[0],
            "row_id": str(first),
            "reason": "录音显示为机器人来电",
            "replacement": {
                "grade": "document",
                "occurred_at": "2026-03-01T20:00:00+08:00",
                "channel": "robot-call",
                "initiated_by": "collector",
                "reached": "client",
                "on_behalf_of": APP_LENDERS[1],
                "loan_ids": [loan],
                "connected": True,
                "duration_seconds": 80,
                "counterpart": _NUMBERS[0],
                "contact_point_id": own,
            },
        },
    )
    said = {"import_id": whole[0], "row_id": str(second), "reason": "号码为快递员，并非催收"}
    case.decide("import-row-withdrawals", said)
    sister = _phone(case, "family", mobile(541))
    other = _import(case, sister, loan, [(_NUMBERS[0], "2026-03-02 09:30:00", "呼入", "12秒")])
    case.record("import-drops", {"import_id": other[0], "reason": "导出的是他人手机的记录"})


def _phone(case: Dossier, whose: str, number: str) -> Entry:
    said = {"occurred_on": "2026-03-04", "grade": "client-says", "kind": "mobile"}
    return case.record("contact-points", {**said, "whose": whose, "number": number})


def _import(
    case: Dossier, point: Entry, loan: Entry, calls: list[tuple[str, str, str, str]]
) -> tuple[Entry, list[Taken]]:
    """The import's id and the rows that came in."""
    paper = papers.table("通话记录.csv", _HEAD, calls)
    item = case.file(paper, "client-phone", "2026-03-04", "手机通话记录导出文件")
    party = {"party": "collector", "company": APP_LENDERS[1], "agency": AGENCIES[0]}
    numbers = [{"number": number} for number in _NUMBERS]
    start = {
        "grade": "document",
        "kind": "calls",
        "item_id": item,
        "contact_point_id": point,
        "parties": [{**party, "numbers": numbers, "loan_ids": [loan]}],
        "digest_key": _KEY,
    }
    import_id = case.record("import-starts", start)
    taken = _judged(calls)
    chunk: dict[str, Any] = msgspec.to_builtins(
        chunk_of(UUID(import_id), 1, taken), enc_hook=edge_out
    )
    case.record("import-chunks", {k: v for k, v in chunk.items() if k != "topic"})
    whole = {"import_id": import_id, "imported_on": "2026-03-04", "chunks": 1, "rows": len(taken)}
    case.record("import-finishes", whole)
    return import_id, taken


def _judged(calls: list[tuple[str, str, str, str]]) -> list[Taken]:
    setting = Setting(
        kind=LogKind.CALLS,
        zone=ZoneInfo("Asia/Shanghai"),
        now=datetime(2026, 3, 5, tzinfo=UTC),
        parties={str(read_number(number)): 0 for number in _NUMBERS},
        has_rest=False,
        key=_KEY.encode(),
    )
    judge = Judge(find_columns([(1, _HEAD)], LogKind.CALLS), setting)
    judged = [judge.judge(Line(number, cells)) for number, cells in enumerate(calls, 2)]
    return [each.taken for each in judged if each is not None and each.taken is not None]


STORIES: Final = (("call-log", call_logs),)
