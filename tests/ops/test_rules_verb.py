"""`python3 -m ops rules`: what it prints and what it refuses."""

import asyncio

from domain.rules.pack import LATEST
from ops.cli import main
from ops.reference_files import read_reference
from ops.settings import Settings
from ops.wiring import open_house


def test_the_verb_shows_adopts_and_loads(tmp_path, capsys):
    data = ["--data", str(tmp_path / "data")]

    async def begin():
        settings = Settings.load(None, {"MINGZHANG_DATA": str(tmp_path / "data")})
        async with open_house(settings, say=lambda _: None) as house:
            await house.new_organisation()

    def asked(*words, status=0):
        assert main(["rules", *data, *words]) == status
        return capsys.readouterr()

    asyncio.run(begin())
    told = asked("show").out
    assert f"{LATEST}, released 2026-11-26, not reviewed by a lawyer" in told
    assert "off refund-above-four-lpr [" in told
    assert "published years 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026" in told
    last = read_reference().lpr_1y.rows[-1]
    assert f"last row {last.on}: {last.value_pct} % a year ({last.source})" in told
    assert (
        "is adopted, at position 5"
        in asked("adopt", "cn@2026.1", "--switch", "refund-above-four-lpr").out
    )
    assert "on  refund-above-four-lpr [" in asked("show").out
    assert "is adopted already" in asked("adopt", "cn@2026.1+refund-above-four-lpr").out
    assert "There is no rule pack cn@1.0; released: " in asked("adopt", "cn@1.0", status=1).err
    rows = tmp_path / "holidays.csv"
    rows.write_text("day,kind,source\n2027-01-01,off,notice of 2027\n", encoding="utf-8")
    loading = ("load", "holidays", str(rows), "--source", "gov.cn")
    assert "1 rows of holidays in holidays.csv: loaded, at position 6." in asked(*loading).out
    assert "all there already" in asked(*loading).out
    assert ", 2026, 2027" in asked("show").out
    rows.write_text("day,kind,source\n2027-01-01,of,x\n", encoding="utf-8")
    assert "Nothing was loaded: holidays.csv, line 2" in asked(*loading, status=1).err


def test_the_verb_lists_the_releases_with_what_each_changed(capsys):
    assert main(["rules", "list"]) == 0
    told = capsys.readouterr().out
    assert "cn@2026.1, released 2026-10-12; not reviewed by a lawyer\n  - First release." in told
    assert "cn@2026.3, released 2026-11-26, the newest" in told
