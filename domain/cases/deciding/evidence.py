"""When evidence, links and notes may be recorded."""

from typing import assert_never

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need
from domain.cases.evidence import EvidenceAdded, EvidenceFact, EvidenceLinked, NoteAdded
from domain.cases.history import History
from domain.refusals import Code, Refusal


def check(
    history: History,
    fact: EvidenceFact | EvidenceAdded,
    rules: Rules,
) -> Refusal | None:
    """Whether an item, a link or a note may be recorded."""
    match fact:
        case EvidenceAdded():
            return check_item(fact)
        case EvidenceLinked():
            return check_link(history, fact)
        case NoteAdded():
            return check_note(history, fact)
        case _:
            assert_never(fact)


def check_item(fact: EvidenceAdded) -> Refusal | None:
    """A media type is needed to open the file again."""
    if "/" not in fact.media_type:
        detail = 'give it like "application/pdf"'
        return Refusal(code=Code.TEXT_EMPTY, field="media_type", detail=detail)
    return None


def check_link(history: History, fact: EvidenceLinked) -> Refusal | None:
    """An item shows an entry of this case, said once."""
    refusal = need(history, fact.item_id, EvidenceAdded, "item_id")
    if refusal:
        return refusal
    entry = history.entries.get(fact.entry_id)
    if entry is None or fact.entry_id == fact.item_id:
        detail = f"no entry {fact.entry_id} that this item could show"
        return Refusal(code=Code.ENTRY_UNKNOWN, field="entry_id", detail=detail)
    if entry.is_withdrawn:
        return Refusal(code=Code.ENTRY_WITHDRAWN, field="entry_id", detail=str(fact.entry_id))
    for link_id, link in history.standing(EvidenceLinked):
        if (link.item_id, link.entry_id) == (fact.item_id, fact.entry_id):
            return Refusal(code=Code.EVIDENCE_LINKED, field="item_id", entries=(str(link_id),))
    return None


def check_note(history: History, fact: NoteAdded) -> Refusal | None:
    """A note about an entry is about one of this case."""
    if fact.entry_id is not None and fact.entry_id not in history.entries:
        detail = f"this case has no entry {fact.entry_id}"
        return Refusal(code=Code.ENTRY_UNKNOWN, field="entry_id", detail=detail)
    return None
