"""Every tampering with a case file is found, and the first bad place is named."""

import asyncio
import io
from random import Random

import pytest

from ops.cli import main
from ops.tamper import bundle
from ops.tamper.bundle import KINDS, judge, table, total, verdict
from ops.tamper.forging import Tampered
from ops.tamper.world import make_world
from ops.verifier.verify import verify

NUMBER = 10 * len(KINDS)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return asyncio.run(make_world(tmp_path_factory.mktemp("world"), seed=2))


def test_every_tampering_is_found_and_its_place_named(world):
    outcome = judge(world, NUMBER, seed=20260301)
    print(table(outcome))
    assert outcome.missed == []
    assert {count.made for count in outcome.counts.values()} == {10}
    assert total(outcome.counts).named == NUMBER


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_tampered_with_is_not_what_was_given_out(world, kind):
    """A tampering that changes nothing would count as found for another's reason."""
    whole = {world.whole.packed(), world.partial.packed()}
    for number in range(20):
        tampered = KINDS[kind](world, Random(number))
        assert tampered.data not in whole or tampered.checkpoint


def test_the_same_seed_makes_the_same_tamperings(world):
    for kind, tampering in KINDS.items():
        assert tampering(world, Random(5)) == tampering(world, Random(5)), kind


def test_what_is_not_tampered_with_counts_as_missed(world):
    """The count would be worthless if it could not fail."""
    whole = Tampered(world.whole.packed(), ("zip",))
    assert verdict(whole) == (False, False, "not found")
    elsewhere = Tampered(world.whole.packed()[:-1], ("zip",), ("README.md",))
    assert verdict(elsewhere)[:2] == (True, False)


@pytest.mark.parametrize(
    "broken",
    (
        "_look_around",
        "is_included",
        "_opened",
        "check_export",
        "check_bag",
        "signature_holds",
        "leaf_of",
    ),
)
def test_a_verifier_that_skips_a_step_misses_some(world, monkeypatch, broken):
    from ops.verifier import verify as module

    owner = module.Bag if broken == "_look_around" else module
    honest = getattr(owner, broken)

    def digests(bag):
        listed = bag.text("manifest-sha256.txt").decode()
        return {line[66:]: line[:64] for line in listed.splitlines()}

    def values(event, fact, where):
        import json

        return {line["field"]: json.loads(line["plaintext"]) for line in event["opened"]}

    instead = {
        "_look_around": lambda *_: None,
        "is_included": lambda *_: True,
        "_opened": values,
        "check_export": lambda *_: None,
        "check_bag": digests,
        "signature_holds": lambda *_: True,
        "leaf_of": lambda case, event: event["leaf"],
    }
    monkeypatch.setattr(owner, broken, instead[broken])
    assert judge(world, 3 * len(KINDS), seed=1).missed
    monkeypatch.setattr(owner, broken, honest)
    verify(io.BytesIO(world.whole.packed()))


def test_the_verb_prints_the_counts_and_can_keep_them(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("ops.verbs.tamper.KEPT", tmp_path / "results.json")
    number = str(len(bundle.KINDS))
    assert main(["tamper", "--bundle", "--number", number, "--seed", "3", "--save"]) == 0
    said = capsys.readouterr().out
    assert all(kind in said for kind in KINDS)
    assert '"bundle"' in (tmp_path / "results.json").read_text()
