"""When a case file may be given out. Not only of open cases: a court asks years later."""

from domain.cases.deciding.common import need
from domain.cases.evidence import EvidenceAdded
from domain.cases.exporting import CaseExported
from domain.cases.history import History
from domain.refusals import Code, Refusal


def check_export(history: History, fact: CaseExported) -> Refusal | None:
    """It was made from all that the case holds, and its files are evidence of this case."""
    if fact.known_at < history.position:
        detail = f"made from what was known at {fact.known_at}; the case is at {history.position}"
        return Refusal(code=Code.EXPORT_STALE, detail=detail)
    if fact.first_day and fact.last_day and fact.last_day < fact.first_day:
        detail = f"from {fact.first_day} to {fact.last_day}"
        return Refusal(code=Code.DATE_ORDER, field="last_day", detail=detail)
    for index, item_id in enumerate(fact.evidence_items):
        field = f"evidence_items/{index}"
        if item_id in fact.evidence_items[:index]:
            return Refusal(code=Code.LIST_REPEATS, field=field, detail=str(item_id))
        refusal = need(history, item_id, EvidenceAdded, field)
        if refusal:
            return refusal
    return None
