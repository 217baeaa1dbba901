"""What the verifier says, to people and to programs: alone, on every Python that it promises."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from ops.tamper.bags import CHECKPOINT
from ops.tamper.proofs import _resigned, made_anew
from ops.tamper.world import FORGER, KEY
from ops.verifier import verify as module
from ops.verifier.verify import MEANS, main

VERIFY = Path(module.__file__)
VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13")


def python(version):
    """A Python of this version on this machine, or None."""
    roots = [os.environ.get("PYENV_ROOT"), Path.home() / ".pyenv"]
    places = [Path(root) / "versions" for root in roots if root]
    found = [path for place in places for path in place.glob(f"{version}.*/bin/python{version}")]
    for candidate in (shutil.which(f"python{version}"), *found):
        command = [str(candidate), "-I", "-c", "import sys; print(*sys.version_info[:2], sep='.')"]
        if candidate is None:
            continue
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.stdout.strip() == version:
            return str(candidate)
    return None


def run(file, *options, interpreter=sys.executable, folder=None):
    """The verifier as an outsider runs it: by itself, in a folder of its own."""
    return subprocess.run(
        [interpreter, "-I", str(VERIFY), str(file), *options],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={},
        check=False,
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_it_runs_by_itself_on_every_python_that_it_promises(version, world, case_file):
    interpreter = python(version)
    if interpreter is None:
        pytest.skip(f"no Python {version} on this machine")
    done = run(case_file, "--key", world.key, interpreter=interpreter, folder=case_file.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert "All holds. 全部相符。" in done.stdout
    case_file.write_bytes(case_file.read_bytes()[:-1])
    done = run(case_file, interpreter=interpreter, folder=case_file.parent)
    assert (done.returncode, done.stderr) == (1, "")
    assert "WRONG 不符" in done.stdout


def test_it_imports_the_standard_library_only():
    tree = ast.parse(VERIFY.read_text("utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or ".").partition(".")[0])
    assert names <= sys.stdlib_module_names
    assert not names & {"subprocess", "socket", "urllib", "http", "ctypes", "pickle", "os"}


def test_the_one_in_the_case_file_is_this_one(world):
    assert world.whole.files["verify.py"] == VERIFY.read_bytes()
    assert "没有证明什么" in world.whole.files["README.md"].decode()
    assert "What is not proved" in world.whole.files["README.md"].decode()


def test_a_whole_file_says_what_is_shown_and_what_is_not(case_file, world, capsys):
    assert main([str(case_file)]) == 0
    said = capsys.readouterr().out
    assert "Shown. 已经证明" in said
    assert "Whose key it is" in said
    assert "a fork is seen only against a checkpoint" in said
    assert main([str(case_file), "--key", world.key]) == 0
    assert "Whose key it is" not in capsys.readouterr().out


def note_file(tmp_path, text):
    path = tmp_path / "held.checkpoint"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_checkpoint_kept_elsewhere_of_the_same_size_shows_the_same_journal(
    case_file, world, tmp_path, capsys
):
    held = note_file(tmp_path, world.whole.files[CHECKPOINT].decode())
    assert main([str(case_file), "--checkpoint", held]) == 0
    said = capsys.readouterr().out
    assert "is the one of your checkpoint" in said
    assert "a fork is seen only" not in said


def test_an_older_one_that_was_given_out_for_this_case_is_continued(
    case_file, world, tmp_path, capsys
):
    held = note_file(tmp_path, world.older.files[CHECKPOINT].decode())
    assert main([str(case_file), "--checkpoint", held]) == 0
    assert "is the one of your checkpoint" in capsys.readouterr().out


@pytest.mark.parametrize(("size", "way"), ((3, "older"), (10**6, "newer")))
def test_another_size_cannot_be_compared_without_the_journal_and_it_says_so(
    case_file, world, tmp_path, capsys, size, way
):
    note = _resigned(world.whole.files[CHECKPOINT].decode(), KEY, size=size)
    assert main([str(case_file), "--checkpoint", note_file(tmp_path, note)]) == 2
    said = capsys.readouterr().out
    assert f"your checkpoint is {way}" in said
    assert "未能比对" in said
    assert "All holds" not in said


@pytest.mark.parametrize(
    ("changes", "signer", "means"),
    (
        ({"root": b"\1" * 32}, KEY, "fork"),
        ({}, FORGER, "signed"),
    ),
)
def test_a_checkpoint_that_contradicts_is_a_fork_and_one_of_a_stranger_is_none(
    case_file, world, tmp_path, capsys, changes, signer, means
):
    note = _resigned(world.whole.files[CHECKPOINT].decode(), signer, **changes)
    assert main([str(case_file), "--checkpoint", note_file(tmp_path, note)]) == 1
    said = capsys.readouterr().out
    assert "--checkpoint" in said
    assert all(text in said for text in MEANS[means])


def test_a_checkpoint_of_another_journal_is_refused(case_file, world, tmp_path, capsys):
    held = note_file(tmp_path, world.foreign.files[CHECKPOINT].decode())
    assert main([str(case_file), "--checkpoint", held]) == 1
    assert MEANS["log"][0] in capsys.readouterr().out


def test_a_file_made_anew_holds_in_itself_and_only_the_key_gives_it_away(world, tmp_path, capsys):
    """Whoever has neither key nor checkpoint from elsewhere is told so, and cannot be helped."""
    path = tmp_path / "forged.zip"
    path.write_bytes(made_anew(world, Random(1)).data)
    assert main([str(path)]) == 0
    assert "Whose key it is" in capsys.readouterr().out
    assert main([str(path), "--key", world.key]) == 1
    assert MEANS["log"][1] in capsys.readouterr().out


def test_what_cannot_be_read_or_meant_is_2(case_file, tmp_path, capsys):
    assert main([str(tmp_path / "nowhere.zip")]) == 2
    assert main([str(tmp_path)]) == 2
    assert main([str(case_file), "--checkpoint", str(tmp_path / "nowhere")]) == 2
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    assert main([str(case_file), "--checkpoint", str(tmp_path / "bytes")]) == 2
    capsys.readouterr()
    with pytest.raises(SystemExit) as caught:
        main(["--wrong"])
    assert caught.value.code == 2


def test_what_a_forger_wrote_does_not_steer_the_terminal(world, tmp_path, capsys):
    bag = world.whole.copy()
    bag.files["data/evidence/\x1b[2J\x07"] = b"x"
    path = tmp_path / "odd.zip"
    path.write_bytes(bag.packed())
    assert main([str(path)]) == 1
    said = capsys.readouterr().out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", said)
    assert "where 位置" in said


def test_every_kind_of_wrong_has_its_meaning_in_both_languages():
    used = set(re.findall(r'"([a-z]+)"', VERIFY.read_text("utf-8").partition("class Wrong")[2]))
    assert set(MEANS) <= used
    for english, chinese in MEANS.values():
        assert english.endswith(".")
        assert chinese.endswith("。")
