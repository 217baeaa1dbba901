import asyncio
import os
import stat
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.sealing import UnknownSubject
from ops.keys.data_key import DataKey, KeyCache, KeyDestroyed
from ops.keys.key_store import FileKeyStore, key_store_is_empty
from ops.keys.outer_key import KeyFault, OuterKey
from tests.ops.keys.processes import outputs

pytestmark = pytest.mark.anyio

# Everyone creates the same 40 keys at the same time and prints what they got.
_CREATE = """
import asyncio, sys
from pathlib import Path
from uuid import UUID
from ops.keys.key_store import FileKeyStore
from ops.keys.outer_key import from_text
async def main():
    store = FileKeyStore(Path(sys.argv[1]), from_text(sys.argv[2], "argv"))
    for number in range(40):
        print((await store.create(UUID(int=7), UUID(int=number))).hex())
asyncio.run(main())
"""


def key_file(store: FileKeyStore, organisation: UUID, subject: UUID) -> Path:
    return store._root / str(organisation) / str(subject)[:2] / f"{subject}.key"


async def test_create_once_and_read_back_in_another_process(store, outer, organisation):
    subject = uuid4()
    key = await store.create(organisation, subject)
    again = FileKeyStore(store._root, outer)
    assert len(key) == 32
    assert await store.create(organisation, subject) == key
    assert await again.data_key(organisation, subject) == key
    assert await again.create(organisation, subject) == key


async def test_never_made_is_unknown_and_organisations_are_apart(store, organisation):
    subject = uuid4()
    mine = await store.create(organisation, subject)
    with pytest.raises(UnknownSubject):
        await store.data_key(uuid4(), subject)
    with pytest.raises(UnknownSubject):
        await store.data_keys(organisation, [subject, uuid4()])
    assert await store.create(uuid4(), subject) != mine


async def test_files_and_folders_are_private(tmp_path, outer, organisation, wide_umask):
    store = FileKeyStore(tmp_path / "keys", outer)
    await store.create(organisation, uuid4())
    await store.destroy(organisation, uuid4())
    for path in [store._root, *store._root.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
    assert not list(store._root.rglob("*.tmp"))


async def test_file_holds_the_outer_key_id_and_not_the_key(store, outer, organisation):
    subject = uuid4()
    key = await store.create(organisation, subject)
    content = key_file(store, organisation, subject).read_bytes()
    label = b"mingzhang data key 1\n"
    assert content.startswith(label + bytes.fromhex(outer.key_id))
    assert len(content) == len(label) + 8 + 12 + 48
    assert key not in content


async def test_wrong_outer_key_is_refused_before_anything_is_written(store, organisation):
    await store.create(organisation, uuid4())
    before = {path: path.stat().st_mtime_ns for path in store._root.rglob("*")}
    with pytest.raises(KeyFault, match="sealed under the outer key"):
        FileKeyStore(store._root, OuterKey(os.urandom(32), "another"))
    assert {path: path.stat().st_mtime_ns for path in store._root.rglob("*")} == before


async def test_keys_without_check_file_and_damaged_check_file_are_refused(
    store, outer, organisation
):
    await store.create(organisation, uuid4())
    check = store._root / "check"
    whole = check.read_bytes()
    check.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(KeyFault, match="damaged"):
        FileKeyStore(store._root, outer)
    check.unlink()
    with pytest.raises(KeyFault, match="proves"):
        FileKeyStore(store._root, outer)


async def test_is_empty(tmp_path, outer, organisation):
    assert key_store_is_empty(tmp_path / "keys")
    store = FileKeyStore(tmp_path / "keys", outer)
    assert not key_store_is_empty(store._root)
    await store.create(organisation, uuid4())
    (store._root / "check").unlink()
    assert not key_store_is_empty(store._root)


async def test_damaged_or_exchanged_key_file_is_a_fault(store, outer, organisation):
    one, other = uuid4(), uuid4()
    await store.create(organisation, one)
    await store.create(organisation, other)
    whole = key_file(store, organisation, other).read_bytes()
    contents = [key_file(store, organisation, one).read_bytes(), whole[:-1], b"", os.urandom(89)]
    for content in contents:
        key_file(store, organisation, other).write_bytes(content)
        with pytest.raises(KeyFault, match=str(other)):
            await FileKeyStore(store._root, outer).data_key(organisation, other)


async def test_destroy_really_deletes_and_is_for_ever(store, outer, organisation):
    subject, other = uuid4(), uuid4()
    await store.create(organisation, subject)
    await store.create(organisation, other)
    path = key_file(store, organisation, subject)
    linked = store._root / "linked"
    os.link(path, linked)
    await store.destroy(organisation, subject)
    await store.destroy(organisation, subject)
    assert not path.exists()
    assert linked.read_bytes() == bytes(89)
    for each in (store, FileKeyStore(store._root, outer)):
        assert await each.data_key(organisation, subject) is None
        assert await each.destroyed(organisation) == {subject}
        assert await each.data_key(organisation, other) is not None
        with pytest.raises(KeyDestroyed):
            await each.create(organisation, subject)
    assert (store._root / str(organisation) / "destroyed").read_text() == f"{subject}\n"


async def test_destroy_in_another_process_is_seen_at_once(store, outer, organisation):
    subject = uuid4()
    other = FileKeyStore(store._root, outer)
    await store.create(organisation, subject)
    assert await store.data_key(organisation, subject) is not None
    await other.destroy(organisation, subject)
    assert await store.data_key(organisation, subject) is None
    assert len(store._cache) == 0


async def test_crash_between_listing_and_deleting_is_finished_at_start(store, outer, organisation):
    subject = uuid4()
    await store.create(organisation, subject)
    path = key_file(store, organisation, subject)
    leftover = path.with_name(f"{subject}.0011.tmp")
    leftover.write_bytes(path.read_bytes())
    store._refresh(organisation)
    store._lists[organisation][0].add(subject)
    assert path.exists()
    assert await store.data_key(organisation, subject) is None
    FileKeyStore(store._root, outer)
    assert not path.exists()
    assert not leftover.exists()


async def test_torn_line_in_the_list_is_passed_over_and_a_foreign_one_is_a_fault(
    store, outer, organisation
):
    one, other = uuid4(), uuid4()
    await store.destroy(organisation, one)
    path = store._root / str(organisation) / "destroyed"
    path.write_bytes(path.read_bytes() + str(other).encode()[:20])
    assert await store.destroyed(organisation) == {one}
    await store.destroy(organisation, other)
    assert await FileKeyStore(store._root, outer).destroyed(organisation) == {one, other}
    path.write_bytes(path.read_bytes() + b"x" * 80 + b"\n")
    with pytest.raises(KeyFault, match="something else"):
        await store.destroyed(organisation)


def test_processes_creating_the_same_keys_end_with_one_each(tmp_path, outer):
    root = tmp_path / "keys"
    answers = outputs(_CREATE, str(root), outer.key.hex(), count=4)
    assert len(answers[0]) == 40
    assert all(answer == answers[0] for answer in answers)
    assert len(list(root.rglob("*.key"))) == 40
    assert not list(root.rglob("*.tmp"))


async def test_create_against_destroy_ends_destroyed(store, outer, organisation):
    other = FileKeyStore(store._root, outer)
    for _ in range(60):
        subject = uuid4()
        made, gone = await asyncio.gather(
            store.create(organisation, subject),
            other.destroy(organisation, subject),
            return_exceptions=True,
        )
        assert gone is None
        assert isinstance(made, (DataKey, KeyDestroyed))
        assert await store.data_key(organisation, subject) is None
    assert not list(store._root.rglob("*.*"))


async def test_readers_during_destroy_get_the_key_or_none(store, outer, organisation):
    for _ in range(60):
        subject = uuid4()
        await store.create(organisation, subject)
        cold = FileKeyStore(store._root, outer)
        found, _ = await asyncio.gather(
            cold.data_key(organisation, subject), store.destroy(organisation, subject)
        )
        assert found is None or len(found) == 32
        assert await cold.data_key(organisation, subject) is None


async def test_cache_is_bounded_and_an_evicted_key_is_read_again(tmp_path, outer, organisation):
    store = FileKeyStore(tmp_path / "keys", outer, cached_keys=3)
    made = {subject: await store.create(organisation, subject) for subject in map(_id, range(9))}
    await store.create(uuid4(), uuid4())
    assert len(store._cache) == 3
    assert await store.data_keys(organisation, list(made)) == made
    assert len(store._cache) == 3


def test_cache_counts_replaced_and_forgotten_keys():
    cache, one = KeyCache(2), UUID(int=1)
    cache.put(one, {one: DataKey(bytes(32))})
    cache.put(one, {one: DataKey(bytes(32))})
    assert len(cache) == 1
    cache.forget(one, [one, UUID(int=2)])
    assert len(cache) == 0


def test_a_data_key_does_not_show_itself():
    key = DataKey(b"k" * 32)
    assert "kkk" not in f"{key!r} {key} {[key]}"


def _id(number: int) -> UUID:
    return UUID(int=number)
