"""Forgetting in a whole house: searched to the last file, killed in the middle, restored over."""

import asyncio
import base64
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from domain.clients.erasure import ClientErased
from ops.cli import main
from ops.installation import ROOT
from ops.postgres.embedded import EmbeddedServer
from ops.serving import services_of, serving, sweep_evidence
from ops.settings import Settings
from ops.wiring import open_house, utc_now
from tests.api.desk import Desk, bearer
from tests.api.people import PAPER, TELLING, take_in
from tests.ops.demo.test_nothing_in_clear import files_with

KILLED_BEFORE = {"forget": "before the key goes", "discard": "between the key and the files"}
KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from uuid import UUID
from domain.casework import Order
from domain.forgetting import Forgetting
from ops.settings import Settings
from ops.wiring import open_house

async def run(folder, organisation, client_id, decision_id, where):
    async with open_house(Settings.load(None, {"MINGZHANG_DATA": folder}), say=print) as house:
        async def killed(*_):
            os.kill(os.getpid(), signal.SIGKILL)
        setattr(house.casework.vault if where == "forget" else house.evidence, where, killed)
        order = Order(organisation=organisation, actor="m-1", command_id=UUID(int=4711))
        forgetting = Forgetting(house.casework, house.evidence)
        await forgetting.erase(order, client_id, decision_id)

folder, *ids, where = sys.argv[1:]
asyncio.run(run(folder, *map(UUID, ids), where))
"""


@pytest.fixture
def settings(tmp_path):
    data = tmp_path / "data"
    return replace(Settings.load(None, {"MINGZHANG_DATA": str(data)}), port=0)


async def sit_down(house, address, organisation, token):
    services = services_of(house)
    http = httpx.AsyncClient(base_url=address, headers=bearer(token), timeout=30)
    return Desk(services, http, organisation, house.settings.evidence_dir, house.tokens)


async def with_person(settings, work):
    """A house that serves over a real port, a person taken in, and then `work(house, person)`."""
    async with open_house(settings, say=lambda _: None) as house:
        organisation = await house.new_organisation()
        _, token = await house.tokens.add(organisation, "m-1", now=utc_now())
        async with serving(house, "127.0.0.1", 0) as address:
            desk = await sit_down(house, address, organisation, token)
            async with desk.http:
                return await work(house, await take_in(desk))


def key_files(settings):
    return {path for path in settings.keys_dir.rglob("*.key") if path.is_file()}


def dump(settings):
    with EmbeddedServer(settings.postgres_dir) as server:
        server.execute("CHECKPOINT")
        program = server.binaries.program("pg_dump")
        out = settings.data_dir / "dump.sql"
        subprocess.run([program, "-d", server.dsn(), "-f", str(out)], check=True)


def disguises(texts):
    """A text as it is, as pg_dump shows bytes, and as a body in base64 would hold it."""
    found = set(texts)
    for text in texts:
        raw = text.encode()
        found.add(raw.hex())
        # Wherever it begins in a base64 text, one of these stands in the middle of it.
        found.update(base64.b64encode(b"x" * skip + raw)[4:-4].decode() for skip in range(3))
    return {text for text in found if len(text.encode()) > 5}


@pytest.mark.anyio
async def test_no_table_file_or_log_holds_an_erased_person(settings, newest, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    logs, patterns = tmp_path / "logs" / "log", tmp_path / "patterns"
    logs.parent.mkdir()
    patterns.mkdir()

    async def work(house, person):
        await house.reader.wait_for(person.desk.organisation, "caseload", 10, 10)
        for path in ("", "/audit-trail"):
            assert (await person.desk.http.get(person.path + path)).status_code == 200
        assert (await person.desk.http.get(f"{person.path}?known_at=x")).status_code == 422
        await person.erase()
        assert (await person.desk.http.get(person.path)).status_code == 410
        head = await person.desk.head()
        assert await house.reader.wait_for(person.desk.organisation, "caseload", head, 20)
        page = (await person.desk.http.get("/v1/cases")).json()
        assert (page["items"], page["omitted"]) == ([], 2)

    await with_person(settings, work)
    logs.write_text(caplog.text, encoding="utf-8")
    await asyncio.to_thread(dump, settings)
    told = {*TELLING, PAPER[:60].decode(errors="ignore")}
    lenders = files_with(settings.data_dir, disguises({"某某小贷"}), patterns / "lenders")
    assert str(settings.data_dir / "dump.sql") in lenders
    assert any("/pg_wal/" in path for path in lenders), lenders
    assert "mingzhang.access" in logs.read_text(encoding="utf-8")
    for folder in (settings.data_dir, logs.parent):
        assert files_with(folder, disguises(told), patterns / "texts") == []
    assert list(settings.evidence_dir.rglob("*.*")) == []


@pytest.mark.anyio
@pytest.mark.parametrize("where", KILLED_BEFORE, ids=list(KILLED_BEFORE.values()))
async def test_a_kill_in_the_middle_is_finished_at_the_next_start(settings, newest, where):
    async def work(house, person):
        ids = [person.desk.organisation, person.client_id, await person.granted()]
        return [str(each) for each in ids], person

    ids, person = await with_person(settings, work)
    keys = key_files(settings)
    call = [sys.executable, "-c", KILLED, str(settings.data_dir), *ids, where]
    done = await asyncio.to_thread(
        subprocess.run, call, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    own = {path for path in keys if path.stem == person.client_id}
    assert len(own) == 1
    # It went as far as the event, and no further than the step that it was killed before.
    assert (key_files(settings) >= own) == (where == "forget")
    assert len(list(settings.evidence_dir.rglob("*.sealed"))) == 1
    async with open_house(settings, say=lambda _: None) as house:
        assert key_files(settings) == keys - own
        assert list(settings.evidence_dir.rglob("*.sealed")) == []
        organisation, client_id = UUID(ids[0]), UUID(ids[1])
        client = await house.casework.client(organisation, client_id)
        assert client.details.name.erased
        events = await house.casework.events(organisation, client_id)
        assert [e.fact.TOPIC for e in events].count(ClientErased.TOPIC) == 1


@pytest.mark.anyio
async def test_yesterdays_keys_and_files_put_back_are_destroyed_before_anything_is_served(
    settings, newest, tmp_path
):
    yesterday = tmp_path / "yesterday"

    async def work(house, person):
        for folder in (settings.keys_dir, settings.evidence_dir):
            await asyncio.to_thread(shutil.copytree, folder, yesterday / folder.name)
        await person.erase()
        return person

    person = await with_person(settings, work)
    for folder in (settings.keys_dir, settings.evidence_dir):
        await asyncio.to_thread(shutil.rmtree, folder)
        await asyncio.to_thread(shutil.copytree, yesterday / folder.name, folder)
    assert any(path.stem == person.client_id for path in key_files(settings))
    async with open_house(settings, say=lambda _: None) as house:
        assert not any(path.stem == person.client_id for path in key_files(settings))
        assert list(settings.evidence_dir.rglob("*.sealed")) == []
        async with serving(house, "127.0.0.1", 0) as address:
            http = httpx.AsyncClient(base_url=address, headers=person.desk.http.headers)
            async with http:
                assert (await http.get(person.path)).status_code == 410


@pytest.mark.anyio
async def test_a_file_that_comes_back_while_the_house_runs_is_swept(settings, newest, tmp_path):
    async def work(house, person):
        (file,) = settings.evidence_dir.rglob("*.sealed")
        kept = shutil.copy(file, tmp_path)
        await person.erase()
        shutil.copy(kept, file)
        os.utime(file, (0, 0))
        swept = await sweep_evidence(house.log, house.evidence, person.desk.organisation)
        assert ([str(one) for one in swept], file.exists()) == ([file.stem], False)

    await with_person(settings, work)


def test_the_shell_prints_the_lists_and_refuses_the_erased(settings, newest, capsys):
    async def work(house, person):
        http = person.desk.http
        rule = {"years": 5, "legal_basis": "档案管理制度 第十二条"}
        assert (await http.post("/v1/retention-rules", json=rule)).status_code == 201
        other = await take_in(person.desk)
        for case_id in (other.case_id, other.second):
            closing = {"closed_on": "2025-09-30", "outcome": "settled", "reason": "已结清"}
            headers = {"If-Match": await person.desk.version(case_id)}
            answer = await http.post(f"/v1/cases/{case_id}/closures", json=closing, headers=headers)
            assert answer.status_code == 201, answer.text
        await person.erase()
        return person, other

    person, other = asyncio.run(with_person(settings, work))
    data = ["--data", str(settings.data_dir)]

    def asked(*words, status=0):
        assert main([*words, *data]) == status
        return capsys.readouterr()

    told = asked("retention", "--on", "2030-09-30").out
    assert "Retention on 2030-09-30: 1 due" in told
    assert f"2030-09-30  client {other.client_id}, closed 2025-09-30: 5 years, 档案管理制度" in told
    assert "0 with an open case, 0 without a case, 1 erased" in told
    assert "Destroyed: 1" in told
    assert f"client {person.client_id} by m-1: consent-withdrawn" in told
    assert not [telling for telling in TELLING if telling in told]
    assert "1 due" not in asked("retention", "--on", "2030-09-29").out
    # Figures need no key; everything else of the erased is refused.
    figures = json.loads(asked("read", "position", person.case_id, "--as-of", "2026-01-01").out)
    assert figures["loans"][0]["paid"]["amount"]["amount"] == "1050.00"
    for reading in ("timeline", "audit-trail"):
        assert "was erased at position" in asked("read", reading, person.case_id, status=1).err
    # And a reading from the shell is on record like any other.
    words = ("--actor", "m-9", "--purpose", "audit")
    assert TELLING[0] in asked("read", "audit-trail", other.case_id, *words).out

    async def accesses():
        async with open_house(settings, say=lambda _: None) as house:
            (organisation,) = await house.organisations()
            found = await house.casework.journal(organisation, ("personal-data-read",))
            return [event for event in found if event.actor == "m-9"]

    (read,) = asyncio.run(accesses())
    assert str(read.fact.client_id) == other.client_id
    assert (read.fact.reading, read.fact.purpose) == ("audit-trail", "audit")
    assert isinstance(settings.data_dir, Path)
