"""`POST .../letter-drafts`: fill a template in and have the draft, figures and all, on record."""

import msgspec

from api.call import Answered, Call
from api.capabilities import Capability
from api.decoding import decode
from api.opening import open_case
from api.orders import command_id_of, expected_version, is_dry_run, order_of
from api.outcomes import answer, settled
from api.problems import refused
from api.reading import Known, known_case, subject_of
from domain.accesses import Reading
from domain.cases.deciding import Record
from domain.cases.deciding.commands import KnownClient
from domain.cases.history import replay
from domain.cases.letters import LetterDrafted
from domain.casework import Outcome, case_zone
from domain.letters.drafting import Desk, DraftLetter, draft
from domain.personal import Personal
from domain.refusals import Refusal


async def draft_letter(call: Call) -> Answered:
    """Draft a letter; a repeat is answered as the first time, whatever has moved since."""
    expected_version(call)
    body = await call.body()
    asked = decode(body, DraftLetter)
    order, case_id = order_of(call, command_id_of(call), body), call.id("case_id")
    casework = call.services.casework
    outcome = await casework.repeated(order, case_id)
    if outcome is None:
        drafted = draft(asked, await _desk(call))
        if isinstance(drafted, Refusal):
            raise refused(drafted)
        outcome = settled(await casework.case_command(order, case_id, Record(drafted)))
    return await answer(call, _shown(call, outcome))


async def _desk(call: Call) -> Desk:
    """What the letter is filled in from; the access is on record, for its text shows it."""
    known = await known_case(call)
    opened = await open_case(call, known, Reading.LETTER)
    return Desk(
        history=replay(known.history.case_id, opened),
        client=await _client(call, known),
        books=await call.services.casework.books(call.organisation),
        today=call.services.today(case_zone(known.history)),
    )


async def _client(call: Call, known: Known) -> KnownClient | None:
    client = await call.services.casework.client(call.organisation, subject_of(known.history))
    details = client.details
    if details is None or details.name.value is None:
        return None
    number = details.id_number.value if details.id_number else None
    return KnownClient(name=details.name.value, id_number=number)


def _shown(call: Call, outcome: Outcome) -> Outcome:
    """A right to write gives no right to read what the case holds out of a rehearsed text."""
    if not is_dry_run(call) or Capability.CASE_READ in call.caller.capabilities:
        return outcome
    facts = tuple(
        msgspec.structs.replace(fact, text=Personal(None), figures=(), frozen=())
        if isinstance(fact, LetterDrafted)
        else fact
        for fact in outcome.facts
    )
    return msgspec.structs.replace(outcome, facts=facts)
