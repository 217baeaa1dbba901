"""Readings of paying and negotiating: payments, plans against what was paid, negotiations."""

from typing import Final

from api.call import Answered, Call, Route
from api.capabilities import Capability
from api.examples_plans import BODIES
from api.offer_calculations import OfferQuestion, compute_offers
from api.reading import (
    AXES,
    await_position,
    day_asked,
    known_at,
    known_case,
    read_answer,
    reading_tag,
    unchanged,
)
from api.ruled_readings import PACK, books_for
from domain.figures.figure import RULES, Unknown
from domain.figures.negotiation_reading import NegotiationsReading, negotiations_reading
from domain.figures.offering import OfferCalculation
from domain.figures.plan_progress import PlansReading, plans_reading
from domain.rules.books import Books
from projections.payments import PaymentsReading, payments_reading

FORM: Final = "plan-reading/1"
"""Changes when the form of these readings does, so that no old ETag matches a new form."""
_CASE: Final = "/v1/cases/{case_id}"


async def read_payments(call: Call) -> Answered:
    """`GET .../payments`."""
    await await_position(call)
    at = await known_at(call)
    known = await known_case(call, at)
    as_of = day_asked(call, known.history)
    books = await books_for(call, at, call.query.get("pack"))
    tag = reading_tag(call, known, as_of, FORM, *_versions(books))
    same = unchanged(call, tag)
    if same:
        return same
    found = payments_reading(known.history, as_of, books)
    return read_answer(found, tag, known.history.position)


async def read_plans(call: Call) -> Answered:
    """`GET .../plans`."""
    await await_position(call)
    known = await known_case(call, await known_at(call))
    as_of = day_asked(call, known.history)
    tag = reading_tag(call, known, as_of, RULES, FORM)
    same = unchanged(call, tag)
    return same or read_answer(plans_reading(known.history, as_of), tag, known.history.position)


async def read_negotiations(call: Call) -> Answered:
    """`GET .../negotiations`."""
    await await_position(call)
    at = await known_at(call)
    known = await known_case(call, at)
    as_of = day_asked(call, known.history)
    books = await books_for(call, at, call.query.get("pack"))
    tag = reading_tag(call, known, as_of, FORM, *_versions(books))
    same = unchanged(call, tag)
    if same:
        return same
    found = negotiations_reading(known.history, as_of, books)
    return read_answer(found, tag, known.history.position)


def _versions(books: Books | Unknown) -> tuple[str | None, ...]:
    """What moves an answer beside the record and the day."""
    return (None,) if isinstance(books, Unknown) else (books.pack.reference, books.data.version)


PLAN_READS: Final = (
    Route(
        method="GET",
        path=f"{_CASE}/payments",
        capability=Capability.CASE_READ,
        summary="What became of each payment, what is missing, and what has to be sent when.",
        handle=read_payments,
        answer=PaymentsReading,
        is_reading=True,
        parameters=(*AXES, PACK),
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/plans",
        capability=Capability.CASE_READ,
        summary="Every plan against what was paid: met, late, in part, missed, ahead.",
        handle=read_plans,
        answer=PlansReading,
        is_reading=True,
        parameters=AXES,
        problems=("case-unknown",),
    ),
    Route(
        method="GET",
        path=f"{_CASE}/negotiations",
        capability=Capability.CASE_READ,
        summary="Proposals with their clocks, answers and silence, and papers asked for.",
        handle=read_negotiations,
        answer=NegotiationsReading,
        is_reading=True,
        parameters=(*AXES, PACK),
        problems=("case-unknown",),
    ),
    Route(
        method="POST",
        path=f"{_CASE}/offer-calculations",
        capability=Capability.CASE_READ,
        summary="Share what is available among the creditors, to the cent; nothing is recorded.",
        handle=compute_offers,
        body=OfferQuestion,
        answer=OfferCalculation,
        parameters=AXES,
        problems=("case-unknown", "entry-unknown", "amount-negative", "currency-mixed"),
        example=BODIES[OfferQuestion],
    ),
)
"""Routes that read what was paid, promised and proposed."""
