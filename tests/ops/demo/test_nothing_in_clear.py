"""A search of every table, file and log of the loaded demo for what is personal in it."""

import asyncio
import subprocess
from contextlib import closing
from dataclasses import replace

import pytest

from domain.cases.lending import LoanTaken
from domain.personal import map_personal
from ops.demo.load import load_demo
from ops.demo.sender import HttpSender
from ops.postgres.embedded import EmbeddedServer
from ops.serving import serving
from ops.settings import Settings
from ops.wiring import open_house, utc_now


def personal_texts(told):
    """Every name, number and free text of the stories, and the words inside their papers."""
    texts = set()

    def look(_, personal):
        texts.update(personal.value.split("\n"))
        return personal

    for event in told.sender.events:
        map_personal(event.fact, look)
    for asked, _ in told.sender.answers.values():
        paper = asked[2] if hasattr(asked[2], "data") else None
        if paper is not None and paper.media_type.startswith("text/"):
            texts.update(paper.data.decode().splitlines())
    # Companies stand in clear, and some papers have a line that is part of a company's name.
    clear = "\n".join(fact.lender for fact in told.all(LoanTaken))
    return {text for text in texts if len(text.encode()) >= 6 and text not in clear}


async def loaded(settings):
    """Load the demo over HTTP, dump the database beside it, and stop everything."""
    async with open_house(settings, say=lambda _: None) as house:
        organisation = await house.new_organisation()
        _, token = await house.tokens.add(organisation, "demo", now=utc_now())
        async with serving(house, "127.0.0.1", 0) as address:
            with closing(HttpSender(address, token)) as sender:
                await asyncio.to_thread(load_demo, sender, lambda *_: None)
            head = (await house.log.head(organisation)).position
            for table in ("caseload", "balances", "deadlines"):
                assert await house.reader.wait_for(organisation, table, head, 60)
        await asyncio.to_thread(dump, settings)
    return head


def dump(settings):
    with EmbeddedServer(settings.postgres_dir) as server:
        server.execute("CHECKPOINT")
        program = server.binaries.program("pg_dump")
        out = settings.data_dir / "dump.sql"
        subprocess.run([program, "-d", server.dsn(), "-f", str(out)], check=True)


def files_with(folder, texts, patterns):
    """The files below a folder that hold one of the texts, byte for byte."""
    patterns.write_text("\n".join(sorted(texts)) + "\n", encoding="utf-8")
    call = ["grep", "-rlaF", "-f", str(patterns), str(folder)]
    found = subprocess.run(call, capture_output=True, text=True, check=False, env={"LC_ALL": "C"})
    assert found.returncode in (0, 1), found.stderr
    return found.stdout.splitlines()


@pytest.mark.anyio
async def test_no_table_file_or_log_holds_anything_personal(told, newest, tmp_path):
    data = tmp_path / "data"
    settings = replace(Settings.load(None, {"MINGZHANG_DATA": str(data)}), port=0)
    head = await loaded(settings)
    # A new organisation begins with four events of its own: pack, rates, holidays, signing key.
    # Giving a case file out, and the first letter drafted, put on record that personal values
    # were read; the other drafts came from the same desk within the hour. So does the one check
    # for conflicts, which looks through all names.
    topics = told.report.topics
    assert topics["letter-drafted"] > 1
    assert topics["conflict-checked"] == 1
    assert head == told.report.events + 4 + topics["case-exported"] + 2
    lenders = {fact.lender for fact in told.all(LoanTaken)}
    # What may stand in clear is found, in the dump and in the server's own files: so would
    # the rest be.
    found = files_with(data, lenders, tmp_path / "lenders")
    assert str(data / "dump.sql") in found
    assert any("/pg_wal/" in path for path in found)
    texts = personal_texts(told)
    assert len(texts) > 900
    assert files_with(data, texts, tmp_path / "texts") == []
