"""`decide`: from a command to facts, or to the reason why not."""

from typing import assert_never, cast
from uuid import UUID

from domain.cases.budget import BudgetFact
from domain.cases.complaints import ComplaintFact
from domain.cases.conflicts import ConflictFact
from domain.cases.contacts import ContactFact
from domain.cases.corrections import CaseFact, EntryCorrected, EntryWithdrawn, Recordable
from domain.cases.court import CourtFact
from domain.cases.credit import CreditFact
from domain.cases.deciding import (
    budget,
    complaints,
    conflicts,
    contacts,
    corrections,
    court,
    credit,
    evidence,
    exporting,
    findings,
    guarantees,
    helpers,
    imports,
    insolvency,
    intake,
    lending,
    letters,
    negotiating,
    parties,
    paying,
    payments,
    phases,
    plans,
    warning,
    work,
)
from domain.cases.deciding.commands import Command, Correct, Record, Rules, Withdraw
from domain.cases.deciding.common import check_common
from domain.cases.evidence import EvidenceAdded, EvidenceFact
from domain.cases.exporting import CaseExported, ExportFact
from domain.cases.findings import FindingFact
from domain.cases.guarantees import GuaranteeFact
from domain.cases.helpers import HelperFact
from domain.cases.history import CaseStatus, Entry, History
from domain.cases.imports import ImportFact, ImportFixed
from domain.cases.insolvency import InsolvencyFact
from domain.cases.intake import CaseOpened, CaseReopened, IntakeFact
from domain.cases.lending import LendingFact
from domain.cases.letters import LetterFact, LetterFixed
from domain.cases.negotiating import NegotiatingFact
from domain.cases.parties import PartyFact
from domain.cases.paying import PayingFact
from domain.cases.payments import PaymentFact
from domain.cases.phases import PhaseFact
from domain.cases.plans import PlanFact
from domain.cases.stating import StatementFact
from domain.cases.work import WorkFact
from domain.facts import bind
from domain.refusals import Code, Refusal


def decide(history: History, command: Command, rules: Rules) -> tuple[CaseFact, ...] | Refusal:
    """The facts to record for a command, or the Refusal. Pure: same inputs, same answer."""
    if history.erased_at is not None:
        detail = f"the client of case {history.case_id} was erased at position {history.erased_at}"
        return Refusal(code=Code.CLIENT_ERASED, detail=detail)
    match command:
        case Record():
            decided = _record(history, command.fact, rules)
        case Correct():
            decided = _correct(history, command, rules)
        case Withdraw():
            decided = _withdraw(history, command, rules)
        case _:
            assert_never(command)
    if isinstance(decided, Refusal):
        return decided
    return tuple(bind(fact, _client(history, fact)) for fact in decided)


def _client(history: History, fact: CaseFact) -> UUID:
    client_id = fact.client_id if isinstance(fact, CaseOpened) else history.client_id
    if client_id is None:
        raise ValueError("a case without a client: its opening was not read")
    return client_id


def _record(history: History, fact: Recordable, rules: Rules) -> tuple[CaseFact, ...] | Refusal:
    return (
        _check_status(history, fact)
        or check_common(history, fact, rules)
        or check_chapter(history, fact, rules)
        or warning.check(history, fact, rules)
        or (fact,)
    )


def _check_status(history: History, fact: Recordable) -> Refusal | None:
    if isinstance(fact, CaseOpened):
        exists = history.status is not CaseStatus.NONE
        return Refusal(code=Code.CASE_EXISTS, detail=str(history.case_id)) if exists else None
    if history.status is CaseStatus.NONE:
        return Refusal(code=Code.CASE_UNKNOWN, detail=f"no case {history.case_id}")
    if isinstance(fact, CaseReopened):
        is_open = history.status is CaseStatus.OPEN
        return Refusal(code=Code.CASE_NOT_CLOSED) if is_open else None
    if history.status is CaseStatus.CLOSED and not isinstance(fact, CaseExported):
        return Refusal(code=Code.CASE_CLOSED, detail=str(history.case_id))
    return None


def check_chapter(  # noqa: C901 - one flat line for each chapter reads best
    history: History, fact: Recordable, rules: Rules
) -> Refusal | None:
    """What the fact's own chapter says about it."""
    if isinstance(fact, IntakeFact):
        return intake.check(history, fact, rules)
    if isinstance(fact, PhaseFact):
        return phases.check(history, fact, rules)
    if isinstance(fact, PartyFact):
        return parties.check(history, fact, rules)
    if isinstance(fact, LendingFact):
        return lending.check(history, fact, rules)
    if isinstance(fact, GuaranteeFact):
        return guarantees.check(history, fact, rules)
    if isinstance(fact, PaymentFact):
        return payments.check(history, fact, rules)
    if isinstance(fact, ContactFact):
        return contacts.check(history, fact, rules)
    if isinstance(fact, PlanFact):
        return plans.check(history, fact, rules)
    if isinstance(fact, ComplaintFact):
        return complaints.check(history, fact, rules)
    if isinstance(fact, CourtFact):
        return court.check(history, fact, rules)
    if isinstance(fact, BudgetFact):
        return budget.check(history, fact, rules)
    if isinstance(fact, HelperFact):
        return helpers.check(history, fact, rules)
    if isinstance(fact, CreditFact):
        return credit.check(history, fact, rules)
    if isinstance(fact, InsolvencyFact):
        return insolvency.check(history, fact, rules)
    if isinstance(fact, FindingFact):
        return findings.check(history, fact, rules)
    if isinstance(fact, EvidenceFact | EvidenceAdded):
        return evidence.check(history, fact, rules)
    if isinstance(fact, LetterFact | LetterFixed):
        return letters.check(history, fact, rules)
    if isinstance(fact, WorkFact):
        return work.check(history, fact, rules)
    if isinstance(fact, ExportFact):
        return exporting.check_export(history, fact)
    if isinstance(fact, ConflictFact):
        return conflicts.check(history, fact)
    if isinstance(fact, PayingFact):
        return paying.check(history, fact, rules)
    if isinstance(fact, NegotiatingFact):
        return negotiating.check(history, fact, rules)
    if isinstance(fact, ImportFact | ImportFixed):
        return imports.check(history, fact, rules)
    if isinstance(fact, StatementFact):
        return None
    assert_never(fact)


def _correct(history: History, command: Correct, rules: Rules) -> tuple[CaseFact, ...] | Refusal:
    refusal = _exists(history) or corrections.check_target(history, command)
    if refusal:
        return refusal
    entry = history.entries[command.entry_id]
    rest = corrections.without(history, command.entry_id)
    refusal = (
        corrections.check_correction(entry, command)
        or corrections.check_changed(entry, command.replacement)
        or corrections.check_currency_kept(history, entry, command.replacement)
        or _under("replacement", check_common(rest, command.replacement, rules))
        or _under("replacement", check_chapter(rest, command.replacement, rules))
        or _under("replacement", warning.check(rest, command.replacement, rules))
        or _check_touched(entry, corrections.replaced(history, entry, command.replacement), rules)
    )
    if refusal:
        return refusal
    return (
        EntryCorrected(
            entry_id=command.entry_id, replacement=command.replacement, reason=command.reason
        ),
    )


def _withdraw(history: History, command: Withdraw, rules: Rules) -> tuple[CaseFact, ...] | Refusal:
    refusal = _exists(history) or corrections.check_target(history, command)
    if refusal:
        return refusal
    entry = history.entries[command.entry_id]
    rest = corrections.without(history, command.entry_id)
    return (
        corrections.check_withdrawal(history, entry)
        or _check_touched(entry, rest, rules)
        or (EntryWithdrawn(entry_id=command.entry_id, reason=command.reason),)
    )


def _check_touched(entry: Entry, after: History, rules: Rules) -> Refusal | None:
    """A change may leave no other entry standing that its own chapter would refuse."""
    broken: list[tuple[Entry, Refusal]] = []
    for other in corrections.touched_by(after, entry):
        rest = corrections.without(after, other.entry_id)
        refusal = check_chapter(rest, cast("Recordable", other.fact), rules)
        if refusal:
            broken.append((other, refusal))
    if not broken:
        return None
    ids = tuple(sorted(str(other.entry_id) for other, _ in broken))
    detail = f"{len(broken)} entries would not fit any more: {broken[0][1].detail}"
    return Refusal(code=Code.ENTRY_IN_USE, field="entry_id", detail=detail, entries=ids[:20])


def _exists(history: History) -> Refusal | None:
    if history.status is CaseStatus.NONE:
        return Refusal(code=Code.CASE_UNKNOWN, detail=f"no case {history.case_id}")
    return None


def _under(prefix: str, refusal: Refusal | None) -> Refusal | None:
    if refusal is None or refusal.field is None:
        return refusal
    return Refusal(
        code=refusal.code,
        field=f"{prefix}/{refusal.field}",
        detail=refusal.detail,
        entries=refusal.entries,
        warnings=refusal.warnings,
    )
