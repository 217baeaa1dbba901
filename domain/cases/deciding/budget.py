"""When a financial statement may be recorded."""

from typing import Final

from domain.cases.budget import BudgetFact, Category, FinancialStatementMade, Side
from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_before
from domain.cases.evidence import EvidenceAdded
from domain.cases.history import History
from domain.refusals import Code, Refusal

INCOME: Final = frozenset(
    {
        Category.WAGES,
        Category.SELF_EMPLOYMENT,
        Category.PENSION,
        Category.BENEFITS,
        Category.MAINTENANCE,
        Category.RENT_RECEIVED,
        Category.FAMILY_SUPPORT,
        Category.OTHER_INCOME,
    }
)
"""Categories of what comes; the others are of what goes."""

PEOPLE_MAX: Final = 30


def check(history: History, fact: BudgetFact, rules: Rules) -> Refusal | None:
    """Lines whose category fits their side; totals that do not add up are kept, and flagged."""
    if not fact.lines:
        detail = "a statement has lines; write zero where there is nothing"
        return Refusal(code=Code.LIST_EMPTY, field="lines", detail=detail)
    if not 1 <= fact.adults <= PEOPLE_MAX or not 0 <= fact.children <= PEOPLE_MAX:
        detail = f"adults from 1, children from 0, each to {PEOPLE_MAX}"
        return Refusal(code=Code.AMOUNT_INCONSISTENT, field="adults", detail=detail)
    return _check_lines(history, fact) or _check_replaced(history, fact)


def _check_lines(history: History, fact: FinancialStatementMade) -> Refusal | None:
    for index, line in enumerate(fact.lines):
        if (line.category in INCOME) != (line.side is Side.INCOME):
            detail = f"{line.category.value} is not {line.side.value}"
            return Refusal(
                code=Code.ENTRY_WRONG_KIND, field=f"lines/{index}/category", detail=detail
            )
        if line.item_id is not None:
            refusal = need(history, line.item_id, EvidenceAdded, f"lines/{index}/item_id")
            if refusal:
                return refusal
    return None


def _check_replaced(history: History, fact: FinancialStatementMade) -> Refusal | None:
    if fact.replaces is None:
        return None
    return need_before(history, fact.replaces, FinancialStatementMade, fact.occurred_on, "replaces")
