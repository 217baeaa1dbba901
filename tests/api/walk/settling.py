"""A proposal that becomes a plan, and the sister who helps."""

from tests.api.desk import cny
from tests.api.walk.people import LENDER, PROMISE

MONTHS = range(4, 10)


async def use_the_platform(w, first, second):
    """Papers, shares to the cent, the warning before a promise, the answers, the plan."""
    w.part("4. Use the platform", "Papers, a proposal by shares, the answers, a plan that is kept.")
    asked = await w.records(
        "The lender asks for papers by 17 March.", "paper-requests", "2026-03-10",
        lender=LENDER, loan_ids=[first], papers=["income", "income-and-expenditure"],
        channel="app-message", due_on="2026-03-17",
    )  # fmt: skip
    await w.records(
        "They are handed in.", "paper-hand-ins", "2026-03-12", lender=LENDER, loan_ids=[first],
        papers=[{"kind": "income"}, {"kind": "income-and-expenditure"}],
        channel="app-message", asked_id=asked,
    )  # fmt: skip
    offers = await _shares(w, first, second)
    proposal = await _proposed(w, first, second, offers)
    plan = await _agreed(w, first, second, proposal)
    await _kept(w, first, second, plan)


async def _shares(w, first, second):
    asked = {"available": cny("600.00"), "token": cny("10.00"), "minimum": cny("50.00")}
    path = f"/v1/cases/{w.case_id}/offer-calculations?as_of=2026-03-12"
    answer = (await w.http.post(path, json=asked)).json()
    offers = {row["loan_id"]: row["offer"] for row in answer["rows"]}
    assert offers == {first: cny("342.86"), second: cny("257.14")}
    w.lines.append(
        "- 600.00 a month, shared by what is owed: 342.86 and 257.14, and not a cent is lost. "
        "`POST …/offer-calculations`"
    )
    return [{"loan_id": loan, "amount": amount} for loan, amount in offers.items()]


async def _proposed(w, first, second, offers):
    body = {
        "kind": "instalments",
        "loan_ids": [first, second],
        "offers": offers,
        "available": cny("600.00"),
        "channel": "email",
        "answer_working_days": 7,
        "text": "每月六百元，按欠款比例分配给两家。",
    }
    asked = await w.is_asked("A proposal is a promise.", "proposals", "2026-03-13", **body)
    assert asked == {"limitation-promise"}
    proposal = await w.records(
        "It goes out once the warning is answered.", "proposals", "2026-03-13",
        **body, answered=[PROMISE],
    )  # fmt: skip
    clocks = await w.deadlines("2026-03-16", "proposal-answer")
    assert [clock["due_on"] for clock in clocks] == ["2026-03-24", "2026-03-24"]
    w.sees("Seven working days for each lender's answer: 24 March.", "deadlines")
    of_it = {"grade": "lender-says", "proposal_id": proposal, "channel": "call"}
    await w.records(
        "The first lender wants 400.00.", "proposal-answers", "2026-03-20", **of_it,
        loan_ids=[first], answer="counter", counter=[{"loan_id": first, "amount": cny("400.00")}],
    )  # fmt: skip
    await w.records(
        "The second agrees.", "proposal-answers", "2026-03-23", **of_it,
        loan_ids=[second], answer="accepted",
    )  # fmt: skip
    await w.records(
        "The first comes round, a day late.", "proposal-answers", "2026-03-25", **of_it,
        loan_ids=[first], answer="accepted",
    )  # fmt: skip
    (read,) = (await w.reads("negotiations", as_of="2026-03-26"))["proposals"]
    assert [loan["standing"] for loan in read["loans"]] == ["accepted", "accepted"]
    w.sees("Both have accepted.", "negotiations")
    return proposal


def _dues(amount):
    return [{"due_on": f"2026-{month:02d}-10", "amount": cny(amount)} for month in MONTHS]


async def _agreed(w, first, second, proposal):
    await w.records(
        "The bank names two working days for a transfer.", "channel-days", "2026-03-26",
        channel="bank-transfer", working_days=2, source="bank",
    )  # fmt: skip
    plan = await w.records(
        "A plan over six months, with both lenders.", "plans", "2026-03-27",
        loan_ids=[first, second], instalments=_dues("600.00"), proposal_id=proposal,
        shares=[
            {"loan_id": first, "instalments": _dues("342.86")},
            {"loan_id": second, "instalments": _dues("257.14")},
        ],
        channel="bank-transfer", balance_check_days=5, review_on="2026-07-01",
        answered=[PROMISE],
    )  # fmt: skip
    days = {
        kind: (await w.deadlines("2026-04-01", kind))[0]["due_on"]
        for kind in ("balance-check", "send-by", "instalment")
    }
    assert days == {
        "balance-check": "2026-04-05",
        "send-by": "2026-04-08",
        "instalment": "2026-04-10",
    }
    w.sees("Look at the balance by 5 April, send by 8 April, due on 10 April.", "deadlines")
    return plan


async def _kept(w, first, second, plan):
    await w.records(
        "The balance is looked at.", "balance-checks", "2026-04-02", plan_id=plan,
        due_on="2026-04-10", available=cny("1180.00"), account="工资卡",
    )  # fmt: skip
    for loan, amount in ((first, "342.86"), (second, "257.14")):
        await _sent(w, "April's share is paid.", "2026-04-08", "2026-04-09", loan, amount)
    await _sent(w, "In May only 200.00 come, late.", "2026-05-08", "2026-05-12", first, "200.00")
    (read,) = (await w.reads("plans", as_of="2026-05-20"))["plans"]
    first_two = [each["state"] for each in read["instalments"][:2]]
    assert (first_two, read["behind"]) == (["met", "partial"], cny("400.00"))
    assert read["behind_since"] == "2026-05-10"
    w.sees("April was met with a day to spare; 400.00 behind since 10 May.", "plans")


async def _sent(w, said, on, credited, loan, amount):
    await w.records(
        said, "payments", on, grade="bank-line", loan_id=loan, amount=cny(amount),
        channel="bank-transfer", credited_on=credited,
    )  # fmt: skip


async def family_helps(w, second):
    """Shares of what is needed; what a helper gave is owed back, and is no claim of the lender."""
    w.part("5. Help from family and friends", "Each with a share, and a plan to pay it back.")
    says = {"grade": "client-says"}
    pot = await w.records(
        "3,000.00 are needed by 5 June.", "help-pots", "2026-05-21", **says,
        loan_ids=[second], whole=cny("3000.00"), due_on="2026-06-05", purpose="减轻第二笔",
    )  # fmt: skip
    pledge = {**says, "pot_id": pot, "promised_on": "2026-06-01"}
    sister = await w.records(
        "A sister pledges 2,000.00.", "help-pledges", "2026-05-22", **pledge,
        helper="例姐（虚构）", relation="sibling", share=cny("2000.00"),
    )  # fmt: skip
    asked = await w.is_asked(
        "The shares are under the whole.", "help-pot-settlements", "2026-05-23", **says, pot_id=pot
    )
    assert asked == {"shares-under"}
    await w.records(
        "A friend pledges the rest.", "help-pledges", "2026-05-23", **pledge,
        helper="例友（虚构）", relation="friend", share=cny("1000.00"),
    )  # fmt: skip
    await w.records("Settled.", "help-pot-settlements", "2026-05-24", **says, pot_id=pot)
    paid = await w.records(
        "The sister pays the lender.", "payments", "2026-06-01", grade="bank-line",
        loan_id=second, amount=cny("2000.00"), channel="bank-transfer",
        credited_on="2026-06-01", payer="family",
    )  # fmt: skip
    await w.records(
        "That was her share.", "help-contributions", "2026-06-01", **says,
        pledge_id=sister, amount=cny("2000.00"), payment_id=paid,
    )  # fmt: skip
    dues = [{"due_on": f"2026-{month:02d}-15", "amount": cny("250.00")} for month in range(7, 11)]
    await w.records(
        "She is paid back from July, 250.00 a month.", "help-repayment-plans", "2026-06-02",
        **says, pledge_id=sister, instalments=dues,
    )  # fmt: skip
    (read,) = (await w.reads("help", as_of="2026-06-10"))["pots"]
    assert (read["given"], read["missing"]) == (cny("2000.00"), cny("1000.00"))
    w.sees("2,000.00 given; the friend's 1,000.00 are still missing.", "help")
    left = await w.reads("affordability", as_of="2026-07-02")
    assert [each["what"] for each in left["burdens"]] == ["plan", "helper"]
    assert left["left"] == cny("974.33")
    w.sees("Of a month 974.33 are left, after the plan and the sister.", "affordability")
