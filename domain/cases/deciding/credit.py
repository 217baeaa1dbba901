"""When entries about the credit record may be recorded."""

from typing import assert_never

from domain.cases.credit import (
    CreditDisputeAnswered,
    CreditEntryDisputed,
    CreditEntrySeen,
    CreditFact,
    CreditReportObtained,
)
from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need_before, need_first, need_loan
from domain.cases.history import History
from domain.refusals import Code, Refusal


def check(history: History, fact: CreditFact, rules: Rules) -> Refusal | None:
    """Whether a report, what it says, a dispute or its answer may be recorded."""
    match fact:
        case CreditReportObtained():
            return None
        case CreditEntrySeen():
            return _check_entry(history, fact)
        case CreditEntryDisputed():
            if not fact.grounds:
                detail = "say why the entry is wrong"
                return Refusal(code=Code.LIST_EMPTY, field="grounds", detail=detail)
            return need_before(
                history, fact.credit_entry_id, CreditEntrySeen, fact.occurred_on, "credit_entry_id"
            )
        case CreditDisputeAnswered():
            return need_before(
                history, fact.dispute_id, CreditEntryDisputed, fact.occurred_on, "dispute_id"
            ) or need_first(history, CreditDisputeAnswered, "dispute_id", fact.dispute_id)
        case _:
            assert_never(fact)


def _check_entry(history: History, fact: CreditEntrySeen) -> Refusal | None:
    since, ended = fact.overdue_since, fact.default_ended_on
    if since is not None and ended is not None and ended < since:
        detail = f"ended {ended}, overdue since {since}"
        return Refusal(code=Code.DATE_ORDER, field="default_ended_on", detail=detail)
    refusal = need_before(
        history, fact.report_id, CreditReportObtained, fact.occurred_on, "report_id"
    )
    if refusal or fact.loan_id is None:
        return refusal
    return need_loan(history, fact.loan_id, {"overdue": fact.overdue})
