"""Texts and whole numbers in a case file are written as RFC 8785 (JCS) writes them.

The form differs from JCS in one thing alone: keys stand in the order that the format gives them.
"""

import json
from random import Random

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.exporting import Opens
from ops.casefile.lines import write_json
from ops.tamper.world import Office, asked, some_work
from ops.verifier import verify

# RFC 8785, 3.2.2 and 3.2.3: what is read, and what has to come out, byte for byte.
STRINGS = '{"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/"}'
STRINGS_WRITTEN = '{"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
LITERALS = '{"literals": [null, true, false]}'
KEYS = (
    '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh",'
    '"1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control",'
    '"\\u00f6":"Latin Small Letter O With Diaeresis"}'
)
KEYS_IN_ORDER = (
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
)
# RFC 8785, appendix B: doubles, and how they are written. A case file holds none of them.
NUMBERS = (
    (0.0, "0"),
    (-0.0, "0"),
    (5e-324, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
    (9007199254740992.0, "9007199254740992"),
    (295147905179352830000.0, "295147905179352830000"),
    (9.999999999999997e22, "9.999999999999997e+22"),
    (1e23, "1e+23"),
    (1.0000000000000001e23, "1.0000000000000001e+23"),
    (999999999999999700000.0, "999999999999999700000"),
    (1e21, "1e+21"),
    (9.999999999999997e-7, "9.999999999999997e-7"),
    (0.000001, "0.000001"),
    (333333333.3333332, "333333333.3333332"),
    (333333333.33333325, "333333333.33333325"),
)


def test_the_published_strings_and_literals():
    for text, written in ((STRINGS, STRINGS_WRITTEN), (LITERALS, LITERALS.replace(" ", ""))):
        value = json.loads(text)
        assert rfc8785.dumps(value).decode() == written
        assert write_json(value).decode() == written
        assert verify.write_json(value).decode() == written


def test_the_published_order_of_keys():
    value = json.loads(KEYS)
    ordered = json.loads(rfc8785.dumps(value))
    assert tuple(ordered.values()) == KEYS_IN_ORDER
    # In the order that JCS gives them, ours has its very bytes.
    assert write_json(ordered) == rfc8785.dumps(value)


@pytest.mark.parametrize(("number", "written"), NUMBERS)
def test_the_published_numbers(number, written):
    assert rfc8785.dumps(number).decode() == written


WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(VALUES)
def test_any_value_without_fractions_is_written_as_jcs_but_for_the_order_of_keys(value):
    canonical = rfc8785.dumps(value)
    assert write_json(json.loads(canonical)) == canonical


@pytest.mark.anyio
async def test_every_line_of_a_case_file_is_jcs_but_for_the_order_of_keys(tmp_path):
    office = Office(tmp_path, Random(8785))
    await office.open()
    await some_work(office, 3)
    bag = await office.bag(await office.give_out(asked(opens=tuple(Opens))))
    lines = [
        line
        for path, content in bag.files.items()
        if path.endswith(("case.json", ".jsonl"))
        for line in content.splitlines()
    ]
    assert len(lines) > 8
    for line in lines:
        canonical = rfc8785.dumps(json.loads(line))
        assert write_json(json.loads(canonical)) == canonical
        assert sorted(line) == sorted(canonical)
