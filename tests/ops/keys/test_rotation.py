"""The outer key rotated: under servers that run, and cut off at every step."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ops.cli import main
from ops.keys.key_folder import KeyFolder
from ops.keys.key_store import FileKeyStore
from ops.keys.outer_key import KeyFault
from ops.keys.outer_source import EnvironmentSource, FileSource, keyring_of
from ops.keys.request_secret import first_secret
from ops.keys.rotation import rotate, settle
from ops.keys.wrapping import outer_key_id
from tests.ops.keys.processes import ROOT, start

pytestmark = pytest.mark.anyio

ORGANISATION = UUID(int=7)

# Kills itself just before the n-th operation that changes a folder or opens a file.
_KILLED = """
import os, signal, sys
from pathlib import Path
from ops.keys.outer_source import FileSource
from ops.keys.rotation import rotate
left = int(sys.argv[2])
def count(event, _):
    global left
    if event in ("open", "os.link", "os.rename", "os.remove"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
folder = Path(sys.argv[1])
sys.addaudithook(count)
rotate(folder / "keys", FileSource(folder / "outer.key"), lambda *_: None)
print("done")
"""

_CREATING = """
import asyncio, sys
from pathlib import Path
from uuid import UUID
from ops.keys.key_store import FileKeyStore
from ops.keys.outer_source import FileSource, keyring_of
folder = Path(sys.argv[1])
store = FileKeyStore(folder / "keys", keyring_of(FileSource(folder / "outer.key")))
async def work():
    number = int(sys.argv[2])
    while not (folder / "stop").exists():
        key = await store.create(UUID(int=7), UUID(int=number))
        print(number, key.hex(), flush=True)
        if number % 3 == 0:
            await store.destroy(UUID(int=7), UUID(int=number))
        number += 1
asyncio.run(work())
"""


def source(folder: Path) -> FileSource:
    return FileSource(folder / "outer.key")


def opened(folder: Path) -> FileKeyStore:
    return FileKeyStore(folder / "keys", keyring_of(source(folder)))


def unheard(*_: int) -> None:
    pass


async def furnished(folder: Path, count: int = 5) -> dict[UUID, bytes]:
    """A key store with some keys, and what they are."""
    source(folder).first()
    store = opened(folder)
    return {
        subject: await store.create(ORGANISATION, subject)
        for subject in (UUID(int=(number << 120) + 9) for number in range(count))
    }


async def all_keys(folder: Path, subjects) -> dict[UUID, bytes]:
    return await opened(folder).data_keys(ORGANISATION, list(subjects))


def ids_of_files(folder: Path) -> set[str | None]:
    return {outer_key_id(place.path.read_bytes()) for place in KeyFolder(folder / "keys").places()}


def cut_off(folder: Path, step: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", _KILLED, str(folder), str(step)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


async def test_every_key_is_the_same_under_the_new_outer_key_and_the_old_opens_nothing(tmp_path):
    keys = await furnished(tmp_path)
    (old,) = source(tmp_path).keys()
    secret = opened(tmp_path).request_secret()
    told = []
    done = rotate(tmp_path / "keys", source(tmp_path), lambda *each: told.append(each))
    (new,) = source(tmp_path).keys()
    assert (done.old_id, done.new_id, done.keys) == (old.key_id, new.key_id, len(keys))
    assert told[-1] == (len(keys), len(keys))
    assert ids_of_files(tmp_path) == {new.key_id}
    assert await all_keys(tmp_path, keys) == keys
    assert opened(tmp_path).request_secret() == secret
    with pytest.raises(KeyFault, match=f"sealed under the outer key {new.key_id}"):
        FileKeyStore(tmp_path / "keys", old)
    assert not (tmp_path / "outer.key.next").exists()
    assert not KeyFolder(tmp_path / "keys").check_next.exists()


async def test_the_retired_key_is_overwritten_on_the_disk(tmp_path):
    await furnished(tmp_path)
    (tmp_path / "linked").hardlink_to(tmp_path / "outer.key")
    rotate(tmp_path / "keys", source(tmp_path), unheard)
    assert set((tmp_path / "linked").read_bytes()) == {0}


async def test_an_installation_without_a_kept_secret_keeps_the_one_of_its_first_outer_key(tmp_path):
    await furnished(tmp_path)
    (tmp_path / "keys" / "request-secret").unlink()
    (old,) = source(tmp_path).keys()
    rotate(tmp_path / "keys", source(tmp_path), unheard)
    assert opened(tmp_path).request_secret() == first_secret(old)
    rotate(tmp_path / "keys", source(tmp_path), unheard)
    assert opened(tmp_path).request_secret() == first_secret(old)


async def test_a_new_installations_secret_does_not_come_of_its_outer_key(tmp_path):
    await furnished(tmp_path)
    (outer,) = source(tmp_path).keys()
    assert opened(tmp_path).request_secret() != first_secret(outer)


async def test_a_server_that_runs_through_it_reads_and_makes_keys(tmp_path):
    keys = await furnished(tmp_path)
    running = opened(tmp_path)
    rotate(tmp_path / "keys", source(tmp_path), unheard)
    assert await running.data_keys(ORGANISATION, list(keys)) == keys
    made = await running.create(ORGANISATION, uuid4())
    assert len(made) == 32
    (new,) = source(tmp_path).keys()
    assert ids_of_files(tmp_path) == {new.key_id}


async def test_keys_made_and_destroyed_by_others_meanwhile_are_neither_lost_nor_brought_back(
    tmp_path,
):
    keys = await furnished(tmp_path, 60)
    writers = [start(_CREATING, str(tmp_path), str(first)) for first in (1 << 30, 1 << 40)]
    try:
        for writer in writers:
            writer.stdout.readline()
        for _ in range(6):
            await asyncio.to_thread(rotate, tmp_path / "keys", source(tmp_path), unheard)
    finally:
        (tmp_path / "stop").touch()
        said = [writer.communicate()[0].split("\n") for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    made = dict(line.split() for lines in said for line in lines if line)
    assert len(made) > 50
    found = await all_keys(tmp_path, [UUID(int=int(number)) for number in made])
    for number, key in made.items():
        expected = None if int(number) % 3 == 0 else bytes.fromhex(key)
        assert found[UUID(int=int(number))] == expected
    assert await all_keys(tmp_path, keys) == keys
    (new,) = source(tmp_path).keys()
    assert ids_of_files(tmp_path) == {new.key_id}


async def test_killed_before_any_operation_nothing_is_lost_and_it_goes_on(tmp_path):
    """Real kills, one before each operation on the file system, and a store that opens after it."""
    kills, step = 0, 1
    while True:
        folder = tmp_path / str(step)
        folder.mkdir()
        keys = await furnished(folder, 3)
        secret = opened(folder).request_secret()
        done = cut_off(folder, step)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        kills += 1
        assert await all_keys(folder, keys) == keys, f"step {step}"
        assert opened(folder).request_secret() == secret, f"step {step}"
        if settle(KeyFolder(folder / "keys"), source(folder)) is None:
            rotate(folder / "keys", source(folder), unheard)
        assert await all_keys(folder, keys) == keys, f"step {step}"
        assert ids_of_files(folder) == {source(folder).keys()[0].key_id}, f"step {step}"
        assert len(source(folder).keys()) == 1
        step += 1
    assert kills > 40


async def test_a_damaged_key_file_stops_it_with_its_name_and_both_keys_stay_accepted(tmp_path):
    keys = await furnished(tmp_path)
    victim = list(keys)[2]
    path = KeyFolder(tmp_path / "keys").key(ORGANISATION, victim)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(KeyFault, match=str(victim)):
        rotate(tmp_path / "keys", source(tmp_path), unheard)
    rest = [subject for subject in keys if subject != victim]
    assert await all_keys(tmp_path, rest) == {subject: keys[subject] for subject in rest}
    path.write_bytes(whole)
    rotate(tmp_path / "keys", source(tmp_path), unheard)
    assert await all_keys(tmp_path, keys) == keys


async def test_without_one_of_the_two_keys_a_rotation_cut_off_is_refused(tmp_path):
    keys = await furnished(tmp_path)
    path = KeyFolder(tmp_path / "keys").key(ORGANISATION, list(keys)[4])
    whole = path.read_bytes()
    path.write_bytes(b"cut")
    with pytest.raises(KeyFault):
        rotate(tmp_path / "keys", source(tmp_path), unheard)
    path.write_bytes(whole)
    old, new = source(tmp_path).keys()
    for one in (old, new):
        with pytest.raises(KeyFault, match="sealed under the outer key"):
            FileKeyStore(tmp_path / "keys", one)
    (tmp_path / "outer.key.next").unlink()
    with pytest.raises(KeyFault, match=f"sealed under the outer key {new.key_id}"):
        rotate(tmp_path / "keys", source(tmp_path), unheard)


async def test_where_the_keys_file_cannot_be_replaced_a_person_is_told_to(tmp_path):
    """Given a secret that is mounted (here: a link, which is never followed), with the next one."""
    keys = await furnished(tmp_path)
    (tmp_path / "outer.key").rename(tmp_path / "mounted")
    (tmp_path / "outer.key").symlink_to(tmp_path / "mounted")
    done = rotate(tmp_path / "keys", source(tmp_path), unheard)
    assert "put it in the place of" in done.left_to_do
    assert await all_keys(tmp_path, keys) == keys
    (tmp_path / "outer.key.next").replace(tmp_path / "outer.key")
    assert await all_keys(tmp_path, keys) == keys


async def test_two_at_once_is_refused(tmp_path):
    await furnished(tmp_path)
    folder = KeyFolder(tmp_path / "keys")
    with folder.rotating(), pytest.raises(KeyFault, match="another process is rotating"):
        rotate(tmp_path / "keys", source(tmp_path), unheard)


async def test_by_the_environment_a_person_changes_the_variable(tmp_path, monkeypatch, capsys):
    old, new, third = "ab" * 32, "cd" * 32, "ef" * 32
    keys_dir = tmp_path / "keys"
    monkeypatch.setenv("MINGZHANG_OUTER_KEY", old)
    command = ["keys", "--data", str(tmp_path), "rotate-outer"]
    assert main(command) == 1
    assert "there is no key store" in capsys.readouterr().err
    made = FileKeyStore(keys_dir, keyring_of(EnvironmentSource(old, None)))
    key = await made.create(ORGANISATION, ORGANISATION)
    assert main(command) == 1
    assert "MINGZHANG_OUTER_KEY_NEXT" in capsys.readouterr().err
    monkeypatch.setenv("MINGZHANG_OUTER_KEY_NEXT", new)
    assert main(command) == 0
    assert "put it into MINGZHANG_OUTER_KEY" in capsys.readouterr().out
    assert main(command) == 1
    assert "is rotated already" in capsys.readouterr().err
    for text, following in ((old, new), (new, None), (new, third)):
        store = FileKeyStore(keys_dir, keyring_of(EnvironmentSource(text, following)))
        assert await store.data_key(ORGANISATION, ORGANISATION) == key
    with pytest.raises(KeyFault, match="MINGZHANG_OUTER_KEY"):
        FileKeyStore(keys_dir, keyring_of(EnvironmentSource(old, None)))
    assert not (tmp_path / "outer.key").exists()
