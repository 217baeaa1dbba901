"""The command line on the embedded server: a day in the life of backups."""

import asyncio
import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from ops.backup import making, notes
from ops.backup.manifest import DataManifest, read
from ops.cli import main
from ops.keys.outer_key import KeyFault
from ops.settings import Settings
from tests.ops.backup.office import open_office, settings_of
from tests.ops.backup.test_restore import back_up_keys, put_back, unheard

ORIGINAL = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def data(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "MINGZHANG_OUTER_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MINGZHANG_OUTER_KEY", "ab" * 32)
    # Kept beside the outer key, as the runbook says.
    monkeypatch.setenv("MINGZHANG_SIGNING_KEY_FILE", str(tmp_path / "signing.key"))
    return tmp_path / "data"


def in_office(data, work):
    async def run():
        async with open_office(
            Settings.load(None, os.environ | {"MINGZHANG_DATA": str(data)})
        ) as it:
            return await work(it), it.said

    return asyncio.run(run())


def examined(data, capsys):
    """What `doctor` says; how the installation fares does not matter here."""
    main(["doctor", *data])
    return capsys.readouterr().out


def test_a_day_of_backups_and_a_bad_morning(data, tmp_path, capsys, monkeypatch):
    async def begin(office):
        organisation = await office.house.new_organisation()
        return organisation, await office.take_in(organisation)

    (organisation, client), _ = in_office(data, begin)
    here = ["--data", str(data)]
    assert "none was made yet: python3 -m ops backup FOLDER" in examined(here, capsys)

    assert main(["backup", *here, str(tmp_path / "record")]) == 0
    assert main(["backup", *here, "--keys", str(tmp_path / "keys")]) == 0
    said = capsys.readouterr().out
    assert f"organisation {organisation}: " in said
    assert "1 sealed evidence files" in said
    assert "1 keys, wrapped under the outer key" in said
    assert main(["backup", *here, "--check", str(tmp_path / "record")]) == 0
    assert main(["backup", *here, "--check", str(tmp_path / "keys")]) == 0
    assert "for another 29 days" in capsys.readouterr().out
    assert main(["backup", *here, str(tmp_path / "record")]) == 1
    assert "is not empty" in capsys.readouterr().err
    said = examined(here, capsys)
    assert "PROBLEM  backup" not in said
    assert f"backup of the record: the newest is of {datetime.now(UTC):%Y-%m-%d}" in said
    assert "backup of the keys: the newest is of" in said

    there = ["--data", str(tmp_path / "there")]
    assert main(["restore", *there, str(tmp_path / "record")]) == 1
    assert "There is no key store yet" in capsys.readouterr().err
    assert main(["restore", *there, "--keys", str(tmp_path / "keys")]) == 0
    assert "1 keys came back; 0 people stay forgotten." in capsys.readouterr().out

    async def look(office):
        assert await office.file_of(organisation, client) == client.content
        return await office.name_of(organisation, client)

    assert in_office(tmp_path / "there", look) == (client.name, [])
    assert main(["restore", *there, str(tmp_path / "record")]) == 1
    assert "never writes over anything" in " ".join(capsys.readouterr().err.split())


def test_a_lost_or_wrong_outer_key_from_the_environment_starts_nothing(data, monkeypatch):
    async def begin(office):
        return await office.take_in(await office.house.new_organisation())

    in_office(data, begin)
    before = {path: path.stat().st_mtime_ns for path in (data / "keys").rglob("*")}
    monkeypatch.setenv("MINGZHANG_OUTER_KEY", "cd" * 32)
    with pytest.raises(KeyFault, match="the key came from MINGZHANG_OUTER_KEY"):
        in_office(data, begin)
    monkeypatch.delenv("MINGZHANG_OUTER_KEY")
    with pytest.raises(KeyFault, match="outer key is missing"):
        in_office(data, begin)
    assert {path: path.stat().st_mtime_ns for path in (data / "keys").rglob("*")} == before
    assert not (data / "outer.key").exists()


def test_expired_and_old_backups_are_problems_for_doctor(data, tmp_path, capsys):
    (tmp_path / "old-keys").mkdir()
    data.mkdir()
    ended = ORIGINAL + timedelta(days=30)
    notes.write(data, notes.Note("data", ORIGINAL, str(tmp_path / "x"), {}))
    notes.write(data, notes.Note("keys", ORIGINAL, str(tmp_path / "old-keys"), {}, ended))
    with (data / notes.NOTES).open("a") as file:
        file.write('{"what": "cut off by a pow')
    assert main(["doctor", "--data", str(data)]) == 1
    said = capsys.readouterr().out
    assert "PROBLEM  backup of the record: the newest is of 2026-03-01 00:00 UTC" in said
    assert "it expired on 2026-03-31: make another (backup --keys)" in said
    assert f"{tmp_path / 'old-keys'} expired on 2026-03-31: destroy it" in said


def test_a_restore_under_way_is_a_problem_for_doctor(data, capsys):
    data.mkdir()
    (data / notes.RESTORING).touch()
    assert main(["doctor", "--data", str(data)]) == 1
    assert "run the same `restore` again" in capsys.readouterr().out


def test_a_rotation_cut_off_is_a_problem_for_doctor_and_the_environments_key_is_named(data, capsys):
    async def nothing(office):
        return None

    in_office(data, nothing)
    said = examined(["--data", str(data)], capsys)
    assert "ok       outer key: MINGZHANG_OUTER_KEY is the one that people's keys" in said
    (data / "keys" / "check.next").write_bytes((data / "keys" / "check").read_bytes())
    assert main(["doctor", "--data", str(data)]) == 1
    assert "a rotation was not finished" in capsys.readouterr().out


@pytest.mark.anyio
async def test_a_journal_put_back_behind_what_it_had_reached_is_said(
    tmp_path, database, empty_database
):
    """Given backups of position 4 and 8, when the older is restored, then every start says so."""
    here = settings_of(tmp_path / "here", database)
    async with open_office(here) as office:
        organisation = await office.house.new_organisation()
        await office.take_in(organisation)
        first = await making.make(here, tmp_path / "first", unheard)
        await office.take_in(organisation)
        second = await making.make(here, tmp_path / "second", unheard)
    low, high = (each.journals[0].position for each in (first, second))
    assert low < high
    for manifest in (first, second):
        at = {str(organisation): manifest.journals[0].position}
        notes.write(here.data_dir, notes.Note("data", manifest.made_at, "x", at))
    here.evidence_dir.rename(tmp_path / "lost")
    again = settings_of(here.data_dir, empty_database)
    await put_back(again, tmp_path / "first")
    (behind,) = notes.behind(notes.read(here.data_dir))
    assert (behind.position, behind.reached) == (low, high)
    async with open_office(again) as office:
        assert [
            f"put back to position {low}, and it had reached {high}" in s for s in office.said
        ] == [True]
        for _ in range(3):
            await office.take_in(organisation)
    # Grown past it the journal is still another one than it was.
    async with open_office(again) as office:
        assert len(office.said) == 1


@pytest.mark.anyio
@pytest.mark.parametrize(("what", "word"), (("data", "backup"), ("checkpoint", "checkpoint")))
async def test_a_database_put_back_without_us_is_noticed_at_the_start(
    tmp_path, database, what, word
):
    here = settings_of(tmp_path / "here", database)
    async with open_office(here) as office:
        organisation = await office.house.new_organisation()
    at = {str(organisation): 1000}
    notes.write(here.data_dir, notes.Note(what, ORIGINAL, "x", at))
    async with open_office(here) as office:
        (said,) = office.said
    assert f"and it had reached 1000 (the {word} of 2026-03-01 00:00 UTC)" in said


@pytest.mark.anyio
async def test_a_backup_beside_writers_is_of_one_moment(tmp_path, database, empty_database):
    """Given clients taken in all the while, then what is restored has every file and every key."""
    here = settings_of(tmp_path / "here", database)
    async with open_office(here) as office:
        organisation = await office.house.new_organisation()
        clients = [await office.take_in(organisation)]

        async def work():
            while True:
                clients.append(await office.take_in(organisation, size=20_000))

        working = [asyncio.create_task(work()) for _ in range(4)]
        manifests = []
        for number in range(4):
            # On a loop of its own, so that the writers never wait for it.
            making_one = making.make(here, tmp_path / f"record-{number}", unheard)
            manifests.append(await asyncio.to_thread(asyncio.run, making_one))
        for each in working:
            each.cancel()
        await asyncio.gather(*working, return_exceptions=True)
        back_up_keys(here, tmp_path / "keys", now=datetime(2026, 3, 2, tzinfo=UTC))
    positions = [manifest.journals[0].position for manifest in manifests]
    assert positions == sorted(set(positions))
    assert [manifest.missing for manifest in manifests] == [()] * 4
    there = settings_of(tmp_path / "there", empty_database)
    done = await put_back(there, tmp_path / "record-3", tmp_path / "keys")
    assert (done.keyless, done.positions) == (0, {organisation: positions[-1]})
    async with open_office(there) as office:
        journal = await office.journal(organisation)
        named = [event for event in journal if event.topic == "evidence-added"]
        by_file = {str(client.file_id): client for client in clients}
        for event in named:
            client = by_file[json.loads(event.body)["file_id"]]
            assert await office.file_of(organisation, client) == client.content
        assert len(named) > 3


@pytest.mark.anyio
async def test_a_file_that_an_event_names_and_that_is_gone_is_said(
    tmp_path, database, empty_database
):
    here = settings_of(tmp_path / "here", database)
    async with open_office(here) as office:
        organisation = await office.house.new_organisation()
        client = await office.take_in(organisation)
    next(here.evidence_dir.rglob(f"{client.file_id}*")).unlink()
    await making.make(here, tmp_path / "record", unheard)
    assert read(tmp_path / "record", DataManifest).missing == (client.file_id,)
    done = await put_back(settings_of(tmp_path / "there", empty_database), tmp_path / "record")
    assert (done.missing, done.has_keys) == (1, False)
