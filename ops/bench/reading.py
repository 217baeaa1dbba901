"""What a position costs beside fetching and decoding the same events."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from domain.cases.deciding.commands import Record
from domain.cases.history import replay
from domain.cases.intake import CaseOpened
from domain.cases.lending import ChargeKind, ChargeMade, LoanDisbursed, LoanTaken
from domain.cases.payments import PaymentChannel, PaymentMade
from domain.casework import Order, Outcome
from domain.clients import ClientRegistered, RegisterClient
from domain.codec import encode_body
from domain.facts import Fact, Grade, bind
from domain.figures.position import position
from domain.log import Append, NewEvent, StreamAppend
from domain.money import Money
from domain.personal import Personal
from ops.bench.measure import Compared, compare
from ops.wiring import House

FIRST = date(2022, 1, 1)


def facts_of(loan: UUID, count: int) -> list[Fact]:
    """Charges and payments by turns, a day apart."""
    found: list[Fact] = []
    for number in range(count):
        on = FIRST + timedelta(days=number)
        if number % 2:
            found.append(
                PaymentMade(
                    loan_id=loan,
                    occurred_on=on,
                    credited_on=on,
                    amount=Money(900, "CNY"),
                    channel=PaymentChannel.LENDER_APP,
                    reference=Personal(None, f"R{number:06d}"),
                    grade=Grade.BANK_LINE,
                )
            )
        else:
            found.append(
                ChargeMade(
                    loan_id=loan,
                    occurred_on=on,
                    kind=ChargeKind.INTEREST,
                    amount=Money(700, "CNY"),
                    note=Personal(None, "as the app shows it"),
                    grade=Grade.LENDER_SAYS,
                )
            )
    return found


async def long_case(house: House, organisation: UUID, events: int) -> UUID:
    """A case of `events` events in all, recorded in few appends."""
    client, case = uuid4(), uuid4()

    def order() -> Order:
        return Order(organisation=organisation, actor="bench", command_id=uuid4())

    details = ClientRegistered(name=Personal(None, "样例"))
    await house.casework.client_command(order(), client, RegisterClient(details))
    await house.casework.case_command(
        order(), case, Record(CaseOpened(client_id=client, opened_on=FIRST))
    )
    taken = LoanTaken(
        occurred_on=FIRST, lender="样例贷", face_amount=Money(10**9, "CNY"), grade=Grade.DOCUMENT
    )
    outcome = await house.casework.case_command(order(), case, Record(taken))
    if not isinstance(outcome, Outcome):
        raise TypeError(f"the benchmark's loan was refused: {outcome}")
    loan = outcome.entry_ids[0]
    lent = LoanDisbursed(
        loan_id=loan, occurred_on=FIRST, received=Money(10**9, "CNY"), grade=Grade.BANK_LINE
    )
    new = [
        await _sealed(house, organisation, client, f) for f in [lent, *facts_of(loan, events - 3)]
    ]
    write = StreamAppend(stream=case, expected_version=outcome.version, events=tuple(new))
    await house.log.append(
        Append(organisation=organisation, command_id=uuid4(), actor="bench", writes=(write,))
    )
    return case


async def _sealed(house: House, organisation: UUID, client: UUID, fact: Fact) -> NewEvent:
    event_id = uuid4()
    sealed = await house.casework.vault.seal(organisation, event_id, bind(fact, client))
    return NewEvent(
        event_id=event_id,
        topic=fact.TOPIC,
        schema_version=fact.class_version,
        body=encode_body(sealed),
    )


async def compare_positions(house: House, rounds: int, events: int, repeats: int) -> Compared:
    """A position of a long case against fetching and decoding its events alone."""
    organisation = await house.new_organisation()
    case = await long_case(house, organisation, events)
    as_of = FIRST + timedelta(days=events + 1)

    async def fetch_and_decode() -> int:
        for _ in range(repeats):
            await house.casework.events(organisation, case)
        return repeats

    async def whole_position() -> int:
        for _ in range(repeats):
            found = replay(case, await house.casework.events(organisation, case))
            position(found, as_of)
        return repeats

    arms = {"fetch and decode": fetch_and_decode, "fetch, decode, position": whole_position}
    title = f"position of a case of {events:,} events"
    return await compare(title, "readings", arms, yardstick="fetch and decode", rounds=rounds)
