"""A case file from the shell: given out, saved, verified, and given out again."""

import asyncio
from uuid import UUID, uuid4

import pytest

from ops.bench.reading import long_case
from ops.cli import main
from ops.settings import Settings
from ops.tamper.bags import Bag
from ops.wiring import open_house

ASKED = ("--for", "court", "--purpose", "起诉材料")


@pytest.fixture
def place(database, tmp_path, monkeypatch):
    """A case in a house over a database; its id."""
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("MINGZHANG_DATA", str(tmp_path / "data"))

    async def work():
        async with open_house(Settings.load(), say=lambda _: None) as house:
            return await long_case(house, await house.new_organisation(), 8)

    return str(asyncio.run(work()))


def test_a_case_file_is_saved_and_holds(place, tmp_path, capfd):
    out = tmp_path / "case.zip"
    more = ("--recipient", "法院", "--open", "texts", "--open", "names", "--actor", "m-7")
    assert main(["export", place, "--out", str(out), *ASKED, *more]) == 0
    said = capfd.readouterr().err
    assert f"python3 -m ops verify {out}" in said
    assert main(["verify", str(out)]) == 0
    assert "起诉材料" in capfd.readouterr().out
    last = Bag.read(out.read_bytes()).journal()[-1]
    assert (last["actor"], last["fact"]["opens"]) == ("m-7", ["texts", "names"])
    again = tmp_path / "again.zip"
    assert main(["export", place, "-o", str(again), "--again", last["event_id"]]) == 0
    assert again.read_bytes() == out.read_bytes()
    key = Bag.read(out.read_bytes()).case()["keys"][-1]
    assert main(["verify", str(out), "--key", key]) == 0
    assert main(["verify", str(out), "--key", key.replace("+", "-")]) == 1


def test_a_checkpoint_from_the_same_house_is_held_against_it(place, tmp_path, capfd):
    out, held = tmp_path / "case.zip", tmp_path / "held"
    assert main(["export", place, "--out", str(out), *ASKED]) == 0
    assert main(["checkpoint", "--out", str(held)]) == 0
    [note] = held.iterdir()
    capfd.readouterr()
    assert main(["verify", str(out), "--checkpoint", str(note)]) == 0
    assert "is the one of your checkpoint" in capfd.readouterr().out
    two = [option for _ in range(2) for option in ("--checkpoint", str(note))]
    assert main(["verify", str(out), *two]) == 2


def test_what_was_chosen_is_left_out(place, tmp_path):
    out = tmp_path / "case.zip"
    assert main(["export", place, "--out", str(out), *ASKED, "--chapter", "contacts"]) == 0
    assert main(["verify", str(out)]) == 0
    assert Bag.read(out.read_bytes()).journal()[1]["body"] is None


@pytest.mark.parametrize(
    ("options", "status", "said"),
    (
        ((), 2, "--out FILE"),
        (("--out", "x.zip"), 2, "--for WHOM --purpose TEXT"),
        (("--out", "x.zip", *ASKED, "--evidence", str(UUID(int=1))), 1, "No such entry"),
        (("--out", "x.zip", "--again", str(UUID(int=1))), 1, "no export"),
        (("--out", "x.zip", *ASKED[:3], " "), 1, "text is empty"),
    ),
)
def test_a_wrong_call_and_a_refusal_leave_nothing(
    place, tmp_path, monkeypatch, capsys, options, status, said
):
    monkeypatch.chdir(tmp_path)
    assert main(["export", place, *options]) == status
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_case_that_is_not_there_is_not_given_out(place, tmp_path, capsys):
    assert main(["export", str(uuid4()), "--out", str(tmp_path / "x.zip"), *ASKED]) == 1
    assert "No such case" in capsys.readouterr().err
