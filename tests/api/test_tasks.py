"""Tasks over HTTP: titles go out with the access on record."""

import pytest

pytestmark = pytest.mark.anyio


async def test_a_task_from_setting_it_to_doing_it(desk):
    case_id = await desk.case(adviser="m-1")
    body = {"set_on": "2025-03-01", "title": "向客服要明细", "kind": "call", "due_on": "2025-03-05"}
    task_id = (await desk.post(case_id, "tasks", body))["entry_id"]
    answer = await desk.http.get(f"/v1/cases/{case_id}/tasks?as_of=2025-03-02")
    (line,) = answer.json()["tasks"]
    assert (line["title"], line["task"]["state"], line["task"]["member"]) == (
        "向客服要明细",
        "open",
        "m-1",
    )
    await desk.post(case_id, "task-completions", {"task_id": task_id, "done_on": "2025-03-04"})
    hand_over = {
        "from_member": "m-1",
        "to_member": "m-2",
        "handed_over_on": "2025-03-06",
        "note": "晚上再打",
    }
    await desk.post(case_id, "hand-overs", hand_over)
    found = (await desk.http.get(f"/v1/cases/{case_id}/tasks?as_of=2025-03-07")).json()
    assert (found["in_charge"], found["tasks"][0]["task"]["state"]) == ("m-2", "done")
    client_id = (await desk.http.get(f"/v1/cases/{case_id}")).json()["client_id"]
    accesses = (await desk.http.get(f"/v1/clients/{client_id}/accesses")).json()["items"]
    assert "tasks" in [access["reading"] for access in accesses]
