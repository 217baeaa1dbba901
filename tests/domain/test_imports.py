"""Imports: nothing counts before the end, every row can be put right, and nothing comes twice."""

import copy
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid5

import msgspec
import pytest

from domain.cases.contact_list import contacts_of
from domain.cases.contacts import (
    ContactChannel,
    ContactLogged,
    ContactParty,
    ContactPointNoted,
    ContactsFoundSame,
    PointKind,
)
from domain.cases.deciding import Correct, Record, Rules, Withdraw, decide
from domain.cases.imported import ImportStatus, import_states, imported_contacts, row_id
from domain.cases.imports import (
    CHUNK_ROWS_MAX,
    ImportChunk,
    ImportDropped,
    ImportedNumber,
    ImportedParty,
    ImportedRow,
    ImportFinished,
    ImportRowCorrected,
    ImportRowWithdrawn,
    ImportStarted,
    LogKind,
    RowDirection,
)
from domain.conduct.reading import conduct
from domain.facts import Grade
from domain.figures.limitation_events import events_of, left_out
from domain.personal import Personal
from domain.refusals import Code, Refusal
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from projections.tables.caseload import CASELOAD
from tests.histories import CaseFile, day, said
from tests.projections.tables import NO_BOOKS

RULES = Rules(
    now=datetime(2026, 6, 1, tzinfo=UTC),
    today=day("2026-06-01"),
    zones=frozenset({"Asia/Shanghai"}),
)
BOOKS = Books(pack=pack_of("cn@2026.3"), data=read_reference())
CHINA = timezone(timedelta(hours=8))
NIGHT = datetime(2026, 3, 1, 22, 30, tzinfo=CHINA)
LENDER = ImportedParty(
    party=ContactParty.COLLECTOR,
    numbers=(ImportedNumber(number=Personal(None, "02160000001")),),
    company="样例消费金融",
    agency="样例催收",
)


def digest(number):
    return f"{number:032x}"


def row(nth, **more):
    values = {
        "line": nth + 1,
        "digest": digest(nth),
        "occurred_at": NIGHT + timedelta(minutes=nth),
        "direction": RowDirection.INCOMING,
        "party": 0,
        "number": 0,
    }
    return ImportedRow(**(values | more))


def chunk(import_id, sequence, *rows):
    numbers = (ImportedNumber(number=Personal(None, "02160000001")),)
    return ImportChunk(import_id=import_id, sequence=sequence, numbers=numbers, rows=rows)


@pytest.fixture
def case():
    case = CaseFile()
    case.item = case.evidence("2026-03-05")
    case.phone = case.record(
        ContactPointNoted(
            grade=Grade.CLIENT_SAYS,
            occurred_on=day("2026-01-02"),
            kind=PointKind.MOBILE,
            whose=ContactParty.CLIENT,
            number=said("13900000000"),
        )
    )
    return case


def start(case, **more):
    values = {
        "grade": Grade.DOCUMENT,
        "kind": LogKind.CALLS,
        "item_id": case.item,
        "contact_point_id": case.phone,
        "parties": (LENDER,),
        "digest_key": Personal(None, "key"),
    }
    return ImportStarted(**(values | more))


def whole(case, *rows):
    import_id = case.record(start(case))
    case.record(chunk(import_id, 1, *rows))
    case.record(finished(import_id, 1, len(rows)))
    return import_id


def finished(import_id, chunks, rows):
    return ImportFinished(
        import_id=import_id, imported_on=day("2026-05-01"), chunks=chunks, rows=rows
    )


def refused(case, fact):
    answer = decide(case.history(), Record(fact), RULES)
    assert isinstance(answer, Refusal), answer
    return answer


def accepted(case, fact):
    answer = decide(case.history(), Record(fact), RULES)
    assert not isinstance(answer, Refusal), answer


def contacts(case, known_at=None):
    return dict(contacts_of(case.history(known_at)))


def test_rows_count_for_nothing_until_the_import_is_finished(case):
    import_id = case.record(start(case))
    case.record(chunk(import_id, 1, row(1), row(2)))
    before = case.position
    assert contacts(case) == {}
    case.record(finished(import_id, 1, 2))
    assert list(contacts(case)) == [row_id(import_id, digest(1)), row_id(import_id, digest(2))]
    assert contacts(case, before) == {}


def test_a_row_is_a_contact_with_all_that_the_import_says_of_it(case):
    import_id = whole(case, row(1, connected=True, duration_seconds=80))
    contact = contacts(case)[uuid5(import_id, digest(1))]
    assert contact.occurred_at == NIGHT + timedelta(minutes=1)
    assert (contact.initiated_by, contact.reached) == (ContactParty.COLLECTOR, ContactParty.CLIENT)
    assert (contact.on_behalf_of, contact.agency) == ("样例消费金融", "样例催收")
    assert (contact.connected, contact.duration_seconds) == (True, 80)
    assert contact.counterpart.value == "02160000001"
    assert contact.evidence == (case.item,)
    assert contact.contact_point_id == case.phone


def test_an_outgoing_row_of_a_relatives_phone_goes_from_the_relative_to_the_party(case):
    case.corrected(case.phone, whose=ContactParty.FAMILY)
    whole(case, row(1, direction=RowDirection.OUTGOING))
    (contact,) = contacts(case).values()
    assert (contact.initiated_by, contact.reached) == (ContactParty.FAMILY, ContactParty.COLLECTOR)


def test_a_row_of_two_imports_of_one_phone_counts_once(case):
    first = whole(case, row(1), row(2))
    whole(case, row(2), row(3))
    assert len(contacts(case)) == 3
    assert row_id(first, digest(2)) in contacts(case)


def test_a_dropped_import_counts_for_nothing_and_its_rows_may_come_again(case):
    first = whole(case, row(1))
    dropped = ImportDropped(import_id=first, reason=Personal(None, "别人的手机"))
    accepted(case, dropped)
    case.record(dropped)
    assert contacts(case) == {}
    second = whole(case, row(1))
    assert list(contacts(case)) == [row_id(second, digest(1))]
    assert refused(case, dropped).code is Code.IMPORT_OVER


def test_a_corrected_row_keeps_its_id_and_the_answer_as_known_before_stays(case):
    import_id = whole(case, row(1))
    found, before = row_id(import_id, digest(1)), case.position
    moved = msgspec.structs.replace(contacts(case)[found], occurred_at=NIGHT.replace(hour=9))
    correction = ImportRowCorrected(
        import_id=import_id, row_id=found, replacement=moved, reason=Personal(None, "时钟不准")
    )
    accepted(case, correction)
    case.record(correction)
    assert contacts(case)[found].occurred_at.hour == 9
    assert contacts(case, before)[found].occurred_at.hour == 22


def test_a_withdrawn_row_counts_no_more_and_does_not_come_back_with_the_file(case):
    import_id = whole(case, row(1))
    gone = ImportRowWithdrawn(
        import_id=import_id, row_id=row_id(import_id, digest(1)), reason=Personal(None, "误拨")
    )
    accepted(case, gone)
    entry = case.record(gone)
    whole(case, row(1), row(2))
    assert len(contacts(case)) == 1
    assert refused(case, gone).code is Code.IMPORT_ROW_UNKNOWN
    back = decide(case.history(), Withdraw(entry_id=entry, reason=Personal(None, "x")), RULES)
    assert not isinstance(back, Refusal)


def test_the_correction_of_a_row_can_itself_be_corrected(case):
    import_id = whole(case, row(1))
    found = row_id(import_id, digest(1))
    reached = msgspec.structs.replace(contacts(case)[found], reached=ContactParty.FAMILY)
    said_first = ImportRowCorrected(
        import_id=import_id, row_id=found, replacement=reached, reason=Personal(None, "a")
    )
    entry = case.record(said_first)
    other = msgspec.structs.replace(reached, reached=ContactParty.EMPLOYER)
    second = msgspec.structs.replace(said_first, replacement=other)
    command = Correct(entry_id=entry, replacement=second, reason=Personal(None, "b"))
    assert not isinstance(decide(case.history(), command, RULES), Refusal)
    case.corrected(entry, replacement=other)
    assert contacts(case)[found].reached is ContactParty.EMPLOYER


def test_a_replacement_must_be_a_contact_that_could_be_logged(case):
    import_id = whole(case, row(1))
    found = row_id(import_id, digest(1))
    wrong = msgspec.structs.replace(contacts(case)[found], duration_seconds=-1)
    refusal = refused(
        case,
        ImportRowCorrected(
            import_id=import_id, row_id=found, replacement=wrong, reason=Personal(None, "x")
        ),
    )
    assert refusal.field == "replacement/duration_seconds"


def test_a_logged_contact_may_be_found_to_be_a_row(case):
    import_id = whole(case, row(1))
    logged = case.record(
        ContactLogged(
            grade=Grade.CLIENT_SAYS,
            occurred_at=NIGHT,
            channel=ContactChannel.CALL,
            initiated_by=ContactParty.COLLECTOR,
            reached=ContactParty.CLIENT,
        )
    )
    found = row_id(import_id, digest(1))
    same = ContactsFoundSame(
        grade=Grade.DOCUMENT, occurred_on=day("2026-05-02"), kept_id=found, same_ids=(logged,)
    )
    accepted(case, same)
    entry = case.record(same)
    assert list(contacts(case)) == [found]
    # Were the row to go now, the call would count not even once.
    gone = ImportRowWithdrawn(import_id=import_id, row_id=found, reason=Personal(None, "x"))
    assert refused(case, gone).entries == (str(entry),)
    dropped = ImportDropped(import_id=import_id, reason=Personal(None, "x"))
    assert refused(case, dropped).code is Code.ENTRY_IN_USE


def test_a_broken_off_import_says_which_chunk_comes_next(case):
    import_id = case.record(start(case))
    case.record(chunk(import_id, 1, row(1)))
    (state,) = import_states(case.history())
    assert (state.status, state.next_sequence) == (ImportStatus.RUNNING, 2)
    assert refused(case, chunk(import_id, 3, row(2))).code is Code.IMPORT_SEQUENCE
    assert refused(case, chunk(import_id, 1, row(2))).code is Code.IMPORT_SEQUENCE
    accepted(case, chunk(import_id, 2, row(2)))
    assert refused(case, finished(import_id, 2, 2)).code is Code.IMPORT_INCOMPLETE
    case.record(finished(import_id, 1, 1))
    assert refused(case, chunk(import_id, 2, row(2))).code is Code.IMPORT_OVER
    (state,) = import_states(case.history())
    assert (state.status, state.next_sequence) == (ImportStatus.FINISHED, None)


@pytest.mark.parametrize(
    ("rows", "code"),
    (
        ((), Code.IMPORT_ROWS_UNFIT),
        (tuple(row(n) for n in range(CHUNK_ROWS_MAX + 1)), Code.IMPORT_ROWS_UNFIT),
        ((row(1), row(1)), Code.LIST_REPEATS),
        ((row(1, number=1),), Code.IMPORT_ROWS_UNFIT),
        ((row(1, party=1),), Code.IMPORT_ROWS_UNFIT),
        ((row(1, party=None),), Code.IMPORT_ROWS_UNFIT),
        ((row(1, digest="x"),), Code.IMPORT_ROWS_UNFIT),
        ((row(1, duration_seconds=-1),), Code.IMPORT_ROWS_UNFIT),
        ((row(1, occurred_at=datetime(2027, 1, 1, tzinfo=UTC)),), Code.DATE_IN_FUTURE),
    ),
)
def test_rows_that_do_not_fit_are_refused(case, rows, code):
    import_id = case.record(start(case))
    assert refused(case, chunk(import_id, 1, *rows)).code is code


@pytest.mark.parametrize(
    ("more", "code"),
    (
        ({"parties": ()}, Code.LIST_EMPTY),
        ({"zone": "Mars/Olympus"}, Code.ZONE_UNKNOWN),
        ({"item_id": UUID(int=1)}, Code.ENTRY_UNKNOWN),
        ({"contact_point_id": UUID(int=1)}, Code.ENTRY_UNKNOWN),
        ({"parties": (LENDER, LENDER)}, Code.LIST_REPEATS),
        ({"parties": (msgspec.structs.replace(LENDER, numbers=()),)}, Code.LIST_EMPTY),
        ({"rest": LENDER}, Code.AMOUNT_INCONSISTENT),
        (
            {"parties": (msgspec.structs.replace(LENDER, loan_ids=(UUID(int=1),)),)},
            Code.ENTRY_UNKNOWN,
        ),
    ),
)
def test_a_beginning_that_does_not_fit_is_refused(case, more, code):
    assert refused(case, start(case, **more)).code is code


def test_an_import_is_dropped_and_not_withdrawn_entry_by_entry(case):
    import_id = whole(case, row(1))
    for entry in case.history().entries.values():
        if entry.fact.TOPIC.startswith("import-"):
            command = Withdraw(entry_id=entry.entry_id, reason=Personal(None, "x"))
            answer = decide(case.history(), command, RULES)
            assert isinstance(answer, Refusal)
            assert answer.code is Code.ENTRY_FIXED
    assert [row.import_id for row in imported_contacts(case.history())] == [import_id]


def logged(case, nth, **more):
    """The same contact as `row(nth)`, logged by hand."""
    values = {
        "grade": Grade.DOCUMENT,
        "evidence": (case.item,),
        "occurred_at": NIGHT + timedelta(minutes=nth),
        "channel": ContactChannel.CALL,
        "initiated_by": ContactParty.COLLECTOR,
        "reached": ContactParty.CLIENT,
        "on_behalf_of": "样例消费金融",
        "agency": "样例催收",
        "contact_point_id": case.phone,
        "counterpart": said("02160000001"),
    }
    return case.record(ContactLogged(**(values | more)))


def test_rows_are_found_out_of_bounds_as_contacts_logged_by_hand_are(case):
    other = copy.deepcopy(case)
    taken = {"connected": True, "duration_seconds": 60}
    whole(case, *(row(n, **taken) for n in range(9)))
    for n in range(9):
        logged(other, n, **taken)
    found, wanted = (conduct(each.history(), day("2026-06-01"), BOOKS) for each in (case, other))
    assert found.contacts == wanted.contacts == 9
    assert [plain(each) for each in found.findings] == [plain(each) for each in wanted.findings]
    assert found.findings
    ids = {row.row_id for row in imported_contacts(case.history())}
    assert {entry for each in found.findings for entry in each.entries} <= ids


def plain(finding):
    return msgspec.structs.replace(finding, entries=())


def test_rows_count_in_the_caseload(case):
    place = CASELOAD.columns.index("contacts")
    import_id = case.record(start(case))
    case.record(chunk(import_id, 1, row(1), row(2)))
    assert CASELOAD.rows(case.history(), day("2026-06-01"), NO_BOOKS)[0][place] == 0
    case.record(finished(import_id, 1, 2))
    assert CASELOAD.rows(case.history(), day("2026-06-01"), NO_BOOKS)[0][place] == 2


def test_a_call_that_got_through_to_the_client_moves_the_limitation_clock_as_a_row_too(case):
    loan_id = case.loan("2024-01-10", "1000.00", lender="样例消费金融")
    loan = case.fact(loan_id)
    import_id = whole(case, row(1, connected=True), row(2, connected=False))
    found = events_of(case.history(), loan_id, loan, day("2026-06-01"))
    assert [each.entry_id for each in found] == [row_id(import_id, digest(1))]
    others = left_out(case.history(), loan_id, loan, day("2026-06-01"))
    assert [each.entry_id for each in others] == [row_id(import_id, digest(2))]
