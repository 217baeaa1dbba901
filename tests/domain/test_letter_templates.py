"""Templates and their filling: golden letters, what is not known, what is missing."""

from uuid import UUID

import msgspec
import pytest

from domain.cases.letters import Addressee, FigurePart, Language
from domain.figures.figure import Unknown
from domain.letters.drafting import draft
from domain.letters.template import KNOWN, PLACEHOLDER, Kind, placeholders
from domain.letters.templates import TEMPLATES
from domain.letters.wording import written
from domain.money import Money
from domain.refusals import Code, Refusal
from tests.domain.letter_cases import desk, golden, golden_file, letter, two_loans, wish
from tests.histories import cny, day, said

ZH, EN = Language.ZH, Language.EN
NAMED_UNKNOWN = Unknown(reason="owed is not known: x", settled_by="")


@pytest.mark.parametrize("language", Language)
def test_every_letter_is_what_was_approved(language):
    approved = golden_file(language).read_text(encoding="utf-8")
    assert golden(language) == approved, "read it, then: python -m tests.domain.letter_cases"


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_placeholder_has_a_place_to_come_from_and_every_slot_is_used(template):
    found = TEMPLATES[template]
    own = {Kind.TEXT: {slot.name for slot in found.texts}}
    own[Kind.AMOUNT] = {slot.name for slot in found.amounts}
    for language in Language:
        used = {Kind.TEXT: set(), Kind.AMOUNT: set()}
        for paragraph in found.paragraphs:
            words = paragraph.said(language)
            assert "{" not in PLACEHOLDER.sub("", words), words
            for each in placeholders(words):
                assert each.name in (KNOWN.get(each.kind) or own[each.kind]), each.path
                assert paragraph.each_loan or each.kind not in (Kind.LOAN, Kind.FIGURE), each.path
                used.setdefault(each.kind, set()).add(each.name)
        assert used[Kind.TEXT] == own[Kind.TEXT]
        assert used[Kind.AMOUNT] == own[Kind.AMOUNT]


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_both_languages_have_the_same_places(template):
    for paragraph in TEMPLATES[template].paragraphs:
        places = [
            {(each.path, each.mark) for each in placeholders(words)}
            for words in (paragraph.zh, paragraph.en)
        ]
        assert places[0] == places[1]


def test_only_what_offers_payment_to_a_lender_is_a_promise():
    promises = {name for name, template in TEMPLATES.items() if template.is_promise}
    assert promises == {"hardship-request", "proposal-to-creditors"}
    for name, template in TEMPLATES.items():
        keeps = "一切权利和抗辩均予保留" in "".join(p.zh for p in template.paragraphs)
        assert not (name in promises and keeps), name


def test_the_figures_are_frozen_as_they_are_printed():
    drafted = letter("hardship-request", ZH)
    case, first, second = two_loans()
    printed = {(each.loan_id, each.part): each.amount for each in drafted.frozen}
    assert printed[first, FigurePart.OWED] == cny("4249.95")
    assert printed[first, FigurePart.PAID] == cny("850.05")
    assert printed[second, FigurePart.OWED] is None
    assert {each.line for each in drafted.frozen} == {"as-recorded"}
    assert {each.line for each in drafted.figures if each.loan_id == first} > {
        "as-recorded",
        "contract",
    }
    assert (drafted.known_at, drafted.as_of) == (case.position, day("2026-03-20"))
    assert drafted.pack == "cn@2026.2"


def test_a_line_of_the_books_is_printed_under_its_own_name():
    text = letter("defence-outline", ZH, loan_ids=(two_loans()[1],), line="contract").text.value
    assert "按“合同约定”计算，尚欠：¥" in text


def test_an_unknown_figure_is_printed_with_its_reason():
    zh, en = (letter("insolvency-cover", each).text.value for each in (ZH, EN))
    assert "尚欠：尚不能确定：没有放款记录；" in zh
    assert "owed: not yet known: no disbursement is on record;" in en


def test_a_figure_that_has_to_be_known_stops_the_letter():
    case, first, second = two_loans()
    refused = draft(wish("proposal-to-creditors", (first, second)), desk(case))
    assert refused.code is Code.LETTER_FIGURE_UNKNOWN
    assert f"figure.owed of loan {second}" in refused.detail
    assert "no disbursement is on record" in refused.detail


def test_without_a_pack_a_line_is_printed_as_not_known():
    case, first, _ = two_loans()
    nothing = Unknown(reason="the organisation has adopted no rule pack", settled_by="adopting one")
    wanted = wish("insolvency-cover", (first,), line="contract")
    text = draft(wanted, desk(case, nothing)).text.value
    assert "按“contract”计算，尚欠：尚不能确定：尚未采用规则包；" in text


MISUSES = {
    "template": ({"template": "love-letter"}, Code.TEMPLATE_UNKNOWN),
    "addressee_kind": ({"addressee_kind": Addressee.EMPLOYER}, Code.TEMPLATE_MISUSED),
    "loan_ids": ({"loan_ids": ()}, Code.LIST_EMPTY),
    "loan_ids/0": ({"loan_ids": (UUID(int=5),)}, Code.ENTRY_UNKNOWN),
    "texts/proposal": ({"texts": {"circumstances": said("x")}}, Code.LETTER_PLACE_EMPTY),
    "texts/poem": (
        {"texts": {n: said("x") for n in ("circumstances", "proposal", "poem")}},
        Code.TEMPLATE_MISUSED,
    ),
    "texts/circumstances": (
        {"texts": {"circumstances": said("  "), "proposal": said("x")}},
        Code.TEXT_EMPTY,
    ),
    "amounts/monthly": ({"amounts": {}}, Code.LETTER_PLACE_EMPTY),
    "addressee": ({"addressee": None}, Code.LETTER_PLACE_EMPTY),
}


@pytest.mark.parametrize("field", MISUSES)
def test_what_is_missing_or_has_no_place_is_named(field):
    case, first, _ = two_loans()
    changes, code = MISUSES[field]
    asked = msgspec.structs.replace(wish("hardship-request", (first,)), **changes)
    if field == "template":
        asked = msgspec.structs.replace(asked, template="love-letter")
    refused = draft(asked, desk(case))
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == (code, field)


def test_a_line_that_a_loan_does_not_have_is_named():
    case, first, _ = two_loans()
    refused = draft(wish("hardship-request", (first,), line="documented-twice"), desk(case))
    assert refused.code is Code.LETTER_PLACE_EMPTY
    assert refused.detail.startswith(f"figure.line of loan {first}")


def test_what_the_caller_says_is_never_read_as_a_placeholder():
    case, first, _ = two_loans()
    texts = {"circumstances": said("{client.id_number}"), "proposal": said("{figure.owed!}")}
    text = draft(wish("hardship-request", (first,), texts=texts), desk(case)).text.value
    assert "{client.id_number}" in text
    assert "990000199001010000" not in text


def test_filling_is_pure():
    assert letter("hardship-request", ZH) == letter("hardship-request", ZH)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    (
        (Money(123456, "CNY"), "¥1,234.56（人民币壹仟贰佰叁拾肆元伍角陆分）", "CNY 1,234.56"),
        (Money(123456, "USD"), "USD 1,234.56", "USD 1,234.56"),
        (Money(1234567, "JPY"), "JPY 1,234,567", "JPY 1,234,567"),
        (day("2026-12-01"), "2026年12月1日", "1 December 2026"),
        (None, "（卷内未记载）", "(not on record)"),
        (NAMED_UNKNOWN, "尚不能确定：x", "not yet known: x"),
    ),
)
def test_how_values_are_written(value, zh, en):
    assert (written(value, ZH), written(value, EN)) == (zh, en)
