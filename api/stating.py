"""`POST .../figures-statements`: give a position out, and have on record that it was."""

from api.call import Answered, Call
from api.decoding import decode
from api.orders import command_id_of, expected_version, order_of
from api.outcomes import answer, settled
from api.problems import invalid
from api.reading import known_case
from domain.cases.deciding import Record
from domain.casework import case_zone
from domain.figures.figure import Unknown
from domain.figures.stating import StateFigures, statement


async def state_figures(call: Call) -> Answered:
    """Compute the position that was asked for and record that it was given out."""
    expected_version(call)
    body = await call.body()
    asked = decode(body, StateFigures)
    head = (await call.services.casework.log.head(call.organisation)).position
    if asked.known_at is not None and asked.known_at > head:
        raise invalid("known_at", "nothing is recorded there yet")
    known = await known_case(call, asked.known_at)
    books = await call.services.casework.books(call.organisation)
    today = call.services.today(case_zone(known.history))
    used = None if isinstance(books, Unknown) else books
    fact = statement(known.history, asked, used, today)
    order = order_of(call, command_id_of(call), body)
    case_id = call.id("case_id")
    return await answer(
        call, settled(await call.services.casework.case_command(order, case_id, Record(fact)))
    )
