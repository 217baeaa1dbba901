"""Some hundred random attacks on a stored journal, on each server: every one is found."""

import json
from random import Random

import pytest

from ops.cli import main
from ops.sealing.stored import StoredJournal
from ops.sealing.verifying import verify_journal
from ops.sealing.walking import Kept, Walk
from ops.tamper.attacks import KINDS
from ops.tamper.stage import stage_on
from ops.tamper.trial import attack_journal, table
from ops.verbs import tamper

SEED = 20260301
NUMBER = 6 * len(KINDS)


@pytest.mark.anyio
async def test_every_attack_is_found_and_its_place_is_named(database, capsys):
    async with stage_on(database, Random(SEED)) as stage:
        trial = await attack_journal(stage, NUMBER, SEED)
        with capsys.disabled():
            print(f"\n{table(trial)}")
        assert trial.faults == ()
        assert {count.tried for count in trial.counts} == {NUMBER // len(KINDS)}
        assert all(count.missed == 0 for count in trial.counts)
        # Every attack was taken back: what was recorded is whole.
        journal = StoredJournal.of_connection(stage.connection, stage.organisation)
        kept = {stage.sealed: [Kept(stage.checkpoints[-1].note, "a drawer")]}
        whole = await verify_journal(journal, kept)
        assert whole.wrong is None
        assert (whole.events, whole.checkpoints, whole.elsewhere) == (len(stage.events), 3, 1)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("blind", "lost"),
    (
        ("_leaf_of", {"field body changed", "field actor changed"}),
        ("_check_chain", set()),
        ("compare", {"fork", "body changed, chain made anew", "checkpoint changed"}),
    ),
)
async def test_the_trial_notices_a_verifier_that_looks_away(database, monkeypatch, blind, lost):
    instead = {
        "_leaf_of": lambda _, event: event.leaf,
        "_check_chain": lambda *_: None,
        "compare": lambda *_: None,
    }
    monkeypatch.setattr(Walk, blind, instead[blind])
    async with stage_on(database, Random(SEED)) as stage:
        trial = await attack_journal(stage, len(KINDS), SEED)
    missed = {count.kind for count in trial.counts if count.missed}
    assert lost <= missed
    # The chain says nothing that leaves and heads do not say: it stands for reading by hand.
    assert bool(missed) == (blind != "_check_chain")


def test_every_stored_column_is_attacked():
    fields = {kind.name for kind in KINDS if kind.name.startswith("field ")}
    assert len(fields) == 14


def test_the_verb_prints_the_counts_and_keeps_them(tmp_path, capsys, monkeypatch):
    kept = tmp_path / "results.json"
    monkeypatch.setattr(tamper, "KEPT", kept)
    number = str(len(KINDS))
    assert main(["tamper", "--journal", "--number", number, "--seed", "7", "--save"]) == 0
    told = capsys.readouterr().out
    assert "seed 7" in told
    assert "tree node changed" in told
    counts = json.loads(kept.read_text())["journal"]["counts"]
    assert [count["tried"] for count in counts] == [1] * len(KINDS)
