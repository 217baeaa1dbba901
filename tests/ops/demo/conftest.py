"""The demo told once to the domain, for every test here that looks at it."""

from uuid import UUID

import pytest

from domain.cases.history import replay
from ops.demo.load import load_demo
from tests.ops.demo.domain_sender import DomainSender


class Told:
    """What the stories left behind."""

    def __init__(self):
        self.sender = DomainSender()
        self.heard = []
        self.report = load_demo(self.sender, lambda *said: self.heard.append(said))

    def history(self, key, known_at=None):
        case_id = self.report.case_ids[key]
        if known_at is None:
            return self.sender.histories[case_id]
        stream = UUID(case_id)
        events = self.sender.events[:known_at]
        return replay(stream, [event for event in events if event.originator_id == stream])

    def all(self, kind):
        return [event.fact for event in self.sender.events if isinstance(event.fact, kind)]


@pytest.fixture(scope="session")
def told():
    return Told()
