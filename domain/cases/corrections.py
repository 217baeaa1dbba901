"""Corrections add: the mistake and its repair are both on record, each with its reason."""

from uuid import UUID

from domain.cases.complaints import ComplaintFiled
from domain.cases.contacts import ContactLogged
from domain.cases.court import SuitAccepted, SuitDecided, SuitFiled
from domain.cases.erasing import CaseErased
from domain.cases.evidence import EvidenceAdded, EvidenceLinked, NoteAdded
from domain.cases.exporting import CaseExported
from domain.cases.findings import FindingRecorded
from domain.cases.guarantees import GuaranteeGiven, GuarantorCalled
from domain.cases.intake import CaseClosed, CaseOpened, CaseReopened
from domain.cases.lending import (
    ChargeMade,
    CostTableShown,
    LenderClaimed,
    LoanCalledDue,
    LoanDisbursed,
    LoanTaken,
)
from domain.cases.payments import (
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
    PaymentMissed,
    PaymentReversed,
)
from domain.cases.plans import PlanAgreed
from domain.cases.stating import FiguresStated
from domain.facts import Fact, register
from domain.personal import Personal

Correctable = (
    CaseOpened
    | CaseClosed
    | CaseReopened
    | LoanTaken
    | LoanDisbursed
    | LoanCalledDue
    | CostTableShown
    | GuaranteeGiven
    | GuarantorCalled
    | ChargeMade
    | LenderClaimed
    | PaymentMade
    | PaymentCredited
    | PaymentExpired
    | PaymentReversed
    | PaymentMissed
    | ContactLogged
    | PlanAgreed
    | ComplaintFiled
    | SuitFiled
    | SuitAccepted
    | SuitDecided
    | FindingRecorded
    | EvidenceLinked
    | NoteAdded
)
"""Facts that a correction can replace. A file in custody is not among them: its digest stands."""


class EntryCorrected(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="entry-corrected"):
    """What an entry says is replaced; the entry keeps its id, and what it said stays readable."""

    entry_id: UUID
    replacement: Correctable
    reason: Personal[str]


class EntryWithdrawn(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="entry-withdrawn"):
    """An entry counts no more: it should never have been recorded."""

    entry_id: UUID
    reason: Personal[str]


Recordable = Correctable | EvidenceAdded | FiguresStated | CaseExported
"""Facts that a caseworker records."""

CaseFact = Recordable | EntryCorrected | EntryWithdrawn | CaseErased
"""Everything that can stand in a case's stream."""

register(
    CaseOpened,
    CaseClosed,
    CaseReopened,
    LoanTaken,
    LoanDisbursed,
    LoanCalledDue,
    CostTableShown,
    GuaranteeGiven,
    GuarantorCalled,
    ChargeMade,
    LenderClaimed,
    PaymentMade,
    PaymentCredited,
    PaymentExpired,
    PaymentReversed,
    PaymentMissed,
    ContactLogged,
    PlanAgreed,
    ComplaintFiled,
    SuitFiled,
    SuitAccepted,
    SuitDecided,
    FindingRecorded,
    FiguresStated,
    CaseExported,
    EvidenceAdded,
    EvidenceLinked,
    NoteAdded,
    EntryCorrected,
    EntryWithdrawn,
    CaseErased,
)
