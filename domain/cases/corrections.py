"""Corrections add: the mistake and its repair are both on record, each with its reason.

Here the chapters' facts come together. A chapter's module lists its own.
"""

from typing import get_args
from uuid import UUID

from domain.cases.budget import BudgetFact
from domain.cases.complaints import ComplaintFact
from domain.cases.conflicts import ConflictFact
from domain.cases.contacts import ContactFact
from domain.cases.court import CourtFact
from domain.cases.credit import CreditFact
from domain.cases.erasing import CaseErased
from domain.cases.evidence import EvidenceAdded, EvidenceFact
from domain.cases.exporting import ExportFact
from domain.cases.findings import FindingFact
from domain.cases.guarantees import GuaranteeFact
from domain.cases.helpers import HelperFact
from domain.cases.imports import ImportFact, ImportFixed
from domain.cases.insolvency import InsolvencyFact
from domain.cases.intake import IntakeFact
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
from domain.facts import Fact, register
from domain.personal import Personal

Correctable = (
    IntakeFact
    | LendingFact
    | GuaranteeFact
    | PaymentFact
    | ContactFact
    | PlanFact
    | ComplaintFact
    | CourtFact
    | BudgetFact
    | HelperFact
    | CreditFact
    | InsolvencyFact
    | FindingFact
    | EvidenceFact
    | PayingFact
    | NegotiatingFact
    | LetterFact
    | WorkFact
    | ImportFact
    | PhaseFact
    | PartyFact
)
"""Facts that a correction can replace. A file in custody is not among them: its digest stands."""

Fixed = EvidenceAdded | StatementFact | ExportFact | LetterFixed | ImportFixed | ConflictFact
"""Facts that a caseworker records and no correction can touch."""


class EntryCorrected(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="entry-corrected"):
    """What an entry says is replaced; the entry keeps its id, and what it said stays readable."""

    entry_id: UUID
    replacement: Correctable
    reason: Personal[str]


class EntryWithdrawn(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="entry-withdrawn"):
    """An entry counts no more: it should never have been recorded."""

    entry_id: UUID
    reason: Personal[str]


Recordable = Correctable | Fixed
"""Facts that a caseworker records."""

CaseFact = Recordable | EntryCorrected | EntryWithdrawn | CaseErased
"""Everything that can stand in a case's stream."""

register(*get_args(CaseFact))
