"""What a template is made of: paragraphs in two languages with typed placeholders.

A placeholder is `{kind.name}`. Its kind says where it comes from: `client` (who the client is),
`loan` (what is on record of a loan), `figure` (a part of a loan's line on the letter's day),
`amount` and `text` (given by the caller), `letter` (the letter itself). With `?` after it, what is
not there is printed as not on record; with `!`, an Unknown figure stops the letter.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

from domain.cases.letters import Addressee, FigurePart, Language

PLACEHOLDER: Final = re.compile(r"\{([a-z]+)\.([a-z_]+)([?!]?)\}")


class Kind(StrEnum):
    """Where a placeholder comes from."""

    CLIENT = "client"
    LOAN = "loan"
    FIGURE = "figure"
    AMOUNT = "amount"
    TEXT = "text"
    LETTER = "letter"


KNOWN: Final[dict[Kind, frozenset[str]]] = {
    Kind.CLIENT: frozenset({"name", "id_number"}),
    Kind.LOAN: frozenset({"number", "lender", "contract_number", "contract_date", "face_amount"}),
    Kind.FIGURE: frozenset({*(part.value for part in FigurePart), "line"}),
    Kind.LETTER: frozenset({"addressee", "date", "as_of", "answer_wanted_on"}),
}
"""Names of each kind; those of amounts and texts are the template's own."""


class Placeholder(msgspec.Struct, frozen=True):
    """One place to be filled."""

    kind: Kind
    name: str
    mark: str = ""
    """`?`: may be missing. `!`: may not be Unknown."""

    @property
    def path(self) -> str:
        """How a refusal names it: `text.proposal`."""
        return f"{self.kind.value}.{self.name}"


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A run of lines in both languages."""

    zh: str
    en: str
    each_loan: bool = False
    """Printed once for each loan of the letter."""
    needs: tuple[str, ...] = ()
    """Paths of placeholders; left out where one of them is not there."""

    def said(self, language: Language) -> str:
        """Its words in one language."""
        return self.zh if language is Language.ZH else self.en


class Slot(msgspec.Struct, frozen=True):
    """A text or an amount that the caller gives."""

    name: str
    zh: str
    en: str
    is_needed: bool = True


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of letter. A released version never changes: new words are a new version."""

    template: str
    version: int = 1
    title_zh: str
    title_en: str
    addressees: tuple[Addressee, ...]
    paragraphs: tuple[Paragraph, ...]
    texts: tuple[Slot, ...] = ()
    amounts: tuple[Slot, ...] = ()
    is_promise: bool = False
    """Whether it offers payment to a lender, which moves the clock of limitation."""

    @property
    def speaks_of_loans(self) -> bool:
        """Whether it needs at least one loan."""
        return any(paragraph.each_loan for paragraph in self.paragraphs)


def placeholders(words: str) -> Iterator[Placeholder]:
    """Every placeholder in a text, in its order; ValueError for a kind that there is not."""
    for kind, name, mark in PLACEHOLDER.findall(words):
        yield Placeholder(Kind(kind), name, mark)
