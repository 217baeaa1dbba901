"""Problem details (RFC 9457) with stable types: every code, its status, what would be right.

Our own map from exceptions to answers. Whatever a request holds, it never ends in a 500; and a
500 says nothing but an id that stands in the log.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import msgspec

from domain.refusals import TABLE, Code, Refusal
from domain.warnings import RaisedWarning

MEDIA_TYPE: Final = "application/problem+json"
RETRY_SECONDS: Final = 2


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of problem, as `GET /problems/{code}` explains it."""

    code: str
    status: int
    title: str
    right: str
    """What would be right."""


class FieldError(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one field of the request."""

    field: str
    """A path in the body with `/` between steps, or the name of a parameter or header."""
    detail: str


class ErasureReference(msgspec.Struct, frozen=True, kw_only=True):
    """The event by which a client was erased."""

    client_id: UUID
    event_id: UUID
    position: int
    """Journal position."""


class ProblemBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Problem details as sent."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    entries: tuple[str, ...] = ()
    """Entries of the case that stand in the way."""
    warnings: tuple[RaisedWarning, ...] = ()
    """Warnings to answer before this can be recorded, each with its code."""
    erasure: ErasureReference | None = None
    """Of `client-erased`: what it rests on."""
    instance: str | None = None
    """Of a 500 only: the id under which it stands in the log."""


_OWN: Final = (
    ("invalid-input", 422, "The request holds something that cannot be meant.",
     "Put right the fields that `errors` names."),
    ("malformed-json", 400, "The body is not JSON.", "Send one JSON object in UTF-8."),
    ("malformed-multipart", 400, "The body is not the multipart form that is wanted.",
     "Send the part `metadata` (JSON) first and then the part `file`."),
    ("body-cut-short", 400, "The body ended before it was complete.", "Send it again, whole."),
    ("body-too-slow", 408, "The body stood still for too long.", "Send it again without pauses."),
    ("body-too-large", 413, "The body is larger than is taken in.",
     "Send less; long texts and papers belong into evidence."),
    ("wrong-media-type", 415, "The body's media type is not the one wanted here.",
     "Set Content-Type as the documentation says, without Content-Encoding."),
    ("digest-mismatch", 422, "The file is not the one whose digest was given.",
     "Send the file again; nothing was kept."),
    ("import-unreadable", 422, "The file cannot be read as a log.",
     "See `detail`; `ops/docs/imports.md` lists what is understood."),
    ("import-nothing-new", 422, "No row of the file would come in; nothing was kept.",
     "Send the file to `import-previews`: each row that stays out says why."),
    ("export-outdated", 409, "This release reads the case otherwise than that case file says.",
     "Make a new export; whoever holds the old case file can still verify it."),
    ("export-gone", 410, "The client was erased: no case file can be made, or made again.",
     "Whoever holds one that was given out before can still verify it."),
    ("never-amortises", 422, "The instalments would never pay the loan off.",
     "Give instalments above the interest of their period."),
    ("bad-request", 400, "The request cannot be understood.", "Compare it with /docs."),
    ("unauthenticated", 401, "Nobody is let in without a valid token.",
     "Ask for a token; `python3 -m ops token new` makes one."),
    ("capability-missing", 403, "The token does not allow this.",
     "Ask for a token with the capability that is named."),
    ("not-found", 404, "There is nothing under this address.", "Check the address and the id."),
    ("checkpoint-unknown", 404, "There is no such checkpoint of this journal.",
     "Take one that was given out: `GET /v1/checkpoints/latest` names the newest."),
    ("feed-unknown", 404, "There is no such calendar feed.",
     "Take an id that `GET /v1/calendar-feeds` lists."),
    ("position-unsealed", 422, "The checkpoint does not reach that far.",
     "Take a longer checkpoint, or wait for the next one."),
    ("method-not-allowed", 405, "This address does not know this method.",
     "Use a method that the header Allow names."),
    ("version-stale", 412, "Someone recorded something since you looked.",
     "Read it again, and decide again."),
    ("precondition-required", 428, "This rests on what you saw, so say what that was.",
     'Send If-Match with the ETag that you read, such as `If-Match: "7"`.'),
    ("idempotency-key-reused", 422, "This Idempotency-Key came before with another request.",
     "Use a new key for a new request."),
    ("unavailable", 503, "The record cannot be reached now.",
     "Try again after Retry-After seconds; the same Idempotency-Key does nothing twice."),
    ("contention", 503, "Too many people record here at once.", "Try again in a moment."),
    ("not-yet", 503, "The record has not come to `min_position`.", "Try again in a moment."),
    ("internal-error", 500, "Something went wrong here.",
     "Tell whoever runs this the id in `instance`; it stands in the log."),
)  # fmt: skip

_STATUS_OF_REFUSAL: Final = {
    Code.CASE_EXISTS: 409,
    Code.CLIENT_EXISTS: 409,
    Code.CLIENT_ERASED: 410,
    Code.LEGAL_HOLD: 409,
}
_UNKNOWN_IN_PATH: Final = (Code.CASE_UNKNOWN, Code.CLIENT_UNKNOWN)

KINDS: Final[Mapping[str, Kind]] = {
    **{
        code: Kind(code=code, status=status, title=title, right=right)
        for code, status, title, right in _OWN
    },
    **{
        str(code): Kind(
            code=str(code),
            status=404 if code in _UNKNOWN_IN_PATH else _STATUS_OF_REFUSAL.get(code, 422),
            title=row.what,
            right=row.right,
        )
        for code, row in TABLE.items()
    },
}
"""Every problem type there is, by its code."""


class Problem(Exception):
    """A request that cannot be done, with the answer it gets."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        field: str | None = None,
        status: int | None = None,
        entries: tuple[str, ...] = (),
        warnings: tuple[RaisedWarning, ...] = (),
        erasure: ErasureReference | None = None,
        headers: Mapping[str, str] | None = None,
        instance: str | None = None,
    ) -> None:
        """Take a code of KINDS; `status` overrides the kind's own."""
        super().__init__(code)
        self.kind = KINDS[code]
        self.status = status or self.kind.status
        self.detail = detail or self.kind.right
        self.errors = () if field is None else (FieldError(field=field, detail=self.detail),)
        self.entries = entries
        self.warnings = warnings
        self.erasure = erasure
        self.headers = dict(headers or {})
        self.instance = instance
        if self.status == 503:
            self.headers.setdefault("Retry-After", str(RETRY_SECONDS))

    def body(self) -> ProblemBody:
        """The problem details."""
        return ProblemBody(
            type=f"/problems/{self.kind.code}",
            title=self.kind.title,
            status=self.status,
            code=self.kind.code,
            detail=self.detail,
            errors=self.errors,
            entries=self.entries,
            warnings=self.warnings,
            erasure=self.erasure,
            instance=self.instance,
        )


def invalid(field: str, detail: str) -> Problem:
    """A field of the request that cannot be meant."""
    return Problem("invalid-input", detail, field=field)


def refused(refusal: Refusal) -> Problem:
    """The answer to what the rules say no to."""
    # An unknown id is 404 where the path names it, and a wrong field where the body does.
    status = 422 if refusal.code in _UNKNOWN_IN_PATH and refusal.field else None
    return Problem(
        str(refusal.code),
        refusal.detail,
        field=refusal.field,
        status=status,
        entries=refusal.entries,
        warnings=refusal.warnings,
    )
