"""What the texts and days of a fact on a client may be."""

from datetime import date
from typing import Any, Final

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import check_date, leaves
from domain.clients.client import Client, ClientFact
from domain.personal import Personal, map_personal
from domain.refusals import Code, Refusal

CLEAR: Final = frozenset({"legal_basis", "to_whom", "towards"})
"""Texts that stand in clear."""


def check_values(client: Client, fact: ClientFact, rules: Rules) -> Refusal | None:
    """The first thing wrong with a text or a day of the fact."""
    for path, value in leaves(fact):
        refusal = None
        if isinstance(value, Personal):
            refusal = _check_text(path, value.value, rules.personal_chars_max)
        elif path in CLEAR:
            refusal = _check_text(path, value, rules.text_chars_max)
            refusal = refusal or _check_nameless(client, path, value)
        elif isinstance(value, date):
            refusal = check_date(path, value, rules)
        if refusal:
            return refusal
    return None


def _check_text(path: str, text: Any, chars_max: int) -> Refusal | None:
    text = text or ""
    if not text.strip():
        return Refusal(code=Code.TEXT_EMPTY, field=path)
    if "\0" in text:
        return Refusal(code=Code.TEXT_UNUSABLE, field=path)
    if len(text) > chars_max:
        detail = f"{len(text)} characters; at most {chars_max}"
        return Refusal(code=Code.TEXT_TOO_LONG, field=path, detail=detail)
    return None


def _check_nameless(client: Client, path: str, text: str) -> Refusal | None:
    """What stands in clear outlives the person: it must not hold what we know them by."""
    known: list[str] = []

    def look(field: str, personal: Personal[str]) -> Personal[str]:
        if field != "note" and personal.value:
            known.append(personal.value)
        return personal

    map_personal(client.details, look)
    if any(value.strip() and value.strip() in text for value in known):
        return Refusal(code=Code.TEXT_NAMES_CLIENT, field=path)
    return None
