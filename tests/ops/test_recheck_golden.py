"""`recheck FILE --json`: the bytes kept here come out again, whatever Python runs the suite."""

import json
import os
import subprocess
import sys

import pytest

from ops import journal_file
from ops.installation import ROOT
from tests.ops.golden_recheck import ASKED, EXPORT, GOLDEN, IN_FULL, answer, digest, kept

MEANT = "if the change is meant: python -m tests.ops.golden_recheck, and look at the difference"


def test_the_answer_kept_in_full_comes_out_byte_for_byte():
    assert answer(ASKED[IN_FULL]) == (GOLDEN / IN_FULL).read_text(encoding="utf-8"), MEANT


@pytest.mark.parametrize("name", tuple(ASKED))
def test_every_answer_has_the_digest_that_is_kept(name):
    assert digest(answer(ASKED[name])) == kept()[name], MEANT


@pytest.mark.parametrize("name", tuple(ASKED))
def test_and_in_another_process_with_another_hash_seed_and_zone(name):
    """No order of a set, no zone or locale of the machine, gets into the answer."""
    strange = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    command = [sys.executable, "-m", "ops", "recheck", str(EXPORT), *ASKED[name], "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **strange}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert digest(done.stdout.decode()) == kept()[name], MEANT


def test_the_kept_export_holds_what_can_befall_a_loan():
    topics = {event.topic for event in journal_file.read(EXPORT)}
    assert topics >= {
        *("loan-taken", "loan-disbursed", "charge-made", "payment-made", "payment-credited"),
        *("payment-reversed", "entry-corrected", "entry-withdrawn", "finding-recorded"),
        *("suit-filed", "lender-claimed", "figures-stated"),
    }


def test_the_kept_answer_holds_figures_given_out_and_what_the_other_pack_moves():
    found = json.loads((GOLDEN / IN_FULL).read_text(encoding="utf-8"))
    assert {one["verdict"] for one in found["stated"]} == {"same"}
    assert "private-lending" in [move["line"] for move in found["moved"]]
    lines = [line for loan in found["ruled"]["loans"] for line in loan["lines"]]
    assert len(found["explanations"]) == len(lines) >= 7
    assert any(line["owed"]["amount"] is not None for line in lines)
