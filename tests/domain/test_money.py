"""Money is whole minor units; nothing that is not exactly an amount gets in."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codec import edge_in, edge_out
from domain.money import AMOUNT_MINOR_MAX, MINOR_DIGITS, CurrencyMismatch, Money


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    (
        ("0", "CNY", 0),
        ("1234.56", "CNY", 123456),
        ("1234.5", "CNY", 123450),
        ("-0.05", "CNY", -5),
        ("7", "JPY", 7),
    ),
)
def test_an_amount_is_read_exactly(text, currency, minor):
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    (
        "",
        " 1",
        "1_000",
        "1,000",
        "１２３",
        "NaN",
        "Infinity",
        "1e3",
        "+1",
        ".5",
        "1.",
        "01",
        "1.234",
        "--1",
        "0x10",
        "1234567890123456789",
        "٣",
    ),
)
def test_what_is_not_an_amount_is_refused(text):
    with pytest.raises(ValueError, match=r"amount|decimal places"):
        Money.parse(text, "CNY")


@given(st.integers(-AMOUNT_MINOR_MAX, AMOUNT_MINOR_MAX), st.sampled_from(sorted(MINOR_DIGITS)))
def test_every_amount_survives_its_text(minor, currency):
    money = Money(minor, currency)
    assert Money.parse(money.text(), currency) == money


def test_currencies_never_meet_in_a_sum():
    with pytest.raises(CurrencyMismatch):
        Money(1, "CNY") + Money(1, "USD")


def test_money_does_not_change():
    with pytest.raises(AttributeError):
        Money(1, "CNY").minor = 2


def test_an_unknown_currency_is_refused():
    with pytest.raises(ValueError, match="known"):
        Money(1, "XXX")


@pytest.mark.parametrize(
    "raw",
    (
        b"1.5",
        b"15",
        b"null",
        b"NaN",
        b'{"amount": 1.5, "currency": "CNY"}',
        b'{"amount": "1.5"}',
        b'{"amount": "1.5", "currency": "CNY", "x": 1}',
        b'"1.5"',
    ),
)
def test_the_edge_takes_only_a_decimal_string_with_a_currency(raw):
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(raw, type=Money, dec_hook=edge_in)


def test_the_edge_writes_what_it_reads():
    raw = b'{"amount":"12.30","currency":"CNY"}'
    money = msgspec.json.decode(raw, type=Money, dec_hook=edge_in)
    assert msgspec.json.encode(money, enc_hook=edge_out) == raw
