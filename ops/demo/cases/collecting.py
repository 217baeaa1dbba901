"""Collection as the cases tell it: calls and messages by a script, from several agencies.

A script is a table of lines; a case shifts its days and minutes, so that no two logs are alike
and every one can be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ops.demo import papers
from ops.demo.dossier import Dossier
from ops.demo.people import AGENCIES, caller
from ops.demo.record import Entry
from ops.demo.sums import Day, days_after


@dataclass(frozen=True)
class Line:
    """One contact of a script; `agency` 0 is the lender itself."""

    after: int
    clock: str
    channel: str
    reached: str
    agency: int
    seconds: int | None
    outcome: str
    said: str


HARSH: Final = (
    Line(0, "09:12", "sms", "client", 0, None, "message-left", "提示逾期，请尽快还款。"),
    Line(2, "10:40", "call", "client", 1, 185, "talked", "询问逾期原因。"),
    Line(5, "22:17", "call", "client", 1, 96, "threat", "称明天上门，让邻居都知道。"),
    Line(6, "07:25", "robot-call", "client", 1, 31, "information", "机器人播报欠款。"),
    Line(6, "12:05", "call", "client", 1, 64, "talked", "要求今天还清。"),
    Line(6, "15:30", "call", "client", 2, 58, "talked", "另一家公司称受托催收。"),
    Line(6, "18:44", "call", "client", 2, 71, "threat", "称将“移送公安”。"),
    Line(8, "11:20", "call", "friend", 2, 122, "information", "向通讯录好友说出欠款金额。"),
    Line(8, "14:02", "sms", "family", 2, None, "message-left", "群发短信给家人。"),
    Line(11, "23:08", "wechat", "client", 1, None, "threat", "发来伪造的“律师函”。"),
    Line(13, "09:30", "call", "employer", 2, 88, "information", "打到单位总机找人事。"),
    Line(13, "16:10", "call", "employer", 2, 40, "refused", "单位要求不要再打，对方仍追问。"),
    Line(20, "21:50", "call", "client", 1, None, "no-answer", "响铃未接。"),
    Line(20, "21:50", "call", "client", 1, None, "no-answer", "同一分钟再次拨打。"),
)
STEADY: Final = (
    Line(0, "09:00", "app-message", "client", 0, None, "message-left", "应用内提示逾期。"),
    Line(3, "10:15", "sms", "client", 0, None, "message-left", "短信提示逾期金额。"),
    Line(7, "14:20", "call", "client", 0, 240, "talked", "说明困难，对方答应登记。"),
    Line(12, "19:45", "call", "client", 1, 133, "talked", "外包公司询问还款安排。"),
    Line(12, "20:50", "call", "client", 1, None, "no-answer", "未接。"),
    Line(16, "22:05", "call", "client", 1, 42, "information", "晚十点后来电催款。"),
    Line(19, "11:11", "call", "family", 1, 70, "information", "打给家人，请其转告。"),
    Line(25, "16:00", "letter", "client", 0, None, "information", "书面催收函。"),
)
MILD: Final = (
    Line(0, "10:00", "sms", "client", 0, None, "message-left", "到期提醒。"),
    Line(4, "15:10", "call", "client", 0, 205, "talked", "客服核对身份后说明欠款构成。"),
    Line(9, "11:35", "call", "client", 0, 150, "offer", "可申请延期一个月。"),
    Line(15, "09:40", "email", "client", 0, None, "information", "寄来账单明细。"),
)


def collect(
    case: Dossier, loans: Sequence[Entry], start: Day, script: Sequence[Line], **more: object
) -> list[Entry]:
    """Log a script's contacts from a day on; `lender` speaks for itself, `turn` shifts it all."""
    turn = int(str(more.get("turn", 0)))
    lender = str(more["lender"])
    entries = []
    for number, line in enumerate(script):
        on = days_after(start, line.after + turn % 3)
        company = AGENCIES[(line.agency - 1 + turn) % len(AGENCIES)] if line.agency else lender
        connected = line.outcome != "no-answer" if line.channel.endswith("call") else None
        entries.append(
            case.contact(
                f"{on} {_shifted(line.clock, turn)}",
                line.channel,
                "collector" if line.agency else "lender",
                line.reached,
                company=company,
                connected=connected,
                seconds=line.seconds,
                number=caller(turn * 100 + line.agency * 10 + number % 4),
                loans=loans,
                outcome=line.outcome,
                said=line.said,
            )
        )
    return entries


def call_log(
    case: Dossier, start: Day, script: Sequence[Line], entries: Sequence[Entry], turn: int
) -> Entry:
    """Hand in the telephone's call log and link it to the calls that it shows."""
    shown = [
        (line, entry)
        for line, entry in zip(script, entries, strict=True)
        if line.channel == "call" and line.reached == "client"
    ]
    rows = [
        (str(days_after(start, line.after + turn % 3)), _shifted(line.clock, turn), line.outcome)
        for line, _ in shown
    ]
    paper = papers.table(f"calls-{turn:02d}.csv", ("date", "time", "result"), rows)
    last = days_after(start, script[-1].after + 10)
    item = case.file(paper, "client-phone", last, "手机导出的通话记录", "客户本人")
    for line, entry in shown[:4]:
        case.link(item, entry, f"{line.clock[:2]} 时许的来电记录")
    return item


def _shifted(clock: str, turn: int) -> str:
    """The same hour, other minutes: what is at night stays at night."""
    hour, minute = clock.split(":")
    return f"{hour}:{(int(minute) + turn * 7) % 60:02d}"
