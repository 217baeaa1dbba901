"""A short form of `ops soak`: four kills on each server."""

import argparse
import json
from uuid import UUID

import pytest

from ops.soak import kills
from ops.soak.notes import Notes, SoakFailure
from ops.verbs import soak
from tests.servers import binaries_of, missing

SEED = 20260301


@pytest.fixture
def binaries(server_kind):
    found = binaries_of(server_kind)
    if found is None:
        missing(server_kind)
    return found


@pytest.fixture
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("k")


def test_nothing_acknowledged_is_lost(binaries, folder, capsys):
    result = kills.run(folder, rounds=4, seed=SEED, binaries=binaries)
    with capsys.disabled():
        print(f"\n{result}")
    assert (result.writer_kills, result.server_kills) == (2, 2)
    assert result.acknowledged_events > 0
    assert result.answers_unavailable > 0


def test_the_trial_notices_a_loss(binaries, folder, monkeypatch):
    """Acknowledge one command that was never sent: the trial must find out."""
    real = Notes.acknowledged
    lost = UUID(int=1)
    monkeypatch.setattr(Notes, "acknowledged", lambda self: real(self) | {lost: 1})
    with pytest.raises(SoakFailure, match=str(lost)):
        kills.run(folder, rounds=0, seed=SEED, binaries=binaries)


def test_the_verb_prints_its_seed_and_writes_its_results(tmp_path, capsys, monkeypatch, binaries):
    monkeypatch.setattr(soak, "find_binaries", lambda: [binaries])
    parser = argparse.ArgumentParser()
    soak.add_arguments(parser)
    path = tmp_path / "results.json"
    assert soak.run(parser.parse_args(["--rounds=1", "--seed=7", f"--results={path}"])) == 0
    assert "seed 7" in capsys.readouterr().out
    (result,) = json.loads(path.read_text())
    assert (result["writer_kills"], result["server_kills"]) == (1, 0)
