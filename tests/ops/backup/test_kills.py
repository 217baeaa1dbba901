"""Real kills in the middle of a backup and of a restore: nothing half is taken for whole."""

import signal
import subprocess
import sys
from random import Random

import pytest

from ops.backup import making
from ops.backup.manifest import BackupFault, check_files, read_any
from ops.backup.notes import is_restoring
from ops.backup.restoring import restore
from tests.ops.backup.office import open_office, settings_of
from tests.ops.backup.test_restore import NOW, back_up_keys, unheard
from tests.ops.keys.processes import ROOT

pytestmark = pytest.mark.anyio

SEED = 20260302
KILLS = 6
MARGIN = 6
"""Threads may each find a folder missing, so the number of operations differs a little."""

# Counts the operations on files from the first look at the settings, and kills itself before one.
_RUN = """
import asyncio, itertools, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import ops.wiring, ops.backup.restoring, ops.backup.making, ops.backup.key_backup
from ops.keys.outer_source import keyring_of, source_of
from ops.settings import Settings
what, folder, database, target, last = sys.argv[1:]
settings = Settings(
    data_dir=Path(target if what == "restore" else f"{folder}/here"),
    database_url=database,
    outer_key_file=Path(folder) / "outer.key",
    signing_key=Path(folder) / "signing.key",
)
# Several threads count: taking the next number is one step, adding to one would not be.
numbers, count = itertools.count(1), 0
def counted(event, arguments):
    global count
    if event in ("open", "os.link", "os.rename", "os.remove", "os.mkdir"):
        count = next(numbers)
        if count == int(last):
            os.kill(os.getpid(), signal.SIGKILL)
def unheard(*_):
    pass
now = datetime(2026, 3, 2, 4, tzinfo=UTC)
sys.addaudithook(counted)
if what == "record":
    asyncio.run(ops.backup.making.make(settings, Path(target), unheard))
elif what == "keys":
    ring = keyring_of(source_of(settings))
    ops.backup.key_backup.make(settings.keys_dir, ring, Path(target), now=now, days=30)
else:
    record, keys = Path(folder) / "record", Path(folder) / "keys"
    asyncio.run(ops.backup.restoring.restore(settings, record, keys, now=now, progress=unheard))
print(count)
"""


def run(what, folder, database, target, last=0):
    command = [sys.executable, "-c", _RUN, what, str(folder), database, str(target), str(last)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def killed(what, folder, database, target, last):
    """Whether it was killed: one that goes on has less to do, and may be done before that."""
    done = run(what, folder, database, target, last)
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode != 0


@pytest.fixture
async def office_here(tmp_path, database):
    settings = settings_of(tmp_path / "here", database)
    async with open_office(settings) as office:
        organisation = await office.house.new_organisation()
        clients = [await office.take_in(organisation, name) for name in "甲乙丙丁"]
        journal = await office.journal(organisation)
    return settings, organisation, clients, journal


@pytest.mark.parametrize("what", ("record", "keys"))
async def test_a_backup_cut_short_is_no_backup_and_goes_on(office_here, tmp_path, what):
    settings, *_ = office_here
    whole = run(what, tmp_path, settings.database_url, tmp_path / "whole")
    operations = int(whole.stdout)
    steps = sorted(Random(SEED).sample(range(2, operations - MARGIN), KILLS))
    for step in steps:
        target = tmp_path / f"cut-{step}"
        assert killed(what, tmp_path, settings.database_url, target, step)
        if target.exists() and any(target.iterdir()):
            with pytest.raises(BackupFault, match=r"cut short|holds no backup"):
                read_any(target)
        # Twice in one folder: the second begins with what the first left.
        if killed(what, tmp_path, settings.database_url, target, max(2, step // 2)):
            assert run(what, tmp_path, settings.database_url, target).returncode == 0
        manifest = read_any(target)
        check_files(target, manifest)
        kept = {path.relative_to(target) for path in target.rglob("*") if path.is_file()}
        original = {p.relative_to(tmp_path / "whole") for p in (tmp_path / "whole").rglob("*")}
        assert kept <= original
        assert len(manifest.files) == len(read_any(tmp_path / "whole").files)


async def test_a_restore_cut_short_serves_nothing_and_goes_on(office_here, tmp_path, server):
    settings, organisation, clients, journal = office_here
    await making.make(settings, tmp_path / "record", unheard)
    back_up_keys(settings, tmp_path / "keys")
    names = [server.create_database("template0") for _ in range(KILLS + 1)]
    try:
        whole = run("restore", tmp_path, server.dsn(names[0]), tmp_path / "whole")
        operations = int(whole.stdout)
        steps = sorted(Random(SEED).sample(range(2, operations - MARGIN), KILLS - 1))
        for step, name in zip([*steps, operations - MARGIN], names[1:], strict=True):
            there = settings_of(tmp_path / f"cut-{step}", server.dsn(name))
            assert killed("restore", tmp_path, there.database_url, there.data_dir, step)
            if is_restoring(there.data_dir):
                with pytest.raises(BackupFault, match="was cut short"):
                    async with open_office(there):
                        pass
            elif list(there.data_dir.rglob("*.sealed")):
                continue  # killed after the end
            await restore(there, tmp_path / "record", tmp_path / "keys", now=NOW, progress=unheard)
            async with open_office(there) as office:
                assert await office.journal(organisation) == journal, f"step {step}"
                for client in clients:
                    assert await office.name_of(organisation, client) == client.name
                    assert await office.file_of(organisation, client) == client.content
    finally:
        for name in names:
            server.drop_database(name)
