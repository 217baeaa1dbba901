"""Forgetting a client over HTTP, on PostgreSQL: what is closed, what is left, what is said."""

import asyncio
from uuid import UUID

import httpx
import pytest

from domain.clients.erasure import ClientErased
from domain.log import LogUnavailable
from tests.api.desk import assert_problem, payment
from tests.api.people import (
    GRANT,
    HOLD,
    NAME,
    PAPER,
    REFUSAL,
    TELLING,
    assert_gone,
    tables_caught_up,
    take_in,
)
from tests.api.serving import served
from tests.api.test_evidence import BOUNDARY, FORM, part

pytestmark = pytest.mark.anyio


@pytest.fixture
async def person(office):
    return await take_in(office)


async def erased(person):
    """Erase them; the answer, with the position of the `client-erased` itself."""
    written = await person.erase()
    (line,) = (await person.desk.http.get("/v1/erasures")).json()["items"]
    assert line["erased"]["event_id"] == written["entry_id"]
    return {**written, "erased_at": line["erased"]["position"]}


def personal_paths(person):
    case = f"/v1/cases/{person.case_id}"
    return (
        person.path,
        f"{person.path}/audit-trail",
        case,
        f"{case}/audit-trail",
        f"{case}/timeline",
        f"{case}/evidence/{person.item_id}/content",
        f"/v1/cases/{person.second}",
    )


async def figures(person):
    """Everything about their cases that needs no key."""
    case = f"/v1/cases/{person.case_id}"
    known = "as_of=2026-01-01"
    answers = [
        await person.desk.http.get(f"{case}/position?{known}"),
        await person.desk.http.get(f"{case}/lines?{known}"),
        await person.desk.http.get(f"{case}/recheck"),
        await person.desk.http.get("/v1/balances"),
    ]
    assert {answer.status_code for answer in answers} == {200}
    return answers


def unmoved(value):
    """A reading without its place in the journal, which moves with every event."""
    if isinstance(value, dict):
        places = ("position", "version", "known_at")
        return {name: unmoved(part) for name, part in value.items() if name not in places}
    return [unmoved(part) for part in value] if isinstance(value, list) else value


async def test_every_reading_of_an_erased_client_is_410_with_its_reference(person):
    before = await person.desk.head()
    for path in personal_paths(person):
        assert (await person.desk.http.get(path)).status_code == 200, path
    gone = await erased(person)
    for path in personal_paths(person):
        assert_gone(await person.desk.http.get(path), person, gone)
    # What was known before is closed as well, and so is what the caller has a copy of.
    for path in (person.path, f"/v1/cases/{person.case_id}/timeline"):
        assert_gone(await person.desk.http.get(f"{path}?known_at={before}"), person, gone)
    case = f"/v1/cases/{person.case_id}"
    for path in (person.path, f"{case}/audit-trail", f"{case}/timeline"):
        same = await person.desk.http.get(path, headers={"If-None-Match": "*"})
        assert_gone(same, person, gone)


async def test_a_colleague_without_a_right_to_names_gets_410_as_well(person):
    gone = await erased(person)
    colleague = await person.desk.colleague(capabilities=["case:read"])
    async with colleague:
        assert_gone(await colleague.get(f"/v1/cases/{person.case_id}"), person, gone)


async def test_figures_and_totals_are_what_they_were(person):
    other = await person.desk.case()
    await person.desk.loan(other)
    await tables_caught_up(person.desk)
    before = await figures(person)
    await erased(person)
    await tables_caught_up(person.desk)
    after = await figures(person)
    for one, two in zip(before, after, strict=True):
        assert unmoved(one.json()) == unmoved(two.json())
    assert len(after[3].json()["items"]) == 3
    known = f"as_of=2026-01-01&known_at={before[0].json()['known_at']}"
    past = await person.desk.http.get(f"/v1/cases/{person.case_id}/position?{known}")
    assert past.json() == before[0].json()


async def test_the_list_leaves_them_out_and_says_how_many(person):
    other = await person.desk.case()
    await tables_caught_up(person.desk)
    page = (await person.desk.http.get("/v1/cases")).json()
    assert (len(page["items"]), page["omitted"]) == (3, 0)
    await erased(person)
    await tables_caught_up(person.desk)
    page = (await person.desk.http.get("/v1/cases?names=true")).json()
    assert [row["case_id"] for row in page["items"]] == [other]
    assert page["omitted"] == 2
    assert list(page["names"].values()) == ["王小明"]
    closed = (await person.desk.http.get("/v1/cases?status=closed")).json()
    assert (closed["items"], closed["omitted"]) == ([], 0)
    first = (await person.desk.http.get("/v1/cases?limit=1")).json()
    assert (first["next"], first["omitted"]) == (None, 2)


async def test_every_command_on_them_and_their_cases_is_refused(person):
    await erased(person)
    head = await person.desk.head()
    any_version = {"If-Match": '"1"'}
    case = f"/v1/cases/{person.case_id}"
    details = {"name": "李雷"}
    paid = payment(person.loan_id)
    entry = {"entry_id": person.paid_id, "reason": "x"}
    told = {"stated_to": "lender", "as_of": "2026-03-01"}
    asked = {"requested_on": "2026-03-01", "requested_by": "client"}
    attempts = (
        (f"{person.path}/corrections", {"replacement": details, "reason": "x"}),
        (f"{person.path}/erasure-requests", asked),
        (f"{person.path}/erasure-grants", GRANT),
        (f"{person.path}/erasure-refusals", REFUSAL),
        (f"{person.path}/erasure", {"decision_id": person.item_id}),
        (f"{person.path}/legal-holds", HOLD),
        (f"{case}/payments", paid),
        (f"{case}/corrections", {**entry, "replacement": {"topic": "payment-made", **paid}}),
        (f"{case}/withdrawals", entry),
        (f"{case}/closures", {"closed_on": "2026-03-01", "outcome": "settled", "reason": "x"}),
        (f"{case}/notes", {"noted_on": "2026-03-01", "text": "x"}),
        (f"{case}/figures-statements", told),
    )
    for path, body in attempts:
        headers = {} if path.endswith("figures-statements") else any_version
        answer = await person.desk.http.post(path, json=body, headers=headers)
        assert_problem(answer, 410, "client-erased", None)
        rehearsed = await person.desk.http.post(f"{path}?dry_run=true", json=body, headers=headers)
        assert rehearsed.status_code == 410, path
    opening = {"client_id": person.client_id, "opened_on": "2026-03-01"}
    answer = await person.desk.http.post("/v1/cases", json=opening)
    assert_problem(answer, 410, "client-erased", "client_id")
    meta = '{"source": "client-phone", "obtained_on": "2025-02-01"}'
    parts = {"metadata": (None, meta, "application/json"), "file": ("a.bin", b"abc")}
    answer = await person.desk.http.post(f"{case}/evidence", files=parts)
    assert_problem(answer, 410, "client-erased", None)
    assert await person.desk.head() == head
    assert person.desk.files() == []


async def test_the_key_the_files_and_nothing_else_are_destroyed(person):
    other = await person.desk.client("李雷")
    vault = person.desk.services.casework.vault
    assert len(person.desk.files()) == 1
    await erased(person)
    assert person.desk.files() == []
    store = vault._key_store
    assert await store.data_key(person.desk.organisation, UUID(person.client_id)) is None
    assert (await person.desk.http.get(f"/v1/clients/{other}")).json()["details"]["name"] == "李雷"
    said = (await person.erasure())["destroyed"]
    assert (said["is_key_destroyed"], len(said["files"])) == (True, 1)
    assert set(said["cases"]) == {person.case_id, person.second}


async def test_every_leaf_is_still_the_leaf_of_its_event(person):
    log = person.desk.services.casework.log
    before = await log.read_journal(person.desk.organisation)
    await erased(person)
    after = await log.read_journal(person.desk.organisation)
    assert list(after[: len(before)]) == list(before)
    assert all(event.is_intact() for event in after)
    assert [e.topic for e in after[-3:]] == ["client-erased", "case-erased", "case-erased"]


async def test_no_column_of_any_table_holds_them(person):
    await tables_caught_up(person.desk)
    await person.post("legal-holds", HOLD)
    hold = (await person.erasure())["holds"][0]["hold_id"]
    lifting = {"hold_id": hold, "lifted_on": "2026-03-02", "reason": f"{NAME}已结案"}
    await person.post("legal-hold-liftings", lifting)
    await erased(person)
    await tables_caught_up(person.desk)
    async with person.desk.pool.acquire(person.desk.organisation) as connection:
        tables = await connection.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'mingzhang'"
            # Ids alone, and for the sealer's function only.
            " AND tablename <> 'sealers'"
        )
        searched = 0
        for table in tables:
            rows = (
                await connection.fetch(
                    f"SELECT t::text, encode(convert_to(t::text, 'UTF8'), 'hex') "
                    f"FROM mingzhang.{table['tablename']} t"
                )
                if table["tablename"] != "schema_migrations"
                else []
            )
            for text, _ in rows:
                searched += 1
                for telling in TELLING:
                    assert telling not in text
                    # Bodies are bytea, which text shows as hex.
                    assert telling.encode().hex() not in text
    assert searched > 30


async def test_under_a_hold_every_path_refuses_and_nothing_is_destroyed(person):
    decision = await person.granted()
    hold = (await person.post("legal-holds", HOLD))["entry_id"]
    head = await person.desk.head()
    for query in ("", "?dry_run=true"):
        answer = await person.desk.http.post(
            f"{person.path}/erasure{query}",
            json={"decision_id": decision},
            headers={"If-Match": await person.version()},
        )
        assert_problem(answer, 409, "legal-hold", None)
        assert answer.json()["entries"] == [hold]
    refused = await person.post("erasure-grants", GRANT, status=409)
    assert refused["code"] == "legal-hold"
    assert await person.desk.head() == head
    assert (await person.desk.http.get(person.path)).json()["details"]["name"] == NAME
    assert len(person.desk.files()) == 1
    lifting = {"hold_id": hold, "lifted_on": "2026-03-02", "reason": "x"}
    await person.post("legal-hold-liftings", lifting)
    await person.post("erasure", {"decision_id": decision})


async def test_a_hold_that_comes_at_the_same_time_is_not_overrun(office):
    """Either the hold is first and nothing is destroyed, or it is refused: never both."""
    for _ in range(4):
        person = await take_in(office)
        decision = await person.granted()
        seen = {"If-Match": await person.version()}
        erasing = office.http.post(
            f"{person.path}/erasure", json={"decision_id": decision}, headers=seen
        )
        holding = office.http.post(f"{person.path}/legal-holds", json=HOLD)
        one, two = await asyncio.gather(erasing, holding)
        state = await person.erasure()
        if one.status_code == 201:
            assert (two.status_code, state["state"]) == (410, "erased")
        else:
            assert (one.status_code, two.status_code) in {(409, 201), (412, 201)}, one.text
            assert (state["state"], len(state["holds"])) == ("granted", 1)


async def test_what_is_recorded_at_the_same_time_is_in_the_case_or_refused(person):
    decision = await person.granted()
    seen = {"If-Match": await person.version()}
    notes = [
        person.desk.http.post(
            f"/v1/cases/{case}/notes", json={"noted_on": "2025-03-01", "text": NAME}
        )
        for case in (person.case_id, person.second)
        for _ in range(5)
    ]
    erasing = person.desk.http.post(
        f"{person.path}/erasure", json={"decision_id": decision}, headers=seen
    )
    done, *told = await asyncio.gather(erasing, *notes)
    assert done.status_code == 201, done.text
    assert {answer.status_code for answer in told} <= {201, 410}
    for case in (person.case_id, person.second):
        events = await person.desk.services.casework.events(person.desk.organisation, UUID(case))
        assert events[-1].fact.TOPIC == "case-erased"


async def test_a_command_whose_client_is_erased_while_it_is_sealed_is_refused(person, monkeypatch):
    decision = await person.granted()
    vault = person.desk.services.casework.vault
    seal, waiting = vault.seal, [decision]

    async def erased_meanwhile(organisation, event_id, fact):
        if fact.TOPIC == "note-added" and waiting:
            await person.post("erasure", {"decision_id": waiting.pop()})
        return await seal(organisation, event_id, fact)

    monkeypatch.setattr(vault, "seal", erased_meanwhile)
    note = {"noted_on": "2025-03-01", "text": NAME}
    answer = await person.desk.http.post(f"/v1/cases/{person.case_id}/notes", json=note)
    assert_problem(answer, 410, "client-erased", None)
    assert "was erased at position" in answer.json()["detail"]
    assert waiting == []


async def test_from_the_grant_on_no_case_is_opened_so_none_is_missed(person):
    await person.granted()
    opening = {"client_id": person.client_id, "opened_on": "2026-03-01"}
    answer = await person.desk.http.post("/v1/cases", json=opening)
    assert_problem(answer, 422, "erasure-granted", "client_id")
    await person.post("erasure-refusals", REFUSAL)
    answer = await person.desk.http.post("/v1/cases", json=opening)
    assert answer.status_code == 201
    decision = await person.granted()
    await person.post("erasure", {"decision_id": decision})
    assert len((await person.erasure())["destroyed"]["cases"]) == 3


async def test_the_way_to_it_is_told_and_so_is_what_it_could_not_reach(person):
    told = {"stated_to": "lender", "as_of": "2026-03-01"}
    stated = await person.desk.post(person.case_id, "figures-statements", told)
    assert (await person.erasure())["state"] == "none"
    gone = await erased(person)
    reading = await person.erasure()
    assert reading["state"] == "erased"
    assert [step["topic"] for step in reading["steps"]] == [
        "erasure-requested",
        "erasure-granted",
        "client-erased",
    ]
    last = reading["steps"][-1]
    assert (last["event_id"], last["position"]) == (gone["entry_id"], gone["erased_at"])
    assert (last["ground"], last["actor"]) == ("consent-withdrawn", "m-1")
    (left,) = reading["given_out"]
    assert (left["event_id"], left["to"]) == (stated["entry_id"], "lender")
    assert left["on"] is not None
    (line,) = (await person.desk.http.get("/v1/erasures")).json()["items"]
    assert (line["client_id"], line["files"]) == (person.client_id, 1)
    assert line["decision"]["legal_basis"] == GRANT["legal_basis"]


async def test_a_repeat_of_the_erasure_is_answered_as_the_first_time(person):
    decision = await person.granted()
    options = {
        "json": {"decision_id": decision},
        "headers": {"If-Match": await person.version(), "Idempotency-Key": "forget-1"},
    }
    first = await person.desk.http.post(f"{person.path}/erasure", **options)
    again = await person.desk.http.post(f"{person.path}/erasure", **options)
    assert (first.status_code, again.status_code) == (201, 201), again.text
    assert again.json() == {**first.json(), "repeated": True}


async def test_an_event_without_its_destruction_closes_every_reading_at_once(person, monkeypatch):
    """As in the moment between the two: what is refused rests on the event, not on the key."""
    decision, before = await person.granted(), await person.desk.head()
    vault = person.desk.services.casework.vault

    async def cut_off(organisation, subject):
        raise LogUnavailable("stopped here")

    with monkeypatch.context() as stopped:
        stopped.setattr(vault, "forget", cut_off)
        body = {"decision_id": decision}
        await person.post("erasure", body, status=503)
    state = await person.erasure()
    assert (state["state"], state["destroyed"]["is_key_destroyed"]) == ("erased", False)
    for path in personal_paths(person):
        assert (await person.desk.http.get(path)).status_code == 410, path
    case = f"/v1/cases/{person.case_id}"
    for path in (person.path, f"{case}/audit-trail", f"{case}/timeline"):
        earlier = await person.desk.http.get(f"{path}?known_at={before}")
        assert earlier.status_code == 410, path
    # Asked again, it is refused, and finished all the same.
    await person.post("erasure", body, status=410)
    assert (await person.erasure())["destroyed"]["is_key_destroyed"] is True
    assert person.desk.files() == []


async def test_a_key_that_is_gone_while_the_journal_knows_nothing_is_410_too(person):
    """An older copy of the database runs beside the newest key store."""
    vault = person.desk.services.casework.vault
    await vault.forget(person.desk.organisation, UUID(person.client_id))
    for path in personal_paths(person)[:-1]:
        answer = await person.desk.http.get(path)
        assert_problem(answer, 410, "client-erased", None)
        assert "erasure" not in answer.json()
    note = {"noted_on": "2025-03-01", "text": "x"}
    answer = await person.desk.http.post(f"/v1/cases/{person.case_id}/notes", json=note)
    assert_problem(answer, 410, "client-erased", None)


async def test_nothing_of_them_is_in_the_answers_that_are_left(person):
    await erased(person)
    await tables_caught_up(person.desk)
    paths = (
        f"{person.path}/erasure",
        f"{person.path}/accesses",
        "/v1/erasures",
        "/v1/retention",
        "/v1/legal-holds",
        "/v1/cases?names=true",
        "/v1/balances",
        f"/v1/cases/{person.case_id}/position",
        f"/v1/cases/{person.case_id}/lines",
        f"/v1/cases/{person.case_id}/recheck",
    )
    for path in paths:
        answer = await person.desk.http.get(path)
        assert answer.status_code == 200, (path, answer.text)
        assert not [telling for telling in TELLING if telling in answer.text], path
    assert PAPER
    assert ClientErased.TOPIC in (await person.desk.http.get(paths[0])).text


async def test_a_file_on_its_way_in_is_refused_and_leaves_nothing(person):
    """The key that sealed its first half is destroyed before the second half comes."""
    decision = await person.granted()
    begun, done = asyncio.Event(), asyncio.Event()

    async def body():
        yield part("metadata", b'{"source": "client-phone", "obtained_on": "2025-02-01"}')
        yield part("file", b"", "a.bin", "application/x-data")[:-2]
        for _ in range(40):
            yield b"x" * 65_536
        begun.set()
        await done.wait()
        yield f"x\r\n--{BOUNDARY}--\r\n".encode()

    async with served(person.desk.http._transport.app) as port:
        address = f"http://127.0.0.1:{port}/v1/cases/{person.case_id}/evidence"
        async with httpx.AsyncClient(headers=person.desk.http.headers, timeout=30) as http:
            sending = asyncio.create_task(http.post(address, content=body(), headers=FORM))
            await begun.wait()
            await person.post("erasure", {"decision_id": decision})
            done.set()
            answer = await sending
    assert_problem(answer, 410, "client-erased", None)
    assert person.desk.files() == []


async def test_a_repeat_of_what_was_recorded_before_is_answered_without_opening_anything(person):
    note = {"noted_on": "2025-03-01", "text": NAME}
    options = {"json": note, "headers": {"Idempotency-Key": "note-1"}}
    first = await person.desk.http.post(f"/v1/cases/{person.case_id}/notes", **options)
    await erased(person)
    again = await person.desk.http.post(f"/v1/cases/{person.case_id}/notes", **options)
    assert again.json() == {**first.json(), "repeated": True}
    assert NAME not in again.text


async def test_no_case_file_leaves_the_house_while_an_erasure_is_under_way(person):
    """Given a case file that was given out, it cannot be fetched again once erasure is granted."""
    wish = {"exported_to": "court", "purpose": "起诉材料", "opens": ["names"]}
    exports = f"/v1/cases/{person.case_id}/exports"
    first = await person.desk.http.post(exports, json=wish)
    assert first.status_code == 201, first.text
    bundle = f"/v1/cases/{person.case_id}/bundle?export={first.json()['entry_id']}"
    assert (await person.desk.http.get(bundle)).status_code == 200
    decision = await person.granted()
    for answer in (
        await person.desk.http.post(exports, json=wish),
        await person.desk.http.get(bundle),
    ):
        assert_problem(answer, 422, "erasure-granted", None)
    await person.post("erasure", {"decision_id": decision})
    for answer in (
        await person.desk.http.post(exports, json=wish),
        await person.desk.http.get(bundle),
    ):
        assert_problem(answer, 410, "client-erased", None)
    beyond = (await person.erasure())["given_out"]
    assert [one["event_id"] for one in beyond if one["topic"] == "case-exported"] == [
        first.json()["entry_id"]
    ]


async def test_a_search_finds_nobody_who_was_forgotten(person):
    """Also where the same process held the opened name before."""
    ask = {"q": NAME}
    found = (await person.desk.http.get("/v1/search", params=ask)).json()
    assert found["items"] != []
    await erased(person)
    found = (await person.desk.http.get("/v1/search", params=ask)).json()
    assert found["items"] == []
    assert NAME not in str(found)
