"""The financial statement: income and expenditure, a version at a time."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.facts import Dated
from domain.figures.calculation.monthly import Frequency
from domain.money import Money
from domain.personal import Personal


class Side(StrEnum):
    """Whether money comes or goes."""

    INCOME = "income"
    EXPENDITURE = "expenditure"


class Category(StrEnum):
    """What a line is for."""

    WAGES = "wages"
    SELF_EMPLOYMENT = "self-employment"
    PENSION = "pension"
    BENEFITS = "benefits"
    MAINTENANCE = "maintenance"
    RENT_RECEIVED = "rent-received"
    FAMILY_SUPPORT = "family-support"
    OTHER_INCOME = "other-income"
    RENT = "rent"
    MORTGAGE = "mortgage"
    UTILITIES = "utilities"
    FOOD = "food"
    TRANSPORT = "transport"
    PHONE = "phone"
    CHILDCARE = "childcare"
    SCHOOL = "school"
    MEDICAL = "medical"
    INSURANCE = "insurance"
    TAXES = "taxes"
    MAINTENANCE_PAID = "maintenance-paid"
    PRIORITY_DEBT = "priority-debt"
    OTHER_EXPENDITURE = "other-expenditure"


class Whose(StrEnum):
    """Whose money it is."""

    CLIENT = "client"
    PARTNER = "partner"
    HOUSEHOLD = "household"


class BudgetLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a statement."""

    side: Side
    category: Category
    amount: Money
    """Each time; zero says that it was asked and there is none."""
    frequency: Frequency
    whose: Whose = Whose.CLIENT
    item_id: UUID | None = None
    """The evidence item that shows it."""
    remark: Personal[str] | None = None


class FinancialStatementMade(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="financial-statement-made"
):
    """A financial statement was drawn up with the client; its entry id is its version's name."""

    lines: tuple[BudgetLine, ...]
    adults: int = 1
    children: int = 0
    """People who live on it."""
    stated_income: Money | None = None
    """Total a month that a form or the client states; kept also where the lines differ."""
    stated_expenditure: Money | None = None
    stated_surplus: Money | None = None
    """Of a deficit: negative."""
    replaces: UUID | None = None
    """The version before it."""
    review_on: date | None = None


BudgetFact = FinancialStatementMade
