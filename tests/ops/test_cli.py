"""The command line and the settings."""

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from ops import cli
from ops.installation import ROOT
from ops.settings import Settings, default_data_dir
from ops.verbs import test as test_verb
from tests import servers


def test_help_lists_every_verb_with_its_summary(capsys):
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    for verb, summary in cli.verbs().items():
        assert f"{verb} " in said
        assert summary in said


def test_every_verb_has_what_a_verb_needs():
    for verb in cli.verbs():
        done = subprocess.run(
            [sys.executable, "-c", f"from ops.cli import main; main([{verb!r}, '--help'])"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "--data" in done.stdout


def test_no_verb_is_a_wrong_call(capsys):
    assert cli.main([]) == 2
    assert "verbs:" in capsys.readouterr().out


def test_an_unknown_verb_gets_a_sentence(capsys):
    assert cli.main(["docter"]) == 2
    said = capsys.readouterr().err
    assert "There is no verb `docter`" in said
    assert "Did you mean `doctor`?" in said


def test_ctrl_c_ends_without_a_traceback(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("ops.verbs.doctor.run", interrupted)
    assert cli.main(["doctor"]) == 130
    assert "Stopped." in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    (("--data", "D", "list", "--x"), ("list", "--data", "D", "--x"), ("list", "--data=D", "--x")),
)
def test_the_data_folder_may_be_named_after_an_action(words):
    moved = cli._data_first(list(words))
    assert " ".join(moved).replace("=", " ") == "--data D list --x"
    assert cli._data_first(["--", *words]) == ["--", *words]
    assert cli._data_first(["list", "--data"]) == ["--data", "list"]


def test_a_reader_who_has_enough_gets_no_traceback():
    script = (
        "import ops.cli, ops.verbs.doctor as d;"
        "d.run = lambda _: [print('x' * 9999, flush=True) for _ in range(99)];"
        "import sys; sys.exit(ops.cli.main(['doctor']))"
    )
    call = f'"{sys.executable}" -c "{script}" | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(
        ["bash", "-c", call], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (141, "")


def test_doctor_names_what_to_do(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:hidden@127.0.0.1:1/none")
    key = tmp_path / "outer.key"
    key.write_bytes(b"key")
    key.chmod(0o644)
    assert cli.main(["doctor", "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert f"chmod 600 {key}" in said
    assert "DATABASE_URL does not answer" in said
    assert "hidden" not in said


def test_settings_come_from_flags_before_the_environment(tmp_path):
    flags = argparse.Namespace(data=tmp_path, host=None, port=0)
    settings = Settings.load(flags, {"MINGZHANG_DATA": "/elsewhere", "MINGZHANG_HOST": "::1"})
    assert settings.data_dir == tmp_path
    assert settings.outer_key_file == tmp_path / "outer.key"
    assert settings.keys_dir == tmp_path / "keys"
    assert (settings.host, settings.port) == ("::1", 0)
    assert settings.database_url is None


def test_settings_take_the_environment():
    environ = {
        "HOME": "/home/u",
        "DATABASE_URL": "postgres://db/mz",
        "MINGZHANG_OUTER_KEY_FILE": "/run/secrets/outer",
    }
    settings = Settings.load(None, environ)
    assert settings.database_url == "postgres://db/mz"
    assert settings.outer_key_file == Path("/run/secrets/outer")


@pytest.mark.parametrize(
    ("name", "value"),
    (
        ("DATABASE_URL", "mysql://x:secret@y"),
        ("MINGZHANG_PORT", "70000"),
        ("MINGZHANG_PORT", "x"),
        ("MINGZHANG_OUTER_KEY", " "),
        ("MINGZHANG_OUTER_KEY_NEXT", "ab"),
    ),
)
def test_settings_that_cannot_be_meant_are_refused(name, value):
    with pytest.raises(ValueError, match=name) as caught:
        Settings.load(None, {"HOME": "/home/u", name: value})
    assert "secret" not in str(caught.value)


def test_an_outer_key_from_two_places_is_refused_and_one_from_the_environment_is_not_shown():
    environ = {"HOME": "/home/u", "MINGZHANG_OUTER_KEY": "ab" * 32}
    assert "abab" not in repr(Settings.load(None, environ))
    with pytest.raises(ValueError, match="both set") as caught:
        Settings.load(None, {**environ, "MINGZHANG_OUTER_KEY_FILE": "/run/secrets/outer"})
    assert "abab" not in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders are Linux's")
def test_the_data_folder_follows_the_platform():
    assert default_data_dir({"HOME": "/h"}) == Path("/h/.local/share/mingzhang")
    assert default_data_dir({"HOME": "/h", "XDG_DATA_HOME": "/x"}) == Path("/x/mingzhang")
    assert default_data_dir({"HOME": "/h", "XDG_DATA_HOME": "x"}).is_relative_to("/h")


@pytest.fixture
def idle_pytest(monkeypatch):
    """The verb `test` with a pytest that succeeds and runs nothing on any server."""
    done = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr("ops.verbs.test.subprocess.run", lambda *_, **__: done)
    monkeypatch.setattr("tests.servers.find_binaries", list)
    return argparse.Namespace(workers="1", rest=[])


@pytest.mark.parametrize(("ci", "status"), (("true", 1), ("", 0)))
def test_ci_fails_unless_every_kind_of_server_ran(idle_pytest, monkeypatch, capsys, ci, status):
    monkeypatch.setenv("CI", ci)
    assert test_verb.run(idle_pytest) == status
    said = capsys.readouterr().out
    assert "embedded: not on this machine" in said
    assert ("nothing ran on: embedded, postgresql-15" in said) == bool(status)


@pytest.mark.parametrize(
    ("ci", "outcome"), (("true", pytest.fail.Exception), ("", pytest.skip.Exception))
)
def test_a_missing_server_is_a_failure_in_ci_only(monkeypatch, ci, outcome):
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no postgresql-15 server"):
        servers.missing(servers.OLDEST)
