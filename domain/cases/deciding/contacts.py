"""When contacts may be recorded."""

from datetime import date
from typing import Final, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.cases.contacts import (
    ContactChannel,
    ContactConsented,
    ContactConsentEnded,
    ContactFact,
    ContactLogged,
    ContactObjected,
    ContactPointNoted,
    ContactsFoundSame,
)
from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_first, need_loans
from domain.cases.history import History
from domain.cases.imported import imported_contacts
from domain.refusals import Code, Refusal

DURATION_MAX: Final = 7 * 24 * 3600
"""Longest contact, in seconds: a week."""


def check(history: History, fact: ContactFact, rules: Rules) -> Refusal | None:
    """Whether a contact, or what was agreed or said about contacts, may be recorded."""
    match fact:
        case ContactLogged():
            return check_contact(history, fact, rules)
        case ContactPointNoted():
            return _not_before(fact.occurred_on, fact.invalid_since, "invalid_since")
        case ContactConsented():
            if not fact.what:
                return Refusal(code=Code.LIST_EMPTY, field="what", detail="say what was agreed to")
            return _not_before(fact.occurred_at.date(), fact.until, "until")
        case ContactConsentEnded():
            return _check_end(history, fact)
        case ContactObjected():
            return _check_point(history, fact.contact_point_id)
        case ContactsFoundSame():
            return _check_same(history, fact)
        case _:
            assert_never(fact)


def check_contact(history: History, fact: ContactLogged, rules: Rules) -> Refusal | None:
    """A contact names a known zone and loans of this case; nobody talks for less than no time."""
    if fact.zone not in rules.zones:
        return Refusal(code=Code.ZONE_UNKNOWN, field="zone", detail=fact.zone[:40])
    if fact.duration_seconds is not None and not 0 <= fact.duration_seconds <= DURATION_MAX:
        detail = f"seconds from 0 to {DURATION_MAX}"
        return Refusal(code=Code.AMOUNT_INCONSISTENT, field="duration_seconds", detail=detail)
    said_on = fact.occurred_at.astimezone(ZoneInfo(fact.zone)).date()
    if fact.promised_on is not None and fact.promised_on < said_on:
        detail = f"promised for {fact.promised_on}, said on {said_on}"
        return Refusal(code=Code.DATE_ORDER, field="promised_on", detail=detail)
    return need_loans(history, fact.loan_ids, {}) or _check_rest(history, fact)


def _check_rest(history: History, fact: ContactLogged) -> Refusal | None:
    if fact.persons is not None and (fact.persons < 1 or fact.channel is not ContactChannel.VISIT):
        detail = "persons are counted of a visit, from one"
        return Refusal(code=Code.AMOUNT_INCONSISTENT, field="persons", detail=detail)
    return _check_point(history, fact.contact_point_id)


def _check_point(history: History, point_id: UUID | None) -> Refusal | None:
    if point_id is None:
        return None
    return need(history, point_id, ContactPointNoted, "contact_point_id")


def _not_before(start: date, end: date | None, field: str) -> Refusal | None:
    if end is None or end >= start:
        return None
    return Refusal(code=Code.DATE_ORDER, field=field, detail=f"{end} is before {start}")


def _check_end(history: History, fact: ContactConsentEnded) -> Refusal | None:
    refusal = need(history, fact.consent_id, ContactConsented, "consent_id")
    consent = history.get(fact.consent_id, ContactConsented)
    if refusal or consent is None:
        return refusal
    if fact.occurred_at < consent.occurred_at:
        detail = f"ended {fact.occurred_at.isoformat()}, given {consent.occurred_at.isoformat()}"
        return Refusal(code=Code.STEP_TOO_EARLY, field="occurred_at", detail=detail)
    return need_first(history, ContactConsentEnded, "consent_id", fact.consent_id)


def _check_same(history: History, fact: ContactsFoundSame) -> Refusal | None:
    if not fact.same_ids:
        return Refusal(code=Code.LIST_EMPTY, field="same_ids", detail="name the other entries")
    named = (fact.kept_id, *fact.same_ids)
    rows = {row.row_id for row in imported_contacts(history)}
    for index, entry_id in enumerate(named):
        field = f"same_ids/{index - 1}" if index else "kept_id"
        if entry_id in named[:index]:
            return Refusal(code=Code.LIST_REPEATS, field=field, detail=str(entry_id))
        refusal = need(history, entry_id, ContactLogged, field)
        if refusal and entry_id not in rows:
            return refusal
    return None
