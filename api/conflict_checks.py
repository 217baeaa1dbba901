"""Looking for conflicts of interest: matches by kind and closeness, never a name.

Ids of clients and cases are given to who may read clients, and to nobody else.
"""

from typing import Annotated, Final
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.capabilities import Capability
from api.decoding import decode
from api.opening import gone, reader_of, refuse_erased
from api.orders import command_id_of, expected_version, order_of
from api.outcomes import answer, settled
from api.problems import Problem, invalid
from api.reading import known_case, subject_of
from api.responses import json_answer
from domain.accesses import Reading
from domain.cases.conflicts import (
    Closeness,
    ConflictAnswer,
    ConflictChecked,
    ConflictFound,
    HeldAs,
    MatchKind,
    SoughtNumbers,
)
from domain.cases.deciding import Record
from domain.casework import case_zone
from domain.conflicts import Match, Sought, SoughtAs, SoughtPerson, found_of
from domain.conflicts.known import plain_phones, text_of
from domain.personal import Personal
from domain.searching import plain

PEOPLE_MAX: Final = 50
COMPANIES_MAX: Final = 50
IDS_MAX: Final = 50
"""Most clients, and most cases, that one match names."""

Companies = Annotated[tuple[str, ...], msgspec.Meta(max_length=COMPANIES_MAX)]


class PersonGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody to look for; at least one of name, number and telephone."""

    role: SoughtAs = SoughtAs.CLIENT
    name: Personal[str] | None = None
    id_number: Personal[str] | None = None
    phones: tuple[Personal[str], ...] = ()


People = Annotated[tuple[PersonGiven, ...], msgspec.Meta(max_length=PEOPLE_MAX)]


class ConflictQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom and what to look for, before there is a client or a case, or for one there is."""

    persons: People = ()
    lenders: Companies = ()
    household: Annotated[tuple[Personal[str], ...], msgspec.Meta(max_length=PEOPLE_MAX)] = ()
    """Names of who lives with the client."""
    client_id: UUID | None = None
    """Look for this client and their household, too, and leave out what is their own."""
    case_id: UUID | None = None
    """Look for everybody whom this case names, too."""


class CheckConflicts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Look for what a case brings with it and for whom else is named, and put it on record."""

    persons: People = ()
    lenders: Companies = ()
    household: Annotated[tuple[Personal[str], ...], msgspec.Meta(max_length=PEOPLE_MAX)] = ()
    answer: ConflictAnswer
    reason: Personal[str] | None = None
    """Needed where something is found, or where there is a conflict."""


class MatchShown(msgspec.Struct, frozen=True, kw_only=True):
    """What one who was looked for leads to."""

    kind: MatchKind
    held_as: HeldAs
    closeness: Closeness
    is_strong: bool
    """False: by a name alone, or a part of a company's; it may be somebody else."""
    place: str
    """Where the request names them, `persons/0`, or as what they are held: `held/household`."""
    numbers_differ: bool
    """Both identity numbers are known and differ: most likely somebody else."""
    clients: int
    cases: int
    members: tuple[str, ...]
    """Member ids, of a tie to a lender."""
    interests: tuple[UUID, ...]
    """Entry ids of what they declared."""
    client_ids: tuple[UUID, ...] | None
    """Null without `client:read`; the first fifty."""
    case_ids: tuple[UUID, ...] | None
    """Null without `client:read`; the first fifty."""


class ConflictReading(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, the surest first."""

    matches: tuple[MatchShown, ...]
    found: tuple[ConflictFound, ...]
    """The same as numbers: what a case's check would keep."""
    sought: SoughtNumbers
    searched: int
    """How many clients were looked through; the record of accesses names as many."""
    known_at: int
    """Journal position up to which the record was looked through."""


class _Looked(msgspec.Struct, frozen=True):
    matches: tuple[Match, ...]
    sought: Sought
    searched: int
    known_at: int


async def look_for_conflicts(call: Call) -> Answered:
    """`POST /v1/conflict-checks`: nothing is recorded but that it was asked."""
    question = decode(await call.body(), ConflictQuestion)
    given = _sought(question)
    client_id = question.client_id
    if question.case_id is not None:
        case_client = await _client_of(call, question.case_id)
        if client_id not in (None, case_client):
            raise invalid("client_id", "the case is another client's")
        client_id = case_client
    looked = await _looked(call, given, client_id, question.case_id)
    if not looked.sought.people and not looked.sought.companies:
        raise invalid("persons", "name somebody, or a lender, to look for")
    return json_answer(
        ConflictReading(
            matches=tuple(_shown(call, match) for match in looked.matches),
            found=found_of(looked.matches),
            sought=looked.sought.numbers(),
            searched=looked.searched,
            known_at=looked.known_at,
        )
    )


async def check_conflicts(call: Call) -> Answered:
    """`POST .../conflict-checks`: the search and the entry are one request, so the numbers hold."""
    expected_version(call)
    body = await call.body()
    asked = decode(body, CheckConflicts)
    order, case_id = order_of(call, command_id_of(call), body), call.id("case_id")
    casework = call.services.casework
    outcome = await casework.repeated(order, case_id)
    if outcome is None:
        known = await known_case(call)
        await refuse_erased(call, known)
        looked = await _looked(call, _sought(asked), subject_of(known.history), case_id)
        fact = ConflictChecked(
            checked_on=call.services.today(case_zone(known.history)),
            known_at=looked.known_at,
            sought=looked.sought.numbers(),
            searched=looked.searched,
            found=found_of(looked.matches),
            answer=asked.answer,
            reason=asked.reason,
        )
        outcome = settled(await casework.case_command(order, case_id, Record(fact)))
    return await answer(call, outcome)


async def _client_of(call: Call, case_id: UUID) -> UUID:
    """The client of a case that the body names."""
    history = await call.services.casework.history(call.organisation, case_id)
    if history.client_id is None:
        raise Problem("case-unknown", f"no case {case_id}", field="case_id", status=422)
    return history.client_id


async def _looked(
    call: Call, given: Sought, client_id: UUID | None, case_id: UUID | None
) -> _Looked:
    """Look through everybody; that it was done is on record before anything is told."""
    services, people = call.services, call.services.people
    known_at = (await services.casework.log.head(call.organisation)).position
    searched = await people.brought_up(call.organisation)
    if client_id is not None:
        await _check_held(call, client_id)
        given += people.brings(call.organisation, client_id, case_id)
    await services.casework.accesses.names(reader_of(call), searched, Reading.CONFLICT_CHECK)
    matches = people.conflicts(call.organisation, given, client_id)
    return _Looked(matches, given, searched, known_at)


async def _check_held(call: Call, client_id: UUID) -> None:
    if call.services.people.is_held(call.organisation, client_id):
        return
    client = await call.services.casework.client(call.organisation, client_id)
    if client.details is None:
        raise Problem("client-unknown", f"no client {client_id}", field="client_id", status=422)
    raise await gone(call, client_id)


def _sought(asked: ConflictQuestion | CheckConflicts) -> Sought:
    people = [_person(f"persons/{at}", each) for at, each in enumerate(asked.persons)]
    people += [
        _person(f"household/{at}", PersonGiven(role=SoughtAs.HOUSEHOLD, name=name))
        for at, name in enumerate(asked.household)
    ]
    companies = tuple((f"lenders/{at}", plain(name)) for at, name in enumerate(asked.lenders))
    for place, name in companies:
        if not name:
            raise invalid(place, "a name says something")
    return Sought(people=tuple(people), companies=companies)


def _person(place: str, given: PersonGiven) -> SoughtPerson:
    found = SoughtPerson(
        place=place,
        role=given.role,
        name=plain(text_of(given.name)),
        id_number=plain(text_of(given.id_number)),
        phones=plain_phones(map(text_of, given.phones)),
    )
    if not (found.name or found.id_number or found.phones):
        raise invalid(place, "give a name, an identity number or a telephone number")
    return found


def _shown(call: Call, match: Match) -> MatchShown:
    may_read = Capability.CLIENT_READ in call.caller.capabilities
    return MatchShown(
        kind=match.kind,
        held_as=match.held_as,
        closeness=match.closeness,
        is_strong=match.closeness.is_strong,
        place=match.place,
        numbers_differ=match.numbers_differ,
        clients=len(match.subjects),
        cases=len(match.cases),
        members=match.members,
        interests=match.interests,
        client_ids=match.subjects[:IDS_MAX] if may_read else None,
        case_ids=match.cases[:IDS_MAX] if may_read else None,
    )
