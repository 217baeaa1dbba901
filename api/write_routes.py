"""The routes that write: clients, cases, what is recorded in them, evidence."""

from typing import Any, Final

from api import examples
from api.budget_nouns import BUDGET_RECORDED
from api.call import DRY_RUN, IfMatch, Route
from api.capabilities import Capability
from api.evidence import EvidenceUpload, EvidenceWritten, add_evidence
from api.exporting import export_case
from api.import_routes import IMPORT_WRITES
from api.intake_nouns import INTAKE_RECORDED
from api.letter_drafting import draft_letter
from api.outcomes import CaseWritten, ClientWritten, Written
from api.proceeding_nouns import PROCEEDINGS_RECORDED
from api.stating import state_figures
from api.work_nouns import WORK_RECORDED
from api.writing import (
    ClientCorrection,
    Correction,
    Handler,
    Withdrawal,
    correct_client,
    correct_entry,
    open_case,
    recording,
    register_client,
    withdraw_entry,
)
from domain.cases.complaints import ComplaintFiled
from domain.cases.contacts import ContactLogged
from domain.cases.court import SuitAccepted, SuitDecided, SuitFiled
from domain.cases.evidence import EvidenceLinked, NoteAdded
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
from domain.cases.letters import (
    LetterAnswered,
    LetterApproved,
    LetterDelivered,
    LetterDropped,
    LetterReturned,
    LetterSent,
)
from domain.cases.negotiating import (
    PapersAsked,
    PapersHandedIn,
    ProposalAnswered,
    ProposalMade,
    ProposalWithdrawn,
)
from domain.cases.paying import (
    BalanceChecked,
    ChannelDaysNoted,
    KnownPayeeNoted,
    PaymentChecked,
)
from domain.cases.payments import (
    PaymentBounced,
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
    PaymentMissed,
    PaymentReversed,
)
from domain.cases.plans import (
    PlanAgreed,
    PlanBroken,
    PlanCompleted,
    PlanEnded,
    PlanReviewed,
)
from domain.clients import ClientRegistered
from domain.exports import ExportCase
from domain.facts import Fact
from domain.figures.stating import StateFigures
from domain.letters.drafting import DraftLetter

RECORDED: Final[dict[str, tuple[type[Fact], str]]] = {
    "loans": (LoanTaken, "Record a loan; its entry id is the loan's id."),
    "disbursements": (LoanDisbursed, "Record money that reached the client."),
    "due-calls": (LoanCalledDue, "Record that the lender called the whole loan due."),
    "cost-tables": (CostTableShown, "Record the table of the all-in cost that was shown."),
    "guarantees": (GuaranteeGiven, "Record a guarantee; its entry id is the guarantee's id."),
    "guarantor-calls": (GuarantorCalled, "Record a demand that reached a guarantor."),
    "charges": (ChargeMade, "Record a charge, as the lender charged it."),
    "lender-claims": (LenderClaimed, "Record what the lender says is owed."),
    "payments": (PaymentMade, "Record a payment; its entry id is the payment's id."),
    "payment-credits": (PaymentCredited, "Record that a pending payment reached the lender."),
    "payment-expiries": (PaymentExpired, "Record that a transfer was never taken."),
    "payment-reversals": (PaymentReversed, "Record that a credited payment was taken back."),
    "missed-payments": (PaymentMissed, "Record that a payment due did not come."),
    "contacts": (ContactLogged, "Log a call, a message, a letter or a visit."),
    "plans": (PlanAgreed, "Record a plan that was agreed."),
    "complaints": (ComplaintFiled, "Record a complaint that was handed in."),
    "suits": (SuitFiled, "Record a suit; its entry id is the suit's id."),
    "suit-acceptances": (SuitAccepted, "Record that the court accepted a suit."),
    "suit-decisions": (SuitDecided, "Record that the court decided a suit for good."),
    "findings": (FindingRecorded, "Record what a court or a person found about a loan."),
    **BUDGET_RECORDED,
    **PROCEEDINGS_RECORDED,
    **WORK_RECORDED,
    **INTAKE_RECORDED,
    "notes": (NoteAdded, "Add a note."),
    "evidence-links": (EvidenceLinked, "Say which entry an evidence item shows."),
    "payment-checks": (PaymentChecked, "Compare a payee and a contract before a payment."),
    "known-payees": (KnownPayeeNoted, "Note a company that receives payments on loans."),
    "channel-days": (ChannelDaysNoted, "Note how long a channel takes to credit payments."),
    "balance-checks": (BalanceChecked, "Record the balance seen before an instalment."),
    "payment-bounces": (PaymentBounced, "Record that a bank sent a payment back."),
    "paper-requests": (PapersAsked, "Record the papers that a lender asks for."),
    "paper-hand-ins": (PapersHandedIn, "Record the papers that were handed in."),
    "proposals": (ProposalMade, "Record a proposal; its entry id is the proposal's id."),
    "proposal-answers": (ProposalAnswered, "Record a lender's answer to a proposal."),
    "proposal-withdrawals": (ProposalWithdrawn, "Record that a proposal was taken back."),
    "plan-breaches": (PlanBroken, "Record that a plan was declared broken."),
    "plan-reviews": (PlanReviewed, "Record that a plan was looked at again."),
    "plan-completions": (PlanCompleted, "Record that a plan was carried out."),
    "plan-endings": (PlanEnded, "Record that a plan is in force no more."),
    "letter-dispatches": (LetterSent, "Record that an approved letter was sent."),
    "letter-deliveries": (LetterDelivered, "Record what shows that a letter arrived."),
    "letter-returns": (LetterReturned, "Record that a letter came back."),
    "letter-answers": (LetterAnswered, "Record an answer to a letter."),
    "letter-drops": (LetterDropped, "Give a letter up that was not sent."),
}
"""Last part of the path, and what is recorded by it."""

_CASE: Final = "/v1/cases/{case_id}"


def _post(
    path: str, capability: Capability, body: type, handle: Handler, summary: str, **more: Any
) -> Route:
    """A write; in an existing case unless `problems` says otherwise."""
    usual: dict[str, Any] = {
        "answer": Written,
        "if_match": IfMatch.OPTIONAL,
        "problems": ("case-unknown",),
        "example": examples.BODIES.get(body),
    }
    return Route(
        method="POST",
        path=path,
        capability=capability,
        summary=summary,
        handle=handle,
        body=body,
        status=201,
        is_write=True,
        parameters=(DRY_RUN,),
        **(usual | more),
    )


WRITES: Final = (
    _post(
        "/v1/clients",
        Capability.CLIENT_WRITE,
        ClientRegistered,
        register_client,
        "Register a client.",
        answer=ClientWritten,
        if_match=IfMatch.NONE,
        problems=("client-exists",),
    ),
    _post(
        "/v1/clients/{client_id}/corrections",
        Capability.CLIENT_WRITE,
        ClientCorrection,
        correct_client,
        "Correct a client's details; what they were stays on record.",
        if_match=IfMatch.REQUIRED,
        problems=("client-unknown",),
    ),
    _post(
        "/v1/cases",
        Capability.CASE_WRITE,
        CaseOpened,
        open_case,
        "Open a case for a client.",
        answer=CaseWritten,
        if_match=IfMatch.NONE,
        problems=("case-exists",),
    ),
    _post(
        f"{_CASE}/closures",
        Capability.CASE_CLOSE,
        CaseClosed,
        recording(CaseClosed),
        "Close a case.",
        if_match=IfMatch.REQUIRED,
    ),
    _post(
        f"{_CASE}/reopenings",
        Capability.CASE_CLOSE,
        CaseReopened,
        recording(CaseReopened),
        "Take up a closed case again.",
    ),
    *(
        _post(f"{_CASE}/{noun}", Capability.CASE_WRITE, kind, recording(kind), summary)
        for noun, (kind, summary) in RECORDED.items()
    ),
    _post(
        f"{_CASE}/figures-statements",
        Capability.CASE_WRITE,
        StateFigures,
        state_figures,
        "Give a position out, and have on record to whom and what it said.",
    ),
    _post(
        f"{_CASE}/letter-drafts",
        Capability.CASE_WRITE,
        DraftLetter,
        draft_letter,
        "Draft a letter from a template, its figures frozen; its entry id is the letter's id.",
        is_personal=True,
        description="A dry run shows the text, to a caller with `case:read`.",
    ),
    _post(
        f"{_CASE}/letter-approvals",
        Capability.CASE_WRITE,
        LetterApproved,
        recording(LetterApproved),
        "Approve a letter as it stands; better by another member than who drafted it.",
        if_match=IfMatch.REQUIRED,
    ),
    _post(
        f"{_CASE}/exports",
        Capability.CASE_EXPORT,
        ExportCase,
        export_case,
        "Give a case file out: what is in it is settled and on record, and it can be fetched.",
        problems=("case-unknown", "export-gone"),
    ),
    _post(
        f"{_CASE}/corrections",
        Capability.CASE_CORRECT,
        Correction,
        correct_entry,
        "Replace what an entry says; what it said stays on record.",
        if_match=IfMatch.REQUIRED,
    ),
    _post(
        f"{_CASE}/withdrawals",
        Capability.CASE_CORRECT,
        Withdrawal,
        withdraw_entry,
        "Withdraw an entry that should never have been recorded.",
        if_match=IfMatch.REQUIRED,
    ),
    _post(
        f"{_CASE}/evidence",
        Capability.EVIDENCE_WRITE,
        EvidenceUpload,
        add_evidence,
        "Take a file into custody; its entry id is the item's id.",
        answer=EvidenceWritten,
        body_media="multipart/form-data",
        problems=("case-unknown", "malformed-multipart", "digest-mismatch"),
        description="Send the part `metadata` first: the file is sealed as it comes in.",
    ),
    *IMPORT_WRITES,
)
"""Every route that writes."""
