"""From headers to an `Order`: who wants it, on what it rests, whether it came before."""

import hmac
import re
from typing import Final
from uuid import UUID, uuid5

from api.call import Call, IfMatch
from api.problems import Problem, invalid
from domain.casework import Order

_KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")
_VERSION: Final = re.compile(r'"(0|[1-9][0-9]{0,17})"', re.ASCII)
_TAG: Final = re.compile(r'(W/)?"[\x21\x23-\x7e]*"|\*')


def expected_version(call: Call) -> int | None:
    """The version in If-Match; 428 where it is required and missing.

    A tag that is none of a version's matches nothing: 412.
    """
    given = call.request.headers.getall("if-match", [])
    if call.route.if_match is IfMatch.NONE and given:
        raise invalid("If-Match", "this route rests on no version")
    if not given or given == ["*"]:
        # `*` says that anything will do, which is what leaving it out says.
        if call.route.if_match is IfMatch.REQUIRED:
            raise Problem("precondition-required", field="If-Match")
        return None
    match = _VERSION.fullmatch(given[0].strip()) if len(given) == 1 else None
    if match:
        return int(match[1])
    if len(given) == 1 and _TAG.fullmatch(given[0].strip()):
        raise Problem("version-stale", 'the ETag of a version is like "7"', field="If-Match")
    raise invalid("If-Match", 'one entity tag, such as "7"')


def idempotency_key(call: Call) -> str | None:
    """The Idempotency-Key, if one was sent."""
    given = call.request.headers.getall("idempotency-key", [])
    if not given:
        return None
    if len(given) > 1 or not _KEY.fullmatch(given[0]):
        raise invalid("Idempotency-Key", "1 to 200 visible ASCII characters, once")
    return given[0]


def command_id_of(call: Call) -> UUID:
    """The same id whenever the same member sends the same key; else a new one."""
    key = idempotency_key(call)
    if key is None or is_dry_run(call):
        return call.services.new_id()
    return uuid5(uuid5(call.organisation, call.caller.actor), key)


def is_dry_run(call: Call) -> bool:
    """Whether nothing is to be written."""
    return call.query.has("dry_run") and bool(call.query.get("dry_run", False))


def order_of(call: Call, command_id: UUID, content: bytes) -> Order:
    """The order for a request whose body is, or comes to, `content`.

    The digest is keyed, for a body holds personal values and the journal's digests are stored in
    clear. A dry run has none: it neither repeats nor is repeated.
    """
    is_keyed = idempotency_key(call) is not None and not is_dry_run(call)
    return Order(
        organisation=call.organisation,
        actor=call.caller.actor,
        command_id=command_id,
        command_digest=_digest(call, content) if is_keyed else None,
        expected_version=expected_version(call),
        dry_run=is_dry_run(call),
    )


def _digest(call: Call, content: bytes) -> bytes:
    request = call.request
    head = f"{request.method}\0{request.scope['path']}\0".encode()
    return hmac.digest(call.services.secret, head + content, "sha256")
