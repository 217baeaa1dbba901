"""Warnings to answer: what may be recorded, but not unasked.

A rule that sees something doubtful raises a warning. Nothing is recorded until each warning is
answered with a reason; the answers are stored with the fact, so that whoever reads it later sees
what was known when it was recorded.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec

from domain.personal import Personal


class WarningCode(StrEnum):
    """Stable codes of warnings; a code never changes its meaning."""

    SHARES_UNDER = "shares-under"
    LIMITATION_PROMISE = "limitation-promise"
    PROMISE_TIME_BARRED = "promise-time-barred"
    APPROVER_IS_DRAFTER = "approver-is-drafter"
    FIGURES_MOVED = "figures-moved"


class WarningRow(msgspec.Struct, frozen=True):
    """One line of the table of warnings."""

    what: str
    """What is doubtful, in a sentence."""
    right: str
    """What to look at before going on."""


WARNINGS: Final[dict[WarningCode, WarningRow]] = {
    WarningCode.SHARES_UNDER: WarningRow(
        "The shares do not make up the whole.",
        "Check whether a share is missing; say why the rest stays open.",
    ),
    WarningCode.LIMITATION_PROMISE: WarningRow(
        "A promise of payment starts the time of limitation anew.",
        "Tell the client what it does to the clock; say why it goes out all the same.",
    ),
    WarningCode.PROMISE_TIME_BARRED: WarningRow(
        "The debt is time-barred, and a promise of payment gives that defence up.",
        "Tell the client; say why they promise all the same.",
    ),
    WarningCode.APPROVER_IS_DRAFTER: WarningRow(
        "The letter is approved by who drafted it.",
        "Let a second person read it; say why nobody else could.",
    ),
    WarningCode.FIGURES_MOVED: WarningRow(
        "The figures in the letter have moved since it was drafted.",
        "Draft it anew with today's figures, or say why the old ones go out.",
    ),
}


class RaisedWarning(msgspec.Struct, frozen=True, kw_only=True):
    """A warning as it is raised over one fact."""

    code: WarningCode
    field: str | None = None
    """The field of the request it is about, as a path with `/`."""
    detail: str = ""
    """What is doubtful here, naming ids, days and amounts but never a personal value."""
    entries: tuple[str, ...] = ()
    """Entry ids that it rests on."""


class AnsweredWarning(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A warning that was seen, and why the fact is recorded all the same."""

    code: WarningCode
    reason: Personal[str]


def unanswered(
    raised: Iterable[RaisedWarning], answered: Iterable[AnsweredWarning]
) -> tuple[RaisedWarning, ...]:
    """The warnings that nobody has answered, in the order in which they were raised."""
    codes = {each.code for each in answered}
    return tuple(each for each in raised if each.code not in codes)
