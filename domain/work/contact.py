"""When the client and we last spoke. Pure."""

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from domain.cases.contact_list import contacts_of
from domain.cases.contacts import ContactLogged, ContactOutcome, ContactParty
from domain.cases.history import History

_BOTH: Final = {ContactParty.CLIENT, ContactParty.ADVISER}
_IN_VAIN: Final = {ContactOutcome.NO_ANSWER, ContactOutcome.MESSAGE_LEFT}


def last_contact_on(history: History, as_of: date) -> date | None:
    """The last day, by `as_of`, on which client and adviser reached each other.

    Collectors' calls do not count, nor do calls that nobody took. None where none is on record.
    """
    days = (_day(contact) for _, contact in contacts_of(history) if _is_between_us(contact))
    return max((day for day in days if day <= as_of), default=None)


def _is_between_us(contact: ContactLogged) -> bool:
    is_ours = {contact.initiated_by, contact.reached} == _BOTH
    return is_ours and contact.connected is not False and contact.outcome not in _IN_VAIN


def _day(contact: ContactLogged) -> date:
    return contact.occurred_at.astimezone(ZoneInfo(contact.zone)).date()
