"""Who is let in, and to what."""

import pytest

from tests.api.desk import LOAN, assert_problem, bearer

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "header", (None, "Basic abc", "Bearer", "Bearer x", "Bearer mz_" + "0" * 16 + "_" + "x" * 43)
)
async def test_nobody_comes_in_without_a_token(desk, header):
    desk.http.headers.pop("authorization")
    headers = {"Authorization": header} if header else {}
    answer = await desk.http.get("/v1/journal/head", headers=headers)
    assert_problem(answer, 401, "unauthenticated", None)
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_token_allows_what_it_carries(desk):
    case_id = await desk.case()
    reader = await desk.colleague("m-3", capabilities=("case:read",))
    assert (await reader.get(f"/v1/cases/{case_id}")).status_code == 200
    refused = await reader.post(f"/v1/cases/{case_id}/notes", json={})
    assert_problem(refused, 403, "capability-missing", None)


async def test_a_dry_run_shows_no_figures_to_who_may_not_read(desk):
    case_id = await desk.case()
    writer = await desk.colleague("m-3", capabilities=("case:write",))
    path = f"/v1/cases/{case_id}/loans?dry_run=true"
    for http, has_figures in ((writer, False), (desk.http, True)):
        said = (await http.post(path, json=LOAN)).json()
        assert len(said["facts"]) == 1
        assert (said["position"] is not None) == has_figures


async def test_a_token_ends(desk):
    ended = await desk.colleague("m-3", expires_at=desk.services.clock())
    assert (await ended.get("/v1/journal/head")).status_code == 401
    _, text = await desk.tokens.add(desk.organisation, "m-4", now=desk.services.clock())
    wrong = text[:-1] + ("A" if text[-1] != "A" else "B")
    answer = await desk.http.get("/v1/journal/head", headers=bearer(wrong))
    assert answer.status_code == 401
