"""A backup made before there was a seal: restored here, it gets what this release has."""

import shutil
from types import SimpleNamespace
from uuid import uuid4

import pytest

from domain.casework import Casework
from ops.backup.manifest import DataManifest, read
from ops.evidence_files import FileEvidenceStore
from ops.keys.key_store import FileKeyStore
from ops.keys.outer_source import keyring_of, source_of
from ops.keys.sealing import AesVault
from ops.organisations import add_organisation
from ops.postgres.event_log import PostgresEventLog
from ops.postgres.migrate import load, migrate
from ops.postgres.pool import Pool
from ops.sealing.stored import StoredJournal
from ops.sealing.verifying import verify_journal
from ops.wiring import usable_zones, utc_now
from tests.ops.backup.office import Office, open_office, settings_of
from tests.ops.backup.test_restore import back_up, back_up_keys, put_back

pytestmark = pytest.mark.anyio

BEFORE_THE_SEAL = [migration.name for migration in load()][:4]


async def taken_in_before_the_seal(settings):
    """An organisation with two clients, in a database that has the first four migrations."""
    await migrate(settings.database_url, only=BEFORE_THE_SEAL)
    source_of(settings).first()
    keys = FileKeyStore(settings.keys_dir, keyring_of(source_of(settings)))
    async with Pool(settings.database_url) as pool:
        log = PostgresEventLog(pool)
        casework = Casework(log, AesVault(keys), clock=utc_now, new_id=uuid4, zones=usable_zones())
        evidence = FileEvidenceStore(settings.evidence_dir, keys)
        office = Office(SimpleNamespace(casework=casework, evidence=evidence, log=log))
        organisation = uuid4()
        await add_organisation(pool, organisation)
        clients = [await office.take_in(organisation, name) for name in ("张三", "李四")]
        journal = await office.journal(organisation)
        await log.close()
    return organisation, clients, journal


async def test_a_backup_with_fewer_migrations_is_brought_up_to_date(
    tmp_path, empty_database, empty_elsewhere
):
    here = settings_of(tmp_path / "here", empty_elsewhere)
    organisation, clients, journal = await taken_in_before_the_seal(here)
    await back_up(here, tmp_path / "record")
    back_up_keys(here, tmp_path / "keys")
    made = read(tmp_path / "record", DataManifest)
    assert [each.name for each in made.migrations] == BEFORE_THE_SEAL
    assert "checkpoints" not in {table.name for table in made.tables}
    shutil.rmtree(here.data_dir)
    there = settings_of(tmp_path / "there", empty_database)
    done = await put_back(there, tmp_path / "record", tmp_path / "keys")
    assert (done.positions, done.keyless) == ({organisation: len(journal)}, 0)
    async with open_office(there) as office:
        # Nothing was left for the start to migrate; a signing key is made, for no journal has one.
        assert [said.split(":")[0] for said in office.said] == ["A new signing key was made"]
        assert (await office.journal(organisation))[: len(journal)] == journal
        for client in clients:
            assert await office.name_of(organisation, client) == client.name
            assert await office.file_of(organisation, client) == client.content
        sealed = await office.house.sealer.seal(organisation)
        stored = StoredJournal.of_pool(office.house.pool, organisation)
        found = await verify_journal(stored, {})
        assert (found.wrong, found.checkpoints) == (None, 1)
        assert sealed.size == found.events > len(journal)
        while await office.house.tables.run_once(organisation):
            pass
        assert len((await office.house.reader.caseload(organisation, limit=50)).items) == 2
