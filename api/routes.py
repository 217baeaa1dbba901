"""Every route, declared once. Its handler, its guard and its documentation come from here."""

from typing import Final

from api import examples
from api.call import DRY_RUN, IfMatch, Route
from api.capabilities import Capability
from api.case_readings import (
    AuditPage,
    CaseView,
    ClientView,
    TimelinePage,
    read_audit_trail,
    read_case,
    read_client,
    read_position,
    read_timeline,
)
from api.documents import (
    Alive,
    ready,
    show_docs,
    show_openapi,
    show_problem,
    well,
)
from api.evidence import EvidenceUpload, EvidenceWritten, add_evidence, read_content
from api.listings import (
    BALANCE_PARAMETERS,
    CASELOAD_PARAMETERS,
    BalancesPage,
    CaseloadPage,
    JournalHead,
    list_balances,
    list_cases,
    read_head,
)
from api.parameters import Parameter, ParameterKind
from api.problems import Kind
from api.reading import AXES, MIN_POSITION, PAGED, TOPIC
from api.writing import (
    CaseWritten,
    ClientCorrection,
    ClientWritten,
    Correction,
    Withdrawal,
    Written,
    correct_client,
    correct_entry,
    open_case,
    recording,
    register_client,
    withdraw_entry,
)
from domain.cases.complaints import ComplaintFiled
from domain.cases.contacts import ContactLogged
from domain.cases.evidence import EvidenceLinked, NoteAdded
from domain.cases.intake import CaseClosed, CaseOpened, CaseReopened
from domain.cases.lending import ChargeMade, LenderClaimed, LoanDisbursed, LoanTaken
from domain.cases.payments import (
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
    PaymentMissed,
    PaymentReversed,
)
from domain.cases.plans import PlanAgreed
from domain.clients import ClientRegistered
from domain.facts import Fact
from domain.figures.position import Position

RECORDED: Final[dict[str, tuple[type[Fact], str]]] = {
    "loans": (LoanTaken, "Record a loan; its entry id is the loan's id."),
    "disbursements": (LoanDisbursed, "Record money that reached the client."),
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
    "notes": (NoteAdded, "Add a note."),
    "evidence-links": (EvidenceLinked, "Say which entry an evidence item shows."),
    "reopenings": (CaseReopened, "Take up a closed case again."),
}
"""Last part of the path, and what is recorded by it."""

_CASE: Final = "/v1/cases/{case_id}"


def _recording_route(noun: str, kind: type[Fact], summary: str) -> Route:
    closes = kind is CaseReopened
    return Route(
        method="POST",
        path=f"{_CASE}/{noun}",
        capability=Capability.CASE_CLOSE if closes else Capability.CASE_WRITE,
        summary=summary,
        handle=recording(kind),
        answer=Written,
        status=201,
        body=kind,
        if_match=IfMatch.OPTIONAL,
        is_write=True,
        parameters=(DRY_RUN,),
        problems=("case-unknown",),
        example=examples.BODIES[kind],
    )


_CLIENTS: Final = (
    Route(
        method="POST",
        path="/v1/clients",
        capability=Capability.CLIENT_WRITE,
        summary="Register a client.",
        handle=register_client,
        answer=ClientWritten,
        status=201,
        body=ClientRegistered,
        is_write=True,
        parameters=(DRY_RUN,),
        problems=("client-exists",),
        example=examples.BODIES[ClientRegistered],
    ),
    Route(
        method="GET",
        path="/v1/clients/{client_id}",
        capability=Capability.CLIENT_READ,
        summary="Read a client's details.",
        handle=read_client,
        answer=ClientView,
        is_reading=True,
        parameters=(MIN_POSITION,),
        problems=("client-unknown",),
    ),
    Route(
        method="POST",
        path="/v1/clients/{client_id}/corrections",
        capability=Capability.CLIENT_WRITE,
        summary="Correct a client's details; what they were stays on record.",
        handle=correct_client,
        answer=Written,
        status=201,
        body=ClientCorrection,
        if_match=IfMatch.REQUIRED,
        is_write=True,
        parameters=(DRY_RUN,),
        problems=("client-unknown",),
        example=examples.BODIES[ClientCorrection],
    ),
)

_CASES: Final = (
    Route(
        method="POST",
        path="/v1/cases",
        capability=Capability.CASE_WRITE,
        summary="Open a case for a client.",
        handle=open_case,
        answer=CaseWritten,
        status=201,
        body=CaseOpened,
        is_write=True,
        parameters=(DRY_RUN,),
        problems=("case-exists",),
        example=examples.BODIES[CaseOpened],
    ),
    Route(
        method="GET",
        path="/v1/cases",
        capability=Capability.TABLES_READ,
        summary="List cases, newest first.",
        handle=list_cases,
        answer=CaseloadPage,
        parameters=CASELOAD_PARAMETERS,
    ),
    Route(
        method="GET",
        path=_CASE,
        capability=Capability.CASE_READ,
        summary="Read a case at a glance; its ETag is its version.",
        handle=read_case,
        answer=CaseView,
        parameters=(MIN_POSITION,),
        problems=("case-unknown",),
    ),
    Route(
        method="POST",
        path=f"{_CASE}/closures",
        capability=Capability.CASE_CLOSE,
        summary="Close a case.",
        handle=recording(CaseClosed),
        answer=Written,
        status=201,
        body=CaseClosed,
        if_match=IfMatch.REQUIRED,
        is_write=True,
        parameters=(DRY_RUN,),
        problems=("case-unknown",),
        example=examples.BODIES[CaseClosed],
    ),
    *(_recording_route(noun, kind, summary) for noun, (kind, summary) in RECORDED.items()),
    Route(
        method="POST",
        path=f"{_CASE}/corrections",
        capability=Capability.CASE_CORRECT,
        summary="Replace what an entry says; what it said stays on record.",
        handle=correct_entry,
        answer=Written,
        status=201,
        body=Correction,
        if_match=IfMatch.REQUIRED,
        is_write=True,
        parameters=(DRY_RUN,),
        problems=("case-unknown",),
        example=examples.BODIES[Correction],
    ),
    Route(
        method="POST",
        path=f"{_CASE}/withdrawals",
        capability=Capability.CASE_CORRECT,
        summary="Withdraw an entry that should never have been recorded.",
        handle=withdraw_entry,
        answer=Written,
        status=201,
        body=Withdrawal,
        if_match=IfMatch.REQUIRED,
        is_write=True,
        parameters=(DRY_RUN,),
        problems=("case-unknown",),
        example=examples.BODIES[Withdrawal],
    ),
)

_EVIDENCE: Final = (
    Route(
        method="POST",
        path=f"{_CASE}/evidence",
        capability=Capability.EVIDENCE_WRITE,
        summary="Take a file into custody; its entry id is the item's id.",
        handle=add_evidence,
        answer=EvidenceWritten,
        status=201,
        body=EvidenceUpload,
        body_media="multipart/form-data",
        if_match=IfMatch.OPTIONAL,
        is_write=True,
        parameters=(DRY_RUN,),
        problems=("case-unknown", "malformed-multipart", "digest-mismatch"),
        description="Send the part `metadata` first: the file is sealed as it comes in.",
    ),
    Route(
        method="GET",
        path=f"{_CASE}/evidence/{{item_id}}/content",
        capability=Capability.EVIDENCE_READ,
        summary="Fetch a file.",
        handle=read_content,
        answer_media="application/octet-stream",
        problems=("case-unknown",),
    ),
)

_READINGS: Final = (
    Route(
        method="GET",
        path=f"{_CASE}/position",
        capability=Capability.CASE_READ,
        summary="What is owed, on any day, as known at any time, with the entries behind it.",
        handle=read_position,
        answer=Position,
        is_reading=True,
        parameters=AXES,
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/audit-trail",
        capability=Capability.CASE_READ,
        summary="Every entry: who recorded what, when, what it changed, and why.",
        handle=read_audit_trail,
        answer=AuditPage,
        is_reading=True,
        parameters=(
            *AXES,
            Parameter(
                name="actor", kind=ParameterKind.TEXT, description="Only what this member recorded."
            ),
            TOPIC,
            *PAGED,
        ),
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/timeline",
        capability=Capability.CASE_READ,
        summary="What happened, when, what shows it, and where nothing does.",
        handle=read_timeline,
        answer=TimelinePage,
        is_reading=True,
        parameters=(
            Parameter(
                name="order",
                kind=ParameterKind.CHOICE,
                choices=("occurred", "recorded"),
                description="By when it happened (default), or by when it was recorded.",
            ),
            *AXES,
            TOPIC,
            *PAGED,
        ),
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path="/v1/balances",
        capability=Capability.TABLES_READ,
        summary="What is owed on each loan of each case.",
        handle=list_balances,
        answer=BalancesPage,
        parameters=BALANCE_PARAMETERS,
    ),
    Route(
        method="GET",
        path="/v1/journal/head",
        capability=Capability.JOURNAL_READ,
        summary="Where the organisation's journal ends.",
        handle=read_head,
        answer=JournalHead,
        parameters=(MIN_POSITION,),
    ),
)

_HOUSE: Final = (
    Route(
        method="GET",
        path="/health/live",
        capability=Capability.PUBLIC,
        summary="Whether the process answers.",
        handle=well,
        answer=Alive,
    ),
    Route(
        method="GET",
        path="/health/ready",
        capability=Capability.PUBLIC,
        summary="Whether requests can be served: 503 while the record cannot be reached.",
        handle=ready,
        answer=Alive,
    ),
    Route(
        method="GET",
        path="/openapi.json",
        capability=Capability.PUBLIC,
        summary="This document.",
        handle=show_openapi,
        answer=dict,
    ),
    Route(
        method="GET",
        path="/docs",
        capability=Capability.PUBLIC,
        summary="This document, for people.",
        handle=show_docs,
        answer_media="text/html",
    ),
    Route(
        method="GET",
        path="/problems/{code}",
        capability=Capability.PUBLIC,
        summary="What a problem type means, and what would be right.",
        handle=show_problem,
        answer=Kind,
    ),
)

ROUTES: Final = (*_CLIENTS, *_CASES, *_EVIDENCE, *_READINGS, *_HOUSE)
"""All of them."""
