"""When contacts, plans, complaints, evidence and notes may be recorded."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.cases.complaints import ComplaintFiled
from domain.cases.contacts import ContactLogged
from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_loan
from domain.cases.evidence import EvidenceAdded, EvidenceLinked, NoteAdded
from domain.cases.history import History
from domain.cases.plans import PlanAgreed
from domain.money import Money
from domain.refusals import Code, Refusal

DURATION_MAX: Final = 7 * 24 * 3600
"""Longest contact, in seconds: a week."""


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
    return _loans(history, fact.loan_ids, {})


def check_plan(history: History, fact: PlanAgreed) -> Refusal | None:
    """A plan is for loans of this case and has instalments in the order of their days."""
    if not fact.loan_ids:
        return Refusal(code=Code.LIST_EMPTY, field="loan_ids", detail="name the loans it covers")
    if not fact.instalments:
        return Refusal(code=Code.LIST_EMPTY, field="instalments", detail="a plan has instalments")
    days = [instalment.due_on for instalment in fact.instalments]
    if days != sorted(days):
        return Refusal(code=Code.DATE_ORDER, field="instalments", detail="in the order of days")
    if days[0] < fact.occurred_on:
        detail = f"first due {days[0]}, agreed {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="instalments/0/due_on", detail=detail)
    amounts = {
        f"instalments/{index}/amount": instalment.amount
        for index, instalment in enumerate(fact.instalments)
    }
    return _loans(history, fact.loan_ids, {**amounts, "waived": fact.waived})


def check_complaint(history: History, fact: ComplaintFiled) -> Refusal | None:
    """A complaint has at least one ground; a regulator sends back one without."""
    if not fact.grounds:
        return Refusal(code=Code.LIST_EMPTY, field="grounds", detail="name at least one ground")
    return _loans(history, fact.loan_ids, {})


def check_item(fact: EvidenceAdded) -> Refusal | None:
    """A media type is needed to open the file again."""
    if "/" not in fact.media_type:
        detail = 'give it like "application/pdf"'
        return Refusal(code=Code.TEXT_EMPTY, field="media_type", detail=detail)
    return None


def check_link(history: History, fact: EvidenceLinked) -> Refusal | None:
    """An item shows an entry of this case, said once."""
    refusal = need(history, fact.item_id, EvidenceAdded, "item_id")
    if refusal:
        return refusal
    entry = history.entries.get(fact.entry_id)
    if entry is None or fact.entry_id == fact.item_id:
        detail = f"no entry {fact.entry_id} that this item could show"
        return Refusal(code=Code.ENTRY_UNKNOWN, field="entry_id", detail=detail)
    if entry.is_withdrawn:
        return Refusal(code=Code.ENTRY_WITHDRAWN, field="entry_id", detail=str(fact.entry_id))
    for link_id, link in history.standing(EvidenceLinked):
        if (link.item_id, link.entry_id) == (fact.item_id, fact.entry_id):
            return Refusal(code=Code.EVIDENCE_LINKED, field="item_id", entries=(str(link_id),))
    return None


def check_note(history: History, fact: NoteAdded) -> Refusal | None:
    """A note about an entry is about one of this case."""
    if fact.entry_id is not None and fact.entry_id not in history.entries:
        detail = f"this case has no entry {fact.entry_id}"
        return Refusal(code=Code.ENTRY_UNKNOWN, field="entry_id", detail=detail)
    return None


def _loans(
    history: History, loan_ids: tuple[UUID, ...], amounts: Mapping[str, Money | None]
) -> Refusal | None:
    for index, loan_id in enumerate(loan_ids):
        if loan_id in loan_ids[:index]:
            return Refusal(code=Code.LIST_REPEATS, field=f"loan_ids/{index}", detail=str(loan_id))
        refusal = need_loan(history, loan_id, amounts, f"loan_ids/{index}")
        if refusal:
            return refusal
    return None
