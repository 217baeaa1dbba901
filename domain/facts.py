"""What every fact has in common: a stable topic, a schema version, grade and evidence.

A fact is the body of an event, in the past tense. Its topic is the struct's tag, written out in
each class: renaming a class never touches stored data.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Final
from uuid import UUID

import msgspec
from eventsourcing.utils import register_topic

from domain.personal import Personal, map_personal


class Grade(StrEnum):
    """What a fact rests on. All but the first two count as documented."""

    CLIENT_SAYS = "client-says"
    LENDER_SAYS = "lender-says"
    DOCUMENT = "document"
    BANK_LINE = "bank-line"
    LENDER_ADMITS = "lender-admits"
    COURT_FOUND = "court-found"

    @property
    def is_documented(self) -> bool:
        """Whether more than somebody's word stands behind it."""
        return self not in (Grade.CLIENT_SAYS, Grade.LENDER_SAYS)


class Fact(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="topic",
):
    """A thing that happened, as it is stored."""

    TOPIC: ClassVar[str]
    """Stored name; set from the struct's tag by `register`."""

    class_version: ClassVar[int] = 1
    """Schema version; older bodies go through `upcast_vN_vM` static methods (domain/codec.py)."""

    def happened(self) -> date | datetime | None:
        """When it happened in the world; None for what has no time there."""
        return None


class Observed(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A fact about the world that somebody told or that a record shows."""

    grade: Grade
    """What it rests on."""
    evidence: tuple[UUID, ...] = ()
    """Evidence items (entry ids of `evidence-added`) that show it."""
    note: Personal[str] | None = None
    """Free text; always personal."""


class Dated(Observed, frozen=True, kw_only=True, omit_defaults=True):
    """An observed fact with a local day."""

    occurred_on: date
    """The day it happened, by the case's own zone."""

    def happened(self) -> date:
        """The day."""
        return self.occurred_on


FACTS: Final[dict[str, type[Fact]]] = {}
"""Every topic that this release can read, by its stored name."""


def register(*facts: type[Fact]) -> None:
    """Give each class its topic and make it known to the library under that name."""
    for fact in facts:
        tag = fact.__struct_config__.tag
        if not isinstance(tag, str):
            raise TypeError(f"{fact.__name__} has no tag")
        fact.TOPIC = tag
        FACTS[tag] = fact
        register_topic(tag, fact)


def bind(fact: Any, subject: UUID) -> Any:
    """The same fact with every draft personal value placed under `subject`'s key."""
    return map_personal(
        fact,
        lambda _, personal: personal if personal.subject else Personal(subject, personal.value),
    )
