"""Collection out of bounds, complaints, the credit record, the court, and insolvency."""

import io

from ops.verifier.verify import verify
from tests.api.desk import cny
from tests.api.walk.people import AGENCY, LENDER

ALONE = {"code": "approver-is-drafter", "reason": "当日只有一名同事值班，已逐字复核。"}


async def out_of_bounds(w, first):
    """Calls at night, too many of them, and to the mother; an hour that was wrong."""
    w.part("6. Collection out of bounds", "What the contact log shows, and by which rule.")
    says = {"grade": "client-says"}
    own = await w.records(
        "The client's own number.", "contact-points", "2026-06-10", **says,
        kind="mobile", whose="client", number="13900000901",
    )  # fmt: skip
    mother = await w.records(
        "Her mother's.", "contact-points", "2026-06-10", **says,
        kind="mobile", whose="family", number="13900000902",
    )  # fmt: skip
    call = {
        "channel": "call",
        "initiated_by": "collector",
        "agency": AGENCY,
        "loan_ids": [first],
        "connected": True,
    }
    to_her = {**call, "reached": "client", "contact_point_id": own}
    night = await w.records("A call at night.", "contacts", "2026-06-10T22:04", **to_her)
    for clock in ("09:10", "11:40", "14:05", "17:30"):
        await w.records("Another.", "contacts", f"2026-06-11T{clock}", **to_her)
    await w.records(
        "The mother is told of the debt.", "contacts", "2026-06-12T10:00", **call,
        reached="family", contact_point_id=mother, flags=["debt-disclosed"],
    )  # fmt: skip
    found = await _rules(w)
    assert {
        "cn.conduct.night-gbt",
        "cn.conduct.calls-a-day-gbt",
        "cn.conduct.debt-disclosed-pipl",
        "cn.conduct.third-party-gbt",
    } <= found
    told = ", ".join(f"`{rule}`" for rule in sorted(found))
    w.sees(f"Out of bounds by {told}.", "conduct")
    before = await w.head()
    await _the_hour_was_wrong(w, night, to_her)
    after = await _rules(w)
    assert found - after == {"cn.conduct.night-gbt", "cn.conduct.night-cba"}
    assert await _rules(w, known_at=before) == found
    w.sees("At 21:59:59 no rule on nights is touched.", "conduct")
    w.sees("Asked as known before, the finding is there.", "conduct?known_at=…")


async def _rules(w, **query):
    read = await w.reads("conduct", as_of="2026-06-30", **query)
    return {finding["rule_id"] for finding in read["findings"]}


async def _the_hour_was_wrong(w, night, to_her):
    at = {"topic": "contact-logged", "occurred_at": "2026-06-10T21:59:59+08:00"}
    await w.decides(
        "The phone's own log says 21:59:59.", "corrections", entry_id=night,
        reason="通话记录显示为21:59:59", replacement={**at, "grade": "document", **to_her},
    )  # fmt: skip


async def letter_and_complaint(w, first):
    """A letter with frozen figures; a complaint whose filing date was wrong; the regulator."""
    w.part("7. Letters and complaints", "Each with its clock, and what comes next.")
    letter = await w.records(
        "A letter asks for a statement.", "letter-drafts", template="statement-request",
        drafted_on="2026-06-15", language="zh", addressee_kind="lender", addressee=LENDER,
        loan_ids=[first], answer_wanted_on="2026-07-01",
    )  # fmt: skip
    await w.decides(
        "It is approved.", "letter-approvals", letter_id=letter, approved_on="2026-06-15",
        answered=[ALONE],
    )  # fmt: skip
    await w.records(
        "It is sent.", "letter-dispatches", letter_id=letter, sent_on="2026-06-16",
        channel="email", grade="document",
    )  # fmt: skip
    filed = {
        "channel": "lender",
        "respondent": LENDER,
        "grounds": ["harassment", "overcharge"],
        "loan_ids": [first],
        "statement": "要求停止联系家人，并提供还款明细。",
    }
    complaint = await w.records("To the lender.", "complaints", "2026-06-17", **filed)
    assert await _answer_due(w) == ["2026-07-02"]
    w.sees("The lender has fifteen days: 2 July.", "deadlines")
    before = await w.head()
    on = {"topic": "complaint-filed", "occurred_on": "2026-06-04", "grade": "document"}
    await w.decides(
        "It had been handed in on 4 June.", "corrections", entry_id=complaint,
        reason="回执日期为六月四日", replacement={**on, **filed},
    )  # fmt: skip
    assert await _answer_due(w) == ["2026-06-22"]
    assert await _answer_due(w, known_at=before) == ["2026-07-02"]
    w.sees(
        "The clock moves: fifteen days end on the Dragon Boat day off, so 22 June. As known "
        "before, it stays 2 July.",
        "deadlines?known_at=…",
    )
    await w.records(
        "The lender refuses, late.", "complaint-answers", "2026-06-30", complaint_id=complaint,
        outcome="refused", summary="不认可。",
    )  # fmt: skip
    clocks = await w.deadlines("2026-07-01", "complaint-answer")
    assert [(each["state"], each["days_late"]) for each in clocks] == [("met-late", 8)]
    w.sees("Eight days late; the next door is the regulator or a mediator.", "deadlines")
    body = {**filed, "channel": "nfra-12378", "escalates": complaint}
    await w.records("To the regulator, 12378.", "complaints", "2026-07-06", **body)
    read = (await w.reads("complaints", as_of="2026-07-06"))["complaints"]
    assert [each["escalates"] for each in read] == [None, complaint]


async def _answer_due(w, **query):
    return [each["due_on"] for each in await w.deadlines("2026-06-20", "complaint-answer", **query)]


async def credit_record(w, first):
    """A wrong amount on the credit report."""
    w.part("8. The credit record", "What the report says, and the twenty days of an objection.")
    report = await w.records("A report.", "credit-reports", "2026-07-08", bureau="征信中心（演示）")
    entry = await w.records(
        "It says 12,600.00 are overdue.", "credit-entries", "2026-07-08", report_id=report,
        provider=LENDER, loan_id=first, overdue=cny("12600.00"), overdue_since="2026-01-10",
    )  # fmt: skip
    dispute = await w.records(
        "The amount is disputed.", "credit-disputes", "2026-07-10", credit_entry_id=entry,
        grounds=["amount"], statement="已还款项未计入。",
    )  # fmt: skip
    (clock,) = await w.deadlines("2026-07-10", "objection-answer")
    assert (clock["due_on"], clock["obliged"]) == ("2026-07-30", "credit-bureau")
    w.sees("The bureau has until 30 July.", "deadlines")
    await w.records(
        "It is corrected.", "credit-dispute-answers", "2026-07-24", dispute_id=dispute,
        outcome="corrected", summary="已更正金额。",
    )  # fmt: skip


async def in_court(w, first):
    """As a defendant against an order and a suit, as a claimant against the harassment."""
    w.part("9. In court", "An order to pay, a suit, a judgment, and a suit of her own.")
    order = await w.records(
        "An order to pay arrives.", "payment-orders", "2026-08-03", loan_ids=[first],
        court="样例区人民法院", amount=cny("12600.00"), case_number="（2026）演示民督901号",
    )  # fmt: skip
    (clock,) = await w.deadlines("2026-08-04", "order-objection")
    assert (clock["due_on"], clock["obliged"]) == ("2026-08-18", "client")
    w.sees("Fifteen days to object in writing: 18 August.", "deadlines")
    await w.records(
        "She objects to the debt.", "payment-order-objections", "2026-08-12", order_id=order,
        about="debt",
    )  # fmt: skip
    suit = await w.records(
        "The lender sues.", "suits", "2026-08-24", loan_ids=[first], claimant="lender",
        court="样例区人民法院",
    )  # fmt: skip
    await w.records("Accepted.", "suit-acceptances", "2026-08-28", suit_id=suit)
    await w.records("The claim is served.", "claim-services", "2026-09-16", suit_id=suit)
    (clock,) = await w.deadlines("2026-09-17", "defence")
    assert clock["due_on"] == "2026-10-08"
    w.sees("The defence is due fifteen days on, off National Day: 8 October.", "deadlines")
    await w.records("The defence is handed in.", "defences", "2026-09-28", suit_id=suit)
    await w.records(
        "A hearing is set.", "hearing-dates", "2026-10-09", suit_id=suit, hearing_on="2026-10-20",
        place="第三法庭",
    )  # fmt: skip
    await w.records("The hearing.", "hearings", "2026-10-20", suit_id=suit, summary="双方到庭。")
    await w.records(
        "Judgment.", "judgments", "2026-10-26", grade="court-found", suit_id=suit,
        outcome="partly-granted", served_on="2026-10-28", perform_by="2026-12-15",
        judged=[{"loan_id": first, "money": cny("7457.14"), "interest": cny("900.00")}],
    )  # fmt: skip
    (clock,) = await w.deadlines("2026-11-02", "appeal")
    assert clock["due_on"] == "2026-11-12"
    w.sees("Fifteen days to appeal: 12 November.", "deadlines")
    await w.records(
        "Her own suit: stop the harassment, pay damages.", "suits", "2026-11-04",
        loan_ids=[first], claimant="client", court="样例区人民法院",
        seeks=["stop-harassment", "damages"],
    )  # fmt: skip
    read = await w.reads("court", as_of="2026-11-05")
    assert [each["claimant"] for each in read["suits"]] == ["lender", "client"]


async def insolvency(w):
    """A checklist with what is missing, and the petition."""
    w.part("10. Insolvency", "Where it is open, what it asks for, and what is missing.")
    facts = {
        "grade": "client-says",
        "place": "shenzhen",
        "resident_since": "2019-05-01",
        "causes": ["living"],
        "assets": [],
    }
    await w.records("What is known so far.", "insolvency-facts", "2026-11-06", **facts)
    assert await _shenzhen(w, "2026-11-06") == (None, ["insured"])
    w.sees("In Shenzhen the run of social insurance is missing.", "insolvency")
    await w.records(
        "Insured there since 2021.", "insolvency-facts", "2026-11-09", **facts,
        insured_since="2021-07-01",
    )  # fmt: skip
    assert await _shenzhen(w, "2026-11-09") == (True, [])
    w.sees("Nothing is missing.", "insolvency")
    await w.records(
        "The petition.", "insolvency-petitions", "2026-11-16", place="shenzhen",
        court="深圳破产法庭（演示）", kind="reorganisation",
    )  # fmt: skip


async def _shenzhen(w, on):
    places = (await w.reads("insolvency", as_of=on))["places"]
    (found,) = [place for place in places if place["place"] == "shenzhen"]
    return found["all_met"], found["missing"]


async def nothing_is_overwritten(w):
    """The trail, the figures computed again, and the file that anyone can check."""
    w.part("11. Nothing is overwritten", "Every mistake and its correction are on record.")
    trail = (await w.reads("audit-trail", limit=200))["lines"]
    reasons = [line["reason"] for line in trail if line["done"] == "corrected"]
    assert reasons == ["通话记录显示为21:59:59", "回执日期为六月四日"]
    w.sees("The trail shows both corrections: what was changed, and why.", "audit-trail")
    await w.records(
        "The figures are given out.", "figures-statements", stated_to="court",
        as_of="2026-11-16",
    )  # fmt: skip
    figures = (await w.reads("recheck"))["figures"]
    assert figures != []
    assert {figure["verdict"] for figure in figures} == {"same"}
    w.sees("Replayed, every figure comes out the same.", "recheck")
    export = await w.records(
        "The case file is made for the court.", "exports", exported_to="court",
        purpose="个人破产申请材料", opens=["names", "numbers", "texts"],
    )  # fmt: skip
    answer = await w.http.get(f"/v1/cases/{w.case_id}/bundle", params={"export": export})
    journal, *_ = verify(io.BytesIO(answer.content))
    assert journal.count == journal.given > 60
    w.sees(
        "Whoever receives it runs the `verify.py` inside it, offline: the file holds.",
        "bundle?export=…",
    )
