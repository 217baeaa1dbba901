"""A client of the demo forgotten, yesterday's backups restored over it, and nothing comes back."""

import logging
import os
from uuid import UUID

import pytest

from ops.keys.key_folder import KeyFolder
from tests.ops import forgetting_day
from tests.ops.demo.test_nothing_in_clear import files_with
from tests.ops.forgetting_day import GONE, OPENED, STAYS, Day
from tests.ops.test_forgetting import disguises, dump


@pytest.fixture
def day(tmp_path, monkeypatch, newest):
    for name in [name for name in os.environ if name.startswith(("MINGZHANG_", "DATABASE_URL"))]:
        monkeypatch.delenv(name)
    return Day(tmp_path)


def give_out(day, story):
    """A case file with everything opened, and the checkpoint that its reader keeps."""
    day.bundle(story).parent.mkdir(exist_ok=True)
    opened = [word for kind in OPENED for word in ("--open", kind)]
    asked = ("--for", "court", "--purpose", "起诉材料", *opened)
    assert day.verb("export", day.cases[story], "--out", day.bundle(story), *asked) == 0
    return day.checkpoint()


def back_up(day, when):
    assert day.verb("backup", day.folder / "backups" / "record" / when) == 0
    assert day.verb("backup", "--keys", day.folder / "backups" / "keys" / when) == 0


def restore(day, *keys):
    record = day.folder / "backups" / "record" / "yesterday"
    return day.verb("restore", record, *keys)


async def assert_unreadable(day, http):
    for path in (
        f"/v1/clients/{day.client}",
        f"/v1/clients/{day.client}/audit-trail",
        f"/v1/cases/{day.cases[GONE]}",
        f"/v1/cases/{day.cases[GONE]}/timeline",
        f"/v1/cases/{day.cases[GONE]}/audit-trail",
    ):
        assert (await http.get(path)).status_code == 410, path


def yesterday_and_today(day):
    """The demo and two case files, backed up; then the client is forgotten. Gives checkpoints."""

    async def load(house, http):
        await forgetting_day.load(day, house, http)

    async def forget(house, http):
        day.totals = await forgetting_day.totals(http)
        await forgetting_day.erase(day, http, reason="本人要求")
        await assert_unreadable(day, http)
        assert await forgetting_day.totals(http) == day.totals

    day.served(load)
    held = {story: give_out(day, story) for story in (GONE, STAYS)}
    back_up(day, "yesterday")
    day.served(forget)
    return held


def assert_all_verifies(day, held):
    """The journal against every checkpoint kept elsewhere, and every case file against its own."""
    options = [option for note in held.values() for option in ("--checkpoint", note)]
    assert day.verb("verify", "--journal", *options) == 0
    for story, note in held.items():
        assert day.verb("verify", day.bundle(story), "--checkpoint", note) == 0


def assert_nowhere(day, logs, tmp_path):
    """Searched: every table as text, every file of the house, its logs, its backups unpacked."""
    (tmp_path / "patterns").mkdir()
    dump(day.settings)
    told, patterns = disguises(day.texts), tmp_path / "patterns" / "texts"
    unpacked = forgetting_day.unpacked(day, tmp_path / "unpacked")
    lenders = files_with(day.data, disguises(day.lenders), tmp_path / "patterns" / "lenders")
    # What may stand in clear is found, and the texts are found where they were given out.
    assert str(day.data / "dump.sql") in lenders
    assert any("/pg_wal/" in path for path in lenders), lenders
    assert files_with(unpacked / GONE, told, patterns) != []
    for place in (day.data, logs, unpacked / "backups"):
        assert files_with(place, told, patterns) == []


def refused(day, newer, capfd):
    """What `verify` says of a checkpoint that was given out after yesterday's backup."""
    capfd.readouterr()
    assert day.verb("verify", "--journal", "--checkpoint", newer) == 1
    return capfd.readouterr().out


LOST = {"the database": forgetting_day.database_lost, "all": forgetting_day.all_lost}


@pytest.mark.parametrize("lost", LOST)
def test_a_client_forgotten_stays_so_when_yesterdays_backups_are_put_over_it(
    day, tmp_path, caplog, capfd, lost
):
    """Given a demo of which a client is forgotten, when the disk is lost and yesterday is back.

    Who was forgotten today is known from the key store, or from today's backup of it.
    """
    caplog.set_level(logging.DEBUG)
    held = yesterday_and_today(day)
    assert len(day.texts) > 60
    assert day.verb("backup", "--keys", day.folder / "backups" / "keys" / "today") == 0
    kept = len(list(KeyFolder(day.settings.keys_dir).places()))
    newer = day.checkpoint()
    LOST[lost](day)
    capfd.readouterr()
    day.verb("doctor")
    gone = "is gone, and it held a journal: restore a backup"
    assert (gone in capfd.readouterr().out) == (lost == "the database")
    assert restore(day, "--keys", day.folder / "backups" / "keys" / "yesterday") == 0
    # The one whom the demo itself forgets, and the one of today.
    said = capfd.readouterr().out
    came = 0 if lost == "the database" else kept
    assert f"\n{came} keys came back; 2 people stay forgotten." in said
    assert ("signing.key back before the first start" in said) == (lost == "all")
    # The checkpoints that came after yesterday's backup are remembered as long as the folder is.
    assert ("and it had reached" in said) == (lost == "the database")
    assert "are gone" in refused(day, newer, capfd)
    forgetting_day.signing_key_from_the_safe(day)
    assert said.count("was forgotten after this backup was made") == 1
    assert f"NOTE: client {day.client} was forgotten after" in said

    async def look(house, http):
        await assert_unreadable(day, http)
        assert await forgetting_day.totals(http) == day.totals
        named = await http.get("/v1/cases?limit=200&names=true")
        assert [text for text in day.texts if text in named.text] == []
        assert named.json()["names"][day.client] == {"erased": True}
        # The event was lost with the database, and can be put on record again, without words.
        again = await forgetting_day.erase(day, http)
        gone = (await http.get(f"/v1/clients/{day.client}")).json()["erasure"]
        assert gone["event_id"] == again["entry_id"]
        assert await forgetting_day.totals(http) == day.totals

    day.served(look)
    assert not KeyFolder(day.settings.keys_dir).key(day.organisation, UUID(day.client)).exists()
    assert_all_verifies(day, held)
    # Looking is on record, and the journal has grown past what was sealed today: a fork.
    assert "(root)" in refused(day, newer, capfd)
    back_up(day, "tomorrow")
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "log").write_text(caplog.text + "".join(day.said), encoding="utf-8")
    assert_nowhere(day, logs, tmp_path)
