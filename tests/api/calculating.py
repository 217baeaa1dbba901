"""Asking a calculator, and two questions that several suites ask."""

from tests.api.desk import cny


async def compute(desk, name, body, status=200, **options):
    answer = await desk.http.post(f"/v1/figures/{name}", json=body, **options)
    assert answer.status_code == status, answer.text
    return answer.json()


def ids(answer):
    return [rule["rule_id"] for rule in answer["rules"]]


def usd(amount):
    return {"amount": amount, "currency": "USD"}


SPREADSHEET = {
    "method": "xirr",
    "flows": [
        {"on": "2008-01-01", "amount": usd("-10000")},
        {"on": "2008-03-01", "amount": usd("2750")},
        {"on": "2008-10-30", "amount": usd("4250")},
        {"on": "2009-02-15", "amount": usd("3250")},
        {"on": "2009-04-01", "amount": usd("2750")},
    ],
}

RS02 = {
    "principal": cny("5000.00"),
    "start": "2022-11-01",
    "months": 18,
    "repayment": "level-instalments",
    "rate_pct": "12",
    "rate_period": "year",
    "unit": cny("1.00"),
}
