"""The evidence timeline of a case."""

from datetime import date, datetime

import msgspec
import pytest

from domain.cases.contacts import ContactChannel, ContactOutcome, ContactParty
from domain.codec import edge_out
from domain.facts import FACTS, Grade
from projections.timeline import Order, timeline
from projections.titles import title_of
from tests.histories import BANK, PAPER, SAYS, CaseFile, cny, said

TODAY = date(2026, 4, 1)


def read(case, known_at=None, **more):
    return timeline(case.history(known_at), **({"as_of": TODAY} | more))


def line_of(case, entry, **more):
    return next(line for line in read(case, **more).lines if line.entry_id == entry)


def codes(case, entry, **more):
    return {gap.code for gap in line_of(case, entry, **more).gaps}


@pytest.fixture
def case():
    return CaseFile()


@pytest.fixture
def loan(case):
    return case.loan("2025-01-10", "10000.00")


def test_lines_stand_by_when_it_happened(case, loan):
    late = case.payment("2025-03-10", loan, "500.00")
    early = case.payment("2025-02-10", loan, "500.00")
    assert [line.entry_id for line in read(case).lines][-2:] == [early, late]


def test_or_by_when_it_was_recorded(case, loan):
    late = case.payment("2025-03-10", loan, "500.00")
    early = case.payment("2025-02-10", loan, "500.00")
    lines = read(case, order=Order.RECORDED).lines
    assert [line.entry_id for line in lines][-2:] == [late, early]
    assert [line.position for line in lines] == sorted(line.position for line in lines)


def test_a_line_names_who_recorded_what_and_when(case, loan):
    payment = case.payment("2025-02-10", loan, "500.00", reference=said("REF-1"))
    line = line_of(case, payment)
    assert (line.topic, line.title.key, line.title.en) == (
        "payment-made",
        "payment-made",
        "Payment sent",
    )
    assert (line.amount, line.grade, line.is_documented) == (cny("500.00"), BANK, True)
    assert (line.actor, line.position, line.day) == ("li", 3, date(2025, 2, 10))
    said_of = {one.field: one.value for one in line.says}
    assert said_of["reference"].value == "REF-1"
    assert said_of["loan_id"] == loan


def test_promised_200_corrected_to_250_still_shows_200_as_known_before(case):
    promise = case.contact("2026-03-01T10:00:00+08:00", promised=cny("200.00"))
    before = case.position
    case.corrected(promise, promised=cny("250.00"))

    then = next(x for x in read(case, before).lines if x.entry_id == promise)
    now = line_of(case, promise)

    assert (then.amount, then.corrections, then.corrected_at) == (cny("200.00"), 0, None)
    assert (now.amount, now.corrections) == (cny("250.00"), 1)
    assert now.corrected_at is not None


def test_the_same_outcome_logged_twice_in_a_day_is_two_lines(case):
    at = "2026-03-01T10:00:00+08:00"
    calls = {case.contact(at, outcome=ContactOutcome.NO_ANSWER) for _ in range(2)}
    lines = [line for line in read(case).lines if line.entry_id in calls]
    assert len(lines) == 2
    assert lines[0].says == lines[1].says
    assert lines[0].sort_key != lines[1].sort_key


def test_withdrawn_entries_are_counted_and_named_but_not_told(case, loan):
    payment = case.payment("2025-02-10", loan, "500.00")
    before = case.position
    case.withdrawn(payment)
    told = read(case)
    assert (told.withdrawn, told.withdrawn_ids) == (1, (payment,))
    assert payment not in {line.entry_id for line in told.lines}
    assert payment in {line.entry_id for line in read(case, before).lines}


def test_what_happened_after_the_day_is_left_out(case, loan):
    payment = case.payment("2025-02-10", loan, "500.00")
    told = read(case, as_of=date(2025, 2, 9))
    assert payment not in {line.entry_id for line in told.lines}
    assert told.as_of == date(2025, 2, 9)


def test_notes_stay_in_the_house_unless_asked_for(case):
    note = case.note("2026-03-01", "client sounded afraid")
    assert note not in {line.entry_id for line in read(case).lines}
    assert note in {line.entry_id for line in read(case, include_notes=True).lines}


def test_a_source_is_an_item_named_or_linked(case, loan):
    named = case.evidence("2025-02-11", "receipt.png")
    linked = case.evidence("2025-02-12", "statement.pdf")
    payment = case.payment("2025-02-10", loan, "500.00", evidence=(named,))
    case.linked(linked, payment, "the bank's line")

    sources = line_of(case, payment).sources

    assert [source.item_id for source in sources] == [named, linked]
    assert [source.name.value for source in sources] == ["receipt.png", "statement.pdf"]
    assert sources[1].shows.value == "the bank's line"
    assert (sources[0].obtained_on, sources[0].obtained_by.value) == (date(2025, 2, 11), "Li")
    assert len(sources[0].sha256.value) == 64


def test_an_item_got_later_shows_what_happened_before(case, loan):
    payment = case.payment("2025-02-10", loan, "500.00")
    item = case.evidence("2025-06-01")
    case.linked(item, payment)
    told = line_of(case, payment, as_of=date(2025, 3, 1))
    assert [source.item_id for source in told.sources] == [item]


def test_a_word_without_an_item_is_a_gap(case):
    call = case.contact("2026-03-01T10:00:00+08:00", grade=SAYS)
    assert codes(case, call) == {"no-evidence"}
    case.linked(case.evidence("2026-03-02", "call-log.png"), call)
    assert codes(case, call) == set()


def test_a_document_that_is_not_in_the_file_is_a_gap(case):
    complaint = case.complaint("2026-03-01", grade=PAPER)
    assert codes(case, complaint) == {"item-missing"}


def test_a_loan_without_contract_and_disbursement(case, loan):
    assert codes(case, loan) == {"contract-missing", "disbursement-missing"}
    case.linked(case.evidence("2025-01-11", "contract.pdf"), loan)
    case.disbursed("2025-01-12", loan, "9000.00")
    assert codes(case, loan) == set()
    assert codes(case, loan, as_of=date(2025, 1, 11)) == {"disbursement-missing"}


def test_a_payment_without_receipt(case, loan):
    payment = case.payment("2025-02-10", loan, "500.00")
    assert codes(case, payment) == {"receipt-missing", "payment-unchecked"}
    case.linked(case.evidence("2025-02-11"), payment)
    assert codes(case, payment) == {"payment-unchecked"}


def test_a_bank_line_of_the_credit_shows_the_payment_too(case, loan):
    payment = case.payment("2025-02-10", loan, "500.00", credited_on=None)
    item = case.evidence("2025-02-13", "statement.pdf")
    case.credited("2025-02-12", payment, evidence=(item,))
    assert codes(case, payment) == {"payment-unchecked"}


def test_sent_is_not_credited(case, loan):
    payment = case.payment("2025-02-10", loan, "500.00", credited_on=None)
    assert "credit-unconfirmed" in codes(case, payment)
    case.credited("2025-02-12", payment)
    assert "credit-unconfirmed" not in codes(case, payment)
    assert "credit-unconfirmed" in codes(case, payment, as_of=date(2025, 2, 11))


def test_a_transfer_that_went_back_is_not_waited_for(case, loan):
    payment = case.payment("2025-02-10", loan, "500.00", credited_on=None)
    expiry = case.expired("2025-02-11", payment)
    assert "credit-unconfirmed" not in codes(case, payment)
    assert line_of(case, expiry).amount == cny("500.00")


def test_a_claim_whose_total_is_not_its_sum(case, loan):
    items = {"principal": "9000.00", "interest": "700.00"}
    right = case.claim("2025-06-01", loan, items, stated_total="9700.00")
    wrong = case.claim("2025-06-02", loan, items, stated_total="9800.00")
    assert "claim-total-differs" not in codes(case, right)
    assert "claim-total-differs" in codes(case, wrong)
    gap = next(g for g in line_of(case, wrong).gaps if g.code == "claim-total-differs")
    assert gap.detail == "9800.00 / 9700.00 CNY"


def test_an_item_that_was_withdrawn_is_no_source(case, loan):
    item = case.evidence("2025-02-11")
    payment = case.payment("2025-02-10", loan, "500.00", evidence=(item,))
    case.withdrawn(item, reason="another client's phone")
    line = line_of(case, payment)
    assert line.sources == ()
    assert {"evidence-withdrawn", "receipt-missing"} <= {gap.code for gap in line.gaps}


def test_a_letter_sent_is_not_a_letter_delivered(case):
    letter = {
        "channel": ContactChannel.LETTER,
        "initiated_by": ContactParty.ADVISER,
        "reached": ContactParty.LENDER,
        "grade": PAPER,
    }
    sent = case.contact("2026-03-01T10:00:00+08:00", **letter)
    answered = case.contact("2026-03-02T10:00:00+08:00", outcome=ContactOutcome.REFUSED, **letter)
    assert line_of(case, sent).title.en == "Letter sent"
    assert "delivery-not-shown" in codes(case, sent)
    assert "delivery-not-shown" not in codes(case, answered)


def test_a_moment_keeps_its_offset_and_falls_on_the_cases_day(case):
    call = case.contact("2026-03-01T17:30:00+00:00", zone="Europe/London")
    line = line_of(case, call)
    assert line.occurred == datetime.fromisoformat("2026-03-01T17:30:00+00:00")
    assert (line.day, line.zone) == (date(2026, 3, 2), "Europe/London")


def test_every_topic_has_a_title_in_both_languages():
    case = CaseFile()
    loan = case.loan("2025-01-10", "10000.00")
    for channel in ContactChannel:
        case.contact("2026-03-01T10:00:00+08:00", channel=channel)
    case.claim("2025-06-01", loan, {"principal": "1.00"}, grade=Grade.LENDER_SAYS)
    case.plan("2026-03-01", [loan], ("2026-05-01", "100.00"))
    case.closed("2026-03-02")
    case.reopened("2026-03-03")
    for line in read(case, include_notes=True).lines:
        assert line.title.zh
        assert line.title.en
    assert title_of(case.fact(loan)).key in FACTS


def test_the_same_history_gives_the_same_bytes(case, loan):
    case.linked(case.evidence("2025-02-11"), loan, "the contract")
    case.contact("2026-03-01T10:00:00+08:00", promised=cny("200.00"))
    first, second = (msgspec.json.encode(read(case), enc_hook=edge_out) for _ in range(2))
    assert first == second
