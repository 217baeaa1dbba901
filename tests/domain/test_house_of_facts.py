"""What holds for every kind of fact: stable names, stored form, upcasting, no clear text."""

import ast
import json
from pathlib import Path
from typing import get_args
from uuid import UUID

import msgspec
import pytest
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.utils import get_topic

import domain
from domain.accesses import AccessFact
from domain.cases.corrections import CaseFact, EntryWithdrawn
from domain.cases.deciding.corrections import NAMING, NAMING_MANY
from domain.cases.evidence import NoteAdded
from domain.clients import ClientFact
from domain.codec import PlainPersonal, UnknownTopic, decode_body, encode_body
from domain.facts import FACTS, Fact, bind
from domain.members import MemberFact
from domain.organisation import OrganisationFact
from domain.personal import Personal
from domain.recorded import FactMapper, Recorded
from domain.refusals import TABLE, Code
from tests.domain.golden import GOLDEN

SUBJECT = UUID(int=7)


def test_every_fact_of_a_stream_is_registered_under_its_topic():
    kinds = (CaseFact, ClientFact, MemberFact, OrganisationFact, AccessFact)
    classes = {fact for kind in kinds for fact in get_args(kind)}
    assert classes == set(FACTS.values())
    for topic, fact in FACTS.items():
        assert get_topic(fact) == fact.TOPIC == topic


@pytest.mark.parametrize("topic", sorted(FACTS))
def test_a_body_of_every_released_version_can_still_be_read(topic):
    for schema_version, body in GOLDEN[topic].items():
        fact = decode_body(topic, schema_version, body.encode())
        assert type(fact) is FACTS[topic]
        if schema_version == fact.class_version:
            assert json.loads(encode_body(fact)) == json.loads(body)


@pytest.mark.parametrize("topic", sorted(FACTS))
def test_every_class_version_has_a_golden_body(topic):
    assert set(GOLDEN[topic]) == set(range(1, FACTS[topic].class_version + 1))


@pytest.mark.parametrize("topic", ("os", "ops.cli:main", "never-heard-of", ""))
def test_a_topic_that_is_not_ours_imports_nothing(topic):
    with pytest.raises(UnknownTopic):
        decode_body(topic, 1, b"{}")


def test_a_newer_schema_version_is_not_guessed_at():
    with pytest.raises(UnknownTopic):
        decode_body("note-added", 99, GOLDEN["note-added"][1].encode())


def test_an_older_version_is_upcast_step_by_step():
    class Renamed(Fact, frozen=True, kw_only=True, tag="test-renamed"):
        class_version = 3
        title: str
        places: int

        @staticmethod
        def upcast_v1_v2(state):
            state["title"] = state.pop("name")

        @staticmethod
        def upcast_v2_v3(state):
            state["places"] = len(state["title"])

    FACTS["test-renamed"] = Renamed
    try:
        old = decode_body("test-renamed", 1, b'{"topic":"test-renamed","name":"abc"}')
        assert old == Renamed(title="abc", places=3)
        body = encode_body(old)
        assert json.loads(body)["class_version"] == 3
        assert decode_body("test-renamed", 3, body) == old
    finally:
        del FACTS["test-renamed"]


def test_a_plain_personal_value_never_becomes_bytes():
    fact = EntryWithdrawn(entry_id=UUID(int=1), reason=Personal(SUBJECT, "a secret"))
    with pytest.raises(PlainPersonal):
        encode_body(fact)
    assert "secret" not in repr(fact)


def test_binding_puts_drafts_under_the_clients_key_and_leaves_others():
    other = UUID(int=9)
    fact = EntryWithdrawn(entry_id=UUID(int=1), reason=Personal(None, "why"))
    assert bind(fact, SUBJECT).reason.subject == SUBJECT
    kept = EntryWithdrawn(entry_id=UUID(int=1), reason=Personal(other, "why"))
    assert bind(kept, SUBJECT).reason.subject == other


def test_a_recorded_fact_satisfies_the_librarys_protocol_and_mapper():
    note = decode_body("note-added", 1, GOLDEN["note-added"][1].encode())
    event = Recorded(
        originator_id=UUID(int=1), originator_version=3, event_id=UUID(int=2), fact=note
    )
    assert isinstance(event, DomainEventProtocol)
    stored = FactMapper().to_stored_event(event)
    assert (stored.topic, stored.originator_version) == ("note-added", 3)
    back = FactMapper().to_domain_event(stored)
    assert isinstance(back.fact, NoteAdded)
    assert back.fact == note


def test_every_refusal_code_is_in_the_failure_table():
    assert set(TABLE) == set(Code)
    for row in TABLE.values():
        assert row.what.endswith(".")
        assert row.right.endswith(".")


def test_the_domain_has_no_clock_no_chance_and_no_files():
    """Names whose use would make a decision depend on more than its arguments."""
    forbidden = {"now", "utcnow", "today", "uuid1", "uuid4", "random", "urandom", "open", "print"}
    for path in Path(domain.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                is_ours = path.name == "casework.py" and name == "open"  # unseals, opens no file
                assert name not in forbidden or is_ours, f"{path.name} calls {name}()"
            elif isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
                assert not names & {"random", "time", "os", "secrets"}, path.name


def test_the_schema_of_stored_values_holds_no_float():
    for fact in FACTS.values():
        info = msgspec.inspect.type_info(fact)
        assert "FloatType" not in repr(info), fact.TOPIC


NOT_RESTED_ON = {
    ("case-opened", "client_id"): "a stream, not an entry",
    ("client-erased", "decision_id"): "an event of the client, not an entry of a case",
    ("client-erased", "cases"): "streams, not entries",
    ("client-erased", "files"): "files, not entries",
    ("consent-withdrawn", "consent_id"): "an event of the client, not an entry of a case",
    ("authority-ended", "authority_id"): "an event of the client, not an entry of a case",
    ("interest-ended", "interest_id"): "an event of the member, not an entry of a case",
    ("interest-withdrawn", "interest_id"): "an event of the member, not an entry of a case",
    ("client-entry-withdrawn", "entry_id"): "an event of the client, not an entry of a case",
    ("legal-hold-lifted", "hold_id"): "an event of the client, not an entry of a case",
    ("personal-data-read", "client_id"): "a stream, not an entry",
    ("personal-data-read", "case_id"): "a stream, not an entry",
    ("evidence-added", "file_id"): "a file, not an entry",
    ("evidence-linked", "entry_id"): "a link about an entry does not hold it",
    ("note-added", "entry_id"): "a note about an entry does not hold it",
    ("entry-corrected", "entry_id"): "the entry that it changes",
    ("entry-withdrawn", "entry_id"): "the entry that it changes",
    ("case-exported", "evidence_items"): "what was given out, whatever becomes of the item",
    ("figures-stated", "figures"): "what was said, whatever becomes of the loan",
    ("import-row-corrected", "row_id"): "a row of the import that it names",
    ("import-row-withdrawn", "row_id"): "a row of the import that it names",
    ("letter-drafted", "figures"): "what was said, whatever becomes of the loan",
    ("letter-drafted", "frozen"): "what was said, whatever becomes of the loan",
}


@pytest.mark.parametrize("topic", sorted(FACTS))
def test_every_entry_that_a_fact_names_is_one_it_rests_on_or_says_why_not(topic):
    for field in msgspec.structs.fields(FACTS[topic]):
        holds_ids = "UUID" in repr(field.type) or "StatedFigure" in repr(field.type)
        if holds_ids and (topic, field.name) not in NOT_RESTED_ON:
            assert field.name in (*NAMING, *NAMING_MANY), (topic, field.name)
