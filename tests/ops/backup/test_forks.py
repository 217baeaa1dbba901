"""A journal put back below a checkpoint that somebody holds: a fork in the making, and said."""

import asyncio
import shutil
from urllib.parse import urlsplit

import pytest

from ops.cli import main
from ops.settings import Settings
from tests.ops.backup.office import open_office
from tests.servers import Server


@pytest.fixture
def data(tmp_path, database, monkeypatch):
    monkeypatch.setenv("MINGZHANG_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MINGZHANG_OUTER_KEY", "ab" * 32)
    monkeypatch.setenv("DATABASE_URL", database)
    return tmp_path / "data"


def in_office(work):
    """What came of the work, and what the house said at its start."""

    async def run():
        async with open_office(Settings.load()) as office:
            return await work(office), " ".join(office.said)

    return asyncio.run(run())


async def begun(office):
    organisation = await office.house.new_organisation()
    await office.take_in(organisation)
    await office.house.sealer.seal(organisation)
    return organisation


def given_out_after_more(organisation, file):
    """More is recorded, and anybody at all asks for the newest checkpoint: nobody notes that."""

    async def work(office):
        await office.take_in(organisation)
        checkpoint = await office.house.sealer.seal(organisation)
        file.write_text(checkpoint.note)
        return checkpoint.size

    return in_office(work)[0]


def grown_past(organisation, size):
    async def work(office):
        while (await office.house.log.head(organisation)).position <= size:
            await office.take_in(organisation)
        await office.house.sealer.seal(organisation)

    return in_office(work)[1]


def verified(capsys, *options):
    status = main(["verify", "--journal", *map(str, options)])
    return status, capsys.readouterr().out


def assert_said(said, low, high):
    assert f"was put back to position {low}, and it had reached {high} (the checkpoint of" in said
    assert "nor will it when the journal has grown past that position" in said


def assert_forked(capsys, organisation, newer, low, high):
    """Short of the checkpoint, and grown past it: it is said at every start and by `doctor`."""
    status, said = verified(capsys, "--checkpoint", newer)
    assert status == 1
    assert f"the journal ends at position {low}, and the checkpoint of {high} events in" in said
    assert f"was signed over more: {high - low} are gone" in said
    assert_said(in_office(lambda _: asyncio.sleep(0))[1], low, high)
    assert_said(grown_past(organisation, high), low, high)
    assert verified(capsys)[0] == 0
    status, said = verified(capsys, "--checkpoint", newer)
    assert status == 1
    assert f"{newer}" in said
    assert "(root)" in said
    assert "it had reached" in in_office(lambda _: asyncio.sleep(0))[1]
    main(["doctor"])
    assert_said(capsys.readouterr().out, low, high)


def test_a_checkpoint_given_out_since_the_backup_is_not_forgotten(
    data, tmp_path, empty_database, monkeypatch, capsys
):
    organisation, _ = in_office(begun)
    assert main(["backup", str(tmp_path / "record")]) == 0
    low = in_office(lambda office: office.house.log.head(organisation))[0].position
    high = given_out_after_more(organisation, tmp_path / "newer")
    monkeypatch.setenv("DATABASE_URL", empty_database)
    shutil.rmtree(data / "evidence")
    capsys.readouterr()
    assert main(["restore", str(tmp_path / "record")]) == 0
    assert_said(capsys.readouterr().out, low, high)
    assert_forked(capsys, organisation, tmp_path / "newer", low, high)


def test_nor_is_one_where_the_database_was_put_back_without_us(
    data, tmp_path, server: Server, database, monkeypatch, capsys
):
    organisation, _ = in_office(begun)
    low = in_office(lambda office: office.house.log.head(organisation))[0].position
    older = server.create_database(urlsplit(database).path.strip("/"))
    try:
        high = given_out_after_more(organisation, tmp_path / "newer")
        monkeypatch.setenv("DATABASE_URL", server.dsn(older))
        assert_forked(capsys, organisation, tmp_path / "newer", low, high)
    finally:
        server.drop_database(older)
