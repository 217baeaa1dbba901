"""The credit record on a day: what reports say, what was disputed, when bad records must go."""

from datetime import date
from uuid import UUID

import msgspec

from domain.cases.credit import (
    CreditDisputeAnswered,
    CreditEntryDisputed,
    CreditEntrySeen,
    CreditReportObtained,
    DisputeGround,
    DisputeOutcome,
)
from domain.cases.history import History
from domain.deadlines.credit import credit_deadlines
from domain.deadlines.deadline import Deadline
from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.books import Books
from domain.rules.cn import terms_of_law as law
from domain.rules.cn.counting import after_years


class DisputeReading(msgspec.Struct, frozen=True, kw_only=True):
    """One objection."""

    dispute_id: UUID
    grounds: tuple[DisputeGround, ...]
    disputed_on: date
    outcome: DisputeOutcome | None
    answer_id: UUID | None
    deadline: Deadline


class CreditEntryReading(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a report."""

    entry_id: UUID
    report_id: UUID
    provider: str
    loan_id: UUID | None
    overdue: Money | None
    overdue_since: date | None
    default_ended_on: date | None
    deleted_after: date | None
    """Last day of the five years; the record has to go after it (征信业管理条例 16)."""
    unknown: Unknown | None
    """Why that day is not known."""
    one_off_repair: bool | None
    """Whether the repair of 2025-12-22 covers it; None where the report does not say enough."""
    disputes: tuple[DisputeReading, ...]


class CreditRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The credit record as the case knows it."""

    case_id: UUID
    position: int
    as_of: date
    pack: str | None
    data: str | None
    reports: tuple[UUID, ...]
    free_left_this_year: int
    """Of two; those that other people fetched for the client are not on record here."""
    entries: tuple[CreditEntryReading, ...]


def credit_record(history: History, as_of: date, books: Books | Unknown) -> CreditRecord:
    """What reports of up to `as_of` say, and what became of it. Pure."""
    reports = [
        (report_id, fact)
        for report_id, fact in history.standing(CreditReportObtained)
        if fact.occurred_on <= as_of
    ]
    reports.sort(key=lambda each: (each[1].occurred_on, each[0].int))
    free = sum(fact.is_free and fact.occurred_on.year == as_of.year for _, fact in reports)
    seen = [
        (entry_id, fact)
        for entry_id, fact in history.standing(CreditEntrySeen)
        if fact.occurred_on <= as_of
    ]
    seen.sort(key=lambda each: (each[1].occurred_on, each[0].int))
    running = {each.entry_id: each for each in credit_deadlines(history, as_of, books)}
    return CreditRecord(
        case_id=history.case_id,
        position=history.position,
        as_of=as_of,
        pack=None if isinstance(books, Unknown) else books.pack.reference,
        data=None if isinstance(books, Unknown) else books.data.version,
        reports=tuple(report_id for report_id, _ in reports),
        free_left_this_year=max(0, law.FREE_REPORTS_A_YEAR - free),
        entries=tuple(_entry(history, as_of, running, *each) for each in seen),
    )


def _entry(
    history: History,
    as_of: date,
    running: dict[UUID, Deadline],
    entry_id: UUID,
    fact: CreditEntrySeen,
) -> CreditEntryReading:
    ended, unknown = fact.default_ended_on, None
    if ended is None:
        unknown = Unknown(
            reason="the default has not ended, or its end is not on record: five years run from it",
            settled_by="a report or a receipt that shows when the default ended",
        )
    return CreditEntryReading(
        entry_id=entry_id,
        report_id=fact.report_id,
        provider=fact.provider,
        loan_id=fact.loan_id,
        overdue=fact.overdue,
        overdue_since=fact.overdue_since,
        default_ended_on=ended,
        deleted_after=after_years(ended, law.BAD_RECORD_YEARS) if ended else None,
        unknown=unknown,
        one_off_repair=_repaired(fact),
        disputes=_disputes(history, as_of, running, entry_id),
    )


def _repaired(fact: CreditEntrySeen) -> bool | None:
    if fact.overdue is None or fact.overdue_since is None:
        return None
    largest = law.REPAIR_MAX
    is_small = fact.overdue.currency == largest.currency and fact.overdue.minor <= largest.minor
    arose = law.REPAIR_FROM <= fact.overdue_since <= law.REPAIR_TO
    ended = fact.default_ended_on
    return is_small and arose and ended is not None and ended <= law.REPAIR_PAID_BY


def _disputes(
    history: History, as_of: date, running: dict[UUID, Deadline], entry_id: UUID
) -> tuple[DisputeReading, ...]:
    answers = {
        fact.dispute_id: (answer_id, fact.outcome)
        for answer_id, fact in history.standing(CreditDisputeAnswered)
        if fact.occurred_on <= as_of
    }
    found = []
    for dispute_id, fact in history.standing(CreditEntryDisputed):
        if fact.credit_entry_id == entry_id and fact.occurred_on <= as_of:
            answer_id, outcome = answers.get(dispute_id, (None, None))
            found.append(
                DisputeReading(
                    dispute_id=dispute_id,
                    grounds=fact.grounds,
                    disputed_on=fact.occurred_on,
                    outcome=outcome,
                    answer_id=answer_id,
                    deadline=running[dispute_id],
                )
            )
    return tuple(sorted(found, key=lambda each: (each.disputed_on, each.dispute_id.int)))
