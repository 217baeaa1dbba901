"""The OpenAPI 3.1 document, made from the declared routes.

`api/openapi.json` is the approved copy that is served; after a change that is meant, write it anew
with `python -m api.openapi` and look at the difference. A test fails while the two differ.
"""

import json
from typing import Final

from api.call import IfMatch, Route
from api.capabilities import WITHOUT_TOKEN
from api.documents import APPROVED
from api.outcomes import Rehearsed
from api.parameters import LIMIT_MAX, POSITION_MAX, Parameter, ParameterKind
from api.problems import KINDS, MEDIA_TYPE, ProblemBody
from api.routes import ROUTES
from api.schemas import REF, Schema, components
from domain.accesses import Purpose
from domain.refusals import Code

VERSION: Final = "0.1.0"

_KINDS: Final[dict[ParameterKind, Schema]] = {
    ParameterKind.DAY: {"type": "string", "format": "date"},
    ParameterKind.POSITION: {"type": "integer", "minimum": 0, "maximum": POSITION_MAX},
    ParameterKind.KNOWN_AT: {
        "anyOf": [
            {"type": "string", "pattern": "^[0-9]{1,18}$"},
            {"type": "string", "format": "date-time"},
        ]
    },
    ParameterKind.LIMIT: {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX},
    ParameterKind.FLAG: {"type": "boolean"},
    ParameterKind.TEXT: {"type": "string"},
    ParameterKind.UUID: {"type": "string", "format": "uuid"},
    ParameterKind.CHOICE: {"type": "string"},
}
_ETAG: Final[Schema] = {
    "description": "A version, for If-Match; of a reading, for If-None-Match.",
    "schema": {"type": "string"},
}
_PLACE: Final[Schema] = {
    "description": "Journal position, for `min_position` and `known_at`.",
    "schema": {"type": "integer"},
}
_REPLAYED: Final[Schema] = {
    "description": "`true` when the same Idempotency-Key was answered before.",
    "schema": {"const": "true"},
}


def document() -> Schema:
    """The whole document."""
    bodies = dict.fromkeys(route.body for route in ROUTES if route.body)
    answers = dict.fromkeys(route.answer for route in ROUTES if route.answer not in (None, dict))
    schemas, names = components(bodies, [*answers, Rehearsed, ProblemBody])
    paths: dict[str, Schema] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "mingzhang",
            "version": VERSION,
            "description": "Casework for people in debt, where every figure explains itself.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def document_text() -> str:
    """The document as it is approved."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def _operation(route: Route, names: dict[type, str]) -> Schema:
    words = [word.strip("{}").replace("-", "_") for word in route.path.split("/") if word]
    operation: Schema = {
        "operationId": "_".join([route.method.lower(), *(w for w in words if w != "v1")]),
        "summary": route.summary,
        "description": f"{route.description}\n\nCapability: `{route.capability}`.".strip(),
        "parameters": [*_in_path(route), *map(_in_query, route.parameters), *_in_header(route)],
    }
    if route.capability in WITHOUT_TOKEN:
        operation["security"] = []
    if route.body:
        operation["requestBody"] = _body(route, names)
    operation["responses"] = {**_answers(route), **_problems(route)}
    return operation


def _in_path(route: Route) -> list[Schema]:
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"}
            if name.endswith("_id")
            else {"type": "string"},
        }
        for name in names
    ]


def _in_query(parameter: Parameter) -> Schema:
    schema = dict(_KINDS[parameter.kind])
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    given: Schema = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "schema": schema,
    }
    if parameter.example is not None:
        given["example"] = parameter.example
    if parameter.is_required:
        given["required"] = True
    return given


def _in_header(route: Route) -> list[Schema]:
    headers: list[Schema] = []
    if route.is_write or route.is_keyed:
        headers.append(
            _header("Idempotency-Key", "The same key does the same thing once.", "^[!-~]{1,200}$")
        )
    if route.if_match is not IfMatch.NONE:
        header = _header("If-Match", "The version that you saw, as its ETag.", '^"[0-9]{1,18}"$')
        headers.append({**header, "required": route.if_match is IfMatch.REQUIRED})
    if route.is_personal:
        purpose = _header("Purpose", "What the data are read for; it goes on record.")
        schema = {"enum": [str(each) for each in Purpose], "default": str(Purpose.CASEWORK)}
        headers.append({**purpose, "schema": {"type": "string", **schema}})
    if route.is_reading:
        headers.append(_header("If-None-Match", "The ETag that you have; 304 if it is the newest."))
    return headers


def _header(name: str, description: str, pattern: str | None = None) -> Schema:
    schema = {"type": "string", **({"pattern": pattern} if pattern else {})}
    return {"name": name, "in": "header", "description": description, "schema": schema}


def _body(route: Route, names: dict[type, str]) -> Schema:
    content: Schema = {"schema": {"$ref": REF + names[route.body]}}
    if route.example:
        content["example"] = route.example
    if route.body_media != "application/json":
        content["encoding"] = {"metadata": {"contentType": "application/json"}}
    return {"required": True, "content": {route.body_media: content}}


def _answers(route: Route) -> dict[str, Schema]:
    headers: dict[str, Schema] = {}
    if route.is_write or route.is_reading or (route.if_match is not IfMatch.NONE):
        headers = {"ETag": _ETAG, "Mingzhang-Position": _PLACE}
    if route.is_write or route.is_keyed:
        headers["Idempotency-Replayed"] = _REPLAYED
    schema = {"$ref": REF + route.answer.__name__} if route.answer not in (None, dict) else {}
    media = route.answer_media
    good: Schema = {"description": "Done.", "content": {media: {"schema": schema}}}
    if headers:
        good["headers"] = headers
    answers = {str(route.status): good}
    if route.is_write:
        rehearsed = {"application/json": {"schema": {"$ref": f"{REF}Rehearsed"}}}
        answers["200"] = {"description": "A dry run: nothing was written.", "content": rehearsed}
    if route.is_reading:
        answers["304"] = {"description": "You have the newest."}
    return dict(sorted(answers.items()))


def _problems(route: Route) -> dict[str, Schema]:
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys(_codes(route)):
        by_status.setdefault(KINDS[code].status, []).append(code)
    content = {MEDIA_TYPE: {"schema": {"$ref": f"{REF}ProblemBody"}}}
    return {
        str(status): {
            "description": "Problem types: " + ", ".join(f"`{code}`" for code in codes) + ".",
            "content": content,
        }
        for status, codes in sorted(by_status.items())
    }


def _codes(route: Route) -> list[str]:
    codes = ["bad-request", "not-found", "method-not-allowed", "internal-error", "unavailable"]
    codes.append("invalid-input")
    if route.capability not in WITHOUT_TOKEN:
        codes += ["unauthenticated", "capability-missing"]
    if route.body:
        codes += ["malformed-json", "body-cut-short", "body-too-slow", "body-too-large"]
        codes.append("wrong-media-type")
    if route.is_write or route.is_keyed:
        codes.append("idempotency-key-reused")
    if route.is_write:
        codes += ["contention", "version-stale"]
        codes += [str(code) for code in Code if KINDS[code].status == 422]
    if route.is_personal or (route.is_write and "_id}" in route.path):
        codes.append(str(Code.CLIENT_ERASED))
    if route.if_match is IfMatch.REQUIRED:
        codes.append("precondition-required")
    if any(parameter.name == "min_position" for parameter in route.parameters):
        codes.append("not-yet")
    return [*codes, *route.problems]


if __name__ == "__main__":
    APPROVED.write_text(document_text(), encoding="utf-8")
    print(f"written: {APPROVED}")
