"""Checkpoints leave the house by one verb, and come back to it by another."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from domain.checkpoints import parse_checkpoint, parse_note
from ops.cli import main
from ops.installation import ROOT
from ops.keys.outer_key import KeyFault
from ops.postgres.pool import Pool
from ops.sealing.stored import StoredJournal
from ops.settings import Settings
from ops.verbs import verify
from ops.wiring import open_house
from tests.ops.sealing.seal_contract import grow

FOREIGN = f"mingzhang/{UUID(int=1)}\n1\n{'A' * 43}=\n\n— x AAAAAAA=\n"


@pytest.fixture
def place(database, tmp_path, monkeypatch):
    """A data folder over a database, for the command line; the settings of both."""
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("MINGZHANG_DATA", str(tmp_path / "data"))
    return Settings.load()


def in_house(settings, work):
    async def run():
        async with open_house(settings, say=lambda _: None) as house:
            return await work(house)

    return asyncio.run(run())


def begun(settings, count=20):
    async def work(house):
        organisation = await house.new_organisation()
        await grow(house.log, organisation, count)
        return organisation

    return in_house(settings, work)


def more(settings, organisation, count=5):
    in_house(settings, lambda house: grow(house.log, organisation, count))


def sql(settings, *statements):
    async def run():
        connection = await asyncpg.connect(settings.database_url)
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    asyncio.run(run())


def test_a_checkpoint_is_printed_written_and_held_against_the_journal(place, tmp_path, capsys):
    organisation = begun(place)
    assert main(["checkpoint"]) == 0
    printed = capsys.readouterr().out
    assert parse_checkpoint(parse_note(printed[:-1]).text).origin == f"mingzhang/{organisation}"
    assert main(["checkpoint", "--out", str(tmp_path / "out")]) == 0
    written = Path(capsys.readouterr().out.strip())
    assert written.read_text() == printed[:-1]
    more(place, organisation)
    assert main(["verify", "--journal"]) == 0
    alone = capsys.readouterr().out
    assert "29 events in 3 streams, all as they were recorded" in alone
    assert "1 checkpoints in the database agree" in alone
    assert "held against no checkpoint kept elsewhere" in alone
    assert main(["verify", "--journal", "--checkpoint", str(written)]) == 0
    outside = capsys.readouterr().out
    assert "1 checkpoints kept elsewhere agree" in outside
    assert "held against no checkpoint" not in outside


def test_the_first_thing_that_is_wrong_is_named(place, tmp_path, capsys):
    begun(place)
    assert main(["checkpoint", "--out", str(tmp_path)]) == 0
    (kept,) = tmp_path.glob("*.checkpoint")
    sql(
        place,
        "ALTER TABLE mingzhang.events DISABLE TRIGGER ALL",
        "UPDATE mingzhang.events SET actor = 'x' WHERE position = 7",
        "UPDATE mingzhang.events SET actor = 'x' WHERE position = 9",
    )
    capsys.readouterr()
    assert main(["verify", "--journal"]) == 1
    told = capsys.readouterr().out
    assert "WRONG" in told
    assert "the event at position 7 is not as it was recorded" in told
    assert "position 9" not in told
    sql(
        place,
        "ALTER TABLE mingzhang.checkpoints DISABLE TRIGGER ALL",
        "DELETE FROM mingzhang.checkpoints",
        "DELETE FROM mingzhang.events",
        "DELETE FROM mingzhang.stream_heads",
        "UPDATE mingzhang.journal_heads SET position = 0, recorded_at = NULL",
    )
    assert main(["verify", "--journal"]) == 0
    capsys.readouterr()
    assert main(["verify", "--journal", "--checkpoint", str(kept)]) == 1
    assert "24 are gone" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    (
        (b"hello", "is not a checkpoint"),
        (b"\xff\xfe", "is not a checkpoint"),
        (None, "cannot be read"),
        (
            FOREIGN.encode(),
            "is of another log",
        ),
    ),
)
def test_what_is_no_checkpoint_of_ours_is_refused(place, tmp_path, capsys, content, said):
    begun(place)
    file = tmp_path / "a.checkpoint"
    if content is not None:
        file.write_bytes(content)
    assert main(["verify", "--journal", "--checkpoint", str(file)]) == 1
    assert said in capsys.readouterr().err


def test_a_wrong_call_and_a_file_that_is_none(place, tmp_path, capfd):
    assert main(["verify"]) == 2
    assert main(["verify", "x", "--journal"]) == 2
    capfd.readouterr()
    (tmp_path / "x.zip").write_bytes(b"PK")
    for name, status, said in (("x.zip", 1, "not a whole zip"), ("y.zip", 2, "Not read")):
        assert main(["verify", str(tmp_path / name)]) == status
        assert said in capfd.readouterr().out


def test_an_older_checkpoint_passed_for_a_newer_one_is_not_taken(place, tmp_path, capsys):
    organisation = begun(place)
    assert main(["checkpoint", "--out", str(tmp_path)]) == 0
    (old,) = tmp_path.glob("*.checkpoint")
    more(place, organisation, 2)
    old.write_text(old.read_text().replace("\n24\n", "\n25\n"))
    capsys.readouterr()
    assert main(["verify", "--journal", "--checkpoint", str(old)]) == 1
    assert "was signed over other events" in capsys.readouterr().out


def test_what_is_recorded_and_sealed_meanwhile_is_no_fault(place):
    """A writer and a sealer go on while the verifier walks."""
    organisation = begun(place, 5000)

    async def work(house):
        going = True

        async def busy():
            while going:
                await grow(house.log, organisation, 3)
                await house.sealer.seal(organisation)

        task = asyncio.create_task(busy())
        found = []
        async with Pool(place.database_url) as pool:
            for _ in range(4):
                journal = StoredJournal.of_pool(pool, organisation)
                found.append(await verify.verify_journal(journal, {}))
        going = False
        await task
        return found

    found = in_house(place, work)
    assert [one.wrong for one in found] == [None] * 4
    assert found[-1].events > 5000


def test_it_can_be_stopped_and_says_how_far_it_was(place, tmp_path):
    begun(place, 3000)
    # Slowed down, so that there is a middle in which to stop it.
    code = (
        "import sys, time\n"
        "from ops.sealing import verifying\n"
        "from ops.cli import main\n"
        "real = verifying._Verification._page\n"
        "async def slow(self, end):\n"
        "    more = await real(self, end)\n"
        "    print('page', flush=True)\n"
        "    import asyncio; await asyncio.sleep(0.5)\n"
        "    return more\n"
        "verifying._Verification._page = slow\n"
        "sys.exit(main(['verify', '--journal']))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "page\n"
    assert process.stdout.readline() == "page\n"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Stopped: 2,000 of 3,004 events" in told
    assert "nothing was wrong so far" in told


def test_a_key_is_replaced_in_the_open_and_what_the_old_one_signed_still_verifies(
    place, tmp_path, capsys
):
    organisation = begun(place)
    assert main(["checkpoint", "--out", str(tmp_path / "old")]) == 0
    more(place, organisation)
    before = place.signing_key_file.read_bytes()
    assert main(["keys", "show"]) == 0
    assert capsys.readouterr().out.count(f"mingzhang/{organisation}+") == 1
    assert main(["keys", "replace-signing", "--reason", "routine"]) == 0
    assert place.signing_key_file.read_bytes() != before
    more(place, organisation)
    assert main(["checkpoint", "--out", str(tmp_path / "new")]) == 0
    files = [str(path) for path in tmp_path.rglob("*.checkpoint")]
    held = [word for file in files for word in ("--checkpoint", file)]
    assert main(["verify", "--journal", *held]) == 0
    told = capsys.readouterr().out
    assert "2 checkpoints kept elsewhere agree" in told
    # What was recorded under the old key was sealed under it before it went.
    assert "3 checkpoints in the database agree" in told
    assert main(["keys", "show"]) == 0
    shown = capsys.readouterr().out
    assert shown.count(f"mingzhang/{organisation}+") == 2
    assert "NOT" not in shown
    place.signing_key_file.write_bytes(before)
    with pytest.raises(KeyFault, match="not the signing key"):
        more(place, organisation)
    assert main(["keys", "show"]) == 0
    assert "NOT the key in the file" in capsys.readouterr().out


def test_a_lost_key_has_to_be_said_to_be_lost(place, capsys):
    organisation = begun(place)
    place.signing_key_file.unlink()
    assert main(["checkpoint"]) == 1
    assert "the signing key is missing" in capsys.readouterr().err
    assert main(["keys", "replace-signing", "--reason", "routine"]) == 1
    assert "--reason lost" in capsys.readouterr().err
    assert main(["keys", "replace-signing", "--reason", "lost"]) == 0
    more(place, organisation)
    assert main(["checkpoint"]) == 0
    assert main(["verify", "--journal"]) == 0


def test_a_replacement_that_was_cut_short_is_taken_up_again(place, monkeypatch, capsys):
    organisation = begun(place)
    with monkeypatch.context() as patch:
        # As if the power went after the journals and before the file.
        patch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert main(["keys", "replace-signing", "--reason", "exposed"]) == 130
    with pytest.raises(KeyFault, match="replace-signing"):
        more(place, organisation)
    capsys.readouterr()
    assert main(["keys", "replace-signing", "--reason", "exposed"]) == 0
    more(place, organisation)
    capsys.readouterr()
    assert main(["keys", "show"]) == 0
    assert capsys.readouterr().out.count(f"mingzhang/{organisation}+") == 2


def test_the_signing_key_can_be_made_beforehand(place, capsys):
    assert main(["keys", "make-signing"]) == 0
    made = place.signing_key_file.read_bytes()
    assert main(["keys", "make-signing"]) == 0
    assert "there already" in capsys.readouterr().out
    begun(place)
    assert place.signing_key_file.read_bytes() == made


def test_nothing_of_the_private_key_is_printed_or_stored(place, capsys):
    organisation = begun(place)
    assert main(["keys", "show"]) == 0
    assert main(["checkpoint"]) == 0
    seed = place.signing_key_file.read_text().split("seed ")[1].strip()
    told = capsys.readouterr()
    assert seed not in told.out + told.err

    async def bodies(house):
        return b"".join(one.body for one in await house.log.read_journal(organisation))

    stored = in_house(place, bodies)
    assert seed.encode() not in stored
    assert json.dumps(seed).encode() not in stored
