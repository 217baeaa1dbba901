"""When a check for conflicts of interest may be recorded."""

from domain.cases.conflicts import ConflictAnswer, ConflictChecked
from domain.cases.history import History
from domain.refusals import Code, Refusal


def check(_: History, fact: ConflictChecked) -> Refusal | None:
    """What was found, or what is done about it, needs a word."""
    if fact.reason is not None:
        return None
    if fact.found:
        kinds = ", ".join(dict.fromkeys(each.kind.value for each in fact.found))
        return Refusal(code=Code.CONFLICT_UNANSWERED, field="reason", detail=f"found: {kinds}")
    if fact.answer is not ConflictAnswer.NONE:
        return Refusal(code=Code.REASON_MISSING, field="reason")
    return None
