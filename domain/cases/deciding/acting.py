"""Whether the client allowed what is done in their name: asked about where they no longer do.

Only what was allowed once is looked at. Where nothing was ever recorded the client's standing says
what is missing; a warning over each letter of a house that keeps its consents on paper would be
answered without being read.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.complaints import ComplaintFiled
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.letters import Addressee, LetterDrafted, LetterSent
from domain.cases.negotiating import PapersHandedIn, ProposalMade
from domain.facts import Fact
from domain.searching import plain
from domain.warnings import RaisedWarning, WarningCode


class Act(StrEnum):
    """What a consent or an authority may allow; its value is that of the purpose or scope."""

    NEGOTIATE = "negotiate"
    COMPLAIN = "complain"
    SHARE_WITH_LENDER = "sharing-with-lender"
    SHARE_WITH_AUTHORITY = "sharing-with-authority"


ACTS: Final = frozenset(str(act) for act in Act)
"""The purposes and scopes that are looked at."""


class Allowed(msgspec.Struct, frozen=True, kw_only=True):
    """One consent or authority in the client's stream, for one act."""

    entry_id: UUID
    act: str
    towards: str | None
    """None: anybody."""
    first: date
    last: date | None
    """None: no end is known."""


class Needed(msgspec.Struct, frozen=True):
    """What an act on a day rests on."""

    act: Act
    towards: str | None
    on: date


def warnings(history: History, fact: Fact, allowed: tuple[Allowed, ...]) -> Iterator[RaisedWarning]:
    """An act that was allowed at another time, and is not on the day it is done."""
    for code, acts in _CODES:
        gone: list[Allowed] = []
        for needed in dict.fromkeys(needs_of(history, fact)):
            if needed.act in acts:
                gone += _not_on_the_day(needed, allowed)
        if gone:
            entries = tuple(dict.fromkeys(str(each.entry_id) for each in gone))
            detail = f"{len(entries)} recorded, none in force on the day"
            yield RaisedWarning(code=code, detail=detail, entries=entries)


_CODES: Final = (
    (WarningCode.AUTHORITY_OVER, (Act.NEGOTIATE, Act.COMPLAIN)),
    (WarningCode.CONSENT_OVER, (Act.SHARE_WITH_LENDER, Act.SHARE_WITH_AUTHORITY)),
)


def _not_on_the_day(needed: Needed, allowed: tuple[Allowed, ...]) -> list[Allowed]:
    """What would have allowed it, where nothing does on the day."""
    mine = [each for each in allowed if each.act == needed.act and _concerns(each, needed)]
    return [] if any(_holds(each, needed.on) for each in mine) else mine


def _concerns(allowed: Allowed, needed: Needed) -> bool:
    if allowed.towards is None or needed.towards is None:
        return True
    return plain(allowed.towards) == plain(needed.towards)


def _holds(allowed: Allowed, on: date) -> bool:
    return allowed.first <= on and (allowed.last is None or on <= allowed.last)


def needs_of(history: History, fact: Fact) -> Iterator[Needed]:
    """What a fact that goes out to others rests on; nothing for any other."""
    match fact:
        case ProposalMade():
            for loan_id in fact.loan_ids:
                loan = history.get(loan_id, LoanTaken)
                yield from _to_lender(loan.lender if loan else None, fact.occurred_on)
        case PapersHandedIn():
            yield Needed(Act.SHARE_WITH_LENDER, fact.lender, fact.occurred_on)
        case ComplaintFiled():
            yield from _to_authority(None, fact.occurred_on)
        case LetterSent():
            letter = history.get(fact.letter_id, LetterDrafted)
            if letter is not None:
                yield from _of_letter(letter, fact.sent_on)


def _of_letter(letter: LetterDrafted, on: date) -> Iterator[Needed]:
    if letter.addressee_kind in (Addressee.LENDER, Addressee.COLLECTOR):
        yield from _to_lender(letter.addressee, on)
    if letter.addressee_kind is Addressee.REGULATOR:
        yield from _to_authority(letter.addressee, on)


def _to_lender(name: str | None, on: date) -> Iterator[Needed]:
    yield Needed(Act.NEGOTIATE, name, on)
    yield Needed(Act.SHARE_WITH_LENDER, name, on)


def _to_authority(name: str | None, on: date) -> Iterator[Needed]:
    yield Needed(Act.COMPLAIN, name, on)
    yield Needed(Act.SHARE_WITH_AUTHORITY, name, on)
