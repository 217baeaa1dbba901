"""How a client stands on a day: what holds, until when, how to reach them, and what is missing."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.clients.authority import AuthorityForm, AuthorityGiven, AuthorityScope
from domain.clients.consent import ConsentGiven, ConsentPurpose, ConsentWay
from domain.clients.entries import ClientEntry
from domain.clients.household import HouseholdSet
from domain.clients.periods import Given, over_of, period_of
from domain.clients.wishes import ContactWishesSet
from domain.personal import Personal


class Holds(StrEnum):
    """How a consent or an authority stands."""

    IN_FORCE = "in-force"
    ENDED = "ended"
    """Its last day is past."""
    WITHDRAWN = "withdrawn"
    """It was taken back, or ended before its last day."""


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """From when to when something holds, as of a day."""

    state: Holds
    given_on: date
    ends_on: date | None
    """The last day that was set; None: none was."""
    last_on: date | None
    """The last day it holds, or held; None: no end is known."""
    days_left: int | None
    """Whole days from `as_of` to the last day, while it is in force and has one: 0 on that day."""
    over_by: UUID | None
    """The entry by which it was taken back, or ended."""


class ConsentLine(msgspec.Struct, frozen=True, kw_only=True):
    """A consent on a day."""

    consent_id: UUID
    purpose: ConsentPurpose
    to_whom: str | None
    way: ConsentWay
    term: Term
    note: Personal[str] | None


class AuthorityLine(msgspec.Struct, frozen=True, kw_only=True):
    """An authority on a day."""

    authority_id: UUID
    scopes: tuple[AuthorityScope, ...]
    towards: str | None
    form: AuthorityForm
    holder: str
    term: Term
    note: Personal[str] | None


class Missing(StrEnum):
    """What a caseworker should see to."""

    CONSENT_CASEWORK = "consent-casework"
    """No consent to the work itself is in force."""
    CONSENT_SENSITIVE = "consent-sensitive-data"
    AUTHORITY_NEGOTIATE = "authority-negotiate"
    """Nobody may negotiate in the client's name."""
    CONTACT_WISHES = "contact-wishes"
    """Nobody has asked how the client can be reached without harm."""
    CONTACT_REVIEW = "contact-review"
    """The day to ask again is past."""
    HOUSEHOLD = "household"


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """The wishes that stand, with the entry that set them."""

    entry_id: UUID
    wishes: ContactWishesSet


class Household(msgspec.Struct, frozen=True, kw_only=True):
    """The household's version that stands, with the entry that set it."""

    entry_id: UUID
    household: HouseholdSet


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A client on a day. Consents and authorities in the order of recording."""

    consents: tuple[ConsentLine, ...]
    authorities: tuple[AuthorityLine, ...]
    wishes: Wishes | None
    household: Household | None
    missing: tuple[Missing, ...]


def standing(entries: Mapping[UUID, ClientEntry], as_of: date) -> Standing:
    """How a client stands on `as_of` by entries that were not withdrawn. Pure.

    What happened after that day does not count: a consent taken back later is in force.
    """
    known = {key: fact for key, fact in entries.items() if _day(fact) <= as_of}
    consents = tuple(
        _consent(known, key, fact, as_of)
        for key, fact in known.items()
        if isinstance(fact, ConsentGiven)
    )
    authorities = tuple(
        _authority(known, key, fact, as_of)
        for key, fact in known.items()
        if isinstance(fact, AuthorityGiven)
    )
    wishes, household = _wishes(known), _household(known)
    return Standing(
        consents=consents,
        authorities=authorities,
        wishes=wishes,
        household=household,
        missing=tuple(_missing(consents, authorities, wishes, household, as_of)),
    )


def _day(fact: ClientEntry) -> date:
    day = fact.happened()
    if not isinstance(day, date):
        raise TypeError(f"a {fact.TOPIC} has a day")
    return day


def _term(entries: Mapping[UUID, ClientEntry], key: UUID, fact: Given, as_of: date) -> Term:
    period, over = period_of(entries, key, fact), over_of(entries, key)
    is_in_force = period.holds(as_of)
    state = Holds.IN_FORCE
    if not is_in_force:
        # Taken back after its last day, it had ended by itself.
        by_itself = over is None or (fact.ends_on is not None and fact.ends_on == period.last)
        state = Holds.ENDED if by_itself else Holds.WITHDRAWN
    left = (period.last - as_of).days if is_in_force and period.last else None
    return Term(
        state=state,
        given_on=fact.given_on,
        ends_on=fact.ends_on,
        last_on=period.last,
        days_left=left,
        over_by=over[0] if over else None,
    )


def _consent(
    entries: Mapping[UUID, ClientEntry], key: UUID, fact: ConsentGiven, as_of: date
) -> ConsentLine:
    return ConsentLine(
        consent_id=key,
        purpose=fact.purpose,
        to_whom=fact.to_whom,
        way=fact.way,
        term=_term(entries, key, fact, as_of),
        note=fact.note,
    )


def _authority(
    entries: Mapping[UUID, ClientEntry], key: UUID, fact: AuthorityGiven, as_of: date
) -> AuthorityLine:
    return AuthorityLine(
        authority_id=key,
        scopes=fact.scopes,
        towards=fact.towards,
        form=fact.form,
        holder=fact.holder,
        term=_term(entries, key, fact, as_of),
        note=fact.note,
    )


def _wishes(entries: Mapping[UUID, ClientEntry]) -> Wishes | None:
    # Of one day the one recorded last: max() would keep the first.
    found: Wishes | None = None
    for key, fact in entries.items():
        if isinstance(fact, ContactWishesSet) and (
            found is None or fact.set_on >= found.wishes.set_on
        ):
            found = Wishes(entry_id=key, wishes=fact)
    return found


def _household(entries: Mapping[UUID, ClientEntry]) -> Household | None:
    found: Household | None = None
    for key, fact in entries.items():
        if isinstance(fact, HouseholdSet) and (
            found is None or fact.set_on >= found.household.set_on
        ):
            found = Household(entry_id=key, household=fact)
    return found


def _missing(
    consents: tuple[ConsentLine, ...],
    authorities: tuple[AuthorityLine, ...],
    wishes: Wishes | None,
    household: Household | None,
    as_of: date,
) -> Iterator[Missing]:
    held = {line.purpose for line in consents if line.term.state is Holds.IN_FORCE}
    may = {
        scope for line in authorities if line.term.state is Holds.IN_FORCE for scope in line.scopes
    }
    if ConsentPurpose.CASEWORK not in held:
        yield Missing.CONSENT_CASEWORK
    if ConsentPurpose.SENSITIVE_DATA not in held:
        yield Missing.CONSENT_SENSITIVE
    if AuthorityScope.NEGOTIATE not in may:
        yield Missing.AUTHORITY_NEGOTIATE
    if wishes is None:
        yield Missing.CONTACT_WISHES
    elif wishes.wishes.review_on is not None and wishes.wishes.review_on < as_of:
        yield Missing.CONTACT_REVIEW
    if household is None:
        yield Missing.HOUSEHOLD
