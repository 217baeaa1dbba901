"""Nobody in the demo can be a real person, and its papers are real files."""

import re
import zlib

from ops.demo import papers, people
from ops.demo.sums import months_after, share, split


def test_sixty_people_are_sixty():
    everyone = [people.person(number) for number in range(1, 61)]
    for field in ("key", "name", "id_number", "address"):
        assert len({getattr(one, field) for one in everyone}) == 60
    phones = [phone for one in everyone for phone in one.phones]
    assert len(set(phones)) == len(phones)


def test_no_id_number_can_be_right():
    for number in range(1, 61):
        person = people.person(number)
        assert re.fullmatch(r"99\d{15}[\dX]", person.id_number)
        assert not people.is_valid_id(person.id_number)


def test_a_right_check_digit_is_known_as_one():
    # The standard's own example.
    assert people.is_valid_id("11010519491231002X")
    assert not people.is_valid_id("110105194912310021")


def test_no_number_was_ever_given_out():
    for number in range(1, 61):
        assert all(re.fullmatch(r"120\d{8}", phone) for phone in people.person(number).phones)
    assert people.caller(11).startswith("0000-")


def test_every_company_says_that_it_is_invented():
    for name in (*people.APP_LENDERS, *people.BANKS, *people.AGENCIES, people.GUARANTOR_COMPANY):
        assert name.endswith("（虚构）")


def test_the_papers_are_what_they_say():
    picture = papers.picture("a.png", 5)
    assert picture.data.startswith(b"\x89PNG")
    start = picture.data.index(b"IDAT")
    length = int.from_bytes(picture.data[start - 4 : start])
    assert len(zlib.decompress(picture.data[start + 4 : start + 4 + length])) == 16 * 25
    page = papers.page("a.pdf", "Slip (invented)").data
    place = int(re.search(rb"startxref\n(\d+)", page)[1])
    assert page[place:].startswith(b"xref")
    for number, at in enumerate(re.findall(rb"(\d{10}) 00000 n", page), 1):
        assert page[int(at) :].startswith(b"%d 0 obj" % number)
    assert papers.table("a.csv", ("a", "b"), [("1", "2")]).data == b"a,b\r\n1,2\r\n"


def test_the_same_paper_has_the_same_bytes():
    assert papers.picture("a.png", 9) == papers.picture("a.png", 9)
    assert papers.picture("a.png", 9) != papers.picture("a.png", 10)


def test_splits_sum_to_the_cent():
    assert split("100.00", 3) == ["33.33", "33.33", "33.34"]
    assert share(9999, 15) == "149.98"
    assert str(months_after("2025-01-31", 1)) == "2025-02-28"
    assert str(months_after("2025-11-20", 2)) == "2026-01-20"
