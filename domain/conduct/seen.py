"""Contacts as the checks look at them: local time, creditor, side, and who was reached."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.cases.contact_list import contacts_of
from domain.cases.contacts import ContactChannel, ContactLogged, ContactParty
from domain.cases.history import History
from domain.cases.lending import LenderClass, LoanTaken

THEIRS: Final = frozenset({ContactParty.LENDER, ContactParty.COLLECTOR})
CALLS: Final = frozenset({ContactChannel.CALL, ContactChannel.ROBOT_CALL})
CONCERNED: Final = frozenset(
    {
        ContactParty.CLIENT,
        ContactParty.GUARANTOR,
        ContactParty.CO_DEBTOR,
        ContactParty.ADVISER,
        ContactParty.AUTHORITY,
        ContactParty.LENDER,
        ContactParty.COLLECTOR,
    }
)
"""Who may be spoken to about the debt, or is on neither side of the rule."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One contact from the creditors' side, or one with the client."""

    entry_id: UUID
    fact: ContactLogged
    local: datetime
    """In the contact's own zone."""
    lender: str | None
    lender_class: LenderClass

    @property
    def day(self) -> date:
        """Local day of its start."""
        return self.local.date()

    @property
    def is_theirs(self) -> bool:
        """Whether the creditor's side began it."""
        return self.fact.initiated_by in THEIRS

    @property
    def is_call(self) -> bool:
        """Whether it is a voice call, robots included."""
        return self.fact.channel in CALLS

    @property
    def is_to_third(self) -> bool:
        """Whether it went to somebody whom the debt does not concern."""
        return self.fact.reached not in CONCERNED

    @property
    def has_reached(self) -> bool | None:
        """Whether it reached anyone: a written message does; of a call None where not on record."""
        if self.is_call:
            return self.fact.connected
        return True if self.fact.connected is None else self.fact.connected


def seen(history: History, as_of: date) -> list[Seen]:
    """Every contact of up to `as_of`, by time and then by id: not by the order of recording."""
    loans = dict(history.standing(LoanTaken))
    found = []
    for entry_id, fact in contacts_of(history):
        local = fact.occurred_at.astimezone(ZoneInfo(fact.zone))
        if local.date() <= as_of:
            lender = _lender(fact, loans)
            found.append(
                Seen(
                    entry_id=entry_id,
                    fact=fact,
                    local=local,
                    lender=lender,
                    lender_class=_class(lender, loans.values()),
                )
            )
    return sorted(found, key=lambda each: (each.local, each.entry_id.int))


def _lender(fact: ContactLogged, loans: dict[UUID, LoanTaken]) -> str | None:
    """The company named, else the one lender of the loans that it was about."""
    if fact.on_behalf_of is not None:
        return fact.on_behalf_of
    lenders = {loans[loan_id].lender for loan_id in fact.loan_ids if loan_id in loans}
    return lenders.pop() if len(lenders) == 1 else None


def _class(lender: str | None, loans: Iterable[LoanTaken]) -> LenderClass:
    """The class on record for that lender; unknown where its loans differ or it has none."""
    classes = {loan.lender_class for loan in loans if loan.lender == lender}
    return classes.pop() if len(classes) == 1 else LenderClass.UNKNOWN


def doubles(contacts: Iterable[Seen]) -> list[tuple[UUID, ...]]:
    """Groups that may be one contact in two phones' records.

    The same second, channel, direction and party, and durations that do not contradict.
    """
    groups: dict[tuple[object, ...], list[Seen]] = {}
    for each in contacts:
        fact = each.fact
        second = each.local.timestamp() // 1
        key = (second, fact.channel, fact.initiated_by, fact.reached, each.lender)
        groups.setdefault(key, []).append(each)
    return [
        tuple(each.entry_id for each in group)
        for group in groups.values()
        if len(group) > 1
        and len({e.fact.duration_seconds for e in group if e.fact.duration_seconds is not None})
        <= 1
    ]
