"""When contacts may be recorded."""

from typing import Final
from zoneinfo import ZoneInfo

from domain.cases.contacts import ContactFact, ContactLogged
from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need_loans
from domain.cases.history import History
from domain.refusals import Code, Refusal

DURATION_MAX: Final = 7 * 24 * 3600
"""Longest contact, in seconds: a week."""


def check(history: History, fact: ContactFact, rules: Rules) -> Refusal | None:
    """Whether a contact may be recorded."""
    return check_contact(history, fact, rules)


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
    return need_loans(history, fact.loan_ids, {})
