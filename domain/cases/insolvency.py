"""Personal insolvency: what eligibility turns on, the petition, and what became of it."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal


class Cause(StrEnum):
    """What made the client insolvent."""

    BUSINESS = "business"
    LIVING = "living"
    GAMBLING = "gambling"
    WASTE = "waste"
    OTHER = "other"


class Place(StrEnum):
    """Where a personal insolvency law is in force."""

    SHENZHEN = "shenzhen"
    XIAMEN = "xiamen"


class AssetHeld(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing the client owns."""

    kind: str
    """In clear and general: flat, car, deposit."""
    worth: Money
    is_exempt: bool = False
    """Whether it is claimed as exempt property."""


class InsolvencyFactsNoted(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="insolvency-facts-noted"
):
    """What eligibility turns on, as it stood on `occurred_on`; the last one counts whole."""

    place: Place
    resident_since: date | None = None
    """First day of living there without a break; None: not known."""
    insured_since: date | None = None
    """First month of unbroken social insurance there, by its first day; None: not known."""
    business_since: date | None = None
    """First day of doing business there without a break."""
    causes: tuple[Cause, ...] = ()
    assets: tuple[AssetHeld, ...] | None = None
    """None: not listed yet; empty: there are none."""
    income_per_head: Money | None = None
    """Last year's disposable income per head there, as an office published it."""


class PetitionKind(StrEnum):
    """What a petition asks for."""

    LIQUIDATION = "liquidation"
    REORGANISATION = "reorganisation"
    SETTLEMENT = "settlement"


class Petitioner(StrEnum):
    """Who petitions."""

    CLIENT = "client"
    CREDITOR = "creditor"


class InsolvencyPetitioned(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="insolvency-petitioned"
):
    """A petition was handed in."""

    place: Place
    court: str
    kind: PetitionKind
    petitioner: Petitioner = Petitioner.CLIENT
    case_number: Personal[str] | None = None


class PetitionResult(StrEnum):
    """What the court made of a petition, in the order in which it can."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    BANKRUPTCY_DECLARED = "bankruptcy-declared"
    PLAN_APPROVED = "plan-approved"
    RELEASED = "released"
    ENDED = "ended"


class InsolvencyDecided(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="insolvency-decided"
):
    """The court decided something in an insolvency."""

    petition_id: UUID
    result: PetitionResult


InsolvencyFact = InsolvencyFactsNoted | InsolvencyPetitioned | InsolvencyDecided
