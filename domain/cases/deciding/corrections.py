"""When an entry may be corrected or withdrawn."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import msgspec

from domain.cases.budget import FinancialStatementMade
from domain.cases.corrections import Correctable
from domain.cases.court import JudgmentGiven
from domain.cases.deciding.commands import Correct, Withdraw
from domain.cases.exporting import CaseExported
from domain.cases.history import Entry, History
from domain.cases.imports import ImportFixed, ImportRowCorrected, ImportStarted
from domain.cases.intake import CaseClosed, CaseOpened, CaseReopened
from domain.cases.lending import LoanTaken
from domain.cases.letters import LetterDrafted
from domain.cases.negotiating import PapersHandedIn
from domain.cases.stating import FiguresStated
from domain.facts import Fact
from domain.personal import Personal, map_personal
from domain.refusals import Code, Refusal


def check_target(history: History, command: Correct | Withdraw) -> Refusal | None:
    """The entry is there, was not withdrawn, and is of a kind that can be changed."""
    if not (command.reason.value or "").strip():
        return Refusal(code=Code.REASON_MISSING, field="reason")
    entry = history.entries.get(command.entry_id)
    if entry is None:
        detail = f"this case has no entry {command.entry_id}"
        if any(command.entry_id == c.event_id for e in history.entries.values() for c in e.changes):
            detail = f"{command.entry_id} is itself a correction: name the entry that it changed"
            return Refusal(code=Code.ENTRY_FIXED, field="entry_id", detail=detail)
        return Refusal(code=Code.ENTRY_UNKNOWN, field="entry_id", detail=detail)
    if entry.is_withdrawn:
        detail = f"entry {command.entry_id} was withdrawn"
        return Refusal(code=Code.ENTRY_WITHDRAWN, field="entry_id", detail=detail)
    return None


def check_correction(entry: Entry, command: Correct) -> Refusal | None:
    """A correction keeps the entry's kind; opening a case keeps its client."""
    if not isinstance(entry.fact, Correctable):
        return _fixed(entry)
    if type(command.replacement) is not type(entry.fact):
        detail = f"the entry is a {entry.fact.TOPIC}, the replacement a {command.replacement.TOPIC}"
        return Refusal(code=Code.ENTRY_WRONG_KIND, field="replacement", detail=detail)
    if (
        isinstance(command.replacement, CaseOpened)
        and isinstance(entry.fact, CaseOpened)
        and command.replacement.client_id != entry.fact.client_id
    ):
        detail = "a case stays with its client; open another case for another person"
        return Refusal(code=Code.ENTRY_FIXED, field="replacement/client_id", detail=detail)
    return None


def check_changed(entry: Entry, replacement: Correctable) -> Refusal | None:
    """A correction says something else than what stands; personal values have to be opened."""
    if _said(entry.fact) == _said(replacement):
        return Refusal(code=Code.NOTHING_CHANGED, field="replacement")
    return None


def _said(fact: Fact) -> Any:
    return map_personal(fact, lambda _, personal: Personal(None, personal.value))


def check_withdrawal(history: History, entry: Entry) -> Refusal | None:
    """Nothing that still stands may rest on what is withdrawn."""
    if isinstance(
        entry.fact,
        CaseOpened | CaseClosed | CaseReopened | FiguresStated | CaseExported | ImportFixed,
    ):
        return _fixed(entry)
    resting = tuple(str(entry_id) for entry_id in resting_on(history, entry.entry_id))
    if resting:
        detail = f"{len(resting)} entries rest on {entry.entry_id}"
        return Refusal(
            code=Code.ENTRY_IN_USE, field="entry_id", detail=detail, entries=resting[:20]
        )
    return None


def check_currency_kept(history: History, entry: Entry, replacement: Correctable) -> Refusal | None:
    """A loan's currency cannot change under the entries that are in it."""
    if not isinstance(replacement, LoanTaken) or not isinstance(entry.fact, LoanTaken):
        return None
    if replacement.face_amount.currency == entry.fact.face_amount.currency:
        return None
    resting = tuple(str(entry_id) for entry_id in resting_on(history, entry.entry_id))
    if resting:
        return Refusal(
            code=Code.CURRENCY_MIXED, field="replacement/face_amount", entries=resting[:20]
        )
    return None


def resting_on(history: History, entry_id: UUID) -> Iterator[UUID]:
    """Standing entries that name this one; notes and links about it do not hold it."""
    for other in history.entries.values():
        if not other.is_withdrawn and entry_id in named_by(other.fact):
            yield other.entry_id


NAMING: Final = (
    "loan_id",
    "payment_id",
    "item_id",
    "suit_id",
    "about_id",
    "guarantee_id",
    "complaint_id",
    "escalates",
    "into_id",
    "review_id",
    "mediation_id",
    "judgment_id",
    "enforcement_id",
    "order_id",
    "report_id",
    "credit_entry_id",
    "dispute_id",
    "petition_id",
    "contact_point_id",
    "consent_id",
    "kept_id",
    "check_id",
    "plan_id",
    "proposal_id",
    "asked_id",
    "statement_id",
    "replaces",
    "pot_id",
    "pledge_id",
    "letter_id",
    "task_id",
    "replaces_id",
    "import_id",
    "party_id",
    "by_id",
    "recipient_id",
)
NAMING_MANY: Final = ("loan_ids", "also_for", "evidence", "same_ids", "task_ids")
"""Fields by which a fact rests on entries; a test holds every fact's ids against these."""


def named_by(fact: Fact) -> tuple[UUID, ...]:
    """Entry ids that a fact cannot do without."""
    if isinstance(fact, LetterDrafted):
        # A letter says what it says, whatever becomes of what it speaks of.
        return ()
    names = [getattr(fact, name, None) for name in NAMING]
    named = [name for name in names if isinstance(name, UUID)]
    if isinstance(fact, LoanTaken) and fact.renews is not None:
        named.append(fact.renews.loan_id)
    if isinstance(fact, JudgmentGiven):
        named.extend(judged.loan_id for judged in fact.judged)
    if isinstance(fact, PapersHandedIn):
        named.extend(paper.item_id for paper in fact.papers if paper.item_id is not None)
    if isinstance(fact, FinancialStatementMade):
        named.extend(line.item_id for line in fact.lines if line.item_id is not None)
    if isinstance(fact, ImportRowCorrected):
        named.extend(named_by(fact.replacement))
    if isinstance(fact, ImportStarted):
        parties = (*fact.parties, fact.rest) if fact.rest else fact.parties
        named.extend(loan_id for party in parties for loan_id in party.loan_ids)
    for many in NAMING_MANY:
        named.extend(getattr(fact, many, ()))
    return tuple(named)


def touched_by(history: History, entry: Entry) -> list[Entry]:
    """Standing entries whose own rules may look at this one.

    Those that rest on it, and whatever else became of the same payment or letter.
    """
    ids = set(resting_on(history, entry.entry_id))
    for name in ("payment_id", "letter_id", "task_id"):
        ids |= set(resting_on(history, getattr(entry.fact, name, entry.entry_id)))
    return [history.entries[entry_id] for entry_id in ids - {entry.entry_id}]


def replaced(history: History, entry: Entry, fact: Fact) -> History:
    """The history as it would be if an entry said something else."""
    changed = msgspec.structs.replace(entry, fact=fact)
    entries = {**history.entries, entry.entry_id: changed}
    return msgspec.structs.replace(history, entries=entries)


def without(history: History, entry_id: UUID) -> History:
    """The history as it would be had this entry never been recorded."""
    entries = {key: entry for key, entry in history.entries.items() if key != entry_id}
    return msgspec.structs.replace(history, entries=entries)


def _fixed(entry: Entry) -> Refusal:
    detail = f"a {entry.fact.TOPIC} cannot be changed this way"
    return Refusal(code=Code.ENTRY_FIXED, field="entry_id", detail=detail)
