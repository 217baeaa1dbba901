"""Readings of letters: the templates, the letters of a case, one letter and what changed since."""

import msgspec

from api.call import Answered, Call
from api.opening import open_case, refuse_erased
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
from api.responses import json_answer
from api.ruled_readings import books_for
from domain.accesses import Reading
from domain.cases.history import replay
from domain.letters.template import Template
from domain.letters.templates import TEMPLATES
from domain.rules.books import Books
from projections.letters import letter_reading, letters

FORM = "letters/1"
"""Changes when the form of these readings does."""


class LetterTemplates(msgspec.Struct, frozen=True, kw_only=True):
    """The templates of this release."""

    templates: tuple[Template, ...]


async def list_templates(_call: Call) -> Answered:
    """`GET /v1/letter-templates`."""
    return json_answer(LetterTemplates(templates=tuple(TEMPLATES.values())))


async def list_letters(call: Call) -> Answered:
    """`GET .../letters`: nothing personal is opened for it, so it outlives an erasure."""
    await await_position(call)
    known = await known_case(call, await known_at(call))
    as_of = day_asked(call, known.history)
    tag = reading_tag(call, known, as_of, FORM)
    same = unchanged(call, tag)
    return same or read_answer(letters(known.history, as_of), tag, known.history.position)


async def read_letter(call: Call) -> Answered:
    """`GET .../letters/{letter_id}`."""
    await await_position(call)
    position = await known_at(call)
    known = await known_case(call, position)
    await refuse_erased(call, known)
    books = await books_for(call, position)
    as_of, letter_id = day_asked(call, known.history), call.id("letter_id")
    used = (books.pack.reference, books.data.version) if isinstance(books, Books) else ()
    tag = reading_tag(call, known, as_of, FORM, letter_id, *used)
    same = unchanged(call, tag)
    if same:
        return same
    if not any(line.letter_id == letter_id for line in letters(known.history, as_of).letters):
        raise Problem("not-found", f"no letter {letter_id} in this case by {as_of}")
    opened = replay(known.history.case_id, await open_case(call, known, Reading.LETTER))
    answer = letter_reading(opened, letter_id, as_of, books)
    return read_answer(answer, tag, known.history.position)
