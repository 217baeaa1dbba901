"""A strict reader of iCalendar objects, by the grammar of RFC 5545; it forgives nothing.

Nothing here is shared with what writes them.
"""

import re
from dataclasses import dataclass, field

LINE_OCTETS_MAX = 75
NAME = r"[A-Za-z0-9-]+"
LINE = re.compile(rf"({NAME})((?:;{NAME}=[^\";:,]+)*):(.*)", re.DOTALL)
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
ESCAPED = re.compile(r"\\([\\;,Nn])|([^\\;,])", re.DOTALL)
ONCE = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}}
ONCE |= {"VALARM": {"ACTION", "DESCRIPTION", "TRIGGER"}, "VTIMEZONE": {"TZID"}}
AT_MOST_ONCE = {"DTEND", "SUMMARY", "STATUS", "SEQUENCE", "LAST-MODIFIED", "TRANSP", "DESCRIPTION"}


@dataclass
class Component:
    name: str
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, parameters, value as it stands."""
    parts: list["Component"] = field(default_factory=list)

    def all(self, name):
        return [value for found, _, value in self.properties if found == name]

    def one(self, name):
        (value,) = self.all(name)
        return value

    def text(self, name):
        return unescaped(self.one(name))

    def events(self):
        return [part for part in self.parts if part.name == "VEVENT"]


def read(content: bytes) -> Component:
    """The calendar; AssertionError for whatever the grammar does not allow."""
    open_ones, done = [], []
    for name, parameters, value in lines(content):
        assert not done, "something behind the calendar"
        if name == "BEGIN":
            open_ones.append(Component(value))
        elif name == "END":
            closed = open_ones.pop()
            assert closed.name == value
            check(closed)
            (open_ones[-1].parts if open_ones else done).append(closed)
        else:
            assert not open_ones[-1].parts, "properties come before components"
            open_ones[-1].properties.append((name, parameters, value))
    (calendar,) = done
    assert not open_ones
    assert calendar.name == "VCALENDAR"
    return calendar


def lines(content: bytes):
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    logical: list[str] = []
    for line in physical:
        assert 0 < len(line) <= LINE_OCTETS_MAX, line
        text = line.decode()  # fails where a character was split
        assert CONTROL.search(text) is None, line
        if text[0] in " \t":
            logical[-1] += text[1:]
        else:
            logical.append(text)
    for line in logical:
        match = LINE.fullmatch(line)
        assert match, line
        yield match.groups()


def check(component: Component) -> None:
    names = [name for name, _, _ in component.properties]
    for name in ONCE.get(component.name, ()):
        assert names.count(name) == 1, (component.name, name)
    for name in AT_MOST_ONCE:
        assert names.count(name) <= 1, (component.name, name)
    if component.name == "VCALENDAR":
        assert component.parts, "a calendar has at least one component"


def unescaped(value: str) -> str:
    """A value of type TEXT; nothing in it may stand unescaped that has to be escaped."""
    pieces, at = [], 0
    while at < len(value):
        match = ESCAPED.match(value, at)
        assert match, value[at:]
        pieces.append("\n" if match[1] in {"n", "N"} else match[1] or match[2])
        at = match.end()
    return "".join(pieces)
