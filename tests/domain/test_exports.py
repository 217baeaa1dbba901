"""Choosing what a case file holds: every entry has a chapter, every personal value a kind."""

from datetime import UTC, datetime
from typing import get_args

import msgspec
import pytest

from domain.cases.corrections import CaseFact, EntryCorrected, EntryWithdrawn
from domain.cases.deciding import Record, Rules, decide
from domain.cases.exporting import CaseExported, Chapter, Opens, Span
from domain.cases.stating import StatedTo
from domain.exports import (
    CHAPTERS,
    KINDS,
    ExportCase,
    chapters_of,
    figures_are_whole,
    given,
    is_opened,
    left_out,
    masked,
)
from domain.personal import Personal
from domain.refusals import Code, Refusal
from tests.histories import CaseFile, cny, day, said

RULES = Rules(
    now=datetime(2026, 6, 1, tzinfo=UTC), today=day("2026-06-01"), zones=frozenset({"UTC"})
)


def asked(**more):
    return ExportCase(exported_to=StatedTo.COURT, purpose=Personal(None, "x"), **more)


def personal_fields(kind):
    """Last steps of the paths of every personal value that a struct can hold."""
    for field in msgspec.structs.fields(kind):
        if "Personal" in repr(field.type):
            yield field.encode_name
        for inner in inner_structs(field.type):
            yield from personal_fields(inner)


def inner_structs(annotation):
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return [annotation]
    return [found for part in get_args(annotation) for found in inner_structs(part)]


def test_every_topic_has_a_chapter_and_every_personal_value_a_kind():
    changes = {EntryCorrected, EntryWithdrawn}
    facts = set(get_args(CaseFact))
    assert set(CHAPTERS) == {fact.TOPIC for fact in facts - changes}
    fields = {name for fact in facts for name in personal_fields(fact)} - {"replacement"}
    assert fields == set(KINDS)
    assert {Chapter(chapter) for chapter in CHAPTERS.values()} == set(Chapter)
    assert set(KINDS.values()) == set(Opens)


@pytest.fixture
def case():
    case = CaseFile()
    case.lent = case.loan("2025-01-10", "1000.00", contract_number=said("HT-1"))
    case.paid = case.payment("2025-02-10", case.lent, "100.00")
    case.wrote = case.note("2025-02-11", "a note")
    case.fixed = case.corrected(case.paid, amount=cny("110.00"))
    case.item = case.evidence("2025-02-12")
    return case


def test_nothing_is_left_out_unless_asked(case):
    assert left_out(case.events(), asked()) == ()
    assert figures_are_whole(case.events(), ())


def test_other_chapters_are_left_out_but_not_the_opening(case):
    spans = left_out(case.events(), asked(chapters=(Chapter.PAYMENTS,)))
    assert spans == (Span(first=2, last=2), Span(first=4, last=4), Span(first=6, last=6))
    topics = [event.fact.TOPIC for event in given(case.events(), spans)]
    assert topics == ["case-opened", "payment-made", "entry-corrected"]
    assert chapters_of(case.events())[case.fixed] is Chapter.PAYMENTS
    assert not figures_are_whole(case.events(), spans)


def test_the_entry_of_a_file_that_is_put_in_is_always_given(case):
    choice = asked(chapters=(Chapter.PAYMENTS,), evidence_items=(case.item,))
    spans = left_out(case.events(), choice)
    assert case.item in {event.event_id for event in given(case.events(), spans)}


def test_days_are_of_recording_in_the_cases_own_zone():
    case = CaseFile()
    # 17:00 UTC on the fifth is the sixth in Shanghai.
    case.record(case.fact(case.events()[0].event_id), at=datetime(2026, 1, 5, 17, tzinfo=UTC))
    late = case.events()[1:]
    assert late
    assert left_out(case.events(), asked(last_day=day("2026-01-05"))) == ()  # an opening is given
    case.note("2025-02-11")
    spans = left_out(case.events(), asked(last_day=day("2026-01-05")))
    assert spans == (Span(first=3, last=3),)
    assert left_out(case.events(), asked(first_day=day("2026-01-06"))) == ()


def test_only_the_kinds_that_are_asked_for_are_shown(case):
    loan = case.events()[1]
    assert masked(loan, asked(opens=(Opens.NUMBERS,))).fact.contract_number.value == "HT-1"
    assert masked(loan, asked(opens=(Opens.TEXTS,))).fact.contract_number.value is None
    item = case.events()[-1]
    choice = asked(evidence_items=(case.item,))
    assert is_opened(item, "sha256", choice)
    assert not is_opened(item, "name", choice)
    assert not is_opened(item, "sha256", asked())


def export(case, **more):
    values = {
        "exported_on": day("2026-06-01"),
        "exported_to": StatedTo.COURT,
        "as_of": day("2026-06-01"),
        "known_at": case.position,
        "pack": "cn@2026.1",
        "data": "none",
        "purpose": Personal(None, "x"),
        "files": Personal(None, "x"),
    }
    return CaseExported(**(values | more))


def test_an_export_rests_on_all_that_the_case_holds(case):
    fresh = decide(case.history(), Record(export(case)), RULES)
    assert not isinstance(fresh, Refusal)
    stale = decide(case.history(), Record(export(case, known_at=case.position - 1)), RULES)
    assert isinstance(stale, Refusal)
    assert stale.code is Code.EXPORT_STALE


def test_a_long_list_of_files_is_no_long_text(case):
    files = Personal(None, "x" * 500_000)
    assert not isinstance(decide(case.history(), Record(export(case, files=files)), RULES), Refusal)
    purpose = decide(case.history(), Record(export(case, purpose=files)), RULES)
    assert isinstance(purpose, Refusal)
    assert purpose.code is Code.TEXT_TOO_LONG
