"""Describing what is a day or an instant: msgspec writes such a union but cannot describe it."""

from datetime import date, datetime
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec


class Moment:
    """Stands for `date | datetime` in what is described."""


def documented(kind: Any) -> Any:
    """The same type with every union of day and instant, however deep, replaced by Moment."""
    if get_origin(kind) in (Union, UnionType):
        return _union(get_args(kind))
    if get_origin(kind) is tuple:
        generic: Any = tuple
        return generic[tuple(documented(each) for each in get_args(kind))]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _struct(kind)
    return kind


def _union(members: tuple[Any, ...]) -> Any:
    if date in members and datetime in members:
        members = (Moment, *(each for each in members if each not in (date, datetime)))
    return reduce(or_, map(documented, members))


@cache  # one class for one class, however many answers hold it
def _struct(kind: type[msgspec.Struct]) -> Any:
    hints = get_type_hints(kind)
    fields = msgspec.structs.fields(kind)
    described = {field.name: documented(hints[field.name]) for field in fields}
    if all(described[name] == hints[name] for name in described):
        return kind
    # Only answers come here, and none of those that change has a tag or renamed fields.
    return msgspec.defstruct(
        kind.__name__,
        list(described.items()),
        namespace={"__doc__": kind.__doc__},
        kw_only=True,
    )
