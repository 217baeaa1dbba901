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
    PAYEE_UNKNOWN = "payee-unknown"
    PAYEE_DIFFERS = "payee-differs"
    PAYEE_NOT_NOTIFIED = "payee-not-notified"
    LOAN_ASSIGNED = "loan-assigned"
    PAYEE_NOT_SHOWN = "payee-not-shown"
    PAYEE_ACCOUNT_DIFFERS = "payee-account-differs"
    PAYEE_ACCOUNT_NOT_HELD = "payee-account-not-held"
    CONTRACT_NUMBER_DIFFERS = "contract-number-differs"
    CONTRACT_NUMBER_NOT_HELD = "contract-number-not-held"
    CONTRACT_NUMBER_NOT_SHOWN = "contract-number-not-shown"
    BORROWER_NAME_DIFFERS = "borrower-name-differs"
    BORROWER_NAME_NOT_HELD = "borrower-name-not-held"
    BORROWER_NAME_NOT_SHOWN = "borrower-name-not-shown"
    BORROWER_NUMBER_DIFFERS = "borrower-number-differs"
    BORROWER_NUMBER_NOT_HELD = "borrower-number-not-held"
    BORROWER_NUMBER_NOT_SHOWN = "borrower-number-not-shown"
    CHECK_DIFFERS = "check-differs"
    LIMITATION_PROMISE = "limitation-promise"
    PROMISE_TIME_BARRED = "promise-time-barred"
    PLAN_OVER_SURPLUS = "plan-over-surplus"
    SURPLUS_UNKNOWN = "surplus-unknown"
    PLAN_UNPAID = "plan-unpaid"
    OVER_PLEDGE = "over-pledge"
    APPROVER_IS_DRAFTER = "approver-is-drafter"
    FIGURES_MOVED = "figures-moved"
    TASKS_NOT_NAMED = "tasks-not-named"
    AUTHORITY_OVER = "authority-over"
    CONSENT_OVER = "consent-over"


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
    WarningCode.PAYEE_UNKNOWN: WarningRow(
        "The payee is neither the lender nor noted as one who may receive payments.",
        "Ask the lender in writing who receives payments, and note the payee; do not pay before.",
    ),
    WarningCode.PAYEE_NOT_NOTIFIED: WarningRow(
        "The payee took the loan over, and no notice of it to the borrower is on record.",
        "Ask the lender for the notice before paying: until it reaches the borrower the assignment "
        "has no effect on them (民法典 546).",
    ),
    WarningCode.LOAN_ASSIGNED: WarningRow(
        "The loan went over to somebody else, and the borrower has had notice of it.",
        "Pay who took it over, or say why the lender is still to be paid.",
    ),
    WarningCode.PAYEE_DIFFERS: WarningRow(
        "The payee receives payments on other loans of this case, not on this one.",
        "Check that the right loan is being paid.",
    ),
    WarningCode.PAYEE_NOT_SHOWN: WarningRow(
        "The channel does not show who receives the payment.",
        "Find another channel, or have the lender confirm the receiver.",
    ),
    WarningCode.PAYEE_ACCOUNT_DIFFERS: WarningRow(
        "The account is another than the one that is noted for the payee.",
        "Ask the lender about the account; a changed account is a common fraud.",
    ),
    WarningCode.PAYEE_ACCOUNT_NOT_HELD: WarningRow(
        "The case holds no account of the payee to compare with.",
        "Compare it with the contract or a notice of the lender, and note it.",
    ),
    WarningCode.CONTRACT_NUMBER_DIFFERS: WarningRow(
        "The contract number is another than the loan's.",
        "Check that the right loan is being paid; correct the loan if its number is wrong.",
    ),
    WarningCode.CONTRACT_NUMBER_NOT_HELD: WarningRow(
        "The case holds no contract number of the loan to compare with.",
        "Take it from the contract and correct the loan.",
    ),
    WarningCode.CONTRACT_NUMBER_NOT_SHOWN: WarningRow(
        "The channel does not show the contract number.",
        "Look for it in the lender's own application or ask the lender.",
    ),
    WarningCode.BORROWER_NAME_DIFFERS: WarningRow(
        "The borrower's name is another than the client's.",
        "Do not pay somebody else's debt: check the account that is open.",
    ),
    WarningCode.BORROWER_NAME_NOT_HELD: WarningRow(
        "The client's name is not held, so it cannot be compared.",
        "Record it, or compare it by hand.",
    ),
    WarningCode.BORROWER_NAME_NOT_SHOWN: WarningRow(
        "The channel does not show the borrower's name.",
        "Look for it in the lender's own application or ask the lender.",
    ),
    WarningCode.BORROWER_NUMBER_DIFFERS: WarningRow(
        "The borrower's identity number is another than the client's.",
        "Do not pay somebody else's debt: check the account that is open.",
    ),
    WarningCode.BORROWER_NUMBER_NOT_HELD: WarningRow(
        "The client's identity number is not held, so it cannot be compared.",
        "Record it, or compare it by hand.",
    ),
    WarningCode.BORROWER_NUMBER_NOT_SHOWN: WarningRow(
        "Too little of the borrower's identity number is shown to compare it.",
        "Look for its last four characters in the lender's own application.",
    ),
    WarningCode.CHECK_DIFFERS: WarningRow(
        "What was paid is not what was checked.",
        "Check again with what was really paid, or say why it differs.",
    ),
    WarningCode.LIMITATION_PROMISE: WarningRow(
        "The promise moves the limitation clock, or may give its defence up.",
        "Tell the client what the warning says before it goes out.",
    ),
    WarningCode.PROMISE_TIME_BARRED: WarningRow(
        "A promise is made on a debt whose limitation has run out: it gives the defence up.",
        "Take legal advice first; the client need not pay this debt if they plead it.",
    ),
    WarningCode.PLAN_OVER_SURPLUS: WarningRow(
        "More is promised than the financial statement leaves over.",
        "Lower the offers, or say where the rest is to come from.",
    ),
    WarningCode.SURPLUS_UNKNOWN: WarningRow(
        "What the financial statement leaves over is not known.",
        "Complete the statement, or say what the promise rests on.",
    ),
    WarningCode.PLAN_UNPAID: WarningRow(
        "By the record not every instalment of the plan is paid.",
        "Record the missing payments, or say what the completion rests on.",
    ),
    WarningCode.OVER_PLEDGE: WarningRow(
        "A helper gives more than was pledged.",
        "Ask whether the pledge was raised, or whether part of it is for something else.",
    ),
    WarningCode.APPROVER_IS_DRAFTER: WarningRow(
        "The letter is approved by who drafted it.",
        "Let a second person read it; say why nobody else could.",
    ),
    WarningCode.FIGURES_MOVED: WarningRow(
        "The figures in the letter have moved since it was drafted.",
        "Draft it anew with today's figures, or say why the old ones go out.",
    ),
    WarningCode.TASKS_NOT_NAMED: WarningRow(
        "A hand-over does not name every open task.",
        "Go through the open tasks with who takes over, and name them; or say why one is left.",
    ),
    WarningCode.AUTHORITY_OVER: WarningRow(
        "The client gave authority for this once, and none is in force on the day.",
        "Ask the client for a new one before acting in their name; see `standing`.",
    ),
    WarningCode.CONSENT_OVER: WarningRow(
        "The client agreed once that their data go there, and no consent is in force on the day.",
        "Ask the client again, or leave their data out; see `standing`.",
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
