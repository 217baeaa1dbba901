"""Checkpoints and proofs over HTTP: whoever takes them away can check them without us."""

import pytest

from domain.checkpoints import (
    Verdict,
    parse_checkpoint,
    parse_note,
    parse_verifier_key,
    verify_note,
)
from domain.tree import verify_consistency, verify_inclusion
from ops.keys.signing_key import is_signed
from tests.api.desk import assert_problem, sealer_of


def unhex(path):
    return [bytes.fromhex(one) for one in path]


@pytest.fixture
async def sealed(desk):
    """A desk with two checkpoints; the sizes stand with it."""
    sealer = sealer_of(desk)
    await desk.case()
    first = await sealer.seal(desk.organisation)
    await desk.case()
    await desk.case()
    second = await sealer.seal(desk.organisation)
    await desk.case()
    desk.sizes = (first.size, second.size)
    return desk


@pytest.mark.anyio
async def test_anyone_gets_the_newest_checkpoint_and_the_key_to_check_it(sealed):
    path = f"/v1/organisations/{sealed.organisation}"
    nobody = {"Authorization": ""}
    note = await sealed.http.get(f"{path}/checkpoint", headers=nobody)
    key = await sealed.http.get(f"{path}/verifier-key", headers=nobody)
    assert (note.status_code, key.status_code) == (200, 200)
    assert note.headers["content-type"] == "text/plain; charset=utf-8"
    public = parse_verifier_key(key.text.removesuffix("\n"))
    assert verify_note(parse_note(note.text), public, is_signed) is Verdict.VALID
    checkpoint = parse_checkpoint(parse_note(note.text).text)
    assert checkpoint.size == sealed.sizes[1]
    assert checkpoint.origin == public.name == f"mingzhang/{sealed.organisation}"


@pytest.mark.anyio
async def test_a_checkpoint_is_read_by_its_size(sealed):
    latest = (await sealed.http.get("/v1/checkpoints/latest")).json()
    by_size = (await sealed.http.get(f"/v1/checkpoints/{latest['size']}")).json()
    assert latest == by_size
    assert not latest["is_stamped"]
    key = parse_verifier_key(latest["verifier_key"])
    assert verify_note(parse_note(latest["note"]), key, is_signed) is Verdict.VALID
    first = (await sealed.http.get(f"/v1/checkpoints/{sealed.sizes[0]}")).json()
    assert first["size"] == sealed.sizes[0]
    assert first["root"] != latest["root"]


@pytest.mark.anyio
async def test_an_inclusion_proof_leads_from_the_leaf_to_the_signed_root(sealed):
    events = await sealed.services.casework.log.read_journal(sealed.organisation)
    for size in sealed.sizes:
        for event in events[:size]:
            answer = await sealed.http.get(
                "/v1/proofs/inclusion", params={"position": event.position, "size": size}
            )
            proof = answer.json()
            assert verify_inclusion(
                event.leaf,
                event.position - 1,
                size,
                unhex(proof["path"]),
                bytes.fromhex(proof["root"]),
            )
    newest = (await sealed.http.get("/v1/proofs/inclusion")).json()
    assert (newest["position"], newest["size"]) == (sealed.sizes[1], sealed.sizes[1])


@pytest.mark.anyio
async def test_a_consistency_proof_leads_from_one_signed_root_to_the_next(sealed):
    old, size = sealed.sizes
    asked = {"old_size": old, "size": size}
    proof = (await sealed.http.get("/v1/proofs/consistency", params=asked)).json()
    assert verify_consistency(
        old,
        bytes.fromhex(proof["old_root"]),
        size,
        bytes.fromhex(proof["root"]),
        unhex(proof["path"]),
    )
    assert (await sealed.http.get("/v1/proofs/consistency")).json() == proof
    same = {"old_size": size, "size": size}
    assert (await sealed.http.get("/v1/proofs/consistency", params=same)).json()["path"] == []


@pytest.mark.anyio
async def test_what_there_is_not_is_said(sealed):
    old, size = sealed.sizes
    for path, status, code, field in (
        ("/v1/checkpoints/1", 404, "checkpoint-unknown", None),
        ("/v1/checkpoints/x", 404, "checkpoint-unknown", None),
        (f"/v1/checkpoints/{'9' * 5000}", 404, "checkpoint-unknown", None),
        ("/v1/checkpoints/１", 404, "checkpoint-unknown", None),
        (f"/v1/checkpoints/{2**63 - 1}", 404, "checkpoint-unknown", None),
        ("/v1/proofs/inclusion?size=1", 404, "checkpoint-unknown", "size"),
        (f"/v1/proofs/inclusion?position={size + 1}", 422, "position-unsealed", "position"),
        ("/v1/proofs/inclusion?position=0", 422, "position-unsealed", "position"),
        ("/v1/proofs/inclusion?position=x", 422, "invalid-input", "position"),
        ("/v1/proofs/consistency?old_size=1", 404, "checkpoint-unknown", "old_size"),
        (
            f"/v1/proofs/consistency?old_size={size}&size={old}",
            422,
            "position-unsealed",
            "old_size",
        ),
        (f"/v1/proofs/consistency?size={old}", 404, "checkpoint-unknown", None),
    ):
        assert_problem(await sealed.http.get(path), status, code, field)


@pytest.mark.anyio
async def test_a_journal_without_a_checkpoint_says_so(desk):
    for path in ("/v1/checkpoints/latest", "/v1/proofs/inclusion", "/v1/proofs/consistency"):
        assert_problem(await desk.http.get(path), 404, "checkpoint-unknown", None)
    path = f"/v1/organisations/{desk.organisation}"
    assert_problem(await desk.http.get(f"{path}/checkpoint"), 404, "checkpoint-unknown", None)
    assert_problem(await desk.http.get(f"{path}/verifier-key"), 404, "not-found", None)


@pytest.mark.anyio
async def test_another_organisation_reads_its_own_checkpoints_only(sealed):
    stranger = await sealed.colleague(organisation=sealed.services.new_id())
    async with stranger:
        answer = await stranger.get(f"/v1/checkpoints/{sealed.sizes[0]}")
        assert_problem(answer, 404, "checkpoint-unknown", None)


@pytest.mark.anyio
async def test_it_is_so_on_postgresql_too(office):
    sealer = sealer_of(office)
    await office.case()
    size = (await sealer.seal(office.organisation)).size
    await office.case()
    await sealer.seal(office.organisation)
    for path in (
        f"/v1/checkpoints/{size}",
        f"/v1/proofs/inclusion?position=2&size={size}",
        f"/v1/proofs/consistency?old_size={size}",
        f"/v1/organisations/{office.organisation}/checkpoint",
    ):
        assert (await office.http.get(path)).status_code == 200, path
