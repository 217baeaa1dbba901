"""What is counted, and in which group it stands."""

from enum import StrEnum
from typing import Final

import msgspec


class Group(StrEnum):
    """Groups of lines, in the order of a report."""

    CASES = "cases"
    OUTCOMES = "outcomes"
    LENDERS = "lenders"
    MONEY = "money"
    PLANS = "plans"
    CONTACTS = "contacts"
    CONDUCT = "conduct"
    COMPLAINTS = "complaints"
    ANSWERS = "answers"
    PROCEEDINGS = "proceedings"


class Title(msgspec.Struct, frozen=True):
    """The same in both languages."""

    zh: str
    en: str


TITLES: Final[dict[Group, Title]] = {
    Group.CASES: Title("个案", "Cases"),
    Group.OUTCOMES: Title("期内结案，按结果", "Cases closed in the period, by outcome"),
    Group.LENDERS: Title("期末在办个案的借款，按机构类别", "Loans of open cases, by lender class"),
    Group.MONEY: Title("金额", "Amounts"),
    Group.PLANS: Title("期内还款计划", "Plans in the period"),
    Group.CONTACTS: Title("期内联系记录，按方式", "Contacts in the period, by channel"),
    Group.CONDUCT: Title(
        "期内催收越界的认定，按规则", "Findings on collection in the period, by rule"
    ),
    Group.COMPLAINTS: Title("期内投诉，按渠道", "Complaints in the period, by channel"),
    Group.ANSWERS: Title("期内投诉答复，按结果", "Answers to complaints in the period"),
    Group.PROCEEDINGS: Title("期内诉讼、支付令与破产", "Court and insolvency in the period"),
}


class Key(msgspec.Struct, frozen=True, order=True):
    """One line of the report; `currency` only where it is an amount."""

    group: Group
    code: str
    currency: str = ""


class Tally(msgspec.Struct, frozen=True):
    """What one case adds to a line."""

    count: int = 0
    minor: int = 0
    """In minor units, where the line is an amount."""
    unknown: int = 0
    """Loans whose amount is not known."""

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(
            self.count + other.count, self.minor + other.minor, self.unknown + other.unknown
        )
