"""From the first talk to what is owed, what there is to live on, and a payment that is safe."""

from tests.api.desk import cny
from tests.api.walk import taking_in
from tests.api.walk.people import LENDER, SECOND, STRANGER


async def first_talk(w):
    """Gives the ids of the two loans."""
    w.part(
        "1. The first talk",
        "Who it is, whether we may, how to reach them safely; what was borrowed, and from whom.",
    )
    client = await w.http.post(
        "/v1/clients",
        json={"name": "样例女士", "id_number": "440301199001011234", "phones": ["13900000901"]},
    )
    w.client_id = client.json()["client_id"]
    w.lines.append("- A client is registered. `POST /v1/clients`")
    await taking_in.may_we(w)
    opened = await w.http.post(
        "/v1/cases",
        json={"client_id": w.client_id, "opened_on": "2026-03-02", "summary": "两笔网贷逾期"},
    )
    w.case_id = opened.json()["case_id"]
    w.lines.append("- **2026-03-02** A case is opened. `POST /v1/cases`")
    first = await w.records(
        "A loan of 10,000.00 at 24 % a year.", "loans", "2025-06-10",
        lender=LENDER, lender_class="consumer-finance", face_amount=cny("10000.00"),
        contract_number="HT-901-A",
        terms={"rate_pct": "24", "rate_period": "year", "due_on": "2026-06-10"},
    )  # fmt: skip
    await w.records(
        "500.00 of it was held back.", "disbursements", "2025-06-10",
        loan_id=first, received=cny("9500.00"), withheld=cny("500.00"), withheld_by="lender",
    )  # fmt: skip
    second = await w.records(
        "A second loan of 6,000.00 at 1 % a month.", "loans", "2025-09-01",
        lender=SECOND, lender_class="small-loan", face_amount=cny("6000.00"),
        contract_number="HT-901-B",
        terms={"rate_pct": "1", "rate_period": "month", "due_on": "2026-09-01"},
    )  # fmt: skip
    await w.records(
        "It came in full.", "disbursements", "2025-09-01", loan_id=second, received=cny("6000.00")
    )
    await w.records(
        "The first loan was paid on for a while.", "payments", "2025-12-10",
        loan_id=first, amount=cny("1200.00"), credited_on="2025-12-10", channel="lender-app",
    )  # fmt: skip
    await w.records("Then a payment did not come.", "missed-payments", "2026-01-10", loan_id=first)
    await taking_in.no_conflict(w)
    return first, second


async def face_it(w, first):
    """What is owed, what the lender says, and the income and expenditure of a month."""
    w.part("2. Face it", "What is owed to the day and on what evidence; what is left of a month.")
    claim = await w.records(
        "The lender claims 12,600.00.", "lender-claims", "2026-03-03", loan_id=first,
        claimed_as_of="2026-03-03", stated_total=cny("12600.00"),
        items=[
            {"kind": "principal", "amount": cny("10000.00")},
            {"kind": "penalty", "amount": cny("2600.00")},
        ],
    )  # fmt: skip
    position = await w.reads("position", as_of="2026-03-03")
    owed = [loan["owed"]["amount"] for loan in position["loans"]]
    assert owed == [cny("8300.00"), cny("6000.00")]
    assert position["loans"][0]["withheld"]["amount"] == cny("500.00")
    w.sees("By the entries 8,300.00 and 6,000.00 are owed; what was held back is not.", "position")
    check = await w.reads(f"lender-claims/{claim}/check")
    assert check["difference"] == cny("4300.00")
    verdicts = {row["kind"]: row["verdicts"] for row in check["rows"]}
    assert verdicts == {
        "principal": ["contradicted"],
        "penalty": ["unexplained", "over-the-cap"],
    }
    w.sees(
        "4,300.00 of the claim is not on record: its principal is contradicted, its penalty is "
        "unexplained and over the cap of every line.",
        "lender-claims/{claim}/check",
    )
    await _statement(w)


async def _statement(w):
    await w.records(
        "The income and expenditure table, as the client gave it.", "financial-statements",
        "2026-03-04", grade="client-says", stated_expenditure=cny("3500.00"),
        lines=[
            _line("income", "wages", "5200.00", "monthly"),
            _line("expenditure", "rent", "5400.00", "three-monthly"),
            _line("expenditure", "food", "350.00", "weekly"),
            _line("expenditure", "phone", "59.00", "monthly"),
        ],
    )  # fmt: skip
    (made,) = (await w.reads("financial-statements", as_of="2026-03-04"))["statements"]
    assert (made["expenditure"], made["surplus"]) == (cny("3375.67"), cny("1824.33"))
    assert made["differs"] == [
        {"what": "expenditure", "stated": cny("3500.00"), "computed": cny("3375.67")}
    ]
    w.sees(
        "Three-monthly and weekly lines become months; 1,824.33 is left. The stated total of "
        "3,500.00 does not add up: it is kept, and flagged.",
        "financial-statements",
    )


def _line(side, category, amount, frequency):
    return {"side": side, "category": category, "amount": cny(amount), "frequency": frequency}


async def pay_directly(w, first):
    """A payee who is a stranger, a payment on its way, and its receipt."""
    w.part("3. Pay directly", "Name, number, contract and payee are looked at before money goes.")
    seen = {
        "loan_id": first,
        "amount": cny("300.00"),
        "channel": "bank-transfer",
        "borrower_name": "样*士",
        "borrower_id_number": "4****1234",
        "contract_number": "HT-901-A",
    }
    asked = await w.is_asked(
        "The page names another payee.", "payment-checks", "2026-03-06", **seen, payee=STRANGER
    )
    assert asked == {"payee-unknown"}
    await w.records(
        "The lender's own page fits.", "payment-checks", "2026-03-06", **seen, payee=LENDER
    )
    paid = await w.records(
        "300.00 are sent.", "payments", "2026-03-06", grade="client-says",
        loan_id=first, amount=cny("300.00"), channel="bank-transfer",
    )  # fmt: skip
    payment, gaps = await _payment(w, paid, "2026-03-06")
    assert (payment["state"], "receipt-missing" in gaps) == ("pending", True)
    w.sees("It is pending, and its receipt is a gap.", "payments")
    await w.records("It was credited.", "payment-credits", "2026-03-09", payment_id=paid)
    payment, _ = await _payment(w, paid, "2026-03-09")
    assert (payment["state"], payment["days"], payment["working_days"]) == ("credited", 3, 1)
    w.sees("Three days on the way, one of them a working day.", "payments")
    item = await w.files("The receipt is taken into custody.", "2026-03-09", "回单（虚构）")
    await w.records("It shows the payment.", "evidence-links", "", item_id=item, entry_id=paid)
    _, gaps = await _payment(w, paid, "2026-03-09")
    assert gaps == set()
    w.sees("No gap is left on the payment.", "payments")


async def _payment(w, payment_id, on):
    lines = (await w.reads("payments", as_of=on))["payments"]
    (found,) = [line for line in lines if line["payment"]["payment_id"] == payment_id]
    return found["payment"], {gap["code"] for gap in found["gaps"]}
