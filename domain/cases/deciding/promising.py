"""What a promise does: to the limitation clock, and to what the client has left over.

Both chapters that promise something, negotiating and plans, ask here.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from domain.cases.budget import FinancialStatementMade
from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.figures.affordability import left_after_helpers
from domain.figures.figure import Unknown
from domain.figures.limitation_reading import limitation_reading
from domain.figures.statement import versions_of
from domain.money import Money
from domain.refusals import Refusal
from domain.rules.books import Books
from domain.rules.cn.promise_warning import Weight
from domain.warnings import RaisedWarning, WarningCode


def promise_warnings(
    history: History, loan_ids: Sequence[UUID], on: date, rules: Rules
) -> Iterator[RaisedWarning]:
    """What the pack says of a promise on each loan that day; nothing without a pack for it."""
    if not isinstance(rules.books, Books):
        return
    for index, loan_id in enumerate(loan_ids):
        if history.get(loan_id, LoanTaken) is None:
            continue
        found = limitation_reading(history, loan_id, on, rules.books).promise_today
        if found is None:
            continue
        is_barred = found.weight is Weight.GIVES_UP
        yield RaisedWarning(
            code=WarningCode.PROMISE_TIME_BARRED if is_barred else WarningCode.LIMITATION_PROMISE,
            field=f"loan_ids/{index}",
            detail=f"{found.en} {found.zh} [{', '.join(found.rule_ids)}]",
            entries=(str(loan_id),),
        )


def need_statement(history: History, statement_id: UUID | None) -> Refusal | None:
    """Refuse unless the case has that financial statement, where one is named."""
    if statement_id is None:
        return None
    return need(history, statement_id, FinancialStatementMade, "statement_id")


def surplus_warnings(
    history: History, statement_id: UUID | None, on: date, a_month: Money | None
) -> Iterator[RaisedWarning]:
    """Whether what is promised a month is more than the statement leaves over.

    The statement that is named, else the latest of that day; nothing where there is none.
    """
    versions = versions_of(history, on)
    if statement_id is None and versions:
        statement_id = versions[-1][0].entry_id
    if statement_id is None or a_month is None:
        return
    surplus = left_after_helpers(history, statement_id)
    entries = (str(statement_id),)
    if isinstance(surplus, Unknown):
        yield RaisedWarning(
            code=WarningCode.SURPLUS_UNKNOWN,
            field="statement_id",
            detail=surplus.reason,
            entries=entries,
        )
    elif surplus.currency != a_month.currency or surplus < a_month:
        detail = (
            f"{a_month.text()} {a_month.currency} a month; left over {surplus.text()} "
            f"{surplus.currency}"
        )
        yield RaisedWarning(
            code=WarningCode.PLAN_OVER_SURPLUS,
            field="statement_id",
            detail=detail,
            entries=entries,
        )
