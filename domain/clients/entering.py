"""When consents, authorities, wishes and a household may be recorded, and taken back."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, assert_never
from uuid import UUID

from domain.cases.deciding.intake import MEMBER_ID
from domain.clients.authority import AuthorityEnded, AuthorityGiven
from domain.clients.consent import ConsentGiven, ConsentWithdrawn
from domain.clients.entries import ClientEntry, ClientEntryWithdrawn
from domain.clients.household import HouseholdSet
from domain.clients.periods import Given, Over, about, over_of, overlapping
from domain.clients.wishes import Adjustment, ContactWishesSet
from domain.refusals import Code, Refusal

Entries = Mapping[UUID, ClientEntry]

_CODES: Final = frozenset(Adjustment)
_OLDEST: Final = 1880


def check_entry(entries: Entries, fact: ClientEntry) -> Refusal | None:
    """Whether a fact fits what stands of the client."""
    match fact:
        case ConsentGiven():
            return _check_given(entries, fact, Code.CONSENT_OVERLAPS)
        case AuthorityGiven():
            return _check_authority(fact) or _check_given(entries, fact, Code.AUTHORITY_OVERLAPS)
        case ConsentWithdrawn():
            return _check_over(entries, fact, ConsentGiven, fact.withdrawn_on, "withdrawn_on")
        case AuthorityEnded():
            return _check_over(entries, fact, AuthorityGiven, fact.ended_on, "ended_on")
        case ContactWishesSet():
            return _check_wishes(fact)
        case HouseholdSet():
            return _check_household(fact)
        case _:
            assert_never(fact)


def check_entry_withdrawal(entries: Entries, fact: ClientEntryWithdrawn) -> Refusal | None:
    """An entry that stands; and nothing may be left that would not fit without it."""
    if not (fact.reason.value or "").strip():
        return Refusal(code=Code.REASON_MISSING, field="reason")
    if fact.entry_id not in entries:
        return _unknown(fact.entry_id, "entry_id")
    left = {key: entry for key, entry in entries.items() if key != fact.entry_id}
    broken = [
        key
        for key, entry in left.items()
        if isinstance(entry, Given | Over) and check_entry(_without(left, key), entry)
    ]
    if not broken:
        return None
    detail = f"{len(broken)} entries would not fit any more"
    return Refusal(
        code=Code.ENTRY_IN_USE, field="entry_id", detail=detail, entries=tuple(map(str, broken))
    )


def _without(entries: Entries, entry_id: UUID) -> Entries:
    """The entries without one, and without what ended it: that is judged on its own."""
    return {
        key: fact
        for key, fact in entries.items()
        if key != entry_id and not (isinstance(fact, Over) and about(fact) == entry_id)
    }


def _check_given(entries: Entries, fact: Given, code: Code) -> Refusal | None:
    refusal = _not_before(fact.given_on, fact.ends_on, "ends_on")
    found = None if refusal else next(overlapping(entries, fact), None)
    if found is None:
        return refusal
    standing = entries[found]
    said = getattr(standing, "ends_on", None) or "no day"
    detail = f"entry {found}, given on {standing.happened()}, ends on {said}"
    return Refusal(code=code, field="given_on", detail=detail, entries=(str(found),))


def _check_authority(fact: AuthorityGiven) -> Refusal | None:
    if not fact.scopes:
        return Refusal(code=Code.LIST_EMPTY, field="scopes")
    if len(set(fact.scopes)) < len(fact.scopes):
        return Refusal(code=Code.LIST_REPEATS, field="scopes")
    if not MEMBER_ID.fullmatch(fact.holder):
        return Refusal(code=Code.MEMBER_UNUSABLE, field="holder")
    return None


def _check_over(
    entries: Entries, fact: Over, kind: type[Given], on: date, field: str
) -> Refusal | None:
    name = "consent_id" if kind is ConsentGiven else "authority_id"
    given = entries.get(about(fact))
    if not isinstance(given, kind):
        return _unknown(about(fact), name)
    over = over_of(entries, about(fact))
    if over is not None:
        return Refusal(code=Code.STEP_RECORDED, field=name, entries=(str(over[0]),))
    return _not_before(given.given_on, on, field)


def _check_wishes(fact: ContactWishesSet) -> Refusal | None:
    if len(set(fact.channels)) < len(fact.channels):
        return Refusal(code=Code.LIST_REPEATS, field="channels")
    for index, hours in enumerate(fact.hours):
        if hours.begins == hours.ends or len(set(hours.days)) < len(hours.days):
            return Refusal(code=Code.HOURS_UNUSABLE, field=f"hours/{index}")
    for index, need in enumerate(fact.adjustments):
        if need.value not in _CODES:
            detail = f"one of: {', '.join(Adjustment)}"
            return Refusal(
                code=Code.ADJUSTMENT_UNKNOWN, field=f"adjustments/{index}", detail=detail
            )
    return _not_before(fact.set_on, fact.review_on, "review_on")


def _check_household(fact: HouseholdSet) -> Refusal | None:
    for index, member in enumerate(fact.members):
        if member.born_year is not None and not _is_year(member.born_year.value, fact.set_on.year):
            return Refusal(code=Code.BIRTH_YEAR_UNUSABLE, field=f"members/{index}/born_year")
    return None


def _is_year(text: Any, latest: int) -> bool:
    said = str(text or "")
    is_four = len(said) == 4 and said.isascii() and said.isdecimal()
    return is_four and _OLDEST <= int(said) <= latest


def _unknown(entry_id: UUID, field: str) -> Refusal:
    detail = f"no such entry of this client stands: {entry_id}"
    return Refusal(code=Code.CLIENT_ENTRY_UNKNOWN, field=field, detail=detail)


def _not_before(earliest: date, day: date | None, field: str) -> Refusal | None:
    if day is not None and day < earliest:
        return Refusal(code=Code.DATE_ORDER, field=field, detail=f"{day} is before {earliest}")
    return None
