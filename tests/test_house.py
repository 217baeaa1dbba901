"""The house's own rules: whose packages these are, who may import whom, what lies where."""

import ast
import importlib
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ops.installation import LOCKS, ROOT

PACKAGES = ("domain", "projections", "api", "ops")
FOLDERS = {*PACKAGES, "tests", ".ci"}
FILES = {
    "pyproject.toml",
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "LICENSE",
    ".gitignore",
    ".gitattributes",
}


def kept_files():
    """What git keeps or would keep, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("this is not a git checkout")
    names = [Path(os.fsdecode(name)) for name in listed.stdout.split(b"\0") if name]
    return [name for name in names if (ROOT / name).is_file()]


def sources():
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("package", PACKAGES)
def test_each_root_package_is_this_checkouts_own(package):
    module = importlib.import_module(package)
    assert Path(module.__file__).resolve() == ROOT / package / "__init__.py"


def test_the_top_level_holds_what_it_may():
    tops = {(name.parts[0], len(name.parts) > 1) for name in kept_files()}
    assert {name for name, is_folder in tops if is_folder} <= FOLDERS
    assert {name for name, is_folder in tops if not is_folder} <= FILES


def test_every_folder_with_tests_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_module_says_what_it_is():
    mute = [p for p in sources() if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert mute == []


def test_the_import_rules_hold():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_names_this_machine_or_an_index():
    # Put together here, so that this file does not match itself.
    indexes = re.compile("|".join(["pypi" + r"\.org/simple", "files" + r"\.pythonhosted\.org"]))
    here = str(ROOT)
    found = []
    for name in kept_files():
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        if here in text or indexes.search(text):
            found.append(name)
    assert found == []


def pins(lock):
    text = (LOCKS / f"{lock}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^ \\\n]+)", text))


def test_the_locks_agree_and_hold_hashes_only():
    runtime, test, embedded = pins("runtime"), pins("test"), pins("embedded")
    assert runtime.items() <= test.items()
    assert pins("stamps").items() <= test.items()
    assert {name: test.get(name, version) for name, version in embedded.items()} == embedded
    for lock in ("runtime", "test", "embedded", "stamps"):
        text = (LOCKS / f"{lock}.txt").read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        entries = re.split(r"(?m)^(?=[a-z])", text)[1:]
        assert len(entries) == len(pins(lock))
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_wheel_holds_the_four_packages(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("mingzhang-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    packed = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert packed == set(PACKAGES)
    for source in sources():
        assert source.relative_to(ROOT).as_posix() in names
