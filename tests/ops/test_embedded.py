"""The embedded server by itself: data, privacy, folders, refusals."""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

import asyncpg
import psycopg
import pytest

from ops.postgres import processes
from ops.postgres.binaries import ServerError, find_binaries
from ops.postgres.privileges import _ways


@pytest.mark.anyio
async def test_answers_asyncpg_and_libpq_and_keeps_its_data(make, binaries):
    server = make(chosen=binaries)
    server.start()
    connection = await asyncpg.connect(server.dsn())
    await connection.execute("CREATE TABLE kept (word text)")
    await connection.execute("INSERT INTO kept VALUES ('明账')")
    assert connection.get_server_version()[0] == binaries.major == server.version[0]
    await connection.close()
    server.stop()
    assert server.pid is None

    begun = time.monotonic()
    server.start()
    assert time.monotonic() - begun < 3  # under 0.1 s on an idle machine
    with psycopg.connect(server.dsn()) as same:
        assert same.execute("SELECT word FROM kept").fetchone() == ("明账",)


def test_listens_on_a_private_socket_only(make, binaries):
    server = make(chosen=binaries)
    server.start()
    assert server.execute("SHOW listen_addresses") == ""
    assert server.execute("SHOW server_encoding") == "UTF8"
    assert server.execute("SHOW fsync") == "off"  # asked for by this test, never by default
    for folder in (server.data_dir, server.socket_dir, server.cluster):
        assert folder.stat().st_mode & 0o077 == 0, folder


def test_the_log_holds_no_values(make):
    server = make()
    server.start()
    server.execute("CREATE TABLE people (name text PRIMARY KEY, age int)", "mingzhang")
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("INSERT INTO people VALUES ('secret-name', 1)")
        for statement in (
            "INSERT INTO people VALUES ('secret-name', 1)",
            "SELECT 'secret-name'::int",
            "DO $$BEGIN RAISE WARNING 'secret-name'; END$$",
        ):
            with contextlib.suppress(psycopg.Error):
                connection.execute(statement)
    server.stop()
    assert "secret-name" not in server.log.read_text(encoding="utf-8")


def test_the_address_survives_odd_characters(make, tmp_path):
    server = make(tmp_path / "a folder, 100% 'odd' 明账")
    server.start()
    with psycopg.connect(server.dsn()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_long_data_path_gets_its_socket_elsewhere(make, tmp_path):
    server = make(tmp_path / ("long" * 20) / ("path" * 20))
    server.start()
    assert server.data_dir not in server.socket_dir.parents
    assert server.socket_dir.stat().st_mode & 0o777 == 0o700
    assert make(server.data_dir).socket_dir == server.socket_dir  # the same next time
    server.stop()
    assert not server.socket_dir.exists()


@pytest.fixture
def short():
    """Two folders whose paths are short enough for a socket, as those of a session are."""
    folders = [Path(tempfile.mkdtemp(prefix="mz-")) for _ in range(2)]
    yield folders
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def test_a_terminal_and_cron_find_the_same_socket(make, short, tmp_path, monkeypatch):
    folder = tmp_path / ("long" * 20)
    here, there = short
    early = make(folder)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(here))
    server = make(folder)
    server.start()
    assert server.socket_dir.parent == here
    for variable in ("XDG_RUNTIME_DIR", "TMPDIR"):
        monkeypatch.setenv(variable, str(there))
    monkeypatch.setattr("tempfile.tempdir", None)
    for other in (early, make(folder)):
        other.start()
        assert other.shared
        assert other.socket_dir == server.socket_dir
    server.stop()
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    here.rmdir()  # as a session's folder goes when the session ends
    late = make(folder)
    late.start()
    assert late.socket_dir.parent == there


def test_a_socket_folder_open_to_others_is_refused(make):
    server = make()
    server.data_dir.mkdir(mode=0o700)
    server.socket_dir.mkdir()
    server.socket_dir.chmod(0o755)
    with pytest.raises(ServerError, match="must be a private one"):
        server.start()


def test_no_folder_above_changes_and_a_closed_home_is_no_obstacle(make, tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    above = [home, *home.parents]
    before = [(p.stat().st_mode, p.stat().st_uid, p.stat().st_gid) for p in above]
    users = Path("/etc/passwd").read_bytes()
    server = make(home / "data")
    server.start()
    server.stop()
    assert [(p.stat().st_mode, p.stat().st_uid, p.stat().st_gid) for p in above] == before
    assert Path("/etc/passwd").read_bytes() == users


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become another user")
@pytest.mark.parametrize("way", (0, 1), ids=("unshare", "setpriv"))
def test_root_runs_it_in_each_way(make, tmp_path, monkeypatch, way):
    ways = _ways(65534, 65534)
    monkeypatch.setattr("ops.postgres.privileges._ways", lambda *_: [ways[way]])
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    server = make(home / "pg")
    server.start()
    assert server.execute("SELECT 1") == "1"
    server.kill()
    server.start()
    assert server.execute("SELECT 1") == "1"
    assert home.stat().st_mode & 0o777 == 0o700
    assert home.stat().st_uid == 0


def test_a_killed_server_starts_again_with_what_was_committed(make, binaries):
    server = make(chosen=binaries)
    server.start()
    for number in range(3):
        server.execute(f"CREATE TABLE t{number} ()", "mingzhang")
        server.kill()
        assert processes.members(server.cluster) == []
        server.start()
    found = server.execute("SELECT count(*) FROM pg_class WHERE relname ~ '^t[0-2]$'", "mingzhang")
    assert found == "3"


def test_data_of_another_major_version_is_refused_untouched(make):
    server = make()
    server.start()
    server.stop()
    (server.cluster / "PG_VERSION").write_text("14\n", encoding="ascii")
    before = sorted((p, p.stat().st_mtime_ns) for p in server.data_dir.rglob("*"))
    with pytest.raises(ServerError, match=r"made by PostgreSQL 14.*choose another --data"):
        make().start()
    assert sorted((p, p.stat().st_mtime_ns) for p in server.data_dir.rglob("*")) == before


def test_the_binaries_that_fit_the_data_are_chosen(make):
    oldest = find_binaries()[-1]
    server = make(chosen=oldest)
    server.start()
    server.stop()
    again = make(chosen=None)
    again.start()
    assert again.version[0] == oldest.major


def test_an_initdb_that_was_cut_short_is_done_again(make):
    server = make()
    draft = server.cluster.with_name("cluster.new")
    draft.mkdir(parents=True)
    server.data_dir.chmod(0o700)
    (draft / "PG_VERSION").write_text("18\n", encoding="ascii")
    server.start()
    assert not draft.exists()


def test_a_server_that_cannot_start_says_why(make):
    server = make()
    server.start()
    server.stop()
    with (server.cluster / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("shared_buffers = 'nonsense'\n")
    with pytest.raises(ServerError, match=r"did not start(.|\n)*shared_buffers"):
        server.start()


def test_an_overgrown_log_is_put_aside(make):
    server = make()
    server.data_dir.mkdir(mode=0o700)
    server.log.write_bytes(b"x" * (6 * 1024 * 1024))
    server.start()
    assert server.log.stat().st_size < 100_000
    assert server.log.with_name("postgres.log.1").stat().st_size > 5_000_000


def test_nothing_listens_on_tcp(make):
    server = make()
    server.start()
    taken = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        if Path(table).exists()
        for line in Path(table).read_text(encoding="ascii").splitlines()[1:]
        if line.split()[9] in _inodes(server.pid)
    ]
    assert taken == []


def _inodes(pid):
    found = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        target = str(entry.readlink())
        if target.startswith("socket:["):
            found.add(target[8:-1])
    return found
