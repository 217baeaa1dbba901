"""Drafting: from a wish and what the case holds to the fact that a letter was drafted."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from domain.cases.deciding.commands import KnownClient
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.letters import (
    Addressee,
    FigurePart,
    FrozenFigure,
    Language,
    LetterDrafted,
)
from domain.cases.stating import StatedFigure
from domain.figures.figure import AS_RECORDED, RULES, Unknown
from domain.figures.printed import Lines, amount_of, lines_of, parts_of
from domain.figures.rechecking import answer_digest
from domain.figures.stating import NO_DATA
from domain.letters.filling import Filled, LoanMatter, Matter, fill
from domain.letters.template import Slot, Template
from domain.letters.templates import TEMPLATES
from domain.money import Money
from domain.personal import Personal
from domain.refusals import Code, Refusal
from domain.rules.books import Books


class DraftLetter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The wish to have a letter drafted from a template."""

    template: str
    language: Language = Language.ZH
    addressee_kind: Addressee
    addressee: str | None = None
    """The company or authority."""
    addressee_name: Personal[str] | None = None
    """A person; one of the two is needed."""
    loan_ids: tuple[UUID, ...] = ()
    line: str = AS_RECORDED
    """Which labelled line the figures are of."""
    texts: dict[str, Personal[str]] = {}
    """What the template asks the caller to say, by name."""
    amounts: dict[str, Money] = {}
    drafted_on: date | None = None
    """The day that the letter bears; None: today where the case is."""
    as_of: date | None = None
    """The day of the figures; None: the letter's own."""
    answer_wanted_on: date | None = None
    about_id: UUID | None = None
    replaces_id: UUID | None = None


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter is drafted with; `history` opened, for contract numbers are personal."""

    history: History
    client: KnownClient | None
    books: Books | Unknown
    today: date


def draft(asked: DraftLetter, desk: Desk) -> LetterDrafted | Refusal:
    """The fact that a letter was drafted. Pure; what the case's own rules say comes after it."""
    template = TEMPLATES.get(asked.template)
    if template is None:
        detail = f"no template {asked.template!r}; there are: {', '.join(sorted(TEMPLATES))}"
        return Refusal(code=Code.TEMPLATE_UNKNOWN, field="template", detail=detail)
    refusal = _check_wish(asked, template)
    if refusal:
        return refusal
    as_of = asked.as_of or asked.drafted_on or desk.today
    lines = lines_of(desk.history, as_of, desk.books)
    matter = _matter(asked, desk, as_of, lines)
    if isinstance(matter, Refusal):
        return matter
    filled = fill(template, asked.language, matter)
    if isinstance(filled, Refusal):
        return filled
    return _drafted(asked, template, desk, matter, filled, lines)


def _check_wish(asked: DraftLetter, template: Template) -> Refusal | None:
    if asked.addressee_kind not in template.addressees:
        kinds = ", ".join(kind.value for kind in template.addressees)
        detail = f"{template.template} goes to: {kinds}"
        return Refusal(code=Code.TEMPLATE_MISUSED, field="addressee_kind", detail=detail)
    if template.speaks_of_loans and not asked.loan_ids:
        return Refusal(code=Code.LIST_EMPTY, field="loan_ids", detail="name the loans it is about")
    return (
        _check_slots("texts", asked.texts, template.texts, template)
        or _check_slots("amounts", asked.amounts, template.amounts, template)
        or _check_blank(asked)
    )


def _check_slots(
    field: str, given: Iterable[str], slots: tuple[Slot, ...], template: Template
) -> Refusal | None:
    """What is given has a place, and what has to be given is."""
    names = [slot.name for slot in slots]
    for name in given:
        if name not in names:
            detail = f"{template.template} has no place for it; it has: {', '.join(names) or '-'}"
            return Refusal(code=Code.TEMPLATE_MISUSED, field=f"{field}/{name}", detail=detail)
    for slot in slots:
        if slot.is_needed and slot.name not in given:
            detail = f"{field}.{slot.name} is needed: {slot.en} / {slot.zh}"
            return Refusal(
                code=Code.LETTER_PLACE_EMPTY, field=f"{field}/{slot.name}", detail=detail
            )
    return None


def _check_blank(asked: DraftLetter) -> Refusal | None:
    texts = {f"texts/{name}": text.value for name, text in asked.texts.items()}
    name = asked.addressee_name.value if asked.addressee_name else None
    for field, value in {**texts, "addressee": asked.addressee, "addressee_name": name}.items():
        if value is not None and not value.strip():
            return Refusal(code=Code.TEXT_EMPTY, field=field)
    return None


def _matter(asked: DraftLetter, desk: Desk, as_of: date, lines: Lines) -> Matter | Refusal:
    loans: list[LoanMatter] = []
    for index, loan_id in enumerate(asked.loan_ids):
        loan = desk.history.get(loan_id, LoanTaken)
        if loan is None:
            detail = f"this case has no loan {loan_id}"
            return Refusal(code=Code.ENTRY_UNKNOWN, field=f"loan_ids/{index}", detail=detail)
        loans.append(_loan_matter(loan_id, loan, asked.line, lines, desk.books))
    person = asked.addressee_name.value if asked.addressee_name else None
    return Matter(
        client_name=desk.client.name if desk.client else None,
        client_id_number=desk.client.id_number if desk.client else None,
        addressee=" ".join(name for name in (asked.addressee, person) if name) or None,
        drafted_on=asked.drafted_on or desk.today,
        as_of=as_of,
        answer_wanted_on=asked.answer_wanted_on,
        loans=tuple(loans),
        texts={name: text.value or "" for name, text in asked.texts.items()},
        amounts=asked.amounts,
    )


def _loan_matter(
    loan_id: UUID, loan: LoanTaken, line: str, lines: Lines, books: Books | Unknown
) -> LoanMatter:
    printed = lines.get((loan_id, line))
    parts, unnamed = parts_of(lines, loan_id, line), None
    if line != AS_RECORDED and isinstance(books, Unknown):
        # No line can be told apart without a pack: the letter says why, or stops.
        parts, unnamed = dict.fromkeys(FigurePart, books), line
    name = loan.lender_name.value if loan.lender_name else None
    return LoanMatter(
        loan_id=loan_id,
        lender=name or loan.lender,
        contract_number=loan.contract_number.value if loan.contract_number else None,
        contract_date=loan.occurred_on,
        face_amount=loan.face_amount,
        line_zh=printed.zh if printed else unnamed,
        line_en=printed.en if printed else unnamed,
        figures=parts,
    )


def _drafted(
    asked: DraftLetter,
    template: Template,
    desk: Desk,
    matter: Matter,
    filled: Filled,
    lines: Lines,
) -> LetterDrafted:
    books = desk.books
    return LetterDrafted(
        drafted_on=matter.drafted_on,
        template=template.template,
        template_version=template.version,
        language=asked.language,
        addressee_kind=asked.addressee_kind,
        addressee=asked.addressee,
        addressee_name=asked.addressee_name,
        loan_ids=asked.loan_ids,
        about_id=asked.about_id,
        replaces_id=asked.replaces_id,
        as_of=matter.as_of,
        known_at=desk.history.position,
        pack=books.pack.reference if isinstance(books, Books) else RULES,
        data=books.data.version if isinstance(books, Books) else NO_DATA,
        digest=answer_digest(desk.history, matter.as_of),
        figures=stated_figures(lines, asked.loan_ids),
        frozen=tuple(
            FrozenFigure(
                loan_id=loan,
                line=asked.line,
                part=part,
                amount=amount_of(lines, loan, asked.line, part),
            )
            for loan, part in filled.printed
        ),
        answer_wanted_on=asked.answer_wanted_on,
        is_promise=template.is_promise,
        text=Personal(None, filled.text),
    )


def stated_figures(lines: Lines, loan_ids: tuple[UUID, ...]) -> tuple[StatedFigure, ...]:
    """What is owed on these loans by each line."""
    return tuple(
        StatedFigure(loan_id=loan, line=line, owed=amount_of(lines, loan, line, FigurePart.OWED))
        for loan, line in lines
        if loan in loan_ids
    )
