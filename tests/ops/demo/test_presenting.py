"""What the demo says, what it remembers, and that it notices what is missing."""

import shlex
from dataclasses import replace
from uuid import UUID

import pytest

from ops.demo.presenting import faults, invitation, read_back, shortcomings
from ops.demo.state import DemoState, read_state

ORGANISATION = UUID("0d5e3a2c-0000-4000-8000-000000000001")


def test_the_invitation_has_three_questions(told):
    said = invitation("http://127.0.0.1:1", "mz_a_b", "/v1/calendar/a.ics", told.report)
    for needed in ("/v1\n", "/docs\n", "/v1/calendar/a.ics\n"):
        assert f"http://127.0.0.1:1{needed}" in said
    assert "token: mz_a_b\n" in said
    asked = [shlex.split(line) for line in said.splitlines() if line.startswith("  curl")]
    assert len(asked) == 3
    urls = [[word for word in words if word.startswith("http")] for words in asked]
    assert [len(found) for found in urls] == [2, 1, 1]
    known = set(told.report.case_ids.values())
    assert all(url.split("/")[5] in known for found in urls for url in found)


@pytest.mark.parametrize(
    ("short", "said"),
    (
        ({"cases": 39}, "39 cases, but 40 were promised"),
        ({"events": 1199}, "1199 events, but 1200 were promised"),
        ({"median": 19.5}, "19.5 events in the median case, but 20 were promised"),
        ({"unused": ["plan-agreed"]}, "no event of: plan-agreed"),
    ),
)
def test_what_is_missing_is_named(told, short, said):
    assert shortcomings(replace(told.report, **short)) == [said]


class Reader:
    """Answers as the API does, in two pages; `position` gives the loans for what is asked."""

    def __init__(self, head, position):
        self.head, self.position = head, position

    def get(self, path, **query):
        if path == "/journal/head":
            return {"position": self.head}
        if path.endswith("/position"):
            return {"loans": self.position(query)}
        if path.endswith("more"):
            return {"lines": [1], "next": None}
        return {"lines": [1, 2], "next": f"/v1{path}?cursor=more"}


def test_readings_are_counted_over_all_pages(told):
    reader = Reader(told.report.events, lambda query: ["known_at" in query])
    read = read_back(reader, told.report)
    assert (read["timeline_entries"], read["audit_entries"]) == (3, 3)
    assert faults(reader, told.report, read) == []


def test_readings_that_do_not_fit_are_faults(told):
    reader = Reader(5, lambda _: [])
    read = read_back(reader, told.report) | {"audit_entries": 0}
    found = faults(reader, told.report, read)
    assert len(found) == 4
    assert "no audit entries" in found


def test_the_state_is_kept_for_its_owner_only(told, tmp_path):
    assert read_state(tmp_path) is None
    kept = DemoState(ORGANISATION, "mz_a_b", "/v1/calendar/a.ics", told.report)
    kept.write(tmp_path)
    kept.write(tmp_path)
    assert read_state(tmp_path) == kept
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ("", "[]", "{}", '{"edition": "demo-0"}', "\x00"))
def test_a_state_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / "demo.json").write_text(text, encoding="utf-8")
    assert read_state(tmp_path) is None
