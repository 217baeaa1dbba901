"""The routes that read: one case, tables across cases, files, the journal's end."""

from typing import Final

from api.call import Route
from api.capabilities import Capability
from api.case_readings import (
    AuditPage,
    CaseView,
    TimelinePage,
    read_audit_trail,
    read_case,
    read_position,
    read_timeline,
)
from api.claim_readings import read_claim_check, read_guarantees, read_limitation
from api.evidence_content import read_content
from api.exporting import EXPORT, ZIP, read_bundle
from api.letter_readings import LetterTemplates, list_letters, list_templates, read_letter
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
from api.people_routes import PEOPLE_READS
from api.plan_readings import PLAN_READS
from api.reading import AS_OF, AXES, KNOWN_AT, MIN_POSITION, PAGED, TOPIC
from api.ruled_readings import (
    LINE,
    PACK,
    LinesAnswer,
    RecheckAnswer,
    read_explanation,
    read_lines,
    read_recheck,
)
from domain.figures.claim_rows import ClaimCheck
from domain.figures.explaining import Explanation
from domain.figures.guarantee_reading import GuaranteesReading
from domain.figures.limitation_reading import LimitationReading
from domain.figures.position import Position
from projections.letters import LetterReading, Letters

_CASE: Final = "/v1/cases/{case_id}"

READS: Final = (
    *PEOPLE_READS,
    Route(
        method="GET",
        path="/v1/cases",
        capability=Capability.TABLES_READ,
        summary="List cases, newest first or by what is to be done next.",
        handle=list_cases,
        answer=CaseloadPage,
        is_personal=True,
        parameters=CASELOAD_PARAMETERS,
    ),
    Route(
        method="GET",
        path=_CASE,
        capability=Capability.CASE_READ,
        summary="Read a case at a glance; its ETag is its version.",
        handle=read_case,
        answer=CaseView,
        is_personal=True,
        parameters=(MIN_POSITION,),
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/evidence/{{item_id}}/content",
        capability=Capability.EVIDENCE_READ,
        summary="Fetch a file.",
        handle=read_content,
        answer_media="application/octet-stream",
        is_personal=True,
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/bundle",
        capability=Capability.CASE_EXPORT,
        summary="Fetch the case file of an export, the same bytes whenever asked.",
        handle=read_bundle,
        answer_media=ZIP,
        parameters=(EXPORT,),
        problems=("case-unknown", "export-outdated", "export-gone"),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/lines",
        capability=Capability.CASE_READ,
        summary="What is owed by each reading of contract and law, every line labelled.",
        handle=read_lines,
        answer=LinesAnswer,
        is_reading=True,
        parameters=(*AXES, PACK),
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/loans/{{loan_id}}/explanation",
        capability=Capability.CASE_READ,
        summary="One line of a loan, explained down to entries, rules and clauses.",
        handle=read_explanation,
        answer=Explanation,
        parameters=(AS_OF, KNOWN_AT, PACK, LINE),
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/recheck",
        capability=Capability.CASE_READ,
        summary="Every figure that was given out, beside the same figure made again.",
        handle=read_recheck,
        answer=RecheckAnswer,
        problems=("case-unknown",),
    ),
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
        path=f"{_CASE}/loans/{{loan_id}}/limitation",
        capability=Capability.CASE_READ,
        summary="When the loan's limitation ends, why, and what a promise would do to it.",
        handle=read_limitation,
        answer=LimitationReading,
        is_reading=True,
        parameters=(*AXES, PACK),
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/guarantees",
        capability=Capability.CASE_READ,
        summary="Whether the guarantors of the case's loans are still bound, and until when.",
        handle=read_guarantees,
        answer=GuaranteesReading,
        is_reading=True,
        parameters=(*AXES, PACK),
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/lender-claims/{{claim_id}}/check",
        capability=Capability.CASE_READ,
        summary="A lender's claim against the records, the contract and the caps, item by item.",
        handle=read_claim_check,
        answer=ClaimCheck,
        is_reading=True,
        parameters=(KNOWN_AT, MIN_POSITION, PACK),
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/audit-trail",
        capability=Capability.CASE_READ,
        summary="Every entry: who recorded what, when, what it changed, and why.",
        handle=read_audit_trail,
        answer=AuditPage,
        is_personal=True,
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
        is_personal=True,
        is_reading=True,
        parameters=(
            Parameter(
                name="order",
                kind=ParameterKind.CHOICE,
                choices=("occurred", "recorded"),
                description="By when it happened (default), or by when it was recorded.",
            ),
            Parameter(
                name="rows",
                kind=ParameterKind.FLAG,
                description="`true`: every row of an imported log; by default a log is one line, "
                "and each of its rows that was corrected another.",
            ),
            *AXES,
            TOPIC,
            *PAGED,
        ),
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/letters",
        capability=Capability.CASE_READ,
        summary="The letters of a case, and how far each has come.",
        handle=list_letters,
        answer=Letters,
        is_reading=True,
        parameters=AXES,
        problems=("case-unknown", "client-erased"),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/letters/{{letter_id}}",
        capability=Capability.CASE_READ,
        summary="A letter as it was written, what was believed then, and what has changed since.",
        handle=read_letter,
        answer=LetterReading,
        is_personal=True,
        is_reading=True,
        parameters=AXES,
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path="/v1/letter-templates",
        capability=Capability.CASE_READ,
        summary="The templates of letters, with what each asks for.",
        handle=list_templates,
        answer=LetterTemplates,
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
    *PLAN_READS,
)
"""Every route that reads and asks for a token."""
