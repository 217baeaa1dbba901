"""The documentation as one page that loads nothing: no script, no font, no other host."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any, Final

Document = dict[str, Any]

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem; }
code, pre { font: 14px/1.45 ui-monospace, monospace; }
pre { background: var(--soft); padding: .75rem; overflow-x: auto; border-radius: 4px; }
details { border: 1px solid var(--line); border-radius: 4px; margin: .4rem 0; padding: 0 .75rem; }
summary { padding: .5rem 0; cursor: pointer; }
summary b { display: inline-block; min-width: 3.5rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
th, td { padding: .3rem .6rem .3rem 0; }
"""


def docs_page(document: Document) -> str:
    """An HTML page of an OpenAPI document: every operation, then every schema."""
    info = document["info"]
    title = escape(f"{info['title']} {info['version']}")
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>',
            '<meta name="viewport" content="width=device-width">',
            f"<style>{_STYLE}</style></head><body><h1>{title}</h1>",
            f"<p>{escape(info['description'])}</p>",
            "<p>Send <code>Authorization: Bearer mz_...</code> except where no token is asked for.",
            'The same as data: <a href="/openapi.json">openapi.json</a>.</p>',
            "<h2>Operations</h2>",
            *_operations(document),
            "<h2>Schemas</h2>",
            *_schemas(document),
            "</body></html>",
        ]
    )


def _operations(document: Document) -> Iterator[str]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f'<details id="{escape(operation["operationId"])}">'
            yield f"<summary><b>{method.upper()}</b> <code>{escape(path)}</code> "
            yield f"{escape(operation['summary'])}</summary>"
            yield from _operation(operation)
            yield "</details>"


def _operation(operation: Document) -> Iterator[str]:
    token = "no token" if operation.get("security") == [] else "with a token"
    yield f"<p>{_marked(operation['description'])} ({token})</p>"
    if operation["parameters"]:
        yield "<table><tr><th>Parameter<th>In<th>What</tr>"
        for each in operation["parameters"]:
            what = _marked(each.get("description", "")) or _kind(each["schema"])
            needed = " (required)" if each.get("required") else ""
            name = f"<code>{escape(each['name'])}</code>{needed}"
            yield f"<tr><td>{name}<td>{each['in']}<td>{what}</tr>"
        yield "</table>"
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<p>Body, <code>{media}</code>: {_kind(content['schema'])}</p>"
        if "example" in content:
            example = json.dumps(content["example"], ensure_ascii=False, indent=2)
            yield f"<pre>{escape(example)}</pre>"
    yield "<table><tr><th>Status<th>Answer</tr>"
    for status, answer in operation["responses"].items():
        kinds = [_kind(content["schema"]) for content in answer.get("content", {}).values()]
        said = " ".join([_marked(answer["description"]), *(kind for kind in kinds if kind)])
        yield f"<tr><td>{status}<td>{said}</tr>"
    yield "</table>"


def _schemas(document: Document) -> Iterator[str]:
    for name, schema in document["components"]["schemas"].items():
        yield f'<details id="schema-{escape(name)}"><summary><code>{escape(name)}</code> '
        yield f"{_marked(schema.get('description', ''))}</summary>"
        if "enum" in schema:
            yield f"<p>{_kind(schema)}</p>"
        if schema.get("properties"):
            yield "<table><tr><th>Field<th>Type</tr>"
            for field, kind in schema["properties"].items():
                needed = " (required)" if field in schema.get("required", ()) else ""
                yield f"<tr><td><code>{escape(field)}</code>{needed}<td>{_kind(kind)}</tr>"
            yield "</table>"
        yield "</details>"


def _kind(schema: Document) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#schema-{name}">{name}</a>'
    if "enum" in schema or "const" in schema:
        choices = schema.get("enum", [schema.get("const")])
        return ", ".join(f"<code>{escape(json.dumps(choice))}</code>" for choice in choices)
    if "anyOf" in schema:
        return " or ".join(_kind(choice) for choice in schema["anyOf"])
    if schema.get("type") == "array":
        items = schema.get("items") or {}
        return f"list of {_kind(items) or 'anything'}"
    words = [str(schema[key]) for key in ("type", "format", "pattern") if key in schema]
    return escape(" ".join(words))


def _marked(text: str) -> str:
    """Text with its `code` marked, and nothing else taken as markup."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))
