"""Readings of a debt by the organisation's rule pack: limitation, guarantees, a claim's check."""

from typing import Final

from api.call import Answered, Call
from api.problems import Problem
from api.reading import (
    await_position,
    day_asked,
    known_at,
    known_case,
    read_answer,
    reading_tag,
    unchanged,
)
from api.ruled_readings import books_for
from domain.cases.lending import LenderClaimed, LoanTaken
from domain.figures.claim_check import claim_check
from domain.figures.figure import Unknown
from domain.figures.guarantee_reading import guarantees_reading
from domain.figures.limitation_reading import limitation_reading
from domain.rules.books import Books

FORM: Final = "claim-reading/1"
"""Changes when the form of these readings does, so that no old ETag matches a new form."""


async def read_limitation(call: Call) -> Answered:
    """`GET .../loans/{loan_id}/limitation`."""
    await await_position(call)
    at = await known_at(call)
    known = await known_case(call, at)
    loan_id = call.id("loan_id")
    if known.history.get(loan_id, LoanTaken) is None:
        raise Problem("not-found", f"this case has no loan {loan_id}")
    as_of = day_asked(call, known.history)
    books = await books_for(call, at, call.query.get("pack"))
    tag = reading_tag(call, known, as_of, FORM, loan_id, *_named(books))
    same = unchanged(call, tag)
    if same:
        return same
    found = limitation_reading(known.history, loan_id, as_of, books)
    return read_answer(found, tag, known.history.position)


async def read_guarantees(call: Call) -> Answered:
    """`GET .../guarantees`."""
    await await_position(call)
    at = await known_at(call)
    known = await known_case(call, at)
    as_of = day_asked(call, known.history)
    books = await books_for(call, at, call.query.get("pack"))
    tag = reading_tag(call, known, as_of, FORM, "guarantees", *_named(books))
    same = unchanged(call, tag)
    if same:
        return same
    found = guarantees_reading(known.history, as_of, books)
    return read_answer(found, tag, known.history.position)


async def read_claim_check(call: Call) -> Answered:
    """`GET .../lender-claims/{claim_id}/check`: on the claim's own day."""
    await await_position(call)
    at = await known_at(call)
    known = await known_case(call, at)
    claim_id = call.id("claim_id")
    claim = known.history.get(claim_id, LenderClaimed)
    if claim is None:
        raise Problem("not-found", f"this case has no claim {claim_id}")
    books = await books_for(call, at, call.query.get("pack"))
    tag = reading_tag(call, known, claim.claimed_as_of, FORM, claim_id, *_named(books))
    same = unchanged(call, tag)
    if same:
        return same
    found = claim_check(known.history, claim_id, books)
    return read_answer(found, tag, known.history.position)


def _named(books: Books | Unknown) -> tuple[str | None, ...]:
    """What moves an answer beside the record and the day."""
    if isinstance(books, Unknown):
        return (None, None)
    return (books.pack.reference, books.data.version)
