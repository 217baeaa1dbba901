"""What the demo says when it is loaded, and what `--check` reads back."""

import json
from collections.abc import Iterator
from typing import Any, Final

from ops.demo.desk import ADVISERS
from ops.demo.load import CASES_MIN, EVENTS_MIN, MEDIAN_MIN, DemoReport
from ops.demo.sender import Body, HttpSender

CLAIM_DAY: Final = "2026-02-28"
"""The day for which the late payment's lender claimed."""


def invitation(address: str, token: str, calendar: str, report: DemoReport) -> str:
    """Where the API is, how to ask it, and three questions with interesting answers."""
    late, calls, mended = (
        report.marks[name] for name in ("late-payment", "harassment", "corrections")
    )
    position = f"{address}/v1/cases/{late.case_id}/position?as_of={CLAIM_DAY}"
    timeline = f"{address}/v1/cases/{calls.case_id}/timeline?topic=contact-logged"
    trail = f"{address}/v1/cases/{mended.case_id}/audit-trail?topic=charge-made"
    counted = f"{report.cases} fictional cases, {report.events} events"
    ask = f"curl -s -H 'Authorization: Bearer {token}' -w '\\n'"
    return "\n".join(
        (
            f"{counted} (the median case has {report.median:g}).",
            f"API:   {address}/v1",
            f"docs:  {address}/docs",
            f"token: {token}",
            f"deadlines of {ADVISERS[0]}, for a calendar program: {address}{calendar}",
            "",
            f"What was owed on {CLAIM_DAY}, as known before a late slip came, and as known now:",
            f"  {ask} '{position}&known_at={late.position}' '{position}'",
            "Every call and message of a case of harassment, in order:",
            f"  {ask} '{timeline}'",
            "A charge that was corrected twice, with each old value and reason:",
            f"  {ask} '{trail}'",
        )
    )


def read_back(sender: HttpSender, report: DemoReport) -> Body:
    """One case's three readings over HTTP, and the counts; what `--check` prints as JSON."""
    head = int(sender.get("/journal/head")["position"])
    case = f"/cases/{report.best}"
    return {
        "cases": report.cases,
        "events": report.events,
        "position": sender.get(f"{case}/position", min_position=head),
        "timeline_entries": sum(1 for _ in _lines(sender, f"{case}/timeline")),
        "audit_entries": sum(1 for _ in _lines(sender, f"{case}/audit-trail")),
    }


def faults(sender: HttpSender, report: DemoReport, read: Body) -> list[str]:
    """Where the loaded demo falls short of its promises; empty when it does not."""
    found = shortcomings(report)
    head = int(sender.get("/journal/head")["position"])
    if head < report.events:
        found.append(f"the journal ends at {head}, but {report.events} events were acknowledged")
    if not read["position"].get("loans"):
        found.append("the position has no loan")
    found.extend(
        f"no {name.replace('_', ' ')}"
        for name in ("timeline_entries", "audit_entries")
        if not read[name]
    )
    late = report.marks["late-payment"]
    then = _position(sender, late.case_id, as_of=CLAIM_DAY, known_at=late.position)
    now = _position(sender, late.case_id, as_of=CLAIM_DAY)
    if then == now:
        found.append("the late payment did not change what is known now of an earlier day")
    return found


def shortcomings(report: DemoReport) -> list[str]:
    """What was promised of the cases and is not there."""
    promised = (
        ("cases", report.cases, CASES_MIN),
        ("events", report.events, EVENTS_MIN),
        ("events in the median case", report.median, MEDIAN_MIN),
    )
    short = [
        f"{number:g} {what}, but {least} were promised"
        for what, number, least in promised
        if number < least
    ]
    return short + ([f"no event of: {', '.join(report.unused)}"] if report.unused else [])


def _position(sender: HttpSender, case_id: str, **asked: str | int) -> str:
    body = sender.get(f"/cases/{case_id}/position", **asked)
    return json.dumps(body["loans"], sort_keys=True)


def _lines(sender: HttpSender, path: str) -> Iterator[Any]:
    following: str | None = path
    while following is not None:
        page = sender.get(following.removeprefix("/v1"))
        yield from page["lines"]
        following = page["next"]
