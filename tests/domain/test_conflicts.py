"""Looking for conflicts of interest among those who are held, against a slow, plain reference."""

import unicodedata
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.conflicts import (
    Closeness,
    ConflictAnswer,
    ConflictChecked,
    ConflictFound,
    HeldAs,
    MatchKind,
    SoughtNumbers,
)
from domain.cases.deciding import Record, decide
from domain.conflicts import (
    CheckState,
    KnownTie,
    Sought,
    SoughtAs,
    SoughtPerson,
    conflict_standing,
    found_of,
    look,
)
from domain.conflicts.known import known_person, plain_phones
from domain.members.interests import InterestKind
from domain.personal import Personal
from domain.refusals import Code, Refusal
from domain.searching import plain
from tests.domain.test_forgetting_decisions import RULES
from tests.histories import CaseFile, day, said
from tests.made import examples

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
CASE = UUID(int=9)


def value(text):
    return None if text is None else Personal(A, text)


def held(subject=A, held_as=HeldAs.CLIENT, name=None, number=None, phones=(), case_id=None):
    return known_person(
        subject,
        held_as,
        name=value(name),
        id_number=value(number),
        phones=tuple(map(value, phones)),
        case_id=case_id,
    )


def asked(role=SoughtAs.CLIENT, name="", number="", phones=(), place="persons/0"):
    return SoughtPerson(
        place=place,
        role=role,
        name=plain(name),
        id_number=plain(number),
        phones=plain_phones(phones),
    )


def sought(*people, companies=()):
    return Sought(
        people=people,
        companies=tuple((f"lenders/{at}", plain(name)) for at, name in enumerate(companies)),
    )


def found(people, *wanted, ties=(), leave_out=None, companies=()):
    return look(people, ties, sought(*wanted, companies=companies), {A: [CASE]}, leave_out)


NAMES = st.sampled_from(("王小明", "李雷", "欧阳 小明", "Lǐ Léi", "阿不都·热合曼"))
NUMBERS = st.sampled_from(("11010119900307001X", "440301199001011234"))
PHONES = st.sampled_from(("13900000001", "13900000002", "02088886666"))


@st.composite
def otherwise_written(draw, text):
    """The same text in another width, case and spacing."""
    wide = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
    letters = [wide.get(each, each) if draw(st.booleans()) else each for each in text]
    spaced = "".join(each + draw(st.sampled_from(("", "", " ", "　"))) for each in letters)
    return draw(st.sampled_from((str.upper, str.lower, str)))(spaced)


@st.composite
def otherwise_dialled(draw, phone):
    prefix = draw(st.sampled_from(("", "+86", "86", "0086-", "+86 "))) if len(phone) == 11 else ""
    if phone.startswith("0"):
        prefix = ""
    return prefix + draw(otherwise_written(phone))


@examples(200)
@given(st.data())
def test_a_person_written_otherwise_is_found_by_each_sign(data):
    name, number, phone = data.draw(NAMES), data.draw(NUMBERS), data.draw(PHONES)
    people = held(name=name, number=number, phones=(phone,))
    for closeness, wanted in (
        (Closeness.ID_NUMBER, asked(number=data.draw(otherwise_written(number)))),
        (Closeness.PHONE, asked(phones=(data.draw(otherwise_dialled(phone)),))),
        (Closeness.NAME, asked(name=data.draw(otherwise_written(name)))),
    ):
        (match,) = found(people, wanted)
        assert (match.kind, match.closeness) == (MatchKind.SAME_PERSON, closeness)
        assert (match.subjects, match.cases) == ((A,), (CASE,))


@pytest.mark.parametrize("name", ("王小", "小明", "王小明明"))
def test_a_part_of_a_name_or_number_is_nobody(name):
    people = held(name="王小明", number="11010119900307001X", phones=("13900000001",))
    assert found(people, asked(name=name)) == ()
    assert found(people, asked(number="1101011990030700")) == ()
    assert found(people, asked(phones=("3900000001",))) == ()


def test_a_name_alone_is_weak_and_other_numbers_are_said():
    people = held(name="王小明", number="11010119900307001X")
    (match,) = found(people, asked(name="王小明", number="440301199001011234"))
    assert (match.closeness, match.closeness.is_strong) == (Closeness.NAME, False)
    assert match.numbers_differ
    (match,) = found(people, asked(name="王小明"))
    assert not match.numbers_differ


def test_the_surest_sign_counts_and_stands_first():
    people = held(A, name="王小明", phones=("13900000001",)) + held(B, name="王小明")
    matches = found(people, asked(name="王小明", phones=("13900000001",)))
    assert [(m.closeness, m.subjects) for m in matches] == [
        (Closeness.PHONE, (A,)),
        (Closeness.NAME, (B,)),
    ]


KINDS = (
    (SoughtAs.CLIENT, HeldAs.CLIENT, MatchKind.SAME_PERSON),
    (SoughtAs.CLIENT, HeldAs.HOUSEHOLD, MatchKind.SAME_HOUSEHOLD),
    (SoughtAs.HOUSEHOLD, HeldAs.CLIENT, MatchKind.SAME_HOUSEHOLD),
    (SoughtAs.HOUSEHOLD, HeldAs.HOUSEHOLD, MatchKind.SAME_HOUSEHOLD),
    (SoughtAs.CLIENT, HeldAs.LENDER, MatchKind.OTHER_SIDE),
    (SoughtAs.CLIENT, HeldAs.PARTY, MatchKind.OTHER_SIDE),
    (SoughtAs.CLIENT, HeldAs.GUARANTOR, MatchKind.OTHER_SIDE),
    (SoughtAs.CLIENT, HeldAs.CO_DEBTOR, MatchKind.OTHER_SIDE),
    (SoughtAs.HOUSEHOLD, HeldAs.HELPER, MatchKind.OTHER_SIDE),
    (SoughtAs.OTHER_SIDE, HeldAs.CLIENT, MatchKind.OTHER_SIDE),
    (SoughtAs.OTHER_SIDE, HeldAs.HOUSEHOLD, MatchKind.OTHER_SIDE),
    (SoughtAs.OTHER_SIDE, HeldAs.GUARANTOR, MatchKind.OTHER_SIDE),
    (SoughtAs.OTHER_SIDE, HeldAs.LENDER, None),
    (SoughtAs.OTHER_SIDE, HeldAs.PARTY, None),
)


@pytest.mark.parametrize(("role", "held_as", "kind"), KINDS)
def test_what_a_match_means_by_both_sides(role, held_as, kind):
    people = held(held_as=held_as, name="王小明", case_id=CASE)
    kinds = [match.kind for match in found(people, asked(role, "王小明"))]
    assert kinds == ([] if kind is None else [kind])


def test_what_is_the_clients_own_is_left_out():
    people = held(A, name="王小明") + held(A, HeldAs.LENDER, name="李雷", case_id=CASE)
    wanted = (asked(name="王小明"), asked(name="李雷", place="persons/1"))
    assert found(people, *wanted, leave_out=A) == ()
    assert len(found(people, *wanted, leave_out=B)) == 2


def tie(company="示例快借小额贷款公司", person="", member="m-1", number=1):
    return KnownTie(UUID(int=number), member, InterestKind.KIN, plain(company), plain(person))


@pytest.mark.parametrize(
    ("name", "closeness"),
    (
        ("示例快借小额贷款公司", Closeness.COMPANY),
        ("　示例快借小额贷款 公司", Closeness.COMPANY),
        ("示例快借", Closeness.COMPANY_PART),
        ("示例快借小额贷款公司成都分公司", Closeness.COMPANY_PART),
        ("示例快", None),
        ("样例青禾小额贷款公司", None),
    ),
)
def test_a_members_tie_to_a_lender_by_its_name_or_a_part_of_it(name, closeness):
    matches = found((), companies=(name,), ties=(tie(),))
    assert [match.closeness for match in matches] == ([] if closeness is None else [closeness])
    for match in matches:
        assert (match.kind, match.members) == (MatchKind.LENDER_STAFF, ("m-1",))
        assert match.interests == (UUID(int=1),)


def test_through_whom_the_tie_runs_is_found_by_name():
    (match,) = found((), asked(SoughtAs.OTHER_SIDE, "李 雷"), ties=(tie(person="李雷"),))
    assert (match.held_as, match.closeness) == (HeldAs.MEMBER_TIE, Closeness.NAME)
    assert found((), asked(name="王"), ties=(tie(person="李雷"), tie(number=2))) == ()


def test_kept_are_numbers_and_nothing_else():
    people = held(A, name="王小明") + held(B, name="王小明")
    matches = found(people, asked(name="王小明"), asked(name="王小明", place="household/0"))
    (kept,) = found_of(matches)
    assert (kept.kind, kept.people, kept.cases) == (MatchKind.SAME_PERSON, 2, 1)
    wanted = sought(asked(name="王", phones=("13900000001", "13900000002")), companies=("甲",))
    assert wanted.numbers() == SoughtNumbers(people=1, names=1, id_numbers=0, phones=2, companies=1)


SOME_NAMES, SOME_NUMBERS = ("王小明", "王小 明", "李雷", None), ("11010119900307001X", "4403", None)
SOME_PHONES = st.lists(st.sampled_from(("13900000001", "+8613900000001", "1390000")), max_size=2)
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from((A, B, C)),
        st.sampled_from(HeldAs),
        st.sampled_from(SOME_NAMES),
        st.sampled_from(SOME_NUMBERS),
        SOME_PHONES,
    ),
    max_size=8,
)
WANTED = st.lists(
    st.tuples(
        st.sampled_from(SoughtAs),
        st.sampled_from(SOME_NAMES),
        st.sampled_from(SOME_NUMBERS),
        SOME_PHONES,
    ),
    max_size=4,
)


def slow(text):
    return "".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def slow_phone(text):
    return slow(text).removeprefix("+86")


@examples(300)
@given(PEOPLE, WANTED)
def test_every_pair_that_fits_is_found_and_no_other(people, wanted):
    known = [
        one
        for subject, held_as, name, number, phones in people
        for one in held(subject, held_as, name, number, phones, CASE)
    ]
    seeking = [
        asked(role, name or "", number or "", phones, place=f"persons/{at}")
        for at, (role, name, number, phones) in enumerate(wanted)
    ]
    expected = set()
    for subject, held_as, name, number, phones in people:
        for at, (role, other, other_number, others) in enumerate(wanted):
            if role is SoughtAs.OTHER_SIDE and held_as in (HeldAs.LENDER, HeldAs.PARTY):
                continue
            sign = None
            if number and number == other_number:
                sign = Closeness.ID_NUMBER
            elif {slow_phone(each) for each in phones} & {slow_phone(each) for each in others}:
                sign = Closeness.PHONE
            elif name and slow(name) == slow(other):
                sign = Closeness.NAME
            if sign:
                expected.add((f"persons/{at}", held_as, sign, subject))
    matches = look(known, (), sought(*seeking), {}, None)
    assert {
        (m.place, m.held_as, m.closeness, subject) for m in matches for subject in m.subjects
    } == expected


def checked(case, *found_there, answer=ConflictAnswer.NONE, reason=None, at=None, on="2026-05-02"):
    return ConflictChecked(
        checked_on=day(on),
        known_at=case.history().position if at is None else at,
        sought=SoughtNumbers(people=1, names=1, id_numbers=0, phones=0, companies=1),
        searched=3,
        found=found_there,
        answer=answer,
        reason=reason,
    )


SOMETHING = ConflictFound(
    kind=MatchKind.SAME_HOUSEHOLD,
    held_as=HeldAs.CLIENT,
    closeness=Closeness.NAME,
    people=1,
    cases=1,
)


@pytest.mark.parametrize(
    ("found_there", "answer", "reason", "wanted"),
    (
        ((), ConflictAnswer.NONE, None, None),
        ((SOMETHING,), ConflictAnswer.NONE, None, Code.CONFLICT_UNANSWERED),
        ((SOMETHING,), ConflictAnswer.NONE, "同名", None),
        ((SOMETHING,), ConflictAnswer.MANAGED, None, Code.CONFLICT_UNANSWERED),
        ((), ConflictAnswer.MANAGED, None, Code.REASON_MISSING),
        ((), ConflictAnswer.DECLINED, None, Code.REASON_MISSING),
        ((), ConflictAnswer.DECLINED, "同事的亲属", None),
        ((), ConflictAnswer.NONE, " ", Code.TEXT_EMPTY),
    ),
)
def test_what_was_found_needs_a_word(found_there, answer, reason, wanted):
    case = CaseFile()
    fact = checked(case, *found_there, answer=answer, reason=said(reason))
    decided = decide(case.history(), Record(fact), RULES)
    assert (decided.code if isinstance(decided, Refusal) else None) is wanted


def test_a_case_without_a_check_says_so_and_who_came_in_since_makes_it_stale():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00")
    assert conflict_standing(case.history(), day("2026-05-02")).state is CheckState.MISSING
    entry = case.record(checked(case))
    before = conflict_standing(case.history(), day("2026-05-01"))
    assert before.state is CheckState.MISSING
    now = conflict_standing(case.history(), day("2026-05-02"))
    assert (now.state, now.entry_id) == (CheckState.CHECKED, entry)
    case.payment("2025-02-10", loan, "100.00")
    assert conflict_standing(case.history(), day("2026-05-02")).state is CheckState.CHECKED
    second = case.loan("2025-03-10", "500.00")
    stale = conflict_standing(case.history(), day("2026-05-02"))
    assert (stale.state, stale.since) == (CheckState.STALE, (second,))
    case.record(checked(case))
    assert conflict_standing(case.history(), day("2026-05-02")).since == ()
    case.corrected(loan, lender="另一家公司")
    assert conflict_standing(case.history(), day("2026-05-02")).since == (loan,)
