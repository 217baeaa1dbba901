"""Finding by what is typed: width, case, spaces, parts of Chinese names, digits."""

from uuid import uuid4

import pytest

from domain.searching import Closeness, Entry, Field, TooShort, find, plain, plain_phone, question


def entry(field, text):
    made = plain_phone(text) if field is Field.PHONE else plain(text)
    return Entry(uuid4(), field, made, text)


def found(entries, asked, limit=50):
    return [hit.entry.shown for hit in find(entries, question(asked), limit)]


NAMES = [
    entry(Field.NAME, name) for name in ("王小明", "王明", "欧阳小明", "Lǐ Léi", "阿不都·热合曼")
]


@pytest.mark.parametrize(
    ("asked", "names"),
    (
        ("王", ["王小明", "王明"]),
        ("小明", ["欧阳小明", "王小明"]),
        ("王　小明", ["王小明"]),
        ("王明", ["王明"]),
        ("lǐléi", ["Lǐ Léi"]),
        ("ＬǏ", ["Lǐ Léi"]),
        ("阿不都热", ["阿不都·热合曼"]),
        ("张", []),
    ),
)
def test_a_name_is_found_by_any_part_of_it(asked, names):
    assert found(NAMES, asked) == names


def test_what_fits_whole_comes_before_a_start_and_a_part():
    hits = find(NAMES, question("王明"), 9) + find(NAMES, question("小明"), 9)
    assert [hit.closeness for hit in hits] == [Closeness.WHOLE, Closeness.PART, Closeness.PART]
    assert find(NAMES, question("王"), 9)[0].closeness is Closeness.START


@pytest.mark.parametrize("asked", ("13900000901", "+86 139 0000 0901", "0086-13900000901", "0901"))
def test_a_telephone_by_its_digits(asked):
    assert found([entry(Field.PHONE, "139 0000 0901")], asked) == ["139 0000 0901"]


def test_an_identity_number_whole_or_not_at_all():
    held = [entry(Field.ID_NUMBER, "44030119900101123X")]
    assert found(held, "44030119900101123x") == ["44030119900101123X"]
    assert found(held, "19900101") == []


def test_a_contract_number_by_a_part_of_it():
    assert found([entry(Field.CONTRACT_NUMBER, "HT-2025-001")], "ht2025") == ["HT-2025-001"]


@pytest.mark.parametrize("asked", ("", "  ·", "139", "１３"))
def test_what_would_find_nearly_everything_is_too_short(asked):
    with pytest.raises(TooShort):
        question(asked)


def test_no_more_than_asked_for():
    assert len(find(NAMES, question("明"), 2)) == 2
