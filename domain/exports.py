"""Choosing what a case file holds: which entries, which personal values, which readings. Pure."""

from collections.abc import AsyncGenerator, Sequence
from datetime import date
from typing import Any, Final, Protocol, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.cases.budget import BudgetFact
from domain.cases.complaints import ComplaintFact
from domain.cases.conflicts import ConflictFact
from domain.cases.contacts import ContactFact
from domain.cases.corrections import EntryCorrected, EntryWithdrawn
from domain.cases.court import CourtFact
from domain.cases.credit import CreditFact
from domain.cases.erasing import CaseErased
from domain.cases.evidence import EvidenceAdded, EvidenceFact
from domain.cases.exporting import CaseExported, Chapter, ExportFact, Opens, Span
from domain.cases.findings import FindingFact
from domain.cases.guarantees import GuaranteeFact
from domain.cases.helpers import HelperFact
from domain.cases.imports import ImportFact, ImportFixed
from domain.cases.insolvency import InsolvencyFact
from domain.cases.intake import CaseOpened, IntakeFact
from domain.cases.lending import LendingFact
from domain.cases.letters import LetterFact, LetterFixed
from domain.cases.negotiating import NegotiatingFact
from domain.cases.parties import PartyFact
from domain.cases.paying import PayingFact
from domain.cases.payments import PaymentFact
from domain.cases.phases import PhaseFact
from domain.cases.plans import PlanFact
from domain.cases.stating import StatedTo, StatementFact
from domain.cases.work import WorkFact
from domain.personal import Personal, map_personal
from domain.recorded import Recorded

UNIONS: Final[tuple[tuple[Chapter, Any], ...]] = (
    (Chapter.INTAKE, IntakeFact | PhaseFact | CaseErased | ConflictFact),
    (Chapter.LENDING, LendingFact | GuaranteeFact | PartyFact),
    (Chapter.PAYMENTS, PaymentFact | PayingFact),
    (Chapter.CONTACTS, ContactFact | ImportFact | ImportFixed),
    (Chapter.PLANS, PlanFact),
    (Chapter.COMPLAINTS, ComplaintFact),
    (Chapter.COURT, CourtFact),
    (Chapter.BUDGET, BudgetFact),
    (Chapter.HELPERS, HelperFact),
    (Chapter.CREDIT, CreditFact),
    (Chapter.INSOLVENCY, InsolvencyFact),
    (Chapter.FINDINGS, FindingFact),
    (Chapter.EVIDENCE, EvidenceFact | EvidenceAdded),
    (Chapter.STATEMENTS, StatementFact | ExportFact),
    (Chapter.NEGOTIATING, NegotiatingFact),
    (Chapter.LETTERS, LetterFact | LetterFixed),
    (Chapter.WORK, WorkFact),
)
"""The facts of each chapter."""

CHAPTERS: Final[dict[str, Chapter]] = {
    kind.TOPIC: chapter for chapter, union in UNIONS for kind in (get_args(union) or (union,))
}
"""Chapter of every topic; corrections and withdrawals belong to that of their entry."""

FIGURES: Final = frozenset(
    {Chapter.LENDING, Chapter.PAYMENTS, Chapter.PLANS, Chapter.COURT, Chapter.FINDINGS}
)
"""Chapters that figures rest on: position and claim checks need them whole."""

KINDS: Final[dict[str, Opens]] = {
    "lender_name": Opens.NAMES,
    "payer_name": Opens.NAMES,
    "guarantor": Opens.NAMES,
    "counterpart": Opens.NAMES,
    "helper": Opens.NAMES,
    "remark": Opens.TEXTS,
    "obtained_by": Opens.NAMES,
    "recipient": Opens.NAMES,
    "number": Opens.NUMBERS,
    "addressee_name": Opens.NAMES,
    "contract_number": Opens.NUMBERS,
    "account": Opens.NUMBERS,
    "case_number": Opens.NUMBERS,
    "reference": Opens.NUMBERS,
    "note": Opens.TEXTS,
    "text": Opens.TEXTS,
    "summary": Opens.TEXTS,
    "statement": Opens.TEXTS,
    "description": Opens.TEXTS,
    "shows": Opens.TEXTS,
    "reason": Opens.TEXTS,
    "purpose": Opens.TEXTS,
    "name": Opens.FILES,
    "sha256": Opens.FILES,
    "files": Opens.FILES,
    "payee_account": Opens.NUMBERS,
    "borrower_name": Opens.NAMES,
    "borrower_id_number": Opens.NUMBERS,
    "conditions": Opens.TEXTS,
    "title": Opens.TEXTS,
    "referrer": Opens.NAMES,
    "person": Opens.NAMES,
    "id_number": Opens.NUMBERS,
    "phones": Opens.NUMBERS,
    "digest_key": Opens.NUMBERS,
}
"""Kind of every personal value in a case, by the last step of its path."""


class ExportCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The wish to give a case file out."""

    exported_to: StatedTo
    purpose: Personal[str]
    recipient: Personal[str] | None = None
    as_of: date | None = None
    """Day of the readings; None: today where the case is."""
    first_day: date | None = None
    """Leave out what was recorded before this day, in the case's zone."""
    last_day: date | None = None
    """Leave out what was recorded after this day."""
    chapters: tuple[Chapter, ...] = ()
    """Leave out every other chapter; empty: none."""
    opens: tuple[Opens, ...] = ()
    """Kinds of personal values to show; the others stay sealed."""
    evidence_items: tuple[UUID, ...] = ()
    """Entry ids of the evidence files to put in."""


Choice = ExportCase | CaseExported


def left_out(events: Sequence[Recorded], asked: ExportCase) -> tuple[Span, ...]:
    """Versions of which only header and digest are given.

    The opening is always given, for its zone says what a day is, and so are the entries of the
    files that are put in, for they hold the files' digests.
    """
    zone = next((ZoneInfo(e.fact.zone) for e in events if isinstance(e.fact, CaseOpened)), None)
    chapters = chapters_of(events)
    spans: list[Span] = []
    for event in events:
        is_fixed = isinstance(event.fact, CaseOpened) or event.event_id in asked.evidence_items
        if is_fixed or _is_asked(event, chapters[event.event_id], asked, zone):
            continue
        version = event.originator_version
        if spans and spans[-1].last == version - 1:
            spans[-1] = Span(first=spans[-1].first, last=version)
        else:
            spans.append(Span(first=version, last=version))
    return tuple(spans)


def _is_asked(event: Recorded, chapter: Chapter, asked: ExportCase, zone: ZoneInfo | None) -> bool:
    if asked.chapters and chapter not in asked.chapters:
        return False
    if event.recorded_at is None or zone is None:
        return True
    day = event.recorded_at.astimezone(zone).date()
    early = asked.first_day is not None and day < asked.first_day
    late = asked.last_day is not None and day > asked.last_day
    return not (early or late)


def chapters_of(events: Sequence[Recorded]) -> dict[UUID, Chapter]:
    """The chapter of each event, by its id."""
    found: dict[UUID, Chapter] = {}
    for event in events:
        match event.fact:
            case EntryCorrected() | EntryWithdrawn() as change:
                found[event.event_id] = found.get(change.entry_id, Chapter.INTAKE)
            case fact:
                found[event.event_id] = CHAPTERS[fact.TOPIC]
    return found


def given(events: Sequence[Recorded], spans: Sequence[Span]) -> list[Recorded]:
    """The events whose content is given."""
    return [event for event in events if is_given(event.originator_version, spans)]


def is_given(version: int, spans: Sequence[Span]) -> bool:
    """Whether a version's content is given."""
    return not any(span.first <= version <= span.last for span in spans)


def figures_are_whole(events: Sequence[Recorded], spans: Sequence[Span]) -> bool:
    """Whether nothing that figures rest on is left out: else they would tell of it, or be wrong."""
    chapters = chapters_of(events)
    return all(
        is_given(event.originator_version, spans) or chapters[event.event_id] not in FIGURES
        for event in events
    )


def is_opened(event: Recorded, field: str, choice: Choice) -> bool:
    """Whether a personal value of an earlier entry is shown.

    The digest of a file that is put in always is: it ties the file to the record.
    """
    is_digest = isinstance(event.fact, EvidenceAdded) and field == "sha256"
    if is_digest and event.event_id in choice.evidence_items:
        return True
    return kind_of(field) in choice.opens


def kind_of(field: str) -> Opens:
    """Kind of a personal value by its path: of one in a list, by the list's name."""
    return KINDS[next(step for step in reversed(field.split("/")) if not step.isdigit())]


def masked(event: Recorded, choice: Choice) -> Recorded:
    """The event with every personal value sealed again that is not to be shown."""

    def mask(field: str, personal: Personal[Any]) -> Personal[Any]:
        if is_opened(event, field, choice):
            return personal
        return Personal(
            personal.subject, ciphertext=personal.ciphertext, commitment=personal.commitment
        )

    return msgspec.structs.replace(event, fact=map_personal(event.fact, mask))


class NoSuchExport(LookupError):
    """This case has no export with that entry id."""


class ExportOutdated(ValueError):
    """This release reads the case otherwise than it was read for that export: make a new one."""


class ExportGone(LookupError):
    """What a case file would show cannot be opened any more: the person was erased."""


class CaseFiles(Protocol):
    """Prepares exports, and writes the case file of a recorded one."""

    async def prepare(
        self, organisation: UUID, events: Sequence[Recorded], asked: ExportCase, today: date
    ) -> CaseExported:
        """The fact to record for a case's events, which are all it has and are sealed.

        Raises ExportGone for a client who was erased.
        """
        ...

    def write(
        self, organisation: UUID, case_id: UUID, export_id: UUID
    ) -> AsyncGenerator[bytes, None]:
        """The bytes of a case file, the same whenever asked again.

        With the first piece, before any byte is given: NoSuchExport, ExportOutdated, ExportGone,
        FileNotFoundError or ValueError for an evidence file that is lost or changed.
        """
        ...
