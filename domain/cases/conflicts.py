"""The check for conflicts of interest before a case is worked on, as it is kept.

What was looked for stays as numbers only: no name, and no digest of one, for a digest of a name or
a telephone number is soon guessed.
"""

from datetime import date
from enum import StrEnum

import msgspec

from domain.facts import Fact
from domain.personal import Personal


class MatchKind(StrEnum):
    """What a match may mean."""

    SAME_PERSON = "same-person"
    """They are a client already."""
    SAME_HOUSEHOLD = "same-household"
    """They live with a client, or one who lives with them is a client."""
    OTHER_SIDE = "other-side"
    """They stand on the other side of another case, or the other side of theirs is a client."""
    LENDER_STAFF = "lender-staff"
    """A member is tied to a lender, or through them."""


class HeldAs(StrEnum):
    """As what the one who was found is held."""

    CLIENT = "client"
    HOUSEHOLD = "household"
    LENDER = "lender"
    """A private lender."""
    GUARANTOR = "guarantor"
    HELPER = "helper"
    CO_DEBTOR = "co-debtor"
    """Owes beside the client, or is their spouse."""
    PARTY = "party"
    """On the creditor's side: an assignee, a collector, a lawyer."""
    MEMBER_TIE = "member-tie"
    """A company, or somebody there, that a member declared."""


class Closeness(StrEnum):
    """By what it fits, the surest first."""

    ID_NUMBER = "id-number"
    PHONE = "phone"
    NAME = "name"
    """The whole name and nothing else: many people share one."""
    COMPANY = "company"
    COMPANY_PART = "company-part"
    """One name of a company holds the other."""

    @property
    def is_strong(self) -> bool:
        """Whether it is hardly by chance."""
        return self in (Closeness.ID_NUMBER, Closeness.PHONE, Closeness.COMPANY)


class ConflictFound(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Matches of a kind, as numbers."""

    kind: MatchKind
    held_as: HeldAs
    closeness: Closeness
    people: int
    """How many clients, or members, it leads to."""
    cases: int


class ConflictAnswer(StrEnum):
    """What is made of it."""

    NONE = "none"
    """No conflict: nothing was found, or what was found is none."""
    MANAGED = "managed"
    """There is one, and the reason says what is done about it."""
    DECLINED = "declined"
    """The case is not worked on here."""


class SoughtNumbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much was looked for."""

    people: int
    names: int
    id_numbers: int
    phones: int
    companies: int


class ConflictChecked(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="conflict-checked"):
    """Somebody looked for conflicts of interest, and said what they make of what was found.

    The numbers are ours: the search and this entry are one request.
    """

    checked_on: date
    known_at: int
    """Journal position up to which the record was looked through."""
    sought: SoughtNumbers
    searched: int
    """How many people were looked through."""
    found: tuple[ConflictFound, ...] = ()
    answer: ConflictAnswer
    reason: Personal[str] | None = None

    def happened(self) -> date:
        """The day it was looked for."""
        return self.checked_on


ConflictFact = ConflictChecked
