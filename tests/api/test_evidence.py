"""Files in and out: whole or not at all, sealed on the way, in bounded memory."""

import asyncio
import json
import os
import time
import tracemalloc
from functools import partial
from hashlib import sha256
from uuid import UUID

import httpx
import msgspec
import pytest

from api.app import create_app
from domain.log import LogUnavailable, StreamAppend, VersionConflict
from ops.serving import sweep_evidence
from tests.api.desk import services_over, sit_down
from tests.api.serving import raw, served
from tests.ops.appends import append, event

pytestmark = pytest.mark.anyio

FILE = b"%PDF-1.7 " + bytes(range(256)) * 300
META = {"source": "client-phone", "obtained_on": "2025-02-01", "description": "催收短信截图"}
BOUNDARY = "grenze"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def form(meta=META, file=FILE, name="短信.pdf", media="application/pdf", end="--"):
    """The form as bytes; `end` is what follows the last boundary."""
    said = meta if isinstance(meta, bytes) else json.dumps(meta).encode()
    return b"".join(
        [
            part("metadata", said),
            part("file", file, name, media),
            f"--{BOUNDARY}{end}\r\n".encode(),
        ]
    )


def part(field, content, name=None, media=None):
    filename = f'; filename="{name}"' if name else ""
    kind = f"\r\nContent-Type: {media}" if media else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{filename}{kind}\r\n\r\n'
    return head.encode() + content + b"\r\n"


async def send(desk, case_id, content, **headers):
    return await desk.http.post(
        f"/v1/cases/{case_id}/evidence", content=content, headers={**FORM, **headers}
    )


async def test_a_file_comes_back_as_it_was(office):
    case_id = await office.case()
    digest = sha256(FILE).hexdigest()
    added = await send(office, case_id, form({**META, "sha256": digest.upper()}))
    assert added.status_code == 201, added.text
    said = added.json()
    assert (said["sha256"], said["size_bytes"]) == (digest, len(FILE))
    path = f"/v1/cases/{case_id}/evidence/{said['entry_id']}/content"
    answer = await office.http.get(path)
    assert answer.content == FILE
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "%E7%9F%AD%E4%BF%A1.pdf" in answer.headers["content-disposition"]
    (stored,) = office.files()
    assert FILE[:64] not in stored.read_bytes()
    trail = (await office.http.get(f"/v1/cases/{case_id}/audit-trail")).json()
    changes = {c["field"]: c["new"] for c in trail["lines"][-1]["changes"]}
    assert changes["name"] == "短信.pdf"
    assert changes["sha256"] == digest


async def test_a_client_library_can_send_it_too(desk):
    case_id = await desk.case()
    parts = {
        "metadata": (None, json.dumps(META), "application/json"),
        "file": ("a.bin", FILE),
    }
    answer = await desk.http.post(f"/v1/cases/{case_id}/evidence", files=parts)
    assert answer.status_code == 201, answer.text


async def test_a_repeat_keeps_one_file(desk):
    case_id = await desk.case()
    first = await send(desk, case_id, form(), **{"Idempotency-Key": "k"})
    again = await send(desk, case_id, form(), **{"Idempotency-Key": "k"})
    assert again.json() == {**first.json(), "repeated": True}
    assert len(desk.files()) == 1
    other = await send(desk, case_id, form(file=FILE + b"!"), **{"Idempotency-Key": "k"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert len(desk.files()) == 1
    item = first.json()["entry_id"]
    content = await desk.http.get(f"/v1/cases/{case_id}/evidence/{item}/content")
    assert content.content == FILE


async def test_a_dry_run_keeps_nothing(desk):
    case_id = await desk.case()
    answer = await desk.http.post(
        f"/v1/cases/{case_id}/evidence?dry_run=true", content=form(), headers=FORM
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["facts"][0]["sha256"] == sha256(FILE).hexdigest()
    assert desk.files() == []


BAD = {
    "wrong digest": (form({**META, "sha256": "0" * 64}), 422, "digest-mismatch", "metadata/sha256"),
    "no digest": (form({**META, "sha256": "x"}), 422, "invalid-input", "metadata/sha256"),
    "ends early": (form()[:-40], 400, "body-cut-short", "file"),
    "no last boundary": (form(end=""), 400, None, None),
    "ends in the metadata": (form()[:90], 400, "body-cut-short", "file"),
    "nothing": (b"", 400, "body-cut-short", "file"),
    "no form": (b"x" * 5000, 400, "body-cut-short", "file"),
    "empty file": (form(file=b""), 422, "invalid-input", "file"),
    "unknown field": (form({**META, "x": 1}), 422, "invalid-input", "metadata/x"),
    "no JSON": (form(b"source=phone"), 400, "malformed-json", "metadata"),
    "bad UTF-8": (
        form(b'{"description": "\xff"}'),
        422,
        "invalid-input",
        "metadata/description",
    ),
    "NUL": (form({**META, "name": "a\0"}), 422, "invalid-input", "metadata/name"),
    "long metadata": (
        form({**META, "description": "x" * 70_000}),
        413,
        "body-too-large",
        "metadata",
    ),
    "long description": (
        form({**META, "description": "x" * 20_001}),
        422,
        "text-too-long",
        "description",
    ),
    "future day": (
        form({**META, "obtained_on": "2099-01-01"}),
        422,
        "date-in-future",
        "obtained_on",
    ),
    "no name": (form(name=None), 422, "invalid-input", "metadata/name"),
    "bad media type": (form(media="html"), 422, "invalid-input", "file"),
    "file first": (
        part("file", FILE, "a") + part("metadata", b"{}") + f"--{BOUNDARY}--".encode(),
        400,
        "malformed-multipart",
        "metadata",
    ),
    "a third part": (
        part("metadata", json.dumps(META).encode())
        + part("file", FILE, "a")
        + part("more", b"x")
        + f"--{BOUNDARY}--".encode(),
        400,
        "malformed-multipart",
        None,
    ),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_form_leaves_nothing(desk, name):
    content, status, code, field = BAD[name]
    case_id = await desk.case()
    head = await desk.head()
    answer = await send(desk, case_id, content)
    problem = answer.json()
    assert answer.status_code == status, problem
    assert code in (None, problem["code"]), problem
    if field:
        assert [error["field"] for error in problem["errors"]] == [field]
    assert await desk.head() == head
    assert desk.files() == []


async def test_a_closed_or_unknown_case_takes_no_file(desk):
    case_id = await desk.case()
    closure = {"closed_on": "2025-05-01", "outcome": "referred", "reason": "x"}
    await desk.post(case_id, "closures", closure, headers={"If-Match": '"1"'})
    unread = b"not a form: refused before a byte is looked at"
    assert (await send(desk, case_id, unread)).json()["code"] == "case-closed"
    stranger = await desk.colleague("m-9", organisation=desk.services.new_id())
    answer = await stranger.post(f"/v1/cases/{case_id}/evidence", content=unread, headers=FORM)
    assert (answer.status_code, answer.json()["code"]) == (404, "case-unknown")
    assert desk.files() == []


async def test_stale_if_match_drops_the_file_before_it_is_sent(desk):
    case_id = await desk.case()
    answer = await send(desk, case_id, form(), **{"If-Match": '"7"'})
    assert answer.status_code == 412
    assert desk.files() == []


async def test_a_full_disk_is_503_and_keeps_nothing(desk):
    case_id = await desk.case()
    # A file where the folder should be: the store cannot write, as on a disk that is gone.
    desk.evidence_dir.write_bytes(b"")
    answer = await send(desk, case_id, form())
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"]
    desk.evidence_dir.unlink()
    assert (await send(desk, case_id, form())).status_code == 201


class KeyGone(KeyError):
    pass


@pytest.mark.parametrize(
    ("fault", "status", "kept"),
    (
        (VersionConflict(UUID(int=1), 1, 2), 503, 0),
        (KeyGone("destroyed"), 500, 0),
        (LogUnavailable("who knows"), 503, 1),
    ),
)
async def test_what_was_certainly_not_recorded_keeps_no_file(
    desk, monkeypatch, fault, status, kept
):
    case_id = await desk.case()

    async def fail(append):
        raise fault

    # The rehearsal appends nothing, so the file is sealed and on disk when this is met.
    monkeypatch.setattr(desk.services.casework.log, "append", fail)
    answer = await send(desk, case_id, form())
    assert answer.status_code == status, answer.text
    assert len(desk.files()) == kept


async def test_a_fault_after_the_recording_keeps_the_file(desk, monkeypatch):
    case_id = await desk.case()
    append = desk.services.casework.log.append

    async def fail(order):
        await append(order)
        raise RuntimeError("after it was recorded")

    monkeypatch.setattr(desk.services.casework.log, "append", fail)
    assert (await send(desk, case_id, form())).status_code == 500
    assert len(desk.files()) == 1


async def test_the_sweep_drops_what_no_event_names_and_nothing_else(desk, monkeypatch):
    services, case_id = desk.services, await desk.case()
    for number in range(3):
        await send(desk, case_id, form(file=FILE + bytes([number])))
    monkeypatch.setattr("ops.memory_log.PAGE_MAX", 2)
    named = set(desk.files())
    orphans = [services.new_id(), services.new_id()]
    client_id = UUID((await desk.http.get(f"/v1/cases/{case_id}")).json()["client_id"])
    for file_id in orphans:
        await services.evidence.put(desk.organisation, client_id, file_id, _one(b"x"))
    sweep = partial(sweep_evidence, services.casework.log, services.evidence, desk.organisation)
    assert await sweep() == []
    long_ago = time.time() - 2 * 24 * 3600
    for path in desk.files():
        os.utime(path, (long_ago, long_ago))
    assert await sweep() == sorted(orphans)
    assert set(desk.files()) == named


async def _one(piece):
    yield piece


async def test_an_event_that_cannot_be_read_stops_the_sweep(desk):
    case_id = await desk.case()
    await send(desk, case_id, form())
    log = desk.services.casework.log
    bad = StreamAppend(stream=UUID(case_id), expected_version=2, events=(event("evidence-added"),))
    await log.append(append(desk.organisation, bad))
    (path,) = desk.files()
    os.utime(path, (0, 0))
    with pytest.raises(msgspec.ValidationError):
        await sweep_evidence(log, desk.services.evidence, desk.organisation)
    assert desk.files() == [path]


async def test_a_file_that_was_changed_on_disk_is_not_given_out(desk):
    case_id = await desk.case()
    item = (await send(desk, case_id, form())).json()["entry_id"]
    (stored,) = desk.files()
    stored.chmod(0o600)
    spoilt = bytearray(stored.read_bytes())
    spoilt[-20] ^= 1
    stored.write_bytes(spoilt)
    answer = await desk.http.get(f"/v1/cases/{case_id}/evidence/{item}/content")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")


async def test_who_hangs_up_leaves_nothing(desk):
    case_id = await desk.case()
    head = await desk.head()
    async with served(desk.http._transport.app) as port:
        content = form(file=FILE * 40)
        request = (
            f"POST /v1/cases/{case_id}/evidence HTTP/1.1\nHost: x\n"
            f"Authorization: {desk.http.headers['authorization']}\n"
            f"Content-Type: {FORM['Content-Type']}\nContent-Length: {len(content)}"
        )
        await raw(port, request, content[: len(content) // 2], hang_up=True)
        for _ in range(100):
            await asyncio.sleep(0.02)
            if not desk.files():
                break
        status, _ = await raw(port, "GET /health/live HTTP/1.1\nHost: x\nConnection: close")
    assert status == 200
    assert desk.files() == []
    assert await desk.head() == head


async def test_a_large_file_is_never_held_whole(desk):
    case_id = await desk.case()
    piece = b"x" * 65_536

    async def body():
        yield part("metadata", json.dumps(META).encode())
        yield part("file", b"", "large.bin", "application/x-data")[:-2]
        for _ in range(800):
            yield piece
        yield f"\r\n--{BOUNDARY}--\r\n".encode()

    async with served(desk.http._transport.app) as port:
        tracemalloc.start()
        async with httpx.AsyncClient(headers=desk.http.headers, timeout=60) as http:
            answer = await http.post(
                f"http://127.0.0.1:{port}/v1/cases/{case_id}/evidence", content=body(), headers=FORM
            )
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert answer.status_code == 201, answer.text
    assert answer.json()["size_bytes"] == 800 * 65_536
    assert peak < 12 * 2**20


async def test_a_file_above_the_limit_is_refused_early(tmp_path, desk):
    services = services_over(
        desk.services.casework.log, desk.tokens, tmp_path, None, evidence_bytes_max=1_000_000
    )
    small = await sit_down(services, desk.tokens, tmp_path, desk.organisation)
    case_id = await small.case()

    async def body():
        yield part("metadata", json.dumps(META).encode())
        yield part("file", b"", "large.bin")[:-2]
        for _ in range(100):
            yield b"x" * 65_536
        yield f"\r\n--{BOUNDARY}--\r\n".encode()

    async with served(create_app(services)) as port:
        async with httpx.AsyncClient(headers=small.http.headers) as http:
            answer = await http.post(
                f"http://127.0.0.1:{port}/v1/cases/{case_id}/evidence", content=body(), headers=FORM
            )
        assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    announced = await send(small, case_id, b"", **{"Content-Length": "2000000000"})
    assert announced.status_code == 413
    assert small.files() == []
    await small.http.aclose()
