"""What holds for any history, eight properties, each on the readings a caseworker gets.

Over made cases of several loans with tranches, reversals, corrections, withdrawals, findings and
suits (`tests/made.py`).
"""

from decimal import Decimal
from random import Random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.history import replay
from domain.cases.lending import LenderClaimed
from domain.cases.payments import PaymentMade
from domain.codec import edge_out
from domain.figures import ledger
from domain.figures.claim_check import claim_check
from domain.figures.explaining import explain
from domain.figures.position import position
from domain.figures.ruled import ruled
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests import made
from tests.explained import complaints
from tests.histories import in_order
from tests.made import examples

NEWER = Books(pack=pack_of("cn@2026.2"), data=read_reference())
OLDER = Books(pack=pack_of("cn@2026.1"), data=NEWER.data)
books = st.sampled_from((NEWER, OLDER))


def answers(history, as_of, rules):
    """Position, lines, their explanations and every claim's check, as bytes."""
    lines = ruled(history, as_of, rules)
    told = [explain(line, rules.pack) for loan in lines.loans for line in loan.lines]
    made_claims = sorted(entry for entry, _ in history.standing(LenderClaimed))
    claims = [claim_check(history, entry, rules) for entry in made_claims]
    every = (position(history, as_of), lines, told, claims)
    return msgspec.json.encode(every, enc_hook=edge_out)


def known_lines(history, as_of, rules):
    """Every line that has figures, with its loan."""
    for loan in ruled(history, as_of, rules).loans:
        for line in loan.lines:
            if line.owed.amount is not None and line.principal.amount is not None:
                yield loan.loan_id, line


@examples(250)
@given(made.cases(), made.days, books)
def test_1_replaying_twice_gives_the_same_bytes(case, as_of, rules):
    once = answers(case.history(), as_of, rules)
    assert answers(case.history(), as_of, rules) == once


@examples(250)
@given(made.cases(), made.days, books, st.integers(0, 2**32))
def test_2_the_order_of_recording_changes_nothing(case, as_of, rules, seed):
    shuffled = in_order(case, lambda events: Random(seed).sample(events, len(events)))
    again = replay(case.case_id, shuffled)
    assert answers(again, as_of, rules) == answers(case.history(), as_of, rules)


@examples(250)
@given(made.cases(), made.days, st.integers(0, 30))
def test_3_corrections_never_delete(case, as_of, back):
    """What was known before stays known, said and answered as it was."""
    then = max(1, case.position - back)
    before = answers(case.history(then), as_of, NEWER)
    said = {key: entry.recorded for key, entry in case.history(then).entries.items()}
    for entry in [key for key, e in case.history(then).entries.items() if not e.is_withdrawn]:
        if "note" in case.fact(entry).__struct_fields__:
            case.corrected(entry, grade=made.Grade.LENDER_ADMITS)
            case.withdrawn(entry)
    now = case.history().entries
    assert {key: now[key].recorded for key in said} == said
    assert answers(case.history(then), as_of, NEWER) == before


@examples(250)
@given(made.cases(), made.days, books)
def test_4_the_law_gives_no_more_than_is_claimed(case, as_of, rules):
    """A cap only ever takes away; and a claim below it is shown as it was made."""
    history = case.history()
    for loan in ruled(history, as_of, rules).loans:
        contract, *others = loan.lines
        assert contract.line_id == "contract"
        payments = sum(len(f.parts) for f in (contract.principal, contract.cost))
        for line in others:
            if line.line_id == "claimed":
                claim = history.get(next(iter(line.owed.parts)).entry_id, LenderClaimed)
                assert line.owed.amount.minor == sum(item.amount.minor for item in claim.items)
            elif line.line_id != "documented" and contract.owed.amount and line.owed.amount:
                cut = [p.amount.minor for p in line.cost.parts if p.what == "over-the-cap"]
                assert all(minor < 0 for minor in cut)
                # A payment rounds interest by half a fen either way.
                assert net(line) <= net(contract) + payments


def net(line):
    """What is owed less what is to be paid back."""
    return line.owed.amount.minor - line.overpaid.amount.minor


@examples(250)
@given(made.cases(), made.days, books)
def test_5_what_was_paid_is_all_used(case, as_of, rules):
    history = case.history()
    for loan_id, line in known_lines(history, as_of, rules):
        if line.line_id == "claimed":
            continue
        figures = (line.principal, line.cost, line.apart)
        used = -sum(
            part.amount.minor
            for figure in figures
            for part in figure.parts
            if part.what == "paid" or part.what.startswith("set-off")
        )
        documented = line.line_id == "documented"
        arrived = credited(history, loan_id, as_of, only_documented=documented)
        assert used + line.overpaid.amount.minor == arrived


def credited(history, loan_id, as_of, *, only_documented):
    """Payments of a loan that count: arrived by then, not gone back, not found taken back."""
    standing = [entry for entry in history.entries.values() if not entry.is_withdrawn]
    known = ledger.outcomes(standing, as_of)
    back = {
        entry.fact.about_id
        for entry in standing
        if getattr(entry.fact, "finding", None) == "taken-back" and entry.fact.occurred_on <= as_of
    }
    total = 0
    for entry in standing:
        fact = entry.fact
        if not isinstance(fact, PaymentMade) or fact.loan_id != loan_id:
            continue
        day = fact.credited_on or known.credited.get(entry.entry_id)
        counts = day is not None and day <= as_of and entry.entry_id not in known.ended
        if counts and entry.entry_id not in back:
            total += fact.amount.minor if fact.grade.is_documented or not only_documented else 0
    return total


@examples(250)
@given(made.cases(), made.days, books)
def test_6_every_figure_is_its_leaves_and_none_is_negative(case, as_of, rules):
    history = case.history()
    for loan in ruled(history, as_of, rules).loans:
        for line in loan.lines:
            assert complaints(line, history, rules.pack) == []
    for loan in position(history, as_of).loans:
        for figure in (loan.principal, loan.interest, loan.penalty, loan.fees, loan.overpaid):
            assert figure.amount is None or figure.amount.minor >= 0


@examples(250)
@given(made.cases(), made.days, books)
def test_7_what_happens_later_never_changes_a_past_answer(case, as_of, rules):
    past = made.up_to(case, as_of)
    for answer in (lambda history: ruled(history, as_of, rules).loans, arrears_aside(as_of)):
        assert bytes_of(answer(case.history())) == bytes_of(answer(past))


def arrears_aside(as_of):
    return lambda history: position(history, as_of).loans


def bytes_of(value):
    return msgspec.json.encode(value, enc_hook=edge_out)


@examples(250)
@given(made.cases(), made.days, st.sampled_from(("0.05", "1", "20")))
def test_8_a_higher_cap_never_lowers_what_is_owed(case, as_of, more):
    """The same case where every published rate stands higher: no capped line falls."""
    history, raised = case.history(), higher(NEWER, Decimal(more))
    low = {(loan, line.line_id): line for loan, line in known_lines(history, as_of, NEWER)}
    high = {(loan, line.line_id): line for loan, line in known_lines(history, as_of, raised)}
    assert low.keys() == high.keys()
    for key, line in low.items():
        rounded = sum(len(figure.parts) for figure in (line.principal, line.cost))
        assert net(high[key]) >= net(line) - rounded


def higher(rules, more):
    series = rules.data.lpr_1y
    rows = tuple(
        msgspec.structs.replace(row, value_pct=row.value_pct + more) for row in series.rows
    )
    lpr = msgspec.structs.replace(series, rows=rows)
    return Books(pack=rules.pack, data=msgspec.structs.replace(rules.data, lpr_1y=lpr))
