"""Filling a template in. Pure: the same matter gives the same letter, and nothing is ever blank."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.letters import FigurePart, Language
from domain.figures.figure import Unknown
from domain.letters.template import PLACEHOLDER, Kind, Paragraph, Placeholder, Template
from domain.letters.wording import Value, written
from domain.money import Money
from domain.refusals import Code, Refusal


class LoanMatter(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter can say of one loan."""

    loan_id: UUID
    lender: str
    contract_number: str | None
    contract_date: date
    face_amount: Money
    line_zh: str | None
    """The line's title; None where the loan has no such line."""
    line_en: str | None
    figures: Mapping[FigurePart, Money | Unknown]
    """The parts that its line has on the letter's day."""


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a letter is filled in from."""

    client_name: str | None
    client_id_number: str | None
    addressee: str | None
    drafted_on: date
    as_of: date
    answer_wanted_on: date | None
    loans: tuple[LoanMatter, ...]
    texts: Mapping[str, str]
    amounts: Mapping[str, Money]


class Filled(msgspec.Struct, frozen=True):
    """A letter, and the figures that it prints."""

    text: str
    printed: tuple[tuple[UUID, FigurePart], ...]
    """Loan and part of each figure, once, in the text's order."""


class _Missing(Exception):
    """A place that cannot be filled; never leaves this module."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.detail)
        self.refusal = refusal


def fill(template: Template, language: Language, matter: Matter) -> Filled | Refusal:
    """The letter; a Refusal names the first place that cannot be filled."""
    printed: dict[tuple[UUID, FigurePart], None] = {}
    try:
        said = [
            _filled(paragraph.said(language), language, matter, loan, printed)
            for paragraph in template.paragraphs
            for loan in _turns(paragraph, matter)
        ]
    except _Missing as missing:
        return missing.refusal
    return Filled("\n".join(said) + "\n", tuple(printed))


def _turns(paragraph: Paragraph, matter: Matter) -> Iterator[int | None]:
    """For which loans a paragraph is printed; None where it is about none."""
    turns = range(len(matter.loans)) if paragraph.each_loan else (None,)
    for loan in turns:
        needed = (Placeholder(Kind(path.split(".")[0]), path.split(".")[1])
                  for path in paragraph.needs)  # fmt: skip
        if all(_value(each, matter, loan) is not None for each in needed):
            yield loan


def _filled(
    words: str,
    language: Language,
    matter: Matter,
    loan: int | None,
    printed: dict[tuple[UUID, FigurePart], None],
) -> str:
    def place(kind: str, name: str, mark: str) -> str:
        at = Placeholder(Kind(kind), name, mark)
        value = _checked(at, _value(at, matter, loan, language), matter, loan)
        if at.kind is Kind.FIGURE and at.name != "line" and loan is not None and value is not None:
            printed[matter.loans[loan].loan_id, FigurePart(at.name)] = None
        return written(value, language)

    return PLACEHOLDER.sub(lambda found: place(*found.groups()), words)


def _checked(
    at: Placeholder, value: Value | None, matter: Matter, loan: int | None
) -> Value | None:
    if value is None and at.mark != "?":
        raise _Missing(_missing(at, matter, loan))
    if isinstance(value, Unknown) and at.mark == "!":
        detail = f"{at.path}{_of(matter, loan)}: {value.reason}; settled by: {value.settled_by}"
        raise _Missing(Refusal(code=Code.LETTER_FIGURE_UNKNOWN, field="loan_ids", detail=detail))
    return value


def _missing(at: Placeholder, matter: Matter, loan: int | None) -> Refusal:
    field = {Kind.TEXT: f"texts/{at.name}", Kind.AMOUNT: f"amounts/{at.name}"}.get(at.kind)
    if at.kind is Kind.LETTER:
        field = at.name
    detail = f"{at.path}{_of(matter, loan)} is not there"
    return Refusal(code=Code.LETTER_PLACE_EMPTY, field=field, detail=detail)


def _of(matter: Matter, loan: int | None) -> str:
    return "" if loan is None else f" of loan {matter.loans[loan].loan_id}"


def _value(
    at: Placeholder, matter: Matter, loan: int | None, language: Language = Language.ZH
) -> Value | None:
    """What stands at a place; None where nothing does."""
    match at.kind:
        case Kind.TEXT:
            return matter.texts.get(at.name)
        case Kind.AMOUNT:
            return matter.amounts.get(at.name)
        case Kind.CLIENT:
            return matter.client_name if at.name == "name" else matter.client_id_number
        case Kind.LETTER:
            return _of_letter(at.name, matter)
        case Kind.LOAN:
            return None if loan is None else _of_loan(at.name, matter.loans[loan], loan + 1)
        case Kind.FIGURE:
            return None if loan is None else _of_line(at.name, matter.loans[loan], language)


def _of_letter(name: str, matter: Matter) -> Value | None:
    values: dict[str, Value | None] = {
        "addressee": matter.addressee,
        "date": matter.drafted_on,
        "as_of": matter.as_of,
        "answer_wanted_on": matter.answer_wanted_on,
    }
    return values[name]


def _of_loan(name: str, loan: LoanMatter, number: int) -> Value | None:
    values: dict[str, Value | None] = {
        "number": str(number),
        "lender": loan.lender,
        "contract_number": loan.contract_number,
        "contract_date": loan.contract_date,
        "face_amount": loan.face_amount,
    }
    return values[name]


def _of_line(name: str, loan: LoanMatter, language: Language) -> Value | None:
    if name == "line":
        return loan.line_zh if language is Language.ZH else loan.line_en
    return loan.figures.get(FigurePart(name))
