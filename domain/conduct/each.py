"""Checks that look at one contact: the hour, who was reached, what was said, how many came."""

from collections.abc import Iterator
from typing import Final

from domain.cases.complaints import Ground
from domain.cases.contacts import Agreed, ContactChannel, ContactFlag, ContactParty
from domain.conduct.consents import Said
from domain.conduct.seen import Seen
from domain.figures.figure import Unknown
from domain.rules.cn import conduct as rules
from domain.rules.cn.conduct import ConductRule

Hit = tuple[ConductRule, Ground, Unknown | None]
"""A rule that one contact may have broken, and why that is not established."""

NOT_CONNECTED_KNOWN: Final = Unknown(
    reason="whether the call was connected is not on record",
    settled_by="the call log of the phone that was called",
)
MAY_BE_ANOTHER: Final = Unknown(
    reason="whether it reached the person who had objected is not on record",
    settled_by="the contact point of both entries",
)
ILLEGAL_DEBT: Final = Unknown(
    reason="the crime needs an illegal debt and grave circumstances: that is for the authorities",
    settled_by="a finding of the police or a court",
)

_WORDS: Final = {
    ContactFlag.POSED_AS_AUTHORITY: Ground.THREATS,
    ContactFlag.INVENTED_BLACKLIST: Ground.THREATS,
    ContactFlag.POSTED_NOTICE: Ground.DATA_MISUSE,
    ContactFlag.URGED_BORROWING: Ground.OTHER,
    ContactFlag.PRIVATE_ACCOUNT: Ground.HARASSMENT,
}
_INTRUDES: Final = {
    ContactFlag.THREAT: Ground.THREATS,
    ContactFlag.INSULT: Ground.HARASSMENT,
    ContactFlag.FORCED_ENTRY: Ground.HARASSMENT,
}


def hits(contact: Seen, said: Said, *, is_lost: bool) -> Iterator[Hit]:
    """What one contact of the creditor's side may have broken."""
    yield from _night(contact, said)
    yield from _third_party(contact, said, is_lost=is_lost)
    yield from _flags(contact)
    persons = contact.fact.persons
    is_visit = contact.fact.channel is ContactChannel.VISIT
    if is_visit and persons is not None and persons < rules.VISITORS_MIN:
        yield rules.VISITORS, Ground.HARASSMENT, None


def is_night(contact: Seen) -> bool:
    """Whether it began at night, by the second, where it was received."""
    at = contact.local.time()
    return at >= rules.NIGHT_FROM or at < rules.DAY_FROM


def _night(contact: Seen, said: Said) -> Iterator[Hit]:
    if is_night(contact) and not said.agreed(contact, Agreed.NIGHT):
        for rule in rules.NIGHT:
            yield rule, Ground.NIGHT_CALLS, None


def _third_party(contact: Seen, said: Said, *, is_lost: bool) -> Iterator[Hit]:
    if not contact.is_to_third or contact.has_reached is False:
        return
    unclear = NOT_CONNECTED_KNOWN if contact.has_reached is None else None
    if not is_lost:
        for rule in rules.THIRD_PARTY:
            yield rule, Ground.THIRD_PARTY_CONTACT, unclear
    objected = said.objected(contact)
    if objected is not False:
        doubt = unclear or (MAY_BE_ANOTHER if objected is None else None)
        yield rules.OBJECTED, Ground.THIRD_PARTY_CONTACT, doubt


def _flags(contact: Seen) -> Iterator[Hit]:
    flags = contact.fact.flags
    if ContactFlag.DEBT_DISCLOSED in flags and contact.is_to_third:
        for rule in rules.DISCLOSED:
            yield rule, Ground.DATA_MISUSE, None
    for flag in sorted(flags):
        if flag in _WORDS:
            yield rules.WORDS, _WORDS[flag], None
        if flag in _INTRUDES:
            yield rules.PRIVATE_LIFE, _INTRUDES[flag], None
        if flag in (ContactFlag.THREAT, ContactFlag.FORCED_ENTRY):
            yield rules.CRIME, Ground.THREATS, ILLEGAL_DEBT
        if flag is ContactFlag.POSTED_NOTICE:
            yield rules.PUBLISHED, Ground.DATA_MISUSE, None


class LostContact:
    """Whether each creditor's side had lost contact with the client, contact by contact."""

    def __init__(self, said: Said) -> None:
        """Nobody has tried anything yet."""
        self._said = said
        self._failed: dict[str | None, int] = {}

    def before(self, contact: Seen) -> bool:
        """Whether contact was lost when this one was made: call it in the order of time."""
        if self._failed.get(contact.lender, 0) >= rules.FAILED_TRIES:
            return True
        return any(self._said.is_invalid(point_id, contact) for point_id in self._said.invalid)

    def heed(self, contact: Seen) -> None:
        """Take note of how it went."""
        reached_client = ContactParty.CLIENT in (contact.fact.reached, contact.fact.initiated_by)
        if not reached_client:
            return
        if contact.has_reached:
            self._failed[contact.lender] = 0
            if contact.fact.initiated_by is ContactParty.CLIENT and contact.lender is None:
                self._failed.clear()
        elif contact.has_reached is False and contact.is_theirs:
            self._failed[contact.lender] = self._failed.get(contact.lender, 0) + 1
