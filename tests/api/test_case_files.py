"""A case file is given out over HTTP, and holds on a machine that has never heard of us."""

import io
import json
import shutil
import zipfile
from hashlib import sha256

import msgspec
import pytest

from domain.cases.exporting import CaseExported
from ops.sealing.stamping import Stamper
from ops.verifier.verify import Wrong, verify
from tests.api.desk import assert_problem, cny, disbursed, payment
from tests.ops.sealing.authority import Authority, serving

pytestmark = pytest.mark.anyio

ASKED = {"exported_to": "regulator", "purpose": "投诉材料"}
ALL = {**ASKED, "opens": ["names", "numbers", "texts", "files"]}


async def evidence(desk, case_id, content=b"a receipt", name="收据.png"):
    meta = '{"source": "client-phone", "obtained_on": "2025-02-01"}'
    parts = {"metadata": (None, meta, "application/json"), "file": (name, content, "image/png")}
    answer = await desk.http.post(f"/v1/cases/{case_id}/evidence", files=parts)
    assert answer.status_code == 201, answer.text
    return answer.json()["entry_id"]


async def a_case(desk):
    """A case with a loan, payments, a claim, a note, a correction and evidence."""
    case_id = await desk.case(summary="网贷逾期")
    loan = await desk.loan(case_id, contract_number="HT-2025-77")
    await desk.post(case_id, "disbursements", disbursed(loan))
    paid = await desk.post(case_id, "payments", payment(loan, note="她说是上午付的"))
    claim = {"loan_id": loan, "occurred_on": "2025-04-01", "claimed_as_of": "2025-04-01"}
    items = [{"kind": "principal", "amount": cny("10000.00")}]
    await desk.post(case_id, "lender-claims", {**claim, "grade": "lender-says", "items": items})
    await desk.post(case_id, "notes", {"noted_on": "2025-04-02", "text": "周一回电"})
    correction = {
        "entry_id": paid["entry_id"],
        "replacement": {"topic": "payment-made", **payment(loan, "120.00", note="下午")},
        "reason": "金额录入有误",
    }
    headers = {"If-Match": await desk.version(case_id)}
    await desk.post(case_id, "corrections", correction, headers=headers)
    return case_id, loan, await evidence(desk, case_id)


async def exported(desk, case_id, asked=ASKED, **options):
    return (await desk.post(case_id, "exports", asked, **options))["entry_id"]


async def bundle(desk, case_id, export_id=None):
    query = {"export": export_id} if export_id else {}
    answer = await desk.http.get(f"/v1/cases/{case_id}/bundle", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return answer.content


def files_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as bag:
        assert bag.testzip() is None
        return {name.partition("/")[2]: bag.read(name) for name in bag.namelist()}


def journal_of(data):
    return [json.loads(line) for line in files_of(data)["data/journal/events.jsonl"].splitlines()]


async def key_of(desk):
    return (await desk.services.seal.keys(desk.organisation))[-1].key


async def test_a_whole_case_holds_and_shows_what_was_chosen(ruled):
    case_id, _, item = await a_case(ruled)
    export_id = await exported(ruled, case_id, {**ALL, "evidence_items": [item]})
    data = await bundle(ruled, case_id, export_id)
    journal, seal, key, _, _ = verify(io.BytesIO(data), await key_of(ruled))
    assert journal.count == journal.given == 9
    assert journal.opened == 8 + 2
    files = files_of(data)
    assert files[f"data/evidence/{item}/收据.png"] == b"a receipt"
    facts = [line["fact"] for line in journal_of(data)]
    assert facts[0]["summary"] == "网贷逾期"
    assert facts[1]["contract_number"] == "HT-2025-77"
    assert facts[-1]["purpose"] == "投诉材料"
    assert key.text == await key_of(ruled)
    assert seal.size >= journal.last["position"]


async def test_its_readings_are_the_bytes_that_the_api_answers_with(ruled):
    case_id, *_ = await a_case(ruled)
    export_id = await exported(ruled, case_id, {**ALL, "as_of": "2025-05-01"})
    files = files_of(await bundle(ruled, case_id, export_id))
    fact = journal_of(await bundle(ruled, case_id))[-1]["fact"]
    query = {"as_of": "2025-05-01", "known_at": fact["known_at"]}
    for reading in ("position", "timeline", "audit-trail", "lines"):
        answer = await ruled.http.get(f"/v1/cases/{case_id}/{reading}", params=query)
        assert files[f"data/readings/{reading}.json"] == answer.content
    [check] = json.loads(files["data/readings/claim-check.json"])
    path = f"/v1/cases/{case_id}/lender-claims/{check['claim_id']}/check"
    answer = await ruled.http.get(path, params={"known_at": fact["known_at"]})
    assert check == answer.json()
    told = json.loads(files["data/readings/explanations.json"])
    lines = [line for loan in answer_lines(files) for line in loan["lines"]]
    assert len(told) == len(lines)
    for one in told:
        query["line"] = one["explanation"]["line_id"]
        path = f"/v1/cases/{case_id}/loans/{one['loan_id']}/explanation"
        answer = await ruled.http.get(path, params=query)
        assert one["explanation"] == answer.json()


def answer_lines(files):
    return json.loads(files["data/readings/lines.json"])["ruled"]["loans"]


async def test_nothing_is_opened_that_was_not_asked_for(ruled):
    case_id, _, item = await a_case(ruled)
    await exported(ruled, case_id, {**ASKED, "evidence_items": [item], "recipient": "金融监管局"})
    data = await bundle(ruled, case_id)
    verify(io.BytesIO(data))
    lines = journal_of(data)
    opened = {(line["topic"], each["field"]) for line in lines for each in line["opened"]}
    own = {("case-exported", field) for field in ("purpose", "recipient", "files")}
    assert opened == {("evidence-added", "sha256"), *own}
    assert f"data/evidence/{item}/file.png" in files_of(data)
    # Ids and amounts may be there; nothing that was said of anybody is.
    content = b"".join(files_of(data).values()).decode("utf-8", "ignore")
    for text in ("HT-2025-77", "网贷逾期", "她说是上午付的", "周一回电", "金额录入有误", "王小明"):
        assert text not in content
    timeline = json.loads(files_of(data)["data/readings/timeline.json"])
    said = [each for line in timeline["lines"] for each in line["says"]]
    assert {"field": "contract_number", "value": {"sealed": True}} in said


async def test_what_is_left_out_stays_as_header_and_digest(ruled):
    case_id, loan, item = await a_case(ruled)
    await exported(ruled, case_id, {**ALL, "chapters": ["contacts"], "evidence_items": [item]})
    data = await bundle(ruled, case_id)
    journal, *_ = verify(io.BytesIO(data))
    lines = journal_of(data)
    assert [line["topic"] for line in lines if line["body"] is not None] == [
        "case-opened",
        "evidence-added",
        "case-exported",
    ]
    assert journal.left_out == [{"first": 2, "last": 7}]
    assert lines[-1]["fact"]["left_out"] == [{"first": 2, "last": 7}]
    files = files_of(data)
    names = ("position", "claim-check", "lines", "explanations")
    assert not {f"data/readings/{name}.json" for name in names} & set(files)
    content = b"".join(files.values()).decode("utf-8", "ignore")
    assert "HT-2025-77" not in content
    assert loan not in json.dumps(json.loads(files["data/readings/timeline.json"]))


async def test_figures_are_there_when_only_other_chapters_are_left_out(ruled):
    case_id, *_ = await a_case(ruled)
    chapters = ["lending", "payments", "plans", "court", "findings"]
    await exported(ruled, case_id, {**ASKED, "chapters": chapters})
    data = await bundle(ruled, case_id)
    verify(io.BytesIO(data))
    assert "data/readings/position.json" in files_of(data)
    lines = {line["topic"]: line for line in journal_of(data)}
    assert lines["note-added"]["body"] is None
    # A correction belongs to what it corrects.
    assert lines["entry-corrected"]["body"] is not None


async def test_days_of_recording_leave_the_rest_out(ruled):
    case_id, *_ = await a_case(ruled)
    await exported(ruled, case_id, {**ASKED, "last_day": "2025-01-01"})
    data = await bundle(ruled, case_id)
    journal, *_ = verify(io.BytesIO(data))
    assert journal.given == 2
    await ruled.post(
        case_id, "exports", {**ASKED, "first_day": "2025-02-01", "last_day": "2025-01-01"}, 422
    )


async def test_the_same_export_is_the_same_bytes_whatever_came_after(ruled):
    case_id, loan, item = await a_case(ruled)
    export_id = await exported(ruled, case_id, {**ALL, "evidence_items": [item]})
    first = await bundle(ruled, case_id, export_id)
    await ruled.post(case_id, "payments", payment(loan, "300.00", on="2025-06-01"))
    await exported(ruled, case_id)
    assert await bundle(ruled, case_id, export_id) == first
    assert await bundle(ruled, case_id) != first


async def test_a_later_case_file_continues_the_checkpoints_given_out_before(ruled):
    case_id, loan, _ = await a_case(ruled)
    first = files_of(await bundle(ruled, case_id, await exported(ruled, case_id)))
    await ruled.post(case_id, "payments", payment(loan, "300.00", on="2025-06-01"))
    second = await bundle(ruled, case_id, await exported(ruled, case_id))
    note = first["data/proofs/checkpoint.txt"].decode()
    *_, other, is_compared = verify(io.BytesIO(second), None, note)
    assert is_compared
    assert other.size < verify(io.BytesIO(second))[1].size
    lines = files_of(second)["data/proofs/consistency.jsonl"].splitlines()
    assert [json.loads(line)["note"] for line in lines] == [note]


async def test_a_repeat_gives_nothing_out_twice_and_a_rehearsal_nothing(ruled):
    case_id, *_ = await a_case(ruled)
    headers = {"Idempotency-Key": "court-1"}
    first = await ruled.post(case_id, "exports", ASKED, headers=headers)
    await ruled.post(case_id, "notes", {"noted_on": "2025-05-02", "text": "later"})
    again = await ruled.post(case_id, "exports", ASKED, headers=headers)
    assert (again["entry_id"], again["repeated"]) == (first["entry_id"], True)
    head = await ruled.head()
    rehearsed = await ruled.http.post(
        f"/v1/cases/{case_id}/exports", json=ASKED, params={"dry_run": "true"}
    )
    assert rehearsed.json()["facts"][0]["topic"] == "case-exported"
    assert await ruled.head() == head


async def test_a_version_that_was_seen_is_kept_to(ruled):
    case_id, *_ = await a_case(ruled)
    seen = await ruled.version(case_id)
    await ruled.post(case_id, "notes", {"noted_on": "2025-05-02", "text": "later"})
    answer = await ruled.http.post(
        f"/v1/cases/{case_id}/exports", json=ASKED, headers={"If-Match": seen}
    )
    assert_problem(answer, 412, "version-stale", "If-Match")


async def test_whoever_records_meanwhile_is_in_it(ruled, monkeypatch):
    case_id, *_ = await a_case(ruled)
    files, prepare = ruled.services.case_files, ruled.services.case_files.prepare
    raced = []

    async def slowly(*args):
        fact = await prepare(*args)
        if not raced:
            note = {"noted_on": "2025-05-02", "text": "in between"}
            raced.append(await ruled.post(case_id, "notes", note))
        return fact

    monkeypatch.setattr(files, "prepare", slowly)
    await exported(ruled, case_id)
    data = await bundle(ruled, case_id)
    verify(io.BytesIO(data))
    assert journal_of(data)[-2]["event_id"] == raced[0]["entry_id"]


async def test_a_closed_case_is_given_out_too(ruled):
    case_id, *_ = await a_case(ruled)
    closing = {"closed_on": "2025-06-01", "outcome": "settled", "reason": "paid"}
    headers = {"If-Match": await ruled.version(case_id)}
    await ruled.post(case_id, "closures", closing, headers=headers)
    await exported(ruled, case_id)
    verify(io.BytesIO(await bundle(ruled, case_id)))


async def test_an_organisation_without_rules_and_a_case_of_one_entry(desk):
    case_id = await desk.case()
    await exported(desk, case_id)
    journal, *_ = verify(io.BytesIO(await bundle(desk, case_id)))
    assert journal.count == 2


async def test_both_servers_give_out_what_holds(office):
    case_id, _, item = await a_case(office)
    await exported(office, case_id, {**ALL, "evidence_items": [item]})
    verify(io.BytesIO(await bundle(office, case_id)), await key_of(office))


@pytest.mark.parametrize(
    ("wrong", "field"),
    (
        ({"purpose": " "}, "purpose"),
        ({"exported_to": "anybody"}, "exported_to"),
        ({"opens": ["everything"]}, "opens/0"),
        ({"chapters": ["gossip"]}, "chapters/0"),
        ({"evidence_items": ["00000000-0000-0000-0000-000000000001"]}, "evidence_items/0"),
        ({"as_of": "2999-01-01"}, "as_of"),
        ({"known_at": 3}, "known_at"),
    ),
)
async def test_a_wish_that_cannot_be_meant_is_refused(ruled, wrong, field):
    case_id = await ruled.case()
    # One try before: that this sitting reads the case for an export is on record from it on.
    await ruled.http.post(f"/v1/cases/{case_id}/exports", json={**ASKED, "purpose": " "})
    head = await ruled.head()
    answer = await ruled.http.post(f"/v1/cases/{case_id}/exports", json={**ASKED, **wrong})
    assert_problem(answer, 422, None, field)
    assert await ruled.head() == head


async def test_evidence_is_asked_for_once_and_is_evidence(ruled):
    case_id, loan, item = await a_case(ruled)
    for items, code in (([item, item], "list-repeats"), ([loan], "entry-wrong-kind")):
        asked = {**ASKED, "evidence_items": items}
        answer = await ruled.http.post(f"/v1/cases/{case_id}/exports", json=asked)
        assert answer.json()["code"] == code


async def test_an_export_that_is_not_there_is_404(ruled):
    case_id, *_ = await a_case(ruled)
    path = f"/v1/cases/{case_id}/bundle"
    assert_problem(await ruled.http.get(path), 404, "not-found", None)
    other = await ruled.http.get(path, params={"export": case_id})
    assert_problem(other, 404, "not-found", None)
    wrong = await ruled.http.get(path, params={"export": "newest"})
    assert_problem(wrong, 422, "invalid-input", "export")


async def test_a_case_file_of_somebody_erased_cannot_be_made_again_but_still_holds(ruled):
    case_id, *_ = await a_case(ruled)
    export_id = await exported(ruled, case_id, ALL)
    before = await bundle(ruled, case_id, export_id)
    client = (await ruled.http.get(f"/v1/cases/{case_id}")).json()["client_id"]
    keys = ruled.services.casework.vault._key_store
    await keys.destroy(ruled.organisation, msgspec.convert(client, type(ruled.organisation)))
    answer = await ruled.http.get(f"/v1/cases/{case_id}/bundle", params={"export": export_id})
    assert_problem(answer, 410, "export-gone", None)
    head = await ruled.head()
    again = await ruled.http.post(f"/v1/cases/{case_id}/exports", json=ASKED)
    assert_problem(again, 410, "export-gone", None)
    assert await ruled.head() == head
    verify(io.BytesIO(before), await key_of(ruled))


async def test_a_lost_evidence_file_shows_before_the_first_byte(ruled):
    case_id, _, item = await a_case(ruled)
    await exported(ruled, case_id, {**ASKED, "evidence_items": [item]})
    [file] = ruled.files()
    file.unlink()
    answer = await ruled.http.get(f"/v1/cases/{case_id}/bundle")
    assert_problem(answer, 500, "internal-error", None)


async def test_a_release_that_reads_otherwise_says_so(ruled, monkeypatch):
    case_id, *_ = await a_case(ruled)
    await exported(ruled, case_id)
    monkeypatch.setattr("ops.casefile.readings.position", lambda *_: {"read": "otherwise"})
    answer = await ruled.http.get(f"/v1/cases/{case_id}/bundle")
    assert_problem(answer, 409, "export-outdated", None)


async def test_an_export_stands_in_the_readings_and_cannot_be_taken_back(ruled):
    case_id, *_ = await a_case(ruled)
    export_id = await exported(ruled, case_id)
    told = (await ruled.http.get(f"/v1/cases/{case_id}/timeline")).json()["lines"]
    [line] = [line for line in told if line["entry_id"] == export_id]
    assert (line["topic"], line["title"]["zh"]) == (CaseExported.TOPIC, "出具案件档案")
    assert "files" not in {said["field"] for said in line["says"]}
    trail = (await ruled.http.get(f"/v1/cases/{case_id}/audit-trail")).json()["lines"]
    assert trail[-1]["entry_id"] == export_id
    headers = {"If-Match": await ruled.version(case_id)}
    withdrawal = {"entry_id": export_id, "reason": "a mistake"}
    answer = await ruled.http.post(
        f"/v1/cases/{case_id}/withdrawals", json=withdrawal, headers=headers
    )
    assert answer.json()["code"] == "entry-fixed"


async def test_evidence_that_was_given_out_can_still_be_withdrawn(ruled):
    case_id, _, item = await a_case(ruled)
    await exported(ruled, case_id, {**ASKED, "evidence_items": [item]})
    headers = {"If-Match": await ruled.version(case_id)}
    await ruled.post(case_id, "withdrawals", {"entry_id": item, "reason": "x"}, headers=headers)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
async def test_a_stamp_goes_along_and_openssl_verifies_it(ruled, tmp_path):
    case_id, *_ = await a_case(ruled)
    before = await bundle(ruled, case_id, await exported(ruled, case_id))
    note = files_of(before)["data/proofs/checkpoint.txt"]
    authority = Authority(tmp_path / "authority")
    with serving(authority.answer) as url:
        token = await Stamper(url, authority.ca).stamp(note)
    store = ruled.services.seal._store
    size = verify(io.BytesIO(before))[1].size
    await store.add_stamp(ruled.organisation, size, token)
    stamped = files_of(await bundle(ruled, case_id))
    verify(io.BytesIO(await bundle(ruled, case_id)), await key_of(ruled))
    assert authority.verifies(note, stamped["data/proofs/checkpoint.tsr"])
    store._stamps[ruled.organisation, size] = token.replace(sha256(note).digest(), bytes(32))
    with pytest.raises(Wrong, match="a time stamp on something else"):
        verify(io.BytesIO(await bundle(ruled, case_id)))
