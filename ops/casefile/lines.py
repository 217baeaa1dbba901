"""Events as lines of a case file: the exact body, what it says opened, and its proof.

Written by the standard library's `json`, for the verifier writes every line again the same way
and compares: there is one text for one event.
"""

import json
from collections.abc import Sequence
from datetime import UTC
from hashlib import sha256
from typing import Any, Final

from domain.log import StoredEvent
from ops.keys.opening import OpenedValue

_SEALED: Final = {"subject", "ciphertext", "commitment"}


def write_json(value: Any) -> bytes:
    """The one form of JSON in a case file."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def event_line(
    event: StoredEvent,
    opened: Sequence[OpenedValue],
    proof: Sequence[bytes],
    *,
    is_given: bool,
) -> bytes:
    """One line with its line feed; an event that is left out has neither body nor fact."""
    body = event.body.decode() if is_given else None
    values = {value.field: json.loads(value.plaintext) for value in opened}
    return (
        write_json(
            {
                "position": event.position,
                "version": event.version,
                "event_id": str(event.event_id),
                "topic": event.topic,
                "schema_version": event.schema_version,
                "recorded_at": event.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                "actor": event.actor,
                "command_id": str(event.command_id),
                "causation_id": str(event.causation_id) if event.causation_id else None,
                "previous_leaf": event.previous_leaf.hex() if event.previous_leaf else None,
                "leaf": event.leaf.hex(),
                "body_sha256": sha256(event.body).hexdigest(),
                "body": body,
                "opened": [
                    {
                        "field": value.field,
                        "salt": value.salt.hex(),
                        "plaintext": value.plaintext.decode(),
                    }
                    for value in opened
                ],
                "fact": None if body is None else shown(json.loads(body), values),
                "proof": [step.hex() for step in proof],
            }
        )
        + b"\n"
    )


def shown(value: Any, opened: dict[str, Any], path: str = "") -> Any:
    """A stored body with every sealed value replaced by its opened one, or `{"sealed": true}`."""
    if isinstance(value, dict):
        if set(value) == _SEALED:
            return opened.get(path, {"sealed": True})
        inside = f"{path}/" if path else ""
        return {key: shown(each, opened, inside + key) for key, each in value.items()}
    if isinstance(value, list):
        inside = f"{path}/" if path else ""
        return [shown(each, opened, f"{inside}{index}") for index, each in enumerate(value)]
    return value
