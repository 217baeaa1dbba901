"""The routes about people: who they are, who read it, holds, retention, erasure."""

from typing import Any, Final

from api import examples
from api.access_readings import ClientAccesses, ListAccesses, read_accesses, read_list_accesses
from api.call import DRY_RUN, IfMatch, Route
from api.capabilities import Capability
from api.client_nouns import CLIENT_RECORDED, ENTRY_WITHDRAWALS
from api.client_readings import (
    ClientView,
    ErasureReading,
    read_client,
    read_client_trail,
    read_erasure,
)
from api.forgetting import Erasure, erase_client, recording_on_client, set_retention_rule
from api.outcomes import Written
from api.reading import KNOWN_AT, MIN_POSITION, PAGED
from api.retention_readings import (
    ON,
    ErasureReport,
    HoldList,
    RetentionPage,
    list_erasures,
    list_holds,
    list_retention,
)
from domain.clients.entries import ClientEntryWithdrawn
from domain.clients.erasure import ErasureGranted, ErasureRefused, ErasureRequested
from domain.clients.holds import LegalHoldLifted, LegalHoldPlaced
from domain.facts import Fact
from domain.organisation import RetentionRuleSet
from projections.audit_trail import AuditTrail

_CLIENT: Final = "/v1/clients/{client_id}"

PEOPLE_READS: Final = (
    Route(
        method="GET",
        path="/v1/clients/{client_id}",
        capability=Capability.CLIENT_READ,
        summary="Read a client's details.",
        handle=read_client,
        answer=ClientView,
        is_reading=True,
        is_personal=True,
        parameters=(KNOWN_AT, MIN_POSITION),
        problems=("client-unknown",),
    ),
    Route(
        method="GET",
        path="/v1/clients/{client_id}/audit-trail",
        capability=Capability.CLIENT_READ,
        summary="What was held on a client, what changed, who changed it, when, and why.",
        handle=read_client_trail,
        answer=AuditTrail,
        is_personal=True,
        parameters=(KNOWN_AT,),
        problems=("client-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CLIENT}/erasure",
        capability=Capability.CLIENT_READ,
        summary="How far a client's erasure has come, what it destroyed, what it could not reach.",
        handle=read_erasure,
        answer=ErasureReading,
        parameters=(MIN_POSITION,),
        problems=("client-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CLIENT}/accesses",
        capability=Capability.ACCESS_READ,
        summary="Who was given a client's data, when and for what; for the client, too.",
        handle=read_accesses,
        answer=ClientAccesses,
        is_personal=True,
        parameters=PAGED,
        problems=("client-unknown",),
    ),
    Route(
        method="GET",
        path="/v1/accesses",
        capability=Capability.ACCESS_READ,
        summary="Which lists of names were given out, to whom, when and for what.",
        handle=read_list_accesses,
        answer=ListAccesses,
        parameters=PAGED,
    ),
    Route(
        method="GET",
        path="/v1/retention",
        capability=Capability.RETENTION_READ,
        summary="Whose records may go, from what day, by which rule, and what holds them.",
        handle=list_retention,
        answer=RetentionPage,
        parameters=(ON, *PAGED, MIN_POSITION),
    ),
    Route(
        method="GET",
        path="/v1/legal-holds",
        capability=Capability.RETENTION_READ,
        summary="Legal holds in force, by the day to review them.",
        handle=list_holds,
        answer=HoldList,
        parameters=(ON, MIN_POSITION),
    ),
    Route(
        method="GET",
        path="/v1/erasures",
        capability=Capability.RETENTION_READ,
        summary="What was destroyed, when, by whom and on what ground.",
        handle=list_erasures,
        answer=ErasureReport,
        parameters=(*PAGED, MIN_POSITION),
    ),
)
"""Those that read."""


def _step(noun: str, capability: Capability, kind: type[Fact], summary: str, **more: Any) -> Route:
    usual: dict[str, Any] = {"if_match": IfMatch.OPTIONAL, "handle": recording_on_client(kind)}
    return _post(f"{_CLIENT}/{noun}", capability, kind, summary, **(usual | more))


def _post(path: str, capability: Capability, body: type, summary: str, **more: Any) -> Route:
    usual: dict[str, Any] = {"problems": ("client-unknown",)}
    return Route(
        method="POST",
        path=path,
        capability=capability,
        summary=summary,
        body=body,
        answer=Written,
        status=201,
        is_write=True,
        parameters=(DRY_RUN,),
        example=examples.BODIES.get(body),
        **(usual | more),
    )


PEOPLE_WRITES: Final = (
    *(
        _step(noun, Capability.CLIENT_WRITE, kind, summary)
        for noun, (kind, summary) in CLIENT_RECORDED.items()
    ),
    _step(
        ENTRY_WITHDRAWALS,
        Capability.CLIENT_WRITE,
        ClientEntryWithdrawn,
        "Withdraw a consent, authority, wish or household that should never have been recorded.",
        if_match=IfMatch.REQUIRED,
    ),
    _step(
        "erasure-requests",
        Capability.CLIENT_WRITE,
        ErasureRequested,
        "Record that somebody asked for a client to be forgotten.",
    ),
    _step(
        "erasure-grants",
        Capability.CLIENT_ERASE,
        ErasureGranted,
        "Decide that a client is to be forgotten.",
        if_match=IfMatch.REQUIRED,
        problems=("client-unknown", "legal-hold"),
    ),
    _step(
        "erasure-refusals",
        Capability.CLIENT_ERASE,
        ErasureRefused,
        "Decide that a client is not to be forgotten now.",
        if_match=IfMatch.REQUIRED,
    ),
    _post(
        f"{_CLIENT}/erasure",
        Capability.CLIENT_ERASE,
        Erasure,
        "Forget a client: their key and files are destroyed, for good.",
        handle=erase_client,
        if_match=IfMatch.REQUIRED,
        problems=("client-unknown", "legal-hold"),
    ),
    _step(
        "legal-holds",
        Capability.CLIENT_HOLD,
        LegalHoldPlaced,
        "Place a legal hold: nothing of the client may be destroyed until it is lifted.",
    ),
    _step(
        "legal-hold-liftings",
        Capability.CLIENT_HOLD,
        LegalHoldLifted,
        "Lift a legal hold.",
        if_match=IfMatch.REQUIRED,
    ),
    _post(
        "/v1/retention-rules",
        Capability.RETENTION_WRITE,
        RetentionRuleSet,
        "Set how long records are kept after a case was closed.",
        handle=set_retention_rule,
        problems=(),
    ),
)
"""Those that write."""
