"""Readings of one case that are a pure function of its history, a day and the rules in force."""

from collections.abc import Callable
from datetime import date
from typing import Any

from api.call import Answered, Call, Route
from api.capabilities import Capability
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
from domain.cases.history import History
from domain.figures.figure import Unknown
from domain.rules.books import Books

Fold = Callable[[History, date, Books | Unknown], Any]


def case_fold(path: str, form: str, fold: Fold, answer: type[Any], summary: str) -> Route:
    """The route of such a reading, below a case.

    `form` names the shape of the answer: it changes when that does, so that no old ETag matches a
    new one. Nothing personal is opened.
    """

    async def read(call: Call) -> Answered:
        await await_position(call)
        at = await known_at(call)
        known = await known_case(call, at)
        as_of = day_asked(call, known.history)
        books = await books_for(call, at, call.query.get("pack"))
        named: tuple[str | None, ...] = (None, None)
        if isinstance(books, Books):
            named = (books.pack.reference, books.data.version)
        tag = reading_tag(call, known, as_of, form, *named)
        same = unchanged(call, tag)
        if same:
            return same
        found = fold(known.history, as_of, books)
        return read_answer(found, tag, known.history.position)

    return Route(
        method="GET",
        path=f"/v1/cases/{{case_id}}/{path}",
        capability=Capability.CASE_READ,
        summary=summary,
        handle=read,
        answer=answer,
        is_reading=True,
        parameters=(*AXES, PACK),
        problems=("case-unknown",),
    )
