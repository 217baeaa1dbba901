"""Money: whole minor units and a currency. Never a float, never a bare number."""

import re
from collections.abc import Callable
from typing import Final

MINOR_DIGITS: Final = {"CNY": 2, "USD": 2, "GBP": 2, "EUR": 2, "HKD": 2, "JPY": 0}
"""Decimal places of each currency in use (ISO 4217)."""

AMOUNT_MINOR_MAX: Final = 10**15
"""Largest amount taken in, in minor units: ten trillion yuan, and still exact in JSON (2**53)."""

_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]+)?", re.ASCII)


class CurrencyMismatch(ValueError):
    """Two currencies met in one sum. A fault of the program: deciders refuse it before."""


class Money:
    """An amount in whole minor units (fen, pence, cents) of one currency.

    Immutable and hashable. In a stored body it is `{"minor": 123456, "currency": "CNY"}`, over
    HTTP `{"amount": "1234.56", "currency": "CNY"}`; the codecs say which (`domain/codec.py`).
    """

    __slots__ = ("currency", "minor")

    currency: str
    minor: int

    def __init__(self, minor: int, currency: str) -> None:
        """Take `minor` whole units of `currency`; ValueError for an unknown currency."""
        if currency not in MINOR_DIGITS:
            known = ", ".join(sorted(MINOR_DIGITS))
            raise ValueError(f"unknown currency {currency!r}; known: {known}")
        _set_minor(self, minor)
        _set_currency(self, currency)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: money does not change, a new amount is made."""
        raise AttributeError(f"Money is immutable: cannot set {name}")

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """Read a decimal string such as `"1234.56"`.

        ValueError for anything else: floats in scientific form, thousands marks, full-width
        digits, `NaN`, more places than the currency has, or more than `AMOUNT_MINOR_MAX`.
        """
        if currency not in MINOR_DIGITS:
            raise ValueError(f"unknown currency {currency!r}")
        places = MINOR_DIGITS[currency]
        if not _DECIMAL.fullmatch(text):
            raise ValueError(f'not an amount: {text[:40]!r}; write it like "1234.56"')
        whole, _, fraction = text.partition(".")
        if len(fraction) > places:
            raise ValueError(f"{currency} has {places} decimal places, got {len(fraction)}")
        minor = int(whole + fraction.ljust(places, "0"))
        if abs(minor) > AMOUNT_MINOR_MAX:
            raise ValueError("amount too large")
        return cls(minor, currency)

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing, in `currency`."""
        return cls(0, currency)

    def text(self) -> str:
        """The decimal string, with exactly the currency's places: `"1234.50"`."""
        places = MINOR_DIGITS[self.currency]
        sign, digits = ("-" if self.minor < 0 else ""), str(abs(self.minor)).zfill(places + 1)
        return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)

    def __add__(self, other: "Money") -> "Money":
        """Sum; CurrencyMismatch across currencies."""
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Difference; CurrencyMismatch across currencies."""
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        """The amount with the other sign."""
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        """Order within one currency."""
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        """Order within one currency."""
        return self.minor <= self._same(other)

    def __eq__(self, other: object) -> bool:
        """Equal when amount and currency are."""
        if not isinstance(other, Money):
            return NotImplemented
        return (self.minor, self.currency) == (other.minor, other.currency)

    def __hash__(self) -> int:
        """Hash of amount and currency."""
        return hash((self.minor, self.currency))

    def __repr__(self) -> str:
        """For people reading tests: `Money(1234.56 CNY)`."""
        return f"Money({self.text()} {self.currency})"

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} in one sum")
        return other.minor


# The slots' own setters: twice as fast as finding them by name each time.
_set_minor: Final[Callable[[Money, int], None]] = Money.__dict__["minor"].__set__
_set_currency: Final[Callable[[Money, str], None]] = Money.__dict__["currency"].__set__
