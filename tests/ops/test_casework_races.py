"""The same request twice at once: the second is told what the first recorded."""

import zoneinfo
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from domain.cases.deciding import Record
from domain.cases.intake import CaseOpened
from domain.cases.lending import LoanTaken
from domain.cases.payments import PaymentChannel, PaymentCredited, PaymentMade
from domain.casework import Casework, Order, Outcome
from domain.clients import ClientRegistered, RegisterClient
from domain.facts import Grade
from domain.personal import Personal
from ops.keys.key_store import FileKeyStore
from ops.keys.outer_key import load_or_make
from ops.keys.sealing import AesVault
from ops.memory_log import MemoryEventLog
from tests.histories import cny, day

PAPER = {"grade": Grade.DOCUMENT}


class Overtaken(MemoryEventLog):
    """A log in which, right after somebody asked for a command, that command is recorded."""

    overtake = None

    async def find_command(self, organisation, command_id):
        found = await super().find_command(organisation, command_id)
        if self.overtake is not None:
            overtake, self.overtake = self.overtake, None
            await overtake()
        return found


def order(organisation, expected_version=None, command_id=None, digest=None):
    return Order(
        organisation=organisation,
        actor="li",
        command_id=command_id or uuid4(),
        command_digest=digest,
        expected_version=expected_version,
    )


@pytest.mark.anyio
@pytest.mark.parametrize("with_if_match", (False, True))
async def test_a_request_overtaken_by_itself_gets_the_first_answer(tmp_path, with_if_match):
    log = Overtaken(clock=lambda: datetime.now(UTC))
    vault = AesVault(FileKeyStore(tmp_path / "keys", load_or_make(tmp_path / "outer", True)))
    zones = frozenset(zoneinfo.available_timezones())
    casework = Casework(log, vault, clock=lambda: datetime.now(UTC), new_id=uuid4, zones=zones)
    organisation, client, case = uuid4(), uuid4(), uuid4()

    async def record(fact):
        answer = await casework.case_command(order(organisation), case, Record(fact))
        return answer.entry_ids[0]

    details = ClientRegistered(name=Personal(None, "样例"))
    await casework.client_command(order(organisation), client, RegisterClient(details))
    await record(CaseOpened(client_id=client, opened_on=day("2025-01-01")))
    loan = await record(
        LoanTaken(occurred_on=day("2025-01-10"), lender="L", face_amount=cny("100"), **PAPER)
    )
    payment = await record(
        PaymentMade(
            occurred_on=day("2025-02-01"),
            loan_id=loan,
            amount=cny("10"),
            channel=PaymentChannel.CASH,
            **PAPER,
        )
    )
    credit = Record(PaymentCredited(occurred_on=day("2025-02-02"), payment_id=payment, **PAPER))
    seen = 3 if with_if_match else None
    request = order(organisation, seen, uuid4(), b"the same request")

    async def first():
        assert isinstance(await casework.case_command(request, case, credit), Outcome)

    log.overtake = first
    answer = await casework.case_command(request, case, credit)
    assert isinstance(answer, Outcome), answer
    assert answer.repeated
    # The credit would now be refused as settled, and the version seen is stale.
    assert (await casework.history(organisation, case)).version == 4
