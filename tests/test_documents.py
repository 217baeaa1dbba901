"""What the documents say is so."""

import re
from pathlib import Path

import pytest

from ops.cli import verbs
from ops.docs_imports import imports
from ops.docs_table import failures

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")
DECISIONS = sorted((ROOT / "ops" / "decisions").glob("0*.md"))


def test_the_failure_table_is_made_from_the_codes():
    """After a change: `print(ops.docs_table.failures(), end="")` into the document."""
    assert (ROOT / "ops" / "docs" / "failures.md").read_text(encoding="utf-8") == failures()


def test_the_page_on_imports_is_made_from_the_words_and_codes():
    """After a change: `print(ops.docs_imports.imports(), end="")` into the document."""
    assert (ROOT / "ops" / "docs" / "imports.md").read_text(encoding="utf-8") == imports()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_that_a_document_names_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"`((?:domain|projections|api|ops|tests)/[\w/.]*)`|\]\(([\w/.]+)\)", text)
    paths = {one or other for one, other in named}
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_every_verb_that_a_document_names_is_there_and_the_changelog_names_all():
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)
    named = set(re.findall(r"python3 -m ops ([a-z]+)", text)) - {"verb"}
    assert named <= set(verbs())
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (listed,) = re.findall(r"`python3 -m ops`: ([a-z, \n]+)\.", changelog)
    assert set(re.split(r",\s*", listed)) == set(verbs())


def test_the_readme_has_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\npython3 -m ops demo\n" in text
    assert "\npython3 -m ops test\n" in text


@pytest.mark.parametrize("record", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_says_why_and_when_to_revisit(record):
    text = record.read_text(encoding="utf-8")
    for word in ("**Decided.**", "**Why.**", "**When to revisit.**"):
        assert word in text
