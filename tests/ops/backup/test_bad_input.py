"""Backups cut, changed, forged, too new, or in the way: a sentence, and nothing done."""

import asyncio
import gzip
import json
import shutil
from hashlib import sha256
from uuid import uuid4

import pytest

from ops.backup import making
from ops.backup.manifest import BackupFault
from ops.backup.restoring import restore
from ops.cli import main
from ops.keys.outer_key import KeyFault
from ops.keys.outer_source import source_of
from ops.keys.rotation import rotate
from tests.ops.backup.office import open_office, settings_of, tampered_rows
from tests.ops.backup.test_restore import NOW, back_up_keys, unheard

pytestmark = pytest.mark.anyio


async def furnished(settings, folder):
    async with open_office(settings) as office:
        organisation = await office.house.new_organisation()
        for _ in range(3):
            await office.take_in(organisation)
        await making.make(settings, folder / "record", unheard)
    back_up_keys(settings, folder / "keys")


@pytest.fixture(scope="module")
def made(server, tmp_path_factory):
    """One backup of each kind, and what it is of; each test spoils a copy."""
    folder = tmp_path_factory.mktemp("made")
    name = server.create_database()
    asyncio.run(furnished(settings_of(folder / "here", server.dsn(name)), folder))
    yield folder
    server.drop_database(name)


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def there(tmp_path, empty_database, folder):
    shutil.copy(folder / "outer.key", tmp_path)
    return settings_of(tmp_path / "there", empty_database)


async def put_back(there, folder, with_keys=True):
    keys = folder / "keys" if with_keys else None
    return await restore(there, folder / "record", keys, now=NOW, progress=unheard)


def edited(folder, change):
    """Change the manifest of the record's backup as a dictionary."""
    path = folder / "record" / "manifest.json"
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def signed_anew(folder, path):
    """What a forger does: change a file, and write its new digest into the manifest."""
    raw = (folder / "record" / path).read_bytes()

    def change(content):
        (entry,) = (each for each in content["files"] if each["path"] == path)
        entry |= {"size": len(raw), "sha256": sha256(raw).hexdigest()}

    edited(folder, change)


async def holds_nothing(there, empty_database):
    """Whatever was refused, a whole backup can be restored there afterwards."""
    assert not (there.data_dir / "restoring").exists()
    assert not list(there.data_dir.rglob("*.sealed"))
    assert not list(there.data_dir.rglob("*.key"))


SPOILED = {
    "cut": lambda p: p.write_bytes(p.read_bytes()[:-7]),
    "changed": lambda p: p.write_bytes(p.read_bytes()[:-1] + bytes([p.read_bytes()[-1] ^ 1])),
    "missing": lambda p: p.unlink(),
    "linked": lambda p: (p.rename(p.with_name("aside")), p.symlink_to("aside")),
}


@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize(
    "pattern", ("record/database/events*", "record/evidence/*/*/*", "keys/keys/*/*/*")
)
async def test_a_spoiled_file_is_named_and_nothing_is_written(folder, there, how, pattern):
    victim = next(folder.glob(pattern))
    SPOILED[how](victim)
    with pytest.raises(BackupFault, match=f"{victim.name}|aside"):
        await put_back(there, folder)
    assert not there.data_dir.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    (
        (lambda m: m.update(format="mingzhang/backup/2"), "has the format"),
        (lambda m: m.update(more=1), "not a manifest that this release reads"),
        (lambda m: m.pop("journals"), "not a manifest that this release reads"),
        (lambda m: m["files"].pop(), "was added later"),
        (lambda m: m["files"].append(dict(m["files"][0])), "twice"),
        (lambda m: m["files"][0].update(path="../../etc/passwd"), "outside the backup"),
        (lambda m: m["files"][0].update(path="/etc/passwd"), "outside the backup"),
        (lambda m: m["files"].append(dict(m["files"][0], path="evidence/x")), "no sealed file's"),
        (lambda m: m["tables"][2].update(name="events; DROP"), "not a manifest"),
        (
            lambda m: m["migrations"].append({"name": "9999_later.sql", "sha256": "0" * 64}),
            "newer one",
        ),
        (lambda m: m["migrations"][0].update(sha256="0" * 64), "another 0001"),
    ),
)
async def test_a_manifest_that_does_not_fit_is_refused_before_anything_is_written(
    folder, there, change, words
):
    edited(folder, change)
    with pytest.raises(BackupFault, match=words):
        await put_back(there, folder)
    assert not there.data_dir.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    (
        (lambda m: m["journals"][0].update(position=3), "they do not fit"),
        (lambda m: m["journals"][0].update(leaf="0" * 64), "they do not fit"),
        (lambda m: m["tables"][0].update(rows=77), "77: they do not fit"),
        (lambda m: m["tables"][0]["columns"].pop(), "do not fit the database"),
    ),
)
async def test_figures_that_do_not_fit_roll_the_database_back(
    folder, there, empty_database, change, words
):
    edited(folder, change)
    with pytest.raises(BackupFault, match=words):
        await put_back(there, folder)
    await holds_nothing(there, empty_database)


FORGED = {
    "a body": (lambda row: row[:-3] + ("0" if row[-3] != "0" else "1") + row[-2:], "was changed"),
    "an actor": (lambda row: row.replace("\tli\t", "\tlo\t"), "was changed"),
    "a topic": (lambda row: row.replace("case-opened", "case-closed"), "was changed"),
}


@pytest.mark.parametrize("what", FORGED)
async def test_a_forged_event_is_found_by_its_leaf_though_every_digest_was_made_anew(
    folder, there, empty_database, what
):
    change, words = FORGED[what]
    path = "database/events.copy.gz"

    def forge(rows):
        place = next(i for i, row in enumerate(rows) if change(row) != row)
        return [*rows[:place], change(rows[place]), *rows[place + 1 :]]

    tampered_rows(folder / "record" / path, forge)
    signed_anew(folder, path)
    with pytest.raises(BackupFault, match=words):
        await put_back(there, folder)
    await holds_nothing(there, empty_database)


@pytest.mark.parametrize(
    ("drop", "words"), ((0, "is missing"), (-1, "they do not fit")), ids=("the first", "the last")
)
async def test_an_event_left_out_is_found(folder, there, empty_database, drop, words):
    path = "database/events.copy.gz"

    def leave_out(rows):
        rows = sorted(rows, key=lambda row: int(row.split("\t")[1]))
        del rows[drop]
        return rows

    tampered_rows(folder / "record" / path, leave_out)
    signed_anew(folder, path)

    def fewer(manifest):
        (table,) = (each for each in manifest["tables"] if each["name"] == "events")
        table["rows"] -= 1

    edited(folder, fewer)
    with pytest.raises(BackupFault, match=words):
        await put_back(there, folder)
    await holds_nothing(there, empty_database)


async def test_bytes_that_are_no_rows_are_refused(folder, there, empty_database):
    path = "database/events.copy.gz"
    (folder / "record" / path).write_bytes(gzip.compress(b"nothing of the kind\n"))
    signed_anew(folder, path)
    with pytest.raises(BackupFault, match="refused the backup"):
        await put_back(there, folder)
    await holds_nothing(there, empty_database)
    (folder / "record" / path).write_bytes(b"no gzip either")
    signed_anew(folder, path)
    with pytest.raises(BackupFault, match="cannot be unpacked"):
        await put_back(there, folder)
    await holds_nothing(there, empty_database)


async def test_after_a_refusal_the_whole_backup_goes_in(made, folder, there):
    edited(folder, lambda m: m["journals"][0].update(position=3))
    with pytest.raises(BackupFault):
        await put_back(there, folder)
    done = await put_back(there, made)
    assert done.keyless == 0


async def test_a_full_database_is_refused_and_left_as_it_is(made, there, tmp_path):
    async with open_office(there) as office:
        organisation = await office.house.new_organisation()
        await office.take_in(organisation)
        before = await office.journal(organisation)
    with pytest.raises(BackupFault, match="evidence files here already"):
        await put_back(there, made)
    (there.data_dir / "evidence").rename(tmp_path / "aside")
    with pytest.raises(BackupFault, match="database is not empty"):
        await put_back(there, made, with_keys=False)
    async with open_office(there) as office:
        assert await office.journal(organisation) == before


async def test_a_key_store_under_another_outer_key_is_refused(made, there, tmp_path):
    async with open_office(there):
        pass
    shutil.copytree(there.keys_dir, tmp_path / "kept")
    (tmp_path / "outer.key").write_bytes(made.joinpath("outer.key").read_bytes())
    await put_back(there, made)  # the same outer key: allowed
    rotate(there.keys_dir, source_of(there), unheard)
    with pytest.raises(KeyFault, match="under the outer key"):
        await restore(there, None, made / "keys", now=NOW, progress=unheard)


async def test_a_folder_that_is_something_else_is_refused(made, there, tmp_path):
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "letter.txt").write_text("dear")
    for folder, words in ((strange, "holds no backup"), (tmp_path / "none", "holds no backup")):
        with pytest.raises(BackupFault, match=words):
            await restore(there, folder, None, now=NOW, progress=unheard)
    with pytest.raises(BackupFault, match="not what was asked for"):
        await restore(there, made / "keys", None, now=NOW, progress=unheard)
    with pytest.raises(BackupFault, match="not what was asked for"):
        await restore(there, None, made / "record", now=NOW, progress=unheard)
    with pytest.raises(BackupFault, match="is not empty"):
        await making.make(there, strange, unheard)
    assert (strange / "letter.txt").read_text() == "dear"


async def test_another_restore_that_was_cut_short_is_not_mixed_up(made, there):
    there.data_dir.mkdir()
    (there.data_dir / "restoring").write_text(f"data {uuid4().hex}\n")
    with pytest.raises(BackupFault, match="restore of another backup"):
        await put_back(there, made)


def test_the_command_line_says_it_in_a_sentence(made, tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    data = ["--data", str(tmp_path / "data")]
    assert main(["restore", *data]) == 2
    assert main(["backup", *data, str(tmp_path / "data" / "inside")]) == 1
    assert "lies in the data folder itself" in capsys.readouterr().err
    assert main(["backup", *data, "--check", str(tmp_path)]) == 1
    assert "holds no backup" in capsys.readouterr().err
    assert main(["backup", *data, "--check", str(made / "record")]) == 0
    assert "last leaf" in capsys.readouterr().out
