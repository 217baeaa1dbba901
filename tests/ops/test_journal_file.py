"""A journal file: what was written comes back, what was touched is refused, and where."""

import argparse
import json
from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import msgspec
import pytest

from domain.codec import edge_out
from domain.leaf import leaf
from ops import journal_file
from ops.cli import main
from ops.journal_file import FORMAT, JournalFileFault, facts, lines
from ops.memory_log import MemoryEventLog
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.pool import Pool
from ops.verbs import read as read_verb
from tests.api.desk import MemoryTokens, disbursed, payment, services_over, sit_down

EVENTS = 6


async def tell(desk):
    """A case with a loan, payments, a correction and a note; its id."""
    case_id = await desk.case(summary="秘密之事")
    loan = await desk.loan(case_id)
    await desk.post(case_id, "disbursements", disbursed(loan))
    paid = (await desk.post(case_id, "payments", payment(loan)))["entry_id"]
    correction = {
        "entry_id": paid,
        "replacement": {"topic": "payment-made", **payment(loan, "150.00")},
        "reason": "金额录入有误",
    }
    await desk.post(case_id, "corrections", correction, headers={"If-Match": '"4"'})
    await desk.post(case_id, "notes", {"noted_on": "2025-03-02", "text": "秘密之事"})
    return case_id


@pytest.fixture
async def events(tmp_path):
    tokens, log = MemoryTokens(), MemoryEventLog()
    services = services_over(log, tokens, tmp_path, Pool("postgresql://nowhere/"))
    desk = await sit_down(services, tokens, tmp_path)
    async with desk.http:
        case_id = await tell(desk)
        stored = await log.read_journal(desk.organisation)
        return [event for event in stored if str(event.stream) == case_id]


@pytest.fixture
def file(tmp_path, events):
    path = tmp_path / "case.jsonl"
    with path.open("wb") as out:
        journal_file.write(events, out)
    return path


def refused(path, said):
    path.write_bytes(b"".join(said))
    with pytest.raises(JournalFileFault) as caught:
        facts(journal_file.read(path))
    return str(caught.value)


def as_line(values):
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def forged(events):
    """Lines of events whose leaves are made anew, each after the one before."""
    before, made = None, []
    for event in events:
        event = msgspec.structs.replace(event, previous_leaf=before)
        before = leaf(event.header(), event.body)
        made.append(msgspec.structs.replace(event, leaf=before))
    return list(lines(made))


@pytest.mark.anyio
async def test_what_was_written_comes_back(file, events):
    assert len(events) == EVENTS
    assert journal_file.read(file) == events
    assert [one.fact.TOPIC for one in facts(events)][:2] == ["case-opened", "loan-taken"]
    assert "秘密之事".encode() not in file.read_bytes()


def other(value):
    """Another value of the same kind."""
    match value:
        case None:
            return str(uuid4())
        case int():
            return value + 1
        case str() if len(value) == 36:
            return str(uuid4())
        case str() if value.endswith("Z"):
            return value.replace("Z", "+08:00")
        case str() if len(value) == 64:
            return ("0" if value[0] != "0" else "1") + value[1:]
        case str() if value.startswith("{"):
            return value[:-1] + " }"
        case _:
            return value + "x"


FIELDS = msgspec.structs.fields(journal_file._Line)


@pytest.mark.anyio
@pytest.mark.parametrize("field", [field.name for field in FIELDS])
@pytest.mark.parametrize("number", (2, 4, EVENTS + 1))
async def test_one_field_changed_is_refused_and_its_line_named(file, field, number):
    said = file.read_bytes().splitlines(keepends=True)
    values = json.loads(said[number - 1])
    values[field] = other(values[field])
    said[number - 1] = as_line(values)
    assert refused(file, said).startswith(f"line {number}: ")


@pytest.mark.anyio
@pytest.mark.parametrize("field", [field.name for field in FIELDS])
async def test_one_field_missing_or_of_another_kind_is_refused(file, field):
    said = file.read_bytes().splitlines(keepends=True)
    for wrong in ([], {}, True, 1.5, -1, 2**63, 2**70, "", "\ud800", "x" * 9):
        values = json.loads(said[2])
        values[field] = wrong
        changed = [*said[:2], json.dumps(values).encode() + b"\n", *said[3:]]
        assert refused(file, changed).startswith("line 3: "), wrong
    values = json.loads(said[2])
    del values[field]
    assert refused(file, [*said[:2], as_line(values), *said[3:]]).startswith("line 3: ")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("field", "value", "where"),
    (
        ("format", FORMAT + "x", "line 1"),
        ("organisation", str(UUID(int=5)), "line 2"),
        ("stream", str(UUID(int=5)), "line 2"),
        ("events", EVENTS + 1, f"{EVENTS} events"),
        ("events", 0, "line 1"),
        ("events", 2**64, "line 1"),
    ),
)
async def test_the_first_line_is_held_to_the_others(file, field, value, where):
    said = file.read_bytes().splitlines(keepends=True)
    assert refused(file, [as_line({**json.loads(said[0]), field: value}), *said[1:]]).startswith(
        where
    )


@pytest.mark.anyio
async def test_lines_swapped_left_out_added_and_cut_are_refused(file):
    said = file.read_bytes().splitlines(keepends=True)
    assert refused(file, [*said[:2], said[3], said[2], *said[4:]]).startswith("line 3: ")
    assert refused(file, [*said[:3], *said[4:]]).startswith("line 4: ")
    assert refused(file, said[:-1]).startswith(f"{EVENTS - 1} events")
    assert refused(file, [*said, said[-1]]).startswith(f"line {EVENTS + 2}: ")
    assert refused(file, [*said, b"\n"]).startswith(f"line {EVENTS + 2}: ")
    assert refused(file, [*said[:-1], said[-1][:-1]]).startswith(f"line {EVENTS + 1}: ")
    assert refused(file, [*said[:-1], said[-1][:90]]).startswith(f"line {EVENTS + 1}: ")
    assert refused(file, []).startswith("line 1: ")
    assert refused(file, [b"\xff\n"]).startswith("line 1: ")
    assert refused(file, [said[0], b"[" * 100_000]).startswith("line 2: ")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("old", "new"),
    (
        (b'"position":', b'"position":1,"position":'),
        (b'"actor":"', b'"actor": "'),
        (b'"actor":"m', b'"actor":"\\u006d'),
        (b'Z","actor"', b'000Z","actor"'),
        (b'Z","actor"', b'+00:00","actor"'),
        (b'Z","actor"', b'","actor"'),
        (b"\n", b"\r\n"),
    ),
)
async def test_another_text_for_the_same_event_is_refused(file, old, new):
    said = file.read_bytes().splitlines(keepends=True)
    assert old in said[3]
    changed = [*said[:3], said[3].replace(old, new, 1), *said[4:]]
    assert refused(file, changed).startswith("line 4: ")


@pytest.mark.anyio
async def test_a_file_whose_leaves_were_made_anew_still_has_to_be_a_journal(file, events):
    replace = msgspec.structs.replace
    same = [replace(event, recorded_at=events[0].recorded_at) for event in events]
    assert refused(file, forged(same)) == "line 3: recorded_at does not rise"
    back = [
        replace(event, recorded_at=event.recorded_at - timedelta(days=number))
        for number, event in enumerate(events)
    ]
    assert refused(file, forged(back)) == "line 3: recorded_at does not rise"
    flat = [replace(event, position=7) for event in events]
    assert refused(file, forged(flat)) == "line 3: position 7 does not rise"
    assert refused(file, forged(events[1:])).startswith("line 2: ")
    unknown = [*events[:2], replace(events[2], topic="x-happened"), *events[3:]]
    assert refused(file, forged(unknown)) == "line 4: unknown topic x-happened"
    for body in (b"{}", b"[]", b"x", b'{"topic":"loan-taken","face_amount":{}}'):
        bad = [events[0], replace(events[1], body=body), *events[2:]]
        assert refused(file, forged(bad)).startswith("line 3: the body cannot be read")
    nowhere = events[0].body.replace(b'"opened_on"', b'"zone":"X/Y","opened_on"')
    lost = replace(events[0], body=nowhere)
    assert refused(file, forged([lost, *events[1:]])).startswith("line 2: the body cannot")


@pytest.mark.anyio
async def test_a_clients_stream_is_no_case(file, events):
    client = [msgspec.structs.replace(event, topic="client-registered") for event in events]
    assert "a case begins with case-opened" in refused(file, forged(client))


def test_a_bad_file_is_a_sentence_and_no_traceback(tmp_path, capsys):
    for name, content in (("none", None), ("empty", b""), ("junk", b"{}\n")):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        assert main(["read", "position", "--from", str(path)]) == 1
        assert str(path) in capsys.readouterr().err


@pytest.mark.anyio
async def test_a_file_is_read_as_the_database_is(database, tmp_path, capsys):
    async with Pool(database) as pool:
        tokens, log = MemoryTokens(), PostgresEventLog(pool)
        desk = await sit_down(services_over(log, tokens, tmp_path, pool), tokens, tmp_path)
        async with desk.http:
            case_id = await tell(desk)
        casework = desk.services.casework
        stored = await log.read_stream(desk.organisation, UUID(case_id))
        path = tmp_path / "case.jsonl"
        with path.open("wb") as out:
            journal_file.write(list(stored), out)
        assert all(b.recorded_at > a.recorded_at for a, b in pairwise(stored))
        for reading in read_verb.READINGS:
            for known_at in (None, stored[3].position):
                known = await casework.events(desk.organisation, UUID(case_id), known_at)
                wanted = read_verb.read(reading, known, None, "occurred")
                args = argparse.Namespace(
                    reading=reading, case=None, file=path, as_of=None, order="occurred"
                )
                args.known_at = None if known_at is None else str(known_at)
                assert read_verb.run(args) == 0
                said = json.loads(capsys.readouterr().out)
                assert said == json.loads(msgspec.json.encode(wanted, enc_hook=edge_out))
        await log.close()
