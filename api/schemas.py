"""JSON schemas of what comes in and goes out, as `components` of the OpenAPI document.

A personal value comes in as a text and goes out as a text or a note that it is sealed or erased,
so a struct that holds one has two schemas; the one for input is then called `...Input`.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from api.evidence import EvidenceUpload
from api.imports_form import LogUpload
from api.moments import Moment, documented
from api.writing import Correction
from domain.cases.deciding.commands import Rules
from domain.facts import FACTS
from domain.money import MINOR_DIGITS, Money
from domain.personal import Personal

Schema = dict[str, Any]
REF: Final = "#/components/schemas/"
_TEXT_MAX: Final[int] = next(
    field.default for field in msgspec.structs.fields(Rules) if field.name == "personal_chars_max"
)

AMOUNT: Final[Schema] = {
    "title": "Amount",
    "description": "Money: a decimal string with at most the currency's places, never a number.",
    "type": "object",
    "properties": {
        "amount": {
            "type": "string",
            "pattern": "^-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,2})?$",
            "examples": ["1234.50"],
        },
        "currency": {"enum": list(MINOR_DIGITS), "description": "ISO 4217"},
    },
    "required": ["amount", "currency"],
    "additionalProperties": False,
}
PERSONAL: Final[Schema] = {
    "title": "PersonalText",
    "description": "A text about a person: itself, or why it is not shown.",
    "anyOf": [
        {"type": "string"},
        *(
            {
                "type": "object",
                "properties": {word: {"const": True}},
                "required": [word],
                "additionalProperties": False,
            }
            for word in ("sealed", "erased")
        ),
    ],
}


def components(bodies: Iterable[type], answers: Iterable[type]) -> tuple[Schema, dict[type, str]]:
    """Schemas by name, and the name of each body's schema."""
    bodies = list(bodies)
    _, going_out = msgspec.json.schema_components(
        map(documented, answers), schema_hook=_out, ref_template=REF + "{name}"
    )
    _, coming_in = msgspec.json.schema_components(
        bodies, schema_hook=_in, ref_template=REF + "{name}"
    )
    for schema in coming_in.values():
        _loosen(schema)
    differing = _differing(coming_in, going_out)
    found = {**going_out, "Amount": AMOUNT, "PersonalText": PERSONAL}
    for name, schema in coming_in.items():
        found[_input(name, differing)] = _renamed(schema, differing)
    names = {body: _input(body.__name__, differing) for body in bodies}
    return dict(sorted(found.items())), names


def _out(kind: type) -> Schema:
    if kind is Money:
        return {"$ref": f"{REF}Amount"}
    if kind is Personal:
        return {"$ref": f"{REF}PersonalText"}
    if kind is Moment:
        return {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
    raise NotImplementedError(kind.__name__)


def _in(kind: type) -> Schema:
    if kind is Personal:
        return {"type": "string", "minLength": 1, "maxLength": _TEXT_MAX}
    return _out(kind)


def _loosen(schema: Schema) -> None:
    """What a body may leave out, and how a file comes."""
    title, fields = schema.get("title"), schema.get("properties", {})
    if title in {fact.__name__ for fact in FACTS.values()}:
        # The address says what is recorded; only a replacement has to say it itself.
        schema["required"].remove("topic")
    elif title == Correction.__name__:
        fields["replacement"]["required"] = ["topic"]
    elif title in {EvidenceUpload.__name__, LogUpload.__name__}:
        fields["file"] = {"type": "string", "format": "binary", "description": "The file."}


def _differing(coming_in: Schema, going_out: Schema) -> set[str]:
    found = {name for name in coming_in if name in going_out and coming_in[name] != going_out[name]}
    while True:
        more = {
            name
            for name, schema in coming_in.items()
            if name in going_out and name not in found and found & set(_refs(schema))
        }
        if not more:
            return found
        found |= more


def _refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].removeprefix(REF)
        for item in value.values():
            yield from _refs(item)
    elif isinstance(value, list):
        for item in value:
            yield from _refs(item)


def _input(name: str, differing: set[str]) -> str:
    return f"{name}Input" if name in differing else name


def _renamed(schema: Schema, differing: set[str]) -> Schema:
    text = json.dumps(schema)
    for name in differing:
        text = text.replace(f'"{REF}{name}"', f'"{REF}{name}Input"')
    renamed: Schema = json.loads(text)
    return renamed
