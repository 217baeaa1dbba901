"""A person with two cases at a desk, and the steps towards forgetting them."""

from dataclasses import dataclass

from ops.wiring import today_at_home
from projections.tables.balances import BALANCES
from projections.tables.caseload import CASELOAD
from projections.tables.runner import TableRunner
from tests.api.desk import assert_problem, disbursed, payment

NAME = "慕容云海"
ID_NUMBER = "110101199003074518"
PHONE = "13912345678"
FREE_TEXT = "住在清河路七号的表弟替他接了催收电话"
PAPER = "截图：慕容云海向某某小贷还款一千元".encode() * 40
TELLING = (NAME, ID_NUMBER, PHONE, FREE_TEXT, "清河路")
"""What must not be found anywhere afterwards."""

GRANT = {
    "decided_on": "2026-03-05",
    "ground": "consent-withdrawn",
    "legal_basis": "个人信息保护法 art. 47",
    "reason": f"{NAME}撤回同意",
}
REFUSAL = {**GRANT, "ground": "claim-pending"}
HOLD = {
    "placed_on": "2026-03-01",
    "held_for": "court",
    "review_on": "2026-12-01",
    "reason": f"法院要求保存{NAME}的材料",
}


@dataclass
class Person:
    """Ids of a client, of what is recorded of them, and the desk they sit at."""

    desk: object
    client_id: str
    case_id: str
    second: str
    loan_id: str
    paid_id: str
    item_id: str

    @property
    def path(self):
        return f"/v1/clients/{self.client_id}"

    async def version(self):
        """The client's ETag, without reading anything personal."""
        answer = await self.desk.http.get(f"{self.path}/erasure")
        assert answer.status_code == 200, answer.text
        return answer.headers["etag"]

    async def post(self, noun, body, status=201, **headers):
        answer = await self.desk.http.post(
            f"{self.path}/{noun}", json=body, headers={"If-Match": await self.version(), **headers}
        )
        assert answer.status_code == status, answer.text
        return answer.json()

    async def requested(self):
        body = {"requested_on": "2026-03-01", "requested_by": "client", "reason": FREE_TEXT}
        return (await self.post("erasure-requests", body))["entry_id"]

    async def granted(self):
        await self.requested()
        return (await self.post("erasure-grants", GRANT))["entry_id"]

    async def erase(self, **headers):
        body = {"decision_id": await self.granted()}
        return await self.post("erasure", body, **headers)

    async def erasure(self):
        return (await self.desk.http.get(f"{self.path}/erasure")).json()


async def take_in(desk) -> Person:
    """A client whose name, numbers and words stand in every place that can hold them."""
    details = {"name": NAME, "id_number": ID_NUMBER, "phones": [PHONE], "note": FREE_TEXT}
    answer = await desk.http.post("/v1/clients", json=details)
    client_id = str(answer.json()["client_id"])
    correction = {"replacement": {**details, "address": "清河路七号"}, "reason": FREE_TEXT}
    headers = {"If-Match": '"1"'}
    answer = await desk.http.post(
        f"/v1/clients/{client_id}/corrections", json=correction, headers=headers
    )
    assert answer.status_code == 201, answer.text
    body = {"client_id": client_id, "opened_on": "2025-01-01", "summary": FREE_TEXT}
    cases = [await desk.http.post("/v1/cases", json=body) for _ in range(2)]
    case_id, second = (str(answer.json()["case_id"]) for answer in cases)
    loan_id = await desk.loan(case_id, note=FREE_TEXT)
    await desk.post(case_id, "disbursements", disbursed(loan_id, "9000.00"))
    paid = await desk.post(case_id, "payments", payment(loan_id, "1000.00", payer_name=NAME))
    await desk.post(case_id, "notes", {"noted_on": "2025-03-01", "text": FREE_TEXT})
    await desk.post(
        case_id,
        "corrections",
        {
            "entry_id": paid["entry_id"],
            "replacement": {"topic": "payment-made", **payment(loan_id, "1050.00")},
            "reason": f"{NAME}核对了流水",
        },
        headers={"If-Match": '"5"'},
    )
    await desk.loan(second)
    item_id = await _file(desk, case_id)
    return Person(desk, client_id, case_id, second, loan_id, paid["entry_id"], item_id)


async def _file(desk, case_id):
    meta = (
        '{"source": "client-phone", "obtained_on": "2025-02-01", "name": "' + NAME + '.png",'
        ' "description": "' + FREE_TEXT + '"}'
    )
    parts = {"metadata": (None, meta, "application/json"), "file": ("a.png", PAPER, "image/png")}
    answer = await desk.http.post(f"/v1/cases/{case_id}/evidence", files=parts)
    assert answer.status_code == 201, answer.text
    return answer.json()["entry_id"]


async def tables_caught_up(desk):
    """The tables across cases, as they are kept beside a server."""
    casework = desk.services.casework
    runner = TableRunner(casework.log, desk.pool, (CASELOAD, BALANCES), today=today_at_home)
    while await runner.run_once(desk.organisation):
        pass


def assert_gone(answer, person, erased):
    """410 with the event it rests on."""
    assert_problem(answer, 410, "client-erased", None)
    assert answer.json()["erasure"] == {
        "client_id": person.client_id,
        "event_id": erased["entry_id"],
        "position": erased["erased_at"],
    }
