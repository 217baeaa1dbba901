"""Amounts in capital numerals: the examples of the bank rules, and every amount read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import AMOUNT_MINOR_MAX, Money
from domain.rules.cn.amount_words import amount_words

EXAMPLES = {
    # 支付结算办法 annex 1; where it allows two forms, the one that is used here.
    "1409.50": "人民币壹仟肆佰零玖元伍角",
    "6007.14": "人民币陆仟零柒元壹角肆分",
    "1680.32": "人民币壹仟陆佰捌拾元零叁角贰分",
    "107000.53": "人民币壹拾万柒仟元零伍角叁分",
    "16409.02": "人民币壹万陆仟肆佰零玖元零贰分",
    "325.04": "人民币叁佰贰拾伍元零肆分",
    "0.00": "人民币零元整",
    "0.05": "人民币伍分",
    "0.50": "人民币伍角",
    "10.00": "人民币壹拾元整",
    "1234.56": "人民币壹仟贰佰叁拾肆元伍角陆分",
    "20010003.20": "人民币贰仟零壹万零叁元贰角",
    "100000005.00": "人民币壹亿零伍元整",
    "1234567890123.45": "人民币壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元肆角伍分",
}


@pytest.mark.parametrize("amount", EXAMPLES)
def test_the_examples(amount):
    assert amount_words(Money.parse(amount, "CNY")) == EXAMPLES[amount]


def read_back(words):
    """The minor units that the words say: slow, by the value of each unit."""
    digits = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
    units = {"拾": 10, "佰": 100, "仟": 1000}
    small = {"角": 10, "分": 1}
    total = group = digit = 0
    for char in words.removeprefix("人民币").removesuffix("整"):
        if char in digits:
            digit = digits[char]
        elif char in units:
            group, digit = group + digit * units[char], 0
        elif char == "万":
            group, digit = (group + digit) * 10_000, 0
        elif char == "亿":
            total, group, digit = (total + group + digit) * 10**8, 0, 0
        elif char == "元":
            total, group, digit = (total + group + digit) * 100, 0, 0
        else:
            total, digit = total + digit * small[char], 0
    return total


@given(st.integers(0, AMOUNT_MINOR_MAX))
def test_the_words_say_the_amount_and_never_two_noughts_in_a_row(minor):
    words = amount_words(Money(minor, "CNY"))
    assert read_back(words) == minor
    assert "零零" not in words
    assert words.endswith("整") == (minor % 100 == 0)


@pytest.mark.parametrize("amount", (Money(-1, "CNY"), Money(100, "USD")))
def test_there_are_no_words_for_less_than_nothing_or_other_money(amount):
    with pytest.raises(ValueError, match="no words"):
        amount_words(amount)
