"""Days and amounts as the stories count them: whole months, and splits that sum to the cent."""

from datetime import date, timedelta
from decimal import Decimal

Day = date | str
"""A day, or its ISO form."""


def day(value: Day) -> date:
    """The day itself."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def days_after(start: Day, days: int) -> date:
    """The day so many days later."""
    return day(start) + timedelta(days=days)


def months_after(start: Day, months: int) -> date:
    """The same day of a later month; the 28th where the month might not have it."""
    first = day(start)
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, min(first.day, 28))


def exact(amount: int | str) -> str:
    """An amount as the API reads it."""
    return str(amount)


def split(total: int | str, parts: int) -> list[str]:
    """Equal amounts to the cent; the last one takes what is left over."""
    cents = int(Decimal(total) * 100)
    each = cents // parts
    return [_text(each)] * (parts - 1) + [_text(cents - each * (parts - 1))]


def share(amount: int | str, per_mille: int) -> str:
    """So many thousandths of an amount, cents cut off."""
    return _text(int(Decimal(amount) * 100) * per_mille // 1000)


def added(*amounts: int | str) -> str:
    """The sum."""
    return str(sum((Decimal(amount) for amount in amounts), Decimal(0)))


def monthly(first: Day, amounts: list[str]) -> list[tuple[date, str]]:
    """Instalments, one a month from the first day on."""
    return [(months_after(first, index), amount) for index, amount in enumerate(amounts)]


def _text(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
