"""`recheck`: a case made again from its events, from the database and from a file."""

import json
from uuid import uuid4

import msgspec
import pytest

from domain.cases.deciding import Correct, Record
from domain.cases.intake import CaseOpened
from domain.casework import Order
from domain.clients import ClientRegistered, RegisterClient
from domain.codec import edge_out
from domain.figures.rechecking import Outcome
from domain.figures.stating import StateFigures, statement
from domain.personal import Personal
from ops import journal_file
from ops.rechecking import books_of_statements, differing, opened_cases, replayed
from ops.settings import Settings
from ops.verbs import recheck as verb
from ops.wiring import open_house
from tests.histories import CaseFile, day
from tests.ops.demo.conftest import Told


def settings_for(database, folder):
    environ = {"MINGZHANG_DATA": str(folder), "DATABASE_URL": database}
    return Settings.load(None, environ)


async def record(house, organisation, stream, command):
    order = Order(organisation=organisation, actor="li", command_id=uuid4())
    outcome = await house.casework.case_command(order, stream, command)
    return outcome.entry_ids[0]


async def stated_case(house, organisation):
    """A private loan of 2018, sued over in 2020-10 and pending, whose figures were given out."""
    arranged = CaseFile()
    client, case = uuid4(), uuid4()
    order = Order(organisation=organisation, actor="li", command_id=uuid4())
    details = ClientRegistered(name=Personal(None, "样例"))
    await house.casework.client_command(order, client, RegisterClient(details))
    opened = CaseOpened(client_id=client, opened_on=day("2020-01-01"))
    await record(house, organisation, case, Record(opened))
    told = told_facts(arranged)
    loan = await record(house, organisation, case, Record(told["loan"]))
    lent = msgspec.structs.replace(told["lent"], loan_id=loan)
    sent = await record(house, organisation, case, Record(lent))
    suit = msgspec.structs.replace(told["suit"], loan_ids=(loan,))
    await record(house, organisation, case, Record(suit))
    history = await house.casework.history(organisation, case)
    books = await house.casework.books(organisation)
    asked = StateFigures(stated_to="court", as_of=day("2021-06-01"))
    fact = statement(history, asked, books, day("2021-06-01"))
    await record(house, organisation, case, Record(fact))
    return case, sent, lent


def told_facts(case):
    from domain.cases.court import Claimant, SuitFiled
    from domain.cases.lending import LenderClass, LoanDisbursed, LoanTaken, RatePeriod, Terms
    from domain.facts import Grade
    from tests.histories import cny

    loan = LoanTaken(
        occurred_on=day("2018-03-15"),
        lender="某甲",
        lender_class=LenderClass.PRIVATE,
        face_amount=cny("100000"),
        grade=Grade.DOCUMENT,
        terms=Terms(rate_pct="24", rate_period=RatePeriod.YEAR),
    )
    lent = LoanDisbursed(
        occurred_on=day("2018-03-15"),
        loan_id=case.case_id,
        received=cny("100000"),
        grade=Grade.BANK_LINE,
    )
    suit = SuitFiled(
        occurred_on=day("2020-10-10"),
        loan_ids=(),
        claimant=Claimant.LENDER,
        accepted_on=day("2020-10-15"),
        grade=Grade.DOCUMENT,
    )
    return {"loan": loan, "lent": lent, "suit": suit}


@pytest.mark.anyio
async def test_what_was_given_out_comes_out_the_same_and_another_pack_says_what_it_moves(
    database, tmp_path
):
    async with open_house(settings_for(database, tmp_path), say=lambda _: None) as house:
        organisation = await house.new_organisation()
        case, sent, lent = await stated_case(house, organisation)
        events = await house.casework.events(organisation, case)
        history = await house.casework.history(organisation, case)
        stated = await books_of_statements(house.casework, organisation, history)
        books = await house.casework.books(organisation)
        older = await house.casework.books(organisation, None, "cn@2026.1")
        found = replayed(events, day("2021-06-01"), books, older, stated)
        assert {figure.verdict for figure in found.stated} == {Outcome.SAME}
        assert "private-lending" in {figure.line for figure in found.stated}
        # 2026.2 carries the amended article 31 into a case still pending, 2026.1 does not.
        assert [move.line for move in found.moved] == ["private-lending"]
        assert [one async for _, one in opened_cases(house.log, organisation)] == [case]

        # A later correction changes the figures as known now, not those that were given out.
        from tests.histories import cny

        smaller = msgspec.structs.replace(lent, received=cny("90000"))
        command = Correct(entry_id=sent, replacement=smaller, reason=Personal(None, "slip"))
        await record(house, organisation, case, command)
        events = await house.casework.events(organisation, case)
        again = replayed(events, day("2021-06-01"), books, None, stated)
        assert differing(again.stated) == []
        assert again.position.loans[0].owed.amount == cny("90000")


@pytest.mark.anyio
async def test_a_file_gives_the_same_bytes_on_every_python(database, tmp_path, monkeypatch, capsys):
    async with open_house(settings_for(database, tmp_path), say=lambda _: None) as house:
        organisation = await house.new_organisation()
        case, _, _ = await stated_case(house, organisation)
        stored = list(await house.log.read_stream(organisation, case))
        events = await house.casework.events(organisation, case)
        books = await house.casework.books(organisation)
        history = await house.casework.history(organisation, case)
        stated = await books_of_statements(house.casework, organisation, history)
        here = replayed(events, day("2021-06-01"), books, None, stated)
    path = tmp_path / "case.jsonl"
    with path.open("wb") as out:
        journal_file.write(stored, out)
    from_file = run_verb(path, capsys)
    answer = json.loads(from_file)
    ours = json.loads(msgspec.json.encode(here, enc_hook=edge_out))
    assert answer["position"] == ours["position"]
    assert [loan["lines"] for loan in answer["ruled"]["loans"]] == [
        loan["lines"] for loan in ours["ruled"]["loans"]
    ]
    assert run_verb(path, capsys) == from_file


def run_verb(path, capsys):
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("--data")
    verb.add_arguments(parser)
    status = verb.run(parser.parse_args([str(path), "--as-of", "2021-06-01", "--json"]))
    assert status == 0
    return capsys.readouterr().out


def test_a_figure_that_was_given_out_wrong_is_found_and_one_without_its_loan_too():
    from domain.cases.stating import StatedFigure
    from domain.figures.rechecking import recheck
    from tests.histories import cny

    case = CaseFile()
    loan = case.loan("2025-01-10", "1000")
    case.disbursed("2025-01-10", loan, "1000")
    asked = StateFigures(stated_to="court", as_of=day("2025-06-01"))
    right = statement(case.history(), asked, None, day("2025-06-01"))
    figures = (
        *right.figures,
        StatedFigure(loan_id=loan, line="as-recorded", owed=cny("999.99")),
        StatedFigure(loan_id=uuid4(), line="as-recorded", owed=cny("1000")),
    )
    stated = msgspec.structs.replace(right, figures=figures)
    found = [figure.verdict for figure in recheck(uuid4(), stated, case.history(), None)]
    assert found == [Outcome.SAME, Outcome.DIFFERS, Outcome.GONE]


def test_the_bytes_of_an_answer_are_rechecked_too():
    from domain.figures.rechecking import recheck_answer

    case = CaseFile()
    loan = case.loan("2025-01-10", "1000")
    case.disbursed("2025-01-10", loan, "1000")
    asked = StateFigures(stated_to="court", as_of=day("2025-06-01"))
    then = case.history()
    stated = statement(then, asked, None, day("2025-06-01"))
    assert recheck_answer(uuid4(), stated, then).verdict is Outcome.SAME
    case.charge("2025-02-01", loan, "1")
    assert recheck_answer(uuid4(), stated, case.history()).verdict is Outcome.DIFFERS


def test_every_figure_of_every_demo_case_is_the_sum_of_leaves_that_name_an_entry():
    from domain.figures.ruled import ruled
    from ops.rechecking import shipped_books

    told, books = Told(), shipped_books()
    lines = 0
    for history in told.sender.histories.values():
        for loan in ruled(history, day("2026-10-01"), books).loans:
            for line in loan.lines:
                lines += 1
                for figure in (line.principal, line.cost, line.apart, line.overpaid):
                    if figure.amount is None:
                        assert figure.unknown.settled_by
                        continue
                    assert figure.amount.minor == sum(p.amount.minor for p in figure.parts)
                    assert all(part.entry_id in history.entries for part in figure.parts)
    assert lines > 200


def test_the_two_releases_differ_on_some_demo_cases():
    from domain.figures.rechecking import moved
    from ops.rechecking import shipped_books

    told = Told()
    newer, older = shipped_books("cn@2026.2"), shipped_books("cn@2026.1")
    shifted = {
        key
        for key, case_id in told.report.case_ids.items()
        if moved(told.sender.histories[case_id], day("2026-10-01"), newer, older)
    }
    assert "shanting" in shifted
