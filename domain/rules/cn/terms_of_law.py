"""Amounts, years and days that laws on insolvency, credit records and venue name."""

from datetime import date
from typing import Final

from domain.money import Money

SHENZHEN_FROM: Final = date(2021, 3, 1)
"""First day of the Shenzhen law."""
SHENZHEN_INSURED_YEARS: Final = 3
SHENZHEN_CREDITOR: Final = Money(50_000_000, "CNY")
"""Due claims from which creditors may petition."""
SHENZHEN_EXEMPT: Final = Money(20_000_000, "CNY")
SHENZHEN_EXAMINATION_YEARS: Final = 3
XIAMEN_FROM: Final = date(2025, 11, 1)
XIAMEN_YEARS: Final = 5
XIAMEN_CREDITOR_INCOMES: Final = 5
XIAMEN_EXEMPT_INCOMES: Final = 3

BAD_RECORD_YEARS: Final = 5
FREE_REPORTS_A_YEAR: Final = 2
REPAIR_FROM: Final = date(2020, 1, 1)
REPAIR_TO: Final = date(2025, 12, 31)
"""Days on which arrears arose that the one-off repair covered, both in it."""
REPAIR_PAID_BY: Final = date(2026, 3, 31)
REPAIR_MAX: Final = Money(1_000_000, "CNY")
"""Largest overdue amount that it covered."""

INTERNET_COURTS_UNTIL: Final = date(2025, 10, 31)
"""Last day on which online loan contracts went to an internet court by rule."""
