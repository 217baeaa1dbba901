"""Readings under a rule pack: labelled lines, their explanation, and what was stated rechecked."""

from collections.abc import AsyncIterator
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.parameters import Parameter, ParameterKind
from api.problems import Problem, invalid
from api.reading import (
    Known,
    await_position,
    day_asked,
    known_at,
    known_case,
    read_answer,
    reading_tag,
    unchanged,
)
from domain.cases.history import History, replay
from domain.cases.stating import FiguresStated
from domain.figures.explaining import Explanation, explain
from domain.figures.figure import RULES, Unknown
from domain.figures.rechecking import Rechecked, RecheckedAnswer, recheck, recheck_answer
from domain.figures.ruled import Ruled, ruled
from domain.figures.stating import statements
from domain.rules.books import Books
from domain.rules.pack import PackUnknown

PACK = Parameter(
    name="pack",
    kind=ParameterKind.TEXT,
    description="A released rule pack to use instead of the one adopted, such as `cn@2026.1`.",
    example="cn@2026.2",
)


LINE = Parameter(
    name="line",
    kind=ParameterKind.TEXT,
    description="Which line, such as `contract` or `private-lending`.",
    example="private-lending",
)


class LinesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The labelled lines of a case, or why there are none."""

    ruled: Ruled | None
    unknown: Unknown | None = None


class RecheckAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every figure given out, beside the same figure made again."""

    case_id: UUID
    position: int
    figures: tuple[Rechecked, ...]
    answers: tuple[RecheckedAnswer, ...]
    """The bytes of each answer; they may differ where the figures do not, by their form."""
    differing: int


async def books_for(call: Call, position: int | None, pack: str | None = None) -> Books | Unknown:
    """The books in force at a position; Problem for a pack that was never released."""
    # In a query an unescaped plus is a space.
    chosen = None if pack is None else pack.replace(" ", "+")
    try:
        return await call.services.casework.books(call.organisation, position, chosen)
    except (PackUnknown, ValueError) as error:
        raise invalid("pack", str(error)) from error


async def read_lines(call: Call) -> Answered:
    """`GET .../lines`."""
    await await_position(call)
    position = await known_at(call)
    known = await known_case(call, position)
    books = await books_for(call, position, call.query.get("pack"))
    if isinstance(books, Unknown):
        tag = reading_tag(call, known, None, "none")
        answer = LinesAnswer(ruled=None, unknown=books)
        return read_answer(answer, tag, known.history.position)
    day = day_asked(call, known.history)
    tag = reading_tag(call, known, day, books.pack.reference, books.data.version)
    same = unchanged(call, tag)
    if same:
        return same
    answer = LinesAnswer(ruled=ruled(known.history, day, books))
    return read_answer(answer, tag, known.history.position)


async def read_explanation(call: Call) -> Answered:
    """`GET .../loans/{loan_id}/explanation?line=`."""
    position = await known_at(call)
    known = await known_case(call, position)
    books = await books_for(call, position, call.query.get("pack"))
    if isinstance(books, Unknown):
        raise Problem("not-found", books.reason)
    day = day_asked(call, known.history)
    tag = reading_tag(call, known, day, books.pack.reference, books.data.version)
    return read_answer(
        _explained(call, known, ruled(known.history, day, books), books),
        tag,
        known.history.position,
    )


def _explained(call: Call, known: Known, answer: Ruled, books: Books) -> Explanation:
    loan_id, line_id = call.id("loan_id"), call.query.get("line")
    for loan in answer.loans:
        for line in loan.lines:
            if loan.loan_id == loan_id and line.line_id == line_id:
                return explain(line, books.pack)
    lines = [line.line_id for loan in answer.loans for line in loan.lines]
    case_id = known.history.case_id
    detail = f"no line {line_id!r} of loan {loan_id} in case {case_id}; there are: {lines}"
    raise Problem("not-found", detail)


async def read_recheck(call: Call) -> Answered:
    """`GET .../recheck`: replay each statement from its own position, pack and data."""
    known = await known_case(call)
    figures: list[Rechecked] = []
    answers: list[RecheckedAnswer] = []
    async for entry_id, stated, then, books in _statements(call, known):
        figures += recheck(entry_id, stated, then, books)
        answers.append(recheck_answer(entry_id, stated, then))
    answer = RecheckAnswer(
        case_id=known.history.case_id,
        position=known.history.position,
        figures=tuple(figures),
        answers=tuple(answers),
        differing=sum(1 for figure in figures if figure.verdict != "same"),
    )
    tag = reading_tag(call, known, None, RULES)
    return read_answer(answer, tag, known.history.position)


async def _statements(
    call: Call, known: Known
) -> AsyncIterator[tuple[UUID, FiguresStated, History, Books | None]]:
    """Each statement of a case, the case as known to it, and the books that it was made with."""
    for entry_id, stated in statements(known.history):
        events = [event for event in known.events if event.position <= stated.known_at]
        books = None
        if stated.pack != RULES:
            found = await books_for(call, _at(known, entry_id), stated.pack)
            books = None if isinstance(found, Unknown) else found
        yield entry_id, stated, replay(known.history.case_id, events), books


def _at(known: Known, entry_id: UUID) -> int:
    return known.history.entries[entry_id].stamp.position
