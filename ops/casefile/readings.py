"""The readings in a case file: the very bytes that the API answers with, on one page each."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from api.case_readings import AuditPage, TimelinePage
from api.ruled_readings import LinesAnswer
from domain.cases.exporting import Span
from domain.cases.history import History, replay
from domain.cases.lending import LenderClaimed
from domain.codec import edge_out
from domain.exports import figures_are_whole
from domain.figures.claim_check import claim_check
from domain.figures.explaining import explain
from domain.figures.figure import Unknown
from domain.figures.position import position
from domain.figures.ruled import Ruled, ruled
from domain.recorded import Recorded
from domain.rules.books import Books
from projections.audit_trail import audit_trail
from projections.timeline import Order, timeline

_encoder: Final = msgspec.json.Encoder(enc_hook=edge_out)


def readings(
    events: Sequence[Recorded],
    shown: Sequence[Recorded],
    spans: Sequence[Span],
    as_of: date,
    books: Books | Unknown,
) -> dict[str, bytes]:
    """Each reading by its path under `data/`.

    `events` are all of the case with personal values sealed, `shown` those that are given, with
    what is to be shown of them opened. Audit trail and timeline tell of what is given. Position,
    labelled lines with their explanations and claim checks rest on the whole case: they are there
    only when nothing they rest on is left out, the lines only under an adopted pack.
    """
    found = {
        "readings/audit-trail.json": _encoder.encode(_trail(shown, as_of)),
        "readings/timeline.json": _encoder.encode(_timeline(shown, as_of)),
    }
    if figures_are_whole(events, spans):
        history = replay(events[0].originator_id, events)
        found["readings/position.json"] = _encoder.encode(position(history, as_of))
        found["readings/claim-check.json"] = _encoder.encode(_checks(history, books))
        if isinstance(books, Books):
            answer = ruled(history, as_of, books)
            found["readings/lines.json"] = _encoder.encode(LinesAnswer(ruled=answer))
            found["readings/explanations.json"] = _encoder.encode(list(_explained(answer, books)))
    return found


def _explained(answer: Ruled, books: Books) -> Iterator[dict[str, Any]]:
    """Each line's tree with the clauses it rests on, as the API's own answer for it."""
    for loan in answer.loans:
        for line in loan.lines:
            yield {"loan_id": loan.loan_id, "explanation": explain(line, books.pack)}


def _checks(history: History, books: Books | Unknown) -> list[Any]:
    claims = [claim_id for claim_id, _ in history.standing(LenderClaimed)]
    return [claim_check(history, claim_id, books) for claim_id in claims]


def _trail(shown: Sequence[Recorded], as_of: date) -> AuditPage:
    trail = audit_trail(shown, as_of=as_of)
    return AuditPage(
        case_id=shown[0].originator_id,
        position=trail.position,
        version=trail.version,
        as_of=as_of,
        lines=trail.lines,
        next=None,
    )


def _timeline(shown: Sequence[Recorded], as_of: date) -> TimelinePage:
    told = timeline(replay(shown[0].originator_id, shown), as_of=as_of, order=Order.OCCURRED)
    return TimelinePage(
        case_id=told.case_id,
        position=told.position,
        version=told.version,
        as_of=told.as_of,
        order=told.order,
        zone=told.zone,
        lines=told.lines,
        withdrawn=told.withdrawn,
        withdrawn_ids=told.withdrawn_ids,
        next=None,
    )
