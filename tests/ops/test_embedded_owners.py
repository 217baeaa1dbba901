"""Who owns the embedded server: real processes, really killed."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from ops.installation import ROOT
from ops.postgres import processes
from ops.postgres.binaries import ServerError
from tests.ops.conftest import OWNER


def gone_within(pids, seconds):
    return processes.wait_gone(pids, seconds)


def test_a_killed_owner_takes_its_server_with_it(owner, make, tmp_path):
    process, told = owner(tmp_path / "pg")
    process.kill()
    assert gone_within([told["server"], told["watchdog"]], 10)
    server = make()
    server.start()
    assert server.pid != told["server"]


def test_a_new_owner_waits_for_the_server_of_a_killed_one(owner, make, tmp_path):
    process, told = owner(tmp_path / "pg")
    process.kill()
    server = make()
    server.start()  # at once, while the watchdog is still at work
    assert not server.shared
    assert server.pid != told["server"]
    assert server.execute("SELECT 1") == "1"


def orphan(owner, folder):
    process, told = owner(folder)
    os.kill(told["watchdog"], signal.SIGKILL)
    process.kill()
    process.wait()
    return told["server"]


def test_an_orphan_without_watchdog_is_adopted(owner, make, tmp_path):
    left = orphan(owner, tmp_path / "pg")
    assert processes.alive(left)
    server = make()
    server.start()
    assert server.pid == left
    server.stop()
    assert gone_within([left], 5)


def test_an_orphan_that_does_not_answer_is_replaced(owner, make, tmp_path):
    left = orphan(owner, tmp_path / "pg")
    for entry in make().socket_dir.iterdir():
        entry.unlink()
    server = make()
    server.start()
    assert server.pid != left
    assert server.execute("SELECT 1") == "1"
    assert "does not answer" in server.said[0]


def test_a_server_whose_binaries_changed_is_restarted_and_that_is_said(
    owner, make, tmp_path, newest
):
    left = orphan(owner, tmp_path / "pg")
    later = replace(newest, version=(newest.version[0], newest.version[1] + 1))
    server = make(chosen=later)
    server.start()
    assert server.pid != left
    assert "binaries changed under it" in server.said[0]


def test_a_second_process_shares_the_server_and_leaves_it_running(owner, make, tmp_path):
    process, told = owner(tmp_path / "pg")
    server = make()
    server.start()
    assert server.shared
    assert server.pid == told["server"]
    server.stop()
    assert processes.alive(told["server"])
    with pytest.raises(ServerError, match="belongs to another process"):
        server.restart()
    process.stdin.close()
    process.wait()
    assert not processes.alive(told["server"])


def test_two_starts_at_once_give_one_server(tmp_path, newest):
    words = [str(tmp_path / "pg"), str(newest.directory), *map(str, newest.version)]
    command = [sys.executable, "-c", OWNER, *words]
    both = [
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
        )
        for _ in range(2)
    ]
    told = [json.loads(process.stdout.readline()) for process in both]
    assert told[0]["server"] == told[1]["server"]
    assert sorted(one["shared"] for one in told) == [False, True]
    for process in both:
        process.communicate()
        assert process.returncode == 0


def test_a_folder_in_use_that_does_not_answer_is_refused(make, monkeypatch):
    monkeypatch.setattr("ops.postgres.embedded._LOCK_PATIENCE", 0.2)
    holder, late = make(), make()
    holder.data_dir.mkdir(mode=0o700)
    assert holder._lock.acquire()
    with pytest.raises(ServerError, match=f"in use by process {os.getpid()}"):
        late.start()


def test_a_stale_pid_file_that_names_a_living_stranger_is_no_obstacle(make):
    server = make()
    server.start()
    server.kill()
    file = server.cluster / processes.PID_FILE
    lines = file.read_text(encoding="utf-8").splitlines()
    stranger = subprocess.Popen(["sleep", "60"])
    file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n", encoding="utf-8")
    server.start()
    assert server.execute("SELECT 1") == "1"
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(make):
    server = make()
    server.start()
    assert os.getsid(server.pid) == server.pid != os.getsid(0)
