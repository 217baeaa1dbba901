"""Refusals: what the rules say no to, as values with stable codes.

`TABLE` is the single list of codes; the API's problem types and the failure table in
`ops/docs/failures.md` are made from it, and tests hold them together.
"""

from enum import StrEnum
from typing import Final

import msgspec

from domain.warnings import RaisedWarning


class Code(StrEnum):
    """Stable codes of refusals; a code never changes its meaning."""

    AMOUNT_NOT_POSITIVE = "amount-not-positive"
    AMOUNT_NEGATIVE = "amount-negative"
    AMOUNT_INCONSISTENT = "amount-inconsistent"
    CURRENCY_MIXED = "currency-mixed"
    DATE_IN_FUTURE = "date-in-future"
    DATE_TOO_FAR = "date-too-far"
    DATE_TOO_OLD = "date-too-old"
    DATE_ORDER = "date-order"
    ZONE_UNKNOWN = "zone-unknown"
    TEXT_EMPTY = "text-empty"
    TEXT_TOO_LONG = "text-too-long"
    TEXT_UNUSABLE = "text-unusable"
    TEXT_NAMES_CLIENT = "text-names-client"
    REASON_MISSING = "reason-missing"
    LIST_EMPTY = "list-empty"
    LIST_REPEATS = "list-repeats"
    MEMBER_UNUSABLE = "member-unusable"
    ENTRY_UNKNOWN = "entry-unknown"
    ENTRY_WITHDRAWN = "entry-withdrawn"
    ENTRY_WRONG_KIND = "entry-wrong-kind"
    ENTRY_IN_USE = "entry-in-use"
    ENTRY_FIXED = "entry-fixed"
    NOTHING_CHANGED = "nothing-changed"
    CASE_EXISTS = "case-exists"
    CASE_UNKNOWN = "case-unknown"
    CASE_CLOSED = "case-closed"
    CASE_NOT_CLOSED = "case-not-closed"
    CLIENT_EXISTS = "client-exists"
    CLIENT_UNKNOWN = "client-unknown"
    CLIENT_ERASED = "client-erased"
    LEGAL_HOLD = "legal-hold"
    YEARS_UNUSABLE = "years-unusable"
    HOLD_UNKNOWN = "hold-unknown"
    ERASURE_OPEN = "erasure-open"
    ERASURE_NOT_ASKED = "erasure-not-asked"
    ERASURE_GRANTED = "erasure-granted"
    ERASURE_NOT_GRANTED = "erasure-not-granted"
    PAYMENT_SETTLED = "payment-settled"
    PAYMENT_NOT_CREDITED = "payment-not-credited"
    SUIT_ACCEPTED = "suit-accepted"
    SUIT_DECIDED = "suit-decided"
    EVIDENCE_LINKED = "evidence-linked"
    EXPORT_STALE = "export-stale"
    WARNING_UNANSWERED = "warning-unanswered"
    STEP_RECORDED = "step-recorded"
    STEP_TOO_EARLY = "step-too-early"
    SHARES_OVER = "shares-over"
    DAYS_UNUSABLE = "days-unusable"
    PLAN_OVER = "plan-over"
    PROPOSAL_WITHDRAWN = "proposal-withdrawn"
    ANSWER_UNFIT = "answer-unfit"
    TEXT_NAMES_PERSON = "text-names-person"
    TEMPLATE_UNKNOWN = "letter-template-unknown"
    TEMPLATE_MISUSED = "letter-template-misused"
    LETTER_PLACE_EMPTY = "letter-place-empty"
    LETTER_FIGURE_UNKNOWN = "letter-figure-unknown"
    LETTER_NOT_APPROVED = "letter-not-approved"
    LETTER_NOT_SENT = "letter-not-sent"
    LETTER_SETTLED = "letter-settled"
    IMPORT_OVER = "import-over"
    IMPORT_SEQUENCE = "import-sequence"
    IMPORT_ROWS_UNFIT = "import-rows-unfit"
    IMPORT_INCOMPLETE = "import-incomplete"
    IMPORT_ROW_UNKNOWN = "import-row-unknown"
    REVIEW_MISSING = "review-missing"
    PARTY_UNNAMED = "party-unnamed"
    PARTY_UNFIT = "party-unfit"
    CLIENT_ENTRY_UNKNOWN = "client-entry-unknown"
    CONSENT_OVERLAPS = "consent-overlaps"
    AUTHORITY_OVERLAPS = "authority-overlaps"
    HOURS_UNUSABLE = "hours-unusable"
    ADJUSTMENT_UNKNOWN = "adjustment-unknown"
    BIRTH_YEAR_UNUSABLE = "birth-year-unusable"
    INTEREST_UNKNOWN = "interest-unknown"
    CONFLICT_UNANSWERED = "conflict-unanswered"


class Row(msgspec.Struct, frozen=True):
    """One line of the failure table."""

    what: str
    """What was wrong, in a sentence."""
    right: str
    """What would be right."""


TABLE: Final[dict[Code, Row]] = {
    Code.AMOUNT_NOT_POSITIVE: Row(
        "An amount is zero or negative.",
        "Give a positive amount; take a mistake back by a correction or a withdrawal.",
    ),
    Code.AMOUNT_NEGATIVE: Row("An amount is negative.", "Give zero or more."),
    Code.AMOUNT_INCONSISTENT: Row(
        "Amounts that belong together do not fit.",
        "Check them against the paper: received and withheld cannot be more than was lent.",
    ),
    Code.CURRENCY_MIXED: Row(
        "Two currencies meet in one sum.", "Use the currency of the loan in all its entries."
    ),
    Code.DATE_IN_FUTURE: Row(
        "Something recorded as having happened lies in the future.",
        "Record it when it has happened; what is due later belongs in a schedule or a plan.",
    ),
    Code.DATE_TOO_FAR: Row("A due date lies too far ahead.", "Give one within fifty years."),
    Code.DATE_TOO_OLD: Row("A date lies before 1980-01-01.", "Check the year."),
    Code.DATE_ORDER: Row("Dates stand in an impossible order.", "Check which came first."),
    Code.ZONE_UNKNOWN: Row("The time zone is not known.", "Give an IANA name: Asia/Shanghai."),
    Code.TEXT_EMPTY: Row("A required text is empty.", "Fill it in."),
    Code.TEXT_TOO_LONG: Row("A text is too long.", "Shorten it, or add it as a piece of evidence."),
    Code.TEXT_UNUSABLE: Row(
        "A text holds a character that no record can keep (U+0000).", "Leave it out."
    ),
    Code.TEXT_NAMES_CLIENT: Row(
        "A text that stays in clear names the client.",
        "Name the provision only; what concerns the person belongs into the reason.",
    ),
    Code.REASON_MISSING: Row("A change to the record needs its reason.", "Say in a few words why."),
    Code.LIST_EMPTY: Row("A list that needs at least one item is empty.", "Add the items."),
    Code.LIST_REPEATS: Row("A list names the same thing twice.", "Name each once."),
    Code.MEMBER_UNUSABLE: Row(
        "A member id has other characters than letters, digits, `-`, `_` and `.`.",
        "Use the member's id; a name is personal and has no place there.",
    ),
    Code.ENTRY_UNKNOWN: Row(
        "No such entry in this case.", "Use an entry id from this case's audit trail."
    ),
    Code.ENTRY_WITHDRAWN: Row("The entry was withdrawn.", "Record it anew if it holds after all."),
    Code.ENTRY_WRONG_KIND: Row(
        "The entry is of another kind than this needs.",
        "Name an entry of the right kind; a correction keeps the kind of what it corrects.",
    ),
    Code.ENTRY_IN_USE: Row(
        "Other entries rest on this one.", "Withdraw or correct those first; they are named."
    ),
    Code.ENTRY_FIXED: Row(
        "This kind of entry cannot be corrected or withdrawn.",
        "Correct the entry that it speaks of, or record what happened next.",
    ),
    Code.NOTHING_CHANGED: Row("The correction says what already stands.", "Change something."),
    Code.CASE_EXISTS: Row("The case is there already.", "Use it, or open one with a new id."),
    Code.CASE_UNKNOWN: Row("No such case.", "Check the id."),
    Code.CASE_CLOSED: Row("The case is closed.", "Reopen it first."),
    Code.CASE_NOT_CLOSED: Row("The case is not closed.", "It can be used as it is."),
    Code.CLIENT_EXISTS: Row("The client is there already.", "Use the client's id."),
    Code.CLIENT_UNKNOWN: Row("No such client.", "Register the client first."),
    Code.CLIENT_ERASED: Row(
        "The client was erased; nothing of theirs can be read or recorded any more.",
        "Figures stand; `GET /v1/clients/{client_id}/erasure` says what was destroyed and why.",
    ),
    Code.LEGAL_HOLD: Row(
        "A legal hold is in force: nothing of the client may be destroyed.",
        "Lift the holds that are named once they are no longer needed, and ask again.",
    ),
    Code.YEARS_UNUSABLE: Row(
        "A number of years cannot be meant.", "Give whole years, from 0 to 50."
    ),
    Code.HOLD_UNKNOWN: Row(
        "No such legal hold is in force.", "Use the entry id of a hold that stands."
    ),
    Code.ERASURE_OPEN: Row(
        "The erasure was asked for already.", "Decide on it, or carry out what was granted."
    ),
    Code.ERASURE_NOT_ASKED: Row(
        "There is no request for erasure to decide on.", "Record the request first."
    ),
    Code.ERASURE_GRANTED: Row(
        "The client is about to be erased: no case is opened and no case file given out.",
        "Carry the erasure out, or refuse it if a case is needed after all.",
    ),
    Code.ERASURE_NOT_GRANTED: Row(
        "Nobody has granted the erasure.", "Record the request and the decision first."
    ),
    Code.PAYMENT_SETTLED: Row(
        "The payment was credited, expired or reversed already.",
        "Correct or withdraw that entry if it was a mistake.",
    ),
    Code.PAYMENT_NOT_CREDITED: Row(
        "Only a credited payment can be reversed.",
        "Record the credit first, or that the payment expired.",
    ),
    Code.SUIT_ACCEPTED: Row(
        "The court's acceptance of the suit is on record.", "Correct that entry if it is wrong."
    ),
    Code.SUIT_DECIDED: Row(
        "The court's decision is on record.", "Correct that entry if it is wrong."
    ),
    Code.EVIDENCE_LINKED: Row("The item is linked to that entry already.", "Nothing to do."),
    Code.EXPORT_STALE: Row(
        "The case has moved since its case file was prepared.", "Ask for the case file again."
    ),
    Code.STEP_RECORDED: Row(
        "That step is on record already.", "Correct that entry if it is wrong; it is named."
    ),
    Code.STEP_TOO_EARLY: Row(
        "A step comes before the one that it answers.",
        "Check both days; record the earlier step first if it is missing.",
    ),
    Code.WARNING_UNANSWERED: Row(
        "Something about this is doubtful, and nobody has said why it is recorded all the same.",
        "Look at the `warnings`; answer each in `answered` with its code and a reason, or mend it.",
    ),
    Code.SHARES_OVER: Row(
        "The shares come to more than the whole.",
        "Lower them until they sum to it; an offer calculation shares to the cent.",
    ),
    Code.DAYS_UNUSABLE: Row(
        "A number of days cannot be meant.", "Give whole days, from 0 to 90, and only one clock."
    ),
    Code.PLAN_OVER: Row(
        "The plan is completed or ended already.", "Correct or withdraw that entry if it is wrong."
    ),
    Code.PROPOSAL_WITHDRAWN: Row(
        "The proposal was taken back already.", "Make a new one, or withdraw the entry if wrong."
    ),
    Code.ANSWER_UNFIT: Row(
        "A counter-offer goes with the answer `counter`, and only with it.",
        "Give in `counter` what the lender offers instead, or leave it out.",
    ),
    Code.TEXT_NAMES_PERSON: Row(
        "A text that stays in clear names a person.",
        "Put the name into the personal field beside it.",
    ),
    Code.TEMPLATE_UNKNOWN: Row(
        "No such template of a letter.", "`GET /v1/letter-templates` lists them."
    ),
    Code.TEMPLATE_MISUSED: Row(
        "The template has no place for this.",
        "See in `GET /v1/letter-templates` whom it is for, and what it asks for.",
    ),
    Code.LETTER_PLACE_EMPTY: Row(
        "A place in the letter has nothing to be filled with.",
        "Give the text or amount, or record what is named in the case.",
    ),
    Code.LETTER_FIGURE_UNKNOWN: Row(
        "The letter rests on a figure that is not known.",
        "Record what would settle it, ask for another line, or use another template.",
    ),
    Code.LETTER_NOT_APPROVED: Row("The letter is not approved.", "Have it approved, then send it."),
    Code.LETTER_NOT_SENT: Row(
        "No sending of the letter is on record.", "Record that it was sent first."
    ),
    Code.LETTER_SETTLED: Row(
        "The letter has gone past this step already.",
        "Draft a new letter, or correct the entry that is named if it was a mistake.",
    ),
    Code.IMPORT_OVER: Row(
        "The import is finished or dropped already.", "Import the file again; see the imports."
    ),
    Code.IMPORT_SEQUENCE: Row(
        "Another chunk of the import comes next.", "See in the imports which; resume it."
    ),
    Code.IMPORT_ROWS_UNFIT: Row(
        "The rows of a chunk do not fit the import.", "See `detail` for what would fit."
    ),
    Code.IMPORT_INCOMPLETE: Row(
        "Not every row of the import has come in.", "Resume it, or drop it."
    ),
    Code.IMPORT_ROW_UNKNOWN: Row(
        "No such row of that import counts as a contact.",
        "Use a row id of a finished import; a withdrawn row stays out.",
    ),
    Code.CLIENT_ENTRY_UNKNOWN: Row(
        "No such entry of this client stands.",
        "Use an entry id from the client's audit trail; a withdrawn entry stands no more.",
    ),
    Code.CONSENT_OVERLAPS: Row(
        "A consent for the same purpose and recipient is in force on some of these days.",
        "Begin the day after it ends, or record that it was taken back; it is named.",
    ),
    Code.AUTHORITY_OVERLAPS: Row(
        "The holder has the same authority on some of these days already.",
        "Begin the day after it ends, or record that it ended; it is named.",
    ),
    Code.HOURS_UNUSABLE: Row(
        "Hours begin and end at the same time, or name a day twice.",
        "Give two different times; leave the hours out where any hour is safe.",
    ),
    Code.ADJUSTMENT_UNKNOWN: Row(
        "No such adjustment.", "Use `other-need`, and say in `adjustment_note` what is needed."
    ),
    Code.BIRTH_YEAR_UNUSABLE: Row(
        "A year of birth cannot be meant.", "Give four digits, or leave it out."
    ),
    Code.INTEREST_UNKNOWN: Row(
        "No such interest of this member stands.", "`GET /v1/interests` lists them."
    ),
    Code.CONFLICT_UNANSWERED: Row(
        "The check for conflicts found something, and nobody has said what is made of it.",
        "Look at it with `POST /v1/conflict-checks`; say in `reason` why it is none, or what is "
        "done about it.",
    ),
    Code.REVIEW_MISSING: Row(
        "A case that presses has no day on which it is looked at again.",
        "Give `review_on`: urgency that nobody looks at again stays for ever.",
    ),
    Code.PARTY_UNNAMED: Row(
        "A party has neither a company's name nor a person's, or both.",
        "Give `company`, which stands in clear, or `person`, which is sealed.",
    ),
    Code.PARTY_UNFIT: Row(
        "A party is of another kind, or of another debt, than this is about.",
        "Name the assignee or the collector of this loan, and a recipient who is a party to it.",
    ),
}


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A command that the rules do not allow; nothing was recorded."""

    code: Code
    field: str | None = None
    """The field of the request it is about, as a path with `/`."""
    detail: str = ""
    """What is wrong here, naming ids and limits but never a personal value."""
    entries: tuple[str, ...] = ()
    """Entry ids that stand in the way."""
    warnings: tuple[RaisedWarning, ...] = ()
    """Warnings that have to be answered first."""
