"""A backup restored: everything is there, and nobody is back who was forgotten."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace

from api.auth import secret_digest
from api.feeds import Label, StoredFeed
from ops.backup import key_backup, making
from ops.backup.manifest import BackupFault
from ops.backup.restoring import restore
from ops.keys.key_folder import KeyFolder
from ops.keys.outer_key import KeyFault
from ops.keys.outer_source import keyring_of, source_of
from ops.keys.rotation import rotate
from ops.keys.wrapping import check_mark
from tests.ops.backup.office import open_office, settings_of

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


def unheard(*_):
    pass


def back_up_keys(settings, folder, now=NOW, days=30):
    ring = keyring_of(source_of(settings))
    return key_backup.make(settings.keys_dir, ring, folder, now=now, days=days)


async def back_up(settings, folder):
    return await making.make(settings, folder, unheard)


async def put_back(settings, data, keys=None, now=NOW):
    return await restore(settings, data, keys, now=now, progress=unheard)


@pytest.fixture
def here(tmp_path, database):
    return settings_of(tmp_path / "here", database)


@pytest.fixture
def there(tmp_path, empty_database):
    return settings_of(tmp_path / "there", empty_database)


async def test_all_is_there_again_on_a_server_of_another_major_version(
    here, tmp_path, empty_elsewhere
):
    """Given two organisations, when both backups are restored elsewhere, then nothing differs."""
    there = settings_of(tmp_path / "there", empty_elsewhere)
    async with open_office(here) as office:
        first, second = await office.house.new_organisation(), await office.house.new_organisation()
        clients = [await office.take_in(first, name) for name in ("张三", "李\t四\n\\N", "王五")]
        other = await office.take_in(second, "赵六", size=300_000)
        before = [await office.journal(each) for each in (first, second)]
        secret = office.house.secret
        manifest = await back_up(here, tmp_path / "record")
    back_up_keys(here, tmp_path / "keys")
    done = await put_back(there, tmp_path / "record", tmp_path / "keys")
    assert done.positions == {first: len(before[0]), second: len(before[1])}
    assert (done.rows, done.keyless, done.missing, done.forgotten) == (
        sum(table.rows for table in manifest.tables),
        0,
        0,
        0,
    )
    async with open_office(there) as office:
        assert [await office.journal(each) for each in (first, second)] == before
        for client in clients:
            assert await office.name_of(first, client) == client.name
            assert await office.file_of(first, client) == client.content
        assert await office.file_of(second, other) == other.content
        assert office.house.secret == secret
        assert office.said == []
        # The journal goes on where it ended, under the same keys.
        more = await office.take_in(first, "新")
        assert await office.name_of(first, more) == "新"
        await office.journal(first)


async def forgotten_today(here, tmp_path):
    """Yesterday's two backups, and a client forgotten today."""
    async with open_office(here) as office:
        organisation = await office.house.new_organisation()
        gone, kept = [await office.take_in(organisation, name) for name in ("张三", "李四")]
        await back_up(here, tmp_path / "record-1")
        back_up_keys(here, tmp_path / "k" / "keys-1")
        await office.house.casework.vault._key_store.destroy(organisation, gone.client_id)
    return organisation, gone, kept


async def stays_forgotten(settings, organisation, gone, kept):
    async with open_office(settings) as office:
        assert await office.name_of(organisation, gone) is None
        with pytest.raises(KeyError, match="destroyed"):
            await office.file_of(organisation, gone)
        assert await office.name_of(organisation, kept) == kept.name
        assert await office.file_of(organisation, kept) == kept.content
        assert len(await office.journal(organisation)) > 6
    assert not KeyFolder(settings.keys_dir).key(organisation, gone.client_id).exists()
    assert not list(settings.evidence_dir.rglob(f"{gone.file_id}*"))


async def test_yesterdays_backups_over_todays_key_store(here, there, tmp_path):
    organisation, gone, kept = await forgotten_today(here, tmp_path)
    here.keys_dir.rename(there.data_dir.mkdir() or there.keys_dir)
    done = await put_back(there, tmp_path / "record-1", tmp_path / "k" / "keys-1")
    assert (done.forgotten, done.keys, done.keyless) == (1, 0, 0)
    await stays_forgotten(there, organisation, gone, kept)


@pytest.mark.parametrize("state", ("whole", "expired", "spoiled"))
async def test_yesterdays_keys_with_the_list_of_a_newer_key_backup_beside_them(
    here, there, tmp_path, state
):
    """Nothing but backups is left; of the newer one the list counts, whatever befell the rest."""
    organisation, gone, kept = await forgotten_today(here, tmp_path)
    made = NOW - timedelta(days=40) if state == "expired" else NOW
    back_up_keys(here, tmp_path / "k" / "keys-2", now=made)
    if state == "spoiled":
        (tmp_path / "k" / "keys-2" / "manifest.json").unlink()
    done = await put_back(there, tmp_path / "record-1", tmp_path / "k" / "keys-1")
    assert (done.forgotten, done.keys) == (1, 1)
    await stays_forgotten(there, organisation, gone, kept)


async def test_todays_record_with_yesterdays_keys_by_its_list_and_by_its_journal(
    here, there, tmp_path
):
    organisation, gone, kept = await forgotten_today(here, tmp_path)
    async with open_office(here) as office:
        await office.record_erasure(organisation, gone.client_id)
    # The journal alone has to do: the record's own list is not made without a key store.
    KeyFolder(here.keys_dir).destroyed(organisation).unlink()
    await back_up(here, tmp_path / "record-2")
    assert not (tmp_path / "record-2" / "forgotten").exists()
    done = await put_back(there, tmp_path / "record-2", tmp_path / "k" / "keys-1")
    assert done.forgotten == 1
    await stays_forgotten(there, organisation, gone, kept)


async def test_the_records_own_list_is_enough(here, there, tmp_path):
    organisation, gone, kept = await forgotten_today(here, tmp_path)
    await back_up(here, tmp_path / "record-2")
    assert not list((tmp_path / "record-2").rglob(f"{gone.file_id}*"))
    await put_back(there, tmp_path / "record-2", tmp_path / "k" / "keys-1")
    await stays_forgotten(there, organisation, gone, kept)


async def test_keys_alone_over_a_journal_that_erased_somebody(here, tmp_path):
    """The disk with the keys is lost, the database is not."""
    organisation, gone, kept = await forgotten_today(here, tmp_path)
    async with open_office(here) as office:
        await office.record_erasure(organisation, gone.client_id)
    here.keys_dir.rename(tmp_path / "lost")
    next(here.evidence_dir.rglob(f"{gone.file_id}*")).unlink()
    for _ in range(2):
        with pytest.raises(KeyFault, match="key store that seals their names is not here"):
            async with open_office(here):
                pass
    done = await put_back(here, None, tmp_path / "k" / "keys-1")
    assert (done.keys, done.forgotten, done.made_at) == (1, 1, None)
    await stays_forgotten(here, organisation, gone, kept)


async def test_a_restored_key_never_takes_the_place_of_one_that_is_here(here, there, tmp_path):
    organisation, _, kept = await forgotten_today(here, tmp_path)
    here.keys_dir.rename(there.data_dir.mkdir() or there.keys_dir)
    path = KeyFolder(there.keys_dir).key(organisation, kept.client_id)
    there_before = path.read_bytes()
    await put_back(there, tmp_path / "record-1", tmp_path / "k" / "keys-1")
    assert path.read_bytes() == there_before


async def test_keys_that_are_older_than_the_record_are_said_to_lack(here, there, tmp_path):
    async with open_office(here) as office:
        organisation = await office.house.new_organisation()
        await office.take_in(organisation)
        back_up_keys(here, tmp_path / "keys")
        await office.take_in(organisation)
        await back_up(here, tmp_path / "record")
    done = await put_back(there, tmp_path / "record", tmp_path / "keys")
    assert done.keyless == 1
    back_up_keys(here, tmp_path / "newer")
    done = await put_back(there, None, tmp_path / "newer")
    assert done.keys == 1


async def test_an_expired_key_backup_and_one_with_a_moved_date_are_refused(here, there, tmp_path):
    await forgotten_today(here, tmp_path)
    keys = tmp_path / "k" / "keys-1"
    with pytest.raises(BackupFault, match="expired at 2026-04-01"):
        await put_back(there, tmp_path / "record-1", keys, now=NOW + timedelta(days=30))
    manifest = keys / "manifest.json"
    manifest.write_text(manifest.read_text().replace("2026-04-01", "2036-04-01"))
    with pytest.raises(BackupFault, match="changed after it was made"):
        await put_back(there, tmp_path / "record-1", keys)
    assert not there.data_dir.exists()


async def test_key_backups_under_another_outer_key_are_refused_by_its_id(here, there, tmp_path):
    await forgotten_today(here, tmp_path)
    (old,) = source_of(here).keys()
    rotate(here.keys_dir, source_of(here), unheard)
    with pytest.raises(KeyFault, match=f"under the outer key {old.key_id}"):
        await put_back(there, tmp_path / "record-1", tmp_path / "k" / "keys-1")
    here.outer_key_file.rename(tmp_path / "aside")
    with pytest.raises(KeyFault, match="outer key is missing"):
        await put_back(there, tmp_path / "record-1", tmp_path / "k" / "keys-1")
    assert not there.data_dir.exists()


async def test_a_key_backup_made_after_a_rotation_opens_the_record_of_before(here, there, tmp_path):
    organisation, gone, kept = await forgotten_today(here, tmp_path)
    rotate(here.keys_dir, source_of(here), unheard)
    back_up_keys(here, tmp_path / "k" / "keys-2")
    await put_back(there, tmp_path / "record-1", tmp_path / "k" / "keys-2")
    await stays_forgotten(there, organisation, gone, kept)


async def test_a_list_beside_that_holds_something_else_is_named(here, there, tmp_path):
    organisation, *_ = await forgotten_today(here, tmp_path)
    strange = tmp_path / "k" / "other" / "keys" / str(organisation) / "destroyed"
    strange.parent.mkdir(parents=True)
    strange.write_text("x" * 50 + "\n")
    with pytest.raises(KeyFault, match="holds something else"):
        await put_back(there, tmp_path / "record-1", tmp_path / "k" / "keys-1")
    assert not there.data_dir.exists()


async def test_no_key_backup_during_a_rotation(here, tmp_path):
    await forgotten_today(here, tmp_path)
    source = source_of(here)
    following = source.next_key()
    KeyFolder(here.keys_dir).check_next.write_bytes(check_mark(following))
    with pytest.raises(BackupFault, match="being rotated"):
        back_up_keys(here, tmp_path / "keys-2")
    assert not (tmp_path / "keys-2").exists()


async def test_no_backup_holds_a_key_in_clear_or_a_name(here, tmp_path):
    async with open_office(here) as office:
        organisation = await office.house.new_organisation()
        client = await office.take_in(organisation, "独一无二")
        key = await office.house.casework.vault._key_store.data_key(organisation, client.client_id)
        await back_up(here, tmp_path / "b" / "record")
    back_up_keys(here, tmp_path / "b" / "keys")
    for path in (tmp_path / "b").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert bytes(key) not in content
            assert "独一无二".encode() not in content
            assert path.stat().st_mode & 0o077 == 0
    assert not list((tmp_path / "b" / "record").rglob("*.key"))


async def test_an_ordinary_owner_whom_row_level_security_binds_can_do_both(
    server, tmp_path, database, empty_database
):
    """Given a database of a user who is no superuser, then nothing is different."""
    role = f"owner_{uuid4().hex[:8]}"
    server.embedded.execute(f"CREATE ROLE {role} LOGIN; GRANT mingzhang_app TO {role}")
    names = [server.create_database("template0") for _ in range(2)]
    try:
        for name in names:
            server.embedded.execute(f"ALTER DATABASE {name} OWNER TO {role}")
        here, there = (
            settings_of(tmp_path / folder, server.embedded.dsn(name, role))
            for folder, name in zip(("here", "there"), names, strict=True)
        )
        organisation, _, kept = await forgotten_today(here, tmp_path)
        done = await put_back(there, tmp_path / "record-1", tmp_path / "k" / "keys-1")
        assert done.positions[organisation] > 6
        back_up_keys(here, tmp_path / "k" / "keys-2")
        async with open_office(there) as office:
            assert await office.name_of(organisation, kept) == kept.name
            async with office.house.pool.acquire(uuid4()) as connection:
                assert await connection.fetchval("SELECT count(*) FROM mingzhang.events") == 0
        forced = server.embedded.execute(
            "SELECT bool_and(relforcerowsecurity) FROM pg_class WHERE relrowsecurity", names[1]
        )
        assert forced == "t"
    finally:
        for name in names:
            server.drop_database(name)
        server.embedded.execute(f"DROP ROLE {role}")


async def test_no_calendar_feed_lives_through_a_restore(here, there, tmp_path):
    """Given two feeds, when one is revoked after the backup, then neither is back."""
    feeds = [
        StoredFeed(
            organisation=uuid4(),
            feed_id=uuid4(),
            secret_sha256=secret_digest(secret),
            adviser="m-1",
            label=Label.PHONE,
            made_at=NOW - timedelta(days=1),
            made_by="m-1",
        )
        for secret in ("kept", "revoked")
    ]
    before = NOW - timedelta(hours=1)
    async with open_office(here) as office:
        store = office.house.feeds
        for feed in feeds:
            await office.house.new_organisation(feed.organisation)
            await store.add(feed)
        gone = replace(feeds[0], feed_id=uuid4(), secret_sha256=secret_digest("gone"))
        await store.add(gone)
        gone = await store.revoke(gone.organisation, gone.feed_id, "m-2", before)
        await back_up(here, tmp_path / "record")
        await store.revoke(feeds[1].organisation, feeds[1].feed_id, "m-1", NOW)
    back_up_keys(here, tmp_path / "keys")
    await put_back(there, tmp_path / "record", tmp_path / "keys")
    async with open_office(there) as office:
        store = office.house.feeds
        for feed in feeds:
            assert await store.find(feed.secret_sha256) is None
            found = await store.some(feed.organisation, adviser=None, after=None, limit=9)
            (restored,) = [each for each in found if each.feed_id == feed.feed_id]
            assert restored.revoked_by == "restore"
            assert replace(restored, revoked_at=None, revoked_by=None) == feed
        found = await store.some(gone.organisation, adviser=None, after=None, limit=9)
        assert gone in found
