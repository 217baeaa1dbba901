"""Who a client lives with, and who depends on them: one version after another, by day."""

from datetime import date
from enum import StrEnum

import msgspec

from domain.facts import Fact
from domain.personal import Personal


class HouseholdRelation(StrEnum):
    """Who somebody is to the client."""

    SPOUSE = "spouse"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    PARENT_IN_LAW = "parent-in-law"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    RELATIVE = "relative"
    FLATMATE = "flatmate"
    OTHER = "other"


class HouseholdMember(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person beside the client. What names them is sealed under the client's key."""

    relation: HouseholdRelation
    name: Personal[str] | None = None
    born_year: Personal[str] | None = None
    """Four digits."""
    is_dependant: bool = False
    """Whether the client keeps them."""
    has_income: bool | None = None
    """None: not known."""
    lives_with: bool = True
    """Whether they live with the client."""


class HouseholdSet(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="household-set"):
    """The household as it was from a day on; a version of a later day takes its place."""

    set_on: date
    members: tuple[HouseholdMember, ...] = ()
    """Beside the client; empty: they live alone."""

    def happened(self) -> date:
        """The day from which it was so."""
        return self.set_on


HouseholdFact = HouseholdSet
