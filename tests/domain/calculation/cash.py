"""Flows of loans, as tests write them."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from domain.figures.calculation.daycount import add_months
from domain.figures.calculation.flows import Flow, TimedFlow


def day(text):
    return date.fromisoformat(text)


def every(months, first, number, amount):
    return [(add_months(day(first), months * n), amount) for n in range(number)]


def days_apart(days, first, number, amount):
    return [(day(first) + timedelta(days=days * n), amount) for n in range(number)]


def loan(advanced, on, payments):
    return [Flow(day(on), advanced), *(Flow(when, -amount) for when, amount in payments)]


def one(on, amount):
    return [(day(on), amount)]


def percent(rate, places):
    return (rate * 100).quantize(Decimal(1).scaleb(-places))


def timed(*flows):
    return [TimedFlow(Fraction(at), minor) for at, minor in flows]
